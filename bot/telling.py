"""A reply as one plain text: for where nothing but text can be shown, and as it is kept."""

from collections.abc import Sequence
from typing import assert_never

from bot import wording, wording_of_flows, wording_of_lessons, wording_of_posts
from bot.replies import (
    Answered,
    Asked,
    Button,
    Card,
    Checked,
    CitedRuling,
    Concluded,
    Entry,
    FollowUp,
    Guided,
    Lesson,
    Listed,
    Mail,
    NotAnswered,
    Overview,
    Paragraph,
    Previewed,
    Reply,
    Ruled,
    Told,
)
from bot.tickets import Part
from knowledge.answers import Citation


def in_plain_text(reply: Reply) -> str:
    """All that a reply says, without its buttons and without the options of a question back, which are given apart."""
    match reply:
        case Answered():
            return _joined([wording.in_one_text(reply.paragraphs), *map(_ruling, reply.rulings), reply.next_step])
        case NotAnswered():
            return _joined([wording.in_one_text([reply.paragraph]), *map(_ruling, reply.rulings)])
        case Ruled():
            ruled = f"{reply.told.opening} {_words(reply.ruling)}"
            return wording.in_one_text([Paragraph(ruled, reply.told.citations, reply.told.remarks)])
        case Asked():
            return reply.follow_up.text
        case Told():
            return _joined([reply.text, reply.words])
        case Guided():
            return wording_of_flows.guided_in_one_text(reply)
        case Concluded():
            return wording_of_flows.concluded_in_one_text(reply)
        case Checked():
            return wording_of_posts.checked_in_one_text(reply)
        case Previewed():
            return _joined([reply.opening, *_parts(reply.parts), reply.remarks])
        case Card():
            return _card(reply)
        case Listed():
            return _joined([reply.heading, *map(_entry, reply.entries), reply.remarks])
        case Overview():
            below = (in_plain_text(one) for one in (reply.messages, reply.queries, reply.desk) if one)
            return _joined([reply.opening, _entry(reply.onboarding), *below])
        case Lesson():
            return wording_of_lessons.lesson_in_one_text(reply)
        case Mail():
            return _joined([reply.subject, reply.text])
        case _:
            assert_never(reply)


def in_full(reply: Reply) -> str:
    """All that a reply says, with the question back and its options, as somebody reads it who was not there."""
    asked = follow_up_of(reply)
    if asked is None:
        return in_plain_text(reply)
    said = [] if isinstance(reply, Asked) else [in_plain_text(reply)]
    options = [f"{number}. {option}" for number, option in enumerate(asked.options, 1)]
    return _joined([*said, "\n".join([asked.text, *options])])


def cited_in(reply: Reply) -> tuple[Citation, ...]:
    """The clauses that a reply quotes, each once, in order."""
    match reply:
        case Answered():
            return reply.answer.citations
        case NotAnswered():
            return reply.unanswered.citations
        case Ruled() | Guided() | Concluded():
            return reply.told.citations
        case Told() | Card():
            return reply.citations
        case Lesson():
            shown = (*reply.before.citations, *reply.told.citations)
            return tuple({one.clause: one for one in shown}.values())
        case Checked():
            return tuple({one.finding.clause: one.citation for one in reply.findings}.values())
        case Asked() | Previewed() | Listed() | Overview() | Mail():
            return ()
        case _:
            assert_never(reply)


def buttons_of(reply: Reply) -> tuple[Button, ...]:
    """Everything that can be pressed, in the order in which it is shown."""
    match reply:
        case Listed():
            return (*(button for entry in reply.entries for button in entry.buttons), *reply.buttons)
        case Overview():
            below = (button for one in (reply.messages, reply.queries, reply.desk) if one for button in buttons_of(one))
            return (*reply.suggestions, *reply.onboarding.buttons, *below)
        case Asked() | Mail():
            return ()
        case _:
            return reply.buttons


def follow_up_of(reply: Reply) -> FollowUp | None:
    """The question back, where there is one."""
    match reply:
        case Answered() | Asked() | Guided() | Checked():
            return reply.follow_up
        case _:
            return None


def _ruling(ruling: CitedRuling) -> str:
    """A ruling that is cited beside an answer."""
    return " ".join(filter(None, [ruling.remark, ruling.question, _words(ruling)]))


def _words(ruling: CitedRuling) -> str:
    return f"{ruling.words} [{ruling.source}]"


def _card(card: Card) -> str:
    return _joined(
        [
            card.heading,
            "\n".join(card.facts),
            *_parts(card.parts),
            wording.in_one_text([Paragraph("", card.citations, "")]),
            *_parts(card.beside),
            card.draft,
            "\n".join(card.history),
            "\n".join(card.delivery),
        ]
    )


def _entry(entry: Entry) -> str:
    return "\n".join([entry.heading, *entry.lines])


def _parts(parts: Sequence[Part]) -> list[str]:
    return [f"{part.heading}: {part.text}" for part in parts]


def _joined(blocks: Sequence[str]) -> str:
    return "\n\n".join(filter(None, blocks))
