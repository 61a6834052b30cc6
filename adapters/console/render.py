"""Replies as plain text for a terminal, and as the JSON of the command's contract. Pure."""

import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Any, assert_never

from bot import wording, wording_of_flows, wording_of_posts
from bot.messages import Message
from bot.replies import (
    Answered,
    Asked,
    Checked,
    Concluded,
    FollowUp,
    Guided,
    Judged,
    NotAnswered,
    Paragraph,
    Reply,
    Said,
    Told,
)
from knowledge.answers import Citation, Reason, Unanswered
from knowledge.clauses import Verdict

_WIDTH = 96
_MOST_FINDINGS = 20  # shown; the rest is counted
_MARGIN = "    "


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
        case Guided():
            opening = [_wrapped(reply.title), _paragraph(reply.told)] if reply.told.opening else []
            return "\n\n".join([*opening, *_said(reply.said, reply.hint), _options(reply.follow_up)])
        case Concluded():
            return "\n\n".join(_conclusion(reply))
        case Checked():
            return _checked(reply)
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
        case Guided():
            shape["verdict"] = str(Verdict.DEPENDS)
            shape["text"] = wording_of_flows.guided_in_one_text(reply)
            shape["citations"] = [_citation(citation) for citation in reply.told.citations]
            shape["follow_up"] = _follow_up(reply.follow_up)
            shape["actions"] = list(reply.actions)
            shape["confidence"] = round(reply.confidence, 3)
        case Concluded():
            shape["verdict"] = str(reply.verdict)
            shape["text"] = wording_of_flows.concluded_in_one_text(reply)
            shape["citations"] = [_citation(citation) for citation in reply.told.citations]
            shape["actions"] = list(reply.actions)
            shape["confidence"] = round(reply.confidence, 3)
        case Checked():
            shape["verdict"] = str(Verdict.INFO)
            shape["text"] = wording_of_posts.checked_in_one_text(reply)
            cited = {one.finding.clause: one.citation for one in reply.findings}
            shape["citations"] = [_citation(citation) for citation in cited.values()]
            shape["follow_up"] = _follow_up(reply.follow_up)
            shape["actions"] = list(reply.actions)
            shape["confidence"] = 1.0
        case _:
            assert_never(reply)
    return shape


def judged_as_text(told: Judged) -> str:
    """What a post comes to, as a person reads it: the outcome, the words that decided it, the clauses, the rest."""
    blocks = [_wrapped(told.opening)]
    if told.seen:
        blocks.append("\n".join(_wrapped(f"“{one.words}”: {one.means}", "  ") for one in told.seen))
    blocks += _quotes(told.shared.citations)
    if told.remarks:
        blocks.append(_wrapped(told.remarks))
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


def _paragraph(paragraph: Paragraph) -> str:
    blocks = [_wrapped(paragraph.opening), *_quotes(paragraph.citations)]
    if paragraph.remarks:
        blocks.append(_wrapped(paragraph.remarks))
    return "\n\n".join(blocks)


def _conclusion(reply: Concluded) -> list[str]:
    """The end of a flow: the ruling, a line to copy, how it was reached, and a text for the office."""
    blocks = [_paragraph(reply.told)]
    if reply.copy:
        blocks += [wording_of_flows.TO_COPY, _wrapped(reply.copy, _MARGIN)]
    blocks += _said(reply.said, reply.hint)
    if reply.next_step:
        blocks.append(_wrapped(reply.next_step))
    if reply.letter:
        blocks.append("\n".join(_wrapped(line, _MARGIN) for line in reply.letter.splitlines()))
    return blocks


def _checked(told: Checked) -> str:
    draft = [wording_of_posts.MENDED, told.draft.text] if told.mended else []
    return "\n\n".join([*draft, _findings(told), *([_options(told.follow_up)] if told.follow_up else [])])


def _findings(told: Checked) -> str:
    """Each finding with its place, and the clause under the first that rests on it."""
    blocks = [_wrapped(told.opening)]
    quoted: set[str] = set()
    for one in told.findings[:_MOST_FINDINGS]:
        lines = [_wrapped(f"{one.line}:{one.column} {one.severity}: {wording_of_posts.found_in_words(one)}")]
        if one.mend:
            lines.append(_wrapped(one.mend, _MARGIN))
        if one.finding.clause in quoted:
            lines.append(f"{_MARGIN}[{one.finding.clause}]")
        else:
            lines.append(_quote(one.citation))
            quoted.add(one.finding.clause)
        blocks.append("\n".join(lines))
    if told.findings[_MOST_FINDINGS:]:
        blocks.append(_wrapped(wording_of_posts.further_findings(len(told.findings[_MOST_FINDINGS:]))))
    sources = dict.fromkeys(wording.source_of(one.citation) for one in told.findings)
    return "\n\n".join([*blocks, *(_wrapped(source, _MARGIN) for source in sources), _wrapped(told.remarks)])


def _said(answers: Sequence[Said], hint: str) -> list[str]:
    """What was answered, a line each, and what can be done about it."""
    if not answers:
        return []
    lines = [_wrapped(wording_of_flows.answered(one), "  ") for one in answers]
    return ["\n".join([wording_of_flows.YOU_SAID, *lines, _wrapped(hint)])]


def _quotes(citations: Sequence[Citation]) -> list[str]:
    """Each clause with its section and id, and after them where they come from."""
    blocks = [_quote(citation) for citation in citations]
    sources = dict.fromkeys(wording.source_of(citation) for citation in citations)
    return blocks + [_wrapped(source, "    ") for source in sources]


def _quote(citation: Citation) -> str:
    quote = "\n".join(_wrapped(line, "  | ") for line in wording.quoted(citation).splitlines() if line)
    return f"{quote}\n{_wrapped(f'{wording.place_of(citation)} [{citation.clause}]', _MARGIN)}"


def _options(follow_up: FollowUp) -> str:
    return "\n".join([_wrapped(follow_up.text), *(f"  {n}. {option}" for n, option in enumerate(follow_up.options, 1))])


def _wrapped(text: str, margin: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)
