"""Messages as Teams' connector takes them. Pure. Nothing in them is null: Teams refuses that."""

from typing import Any

from adapters.chat.cutting import at_sense, shortened
from adapters.teams.invoke_answers import CARD
from adapters.teams.outgoing import Card, Post, Source
from adapters.teams.wording_of_messages import ASK_BY_TYPING
from bot.acts import Escalate
from bot.wording import repeated

Activity = dict[str, Any]

_MESSAGE = "message"
_SCHEMA = "https://schema.org"
_LONGEST_PIECE = 10_000  # UTF-16 units of plain text, which is a fifth of what Teams takes
_LONGEST_SUMMARY = 250
_MOST_SOURCES, _LONGEST_NAME, _LONGEST_ABSTRACT = 20, 80, 160
_MOST_SUGGESTED = 3
_MOST_USERS = 60  # for whom a card is looked up by itself


def activity_of(post: Post, repeats: bool = False) -> Activity:
    """A message. With `repeats` it says that it may have come before."""
    is_plain = not post.text and post.card is None
    text = "\n\n".join(filter(None, (repeated() if repeats else "", post.plain if is_plain else post.text)))
    made: Activity = {"type": _MESSAGE}
    if text:
        made |= {"text": text, "textFormat": "plain" if is_plain else "markdown"}
    if post.card is not None:
        made["summary"] = shortened(post.plain, _LONGEST_SUMMARY)
        made["attachments"] = [{"contentType": CARD, "content": post.card}]
    if post.sources:
        made["entities"] = [_cited(post.sources)]
    if post.feedback:
        made["channelData"] = {"feedbackLoop": {"type": "default"}}
    if post.suggested:
        made["suggestedActions"] = {"actions": [_suggested(one) for one in post.suggested[:_MOST_SUGGESTED]]}
    return made


def in_plain(post: Post) -> tuple[Post, ...]:
    """What a message says, as plain text alone and in as many pieces as it takes: for when its form is not taken. Where
    a button of it asks the office, it says how to do that without."""
    plain = f"{post.plain}\n\n{ASK_BY_TYPING}" if _asks_the_office(post.card) else post.plain
    return tuple(Post(piece) for piece in at_sense(plain, _LONGEST_PIECE)) or (Post("…"),)


def looked_up_by(card: Card, users: list[str]) -> Card:
    """A card that asks how it is for those who look at it, with the ids of for whom it does so; where nobody is known,
    it asks for nobody: without ids, Teams would have it ask for everybody."""
    if "refresh" not in card:
        return card
    if not users:
        return {name: value for name, value in card.items() if name != "refresh"}
    return card | {"refresh": card["refresh"] | {"userIds": users[:_MOST_USERS]}}


def _asks_the_office(node: Any) -> bool:
    """Whether a button in a card does so."""
    match node:
        case {"act": {"act": Escalate.__name__}}:
            return True
        case dict():
            return any(_asks_the_office(one) for one in node.values())
        case list():
            return any(_asks_the_office(one) for one in node)
    return False


def _cited(sources: tuple[Source, ...]) -> Activity:
    """What Teams shows behind [1], [2]... There can be one of these in a message. It bears no mark of being made by an
    AI, since it is not."""
    return {
        "type": f"{_SCHEMA}/Message",
        "@type": "Message",
        "@context": _SCHEMA,
        "@id": "",
        "citation": [
            {
                "@type": "Claim",
                "position": one.position,
                "appearance": {
                    "@type": "DigitalDocument",
                    "name": shortened(one.name, _LONGEST_NAME),
                    "abstract": shortened(one.abstract, _LONGEST_ABSTRACT),
                },
            }
            for one in sources[:_MOST_SOURCES]
        ],
    }


def _suggested(question: str) -> Activity:
    return {"type": "imBack", "title": question, "value": question}
