"""What the bot needs of Teams is looked over, and each fault says what to do."""

from collections.abc import Callable

import pytest

from adapters.findings import Finding
from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.teams.doctor import examine_teams
from adapters.teams.references import Reference, Scope
from adapters.teams.stored_references import SqlReferences
from bot.office import Office, Offices
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.threaded import standing_in
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, NO_SUCH_APP, NO_SUCH_TENANT, OLD_SECRET, SECRET, TENANT

DESK = "teams:19%3Adesk%40thread.tacv2"
Examined = Callable[..., list[Finding]]
MET = Reference("https://service.example/", TENANT, Scope.CHANNEL, "19:desk@thread.tacv2", "28:bot")


@pytest.fixture
def references(sqlite_url: str) -> SqlReferences:
    """What was met so far: nothing."""
    return SqlReferences(Database(sqlite_url))


@pytest.fixture
def teams() -> FakeConnector:
    """Teams, which has not been asked anything."""
    return FakeConnector()


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch, teams: FakeConnector, references: SqlReferences) -> Examined:
    """What is found for an office with a desk, with these settings beside a good secret."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def examine(
        desk: str = DESK, held: tuple[str, ...] = ("larks",), open_to_all: tuple[str, ...] = (), **settings: str
    ) -> list[Finding]:
        offices = Offices(
            {
                one: Office(one, "the office", desk if one == "larks" else "", open_conversations=open_to_all)
                for one in held
            }
        )
        with standing_in(teams):
            given = {
                "microsoft_app_id": APP_ID,
                "microsoft_app_tenant_id": TENANT,
                "microsoft_app_password": SECRET,
                "microsoft_keys_url": teams.keys_url,
                "microsoft_login_url": teams.login_url,
            }
            return examine_teams(Settings.model_validate(given | settings), offices, references)

    return examine


def faults(findings: list[Finding]) -> list[str]:
    return [finding.found for finding in findings if finding.fault]


def test_where_all_is_well_it_says_so(examined: Examined, references: SqlReferences) -> None:
    references.keep(DESK, MET)

    assert [str(finding) for finding in examined()] == [
        "ok     teams: everybody in its tenant is answered by larks",
        "ok     teams: Microsoft knows the app by its secret",
        "ok     teams: the keys by which Teams is known can be fetched",
        "ok     teams: Teams calls /api/messages, which must be reachable from outside by https://; set that address as"
        " messaging endpoint of the Azure Bot",
        f"ok     office of larks: the bot has met its desk, {DESK}",
    ]


def test_teams_that_is_off_is_no_fault_but_a_desk_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MICROSOFT_APP_ID", raising=False)

    off = examine_teams(Settings(), Offices({"larks": Office("larks", "the office")}), None)
    with_desk = examine_teams(Settings(), Offices({"larks": Office("larks", "the office", DESK)}), None)

    assert off == [Finding("teams", "off, since MICROSOFT_APP_ID is not set")]
    assert faults(with_desk) == [f"its desk is {DESK}, and Teams is off, so nothing reaches it; set MICROSOFT_APP_ID"]


def test_without_an_app_id_it_says_that_it_is_only_tried_and_asks_nobody(teams: FakeConnector) -> None:
    settings = Settings.model_validate({"microsoft_development": "true", "host": "127.0.0.1"})

    findings = examine_teams(settings, Offices({"larks": Office("larks", "the office")}), None)

    assert faults(findings) == []
    assert findings[-1].found.startswith("on without an app id, for trying on this machine alone")


@pytest.mark.parametrize(
    ("number", "setting", "what_to_do"),
    [
        (OLD_SECRET, "MICROSOFT_APP_PASSWORD", "make a new client secret"),
        (NO_SUCH_APP, "MICROSOFT_APP_ID", "Application (client) ID"),
        (NO_SUCH_TENANT, "MICROSOFT_APP_TENANT_ID", "Directory (tenant) ID"),
    ],
)
def test_what_microsoft_refuses_is_named_with_what_to_do(
    examined: Examined, teams: FakeConnector, number: int, setting: str, what_to_do: str
) -> None:
    teams.login.refuses = number

    (fault,) = faults(examined())

    assert fault.startswith(f"Microsoft does not take {setting} (AADSTS{number}); ")
    assert what_to_do in fault


def test_a_microsoft_that_does_not_answer_is_told_apart_from_a_bad_secret(
    examined: Examined, teams: FakeConnector
) -> None:
    teams.faults = [Fault("token", status=503)]

    (fault,) = faults(examined())

    assert fault.startswith("Microsoft gives no token now (status_503); see that this machine reaches http://127.0.0.1")


def test_keys_that_cannot_be_fetched_are_a_fault(examined: Examined, teams: FakeConnector) -> None:
    teams.faults = [Fault("keys", status=500)]

    (fault,) = faults(examined())

    assert fault.startswith("the keys by which Teams is known cannot be fetched; see that this machine reaches")


def test_a_desk_that_was_not_met_is_no_fault_until_the_bot_was_met_anywhere(
    examined: Examined, references: SqlReferences
) -> None:
    before = examined()
    references.keep("teams:19%3Aother%40thread.tacv2", MET)
    after = examined()

    assert faults(before) == []
    assert before[-1].found.startswith(f"the bot has not met its desk yet, {DESK}; while `verse serve` runs, add")
    assert faults(after) == [before[-1].found]


@pytest.mark.parametrize(
    "desk",
    [
        "teams:19:desk@thread.tacv2",
        "teams:desk",
        f"{DESK}:1690",
        "teams:01234567-89ab-cdef-0123-456789abcdef",
        "teams:https://teams.example/l/channel/19%3Adesk",
    ],
)
def test_a_desk_that_is_no_channel_says_how_one_is_written(examined: Examined, desk: str) -> None:
    (fault,) = faults(examined(desk))

    assert fault.startswith(f"its desk {desk} is no channel; “Get link to channel” gives it")


def test_a_desk_that_is_written_as_it_is_never_met_says_how_it_is(examined: Examined) -> None:
    assert faults(examined("teams:19%3adesk%40thread.tacv2")) == [
        f"its desk teams:19%3adesk%40thread.tacv2 is not written as it is met: write {DESK}"
    ]


def test_an_open_channel_that_is_none_is_a_fault(examined: Examined) -> None:
    opened = ("teams:19%3Atenors%40thread.tacv2", "slack:C0OPEN", "teams:19:tenors@thread.tacv2")

    (fault,) = faults(examined(open_to_all=opened))

    assert fault.startswith("teams:19:tenors@thread.tacv2 in open_channels is no channel; ")


def test_several_societies_and_none_named_is_a_fault(examined: Examined) -> None:
    (fault,) = faults(examined(held=("larks", "oars")))

    assert fault.endswith("set it to larks or oars")
    assert faults(examined(held=("larks", "oars"), society="larks")) == []


def test_no_secret_stands_in_what_is_said(examined: Examined, teams: FakeConnector) -> None:
    teams.login.secret = "another"

    findings = examined()

    assert len(faults(findings)) == 1
    assert not any(SECRET in finding.found for finding in findings)
