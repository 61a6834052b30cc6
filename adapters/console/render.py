"""Replies as plain text for a terminal, and as the JSON of the command's contract. Pure."""

import unicodedata
from collections.abc import Sequence
from typing import Any, assert_never

from adapters.console.blocks import Block, listed, overview
from adapters.console.layout import (
    MARGIN,
    barred,
    in_lines,
    options,
    paragraph,
    quote,
    quotes,
    ruling_quoted,
    wrapped,
)
from adapters.console.lessons import lesson
from adapters.console.queries import card, previewed
from bot import telling, wording, wording_of_flows, wording_of_posts
from bot.acts import Say
from bot.messages import Message
from bot.replies import (
    Answered,
    Asked,
    Card,
    Checked,
    CitedRuling,
    Concluded,
    FollowUp,
    Guided,
    Judged,
    Lesson,
    Listed,
    Mail,
    NotAnswered,
    Overview,
    Previewed,
    Reply,
    Ruled,
    Said,
    Told,
)
from knowledge.answers import Citation, Reason, Unanswered
from knowledge.clauses import Verdict

_MOST_FINDINGS = 20  # shown; the rest is counted


def as_text(reply: Reply) -> str:
    """What a person reads in a terminal, which nothing in it can steer."""
    return "\n\n".join(block.text for block in as_blocks(reply) if block.text)


def as_blocks(reply: Reply) -> list[Block]:
    """The same in blocks, each with the buttons that belong below it."""
    if isinstance(reply, Listed):
        blocks = listed(reply)
    elif isinstance(reply, Overview):
        blocks = overview(reply)
    else:
        said_already = isinstance(reply, Guided | Concluded)  # in a flow, what can be said instead is in its words
        pressed = (one for one in telling.buttons_of(reply) if not (said_already and isinstance(one.act, Say)))
        blocks = [Block(_as_text(reply), tuple(pressed))]
    return [Block(visible(block.text), block.buttons) for block in blocks]


def _as_text(reply: Reply) -> str:
    return "\n\n".join(block for block in _blocks(reply) if block)


def _blocks(reply: Reply) -> list[str]:
    match reply:
        case Answered():
            *first, last = reply.paragraphs
            told = [block for one in first for block in paragraph(one)] + paragraph(last, reply.rulings)
            return [*told, wrapped(reply.next_step), *([options(reply.follow_up)] if reply.follow_up else [])]
        case NotAnswered():
            return paragraph(reply.paragraph, reply.rulings)
        case Ruled():
            first_line, *others = paragraph(reply.told)
            return [first_line, ruling_quoted(reply.ruling), *others]
        case Asked():
            return [options(reply.follow_up)]
        case Told():
            return [in_lines(reply.text), barred(reply.words), *quotes(reply.citations)]
        case Guided():
            opening = [wrapped(reply.title), *paragraph(reply.told)] if reply.told.opening else []
            return [*opening, *_said(reply.said, reply.hint), options(reply.follow_up)]
        case Concluded():
            return _conclusion(reply)
        case Checked():
            return [_checked(reply)]
        case Lesson():
            return lesson(reply)
        case Previewed():
            return previewed(reply)
        case Card():
            return card(reply)
        case Listed() | Overview():
            return [block.text for block in as_blocks(reply)]
        case Mail():
            return [wrapped(reply.subject), in_lines(reply.text)]
        case _:
            assert_never(reply)


def as_json(reply: Reply, message: Message, name: str | int | None, elapsed_ms: float) -> dict[str, Any]:
    """A reply in the shape of the contract. `name` is the id that came with the question."""
    verdict, unanswered, confidence = _ending(reply)
    shape: dict[str, Any] = {
        "id": name,
        "question": message.text,
        "society": message.society,
        "role": message.role,
        "verdict": str(verdict),
        "text": telling.in_plain_text(reply),
        "citations": [_citation(citation) for citation in telling.cited_in(reply)],
        "follow_up": _follow_up(telling.follow_up_of(reply)),
        "actions": [button.name for button in telling.buttons_of(reply)],
        "unanswered": unanswered,
        "confidence": round(confidence, 3),
        "elapsed_ms": round(elapsed_ms, 1),
    }
    rulings = _rulings_of(reply)
    return shape | {"rulings": [_ruling(ruling) for ruling in rulings]} if rulings else shape


def _ending(reply: Reply) -> tuple[Verdict, str | None, float]:
    """The verdict, the reason where there is none, and how sure it is, from 0 to 1."""
    match reply:
        case Answered():
            return reply.answer.verdict, None, reply.answer.confidence
        case NotAnswered():
            return Verdict.NOT_COVERED, _reason(reply.unanswered), reply.unanswered.confidence
        case Ruled() | Concluded():
            return reply.verdict, None, reply.confidence
        case Guided():
            return Verdict.DEPENDS, None, reply.confidence
        case Checked():
            return Verdict.INFO, None, 1.0
        case Asked():
            return Verdict.NOT_COVERED, str(Reason.VAGUE), 0.0
        case Told() | Previewed() | Card() | Listed() | Overview() | Lesson() | Mail():
            return Verdict.NOT_COVERED, str(Reason.SMALL_TALK), 0.0
        case _:
            assert_never(reply)


