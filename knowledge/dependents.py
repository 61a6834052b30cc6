"""What rests on clauses, and what of it a change of a policy would touch."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that rests on clauses, as a person would name it, with their ids."""

    what: str
    clauses: frozenset[str]


def resting_on(dependents: Iterable[Dependent], clauses: Collection[str]) -> list[Dependent]:
    """Those that rest on some of these clauses, each with these alone."""
    touched = [Dependent(one.what, one.clauses & frozenset(clauses)) for one in dependents]
    return [one for one in touched if one.clauses]
