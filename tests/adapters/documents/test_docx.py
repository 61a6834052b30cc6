"""Word documents: styles, numbers that Word counts, revisions, and files that could do harm."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.intake.documents import Block, Kind
from tests.adapters.documents.conftest import Reading, Refusal
from tests.adapters.documents.invented import as_docx, word_bytes

MADE = as_docx()


def changed(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The invented policy with its parts changed, and further ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(MADE)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as repacked:
        for entry in packed.infolist():
            repacked.writestr(entry.filename, change(entry.filename, packed.read(entry)))
        for name, content in (extra or {}).items():
            repacked.writestr(name, content)
    return out.getvalue()


def with_body(xml: str, numbering: str = "") -> bytes:
    """A document whose body is this."""
    document = WordDocument()
    namespaces = nsdecls("w")
    for element in reversed(list(parse_xml(f"<w:body {namespaces}>{xml}</w:body>"))):
        document.element.body.insert(0, element)
    if numbering:
        part = document.part.numbering_part
        for element in reversed(list(parse_xml(f"<w:numbering {namespaces}>{numbering}</w:numbering>"))):
            part.element.insert(0, element)
    return word_bytes(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def shown(blocks: tuple[Block, ...]) -> list[tuple[Kind, int, str, str]]:
    return [(block.kind, block.level, block.mark, block.text) for block in blocks]


def test_headings_stand_under_the_title_where_there_is_one(blocks: Reading) -> None:
    document = WordDocument()
    document.add_heading("Hives", 1)
    untitled = blocks(".docx", word_bytes(document))
    document = WordDocument()
    document.add_paragraph("The Guild", style="Title")
    document.add_heading("Hives", 1)
    document.add_heading("3.2 At night", 2)

    assert [block.level for block in untitled] == [1]
    assert shown(blocks(".docx", word_bytes(document))) == [
        (Kind.HEADING, 1, "", "The Guild"),
        (Kind.HEADING, 2, "", "Hives"),
        (Kind.HEADING, 3, "3.2", "At night"),
    ]


def test_a_bold_line_is_a_heading_and_a_bold_word_is_not(blocks: Reading) -> None:
    bold = "<w:b/>"
    body = f"<w:p>{run('At night', bold)}</w:p><w:p>{run('Never', bold)}{run(' open one.')}</w:p>"

    assert [block.kind for block in blocks(".docx", with_body(body))] == [Kind.HEADING, Kind.PARAGRAPH]


def test_lists_are_numbered_as_word_numbers_them(blocks: Reading) -> None:
    def level(depth: int, shape: str, pattern: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )

    def item(depth: int, text: str, name: int = 77) -> str:
        numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'
        return f"<w:p><w:pPr>{numbered}</w:pPr>{run(text)}</w:p>"

    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "(%3)")
    numbering = f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    body = item(0, "Honey") + item(1, "Clear") + item(1, "Dark") + item(2, "very") + item(0, "Wax") + item(1, "White")

    assert shown(blocks(".docx", with_body(body, numbering))) == [
        (Kind.ITEM, 1, "1", "Honey"),
        (Kind.ITEM, 2, "1.1", "Clear"),
        (Kind.ITEM, 2, "1.2", "Dark"),
        (Kind.ITEM, 3, "(a)", "very"),
        (Kind.ITEM, 1, "2", "Wax"),
        (Kind.ITEM, 2, "2.1", "White"),
    ]


def test_bullets_of_named_styles_have_their_depth(blocks: Reading) -> None:
    document = WordDocument()
    document.add_paragraph("Honey", style="List Bullet")
    document.add_paragraph("clear", style="List Bullet 2")

    assert shown(blocks(".docx", word_bytes(document))) == [
        (Kind.ITEM, 1, "", "Honey"),
        (Kind.ITEM, 2, "", "clear"),
    ]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (f"{run('Hives ')}<w:ins>{run('never ')}</w:ins>{run('walk.')}", "Hives never walk."),
        (f"{run('Hives ')}<w:del><w:r><w:delText>run</w:delText></w:r></w:del>{run('stand.')}", "Hives stand."),
        (f"{run('Hives ')}{run('run', '<w:strike/>')}{run('stand.')}", "Hives stand."),
        (f"{run('Hives ')}{run('run', '<w:vanish/>')}{run('stand.')}", "Hives stand."),
        (f"{run('Hives')}<w:r><w:tab/><w:t>stand</w:t><w:br/><w:t>still.</w:t></w:r>", "Hives stand still."),
        (f"<w:hyperlink w:anchor='x'>{run('Hives')}</w:hyperlink>{run(' stand.')}", "Hives stand."),
        (f"{run('Hives ')}<w:sdt><w:sdtContent>{run('stand.')}</w:sdtContent></w:sdt>", "Hives stand."),
        (f"<w:fldSimple w:instr='PAGE'>{run('Hives')}</w:fldSimple>{run(' stand.')}", "Hives stand."),
        (f"<w:r><w:instrText>TOC</w:instrText></w:r>{run('Hives stand.')}", "Hives stand."),
    ],
)
def test_the_text_is_what_the_document_says_now(runs: str, text: str, blocks: Reading) -> None:
    assert [block.text for block in blocks(".docx", with_body(f"<w:p>{runs}</w:p>"))] == [text]


def test_text_in_controls_and_in_frames_is_read_and_a_list_of_contents_is_not(blocks: Reading) -> None:
    paragraph = f"<w:p>{run('Hives stand.')}</w:p>"
    control = f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
    frame = f"<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"
    document = WordDocument()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Hives ... 3", style="toc 1")
    document.add_paragraph("Hives stand.")

    assert [block.kind for block in blocks(".docx", with_body(control + frame))] == [Kind.PARAGRAPH] * 2
    assert [block.text for block in blocks(".docx", word_bytes(document))] == ["Hives stand."]


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (changed(lambda _, part: part, {"word/vbaProject.bin": b"x"}), "macros; save it as .docx"),
        (changed(lambda _, part: part, {"../../escape.xml": b"<x/>"}), "a path that leads out"),
        (changed(lambda _, part: part, {"/etc/escape": b"x"}), "a path that leads out"),
        (changed(lambda _, part: part, {"word\\..\\..\\escape": b"x"}), "a path that leads out"),
        (changed(lambda _, part: part, {"word/media/a.bmp": bytes(30_000_000)}), "as only a trap does"),
        (changed(lambda _, part: part, {f"word/{n}": b"" for n in range(6_000)}), "far more than a policy"),
        (
            changed(
                lambda name, part: (
                    re.sub(rb"(<w:document)", rb'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\1', part)
                    if name == "word/document.xml"
                    else part
                )
            ),
            "defines entities",
        ),
        (
            changed(lambda _, part: part, {"word/x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}),
            "defines entities",
        ),
        (changed(lambda name, part: b"<broken" if name == "word/document.xml" else part), "save it again"),
        (MADE[:4000], "save it again"),
        (b"PK\x03\x04" + bytes(400), "save it again"),
    ],
    ids=["macros", "climbs", "absolute", "backslashes", "bomb", "entries", "entity", "utf-16", "xml", "cut", "zeros"],
)
def test_files_that_could_do_harm_are_refused(content: bytes, advice: str, refusal: Refusal) -> None:
    assert advice in refusal(".docx", content)


def test_another_kind_of_package_is_no_word_document(refusal: Refusal) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<x/>")

    assert "no Word document" in refusal(".docx", out.getvalue())


def test_a_package_that_understates_its_sizes_is_refused(refusal: Refusal) -> None:
    content = changed(lambda _, part: part)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = packed.getinfo("word/document.xml").file_size
    lied = content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert lied != content
    assert "damaged" in refusal(".docx", lied)
