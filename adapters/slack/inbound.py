"""What Slack sends, read as what somebody did. Pure: nothing is looked up, and nothing in a body is believed but that
Slack sent it."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from adapters.chat.bodies import Body, Malformed, list_in, object_in, part_of, text_in, words_in
from adapters.chat.pressing import Pressed
from adapters.slack.bodies import channel_in, person_in, time_in
from adapters.slack.checking_tokens import Installed
from adapters.slack.places import PLATFORM, Place, account_of
from adapters.slack.pressing import pressed
from adapters.slack.words import mentions_somebody_else, mentions_us, words_of
from bot.people import Standing

_LONGEST_KEY = 200  # characters; it becomes the external id of a view, which has 255 at most
_DIGEST = 16  # characters that tell apart what was filled into a form
_OF_PEOPLE = ("", "file_share", "thread_broadcast")  # kinds of messages that somebody wrote
_SLACKS_OWN = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who did something, and what the payload itself says of how they belong."""

    user: str
    standing: Standing = Standing.OWN


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that is for the bot."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """A message. `thread` is empty where it hangs from none; `us` says that it mentions the bot, `others` that it
    mentions somebody else. `typed` is `words` with accounts in the place of people. `files` says that something came
    along that is not words."""

    key: str
    who: Who
    channel: str
    ts: str
    thread: str
    words: str
    typed: str
    us: bool
    others: bool
    files: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody has opened the Home tab, or the messages with the bot."""

    key: str
    who: Who
    channel: str
    home: bool


@dataclass(frozen=True, slots=True)
class Commanded:
    """A slash command, with what was typed after it."""

    key: str
    who: Who
    channel: str
    words: str
    url: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Pushed:
    """A button. `what` is None where it is none of ours, or of an older version. `place` is where the button says that
    it belongs; None where it says nothing that fits the payload. In a modal or on Home, `view` is that, and `channel`
    is empty. `ts` is empty where the message is seen by one person alone; `thread` where it is in none."""

    key: str
    who: Who
    what: Pressed | None
    url: str
    trigger: str
    channel: str = ""
    ts: str = ""
    thread: str = ""
    place: Place | None = None
    view: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """A shortcut, by its name; of a message, with its words, and whether who picked it wrote that."""

    key: str
    who: Who
    name: str
    trigger: str
    words: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form that was sent off, as the payload has it. `key` tells what was filled in apart: where Slack does not hear
    that a form was taken it stays open, and may be sent off again with other words. `again` is the key of this very
    time."""

    key: str
    again: str
    who: Who
    view: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TokensGone:
    """The app was taken out of the workspace, or its tokens were revoked; or somebody else's were."""


Came = Ignored | Wrote | Opened | Commanded | Pushed | Picked | Submitted | TokensGone


def read(body: Body, ours: Installed) -> Came:
    """What a body is. Whatever cannot be read is ignored, since Slack would only send it again."""
    try:
        if not _is_for(body, ours):
            return Ignored()
        if "command" in body:
            return _command(body, ours)
        match body.get("type"):
            case "event_callback":
                return _event(body, ours)
            case "block_actions":
                return _push(body, ours)
            case "message_action" | "shortcut":
                return _pick(body, ours)
            case "view_submission":
                return _submission(body, ours)
            case _:
                return Ignored()
    except Malformed:
        return Ignored()


def _is_for(body: Body, ours: Installed) -> bool:
    """Whether it comes from where the bot is installed. In a shared channel the payload may name the organisation of
    whoever acts, and the bot's own beside it."""
    named = [body.get("team_id"), part_of(body.get("team"), "id"), *_teams(body.get("view"))]
    named += [part_of(one, "team_id") for one in list_in(body, "authorizations")]
    return ours.team in [*named, *_teams(body.get("message"))]


def _teams(part: object) -> list[object]:
    return [part_of(part, name) for name in ("team_id", "app_installed_team_id", "team")]


def _event(body: Body, ours: Installed) -> Came:
    event = object_in(body, "event")
    match event.get("type"):
        case "message" | "app_mention":
            return _message(event, ours)
        case "app_home_opened" if event.get("tab") in ("home", "messages"):
            key = _short(f"{PLATFORM}:{text_in(body, 'event_id')}")
            return Opened(key, _writer(event, ours), channel_in(event, "channel"), event.get("tab") == "home")
        case "tokens_revoked" | "app_uninstalled":
            return TokensGone()
        case _:
            return Ignored()


