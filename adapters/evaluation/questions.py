"""Scores answers to questions whose right answers are known, as the figures of such a set are defined.

A question has `id, society, role, question, kind, gold, also, verdict`. `gold` are clauses of which at least one must
be cited, `also` further ones that may be. Every figure is given with its counts, overall, by society and by kind.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field
from rich.table import Table

from adapters.alone import Alone
from adapters.console import render
from adapters.evaluation.figures import (
    BadSet,
    Figure,
    Figures,
    as_shape,
    by_group,
    figure,
    harmonic,
    read_set,
    share_shown,
    shown,
)
from bot.messages import Message
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict

_ABSTAIN = ("not_covered", "gap", "smalltalk")  # kinds whose right answer makes no ruling


class Known(BaseModel):
    """A question with its right answer."""

    id: str
    society: str
    role: Party
    question: Annotated[str, Field(min_length=1)]
    kind: str
    gold: list[str]
    also: list[str]
    verdict: Verdict

    @property
    def answerable(self) -> bool:
        return self.verdict is not Verdict.NOT_COVERED


@dataclass(frozen=True, slots=True)
class Scored:
    """A question and what was answered."""

    known: Known
    verdict: Verdict
    cited: tuple[str, ...]
    reason: Reason | None

    @property
    def cites_gold(self) -> bool:
        return any(clause in self.known.gold for clause in self.cited)

    @property
    def unsafe(self) -> bool:
        """A no that was answered yes."""
        return self.known.verdict is Verdict.NO and self.verdict is Verdict.YES


def read_questions(file: Path) -> list[Known]:
    """The questions of a file.

    Raises:
        BadSet: a line is not such a question, or there is none.
    """
    return read_set(file, Known, "question")


def answer_all(assistant: Alone, questions: Sequence[Known]) -> list[Scored]:
    """The first reply to each question, each in a conversation of its own: what the asker sees.

    Raises:
        BadSet: a question is of a society whose policy is not held.
    """
    scored, run = [], uuid.uuid4().hex
    for number, known in enumerate(questions):
        if known.society not in assistant.societies:
            raise BadSet(f"question {known.id}: no policy of '{known.society}' is held")
        message = Message(f"evaluation:{run}:{number}", known.question, known.society, known.role)
        shape = render.as_json(assistant.handle(message)[0], message, known.id, 0.0)
        cited = tuple(citation["clause"] for citation in shape["citations"])
        reason = Reason(shape["unanswered"]) if shape["unanswered"] else None
        scored.append(Scored(known, Verdict(shape["verdict"]), cited, reason))
    return scored


def score(assistant: Alone, questions: Sequence[Known]) -> Figures:
    """The figures overall, by society and by kind."""
    scored = answer_all(assistant, questions)
    return by_group(scored, figures_of, {"society": lambda one: one.known.society, "kind": lambda one: one.known.kind})


def figures_of(scored: Sequence[Scored]) -> list[Figure]:
    """Every figure over some answers; those without a case have `of` 0."""
    answerable = [one for one in scored if one.known.answerable]
    targets = [one for one in scored if one.known.kind in _ABSTAIN]
    apart = [one for one in scored if not one.known.answerable and one.known.kind not in _ABSTAIN]
    several = [one for one in answerable if one.known.kind == "multi"]
    gaps = [one for one in scored if one.known.kind == "gap"]
    cited = [(clause, one.known) for one in scored for clause in one.cited]
    abstained = [one for one in targets + answerable if one.reason]
    return [
        figure("cites a right clause", answerable, lambda one: one.cites_gold),
        figure("right clause first", answerable, lambda one: bool(one.cited) and one.cited[0] in one.known.gold),
        figure("cites every right clause (several asked)", several, lambda one: set(one.known.gold) <= set(one.cited)),
        Figure("citations that fit", sum(clause in known.gold + known.also for clause, known in cited), len(cited)),
        figure("right verdict", answerable, lambda one: one.verdict is one.known.verdict),
        figure(
            "no, answered yes", [one for one in answerable if one.known.verdict is Verdict.NO], lambda one: one.unsafe
        ),
        figure("abstention precision", abstained, lambda one: one.known.kind in _ABSTAIN),
        figure("abstention recall", targets, lambda one: one.reason is not None),
        figure("gap cited", gaps, lambda one: one.cites_gold),
        figure("no ruling where another society's clause tempts", apart, lambda one: one.reason is not None),
        Figure("clauses of another society", sum(not c.startswith(f"{k.society}/") for c, k in cited), len(cited)),
    ]


def f1(figures: Sequence[Figure]) -> float | None:
    """The harmonic mean of abstention precision and recall."""
    return harmonic(figures, "abstention precision", "abstention recall")


def as_table(figures: Figures) -> Table:
    """A row a figure, a column overall and for each society; kinds follow as rows of their own."""
    columns = [name for name in figures if not name.startswith("kind ")]
    table = Table("figure", *columns, title="Answers scored", title_justify="left")
    for place, one in enumerate(figures["all"]):
        table.add_row(one.name, *(shown(figures[column][place]) for column in columns))
    table.add_row("abstention F1", *(share_shown(f1(figures[column])) for column in columns), end_section=True)
    for name in figures:
        if name.startswith("kind "):
            recall, verdict, abstained = (figures[name][place] for place in (0, 4, 7))
            told = f"cites {shown(recall)}, verdict {shown(verdict)}" if recall.of else f"abstains {shown(abstained)}"
            table.add_row(name, told)
    return table


def as_json(figures: Figures) -> dict[str, Any]:
    """The figures with their counts, as the JSON of the command."""
    return {group: as_shape(some) | {"abstention F1": f1(some)} for group, some in figures.items()}
