"""What the desk rests on is looked over: the office's file, the database, staff, what was not delivered, e-mail."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.desk_doctor import examine_desk, send_again
from adapters.findings import Finding
from adapters.settings import Settings, from_environment
from adapters.storage.database import Database
from adapters.storage.migrating import upgrade
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from adapters.teams.references import Reference, Scope
from adapters.teams.stored_references import SqlReferences
from bot.people import Person, StaffMember
from tests.conftest import SAMPLE, policies_of

POLICIES = policies_of(SAMPLE)


@pytest.fixture(autouse=True)
def larks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The data folder of a choir's office, and nothing else that is set."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Iterator[Database]:
    """Its database, which is there."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    made = Database(sqlite_url)
    yield made
    made.close()


def told(what: str) -> list[Finding]:
    return [finding for finding in examined() if finding.what == what]


def examined() -> list[Finding]:
    return examine_desk(from_environment(), POLICIES)


def decide(folder: Path, text: str) -> None:
    (folder / "office.toml").write_text(text, encoding="utf-8")


def test_each_office_is_told_with_its_desk_its_routing_and_its_hours(larks: Path) -> None:
    decide(
        larks,
        """
        holidays = [2020-01-01, 2999-12-25]
        [hours]
        fri = "09:00-12:00"
        [society.larks]
        desk = "console:desk"
        [[society.larks.routing]]
        clauses = ["larks/concerts/*"]
        to = ["Choir Secretary"]
        """,
    )

    assert [str(finding) for finding in told("office of larks")] == [
        "ok     office of larks: its desk is console:desk",
        "ok     office of larks: larks/concerts/* to Choir Secretary; all else to the whole desk",
        "ok     office of larks: there mon, tue, wed, thu 09:00-17:00; fri 09:00-12:00 (Europe/London);"
        " holidays still to come: 1",
    ]


def test_without_a_desk_conversation_it_says_where_queries_are_seen() -> None:
    assert "no desk conversation, so queries are seen with `verse chat` alone" in told("office of oars")[0].found


def test_a_desk_on_a_platform_that_is_not_here_is_a_fault(larks: Path) -> None:
    decide(larks, '[society.larks]\ndesk = "pigeon:loft"\n')

    (fault,) = [finding for finding in told("office of larks") if finding.fault]

    assert "'pigeon' is no platform here: nothing reaches it; set society.larks.desk" in fault.found


def test_each_fault_of_the_file_is_told(larks: Path) -> None:
    decide(larks, '[society.larks.addresses]\n"Bo" = "a@b.example"\n"Cy" = "a@b.example"\n')

    assert [finding.fault for finding in told("office")] == [True, True]


def test_a_file_that_cannot_be_read_is_told_and_the_database_is_looked_at(larks: Path) -> None:
    decide(larks, "desk = [")

    findings = {finding.what: finding for finding in examined()}

    assert "cannot be read as TOML" in findings["office"].found
    assert not findings["database"].fault


def test_a_database_that_is_not_there_yet_is_not_made_and_no_fault(larks: Path) -> None:
    (finding,) = told("database")

    assert not finding.fault
    assert "is not there yet; `verse serve` or `verse chat` makes it" in finding.found
    assert not (larks / "verse.db").exists()


def test_a_database_in_a_folder_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch, larks: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{larks}/no/such/verse.db")

    (fault,) = told("database")

    assert fault.fault
    assert fault.found.endswith(f"there is no folder {larks}/no/such; make it, or mend DATABASE_URL")
    assert not (larks / "no").exists()


def test_a_database_without_its_tables_is_told(larks: Path) -> None:
    (larks / "verse.db").touch()

    (finding,) = told("database")

    assert not finding.fault
    assert "its tables are empty; `verse serve` brings them up to date" in finding.found


def test_a_database_that_is_up_to_date_and_can_be_written_is_fine(database: Database) -> None:
    (finding,) = told("database")

    assert not finding.fault
    assert finding.found.endswith("is up to date, can be written, and keeps a log for crashes")


def test_a_database_of_a_newer_edition_is_a_fault(database: Database) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'ffff'")

    (fault,) = told("database")

    assert fault.fault
    assert "a newer edition of this program has been at it" in fault.found


