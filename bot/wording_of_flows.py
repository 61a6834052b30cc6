"""What the bot says in a guided decision: its steps, its ends, and the text for the office."""

import re
from collections.abc import Sequence

from bot import wording
from bot.replies import Concluded, FollowUp, Guided, Paragraph, Said
from knowledge.answers import Citation, Note
from knowledge.clauses import Clause, Force, Party, Policy, Verdict
from knowledge.flows.flow import NOT_SURE, Flow, Outcome, Response, Step

_RULED = re.compile(r"(?:yes|no|(?:it|that|this) depends)\b", re.IGNORECASE)
_NOT_YET = re.compile(r"not\b", re.IGNORECASE)
LONGEST_OPTION = 75  # characters that fit on a button of every platform

TO_CHANGE = "To change an answer, say “change”."
NOTHING_TO_CHANGE = "You have not answered anything yet."
NOTHING_BEFORE = "There is nothing before this."
CHANGED_FLOW = "The questions have changed since you answered, so I ask what no longer fits again."
TAKEN_UP = "Back to where we were."
WHICH_OPTION = "I cannot tell which of these you mean."
STOPPED = "Left there. Ask me whatever else you like."
TO_COPY = "To copy:"
YOU_SAID = "I go by this:"
UNSURE = "I am not sure."
WHICH_ANSWER = "Which of your answers would you like to change?"


def begun(from_question: bool, clauses: Sequence[Clause], citations: tuple[Citation, ...]) -> Paragraph:
    """The opening of a flow, with the clauses that it turns on, and the cautions that go with them."""
    opening = "That depends on what only you can tell me" if from_question else "This turns on a few things"
    return Paragraph(f"{opening}, so I ask one thing at a time.", citations, " ".join(_cautions(clauses, citations)))


def question(step: Step) -> FollowUp:
    return FollowUp(step.ask, step.labels)


def said(flow: Flow, responses: Sequence[Response]) -> tuple[Said, ...]:
    """Responses beside what was asked, without what a question adds about how to choose."""
    asks = {step.id: re.sub(r"\?.*", "?", step.ask) for step in flow.steps}
    return tuple(Said(asks[response.step], response.label) for response in responses)


def answered(one: Said) -> str:
    return f"{one.ask} {_ended(one.label)}"


def guided_in_one_text(reply: Guided) -> str:
    """A step as running text; its question and options are given apart."""
    return _joined([wording.in_one_text([reply.told]), _you_said(reply.said, reply.hint)])


def concluded_in_one_text(reply: Concluded) -> str:
    """An end as running text, for where nothing but text can be shown."""
    copied = f"{TO_COPY}\n{reply.copy}" if reply.copy else ""
    whole = wording.in_one_text([reply.told])
    return _joined([whole, copied, _you_said(reply.said, reply.hint), reply.next_step, reply.letter])


def concluded(
    end: Outcome,
    clauses: Sequence[Clause],
    citations: tuple[Citation, ...],
    role: Party,
    policy: Policy,
    platform: str | None,
) -> Paragraph:
    """An end: the verdict and what to do, its clauses, and what keeps it from being stronger than they are.

    `platform` is one that the asker named and no clause does.
    """
    first, remarks = clauses[0], []
    limits = first.force.requires or first.force.forbids
    outside_its_limit = end.verdict is Verdict.YES and first.if_representing and limits
    if end.verdict in wording.RULING and not outside_its_limit:
        remarks += [] if end.verdict is Verdict.YES else wording.put_as_should(first)
        remarks += wording.spoken_to(first, role)
    notes = [Note.INCOMPLETE] if policy.missing_rules and end.verdict is Verdict.YES else []
    if platform:
        notes.append(Note.UNLISTED)
    remarks += [wording.note_on(note, policy, platform) for note in notes]
    remarks += _cautions(clauses, citations)
    return Paragraph(_opening(end, first.force), citations, " ".join(remarks))


