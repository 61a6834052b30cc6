"""The shipped policies beside their official texts, against passages chosen by eye; skipped without these texts."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

import pytest
from docx import Document as WordDocument
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph

from adapters.documents import formats
from knowledge.encoding import MiniLM
from knowledge.intake.aligning import Encode, State, align
from knowledge.intake.documents import Document, Kind
from knowledge.intake.sentences import Sentences, sentences
from tests.adapters.documents.invented import pdf_bytes, word_bytes
from tests.bench.alignment import GOALS, Measured, Source, encoding, measure, sources, why_not
from tests.bench.report import folder_named
from tests.conftest import KEPT

_UNCOVERED = 4  # sentences that only lead into what is missing


@pytest.fixture(scope="module")
def texts() -> list[Source]:
    folder = folder_named("SOURCES_DIR")
    reason = why_not(folder)
    if folder is None or reason:
        pytest.skip(reason or "")
    return sources(folder)


@pytest.fixture(scope="module")
def measured(texts: list[Source], encoder: MiniLM) -> dict[str, Measured]:
    return {source.policy.id: measure(source, encoding(KEPT / "vectors", encoder)) for source in texts}


@pytest.fixture(scope="module")
def by_words(texts: list[Source]) -> dict[str, Measured]:
    return {source.policy.id: measure(source, None) for source in texts}


@pytest.fixture(scope="module")
def quotes(texts: list[Source], measured: Mapping[str, Measured]) -> dict[str, str]:
    """What would be quoted for each clause."""
    told: dict[str, str] = {}
    for source in texts:
        official = source.official(measured[source.policy.id].alignment)
        told |= {clause: official.quote(extracts) for clause, extracts in official.extracts.items()}
    return told


def test_every_clause_has_a_passage_chosen_by_eye(texts: list[Source]) -> None:
    for source in texts:
        assert set(source.right) == set(source.restated)
        assert set(source.announced) == set(source.gaps)
        assert all(source.right.values())


def test_nearly_every_clause_is_aligned_by_itself(texts: list[Source], measured: Mapping[str, Measured]) -> None:
    aligned = [one.clause for found in measured.values() for one in found.alignment.of(State.ALIGNED)]

    assert sum(len(source.restated) for source in texts) == 64
    assert len(aligned) >= GOALS["aligned"].value


def test_none_is_aligned_wrongly(measured: Mapping[str, Measured]) -> None:
    assert [clause for found in measured.values() for clause in found.wrong] == []


def test_none_is_aligned_wrongly_by_words_alone(by_words: Mapping[str, Measured]) -> None:
    assert [clause for found in by_words.values() for clause in found.wrong] == []


def test_what_is_missing_from_the_copy_is_missing_and_found_announced(
    texts: list[Source], measured: Mapping[str, Measured]
) -> None:
    for source in texts:
        missing = measured[source.policy.id].alignment.of(State.MISSING)
        assert [one.clause for one in missing] == source.gaps
        for one in missing:
            assert source.places(one.sentences) & source.announced[one.clause], one.clause


def test_few_sentences_are_left_that_no_clause_covers(texts: list[Source], measured: Mapping[str, Measured]) -> None:
    for source in texts:
        found = measured[source.policy.id].alignment
        covered = {number for one in found.clauses for number in one.sentences}
        assert set(found.uncovered) == {one.number for one in source.read.kept} - covered
    assert sum(len(found.alignment.uncovered) for found in measured.values()) <= _UNCOVERED


def test_no_line_of_the_website_is_quoted(texts: list[Source], measured: Mapping[str, Measured]) -> None:
    for source in texts:
        found = measured[source.policy.id].alignment
        quoted = source.places([number for one in found.clauses for number in one.sentences])
        assert not quoted & source.furniture


def test_no_person_is_named_in_a_quote(
    texts: list[Source], measured: Mapping[str, Measured], quotes: Mapping[str, str]
) -> None:
    names = [name for source in texts for name in source.names]
    assert names, "the sources name people"
    for quote in quotes.values():
        words = " ".join(quote.split())
        assert [name for name in names if re.search(rf"\b{name}\b", words, re.IGNORECASE)] == []
        assert not re.search(r"\w@\w", words)
    of_people = [
        one.clause
        for source in texts
        for one in measured[source.policy.id].alignment.of(State.ALIGNED)
        if source.places(one.sentences) & source.people
    ]
    assert of_people
    assert [clause for clause in of_people if not re.search(r"\[(?:name|address)\]", quotes[clause])] == []


def test_a_quote_is_the_stored_text_at_its_places_but_for_people(
    texts: list[Source], measured: Mapping[str, Measured]
) -> None:
    for source in texts:
        official = source.official(measured[source.policy.id].alignment)
        for clause, extracts in official.extracts.items():
            parts = [re.escape(official.text[extract.start : extract.end]) for extract in extracts]
            quote = official.quote(extracts)
            if not re.search(r"\[(?:name|address)\]", quote):
                assert re.fullmatch(r"(?:\s| \[…\] )".join(parts), quote), clause


def test_few_are_aligned_with_another_passage_where_their_own_is_taken_out(measured: Mapping[str, Measured]) -> None:
    wrong = [clause for found in measured.values() for clause in found.wrong_without]

    assert len(wrong) <= GOALS["wrong without their passage"].value, wrong


@pytest.mark.parametrize("suffix", [".html", ".docx", ".pdf"])
def test_another_format_of_a_text_aligns_the_same(texts: list[Source], encoder: MiniLM, suffix: str) -> None:
    encode = encoding(KEPT / "vectors", encoder)
    for source in texts:
        read = sentences(formats.read(suffix, rewritten(source.document, suffix), lambda _done, _of: None))
        assert words_behind(source, read, encode) == words_behind(source, source.read, encode)


def words_behind(source: Source, read: Sentences, encode: Encode) -> dict[str, list[str]]:
    """The sentences that each clause is aligned with."""
    words = {one.number: one.text for one in read.kept}
    aligned = align(source.policy.clauses, read.kept, encode).of(State.ALIGNED)
    return {one.clause: [words[number] for number in one.sentences] for one in aligned}


def rewritten(document: Document, suffix: str) -> bytes:
    """The headings and paragraphs of a document in a file of another format."""
    headed = [(block.text, block.level if block.kind is Kind.HEADING else 0) for block in document.blocks]
    if suffix == ".html":
        tags = [f"<h{level}>{escape(text)}</h{level}>" if level else f"<p>{escape(text)}</p>" for text, level in headed]
        return f"<html><body><nav>Home</nav><main>{''.join(tags)}</main></body></html>".encode()
    if suffix == ".docx":
        word = WordDocument()
        for text, level in headed:
            word.add_heading(text, level) if level else word.add_paragraph(text)
        return word_bytes(word)
    styles = getSampleStyleSheet()
    return pdf_bytes(
        [Paragraph(escape(text), styles[f"Heading{level}" if level else "BodyText"]) for text, level in headed]
    )
