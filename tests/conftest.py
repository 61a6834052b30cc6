"""What tests share: the shipped library with its encoder, and a small one whose index takes no time."""

from pathlib import Path

import pytest

from knowledge import policy_files
from knowledge.editions import Standing, as_files_stand
from knowledge.encoding import MiniLM
from knowledge.index import build
from knowledge.library import Library
from knowledge.vectors import VectorCache

KEPT = Path(__file__).parent / ".data"  # between runs; an index that no longer fits is built again by itself
SAMPLE = Path(__file__).parent / "sample_policies"


def nothing_told(_stage: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


def shipped(*folders: Path) -> list[Standing]:
    """The shipped policies and those of further folders, as their files stand."""
    return as_files_stand([policy_files.SHIPPED, *folders])


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    return MiniLM.installed()


@pytest.fixture(scope="session")
def library(encoder: MiniLM) -> Library:
    """The shipped policies as a user has them."""
    return Library.open(shipped(), KEPT, encoder, encoder.name, nothing_told)


@pytest.fixture(scope="session")
def lexical_library() -> Library:
    """The shipped policies without an encoder."""
    return Library.open(shipped(), KEPT / "lexical", None, "none", nothing_told)


@pytest.fixture(scope="session")
def sample_library() -> Library:
    """Two small policies of invented societies, by words alone."""
    index = build(policy_files.load([SAMPLE]), None, VectorCache(KEPT, "none"), nothing_told)
    return Library(index, None)