def left_open(clauses: Sequence[Clause], citations: tuple[Citation, ...], policy: Policy) -> Paragraph:
    """The end of a flow where the asker is not sure."""
    opening = f"It depends on what you are not sure of, so I leave it to {policy.office}."
    return Paragraph(opening, citations, " ".join(_cautions(clauses, citations)))


def next_step(verdict: Verdict, to_office: bool, policy: Policy) -> str:
    """What the asker can do now; empty where nothing is left open."""
    office = policy.office
    if to_office:
        return f"I have sent nothing yet. Choose “Ask {office}”, or copy this text and send it to them yourself."
    if verdict is Verdict.DEPENDS:
        return f"{office[0].upper()}{office[1:]} can settle it."
    return f"If your case seems different, ask {office} before you act." if verdict is Verdict.NO else ""


def letter(flow: Flow, about: str, answers: Sequence[Said], role: Party) -> str:
    """What the asker may send to the office: the question and what they answered, and nothing else about them."""
    opening = f"I have a question about this: {flow.title}." if about == flow.title else f"My question: {about}"
    lines = [f"- {one.ask} {UNSURE if one.label == NOT_SURE else _ended(one.label)}" for one in answers]
    known = ["What I can say about it:\n" + "\n".join(lines)] if lines else []
    asked = f"I ask as {wording.ROLE_NAMES[role]}. Could you tell me what applies? Thank you."
    return "\n\n".join(["Hello,", opening, *known, asked])


def answers_to_change(answers: Sequence[Said]) -> tuple[str, ...]:
    """One option for each answer, in order and no two alike, short enough for a button."""
    options: list[str] = []
    for number, one in enumerate(answers, 1):
        whole = f"{one.ask} {one.label}"
        option = whole if len(whole) <= LONGEST_OPTION else one.label
        options.append(option if option not in options else f"{option[: LONGEST_OPTION - 5]} ({number})")
    return tuple(options)


def kept(flow: Flow) -> str:
    return f"What you told me for “{flow.title}” is kept. To take it up again, say “go on”."


def which_flow(flows: Sequence[Flow]) -> FollowUp:
    return FollowUp("I can take you through these, one question at a time.", tuple(flow.title for flow in flows))


def no_flows(policy: Policy) -> str:
    return f"I hold no guides for {policy.known_as}. Ask in your own words, and I look it up."


def gone(office: str) -> str:
    return f"What I was asking you about is no longer kept. Ask me again in your own words, or ask {office}."


def _cautions(clauses: Sequence[Clause], citations: Sequence[Citation]) -> list[str]:
    """What goes with every answer from these clauses."""
    notes = dict.fromkeys(clause.note for clause in clauses if clause.note)
    return [*notes, *([wording.NOT_REVIEWED] if any(not citation.reviewed for citation in citations) else [])]


def _opening(end: Outcome, force: Force) -> str:
    """The words of an end, led by its verdict where they do not open with it."""
    left_open = end.verdict is Verdict.DEPENDS and (end.to_office or _NOT_YET.match(end.words))
    if left_open or _RULED.match(end.words):
        return end.words
    return f"{_ruling(end.verdict, force)} {end.words}".strip()


def _ruling(verdict: Verdict, force: Force) -> str:
    """The verdict in a few words, no stronger than the clause that it rests on."""
    match verdict:
        case Verdict.YES if force is Force.MAY:
            return "Yes, you may."
        case Verdict.YES if force.forbids or force.requires:
            return "Yes, as far as this clause goes."
        case Verdict.YES:
            return "Yes."
        case Verdict.NO if force is Force.MUST_NOT:
            return "No, you must not."
        case Verdict.NO if force is Force.SHOULD_NOT:
            return "No, you should not."
        case Verdict.NO:
            return "No."
        case Verdict.DEPENDS:
            return "It depends."
        case _:
            return ""


def _ended(label: str) -> str:
    return label if label.endswith((".", "?", "!", "…")) else f"{label}."


def _you_said(answers: Sequence[Said], hint: str) -> str:
    return " ".join([YOU_SAID, *map(answered, answers), hint]) if answers else ""


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text for text in texts if text)
