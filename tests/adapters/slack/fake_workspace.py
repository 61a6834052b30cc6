"""What the stand-in for Slack holds: people, channels, messages, modals and Homes, and what everybody sees of them."""

import itertools
import json
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.slack.block_kit import view_problems

Node = dict[str, Any]

TEAM, APP, BOT_USER, BOT = "T0FAKE001", "A0FAKE001", "U0BOT0001", "B0BOT0001"
TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS, RESPONSE_URL_USES = 30 * 60, 5


class SlackError(Exception):
    """What Slack answers instead: its code, and what is wrong where."""

    def __init__(self, error: str, problems: Iterable[object] = (), **further: Any) -> None:
        super().__init__(error)
        self.error, self.problems, self.further = error, [str(one) for one in problems], further

    def body(self) -> Node:
        body: Node = {"ok": False, "error": self.error, **self.further}
        if self.problems:
            body |= {"errors": self.problems, "response_metadata": {"messages": self.problems}}
        return body


@dataclass(slots=True)
class User:
    """Somebody: a full member of the workspace, a guest in it, or a member of another. `gone` is a switched-off one."""

    id: str
    name: str = ""
    guest: bool = False
    stranger: bool = False
    gone: bool = False
    bot: bool = False
    team: str = TEAM

    def as_json(self) -> Node:
        shown = self.name or self.id
        profile = {"display_name": shown, "real_name": shown}
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.id.lower(),
            "real_name": shown,
            "deleted": self.gone,
            "is_bot": self.bot,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_stranger": self.stranger,
            "tz": "Europe/London",
            "profile": profile,
        }


@dataclass(slots=True)
class Channel:
    """A channel. `bot_in` says whether the app is in it; `members`, where given, are the only people in it."""

    private: bool = False
    archived: bool = False
    bot_in: bool = True
    shared: bool = False  # with another organisation
    members: set[str] | None = None


@dataclass(slots=True)
class ResponseUrl:
    """To whom a response URL belongs, and the message that was pressed; `ephemeral` where one person alone sees it."""

    issued: float
    channel: str
    user: str
    ts: str
    ephemeral: bool
    posts: list[Node] = field(default_factory=list)


