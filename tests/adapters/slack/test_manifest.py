"""What registers the app in Slack asks for exactly what is used, and Slack's limits hold."""

import ast
import inspect
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import adapters.slack
from adapters.command import main
from adapters.slack.manifest import SCOPES_OF_EVENTS, SCOPES_OF_METHODS, NoAddress, manifest, scopes

METHODS = {
    name
    for name, method in inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)
    if "_" in name.strip("_") and not name.startswith("_")
}
ROOM = Path(adapters.slack.__file__).parent


def called_in(source: str) -> set[str]:
    """The methods of Slack that a module names, as an attribute of a client or in full."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            names.add(node.value.replace(".", "_"))
    return names & METHODS


def test_the_scopes_are_those_of_the_methods_that_are_called_and_of_no_other() -> None:
    files = [file for file in ROOM.rglob("*.py") if file.name != "manifest.py"]

    called = set().union(*(called_in(file.read_text(encoding="utf-8")) for file in files))

    assert called == {name.replace(".", "_") for name in SCOPES_OF_METHODS}


@pytest.mark.parametrize(
    "source", ["client.chat_postMessage(channel=c)", "call('chat.postMessage')", "f = self._client.chat_postMessage"]
)
def test_a_call_is_seen_however_it_is_written(source: str) -> None:
    assert called_in(source) == {"chat_postMessage"}


def test_each_scope_has_a_use_and_what_is_heard_has_its_scope() -> None:
    asked = manifest()["oauth_config"]["scopes"]["bot"]

    assert asked == scopes()
    assert "commands" in asked
    assert {scope for some in SCOPES_OF_METHODS.values() for scope in some} <= set(asked)
    assert {scope for some in SCOPES_OF_EVENTS.values() for scope in some} <= set(asked)
    assert not any(scope.startswith(("users:read.email", "chat:write.public", "admin")) for scope in asked)


def test_without_an_address_it_is_for_socket_mode() -> None:
    written = json.dumps(manifest())

    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "http" not in written


@pytest.mark.parametrize(
    "url", ["https://verse.example", " https://verse.example/ ", "https://verse.example/slack/events"]
)
def test_with_an_address_everything_comes_to_one_place_there(url: str) -> None:
    made, place = manifest(url), "https://verse.example/slack/events"

    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == place
    assert made["settings"]["interactivity"]["request_url"] == place
    assert [command["url"] for command in made["features"]["slash_commands"]] == [place]


def test_a_site_below_a_path_keeps_its_path() -> None:
    made = manifest("https://example.org:8443/verse/")

    assert made["settings"]["interactivity"]["request_url"] == "https://example.org:8443/verse/slack/events"


@pytest.mark.parametrize(
    "url",
    ["", "verse.example", "http://verse.example", "https://", "https://u:p@x.example", "https://x:y", "https://x/?a=1"],
)
def test_what_slack_cannot_send_to_is_refused(url: str) -> None:
    with pytest.raises(NoAddress, match="begins with https://"):
        manifest(url)


def test_it_keeps_within_what_slack_takes() -> None:
    made = manifest("https://verse.example")
    shown, features = made["display_information"], made["features"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4_000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert 1 <= len(features["agent_view"]["suggested_prompts"]) <= 4
    assert all(one.keys() == {"title", "message"} for one in features["agent_view"]["suggested_prompts"])
    for one in features["shortcuts"]:
        assert one.keys() == {"name", "type", "callback_id", "description"}
        assert (len(one["name"]) <= 24, len(one["description"]) <= 150, one["type"] in ("message", "global")) == (
            True,
            True,
            True,
        )
    (command,) = features["slash_commands"]
    assert command["command"] == "/policy"
    assert len(command["usage_hint"]) <= 1_000
    assert "assistant_view" not in features  # new apps are refused with it


def test_what_is_asked_for_at_any_time_is_offered() -> None:
    features = manifest()["features"]

    assert [(one["callback_id"], one["type"]) for one in features["shortcuts"]] == [
        ("can_i_retweet", "message"),
        ("refer_to_office", "message"),
        ("check_post", "global"),
    ]
    assert set(manifest()["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_home_opened", "app_mention", "app_uninstalled", "message.channels", "message.groups", "message.im",
        "tokens_revoked",
    }  # fmt: skip


def test_the_command_prints_it_as_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--url", "https://verse.example") == 0

    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert printed == manifest("https://verse.example")


def test_the_command_refuses_an_address_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "--url", "http://verse.example") == 2

    assert capsys.readouterr().err == (
        "verse: --url is the public address of the bot, which begins with https:// as in https://verse.example\n"
    )


def run(monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The status of `verse manifest slack`."""
    monkeypatch.setattr(sys, "argv", ["verse", "manifest", "slack", *options])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)
