"""What the stand-in for Teams holds: people, chats and channels with messages, and what everybody sees of them."""

import copy
import itertools
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.teams.fake_login import APP_ID, TENANT
from tests.adapters.teams.fake_rules import MOST_BYTES, problems, size

Node = dict[str, Any]

BOT, BOT_NAME = f"28:{APP_ID}", "Chapter & Verse"
EMEA, AMER = "emea", "amer"
PERSONAL, GROUP, CHANNEL = "personal", "groupChat", "channel"
OTHER_TENANT = "0732e400-0000-4000-8000-000000000732"
DESK = "desk"
DESK_CONVERSATION = "teams:19%3Adesk%40thread.tacv2"  # the channel of this name, as the link to it has it
_THREAD = ";messageid="


class TeamsError(Exception):
    """What Teams answers instead: a status and a code."""

    def __init__(self, status: int, code: str, message: str = "refused by the stand-in") -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code = status, code
        self.body = {"error": {"code": code, "message": message}}


@dataclass(slots=True)
class User:
    """Somebody, by the name that tests call them. `id` is what Teams gives them for this bot, `directory_id` what the
    tenant knows them by; empty of somebody that it does not know. `blocks` says that they have blocked the bot."""

    name: str
    guest: bool = False
    tenant: str = TENANT
    region: str = EMEA
    unknown: bool = False
    installed: bool = True
    blocks: bool = False

    @property
    def id(self) -> str:
        return f"29:1{self.name}_x-Y"

    @property
    def directory_id(self) -> str:
        return "" if self.unknown else directory_id(self.name)

    @property
    def account(self) -> str:
        """As the bot names them."""
        return f"teams:{self.directory_id}"

    @property
    def title(self) -> str:
        return self.name.title()

    def as_member(self) -> Node:
        own = {
            "id": self.id,
            "name": self.title,
            "givenName": self.title,
            "surname": "Fake",
            "email": f"{self.name}@choir.example",
            "userPrincipalName": f"{self.name}@choir.example",
            "tenantId": self.tenant,
            "userRole": "guest" if self.guest else "user",
        }
        return own | ({"objectId": self.directory_id, "aadObjectId": self.directory_id} if not self.unknown else {})


@dataclass(slots=True)
class Chat:
    """A conversation. `members` are names; those of a channel are all of the tenant where none are given."""

    id: str
    kind: str
    region: str = EMEA
    members: set[str] = field(default_factory=set)
    installed: bool = True  # the app is in it
    team: str = ""
    messages: dict[str, Node] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name in self.members or (self.kind == CHANNEL and not self.members)


