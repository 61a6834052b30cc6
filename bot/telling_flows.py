"""What a guided decision opens and ends with: its words, the clauses below them, and a text for the office."""

from collections.abc import Sequence

from bot import wording_of_flows as wording
from bot.acts import Say
from bot.ports import Turn
from bot.replies import Button, Concluded, Paragraph
from knowledge.answers import Citation
from knowledge.clauses import Clause, Policy, Verdict
from knowledge.flows.flow import Flow, Position
from knowledge.judging import unlisted_platform
from knowledge.library import Library

CHANGE = Button("change", "Change an answer", Say("change"))
_MOST_SETTLED = 2  # clauses quoted where a flow begins or is left open by itself


class Telling:
    """Puts the openings and the ends of flows into words, with the clauses that they rest on."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def beginning(self, flow: Flow, cited: tuple[Citation, ...] | None) -> Paragraph:
        """The opening: `cited` is what an answer to the question rests on, None where no question began the flow."""
        citations = cited or self._settled(flow)
        return wording.begun(cited is not None, self._clauses(citations), citations)

    def end(self, conversation: str, now: Turn, flow: Flow, reached: Position, confidence: float) -> Concluded:
        """The end that was reached, or that the asker is not sure; `confidence` is that of having understood."""
        policy, answers = self._library.policy_of(flow.society), wording.said(flow, reached.path)
        to_office = reached.outcome is None or reached.outcome.to_office
        verdict = reached.outcome.verdict if reached.outcome else Verdict.DEPENDS
        return Concluded(
            conversation=conversation,
            title=flow.title,
            verdict=verdict,
            told=self._told(now, flow, reached, policy),
            copy=reached.outcome.copy if reached.outcome else "",
            said=answers,
            hint=wording.TO_CHANGE,
            next_step=wording.next_step(verdict, to_office, policy),
            letter=wording.letter(flow, now.about, answers, now.role) if to_office else "",
            confidence=confidence,
            buttons=(CHANGE,),
        )

    def _told(self, now: Turn, flow: Flow, reached: Position, policy: Policy) -> Paragraph:
        if reached.outcome is None:
            cited = self._settled(flow)
            return wording.left_open(self._clauses(cited), cited, policy)
        names, definition = reached.outcome.clauses, policy.general_definition
        platform = unlisted_platform(now.about, self._library.index.clauses, flow.society) if definition else None
        cited = self._library.cite((*names, definition) if platform and definition else names, flow.society)
        return wording.concluded(reached.outcome, self._clauses(cited), cited, now.role, policy, platform)

    def _clauses(self, citations: Sequence[Citation]) -> list[Clause]:
        return [self._library.index.clauses[citation.clause] for citation in citations]

    def _settled(self, flow: Flow) -> tuple[Citation, ...]:
        """What a flow turns on, quoted: the clauses that it settles, or the first that it rests on."""
        names = flow.settles[:_MOST_SETTLED] or flow.clauses[:1]
        return self._library.cite(names, flow.society)
