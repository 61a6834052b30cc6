"""What of a reply is in Slack already, where nobody knows whether it arrived. Each message says whose part it is."""

from hashlib import sha256
from typing import Any

from adapters.delivery.platforms import Refused
from adapters.slack.calling import Calling
from adapters.slack.faults import Means, Turned

_KIND = "verse_reply"
_PAGE, _MOST_PAGES = 200, 5  # messages a page; of a channel, this reaches far beyond the hours in which one is in doubt


def mark(key: str, part: str) -> dict[str, Any]:
    """What a message bears unseen. The key itself may name who pressed something; others can read this."""
    return {"event_type": _KIND, "event_payload": {"key": _digest(key), "part": part}}


async def parts_there(calling: Calling, channel: str, thread: str, key: str) -> dict[str, str] | None:
    """The parts of a reply that are in a channel, or in a thread of it, each with its ts. None where the app may not
    look. Raises `Later` where Slack cannot be asked now."""
    found: dict[str, str] = {}
    cursor = ""
    for _ in range(_MOST_PAGES):
        try:
            page = await _page(calling, channel, thread, cursor)
        except Turned as error:
            return {} if error.means is Means.GONE else None  # in a thread that is none there is nothing of ours
        except Refused:
            return None
        for message in page.get("messages") or ():
            part = _part(message, _digest(key))
            if part:
                found.setdefault(part, str(message.get("ts")))
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return found


async def _page(calling: Calling, channel: str, thread: str, cursor: str) -> dict[str, Any]:
    how: dict[str, Any] = {"channel": channel, "limit": _PAGE, "include_all_metadata": True, "cursor": cursor or None}
    if thread:
        return await calling.call(calling.client.conversations_replies, ts=thread, **how)
    return await calling.call(calling.client.conversations_history, **how)


def _part(message: Any, digest: str) -> str:
    """Which part of that reply a message is; "" where it is none."""
    match message:
        case {"metadata": {"event_type": str(kind), "event_payload": {"key": str(whose), "part": str(part)}}}:
            return part if (kind, whose) == (_KIND, digest) else ""
    return ""


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
