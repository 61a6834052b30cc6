"""Scores what posts that somebody wants to share come to, against the outcomes that are known to be right.

A post has `id, society, post, author, representing, expected, gold`; `gold` are clauses of which at least one should be
given as the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field
from rich.table import Table

from adapters.console.inbound import BadInput, author_from
from adapters.evaluation.figures import BadSet, Figure, Figures, as_shape, by_group, figure, read_set, shown
from knowledge.flows.sharing import EmptyPost, SharedPost, Sharing, SharingOutcome

Outcomes = dict[str, dict[str, int]]  # how many posts of each expected outcome were given each


class KnownPost(BaseModel):
    """A post with its right outcome."""

    id: str
    society: str
    post: Annotated[str, Field(min_length=1)]
    author: str
    representing: bool
    expected: SharingOutcome
    gold: list[str]


@dataclass(frozen=True, slots=True)
class ScoredPost:
    """A post and what it came to."""

    known: KnownPost
    given: SharingOutcome
    cited: tuple[str, ...]

    @property
    def cites_gold(self) -> bool:
        return any(clause in self.known.gold for clause in self.cited)

    @property
    def unsafe(self) -> bool:
        """A post that a clause rules out, and that was passed."""
        return self.known.expected is SharingOutcome.NOT_FINE and self.given is SharingOutcome.FINE


def read_posts(file: Path) -> list[KnownPost]:
    """The posts of a file.

    Raises:
        BadSet: a line is not such a post, or there is none.
    """
    return read_set(file, KnownPost, "post")


def judge_all(sharing: Sharing, societies: Sequence[str], posts: Sequence[KnownPost]) -> list[ScoredPost]:
    """What each post comes to.

    Raises:
        BadSet: a post is empty, of no author that there is, or of a society whose policy is not held.
    """
    scored = []
    for known in posts:
        if known.society not in societies:
            raise BadSet(f"post {known.id}: no policy of '{known.society}' is held")
        try:
            author = author_from(known.author, known.society)
            shared = sharing.judge(SharedPost(known.post, known.society, author, known.representing))
        except BadInput as error:
            raise BadSet(f"post {known.id}: {error}") from error
        except EmptyPost as error:
            raise BadSet(f"post {known.id}: there is nothing in it") from error
        scored.append(ScoredPost(known, shared.outcome, tuple(citation.clause for citation in shared.citations)))
    return scored


def figures_by_group(scored: Sequence[ScoredPost]) -> Figures:
    """The figures overall, by author, and by whether the one who shares represents the society."""
    return by_group(
        scored,
        figures_of,
        {
            "author": lambda one: one.known.author,
            "representing": lambda one: "yes" if one.known.representing else "no",
        },
    )


def figures_of(scored: Sequence[ScoredPost]) -> list[Figure]:
    """Every figure over some posts; those without a case have `of` 0."""
    ruled_out = [one for one in scored if one.known.expected is SharingOutcome.NOT_FINE]
    reasoned = [one for one in scored if one.known.gold]
    return [
        figure("right outcome", scored, lambda one: one.given is one.known.expected),
        figure("not_fine, passed as fine", ruled_out, lambda one: one.unsafe),
        figure("gives a right clause", reasoned, lambda one: one.cites_gold),
    ]


def outcomes_of(scored: Sequence[ScoredPost]) -> Outcomes:
    """Expected against given."""
    counted = {str(expected): {str(given): 0 for given in SharingOutcome} for expected in SharingOutcome}
    for one in scored:
        counted[one.known.expected][one.given] += 1
    return counted


def as_tables(scored: Sequence[ScoredPost]) -> list[Table]:
    """The figures, a row a group, and the outcomes expected against those given."""
    figures = figures_by_group(scored)
    table = Table("posts", *(one.name for one in figures["all"]), title="Posts to share scored", title_justify="left")
    for group, some in figures.items():
        table.add_row(group, *(shown(one) for one in some), end_section=group == "all")
    against = Table("expected", *(f"given {given}" for given in SharingOutcome), title_justify="left")
    for expected, given in outcomes_of(scored).items():
        against.add_row(expected, *(str(count or "-") for count in given.values()))
    return [table, against]


def as_json(scored: Sequence[ScoredPost]) -> dict[str, Any]:
    """The figures with their counts, and the outcomes expected against those given."""
    figures = {group: as_shape(some) for group, some in figures_by_group(scored).items()}
    return {**figures, "expected, then given": outcomes_of(scored)}
