"""What the office decides is read from one file, checked against the policies, and a faulty one is told of."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.office import checked_offices, office_of, offices_of
from adapters.office_tables import OfficeFile
from adapters.settings import Settings, SettingsError
from adapters.storage.keeping import Retention
from bot.hours import Hours
from bot.office import Limits, Office, Offices, Reminders, Routing
from knowledge import policy_files
from knowledge.clauses import Policy
from tests.conftest import SAMPLE

TO_COMMUNICATIONS = ("Communications and Development Manager",)
TO_BOTH = (*TO_COMMUNICATIONS, "External Relations Manager")


@pytest.fixture(scope="module")
def policies() -> list[Policy]:
    """The two sample policies: the Larks name a post, the Oars none."""
    return policy_files.load([SAMPLE])


@pytest.fixture(scope="module")
def shipped_policies() -> list[Policy]:
    return policy_files.load([policy_files.SHIPPED])


def decided(folder: Path, text: str, policies: list[Policy]) -> Offices:
    (folder / "office.toml").write_text(text, encoding="utf-8")
    return offices_of(Settings(data_dir=folder, smtp_url=SecretStr("smtp://127.0.0.1:25")), policies)


def refusal(folder: Path, text: str, policies: list[Policy]) -> str:
    with pytest.raises(SettingsError) as refused:
        decided(folder, text, policies)
    assert str(refused.value).startswith(f"{folder / 'office.toml'}")
    return str(refused.value).removeprefix(f"{folder / 'office.toml'}: ")


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    assert office_of(Settings(data_dir=tmp_path)) == OfficeFile()


def test_without_a_file_an_office_is_as_it_is_by_default(tmp_path: Path, policies: list[Policy]) -> None:
    offices = offices_of(Settings(data_dir=tmp_path), policies)

    assert offices.of("oars") == Office("oars", "the boathouse", hours=offices.of("oars").hours)
    assert offices.of("oars").hours.days == Hours().days
    assert offices.of("larks").name == "the choir office"


def test_where_no_mails_are_sent_an_office_has_no_addresses(tmp_path: Path, policies: list[Policy]) -> None:
    text = '[society.larks.addresses]\ndesk = "office@choir.example"\n'

    assert decided(tmp_path, text, policies).of("larks").addresses == {"": "office@choir.example"}
    assert offices_of(Settings(data_dir=tmp_path), policies).of("larks").addresses == {}
    assert checked_offices(Settings(data_dir=tmp_path), policies)[0].of("larks").addresses != {}


def test_names_to_hide_are_read(tmp_path: Path, policies: list[Policy]) -> None:
    offices = decided(tmp_path, 'hide_names = ["Ann Example", "Bo Example"]\n', policies)

    assert office_of(Settings(data_dir=tmp_path)).hide_names == ("Ann Example", "Bo Example")
    assert offices.of("larks").hide_names == ("Ann Example", "Bo Example")


def test_all_that_can_be_decided_reaches_the_office(tmp_path: Path, policies: list[Policy]) -> None:
    text = """
        holidays = [2026-12-25, 2026-12-28]
        answer_within_hours = 4
        review_after_days = 100
        tell_of_withdrawn = true
        question_in_mail = true
        [hours]
        zone = "Europe/Paris"
        mon = "10:00-12:30"
        fri = "closed"
        sat = "08:00-09:00"
        [reminders]
        first_hours = 2
        second_hours = 3.5
        digest = "08:15"
        [limits]
        messages_a_minute = 3
        queries_a_day = 4
        open_queries = 5
        [society.larks]
        desk = "slack:C0123"
        guests = true
        other_organisations = true
        open_channels = ["slack:C0456", "teams:19:abc@thread"]
        policy_review = 2027-03-01
        [society.larks.reminders]
        second_post = "Choir Secretary"
        [society.larks.addresses]
        "Choir Secretary" = "secretary@choir.example"
        desk = "office@choir.example"
        [[society.larks.routing]]
        clauses = ["larks/concerts/*"]
        to = ["Choir Secretary"]
    """

    office = decided(tmp_path, text, policies).of("larks")

    assert office.hours.zone.key == "Europe/Paris"
    assert office.hours.days[0] == (time(10), time(12, 30))
    assert office.hours.days[1] == (time(9), time(17))
    assert office.hours.days[5] == (time(8), time(9))
    assert 4 not in office.hours.days
    assert office == Office(
        society="larks",
        name="the choir office",
        desk="slack:C0123",
        addresses={"Choir Secretary": "secretary@choir.example", "": "office@choir.example"},
        routing=(Routing(("larks/concerts/*",), ("Choir Secretary",)),),
        hours=replace(office.hours, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28)})),
        answer_within=timedelta(hours=4),
        reminders=Reminders(timedelta(hours=2), timedelta(hours=3.5), "Choir Secretary", time(8, 15)),
        limits=Limits(3, 4, 5),
        review_after=timedelta(days=100),
        policy_review=date(2027, 3, 1),
        tell_of_withdrawn=True,
        question_in_mail=True,
        admits_guests=True,
        admits_outsiders=True,
        open_conversations=("slack:C0456", "teams:19:abc@thread"),
    )


def test_what_one_society_decides_goes_before_what_is_decided_for_all(tmp_path: Path, policies: list[Policy]) -> None:
    text = """
        answer_within_hours = 4
        [limits]
        queries_a_day = 2
        [society.oars]
        answer_within_hours = 8
        [society.oars.limits]
        open_queries = 1
    """

    offices = decided(tmp_path, text, policies)

    assert offices.of("larks").answer_within == timedelta(hours=4)
    assert offices.of("larks").limits == Limits(queries_a_day=2)
    assert offices.of("oars").answer_within == timedelta(hours=8)
    assert offices.of("oars").limits == Limits(queries_a_day=2, open_queries=1)


def test_what_is_kept_how_long_is_known_by_the_names_and_defaults_of_the_store() -> None:
    days = OfficeFile().retention.model_dump()

    assert Retention(**{name: timedelta(days=count) for name, count in days.items()}) == Retention()
    assert set(days) == {field.name for field in fields(Retention)}


class TestShippedRouting:
    @pytest.mark.parametrize(
        ("clause", "to"),
        [
            ("ipem/new-accounts/agree-first", TO_COMMUNICATIONS),
            ("ipem/new-accounts/advice", TO_COMMUNICATIONS),
            ("ipem/personal/logo", TO_COMMUNICATIONS),
            ("ipem/oversight/monitoring", TO_BOTH),
            ("ipem/retweeting/no-endorsement", TO_BOTH),
            ("ipem/official/responsible", TO_BOTH),
            ("ipem/principles/copyright", ()),
            ("ipem/register/accounts", ()),
        ],
    )
    def test_a_query_goes_to_whom_it_concerns(
        self, tmp_path: Path, shipped_policies: list[Policy], clause: str, to: tuple[str, ...]
    ) -> None:
        offices, faults = checked_offices(Settings(data_dir=tmp_path), shipped_policies)

        assert faults == []
        assert offices.of("ipem").posts_for((clause,)) == to

    def test_all_of_icis_goes_to_the_desk(self, tmp_path: Path, shipped_policies: list[Policy]) -> None:
        assert offices_of(Settings(data_dir=tmp_path), shipped_policies).of("icis").routing == ()

    def test_a_table_of_the_office_takes_its_place(self, tmp_path: Path, shipped_policies: list[Policy]) -> None:
        assert decided(tmp_path, "[society.ipem]\nrouting = []\n", shipped_policies).of("ipem").routing == ()

    def test_what_no_longer_fits_a_policy_is_left_out_of_it_without_a_fault(
        self, tmp_path: Path, shipped_policies: list[Policy]
    ) -> None:
        ipem = next(policy for policy in shipped_policies if policy.society == "ipem")
        other = [replace(ipem, posts=TO_COMMUNICATIONS)]

        offices, faults = checked_offices(Settings(data_dir=tmp_path), other)

        assert faults == []
        assert [route.to for route in offices.of("ipem").routing] == [TO_COMMUNICATIONS]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hide_names = [", "cannot be read as TOML"),
        ("hide_name = []", "'hide_name' is unknown here; known are: hours, "),
        ("hide_names = 3", "'hide_names' is a list: write [\"Example Person\"]"),
        ('hide_names = "Ann Example"', "'hide_names' is a list"),
        ('hide_names = ["Ann", 3]', "'hide_names.2' is a text: write it in quotes"),
        ("hours = 9", "'hours' is a table: write [hours]"),
        ("society = 9", "'society' is a table: write [society]"),
        ("[society]\nlarks = 9", "'society.larks' is a table: write [society.larks]"),
        ('tell_of_withdrawn = "perhaps"', "'tell_of_withdrawn' is neither true nor false"),
        ("\udcff", "cannot be read as TOML"),
        ('desk = "slack:C1"', "'desk' belongs to one society; put it under [society.NAME]"),
        ("guests = true", "'guests' belongs to one society; put it under [society.NAME]"),
        ("other_organisations = true", "'other_organisations' belongs to one society"),
        ("policy_review = 2027-03-01", "'policy_review' belongs to one society"),
        ("[society.larks]\npolicy_review = 3", "'society.larks.policy_review' is no date; write 2026-12-25"),
        ('open_channels = ["slack:C1"]', "'open_channels' belongs to one society"),
        ('[society.larks]\nguests = "some"', "'society.larks.guests' is neither true nor false"),
        ('[society.larks]\nother_organisations = "some"', "'society.larks.other_organisations' is neither true nor"),
        ('[society.larks]\nopen_channels = "slack:C1"', 'open_channels\' is a list: write ["slack:C0123ABCD"]'),
        ('[society.larks]\nopen_channels = ["general"]', "'society.larks.open_channels.1' is no conversation"),
        ('[society.larks]\nopen_channels = [""]', "'society.larks.open_channels.1' is empty; write something"),
        ("[society.larks]\nopen_channels = [4]", "'society.larks.open_channels.1' is a text: write it in quotes"),
        ('[hours]\nzone = "Mars/North"', "'hours.zone' is no time zone"),
        ('[hours]\nzone = "../../etc/passwd"', "'hours.zone' is no time zone"),
        ('[hours]\nmon = "nine to five"', "'hours.mon' is no span of time"),
        ('[hours]\nmon = "17:00-09:00"', "'hours.mon' closes before it opens"),
        ('[hours]\nmonday = "09:00-17:00"', "'hours.monday' is unknown here; known are: zone, mon, tue"),
        ('[hours]\nmon = "09:00-09:00"', "'hours.mon' closes when it opens; write the earlier time first"),
        ('[hours]\nmon = "09:00Z-17:00Z"', "'hours.mon' has a zone of its own; leave it out"),
        ('holidays = ["Christmas"]', "'holidays.1' is no date; write 2026-12-25"),
        ("holidays = [2026-12-25T09:00:00]", "'holidays.1' is no date; write 2026-12-25"),
        ("holidays = 2026-12-25", "'holidays' is a list: write [2026-12-25]"),
        ("answer_within_hours = 0", "'answer_within_hours' is too small; write more than 0"),
        ("answer_within_hours = 2001", "'answer_within_hours' is too great; write 2000 at most"),
        ("answer_within_hours = inf", "'answer_within_hours' is no number"),
        ("answer_within_hours = nan", "'answer_within_hours' is no number"),
        ('answer_within_hours = "long"', "'answer_within_hours' is no number"),
        ("review_after_days = 1.5", "'review_after_days' is no whole number"),
        ('[reminders]\ndigest = "dawn"', "'reminders.digest' is no time of day"),
        ("[limits]\nqueries_a_day = -1", "'limits.queries_a_day' is too small; write more than 0"),
        ('[society.larks]\ndesk = "general"', "'society.larks.desk' is no conversation"),
        (
            '[society.larks]\ndesk = "https://teams.example/l/channel/19%3Aabc/General"',
            "between /channel/ and the next slash",
        ),
        ('[society.larks.addresses]\ndesk = "Ann <a@b.example>"', "'society.larks.addresses.desk' is no e-mail"),
        ('[society.larks.addresses]\ndesk = "a@b.example\\nBcc: c@d.example"', "is no e-mail address"),
        ('[society.larks.addresses]\n"Choir Master" = "a@b.example"', "'Choir Master' is no post that the policy"),
        ('[[society.larks.routing]]\nclauses = ["larks/*"]\nto = ["Nobody"]', "it names: Choir Secretary"),
        ('[[society.larks.routing]]\nclauses = ["lark/*"]\nto = ["Choir Secretary"]', "'lark/*' names no clause of"),
        ('[[society.larks.routing]]\nclauses = ["oars/*"]\nto = ["Choir Secretary"]', "'oars/*' names no clause of"),
        (
            '[[society.larks.routing]]\nclauses = []\nto = ["Choir Secretary"]',
            "'society.larks.routing.1.clauses' names nothing",
        ),
        (
            "[[society.larks.routing]]\nclauses = 'larks/*'\nto = ['x']",
            'clauses\' is a list: write ["ipem/personal/*"]',
        ),
        ("[society.larks]\nrouting = 'x'", "routing' is a list: write [[society.larks.routing]]"),
        ('[[society.larks.routing]]\nclauses = ["larks/*"]', "'society.larks.routing.1.to' is missing"),
        ('[society.larks.reminders]\nsecond_post = "Nobody"', "'society.larks.reminders.second_post': 'Nobody' is no"),
        ('[society.oars.addresses]\n"Cox" = "a@b.example"', "the policy names no posts"),
        ("[society.finches]", "'society.finches': no policy of it is held; held are: larks, oars"),
        ('[society.larks]\nhide_names = ["Ann"]', "'society.larks.hide_names' is unknown here; known are: hours, "),
    ],
)
def test_a_faulty_file_is_named_with_the_key_and_what_is_wrong(
    tmp_path: Path, policies: list[Policy], text: str, told: str
) -> None:
    (tmp_path / "office.toml").write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(SettingsError) as refused:
        offices_of(Settings(data_dir=tmp_path), policies)

    assert str(tmp_path / "office.toml") in str(refused.value)
    assert told in str(refused.value)


def test_an_address_that_cannot_be_used_is_not_repeated(tmp_path: Path, policies: list[Policy]) -> None:
    told = refusal(tmp_path, '[society.larks.addresses]\ndesk = "Ann Example <a@b.example>"', policies)

    assert "Ann" not in told


def test_every_fault_is_found_and_the_first_is_told_with_how_many_follow(
    tmp_path: Path, policies: list[Policy]
) -> None:
    text = '[[society.larks.routing]]\nclauses = ["x", "y"]\nto = ["Nobody"]\n'

    told = refusal(tmp_path, text, policies)
    _, faults = checked_offices(Settings(data_dir=tmp_path), policies)

    assert told.endswith("(and 2 more: `verse doctor`)")
    assert len(faults) == 3


def test_an_office_that_is_never_there_is_a_fault(tmp_path: Path, policies: list[Policy]) -> None:
    closed = "".join(f'{day} = "closed"\n' for day in ("mon", "tue", "wed", "thu", "fri"))

    told = refusal(tmp_path, f"[society.larks.hours]\n{closed}", policies)

    assert told == "'society.larks.hours' closes all seven days, so that no query is ever due; open one"


def test_a_second_reminder_before_the_first_is_a_fault(tmp_path: Path, policies: list[Policy]) -> None:
    told = refusal(tmp_path, "[society.larks.reminders]\nfirst_hours = 20\nsecond_hours = 10\n", policies)

    assert told == "'society.larks.reminders.second_hours' of 10 comes before first_hours, 20; write more"