class Workspace:
    """One workspace. `clock` tells its time in seconds since 1970.

    Whatever is seen has a `touched`, which grows each time that anything is said, edited or opened.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Node]] = defaultdict(dict)
        self.ephemerals: list[Node] = []
        self.views: dict[str, Node] = {}
        self.homes: dict[str, Node] = {}
        self.statuses: list[Node] = []
        self.prompts: list[Node] = []
        self.response_urls: dict[str, ResponseUrl] = {}
        self.nobody: set[str] = set()  # ids that belong to nobody
        self.triggers: dict[str, str] = {}  # whose each is: it does not tell so itself
        self.used_triggers: set[str] = set()
        self._touched = itertools.count(1)
        self._last_ts = 0

    def user(self, name: str) -> User:
        """Who has this id: a full member, where nothing else is known of them."""
        if not name or name in self.nobody:
            raise SlackError("user_not_found")
        return self.users.setdefault(name, User(name))

    def channel(self, name: str) -> Channel:
        return self.channels.setdefault(name, Channel())

    def new_ts(self) -> str:
        """The time stamp of a message: unique, and increasing as Slack's are."""
        self._last_ts = max(self._last_ts + 1, int(self.clock() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_trigger(self, user: str) -> str:
        """A trigger id, by which a modal can be opened for this person, once and at once."""
        trigger = f"{int(self.clock() * 1000)}.{next(self._touched)}.{secrets.token_hex(8)}"
        self.triggers[trigger] = user
        return trigger

    def new_response_url(self, channel: str, user: str, ts: str = "", ephemeral: bool = False) -> str:
        """The key of a response URL, for a press on the message with this ts, or for a command."""
        key = secrets.token_hex(12)
        self.response_urls[key] = ResponseUrl(self.clock(), channel, user, ts, ephemeral)
        return key

    def keep(self, channel: str, message: Node) -> Node:
        """Puts a message into a channel, or what has become of it."""
        self.messages[channel][message["ts"]] = self._stamped(message)
        return message

    def whisper(self, message: Node) -> Node:
        """Shows a message to one person alone."""
        self.ephemerals.append(self._stamped(message))
        return message

    def _stamped(self, message: Node) -> Node:
        message["touched"] = next(self._touched)
        message.setdefault("at", time.monotonic())  # when it came first, in seconds
        return message

    def typed(self, channel: str, user: str, text: str, thread: str = "") -> Node:
        """A message that somebody types."""
        message: Node = {"type": "message", "user": user, "text": text, "ts": self.new_ts()}
        return self.keep(channel, message | ({"thread_ts": thread} if thread else {}))

    def thread(self, channel: str, thread_ts: str) -> list[Node]:
        """The replies of a thread, oldest first, without what it hangs from."""
        found = self.messages[channel].values()
        return [one for one in found if one.get("thread_ts") == thread_ts and one["ts"] != thread_ts]

    def whispered(self, user: str, channel: str, ts: str) -> Node | None:
        return next(
            (one for one in self.ephemerals if (one["to"], one["channel"], one["ts"]) == (user, channel, ts)), None
        )

    def take_trigger(self, trigger: str, strict: bool) -> str:
        """Uses a trigger id up; gives whose it is."""
        if trigger not in self.triggers:
            raise SlackError("invalid_trigger_id")
        if strict and trigger in self.used_triggers:
            raise SlackError("exchanged_trigger_id")
        if strict and self.clock() - int(trigger.partition(".")[0]) / 1000 > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        self.used_triggers.add(trigger)
        return self.triggers[trigger]

    def show(self, view: Node, user: str, old: Node | None = None) -> Node:
        """Opens a modal or a Home for somebody, or puts it in the place of an old one."""
        problems = view_problems(view)
        if problems:
            raise SlackError("invalid_arguments", problems)
        external = view.get("external_id")
        if external and any(one.get("external_id") == external and one is not old for one in self.views.values()):
            raise SlackError("duplicate_external_id")
        below = self.modal_of(user) if old is None and view["type"] == "modal" else None
        name = old["id"] if old else f"V{secrets.token_hex(5).upper()}"
        stored = {
            **view,
            "id": name,
            "team_id": TEAM,
            "app_id": APP,
            "bot_id": BOT,
            "hash": f"{int(self.clock())}.{secrets.token_hex(4)}",
            "root_view_id": old["root_view_id"] if old else below["root_view_id"] if below else name,
            "previous_view_id": old["previous_view_id"] if old else below["id"] if below else None,
            "blocks": with_ids(view["blocks"]),
            "user": user,
            "depth": old["depth"] if old else next(self._touched),
            "touched": next(self._touched),
        }
        (self.homes if view["type"] == "home" else self.views)[user if view["type"] == "home" else name] = stored
        return stored

    def modal_of(self, user: str) -> Node | None:
        """The modal that somebody has before them: the topmost of theirs."""
        theirs = [one for one in self.views.values() if one["user"] == user]
        return max(theirs, key=lambda one: int(one["depth"]), default=None)

    def close(self, view: Node, with_all_below: bool = False) -> None:
        """Takes a modal away, and those that it lies on where these are to go too."""
        gone = (
            [one["id"] for one in self.views.values() if one["user"] == view["user"]]
            if with_all_below
            else [view["id"]]
        )
        for name in gone:
            self.views.pop(name, None)

    def seen_by(self, user: str) -> list[Node]:
        """All that somebody can see of what the bot said, what was touched last at the end. Each is a message, or a
        view; a modal hides what lies below it."""
        modal = self.modal_of(user)
        if modal is not None:
            return [modal]
        seen = [one for one in self.ephemerals if one["to"] == user]
        for name, messages in self.messages.items():
            channel = self.channels.get(name)
            if name == direct(user) or (
                name[0] != "D" and (channel is None or channel.members is None or user in channel.members)
            ):
                seen += [{**one, "channel": name} for one in messages.values() if one.get("user") == BOT_USER]
        seen += [self.homes[user]] if user in self.homes else []
        return sorted(seen, key=lambda one: int(one["touched"]))


def direct(user: str) -> str:
    """The channel of direct messages between somebody and the bot."""
    return f"D{user[1:]}"


def with_ids(blocks: list[Node]) -> list[Node]:
    """Blocks as Slack keeps them: each has an id."""
    own: list[Node] = json.loads(json.dumps(blocks))
    for block in own:
        block.setdefault("block_id", secrets.token_hex(3))
    return own
