"""What Teams refuses in a message that a bot sends: its published limits, and what it is known to be strict about."""

import json
from collections.abc import Iterator
from typing import Any

from tests.adapters.teams.card_rules import MESSAGE, card_problems

Node = dict[str, Any]

MOST_BYTES = 100 * 1024  # of a message, as UTF-16
MOST_CITATIONS, LONGEST_NAME, LONGEST_ABSTRACT = 20, 80, 160
MOST_KEYWORDS, LONGEST_KEYWORD = 3, 28
MOST_REFRESHED = 60  # people for whom a card is looked up by itself
CARD = "application/vnd.microsoft.card.adaptive"
_MESSAGE = "https://schema.org/Message"
_FORMATS = (None, "plain", "markdown", "xml")


def size(activity: Node) -> int:
    """The bytes that a message takes, as Teams counts them."""
    return len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


def problems(activity: Any) -> list[str]:
    """What is wrong with an activity, and where; empty where Teams takes it."""
    if not isinstance(activity, dict) or activity.get("type") not in ("message", "typing"):
        return ["no activity of a known type"]
    found = [f"{where}: null" for where in _nulls(activity, "")]
    if activity["type"] == "message" and not found:
        found += [*_of_message(activity), *_of_entities(activity), *_of_cards(activity)]
    return found


def _nulls(value: Any, where: str) -> Iterator[str]:
    if value is None:
        yield where
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _nulls(inner, f"{where}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _nulls(inner, f"{where}/{number}")


def _of_message(activity: Node) -> Iterator[str]:
    if not str(activity.get("text", "")).strip() and not activity.get("attachments"):
        yield "/: neither text nor attachments"
    if activity.get("textFormat") not in _FORMATS:
        yield "/textFormat: unknown"
    for number, action in enumerate(activity.get("suggestedActions", {}).get("actions", [])):
        if action.get("type") != "imBack" or not action.get("title") or not action.get("value"):
            yield f"/suggestedActions/actions/{number}: not one that Teams shows"
    loop = activity.get("channelData", {}).get("feedbackLoop")
    if loop is not None and loop.get("type") not in ("default", "custom"):
        yield "/channelData/feedbackLoop/type: unknown"


def _of_entities(activity: Node) -> Iterator[str]:
    roots = [one for one in activity.get("entities", []) if one.get("type") == _MESSAGE]
    if len(roots) > 1:
        yield "/entities: more than one Message"
    for mention in (one for one in activity.get("entities", []) if one.get("type") == "mention"):
        if not mention.get("mentioned", {}).get("id") or mention.get("text", "") not in activity.get("text", ""):
            yield "/entities: a mention that is not in the text"
    for root in roots:
        if (root.get("@type"), root.get("@context")) != ("Message", "https://schema.org"):
            yield "/entities: no Message of schema.org"
        yield from _of_citations(root.get("citation", []), str(activity.get("text", "")))


def _of_citations(citations: list[Node], text: str) -> Iterator[str]:
    if len(citations) > MOST_CITATIONS:
        yield "/citation: too many"
    positions = [one.get("position") for one in citations]
    if len(set(positions)) < len(positions):
        yield "/citation: two of one position"
    for one in citations:
        where, shown = f"/citation/{one.get('position')}", one.get("appearance", {})
        if (one.get("@type"), shown.get("@type")) != ("Claim", "DigitalDocument"):
            yield f"{where}: no Claim about a DigitalDocument"
        if f"[{one.get('position')}]" not in text:
            yield f"{where}: nothing in the text has this number"
        if not 0 < len(str(shown.get("name", ""))) <= LONGEST_NAME:
            yield f"{where}/name: empty or too long"
        if not 0 < len(str(shown.get("abstract", ""))) <= LONGEST_ABSTRACT:
            yield f"{where}/abstract: empty or too long"
        keywords = shown.get("keywords", [])
        if len(keywords) > MOST_KEYWORDS or any(len(word) > LONGEST_KEYWORD for word in keywords):
            yield f"{where}/keywords: too many or too long"
        if not str(shown.get("url", "https://")).startswith("https://"):
            yield f"{where}/url: no https"


def _of_cards(activity: Node) -> Iterator[str]:
    for number, attachment in enumerate(activity.get("attachments", [])):
        where, card = f"/attachments/{number}", attachment.get("content")
        if attachment.get("contentType") != CARD or not isinstance(card, dict):
            yield f"{where}: no Adaptive Card"
            continue
        if card.get("type") != "AdaptiveCard" or not isinstance(card.get("body"), list):
            yield f"{where}: no Adaptive Card with a body"
        yield from (f"{where}/content{problem}" for problem in card_problems(card, MESSAGE))
        users = card.get("refresh", {}).get("userIds", [])
        if len(users) > MOST_REFRESHED or not all(str(user).startswith("29:") for user in users):
            yield f"{where}/refresh/userIds: too many, or no ids of people"
