"""What the bot needs of Slack is looked over, and each fault says what to do."""

from collections.abc import Callable

import pytest

from adapters.findings import Finding
from adapters.settings import Settings
from adapters.slack.doctor import examine_slack
from adapters.slack.manifest import scopes
from bot.office import Office, Offices
from tests.adapters.slack.fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.fake_workspace import TEAM, Channel
from tests.adapters.slack.threaded import standing_in

DESK = "slack:C0DESK1"
Examined = Callable[..., list[Finding]]


@pytest.fixture
def slack() -> FakeSlack:
    """A workspace with the desk's channel, and the scopes that the manifest asks for."""
    made = FakeSlack(scopes=frozenset(scopes()))
    made.workspace.channels["C0DESK1"] = Channel(private=True)
    return made


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack) -> Examined:
    """What is found for an office with a desk, with these settings beside a good token."""
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
        with standing_in(slack):
            given = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_api_url": slack.api_url}
            return examine_slack(Settings.model_validate(given | settings), offices)

    return examine


def faults(findings: list[Finding]) -> list[str]:
    return [finding.found for finding in findings if finding.fault]


def test_where_all_is_well_it_says_so(examined: Examined) -> None:
    assert [str(finding) for finding in examined()] == [
        "ok     slack: everybody in its workspace is answered by larks",
        f"ok     slack: SLACK_BOT_TOKEN is good, for the workspace {TEAM}",
        "ok     slack: the app has exactly the scopes that are used",
        "ok     slack: SLACK_APP_TOKEN is good: Socket Mode opens",
        "ok     office of larks: the bot is in the channel of its desk, slack:C0DESK1",
    ]


def test_slack_that_is_off_is_no_fault_but_a_desk_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)

    off = examine_slack(Settings(), Offices({"larks": Office("larks", "the office")}))
    with_desk = examine_slack(Settings(), Offices({"larks": Office("larks", "the office", DESK)}))

    assert off == [Finding("slack", "off, since SLACK_BOT_TOKEN is not set")]
    assert faults(with_desk) == [
        "its desk is slack:C0DESK1, and Slack is off, so nothing reaches it; set SLACK_BOT_TOKEN"
    ]


def test_over_http_it_says_what_must_be_reached(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack) -> None:
    with standing_in(slack):
        given = {"slack_bot_token": BOT_TOKEN, "slack_signing_secret": SECRET, "slack_api_url": slack.api_url}
        findings = examine_slack(Settings.model_validate(given), Offices({"larks": Office("larks", "the office")}))

    assert faults(findings) == []
    assert "sends what comes in to /slack/events, which must be reached by https://" in findings[-1].found


def test_a_token_that_was_revoked_says_where_to_get_another(examined: Examined, slack: FakeSlack) -> None:
    slack.refuses = "token_revoked"

    assert faults(examined()) == [
        "Slack does not take SLACK_BOT_TOKEN (token_revoked); install the app to the workspace again, and copy its new"
        " bot token"
    ]


def test_a_scope_that_is_missing_is_named(examined: Examined, slack: FakeSlack) -> None:
    slack.methods.scopes -= {"im:write", "users:read"}

    (fault,) = faults(examined())

    assert fault.startswith("the app lacks the scopes im:write, users:read; `verse manifest slack` prints what to put")


def test_a_scope_too_many_is_named_and_no_fault(examined: Examined, slack: FakeSlack) -> None:
    slack.methods.scopes |= {"files:read"}

    findings = examined()

    assert faults(findings) == []
    assert any("files:read, which nothing here uses" in finding.found for finding in findings)


def test_an_app_token_that_is_none_is_told(examined: Examined) -> None:
    (fault,) = faults(examined(slack_app_token="xapp-other"))

    assert fault.startswith("Slack does not take SLACK_APP_TOKEN (")
    assert "make one with connections:write" in fault


def test_a_desk_that_the_bot_is_not_in_says_whom_to_invite(examined: Examined, slack: FakeSlack) -> None:
    slack.workspace.channels["C0DESK1"].bot_in = False

    assert faults(examined()) == [
        "the bot is not in the channel of its desk, slack:C0DESK1; write there: /invite @Chapter & Verse"
    ]


@pytest.mark.parametrize(
    ("channel", "who"),
    [
        (Channel(), "everybody in the workspace"),
        (Channel(private=True, shared=True), "people of another organisation or workspace"),
        (Channel(shared=True), "people of another organisation or workspace"),
    ],
)
def test_a_desk_at_which_others_than_staff_can_read_is_a_fault(
    examined: Examined, slack: FakeSlack, channel: Channel, who: str
) -> None:
    slack.workspace.channels["C0DESK1"] = channel

    assert faults(examined()) == [
        f"the channel of its desk, slack:C0DESK1, is open to {who}, who read there what members ask, and who asks it;"
        " make a private channel that is shared with nobody, and set it as `desk` in office.toml"
    ]


def test_an_open_channel_that_others_share_is_told_and_no_fault(examined: Examined, slack: FakeSlack) -> None:
    slack.workspace.channels |= {"C1": Channel(shared=True), "C2": Channel(), "C3": Channel(private=True, bot_in=False)}

    findings = examined(open_to_all=("slack:C1", "slack:C2", "slack:C3", "slack:none", "teams:C1"))

    assert faults(findings) == []
    assert [str(finding) for finding in findings if "open_channels" in finding.found] == [
        "ok     office of larks: slack:C1 is in open_channels, and people of another organisation or workspace read the"
        " answers there too; is that meant?"
    ]


def test_where_slack_does_not_say_who_is_in_an_open_channel_the_scope_is_asked_for(
    examined: Examined, slack: FakeSlack
) -> None:
    slack.faults = [Fault("conversations.info", error="missing_scope")]

    (fault,) = faults(examined(desk="", open_to_all=("slack:C1",)))

    assert fault.startswith("Slack does not say who is in slack:C1 (missing_scope); `verse manifest slack`")


@pytest.mark.parametrize("desk", ["slack:#desk", "slack:D0ANN", "slack:U0ANN", "slack:C0DESK1:17.1", "slack:C0DESK1 "])
def test_a_desk_that_is_no_channel_says_how_one_is_written(examined: Examined, desk: str) -> None:
    (fault,) = faults(examined(desk))

    assert "is no channel; copy its id from “View channel details”" in fault


def test_several_societies_and_none_named_is_a_fault(examined: Examined) -> None:
    (fault,) = faults(examined(held=("larks", "oars")))

    assert fault.endswith("set it to larks or oars")
    assert faults(examined(held=("larks", "oars"), society="larks")) == []


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(drop=True), Fault(status=429, retry_after=3)])
def test_a_slack_that_does_not_answer_is_told_apart_from_a_bad_token(
    examined: Examined, slack: FakeSlack, fault: Fault
) -> None:
    slack.faults = [fault]

    (told,) = faults(examined())

    assert told.startswith("Slack cannot be reached (")
    assert "https://slack.com" in told


def test_no_token_stands_in_what_is_said(examined: Examined, slack: FakeSlack) -> None:
    slack.refuses = "invalid_auth"

    assert not any(BOT_TOKEN in finding.found or APP_TOKEN in finding.found for finding in examined())
