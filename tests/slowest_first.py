"""The files that take longest are begun first, so that no worker of a run is left alone with one of them at the end."""

from collections.abc import Iterable
from pathlib import Path

import pytest

# Each takes five seconds or more, the longest first. Whichever is not here comes after them, in the order of the files.
SLOWEST = ("tests/golden/test_what_if.py",)


def in_order(files: Iterable[str]) -> list[str]:
    """These files, each as often as it is given, as they are begun."""
    place = {file: number for number, file in enumerate(SLOWEST)}
    return sorted(files, key=lambda file: place.get(file, len(SLOWEST)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {file: number for number, file in enumerate(SLOWEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(SLOWEST)))
