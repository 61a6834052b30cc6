"""Figures with their counts, and the reading of the sets that they are made over."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Row = TypeVar("Row", bound=BaseModel)
Case = TypeVar("Case")


class BadSet(Exception):
    """A set that cannot be scored: file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, with the counts that it is made of."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None


Figures = dict[str, list[Figure]]  # by the group that they are over, "all" first


def read_set(file: Path, form: type[Row], what: str) -> list[Row]:
    """The rows of a file, each of this form; `what` names one of them.

    Raises:
        BadSet: a line is not of this form, or there is none.
    """
    if not file.is_file():
        raise BadSet(f"{file}: no such file; name a folder that holds {file.name}")
    rows = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(form.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise BadSet(f"{file}:{number}: {where} {str(first['msg']).lower()}".replace(":  ", ": ")) from error
    if not rows:
        raise BadSet(f"{file}: holds no {what}")
    return rows


def by_group(
    scored: Sequence[Case],
    figures_of: Callable[[Sequence[Case]], list[Figure]],
    groups: Mapping[str, Callable[[Case], str]],
) -> Figures:
    """The figures overall, and for each value of each way to group the cases, as "society ipem"."""
    figures = {"all": figures_of(scored)}
    for name, value in groups.items():
        for group in dict.fromkeys(value(one) for one in scored):
            figures[f"{name} {group}"] = figures_of([one for one in scored if value(one) == group])
    return figures


def figure(name: str, scored: Sequence[Case], right: Callable[[Case], bool]) -> Figure:
    """The share of some cases that is right."""
    return Figure(name, sum(right(one) for one in scored), len(scored))


def harmonic(figures: Iterable[Figure], precision: str, recall: str) -> float | None:
    """F1 of two figures by name; None where either is nothing or has no case."""
    shares = {figure.name: figure.share for figure in figures}
    first, second = shares[precision], shares[recall]
    return 2 * first * second / (first + second) if first and second else None


def as_shape(figures: Sequence[Figure]) -> dict[str, Any]:
    """Figures by name, each with its counts."""
    return {one.name: {"share": one.share, "right": one.right, "of": one.of} for one in figures}


def shown(figure: Figure) -> str:
    return f"{share_shown(figure.share)} ({figure.right}/{figure.of})" if figure.of else "-"


def share_shown(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