class Tenant:
    """One tenant and all that is said in it. `clock` tells its time in seconds since 1970.

    A message is kept as it was sent, with its `id`, its `chat`, the `thread` that it belongs to (of the first of a
    thread its own id), and a `touched` that grows each time that anything is said or edited.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.people: dict[str, User] = {}
        self.chats: dict[str, Chat] = {}
        self.typing: list[str] = []  # the chats in which the bot has shown that it writes
        self._touched = itertools.count(1)
        self._last_id = 0

    def person(self, name: str, **known: Any) -> User:
        """Who is called this; what is `known` of them counts when they are first named."""
        return self.people.setdefault(name, User(name, **known))

    def personal(self, name: str) -> Chat:
        """The chat between somebody and the bot."""
        user = self.person(name)
        found = self.chats.setdefault(f"a:1{name}", Chat(f"a:1{name}", PERSONAL, user.region, {name}))
        found.installed = user.installed
        return found

    def channel(self, name: str, **known: Any) -> Chat:
        """A channel of this name, in the one team that there is."""
        team = "19:general@thread.tacv2"
        return self.chats.setdefault(channel_id(name), Chat(channel_id(name), CHANNEL, team=team, **known))

    def group(self, name: str, members: set[str]) -> Chat:
        """A group chat of this name."""
        return self.chats.setdefault(f"19:{name}@thread.v2", Chat(f"19:{name}@thread.v2", GROUP, members=members))

    def new_id(self) -> str:
        """The id of a message: unique and increasing, as Teams' are."""
        self._last_id = max(self._last_id + 1, int(self.clock() * 1000))
        return str(self._last_id)

    # What people do

    def typed(self, chat: Chat, name: str, text: str, thread: str = "") -> Node:
        """A message that somebody writes; in a channel it begins a thread where none is given."""
        return self._keep(chat, {"type": "message", "text": text, "author": name}, thread)

    # What the bot does

    def send(self, region: str, conversation: str, activity: Node, reply_to: str = "") -> str:
        """Takes a message of the bot's, and gives its id.

        Raises:
            TeamsError: Teams would not take it.
        """
        chat, thread = self._found(region, conversation)
        _check(activity)
        if activity["type"] == "typing":
            self.typing.append(chat.id)
            return self.new_id()
        if reply_to and not thread and chat.kind == CHANNEL:
            thread = str(self._message(chat, reply_to)["thread"])
        return str(self._keep(chat, {**activity, "author": BOT}, thread)["id"])

    def update(self, region: str, conversation: str, message: str, activity: Node) -> str:
        """Puts another in the place of a message of the bot's. Raises as `send` does."""
        chat, _ = self._found(region, conversation)
        _check(activity)
        old = self._message(chat, message)
        if old["author"] != BOT:
            raise TeamsError(403, "NotEnoughPermissions")
        kept = {name: old[name] for name in ("id", "chat", "thread", "at", "author")}
        chat.messages[message] = {**copy.deepcopy(activity), **kept, "touched": next(self._touched), "edited": True}
        return message

    def delete(self, region: str, conversation: str, message: str) -> None:
        """Takes a message of the bot's away. Raises as `send` does."""
        chat, _ = self._found(region, conversation)
        if self._message(chat, message)["author"] != BOT:
            raise TeamsError(403, "NotEnoughPermissions")
        del chat.messages[message]

    def create(self, region: str, asked: Node) -> str:
        """Opens the chat with one person, and gives its id: the same each time. Raises as `send` does."""
        members = asked.get("members") or []
        tenant = asked.get("tenantId") or asked.get("channelData", {}).get("tenant", {}).get("id")
        if len(members) != 1 or asked.get("isGroup") or tenant != TENANT:
            raise TeamsError(400, "BadSyntax", "one member, and the tenant")
        user = self._user(str(members[0].get("id")))
        if user is None or user.region != region:
            raise TeamsError(404, "UserNotFound")
        if not user.installed:
            raise TeamsError(403, "BotNotInConversationRoster")
        return self.personal(user.name).id

    def members(self, region: str, conversation: str) -> list[Node]:
        """The roster of a chat. Raises as `send` does."""
        chat, _ = self._found(region, conversation)
        return [one.as_member() for one in self.people.values() if chat.has(one.name)]

    def member(self, region: str, conversation: str, asked: str) -> Node:
        """One of the roster, by either id. Raises as `send` does."""
        chat, _ = self._found(region, conversation)
        user = self._user(asked)
        if user is None or not chat.has(user.name):
            raise TeamsError(404, "MemberNotFoundInConversation")
        return user.as_member()

    # What is seen

    def said_in(self, chat: Chat, thread: str = "") -> list[Node]:
        """What the bot has said in a chat, or in a thread of it; oldest first."""
        own = [one for one in chat.messages.values() if one["author"] == BOT]
        return [one for one in own if not thread or one["thread"] == thread]

    def seen_by(self, name: str) -> list[Node]:
        """All that somebody can see of what the bot said, what was touched last at the end."""
        seen = [one for chat in self.chats.values() if chat.has(name) for one in self.said_in(chat)]
        return sorted(seen, key=lambda one: int(one["touched"]))

    def _keep(self, chat: Chat, message: Node, thread: str) -> Node:
        if thread:
            thread = str(self._message(chat, thread)["thread"])
        name = self.new_id()
        own = {"id": name, "chat": chat.id, "thread": thread or name, "touched": next(self._touched)}
        chat.messages[name] = {**copy.deepcopy(message), **own, "at": time.monotonic()}
        return chat.messages[name]

    def _message(self, chat: Chat, name: str) -> Node:
        if name not in chat.messages:
            raise TeamsError(404, "ActivityNotFoundInConversation")
        return chat.messages[name]

    def _user(self, asked: str) -> User | None:
        return next((one for one in self.people.values() if asked in (one.id, one.directory_id)), None)

    def _found(self, region: str, conversation: str) -> tuple[Chat, str]:
        """A chat and the thread in it that a conversation id names."""
        name, _, thread = conversation.partition(_THREAD)
        chat = self.chats.get(name)
        if chat is None or chat.region != region:
            raise TeamsError(404, "ConversationNotFound")
        alone = self.people[min(chat.members)] if chat.kind == PERSONAL else None
        if not chat.installed or (alone is not None and not alone.installed):
            raise TeamsError(403, "BotNotInConversationRoster")
        if alone is not None and alone.blocks:
            raise TeamsError(403, "ConversationBlockedByUser")
        if thread and chat.kind != CHANNEL:
            raise TeamsError(404, "ConversationNotFound")
        if thread:
            self._message(chat, thread)
        return chat, thread


def directory_id(name: str) -> str:
    """The id by which the tenant knows somebody of this name."""
    return str(uuid.uuid5(uuid.UUID(TENANT), name))


def channel_id(name: str) -> str:
    """Teams' id of the channel of this name."""
    return f"19:{name}@thread.tacv2"


def _check(activity: Any) -> None:
    wrong = problems(activity)
    if wrong:
        raise TeamsError(400, "BadSyntax", "; ".join(wrong[:5]))
    if size(activity) > MOST_BYTES:
        raise TeamsError(413, "MessageSizeTooBig")