def test_a_file_that_is_no_database_is_a_fault(larks: Path) -> None:
    (larks / "verse.db").write_bytes(b"no database" * 100)

    (fault,) = told("database")

    assert fault.fault
    assert "is no database; move that file away, or mend DATABASE_URL" in fault.found


def test_a_server_that_is_away_is_a_fault_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ann:s3cret@/desk?host={tmp_path}&password=s3cret")

    findings = examined()

    assert [finding.fault for finding in findings if finding.what == "database"] == [True]
    assert not any("s3cret" in finding.found for finding in findings)


def test_where_nobody_is_staff_it_says_what_to_type(database: Database) -> None:
    with SqlStore(database).work() as work:
        work.staff.add(StaffMember(Person("slack:U1", "Ann"), "larks"))

    found = [finding.found for finding in told("staff")]

    assert "1 at the desk of larks" in found
    assert "nobody at the desk of oars, so nobody can answer queries; `verse staff add --society oars`" in found


@pytest.fixture
def in_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack is switched on for the larks, and cannot be reached."""
    for name, value in (
        ("SOCIETY", "larks"),
        ("SLACK_BOT_TOKEN", "xoxb-1"),
        ("SLACK_SIGNING_SECRET", "s3cret"),
        ("SLACK_API_URL", "http://127.0.0.1:1/api/"),
    ):
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("in_slack")
def test_with_slack_on_a_society_without_a_desk_is_a_fault_with_what_to_do() -> None:
    (fault,) = [finding for finding in told("office of larks") if finding.fault]

    assert fault.found == (
        "no desk, so nobody in Slack sees what members send on; set society.larks.desk in office.toml to a private"
        " channel that the bot is in, as slack:C0123ABCD"
    )


@pytest.mark.usefixtures("in_slack")
def test_with_slack_on_a_society_without_staff_is_a_fault_though_there_is_no_database_yet(larks: Path) -> None:
    before = told("staff")
    database = Database(from_environment().database_url)
    upgrade(database)
    after = told("staff")
    with SqlStore(database).work() as work:
        work.staff.add(StaffMember(Person("slack:U1", "Ann"), "larks"))
    database.close()

    assert before == after
    assert [str(finding) for finding in before] == [
        "FAULT  staff: nobody at the desk of larks, so nobody can answer queries; `verse staff add slack:U0123"
        " --society larks`, with the member id of whoever does"
    ]
    assert [str(finding) for finding in told("staff")] == ["ok     staff: 1 at the desk of larks"]


@pytest.mark.usefixtures("in_slack", "database")
def test_with_slack_on_a_society_that_is_not_served_there_is_one_line() -> None:
    assert [str(finding) for finding in examined() if "oars" in str(finding)] == [
        "ok     office: Slack is for larks; oars is held too, and not looked over here"
    ]


@pytest.mark.usefixtures("in_slack", "database")
def test_with_slack_on_and_no_society_named_all_are_looked_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOCIETY")

    assert told("office of oars")
    assert [finding.fault for finding in told("staff")] == [False, False]
    assert any(finding.found.endswith("set it to larks or oars") for finding in examined() if finding.fault)


@pytest.fixture
def in_teams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teams is switched on for the larks, and Microsoft cannot be reached."""
    for name, value in (
        ("SOCIETY", "larks"),
        ("MICROSOFT_APP_ID", "01234567-89ab-cdef-0123-456789abcdef"),
        ("MICROSOFT_APP_TENANT_ID", "91234567-89ab-cdef-0123-456789abcdef"),
        ("MICROSOFT_APP_PASSWORD", "s3cret"),
        ("MICROSOFT_KEYS_URL", "http://127.0.0.1:1/keys"),
        ("MICROSOFT_LOGIN_URL", "http://127.0.0.1:1/"),
    ):
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("in_teams", "database")
def test_with_teams_on_what_is_to_be_done_is_told_in_its_words() -> None:
    findings = [str(finding) for finding in examined()]

    assert "ok     office: Teams is for larks; oars is held too, and not looked over here" in findings
    (no_desk,) = (one for one in findings if "no desk, so nobody in Teams sees" in one)
    assert "a channel of a team that only the office is in, with Chapter & Verse added to that team" in no_desk
    assert "private" not in no_desk
    assert no_desk.endswith("thread.tacv2")
    assert any("`verse staff add teams:OBJECT-ID --society larks`, with the object id" in one for one in findings)
    assert any(one.startswith("FAULT  teams: Microsoft gives no token now (") for one in findings)
    assert not any("s3cret" in one for one in findings)


