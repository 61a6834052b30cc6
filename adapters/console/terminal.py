"""Standard output and standard error: what is printed, and how far long work is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from knowledge.vectors import Progress as ProgressTold


@contextmanager
def progress_shown() -> Iterator[ProgressTold]:
    """Shows long work on standard error: a bar in a terminal, a line a stage elsewhere, nothing where none is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    errors = Console(stderr=True)
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bars:

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=of)
                if not errors.is_terminal:
                    print(f"{stage} ...", file=sys.stderr, flush=True)
            bars.update(tasks[stage], completed=done)

        yield tell


def write(text: str) -> None:
    """Prints a line or more; halves of characters that cannot be written are replaced."""
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
