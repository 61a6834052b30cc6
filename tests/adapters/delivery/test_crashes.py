"""Nothing is lost, made twice or seen twice, whoever is killed whenever."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.delivery.crashing import Outcome, Trial, run

_MEMORY = Path("/dev/shm")  # where there is one: a killed process loses nothing that it wrote, on a disk or not
NONE: dict[str, list[str]] = {"lost": [], "twice": [], "wrong": []}


def faults(outcome: Outcome) -> dict[str, list[str]]:
    return {"lost": outcome.lost, "twice": outcome.twice, "wrong": outcome.wrong}


@pytest.fixture
def quick_sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """The URL of a new SQLite database with its tables, which does not wait for a disk."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield f"sqlite:///{shutil.copyfile(sqlite_template, Path(folder) / 'desk.db')}"


@pytest.mark.parametrize("kind", ["quick_sqlite", "postgres"])
def test_a_worker_killed_at_any_moment_loses_nothing_and_repeats_nothing(
    kind: str, request: pytest.FixtureRequest
) -> None:
    outcome = run(request.getfixturevalue(f"{kind}_url"), Trial(queries=200, kills=22))

    assert faults(outcome) == NONE
    assert outcome.kills == 22
    assert outcome.met["kept, then dropped"] > 10  # else the platform was not trying enough


def test_of_three_replicas_one_is_killed_and_the_others_take_over(postgres_url: str) -> None:
    outcome = run(postgres_url, Trial(queries=60, kills=1, replicas=3, again=False))

    assert faults(outcome) == NONE
    assert outcome.kills == 1