def _rulings_of(reply: Reply) -> tuple[CitedRuling, ...]:
    match reply:
        case Answered() | NotAnswered():
            return reply.rulings
        case Ruled():
            return (reply.ruling,)
        case _:
            return ()


def _ruling(ruling: CitedRuling) -> dict[str, Any]:
    return {
        "id": ruling.id,
        "source": ruling.source,
        "question": ruling.question,
        "verdict": str(ruling.verdict),
        "words": ruling.words,
        "clauses": list(ruling.clauses),
    }


def judged_as_text(told: Judged) -> str:
    """What a post comes to, as a person reads it: the outcome, the words that decided it, the clauses, the rest."""
    blocks = [wrapped(told.opening)]
    if told.seen:
        blocks.append("\n".join(wrapped(f"“{one.words}”: {one.means}", "  ") for one in told.seen))
    blocks += quotes(told.shared.citations)
    if told.remarks:
        blocks.append(wrapped(told.remarks))
    return visible("\n\n".join(blocks))


def judged_as_json(told: Judged, name: str | int | None) -> dict[str, Any]:
    """The same in the shape of the contract."""
    return {
        "id": name,
        "outcome": str(told.shared.outcome),
        "text": wording_of_posts.judged_in_one_text(told),
        "citations": [_citation(citation) for citation in told.shared.citations],
        "signals": [
            {"name": sign.name, "span": sign.span, "start": sign.start, "end": sign.end} for sign in told.shared.signs
        ],
    }


def checked_as_text(told: Checked, draft_too: bool = False) -> str:
    """What a check found, as a person reads it; below the draft as it stands now where that is wanted."""
    return visible("\n\n".join([*([told.draft.text] if draft_too else []), _findings(told)]))


def checked_as_json(told: Checked, name: str | int | None) -> dict[str, Any]:
    """The same in the shape of the contract."""
    findings = [
        {
            "clause": one.finding.clause,
            "span": one.finding.span,
            "start": one.finding.start,
            "end": one.finding.end,
            "severity": one.severity,
            "advice": one.finding.advice,
            "quote": one.citation.quote,
            "mend": one.finding.mend,
        }
        for one in told.findings
    ]
    return {"id": name, "findings": findings}


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


def _conclusion(reply: Concluded) -> list[str]:
    """The end of a flow: the ruling, a line to copy, how it was reached, and a text for the office."""
    blocks = paragraph(reply.told)
    if reply.copy:
        blocks += [wording_of_flows.TO_COPY, wrapped(reply.copy, MARGIN)]
    blocks += _said(reply.said, reply.hint)
    if reply.next_step:
        blocks.append(wrapped(reply.next_step))
    if reply.letter:
        blocks.append("\n".join(wrapped(line, MARGIN) for line in reply.letter.splitlines()))
    return blocks


def _checked(told: Checked) -> str:
    draft = [wording_of_posts.MENDED, told.draft.text] if told.mended else []
    return "\n\n".join([*draft, _findings(told), *([options(told.follow_up)] if told.follow_up else [])])


def _findings(told: Checked) -> str:
    """Each finding with its place, and the clause under the first that rests on it."""
    blocks = [wrapped(told.opening)]
    quoted: set[str] = set()
    for one in told.findings[:_MOST_FINDINGS]:
        lines = [wrapped(f"{one.line}:{one.column} {one.severity}: {wording_of_posts.found_in_words(one)}")]
        if one.mend:
            lines.append(wrapped(one.mend, MARGIN))
        if one.finding.clause in quoted:
            lines.append(f"{MARGIN}[{one.finding.clause}]")
        else:
            lines.append(quote(one.citation))
            quoted.add(one.finding.clause)
        blocks.append("\n".join(lines))
    if told.findings[_MOST_FINDINGS:]:
        blocks.append(wrapped(wording_of_posts.further_findings(len(told.findings[_MOST_FINDINGS:]))))
    sources = dict.fromkeys(wording.source_of(one.citation) for one in told.findings)
    return "\n\n".join([*blocks, *(wrapped(source, MARGIN) for source in sources), wrapped(told.remarks)])


def _said(answers: Sequence[Said], hint: str) -> list[str]:
    """What was answered, a line each, and what can be done about it."""
    if not answers:
        return []
    lines = [wrapped(wording_of_flows.answered(one), "  ") for one in answers]
    return ["\n".join([wording_of_flows.YOU_SAID, *lines, wrapped(hint)])]
