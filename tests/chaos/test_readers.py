"""Each reader meets good files that were damaged: it reads them whole or refuses them, and nothing else happens."""

import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.documents import formats, reading
from adapters.documents.contract import UnreadableDocument
from knowledge.intake.documents import Document
from tests.adapters.documents.conftest import children, nobody_told
from tests.adapters.documents.invented import FORMATS
from tests.conftest import nothing_told

SECONDS = float(os.environ.get("CHAOS_SECONDS", "2"))  # for each format, a quarter of it in processes of their own
MOST = 100_000  # files
LONGEST = 20  # seconds for one file of a few kilobytes

BITS = [
    *(b"<table>", b"</p>", b"<script>", b"&#x110000;", b"<!--", b"]]>", b"{{<", b"%}", b"- ", b"|", b"```", b"\n\n"),
    *(b"endobj", b"stream\n", b"/Kids [3 0 R]", b"<<", b">>", b"BT", b"Tj", b"0 0 R", b"9" * 30, b"\x00", b"\xff"),
    *(b"\xf0\x9f\x90\x9d", b"\xe2\x80\x8d", b"\xed\xa0\x80", b"(((((", b"[[[[[", b'"', b"w:numId", b"w:p", b"\r"),
]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A file with a few bytes changed, cut, doubled, moved, or with something put into it."""
    mutant = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(mutant) + 1)
        to = min(len(mutant), at + chance.choice((1, 2, 8, 64, 1024)))
        match chance.randrange(6):
            case 0:
                mutant[at:to] = chance.randbytes(to - at)
            case 1:
                del mutant[at:to]
            case 2:
                mutant[at:at] = mutant[at:to] * chance.choice((1, 2, 50))
            case 3:
                mutant[at:at] = chance.choice(BITS) * chance.choice((1, 1, 3, 300))
            case 4 if at < len(mutant):
                mutant[at] ^= 1 << chance.randrange(8)
            case 5:
                elsewhere = chance.randrange(len(mutant) + 1)
                mutant[elsewhere:elsewhere] = mutant[at:to]
    return bytes(mutant)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """A Word file of which one part is damaged and packed again, so that its reader gets further than the package."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as repacked:
        chosen = chance.choice(["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"])
        for entry in packed.infolist():
            part = packed.read(entry)
            repacked.writestr(entry.filename, damaged(part, chance) if entry.filename == chosen else part)
    return out.getvalue()


def mutants(suffix: str, seed: str) -> Callable[[], bytes]:
    good, chance = FORMATS[suffix](), random.Random(seed)

    def mutant() -> bytes:
        inside = suffix == ".docx" and chance.random() < 0.7
        return damaged_inside(good, chance) if inside else damaged(good, chance)

    return mutant


def check(document: Document) -> None:
    """Whether a document is whole."""
    assert document.blocks
    assert document.text.splitlines() == [block.text for block in document.blocks]
    assert all(block.text == " ".join(block.text.split()) != "" for block in document.blocks)
    json.dumps(document.text).encode()
    document.text.encode()


def check_refusal(error: UnreadableDocument) -> None:
    """Whether a refusal says what is wrong, and what to do."""
    assert "; " in str(error)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_damaged_file_is_read_whole_or_refused(suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    mutant, end, read = mutants(suffix, f"within {suffix}"), time.monotonic() + SECONDS * 0.75, 0
    for _ in range(MOST):
        content, started = mutant(), time.monotonic()
        try:
            check(formats.read(suffix, content, nobody_told))
            read += 1
        except UnreadableDocument as error:
            check_refusal(error)
        assert time.monotonic() - started < LONGEST
        if time.monotonic() > end:
            break

    assert read > 0  # else only the refusals were tried
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_damaged_file_leaves_nothing_behind_in_a_process_of_its_own(
    suffix: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mutant, end = mutants(suffix, f"apart {suffix}"), time.monotonic() + SECONDS * 0.25
    file, before = tmp_path / f"damaged{suffix}", children()
    for _ in range(MOST):
        file.write_bytes(mutant())
        started = time.monotonic()
        try:
            check(reading.read(file, nothing_told))
        except UnreadableDocument as error:
            check_refusal(error)
        assert time.monotonic() - started < LONGEST
        assert children() == before
        if time.monotonic() > end:
            break

    assert capfd.readouterr().err == ""
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_process_itself_says_nothing_on_standard_error(suffix: str) -> None:
    mutant = mutants(suffix, f"said {suffix}")
    for _ in range(2):
        command = [sys.executable, "-I", "-m", "adapters.documents", suffix, "60", "1000000000"]
        said = subprocess.run(command, input=mutant(), capture_output=True, timeout=LONGEST * 3, check=True)

        assert said.stderr == b""
        assert set(json.loads(said.stdout.splitlines()[-1])) <= {"document", "refused"}
