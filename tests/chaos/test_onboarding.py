"""Onboarding while its workers are killed, for longer than in the suite: CHAOS_ADMINS, CHAOS_KILLS.

Where the first is set all databases are tried, and it prints a table: how many were set up and reminded, how often
somebody was killed, and what was lost, done or sent twice, or else wrong.
"""

import os
from collections.abc import Iterator

import pytest
from rich.console import Console
from rich.table import Table

from tests.chaos.onboarding_trial import Outcome, Trial, run

IN_EARNEST = "CHAOS_ADMINS" in os.environ
ADMINS = int(os.environ.get("CHAOS_ADMINS", "2"))  # half of them go through it, and half have to be reminded
KILLS = int(os.environ.get("CHAOS_KILLS", "1"))
_SECONDS_EACH = 10.0  # that somebody may take at the most, on a busy machine

_TRIALS = [("SQLite", "sqlite", 1), ("PostgreSQL", "postgres", 1), ("PostgreSQL, three replicas", "postgres", 3)]
_outcomes: dict[str, Outcome] = {}


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prints what came of all trials at the end, past what captures output."""
    yield
    if not IN_EARNEST:
        return
    shown = Table("store", "set up", "reminded", "presses", "kills", "posts", "lost", "twice", "wrong", "seconds")
    for name, one in _outcomes.items():
        counts = (one.learners, one.sleepers, one.presses, one.kills, one.posts)
        faults = (len(one.lost), len(one.twice), len(one.wrong))
        shown.add_row(name, *(f"{count:,}" for count in (*counts, *faults)), f"{one.seconds:.0f}")
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        Console(width=120).print("\n", shown)


@pytest.mark.parametrize(("name", "kind", "replicas"), _TRIALS if IN_EARNEST else _TRIALS[:1])
def test_no_step_is_lost_and_no_reminder_is_sent_twice_while_replicas_are_killed(
    name: str, kind: str, replicas: int, request: pytest.FixtureRequest
) -> None:
    lease = 1.0 * replicas  # of several, none may take for dead who is only slow
    trial = Trial(ADMINS // 2, ADMINS - ADMINS // 2, KILLS, replicas, lease, within=60 + ADMINS * _SECONDS_EACH)
    outcome = _outcomes[name] = run(request.getfixturevalue(f"{kind}_url"), trial)

    assert (outcome.lost, outcome.twice, outcome.wrong) == ([], [], [])
    assert outcome.kills == KILLS
