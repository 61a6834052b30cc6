"""What Teams sends, read as what somebody did. Pure: nothing is looked up, and what a client says is not believed."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from adapters.chat.bodies import Body, Malformed, list_in, object_in, part_of, text_in, words_in
from adapters.chat.placing import name_of
from adapters.chat.pressing import Does, Pressed
from adapters.storage.carried import act_from_json
from adapters.teams.places import PLATFORM, account_of
from adapters.teams.whereabouts import Chat, Ours, Who, activity_id, chat_of, is_bot, us_in, who_did
from adapters.teams.words import Mention, mentions_in, words_of, words_of_html
from bot.acts import Act, Remark

_LONGEST_KEY = 200  # characters
_LONGEST_TEXT = 200_000  # characters, twice what Teams takes; everybody waits while one is read
_DIGEST = 16  # characters that tell apart what was given in a form
_TICKET = re.compile(r"[0-9]{1,18}")
_LOOK = "look"  # the verb of a card that is looked up for whoever sees it
_HTML = "text/html"  # the message itself once more
_QUOTES = ("messageReference", "forwardedMessageReference")  # other messages that come along


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that is for the bot."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An invoke of a kind that the bot has no answer to."""


@dataclass(frozen=True, slots=True)
class Came:
    """Something that somebody did: the key under which it is kept once, who did it, and where."""

    key: str
    who: Who
    chat: Chat


@dataclass(frozen=True, slots=True)
class Wrote(Came):
    """A message. `us` says that it mentions the bot. `typed` is `words` with accounts in the place of the people whom
    it mentions, each as far as the message tells it: of `others` no more is known than the id that Teams gives them.
    `files` says that something came along that is not words."""

    words: str
    typed: str
    us: bool
    others: tuple[str, ...]
    files: bool


@dataclass(frozen=True, slots=True)
class Pushed(Came):
    """A button of a card. `what` is None where it is none of ours, or of an older version. `activity` is the id of the
    message that it is in, and `place` where the button says that it belongs, if it does. With `waits` their client
    waits for an answer; `opens` says that it waits for a dialog."""

    what: Pressed | None
    activity: str
    place: str = ""
    waits: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Looked(Came):
    """Somebody sees the card of a ticket that is another one for them."""

    ticket: str
    activity: str


@dataclass(frozen=True, slots=True)
class Picked(Came):
    """A message action, by its name: the words of the message, and whether who picked it wrote that."""

    name: str
    words: str
    own: bool


@dataclass(frozen=True, slots=True)
class Submitted(Came):
    """What was pressed in a dialog, or its form sent off, as it came back. Teams sends it again where no answer comes
    in time, so that `key` tells apart who gave what, and not the times; that of `again` is of this very time."""

    data: dict[str, Any]
    again: str


