"""One policy in five formats, and files that are not what their names say."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.documents import formats
from adapters.documents.contract import UnreadableDocument
from tests.adapters.documents.conftest import Reading, Refusal, nobody_told
from tests.adapters.documents.invented import FORMATS, POLICY, as_docx, as_html, as_pdf


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_policy_reads_the_same_in_every_format(suffix: str, blocks: Reading) -> None:
    read = [(block.kind, block.text, block.level, block.mark) for block in blocks(suffix, FORMATS[suffix]())]

    assert read == [(block.kind, block.text, block.level, block.mark) for block in POLICY]


def test_pages_are_counted_in_pdf_and_lines_in_text(blocks: Reading) -> None:
    assert {block.page for block in blocks(".pdf", as_pdf())} == {1, 2}
    assert blocks(".txt", "\n\nScope\nHives stand still,\nas they do.\n\n\nBees do not.")[1].lines == (4, 5)
    assert blocks(".md", "---\na: b\n---\n# Scope\n\nHives stand\nstill.\n")[1].lines == (6, 7)


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        (".txt", as_pdf(), "holds what a .pdf file does; rename it"),
        (".txt", as_docx(), "holds what a .docx file does; rename it"),
        (".txt", as_html(), "rename it to end in .html"),
        (".docx", as_pdf(), "holds what a .pdf file does"),
        (".pdf", b"Hives stand still.", "its content is something else"),
        (".docx", b"Hives stand still.", "its content is something else"),
        (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx without a password"),
        (".txt", b"{\\rtf1 Hives}", "save it as .docx or PDF"),
        (".doc", b"x", ".doc files are not read; save it as .docx or PDF"),
        (".odt", b"x", ".odt files are not read; save it as .docx or PDF"),
        (".pages", b"x", ".pages files are not read; save it as .docx or PDF"),
        ("", b"x", "does not end in what it is"),
        (".txt", b"", "it is empty"),
        (".md", b" \n\t\n", "it holds no text"),
        (".html", b"<html><script>alert(1)</script></html>", "it holds no text"),
        (".txt", b"Hives \x00 stand", "character 7 is a zero"),
        (".txt", "Hives cost £4".encode("cp1252"), "byte 12 is not UTF-8"),
        (".html", b"<meta charset='bees'><p>Hives", "its encoding 'bees' is unknown"),
        (".md", "Hives".encode("utf-16") + b"\x00", "is not UTF-16"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(name: str, content: bytes, advice: str, refusal: Refusal) -> None:
    assert advice in refusal(name, content)


def test_a_name_in_capitals_is_as_good(blocks: Reading) -> None:
    assert blocks(".TXT", "Hives stand still.")[0].text == "Hives stand still."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_read_in_every_encoding_that_names_itself(encoding: str, blocks: Reading) -> None:
    assert blocks(".txt", "“Hives” – still…".encode(encoding))[0].text == "“Hives” – still…"


def test_more_text_than_a_policy_holds_is_refused(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_MOST_CHARACTERS", 1_000)

    assert "more than 1,000 characters" in refusal(".txt", b"Hives stand still. " * 60)


@given(st.sampled_from([".txt", ".md", ".html"]), st.text(max_size=300))
def test_whatever_a_text_is_it_is_read_or_refused_and_each_block_is_one_line(suffix: str, text: str) -> None:
    try:
        document = formats.read(suffix, text.encode("utf-8", "surrogatepass"), nobody_told)
    except UnreadableDocument:
        return
    assert document.text.splitlines() == [block.text for block in document.blocks]
    assert all(block.text == " ".join(block.text.split()) for block in document.blocks)


@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf"]))
def test_bytes_of_any_kind_are_read_or_refused(content: bytes, suffix: str) -> None:
    signature = {".docx": b"PK\x03\x04", ".pdf": b"%PDF-1.7\n"}.get(suffix, b"")
    with suppress(UnreadableDocument):
        assert formats.read(suffix, signature + content, nobody_told).blocks
