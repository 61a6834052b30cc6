"""PDF: what type and place show, what repeats on pages, and files that hold no text."""

import io
import re

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from adapters.documents import pdf
from knowledge.intake.documents import Kind
from tests.adapters.documents.conftest import Reading, Refusal
from tests.adapters.documents.invented import POLICY, SENTENCE, as_pdf, pdf_bytes

BODY = getSampleStyleSheet()["BodyText"]


def drawn(pages: list[list[tuple[int, int, int, str]]], font: str = "Helvetica") -> bytes:
    """A PDF of lines drawn each at its place: x, y, size, text."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_words_across_a_page_are_joined_and_what_repeats_is_left_out(blocks: Reading) -> None:
    story = [Paragraph(f"{SENTENCE} " * 60, BODY)]
    read = blocks(".pdf", pdf_bytes(list(story), margins=True))

    assert [block.text for block in read] == [" ".join([SENTENCE] * 60)]
    assert read[0].page == 1


def test_a_heading_repeated_in_the_body_stays(blocks: Reading) -> None:
    large = ParagraphStyle("h", BODY, fontSize=16, leading=20)
    story = [
        Paragraph(text, style) for n in range(40) for text, style in (("Hives", large), (f"{SENTENCE} {n}.", BODY))
    ]
    read = blocks(".pdf", pdf_bytes(list(story), margins=True))

    assert len([block for block in read if block.kind is Kind.HEADING]) == 40
    assert len({block.page for block in read}) > 2


def test_headings_are_ranked_by_their_type_and_keep_their_number(blocks: Reading) -> None:
    page = [(72, 750, 22, "Bees"), (72, 700, 15, "3.2 In the"), (72, 682, 15, "meadow")]
    page += [(72, 650 - 14 * n, 11, f"Hives stand still, says rule {n}, and so they do.") for n in range(9)]
    page += [(72, 500, 15, "At night"), (72, 480, 11, "They stand still as well.")]
    read = blocks(".pdf", drawn([page]))

    assert [(block.level, block.mark, block.text) for block in read if block.kind is Kind.HEADING] == [
        (1, "", "Bees"),
        (2, "3.2", "In the meadow"),
        (2, "", "At night"),
    ]


def test_where_all_type_is_alike_wording_shows_the_headings(blocks: Reading) -> None:
    page = [
        (72, 750, 11, "Where hives stand"),
        (72, 736, 11, "A hive stands at the edge of the meadow, and that is where"),
    ]
    page += [(72, 722, 11, "it is looked for."), (72, 694, 11, "(a) In winter it is covered.")]

    assert [(block.kind, block.mark) for block in blocks(".pdf", drawn([page]))] == [
        (Kind.HEADING, ""),
        (Kind.PARAGRAPH, ""),
        (Kind.ITEM, "(a)"),
    ]


def test_an_outline_names_headings_that_type_does_not(blocks: Reading) -> None:
    sentence = "Hives stand still, and whoever moves one tells the Warden of the Guild about it by post."
    lines = [(72, 750 - 14 * n, 11, sentence) for n in range(6)]
    plain = drawn([[*lines, (72, 600, 11, "hives by night"), (72, 580, 11, sentence)]])
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.add_outline_item("hives by night", 0)
    out = io.BytesIO()
    writer.write(out)

    assert "hives by night" not in [b.text for b in blocks(".pdf", plain) if b.kind is Kind.HEADING]
    assert [b.text for b in blocks(".pdf", out.getvalue()) if b.kind is Kind.HEADING] == ["hives by night"]


def test_ligatures_become_letters(blocks: Reading) -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    content = drawn([[(72, 700, 11, "The of\ufb01ce re\ufb02ects on this.")]], font="Vera")

    assert blocks(".pdf", content)[0].text == "The office reflects on this."


def test_a_list_of_contents_is_left_out(blocks: Reading) -> None:
    page = [(72, 750, 11, "Hives ............................ 3"), (72, 700, 11, "Hives stand still.")]

    assert [block.text for block in blocks(".pdf", drawn([page]))] == ["Hives stand still."]


def test_progress_is_told_by_the_page() -> None:
    told: list[tuple[int, int]] = []
    pdf.read(as_pdf(), lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


def test_an_encrypted_file_is_refused_even_where_it_opens_without_a_password(refusal: Refusal) -> None:
    for user in ("honey", ""):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf())))
        writer.encrypt(user, "wax", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)

        assert "encrypted" in refusal(".pdf", out.getvalue())


def test_a_file_without_text_is_sent_to_be_recognised(refusal: Refusal) -> None:
    assert "recognised (OCR)" in refusal(".pdf", drawn([[]]))


def test_a_file_that_is_cut_off_is_refused_or_read_whole(refusal: Refusal) -> None:
    assert "save it again" in refusal(".pdf", as_pdf()[:900])


def test_reading_leaves_no_trace_on_standard_error(capfd: pytest.CaptureFixture[str], blocks: Reading) -> None:
    misplaced = re.sub(rb"startxref\s+\d+", b"startxref\n7", as_pdf())

    assert blocks(".pdf", misplaced)[0].text == POLICY[0].text
    assert capfd.readouterr().err == ""