@dataclass(frozen=True, slots=True)
class Rated(Came):
    """Whether an answer helped, with a reason that may be empty. `activity` is the id of the message; empty where that
    is not told."""

    activity: str
    right: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The app came into a conversation, or was taken out of it."""

    chat: Chat
    there: bool


Read = Ignored | Unknown | Wrote | Pushed | Looked | Picked | Submitted | Rated | Moved


def read(activity: Body, ours: Ours) -> Read:
    """What an activity is.

    Raises:
        Malformed: it lacks what its kind has.
    """
    match activity.get("type"):
        case "message" if not is_bot(activity):
            return _message(activity, ours)
        case "invoke":
            name = text_in(activity, "name")
            return _INVOKES[name](activity, ours) if name in _INVOKES else Unknown()
        case "installationUpdate":
            return Moved(chat_of(activity), there=not words_in(activity, "action").startswith("remove"))
        case "conversationUpdate":
            return _changed(activity)
        case _:
            return Ignored()


def pressed(does: str, data: Body) -> Pressed | None:
    """What a button of ours means, by what pressing it does and what it carries; None where it is none of ours."""
    try:
        return Pressed(Does(does), act_in(data.get("act")), words_in(data, "who"))
    except ValueError:
        return None


def act_in(carried: object) -> Act:
    """The act that a button carries. A remark is none: nothing may come of it, and a client would wait for that.

    Raises:
        ValueError: it is none that a button of ours has.
    """
    try:
        act = act_from_json(carried) if isinstance(carried, dict) else None
    except (TypeError, RecursionError) as error:
        raise ValueError("no act of ours") from error
    if act is None or isinstance(act, Remark):
        raise ValueError("no act of a button")
    return act


def _message(activity: Body, ours: Ours) -> Read:
    key, who, chat = _came(activity, ours)
    value, text, us = activity.get("value"), _text_of(activity, "text"), us_in(activity)
    if isinstance(value, dict) and not text.strip():
        what, pressed_in = pressed(words_in(value, "does"), value), activity_id(activity, "replyToId")
        return Pushed(key, who, chat, what, pressed_in, words_in(value, "place"))
    mentions, marked_up = mentions_in(activity), activity.get("textFormat") == "xml"

    def account(mention: Mention) -> str:
        return account_of("", mention.user)

    return Wrote(
        key,
        who,
        chat,
        words_of(text, mentions, us, marked_up=marked_up),
        words_of(text, mentions, us, account, marked_up),
        any(mention.user == us for mention in mentions),
        tuple(dict.fromkeys(mention.user for mention in mentions if mention.user != us)),
        any(_is_file(one) for one in list_in(activity, "attachments")),
    )


def _text_of(message: object, name: str) -> str:
    """The text of a message. Raises Malformed where it is longer than any."""
    text = words_in(message, name)
    if len(text) > _LONGEST_TEXT:
        raise Malformed
    return text


def _is_file(attachment: object) -> bool:
    kind = words_in(attachment, "contentType")
    return bool(kind) and kind != _HTML and kind not in _QUOTES


def _changed(activity: Body) -> Read:
    """Who came into a conversation, or went: of no interest unless it is the bot."""
    us = us_in(activity)
    for name, there in (("membersAdded", True), ("membersRemoved", False)):
        if any(part_of(one, "id") == us for one in list_in(activity, name)):
            return Moved(chat_of(activity), there)
    return Ignored()


def _execute(activity: Body, ours: Ours) -> Read:
    key, who, chat = _came(activity, ours)
    action = object_in(object_in(activity, "value"), "action")
    data = action.get("data")
    verb, carried, pressed_in = words_in(action, "verb"), data if isinstance(data, dict) else {}, _pressed_in(activity)
    if verb == _LOOK:
        return Looked(key, who, chat, _ticket_in(carried), pressed_in)
    return Pushed(key, who, chat, pressed(verb, carried), pressed_in, words_in(carried, "place"), waits=True)


def _ticket_in(data: Body) -> str:
    name = text_in(data, "ticket")
    if not _TICKET.fullmatch(name):
        raise Malformed
    return name


def _fetch(activity: Body, ours: Ours) -> Read:
    key, who, chat = _came(activity, ours)
    data = object_in(object_in(activity, "value"), "data")
    what = pressed(words_in(data, "does"), data)
    return Pushed(key, who, chat, what, _pressed_in(activity), words_in(data, "place"), waits=True, opens=True)


def _pick(activity: Body, ours: Ours) -> Read:
    key, who, chat = _came(activity, ours)
    value = object_in(activity, "value")
    message = value.get("messagePayload")
    body, author = part_of(message, "body"), words_in(part_of(part_of(message, "from"), "user"), "id")
    content = _text_of(body, "content")
    words = content.strip() if part_of(body, "contentType") == "text" else words_of_html(content)
    return Picked(key, who, chat, text_in(value, "commandId"), words, own=author.casefold() == who.person)


def _submission(activity: Body, ours: Ours) -> Read:
    again, who, chat = _came(activity, ours)
    data = object_in(object_in(activity, "value"), "data")
    try:
        given = json.dumps(data, sort_keys=True)
    except RecursionError:
        raise Malformed from None
    digest = sha256(given.encode("utf-8", "replace")).hexdigest()[:_DIGEST]
    key = f"{PLATFORM}:{name_of(words_in(data, 'nonce') or again)}:{digest}:{who.user}"
    return Submitted(key, who, chat, data, again)


def _rating(activity: Body, ours: Ours) -> Read:
    key, who, chat = _came(activity, ours)
    value = object_in(activity, "value")
    if value.get("actionName") != "feedback":
        return Unknown()
    said = object_in(value, "actionValue")
    reaction = words_in(said, "reaction")
    if reaction not in ("like", "dislike"):
        raise Malformed
    right, reason = reaction == "like", _reason(words_in(said, "feedback"))
    return Rated(key, who, chat, _pressed_in(activity), right, reason)


def _reason(feedback: str) -> str:
    """The reason that somebody gave: of most clients as JSON, of some as it was typed."""
    try:
        told = json.loads(feedback)
    except (ValueError, RecursionError):
        return feedback.strip()
    return words_in(told, "feedbackText").strip() if isinstance(told, dict) else feedback.strip()


_INVOKES: dict[str, Callable[[Body, Ours], Read]] = {
    "adaptiveCard/action": _execute,
    "task/fetch": _fetch,
    "task/submit": _submission,
    "composeExtension/fetchTask": _pick,
    "composeExtension/submitAction": _submission,
    "message/submitAction": _rating,
}


def _came(activity: Body, ours: Ours) -> tuple[str, Who, Chat]:
    chat = chat_of(activity)
    return _short(f"{PLATFORM}:{chat.id}:{activity_id(activity)}"), who_did(activity, ours), chat


def _pressed_in(activity: Body) -> str:
    """The message that a button is in; empty where that is not told."""
    return activity_id(activity, "replyToId") if activity.get("replyToId") else ""


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else f"{PLATFORM}:{sha256(key.encode('utf-8', 'replace')).hexdigest()}"
