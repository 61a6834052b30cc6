"""Scores answers to questions whose right answers are known, as the figures of such a set are defined.

A question has `id, society, role, question, kind, gold, also, verdict`. `gold` are clauses of which at least one must
be cited, `also` further ones that may be. Every figure is given with its counts, overall, by society and by kind.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError
from rich.table import Table

from knowledge.answers import Answer, Question, Reason
from knowledge.clauses import Party, Verdict
from knowledge.library import Library

_ABSTAIN = ("not_covered", "gap", "smalltalk")  # kinds whose right answer makes no ruling


class BadSet(Exception):
    """A set of questions that cannot be scored: file, line and what is wrong."""


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, with the counts that it is made of."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None


Figures = dict[str, list[Figure]]


def read_questions(file: Path) -> list[Known]:
    """The questions of a file.

    Raises:
        BadSet: a line is not such a question, or there is none.
    """
    if not file.is_file():
        raise BadSet(f"{file}: no such file; name a folder that holds questions.jsonl")
    questions = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            questions.append(Known.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise BadSet(f"{file}:{number}: {where} {str(first['msg']).lower()}".replace(":  ", ": ")) from error
    if not questions:
        raise BadSet(f"{file}: holds no question")
    return questions


def answer_all(library: Library, questions: Sequence[Known]) -> list[Scored]:
    """The first answer to each question, given alone.

    Raises:
        BadSet: a question is of a society whose policy is not held.
    """
    scored = []
    for known in questions:
        if known.society not in library.societies:
            raise BadSet(f"question {known.id}: no policy of '{known.society}' is held")
        result = library.answer(Question(known.question, known.society, known.role))
        cited = tuple(citation.clause for citation in result.citations)
        verdict, reason = (result.verdict, None) if isinstance(result, Answer) else (Verdict.NOT_COVERED, result.reason)
        scored.append(Scored(known, verdict, cited, reason))
    return scored


def score(library: Library, questions: Sequence[Known]) -> Figures:
    """The figures overall, by society and by kind."""
    scored = answer_all(library, questions)
    figures = {"all": figures_of(scored)}
    for name, value in (("society", _society), ("kind", _kind)):
        for group in dict.fromkeys(value(one) for one in scored):
            figures[f"{name} {group}"] = figures_of([one for one in scored if value(one) == group])
    return figures


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
        _figure("cites a right clause", answerable, lambda one: one.cites_gold),
        _figure("right clause first", answerable, lambda one: bool(one.cited) and one.cited[0] in one.known.gold),
        _figure("cites every right clause (several asked)", several, lambda one: set(one.known.gold) <= set(one.cited)),
        Figure("citations that fit", sum(clause in known.gold + known.also for clause, known in cited), len(cited)),
        _figure("right verdict", answerable, lambda one: one.verdict is one.known.verdict),
        _figure(
            "no, answered yes", [one for one in answerable if one.known.verdict is Verdict.NO], lambda one: one.unsafe
        ),
        _figure("abstention precision", abstained, lambda one: one.known.kind in _ABSTAIN),
        _figure("abstention recall", targets, lambda one: one.reason is not None),
        _figure("gap cited", gaps, lambda one: one.cites_gold),
        _figure("no ruling where another society's clause tempts", apart, lambda one: one.reason is not None),
        Figure("clauses of another society", sum(not c.startswith(f"{k.society}/") for c, k in cited), len(cited)),
    ]


def f1(figures: Sequence[Figure]) -> float | None:
    """The harmonic mean of abstention precision and recall."""
    shares = {figure.name: figure.share for figure in figures}
    precision, recall = shares["abstention precision"], shares["abstention recall"]
    return 2 * precision * recall / (precision + recall) if precision and recall else None


def as_table(figures: Figures) -> Table:
    """A row a figure, a column overall and for each society; kinds follow as rows of their own."""
    columns = [name for name in figures if not name.startswith("kind ")]
    table = Table("figure", *columns, title="Answers scored", title_justify="left")
    for place, figure in enumerate(figures["all"]):
        table.add_row(figure.name, *(_shown(figures[column][place]) for column in columns))
    table.add_row("abstention F1", *(_share(f1(figures[column])) for column in columns), end_section=True)
    for name in figures:
        if name.startswith("kind "):
            recall, verdict, abstained = (figures[name][place] for place in (0, 4, 7))
            told = (
                f"cites {_shown(recall)}, verdict {_shown(verdict)}" if recall.of else f"abstains {_shown(abstained)}"
            )
            table.add_row(name, told)
    return table


def as_json(figures: Figures) -> str:
    """The figures with their counts."""
    return json.dumps(
        {
            group: {f.name: {"share": f.share, "right": f.right, "of": f.of} for f in some}
            | {"abstention F1": f1(some)}
            for group, some in figures.items()
        },
        indent=1,
    )


def _figure(name: str, scored: Sequence[Scored], right: Callable[[Scored], bool]) -> Figure:
    return Figure(name, sum(right(one) for one in scored), len(scored))


def _society(one: Scored) -> str:
    return one.known.society


def _kind(one: Scored) -> str:
    return one.known.kind


def _shown(figure: Figure) -> str:
    return f"{_share(figure.share)} ({figure.right}/{figure.of})" if figure.of else "-"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
