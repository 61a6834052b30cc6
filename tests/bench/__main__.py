"""Runs the parts of the benchmark that are named, or all of them. Ends with status 1 only where a limit is broken."""

import argparse
import sys
import time
from collections.abc import Callable

from rich.console import Console

from tests.bench import alignment, desk, importing, judging, posts, quality, retrieval, segmenting, slack, speed, teams
from tests.bench.report import machine

PARTS: dict[str, Callable[[Console], list[str]]] = {
    "alignment": alignment.show,
    "desk": desk.show,
    "importing": importing.show,
    "judging": judging.show,
    "posts": posts.show,
    "quality": quality.show,
    "retrieval": retrieval.show,
    "segmenting": segmenting.show,
    "slack": slack.show,
    "speed": speed.show,
    "teams": teams.show,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "part",
        nargs="*",
        choices=[[], *PARTS],
        metavar="|".join(PARTS),
        help="what to measure; without any, everything",
    )
    named = parser.parse_args().part or list(PARTS)
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(f"Measured on {machine()}")
    broken: list[str] = []
    for name in named:
        started = time.perf_counter()
        broken += PARTS[name](console)
        console.print(f"({name} took {time.perf_counter() - started:.0f} s)\n")
    for what in broken:
        console.print(f"Limit broken: {what}")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
