"""Replies as plain text for a terminal, and as the JSON of the command's contract. Pure."""

import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Any, assert_never

from bot import wording
from bot.messages import Message
from bot.replies import Answered, Asked, FollowUp, NotAnswered, Paragraph, Reply, Told
from knowledge.answers import Citation, Reason, Unanswered
from knowledge.clauses import Verdict

_WIDTH = 96


def as_text(reply: Reply) -> str:
    """What a person reads in a terminal, which nothing in it can steer."""
    return visible(_as_text(reply))


def _as_text(reply: Reply) -> str:
    match reply:
        case Answered():
            blocks = [_paragraph(paragraph) for paragraph in reply.paragraphs]
            if reply.next_step:
                blocks.append(_wrapped(reply.next_step))
            if reply.follow_up:
                blocks.append(_options(reply.follow_up))
            return "\n\n".join(blocks)
        case NotAnswered():
            return _paragraph(reply.paragraph)
        case Asked():
            return _options(reply.follow_up)
        case Told():
            return "\n\n".join([_wrapped(reply.text), *_quotes(reply.citations)])
        case _:
            assert_never(reply)


def as_json(reply: Reply, message: Message, name: str | int | None, elapsed_ms: float) -> dict[str, Any]:
    """A reply in the shape of the contract. `name` is the id that came with the question."""
    shape: dict[str, Any] = {
        "id": name,
        "question": message.text,
        "society": message.society,
        "role": message.role,
        "verdict": str(Verdict.NOT_COVERED),
        "text": "",
        "citations": [],
        "follow_up": None,
        "actions": [],
        "unanswered": None,
        "confidence": 0.0,
        "elapsed_ms": round(elapsed_ms, 1),
    }
    match reply:
        case Answered():
            shape["verdict"] = str(reply.answer.verdict)
            shape["text"] = wording.in_one_text(reply.paragraphs, reply.next_step)
            shape["citations"] = [_citation(citation) for citation in reply.answer.citations]
            shape["follow_up"] = _follow_up(reply.follow_up)
            shape["actions"] = list(reply.actions)
            shape["confidence"] = round(reply.answer.confidence, 3)
        case NotAnswered():
            shape["text"] = wording.in_one_text([reply.paragraph])
            shape["citations"] = [_citation(citation) for citation in reply.unanswered.citations]
            shape["unanswered"] = _reason(reply.unanswered)
            shape["actions"] = list(reply.actions)
            shape["confidence"] = round(reply.unanswered.confidence, 3)
        case Asked():
            shape["text"] = reply.follow_up.text
            shape["follow_up"] = _follow_up(reply.follow_up)
            shape["unanswered"] = str(Reason.VAGUE)
        case Told():
            shape["text"] = reply.text
            shape["citations"] = [_citation(citation) for citation in reply.citations]
            shape["unanswered"] = str(Reason.SMALL_TALK)
        case _:
            assert_never(reply)
    return shape


def visible(text: str) -> str:
    """Text from outside without what could steer a terminal or hide in it."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") or c == "\u200d" else "�"
        for c in text
    )


def _reason(unanswered: Unanswered) -> str:
    # The contract has six names. Abuse has words of its own, and goes under talk that asks nothing of a policy.
    return str(Reason.SMALL_TALK if unanswered.reason is Reason.ABUSE else unanswered.reason)


def _citation(citation: Citation) -> dict[str, Any]:
    """A source with pages adds the page to the six names of the contract."""
    shape: dict[str, Any] = {
        "clause": citation.clause,
        "policy": citation.policy,
        "edition": citation.edition,
        "section": citation.section,
        "quote": citation.quote,
        "official": citation.official,
    }
    return shape | {"page": citation.page} if citation.page else shape


def _follow_up(follow_up: FollowUp | None) -> dict[str, Any] | None:
    return {"text": follow_up.text, "options": list(follow_up.options)} if follow_up else None


def _paragraph(paragraph: Paragraph) -> str:
    blocks = [_wrapped(paragraph.opening), *_quotes(paragraph.citations)]
    if paragraph.remarks:
        blocks.append(_wrapped(paragraph.remarks))
    return "\n\n".join(blocks)


def _quotes(citations: Sequence[Citation]) -> list[str]:
    """Each clause with its section and id, and after them where they come from."""
    blocks = []
    for citation in citations:
        quote = "\n".join(_wrapped(line, "  | ") for line in wording.quoted(citation).splitlines() if line)
        blocks.append(f"{quote}\n{_wrapped(f'{wording.place_of(citation)} [{citation.clause}]', '    ')}")
    sources = dict.fromkeys(wording.source_of(citation) for citation in citations)
    return blocks + [_wrapped(source, "    ") for source in sources]


def _options(follow_up: FollowUp) -> str:
    return "\n".join([_wrapped(follow_up.text), *(f"  {n}. {option}" for n, option in enumerate(follow_up.options, 1))])


def _wrapped(text: str, margin: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)
