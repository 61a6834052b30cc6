"""What is begun first is there, and is begun first."""

from pathlib import Path

import pytest

from tests.slowest_first import SLOWEST

ROOT = Path(__file__).parents[1]


def test_each_file_that_is_to_be_begun_first_is_there_and_is_named_once() -> None:
    assert [file for file in SLOWEST if not (ROOT / file).is_file()] == []
    assert len(set(SLOWEST)) == len(SLOWEST)


def test_in_this_run_they_come_before_all_others(request: pytest.FixtureRequest) -> None:
    begun = list(dict.fromkeys(item.nodeid.partition("::")[0] for item in request.session.items))
    listed = [file for file in SLOWEST if file in begun]

    assert begun[: len(listed)] == listed
