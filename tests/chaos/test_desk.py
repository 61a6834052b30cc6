"""The desk while those who handle and send are killed, for longer than in the suite: CHAOS_QUERIES, CHAOS_KILLS.

Where these are set it prints a table: what was asked, how often somebody was killed, and what was lost, made or seen
twice, or else wrong.
"""

import os
from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.table import Table

from tests.adapters.delivery.crashing import Outcome, Trial, run

QUERIES = int(os.environ.get("CHAOS_QUERIES", "8"))
KILLS = int(os.environ.get("CHAOS_KILLS", "1"))
_SECONDS_EACH = 3.0  # that a query may take at the most, on a busy machine

_outcomes: dict[str, Outcome] = {}


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prints what came of all trials at the end, past what captures output."""
    yield
    if "CHAOS_QUERIES" not in os.environ:
        return
    shown = Table("store", "queries", "kills", "posts", "dropped once kept", "lost", "twice", "wrong", "seconds")
    for name, one in _outcomes.items():
        counts = (one.queries, one.kills, one.posts, one.met["kept, then dropped"])
        faults = (len(one.lost), len(one.twice), len(one.wrong))
        shown.add_row(name, *(f"{count:,}" for count in (*counts, *faults)), f"{one.seconds:.0f}")
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        Console(width=120).print("\n", shown)


@pytest.mark.parametrize(
    ("name", "kind", "replicas"),
    [("SQLite", "sqlite", 1), ("PostgreSQL", "postgres", 1), ("PostgreSQL, three replicas", "postgres", 3)],
)
def test_nothing_is_lost_or_made_twice_while_replicas_are_killed(
    name: str, kind: str, replicas: int, request: pytest.FixtureRequest
) -> None:
    trial = Trial(QUERIES, KILLS, replicas=replicas, within=60 + QUERIES * _SECONDS_EACH)
    outcome = _outcomes[name] = run(request.getfixturevalue(f"{kind}_url"), trial)

    assert (outcome.lost, outcome.twice, outcome.wrong) == ([], [], [])
    assert outcome.kills == KILLS
