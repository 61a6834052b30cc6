"""How the tests look at what was read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.documents import formats
from adapters.documents.contract import UnreadableDocument
from knowledge.intake.documents import Block

Reading = Callable[[str, str | bytes], tuple[Block, ...]]
Refusal = Callable[[str, bytes], str]


def nobody_told(_done: int, _of: int) -> None:
    """Progress that nobody watches."""


def children() -> set[str]:
    """The processes that this one has started and that are not gone, where the system shows them."""
    return {child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()}


@pytest.fixture
def blocks() -> Reading:
    """The blocks of the content of a file of some format, read in this process."""

    def read(suffix: str, content: str | bytes) -> tuple[Block, ...]:
        content = content.encode() if isinstance(content, str) else content
        return formats.read(suffix, content, nobody_told).blocks

    return read


@pytest.fixture
def refusal() -> Refusal:
    """What is said of content that is refused."""

    def read(suffix: str, content: bytes) -> str:
        with pytest.raises(UnreadableDocument) as caught:
            formats.read(suffix, content, nobody_told)
        return str(caught.value)

    return read


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """A file with some content."""

    def write(name: str, content: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return write