@pytest.mark.usefixtures("in_teams", "in_slack", "database")
def test_with_both_chats_on_both_are_named() -> None:
    findings = [str(finding) for finding in examined()]

    assert "ok     office: Slack and Teams are for larks; oars is held too, and not looked over here" in findings
    (no_desk,) = (one for one in findings if "no desk, so nobody in Slack or Teams sees what members send on" in one)
    assert "a private channel that the bot is in, as slack:C0123ABCD or a channel of a team" in no_desk


def test_a_desk_in_teams_that_was_met_is_told_from_the_database(
    database: Database, larks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MICROSOFT_DEVELOPMENT", "true")
    monkeypatch.setenv("SOCIETY", "larks")
    desk = "teams:19%3Adesk%40thread.tacv2"
    decide(larks, f'[society.larks]\ndesk = "{desk}"\n')
    met = Reference("http://127.0.0.1:1/", "", Scope.CHANNEL, "19:desk@thread.tacv2", "28:bot")
    SqlReferences(database).keep(desk, met)

    assert [finding.found for finding in told("office of larks") if "met" in finding.found] == [
        f"the bot has met its desk, {desk}"
    ]


def test_what_was_not_delivered_is_counted_by_its_reason_and_can_be_sent_again(database: Database) -> None:
    outbox = Outbox(database)
    with database.transaction() as connection:
        for number in range(3):
            outbox.put(connection, f"k{number}", f"email:larks:{number}", {"text": "x"})
    for row in outbox.claim("w", {"email": 0}, 3):
        outbox.failed(row, "no address is set for desk; set it in office.toml")

    (fault,) = told("outbox")

    assert fault.fault
    assert fault.found == (
        "3 could not be delivered by email: no address is set for desk; set it in office.toml; then"
        " `verse doctor --send-again` tries once more"
    )
    assert send_again(from_environment()) == 3
    assert [finding.found for finding in told("outbox")] == ["nothing has failed to be delivered"]


def test_what_no_platform_here_takes_is_told_and_not_sent_again(database: Database) -> None:
    with database.transaction() as connection:
        Outbox(database).put_failed(
            connection, "k", "pigeon:loft", {"text": "x"}, ticket="1", fault="no pigeons; set another desk"
        )

    assert [one.found for one in told("outbox")] == ["1 could not be delivered by pigeon: no pigeons; set another desk"]
    assert send_again(from_environment()) == 0


def test_without_a_mail_server_no_notice_is_sent_and_that_is_said(larks: Path) -> None:
    assert told("e-mail") == [Finding("e-mail", "off, since SMTP_URL is not set: no notices are sent")]
    decide(larks, '[society.larks.addresses]\ndesk = "desk@choir.example"\n')
    assert "addresses are set in office.toml, and nothing is sent to them" in told("e-mail")[0].found


def test_a_mail_server_is_looked_for_and_the_posts_without_an_address_are_named(
    monkeypatch: pytest.MonkeyPatch, larks: Path
) -> None:
    decide(
        larks,
        """
        [society.larks.addresses]
        desk = "desk@choir.example"
        [[society.larks.routing]]
        clauses = ["larks/*"]
        to = ["Choir Secretary"]
        """,
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{server.getsockname()[1]}")

        assert told("e-mail")[0].found.endswith("can be reached")
        assert told("e-mail of larks")[0].found == "goes to the desk; no address for Choir Secretary"

    (fault,) = told("e-mail")
    assert fault.fault
    assert "cannot be reached (Connection refused); mend SMTP_URL" in fault.found


def test_mails_that_could_come_from_nowhere_are_a_fault(monkeypatch: pytest.MonkeyPatch, larks: Path) -> None:
    decide(larks, '[society.larks.addresses]\n"Choir Secretary" = "a@choir.example"\n')
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")

    (finding,) = told("e-mail of larks")

    assert finding.fault
    assert "write ?from=ADDRESS at the end of SMTP_URL, or set society.larks.addresses.desk" in finding.found
