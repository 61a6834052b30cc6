"""The door: files of all sorts, read in a process of its own."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.documents import reading
from adapters.documents.contract import UnreadableDocument
from tests.adapters.documents.conftest import children
from tests.adapters.documents.invented import FORMATS, POLICY, as_docx, as_pdf
from tests.conftest import nothing_told

Written = Callable[[str, bytes], Path]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_is_read_whole_in_another_process(suffix: str, written: Written) -> None:
    document = reading.read(written(f"policy{suffix}", FORMATS[suffix]()), nothing_told)

    assert [block.text for block in document.blocks] == [block.text for block in POLICY]


def test_progress_reaches_whoever_asked(written: Written) -> None:
    told: list[tuple[str, int, int]] = []
    reading.read(written("policy.pdf", as_pdf()), lambda *progress: told.append(progress))

    assert told == [("Reading the document", 1, 2), ("Reading the document", 2, 2)]


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("policy.txt", b"", "it is empty"),
        ("policy.doc", b"x", "save it as .docx or PDF"),
        ("policy", b"Hives stand still.", "save it as .docx or PDF"),
        ("policy.docx", as_docx()[:3000], "save it again"),
        ("policy.pdf", b"%PDF-1.7\n" + b"[" * 300_000, "save it"),
    ],
)
def test_a_refusal_names_the_file_and_what_to_do(name: str, content: bytes, advice: str, written: Written) -> None:
    file = written(name, content)
    with pytest.raises(UnreadableDocument) as caught:
        reading.read(file, nothing_told)

    assert str(caught.value).startswith(f"{file}: ")
    assert advice in str(caught.value)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    cases = {
        tmp_path: "a folder",
        tmp_path / "none.txt": "there is no such file",
        tmp_path / "pipe.txt": "a device or a pipe",
        Path("/dev/zero"): "a device or a pipe",
        tmp_path / "loop.txt": "cannot be read",
        tmp_path / "pipe.txt" / "in.txt": "cannot be read",
        tmp_path / "x\0.txt": "no name of a file",
    }
    for path, advice in cases.items():
        with pytest.raises(UnreadableDocument, match=advice):
            reading.read(path, nothing_told)


def test_a_file_of_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(UnreadableDocument, match="larger than 50 MB; split it"):
        reading.read(tmp_path / "large.pdf", nothing_told)


def test_reading_that_takes_too_long_is_stopped(written: Written) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableDocument, match=r"longer than 0\.1 seconds"):
        reading.read(written("policy.pdf", as_pdf()), nothing_told, seconds=0.1)

    assert time.monotonic() - started < 5


def test_whoever_gives_up_leaves_no_process_behind(written: Written) -> None:
    before = children()

    def give_up(_stage: str, _done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reading.read(written("policy.pdf", as_pdf()), give_up)
    assert children() == before


def test_the_process_sees_neither_the_environment_nor_the_folder_it_is_run_in(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = written("lxml.py", b"raise SystemExit('the wrong module was loaded')")
    monkeypatch.chdir(trap.parent)
    monkeypatch.setenv("PYTHONPATH", str(trap.parent))

    assert reading.read(written("policy.html", b"<p>Hives stand still.</p>"), nothing_told).text == "Hives stand still."


def test_memory_is_bounded(written: Written) -> None:
    elements = b"<p><b>x</b></p>" * 500_000  # some hundred megabytes, once each is an element
    with pytest.raises(UnreadableDocument, match=r"memory|broke off"):
        reading.read(written("policy.html", elements), nothing_told, memory=150_000_000)
