"""A person in Slack: what they write, press and fill in gets to the app as from Slack, and they see what comes."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.fake_workspace import APP, BOT_USER, TEAM, Node, direct
from tests.adapters.slack.form_state import Given, state_of
from tests.adapters.slack.reading import Pressable, buttons_in, fields_in, read
from tests.adapters.slack.sending import COMMAND, EVENT, INTERACTION, Acknowledged, Way

Settled = Callable[[], Awaitable[None]]


async def at_once() -> None:
    """Waits for nothing."""


class Person:
    """Somebody with an id of Slack's, and a way to the app. `settled` waits until the bot has done what it has to."""

    def __init__(self, user: str, slack: FakeSlack, way: Way, settled: Settled = at_once) -> None:
        self.user, self._slack, self.way, self._settled = user, slack, way, settled
        self._workspace = slack.workspace
        self.sent: list[tuple[str, Node]] = []  # all that went to the app
        self.acknowledged: list[Acknowledged] = []

    # What they write

    async def mention(self, channel: str, text: str, thread: str = "", at_end: bool = False) -> str:
        """Mentions the bot in a channel. Slack tells the app twice. Gives the ts of the message."""
        words = f"{text} <@{BOT_USER}>" if at_end else f"<@{BOT_USER}> {text}"
        message = self._workspace.typed(channel, self.user, words, thread)
        event = self._message_event(channel, message)
        await self._tell({**event, "type": "app_mention"}, event)
        return str(message["ts"])

    async def say(self, channel: str, text: str, thread: str = "") -> str:
        """Writes in a channel without a mention. Gives the ts of the message."""
        message = self._workspace.typed(channel, self.user, text, thread)
        await self._tell(self._message_event(channel, message))
        return str(message["ts"])

    async def dm(self, text: str, thread: str = "") -> str:
        """Writes to the bot alone. Gives the ts of the message."""
        message = self._workspace.typed(direct(self.user), self.user, text, thread)
        await self._tell(self._message_event(direct(self.user), message))
        return str(message["ts"])

    async def command(self, text: str, channel: str = "C1", command: str = "/policy") -> None:
        """Types a slash command."""
        fields = {
            "token": "unused",
            "team_id": TEAM,
            "team_domain": "fake",
            "channel_id": channel,
            "channel_name": channel.lower(),
            "user_id": self.user,
            "user_name": self.user.lower(),
            "command": command,
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self._slack.response_url(channel, self.user),
            "trigger_id": self._workspace.new_trigger(self.user),
        }
        await self._send(COMMAND, fields)

    async def opens_home(self) -> None:
        """Opens the Home tab."""
        await self._open("home")

    async def opens_messages(self) -> None:
        """Opens the direct messages with the bot."""
        await self._open("messages")

    # What they press

    async def press(self, label: str, among: str = "", twice: bool = False) -> None:
        """Presses the button of this label in what they saw last that has one; `among` is a word that stands there
        too. Twice is a double click.

        Raises:
            AssertionError: they see no such button.
        """
        payload = self.aimed(label, among)
        await self.pressed(payload)
        if twice:
            await self.pressed(payload | {"trigger_id": self._workspace.new_trigger(self.user)})

    def aimed(self, label: str, among: str = "", shown: "Person | None" = None) -> Node:
        """A press that is about to come, of a button that they see, or that is shown to somebody else."""
        return self._pressing(*(shown or self)._found(label, among))

    async def pressed(self, payload: Node) -> None:
        """A press that was aimed before, whatever has happened since."""
        await self._send(INTERACTION, payload)

    async def shortcut(self, callback: str, message: Node | None = None, channel: str = "C1") -> None:
        """Chooses a shortcut: of the menu of a message where one is given, otherwise one for all."""
        payload: Node = {"type": "shortcut", "callback_id": callback, "action_ts": self._workspace.new_ts()}
        if message is not None:
            payload |= {
                "type": "message_action",
                "channel": {"id": channel, "name": channel.lower()},
                "message": _as_slack_sends(message),
                "message_ts": message["ts"],
                "response_url": self._slack.response_url(channel, self.user),
            }
        await self._send(INTERACTION, self._interaction() | payload)

    async def submit(self, **given: Given) -> dict[str, str]:
        """Fills in the form before them, each field by how its label begins (with _ for spaces), and sends it. Gives
        what the app found wrong, by the label of the field.

        Raises:
            AssertionError: there is no such form or field, or Slack would not let it be sent.
        """
        view = self.modal
        assert view.get("submit"), f"nothing to submit in: {read(view)}"
        state = state_of(view, {name.replace("_", " "): value for name, value in given.items()})
        whole = _as_slack_sends(view) | {"state": {"values": state}}
        await self._send(
            INTERACTION,
            self._interaction() | {"type": "view_submission", "view": whole, "response_urls": []},
            settle=False,
        )
        wrong = self._answered(view, self.acknowledged[-1])
        await self._settled()
        return wrong

    async def close(self) -> None:
        """Closes the modal before them."""
        view = self.modal
        self._workspace.close(view, bool(view.get("clear_on_close")))
        if view.get("notify_on_close"):
            await self._send(INTERACTION, self._interaction() | {"type": "view_closed", "view": _as_slack_sends(view)})

    async def again(self) -> None:
        """Has Slack deliver once more what it delivered last, as if no answer had come."""
        kind, payload = self.sent[-1]
        self.acknowledged.append(await self.way.send(kind, payload, 1))
        await self._settled()

    # What they see

    @property
    def seen(self) -> list[Node]:
        """All that the bot shows them, what changed last at the end."""
        return self._workspace.seen_by(self.user)

    def sees(self) -> str:
        """What changed last of all that the bot shows them, as text; empty where it shows nothing."""
        seen = self.seen
        return read(seen[-1]) if seen else ""

    def sees_all(self) -> str:
        """All that the bot shows them, as text."""
        return "\n\n".join(read(one) for one in self.seen)

    @property
    def modal(self) -> Node:
        """The modal before them.

        Raises:
            AssertionError: there is none.
        """
        view = self._workspace.modal_of(self.user)
        assert view is not None, f"no modal is open; they see: {self.sees_all()}"
        return view

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons in what changed last."""
        return [one.label for one in buttons_in(self.seen[-1])] if self.seen else []

    def may_press(self, label: str) -> bool:
        """Whether they see such a button anywhere."""
        return any(one.label == label for seen in self.seen for one in buttons_in(seen))

    # How Slack puts it

    def _found(self, label: str, among: str) -> tuple[Node, Pressable]:
        for seen in reversed(self.seen):
            if among in read(seen):
                for button in buttons_in(seen):
                    if button.label == label:
                        return seen, button
        raise AssertionError(f"no button “{label}” in: {self.sees_all()}")

    def _pressing(self, seen: Node, button: Pressable) -> Node:
        own = {
            name: button.element[name]
            for name in ("type", "text", "value", "style", "action_id")
            if name in button.element
        }
        action = own | {"block_id": button.block["block_id"], "action_ts": self._workspace.new_ts()}
        payload = self._interaction() | {"type": "block_actions", "actions": [action]}
        if seen.get("type") in ("modal", "home"):
            state = state_of(seen, {}) if seen["type"] == "modal" else {}
            return payload | {
                "container": {"type": "view", "view_id": seen["id"]},
                "view": _as_slack_sends(seen) | {"state": {"values": state}},
            }
        channel, ephemeral = str(seen["channel"]), "to" in seen
        container = {"type": "message", "message_ts": seen["ts"], "channel_id": channel, "is_ephemeral": ephemeral}
        container |= {"thread_ts": seen["thread_ts"]} if "thread_ts" in seen else {}
        payload |= {
            "container": container,
            "channel": {"id": channel, "name": "directmessage" if channel[0] == "D" else channel.lower()},
            "state": {"values": {}},
            "response_url": self._slack.response_url(channel, self.user, seen["ts"], ephemeral),
        }
        return payload if ephemeral else payload | {"message": _as_slack_sends(seen)}

    def _answered(self, view: Node, answer: Acknowledged) -> dict[str, str]:
        """What Slack does about what came back for a form."""
        assert answer.status == 200, f"Slack tells them that it did not work: {answer}"
        body: Any = answer.body or {}
        match body.get("response_action") if isinstance(body, dict) else None:
            case "errors":
                labels = {block["block_id"]: block["label"]["text"] for block in fields_in(view)}
                return {labels[name]: str(said) for name, said in body["errors"].items()}
            case "update":
                self._workspace.show(body["view"], self.user, view)
            case "push":
                self._workspace.show(body["view"], self.user)
            case "clear":
                self._workspace.close(view, with_all_below=True)
            case _:
                self._workspace.close(view)
        return {}

    def _message_event(self, channel: str, message: Node) -> Node:
        kind = {"D": "im", "G": "group"}.get(channel[0], "channel")
        own = self._workspace.user(self.user)
        away = {"user_team": own.team, "source_team": own.team} if own.team != TEAM else {}
        return {
            **_as_slack_sends(message),
            "channel": channel,
            "channel_type": kind,
            "event_ts": message["ts"],
            "team": TEAM,
            "client_msg_id": secrets.token_hex(16),
            **away,
        }

    async def _tell(self, *events: Node) -> None:
        for number, event in enumerate(events):
            await self._send(EVENT, self._event(event), settle=number == len(events) - 1)

    def _event(self, event: Node) -> Node:
        channel = self._workspace.channels.get(str(event.get("channel")))
        return {
            "token": "unused",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(6).upper()}",
            "event_time": int(self._workspace.clock()),
            "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "is_ext_shared_channel": bool(channel and channel.shared),
        }

    async def _open(self, tab: str) -> None:
        event = {
            "type": "app_home_opened",
            "user": self.user,
            "channel": direct(self.user),
            "tab": tab,
            "event_ts": self._workspace.new_ts(),
        }
        home = self._workspace.homes.get(self.user)
        await self._tell(event | ({"view": _as_slack_sends(home)} if home and tab == "home" else {}))

    def _interaction(self) -> Node:
        team = self._workspace.user(self.user).team
        return {
            "token": "unused",
            "api_app_id": APP,
            "team": {"id": TEAM, "domain": "fake"},
            "user": {"id": self.user, "username": self.user.lower(), "name": self.user.lower(), "team_id": team},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._workspace.new_trigger(self.user),
        }

    async def _send(self, kind: str, payload: Node, settle: bool = True) -> None:
        self.sent.append((kind, payload))
        self.acknowledged.append(await self.way.send(kind, payload))
        assert self.acknowledged[-1].status == 200, f"the app did not take it: {self.acknowledged[-1]}"
        if settle:
            await self._settled()


def _as_slack_sends(kept: Node) -> Node:
    """A message or a view without what the stand-in alone knows of it."""
    own = {"touched", "at", "to", "depth", *(["user"] if "hash" in kept else [])}
    return {name: value for name, value in kept.items() if name not in own}