def _message(event: Body, ours: Installed) -> Came:
    """A message that a person wrote. The event that the bot was mentioned and that of the message bear one key."""
    kind = event.get("subtype") or ""
    if kind not in _OF_PEOPLE or any(event.get(sign) for sign in ("bot_id", "hidden", "edited")):
        return Ignored()
    who = _writer(event, ours)
    if who.user in (ours.user, _SLACKS_OWN):
        return Ignored()
    channel, ts, text = channel_in(event, "channel"), time_in(event, "ts"), words_in(event, "text")
    thread = time_in(event, "thread_ts") if event.get("thread_ts") else ""
    return Wrote(
        f"{PLATFORM}:{ours.team}:{channel}:{ts}",
        who,
        channel,
        ts,
        "" if thread == ts else thread,
        words_of(text, ours.user),
        words_of(text, ours.user, account_of),
        mentions_us(text, ours.user) or event.get("type") == "app_mention",
        mentions_somebody_else(text, ours.user),
        bool(event.get("files")),
    )


def _command(body: Body, ours: Installed) -> Commanded:
    trigger = text_in(body, "trigger_id")
    return Commanded(
        _short(f"{PLATFORM}:{trigger}"),
        Who(person_in(body, "user_id"), _standing(ours, body.get("team_id"))),
        channel_in(body, "channel_id"),
        words_of(words_in(body, "text"), ours.user),
        words_in(body, "response_url"),
        trigger,
    )


def _push(body: Body, ours: Installed) -> Came:
    action = next(iter(list_in(body, "actions")), None)
    if part_of(action, "type") != "button" or part_of(action, "url"):
        return Ignored()  # an input that says it was changed, or a link that was opened
    who, container, view = _who(body, ours), object_in(body, "container"), body.get("view")
    name = words_in(action, "action_id")
    seen_in = part_of(view, "id") or container.get("message_ts")
    key = _short(f"{PLATFORM}:{seen_in}:{part_of(action, 'action_ts')}:{name}:{who.user}")
    what, url, trigger = (
        _meant(name, words_in(action, "value")),
        words_in(body, "response_url"),
        words_in(body, "trigger_id"),
    )
    if isinstance(view, dict):
        return Pushed(key, who, what, url, trigger, view=view)
    channel, ts = channel_in(container, "channel_id"), time_in(container, "message_ts")
    hangs_from = container.get("thread_ts") or part_of(body.get("message"), "thread_ts")
    thread = time_in({"ts": hangs_from}, "ts") if hangs_from else ""
    return Pushed(
        key,
        who,
        what,
        url,
        trigger,
        channel,
        "" if container.get("is_ephemeral") else ts,
        "" if thread == ts else thread,
        _place(words_in(action, "block_id"), channel, who.user),
    )


def _meant(name: str, value: str) -> Pressed | None:
    try:
        return pressed(name, value)
    except (ValueError, RecursionError):
        return None


def _place(block: str, channel: str, user: str) -> Place | None:
    """The place that the id of a block names before its `|`, where it is in that channel, and nobody else's alone."""
    try:
        place = Place.of(block.partition("|")[0])
    except ValueError:
        return None
    nobody_elses = not place.alone or place.person == user
    return place if place.channel == channel and nobody_elses and (place.thread or place.person) else None


def _pick(body: Body, ours: Installed) -> Picked:
    trigger, name = text_in(body, "trigger_id"), text_in(body, "callback_id")
    message, who = body.get("message"), _who(body, ours)
    words = words_of(words_in(message, "text"), ours.user)
    own = part_of(message, "user") == who.user and not part_of(message, "bot_id")
    return Picked(_short(f"{PLATFORM}:{trigger}"), who, name, trigger, words, own)


def _submission(body: Body, ours: Installed) -> Submitted:
    view = object_in(body, "view")
    try:
        filled_in = json.dumps(view.get("state"), sort_keys=True)
    except RecursionError:
        raise Malformed from None
    digest = sha256(filled_in.encode()).hexdigest()[:_DIGEST]
    key = _short(f"{PLATFORM}:{text_in(view, 'id')}:{text_in(view, 'hash')}:{digest}")
    again = _short(f"{key}:{words_in(body, 'trigger_id')}")
    return Submitted(key, again, _who(body, ours), view)


def _who(body: Body, ours: Installed) -> Who:
    """Whoever pressed, picked or sent something off."""
    user = object_in(body, "user")
    return Who(person_in(user, "id"), _standing(ours, user.get("team_id")))


def _writer(event: Body, ours: Installed) -> Who:
    return Who(person_in(event, "user"), _standing(ours, event.get("user_team"), event.get("source_team")))


def _standing(ours: Installed, *teams: object) -> Standing:
    return Standing.OUTSIDER if any(team and team != ours.team for team in teams) else Standing.OWN


def _short(key: str) -> str:
    return key if len(key) <= _LONGEST_KEY else f"{PLATFORM}:{sha256(key.encode('utf-8', 'replace')).hexdigest()}"
