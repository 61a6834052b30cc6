"""A policy of an invented society, written by real writers in each format that is read."""

import io
from xml.sax.saxutils import escape

from docx import Document as WordDocument
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from knowledge.intake.documents import Block, Kind

SENTENCE = (
    "Nobody who keeps a hive for the Guild may tell a newspaper, a neighbour or a wasp where the queen of that hive "
    "spends the winter, whatever they offer for it in honey."
)
POLICY = (
    Block(Kind.HEADING, "What Beekeepers Say in Public", 1),
    Block(Kind.PARAGRAPH, "The Guild of Night Beekeepers keeps eleven hives, and this is how it talks about them."),
    Block(Kind.HEADING, "Whom this binds", 2, "1"),
    Block(Kind.PARAGRAPH, SENTENCE),
    Block(Kind.PARAGRAPH, "A visitor is bound as well once they have put on a veil – “however briefly”."),
    Block(Kind.HEADING, "What never leaves the meadow", 2, "2"),
    Block(Kind.PARAGRAPH, "A keeper must not post:"),
    Block(Kind.ITEM, "pictures of an open hive", 1),
    Block(Kind.ITEM, "the weight of a harvest before the Warden has announced it at the autumn supper of the Guild", 1),
    Block(Kind.PARAGRAPH, "A keeper should ask the Warden about:"),
    Block(Kind.ITEM, "prices;", 1, "(a)"),
    Block(Kind.ITEM, "swarms that cross a road.", 1, "(b)"),
    Block(Kind.HEADING, "Who answers", 2, "3"),
    Block(Kind.PARAGRAPH, "Letters are answered by these:"),
    Block(Kind.ROW, "Matter | Post", 1),
    Block(Kind.ROW, "Honey | Warden", 2),
    Block(Kind.ROW, "Stings | Almoner", 2),
)


def as_txt() -> bytes:
    lines: list[str] = []
    for block in POLICY:
        numbered = f"{block.mark} {block.text}".strip()
        if block.kind is Kind.ITEM:
            words = _wrapped(numbered if block.mark else f"- {block.text}", 70)
            lines += [words[0], *(f"  {line}" for line in words[1:])]
        elif block.kind is Kind.ROW:
            lines.append(block.text.replace(" | ", "\t"))
        else:
            lines += ["", *_wrapped(f"{numbered}", 70), *([""] if block.kind is Kind.PARAGRAPH else [])]
    return "\n".join(lines).encode()


def as_md() -> bytes:
    lines = ["---", "title: not the text", "---", "{{< contents >}}", "", "<!-- not for print -->"]
    for block in POLICY:
        numbered = f"{block.mark} {block.text}".strip()
        if block.kind is Kind.HEADING:
            lines += ["", f"{'#' * block.level} {numbered} {{#anchor}}", ""]
        elif block.kind is Kind.ROW:
            lines.append(f"| {block.text} |")
            lines += ["|---|---|"] if block.level == 1 else []
        elif block.kind is Kind.ITEM:
            lines.append(f"* {numbered}")
        else:
            lines += ["", *_wrapped(block.text.replace("keeper", "[**keeper**](https://bees.example/keeper)"), 70), ""]
    return "\n".join(lines).encode()


def as_html() -> bytes:
    parts = ["<!doctype html><html><head><title>Bees</title><style>p { color: red }</style></head><body>"]
    parts.append("<nav><ul><li>Home</li></ul></nav><header>The Guild online</header><main>")
    for block in POLICY:
        numbered = escape(f"{block.mark} {block.text}".strip())
        if block.kind is Kind.HEADING:
            parts.append(f"<h{block.level}>{numbered}</h{block.level}>")
        elif block.kind is Kind.ROW:
            name = "th" if block.level == 1 else "td"
            cells = "".join(f"<{name}>{escape(cell)}</{name}>" for cell in block.text.split(" | "))
            parts.append(f"{'<table>' if block.level == 1 else ''}<tr>{cells}</tr>")
        elif block.kind is Kind.ITEM:
            parts.append(f"<ul><li>{numbered}</li></ul>")
        else:
            parts.append(f"</table><p>{numbered.replace('keeper', '<a href=x>keep<b>er</b></a>')}</p>")
    parts.append("</table></main><script>alert('a sting')</script><footer>Small print</footer></body></html>")
    return "\n".join(parts).encode()


def as_docx() -> bytes:
    document = WordDocument()
    rows = [block.text.split(" | ") for block in POLICY if block.kind is Kind.ROW]
    for block in POLICY:
        numbered = f"{block.mark} {block.text}".strip()
        if block.kind is Kind.HEADING:
            document.add_heading(numbered, block.level - 1)
        elif block.kind is Kind.ITEM:
            document.add_paragraph(numbered, style=None if block.mark else "List Bullet")
        elif block.kind is Kind.PARAGRAPH:
            before, *after = block.text.partition("keeper")
            document.add_paragraph(before).add_run(after[0]).bold = True
            document.paragraphs[-1].add_run(after[1])
        elif block.level == 1:
            table = document.add_table(0, len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    document.sections[0].header.paragraphs[0].text = "The Guild on paper"
    return word_bytes(document)


def as_pdf() -> bytes:
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    headings = [ParagraphStyle(f"h{size}", body, fontName="Helvetica-Bold", fontSize=size) for size in (20, 14)]
    story: list[Flowable] = []
    rows = [block.text.split(" | ") for block in POLICY if block.kind is Kind.ROW]
    for block in POLICY:
        numbered = f"{block.mark} {block.text}".strip()
        if block.kind is Kind.HEADING:
            if block.mark == "3":
                story.append(PageBreak())
            story += [Paragraph(escape(numbered), headings[block.level - 1]), Spacer(1, 6)]
        elif block.kind is Kind.ITEM and block.mark:
            story.append(Paragraph(escape(numbered), body))
        elif block.kind is Kind.ITEM:
            story.append(ListFlowable([Paragraph(escape(numbered), body)], bulletType="bullet"))
        elif block.kind is Kind.PARAGRAPH:
            story.append(Paragraph(escape(numbered).replace("keeper", "<b>keeper</b>"), body))
        elif block.level == 1:
            story.append(Table(rows, hAlign="LEFT"))
    return pdf_bytes(story, margins=True)


def pdf_bytes(story: list[Flowable], margins: bool = False) -> bytes:
    """A PDF file, with a head and a foot on each page where wanted."""
    written = io.BytesIO()

    def draw(canvas: Canvas, _: SimpleDocTemplate) -> None:
        if margins:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, 800, "The Guild in print")
            canvas.drawString(280, 30, f"Page {canvas.getPageNumber()} of many")

    SimpleDocTemplate(written, invariant=1).build(story, onFirstPage=draw, onLaterPages=draw)
    return written.getvalue()


def word_bytes(document: object) -> bytes:
    written = io.BytesIO()
    document.save(written)  # type: ignore[attr-defined]  # the class is no part of python-docx's typed surface
    return written.getvalue()


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


FORMATS = {".txt": as_txt, ".md": as_md, ".html": as_html, ".docx": as_docx, ".pdf": as_pdf}
