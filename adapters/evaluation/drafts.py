"""Scores what is found in drafts, against the faults that are known to be in them.

A draft has `id, society, account, draft, findings`, and `kind` and `role` where they matter; each of its findings names
the clause breached and the words at fault, empty for an omission. A draft without findings is clean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol, Self

from pydantic import BaseModel, Field, model_validator
from rich.table import Table

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
from knowledge.clauses import Party
from knowledge.posts.drafts import Draft, Finding, Kind
from knowledge.questions import Account

PRECISION, RECALL, F1 = "precision of findings", "recall of findings", "F1 of findings"


class KnownFault(BaseModel):
    """A fault that is in a draft."""

    clause: str
    span: str


class KnownDraft(BaseModel):
    """A draft with its faults."""

    id: str
    society: str
    account: Account
    draft: Annotated[str, Field(min_length=1)]
    findings: list[KnownFault]
    kind: Kind | None = None
    role: Party = Party.MEMBER

    @model_validator(mode="after")
    def _spans_occur_once(self) -> Self:
        for fault in self.findings:
            if fault.span and self.draft.count(fault.span) != 1:
                raise ValueError(f"the span '{fault.span}' does not occur once in the draft")
        return self


@dataclass(frozen=True, slots=True)
class ScoredDraft:
    """A draft and what was found in it."""

    known: KnownDraft
    found: tuple[Finding, ...]

    @property
    def expected_clauses(self) -> frozenset[str]:
        return frozenset(fault.clause for fault in self.known.findings)

    @property
    def found_clauses(self) -> frozenset[str]:
        return frozenset(finding.clause for finding in self.found)

    def agrees(self, fault: KnownFault) -> bool:
        """Whether a finding of the same clause overlaps a fault, or both are omissions."""
        start = self.known.draft.find(fault.span)
        end = start + len(fault.span)
        return any(
            finding.clause == fault.clause
            and (
                (finding.start < end and start < finding.end)
                if fault.span and finding.span
                else finding.span == fault.span
            )
            for finding in self.found
        )


class Finder(Protocol):
    """What finds faults in a draft: `knowledge.posts.drafts.Checker`."""

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """The faults of a draft."""
        ...


def read_drafts(file: Path) -> list[KnownDraft]:
    """The drafts of a file.

    Raises:
        BadSet: a line is not such a draft, or there is none.
    """
    return read_set(file, KnownDraft, "draft")


def check_all(checker: Finder, societies: Sequence[str], drafts: Sequence[KnownDraft]) -> list[ScoredDraft]:
    """What is found in each draft.

    Raises:
        BadSet: a draft is of a society whose policy is not held.
    """
    scored = []
    for known in drafts:
        if known.society not in societies:
            raise BadSet(f"draft {known.id}: no policy of '{known.society}' is held")
        draft = Draft(known.draft, known.society, known.account, known.kind, known.role)
        scored.append(ScoredDraft(known, tuple(checker.findings(draft))))
    return scored


def figures_by_group(scored: Sequence[ScoredDraft]) -> Figures:
    """The figures overall, by society and by account."""
    groups = {"society": lambda one: one.known.society, "account": lambda one: str(one.known.account)}
    return by_group(scored, figures_of, groups)


def figures_of(scored: Sequence[ScoredDraft]) -> list[Figure]:
    """Every figure over some drafts: precision and recall over distinct pairs of draft and clause, pooled."""
    right = sum(len(one.found_clauses & one.expected_clauses) for one in scored)
    clean = [one for one in scored if not one.known.findings]
    faults = [(one, fault) for one in scored for fault in one.known.findings]
    return [
        Figure(PRECISION, right, sum(len(one.found_clauses) for one in scored)),
        Figure(RECALL, right, sum(len(one.expected_clauses) for one in scored)),
        figure("clean drafts found clean", clean, lambda one: not one.found),
        Figure("false findings on clean drafts", sum(len(one.found) for one in clean), len(clean)),
        figure("words at fault agree", faults, lambda pair: pair[0].agrees(pair[1])),
    ]


def f1(figures: Sequence[Figure]) -> float | None:
    """The harmonic mean of the precision and recall of findings."""
    return harmonic(figures, PRECISION, RECALL)


def as_table(scored: Sequence[ScoredDraft]) -> Table:
    """A row a figure, a column overall, for each society and for each account."""
    figures = figures_by_group(scored)
    table = Table("figure", *figures, title="Drafts scored", title_justify="left")
    for place, one in enumerate(figures["all"]):
        table.add_row(one.name, *(shown(some[place]) for some in figures.values()))
    table.add_row(F1, *(share_shown(f1(some)) for some in figures.values()))
    return table


def as_json(scored: Sequence[ScoredDraft]) -> dict[str, Any]:
    """The figures with their counts."""
    return {group: as_shape(some) | {F1: f1(some)} for group, some in figures_by_group(scored).items()}
