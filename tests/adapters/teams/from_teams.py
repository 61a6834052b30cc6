"""Activities as Teams sends them to a bot, and the bot's answers to them."""

import html
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import BOT, BOT_NAME, CHANNEL, PERSONAL, Chat, Node, User

INTAKE = "/api/messages"
WAITS_FOR = 15.0  # seconds; of an invoke five, but a slow machine is no fault of the bot's


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """How the bot answered: the status (0: not at all), and what stood in the answer."""

    status: int
    body: Any = None


class OverHttp:
    """Posts to the address of a bot what Teams signs."""

    def __init__(self, session: aiohttp.ClientSession, url: str, teams: FakeConnector) -> None:
        self._session, self._url, self._teams = session, url, teams

    async def send(self, activity: Node, bearer: str | None = None) -> Acknowledged:
        """Posts an activity; `bearer` is its Authorization where it is not Teams' own."""
        signed = f"Bearer {self._teams.channel.token(str(activity['serviceUrl']))}" if bearer is None else bearer
        headers = {"Content-Type": "application/json; charset=utf-8"} | ({"Authorization": signed} if signed else {})
        timeout = aiohttp.ClientTimeout(WAITS_FOR)
        body = json.dumps(activity).encode()
        try:
            async with self._session.post(self._url, data=body, headers=headers, timeout=timeout) as answer:
                text = await answer.text()
                is_json = answer.content_type == "application/json" and bool(text)
                return Acknowledged(answer.status, json.loads(text) if is_json else text)
        except (aiohttp.ClientError, TimeoutError):
            return Acknowledged(0)


class Client:
    """What somebody does in Teams, as the bot is told of it."""

    def __init__(self, teams: FakeConnector, user: User) -> None:
        self._teams, self._user = teams, user

    def message(self, chat: Chat, kept: Node, naming: Sequence[User] = ()) -> Node:
        """Something that they wrote, as it is kept; the bot is named in it where it stands in the text, and so are
        those whom it is `naming`."""
        text, names = str(kept["text"]), [(BOT, BOT_NAME), *((one.id, one.title) for one in naming)]
        mentions = [
            {"type": "mention", "mentioned": {"id": user, "name": name}, "text": called(name)}
            for user, name in names
            if called(name) in text
        ]
        client = {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web", "timezone": "UTC"}
        written = {"contentType": "text/html", "content": _as_html(text)}
        return self._activity(chat, str(kept["thread"])) | {
            "type": "message",
            "id": kept["id"],
            "text": text,
            "textFormat": "plain",
            "attachments": [written] if mentions else [],
            "entities": [*mentions, client],
        }

    def submitted(self, chat: Chat, thread: str, pressed_in: str, data: Node) -> Node:
        """A press of an Action.Submit in a card: a message without words."""
        return self._activity(chat, thread) | {
            "type": "message",
            "replyToId": pressed_in,
            "value": data,
            "entities": [],
        }

    def invoke(self, name: str, value: Node, chat: Chat, thread: str = "", about: str = "") -> Node:
        """What their client waits on an answer to; `about` is the message that it was pressed in."""
        about_it = {"replyToId": about} if about else {}
        return self._activity(chat, thread) | {
            "type": "invoke",
            "id": f"f:{uuid.uuid4()}",
            "name": name,
            "value": value,
            **about_it,
        }

    def installed(self, chat: Chat, there: bool = True, accounts: Sequence[User] = ()) -> tuple[Node, Node]:
        """What is told when the app comes into a chat or a team, or goes."""
        changed = [{"id": BOT}, *({"id": one.id, "aadObjectId": one.directory_id} for one in accounts)]
        own = self._activity(chat, "")
        told = {"type": "conversationUpdate", "membersAdded" if there else "membersRemoved": changed}
        return own | {"type": "installationUpdate", "action": "add" if there else "remove"}, {**own, **told}

    def picked(self, command: str, chat: Chat, thread: str, message: Node, author: User | None) -> Node:
        """The `value` of an invoke of a message action."""
        user = (
            {
                "userIdentityType": "aadUser",
                "id": author.directory_id,
                "displayName": author.title,
            }
            if author
            else None
        )
        bot = {"applicationIdentityType": "bot", "id": BOT.removeprefix("28:"), "displayName": BOT_NAME}
        said = str(message.get("text", ""))
        return {
            "commandId": command,
            "commandContext": "message",
            "requestId": uuid.uuid4().hex,
            "context": {"theme": "default"},
            "messagePayload": {
                "id": message["id"],
                "replyToId": thread if thread != message["id"] else None,
                "createdDateTime": "2026-11-21T07:00:00.000Z",
                "lastModifiedDateTime": None,
                "deleted": False,
                "subject": None,
                "summary": None,
                "importance": "normal",
                "locale": "en-gb",
                "linkToMessage": f"https://teams.example/l/message/{chat.id}/{message['id']}",
                "from": {"device": None, "conversation": None, "user": user, "application": None if author else bot},
                "body": {"contentType": "html", "content": _as_html(said)},
                "attachmentLayout": None,
                "attachments": [],
                "mentions": [],
                "reactions": [],
            },
        }

    def _activity(self, chat: Chat, thread: str) -> Node:
        user, clock = self._user, self._teams.tenant
        host = user.tenant if chat.kind == PERSONAL else TENANT
        conversation: Node = {"conversationType": chat.kind, "tenantId": host, "id": chat.id}
        data: Node = {"tenant": {"id": host}}
        if chat.kind != PERSONAL:
            conversation["isGroup"] = True
        if chat.kind == CHANNEL:
            conversation["id"] = f"{chat.id};messageid={thread}" if thread else chat.id
            data |= {"team": {"id": chat.team}, "channel": {"id": chat.id}, "teamsChannelId": chat.id}
        known = {} if user.unknown else {"aadObjectId": user.directory_id}
        return {
            "id": clock.new_id(),
            "timestamp": "2026-11-21T07:00:00.000Z",
            "localTimestamp": "2026-11-21T07:00:00.000Z",
            "localTimezone": "Europe/London",
            "channelId": "msteams",
            "serviceUrl": self._teams.service_url(chat.region),
            "from": {"id": user.id, "name": user.title, **known},
            "conversation": conversation,
            "recipient": {"id": BOT, "name": BOT_NAME},
            "channelData": data,
            "locale": "en-GB",
        }


def called(name: str) -> str:
    """A mention of whoever is called this, as it stands in a message."""
    return f"<at>{name}</at>"


def _as_html(text: str) -> str:
    """Words as Teams keeps them in a message."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n")) if text else ""
