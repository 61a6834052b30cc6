"""What the parts of the benchmark share: goals and how figures stand to them, the machine, and progress."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

_DECIMALS = {"": 3, "ms": 1, "s": 2, "MB": 0, "count": 0}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is to be: at least `value`, or at most. Missing an aim is told; a broken limit fails the run."""

    value: float
    unit: str = ""
    at_most: bool = False
    limit: bool = False

    def __str__(self) -> str:
        bound = "at most" if self.at_most else "at least"
        return f"{'limit' if self.limit else 'aim'}: {bound} {shown(self.value, self.unit)}"

    def missed_by(self, value: float) -> float:
        """How far on the wrong side a figure is, in the unit of the goal; 0 where the goal is met."""
        return max(0.0, value - self.value if self.at_most else self.value - value)

    def met(self, value: float) -> bool:
        return self.missed_by(value) == 0

    def told(self, value: float) -> str:
        if self.met(value):
            return "met"
        return f"{'over' if self.at_most else 'short'} by {shown(self.missed_by(value), self.unit)}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in its unit, how it was made, and what it is to be."""

    name: str
    value: float
    unit: str
    how: str
    goal: Goal | None = None


def tabled(console: Console, title: str, figures: Sequence[Measured]) -> list[str]:
    """Prints figures. Returns the limits that are broken."""
    table = Table("figure", "value", "goal", "how", title=title)
    for one in figures:
        told = "" if one.goal is None else f"{one.goal}, {one.goal.told(one.value)}"
        table.add_row(one.name, shown(one.value, one.unit), told, one.how)
    console.print(table)
    return [one.name for one in figures if one.goal and one.goal.limit and not one.goal.met(one.value)]


def shown(value: float, unit: str = "") -> str:
    """A figure with its unit; a share and a count have none."""
    return f"{value:,.{_DECIMALS[unit]}f} {unit.replace('count', '')}".rstrip()


def machine() -> str:
    """The cores, the processor and the Python that the figures hold for."""
    return f"{os.cpu_count()} cores of {_processor()}, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine()


def folder_named(setting: str) -> Path | None:
    """The folder that a variable of the environment names, if any."""
    named = os.environ.get(setting)
    return Path(named).expanduser() if named else None


def tell(stage: str, done: int, of: int) -> None:
    """Shows on standard error how far long work is, on one line a stage."""
    print(f"\r{stage}: {done:,} of {of:,}", end="\n" if done == of else "", file=sys.stderr, flush=True)
