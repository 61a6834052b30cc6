"""Pages: their text, and what is not their text."""

import pytest

from knowledge.intake.documents import Kind
from tests.adapters.documents.conftest import Reading, Refusal


@pytest.mark.parametrize(
    "litter",
    [
        "<nav><p>Home</p></nav>",
        "<header><h1>The Guild</h1></header>",
        "<footer>Small print</footer>",
        "<aside><p>News</p></aside>",
        "<script>document.write('<p>no</p>')</script>",
        "<style>p { color: red }</style>",
        "<form><label>Search</label><input value='no'></form>",
        "<div hidden><p>no</p></div>",
        "<div style='display: none'>no</div>",
        "<div aria-hidden='true'>no</div>",
        "<div role='navigation'>no</div>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<!-- no -->",
        "<button>no</button>",
        "<svg><text>no</text></svg>",
        "<nav><nav>no</nav>no</nav>",
    ],
)
def test_litter_is_left_out(litter: str, blocks: Reading) -> None:
    read = blocks(".html", f"<body>{litter}<p>Hives stand</p>{litter}<p>still.</p>{litter}</body>")

    assert [block.text for block in read] == ["Hives stand", "still."]


def test_only_the_main_part_is_read_where_there_is_one_with_the_heading_in_its_header(blocks: Reading) -> None:
    read = blocks(".html", "<p>You are here</p><main><header><h1>Hives</h1></header><p>They stand.</p></main><p>x</p>")

    assert [block.text for block in read] == ["Hives", "They stand."]


def test_a_form_about_the_whole_page_is_no_form(blocks: Reading) -> None:
    read = blocks(".html", "<form><input><h1>Hives</h1><p>They stand.</p><button>Print</button></form>")

    assert [block.text for block in read] == ["Hives", "They stand."]


def test_words_keep_their_place_whatever_surrounds_them(blocks: Reading) -> None:
    read = blocks(".html", "<p>Hives&nbsp;<em>sta</em>nd <a href='/x'>very</a>\n still &amp; low.<p>So<br>it is.")

    assert [block.text for block in read] == ["Hives stand very still & low.", "So it is."]


def test_paragraphs_and_bullets_made_of_line_breaks_come_apart(blocks: Reading) -> None:
    read = blocks(".html", "<div>Hives:<br><br>They stand.<br>• oak<br>• ash</div>")

    assert [(block.kind, block.text) for block in read] == [
        (Kind.PARAGRAPH, "Hives:"),
        (Kind.PARAGRAPH, "They stand."),
        (Kind.ITEM, "oak"),
        (Kind.ITEM, "ash"),
    ]


def test_items_have_their_depth_and_the_number_that_a_browser_shows(blocks: Reading) -> None:
    read = blocks(
        ".html",
        "<ol start=3><li>honey<ul><li>clear</li></ul></li><li><p>wax</p><p>white</p></li></ol>"
        "<ol type=a><li>combs<li>frames</ol><ol type=i><li>(b) veils</ol><dl><dt>Drone</dt><dd>He is late.</dd></dl>",
    )

    assert [(block.kind, block.level, block.mark, block.text) for block in read] == [
        (Kind.ITEM, 1, "3", "honey"),
        (Kind.ITEM, 2, "", "clear"),
        (Kind.ITEM, 1, "4", "wax"),
        (Kind.ITEM, 1, "", "white"),
        (Kind.ITEM, 1, "a", "combs"),
        (Kind.ITEM, 1, "b", "frames"),
        (Kind.ITEM, 1, "(b)", "veils"),
        (Kind.ITEM, 1, "", "Drone"),
        (Kind.ITEM, 2, "", "He is late."),
    ]


def test_headings_have_their_level_and_number_and_bold_lines_are_headings(blocks: Reading) -> None:
    read = blocks(".html", "<h2>3. Hives</h2><p><strong>By night</strong></p><p><b>Never</b> open one.</p>")

    assert [(block.kind, block.level, block.mark, block.text) for block in read] == [
        (Kind.HEADING, 2, "3", "Hives"),
        (Kind.HEADING, 3, "", "By night"),
        (Kind.PARAGRAPH, 0, "", "Never open one."),
    ]


def test_a_table_of_data_is_rows_and_one_of_layout_is_not(blocks: Reading) -> None:
    read = blocks(
        ".html",
        "<table>\n<thead>\n<tr>\n<td>Matter\n<td>Post</thead>\n <tr>\n <td><p>Honey</p><p>jars</p><td>Warden</table>"
        "<table><tr><td><h2>Wax</h2><p>Is kept.</p></td><td>So</td></tr></table>",
    )

    assert [(block.kind, block.level, block.text) for block in read] == [
        (Kind.ROW, 1, "Matter | Post"),
        (Kind.ROW, 2, "Honey jars | Warden"),
        (Kind.HEADING, 2, "Wax"),
        (Kind.PARAGRAPH, 0, "Is kept."),
        (Kind.PARAGRAPH, 0, "So"),
    ]


def test_a_list_in_a_cell_is_part_of_its_row_alone(blocks: Reading) -> None:
    read = blocks(".html", "<table><tr><td>Honey<td><ul><li>clear<li>dark</ul></table><p>Hives</p><p><b>At night</b>")

    assert [(block.kind, block.text) for block in read] == [
        (Kind.ROW, "Honey | clear dark"),
        (Kind.PARAGRAPH, "Hives"),
        (Kind.HEADING, "At night"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset='windows-1252'><p>£4 – “so”".encode("cp1252"),
        "<meta http-equiv=x content='text/html; charset=iso-8859-1'><p>£4 – “so”".encode("cp1252"),
        "<?xml version='1.0' encoding='utf-8'?><html><p>£4 – “so”</p></html>".encode(),
        "<p>£4 – “so”".encode("utf-16"),
        "<meta charset=utf-16><p>£4 – “so”".encode(),
    ],
)
def test_the_encoding_that_a_page_declares_is_believed(content: bytes, blocks: Reading) -> None:
    assert [block.text for block in blocks(".html", content)] == ["£4 – “so”"]


def test_a_page_that_nests_deep_is_read_whole_or_not_at_all(blocks: Reading, refusal: Refusal) -> None:
    def nested(depth: int) -> str:
        return "<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>"

    assert [block.text for block in blocks(".html", nested(1_500))] == ["deep", "after"]
    assert "nest too deep" in refusal(".html", nested(20_000).encode())


def test_struck_words_are_no_longer_said(blocks: Reading) -> None:
    assert blocks(".html", "<p>Hives <del>walk</del><s>run</s> stand.")[0].text == "Hives stand."
