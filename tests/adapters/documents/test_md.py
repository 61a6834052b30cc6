"""Markdown, and what sites mix into it."""

import pytest

from adapters.documents import md
from knowledge.intake.documents import Kind
from tests.adapters.documents.conftest import Reading, Refusal


def text_of(blocks: Reading, source: str) -> list[str]:
    return [block.text for block in blocks(".md", source)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A *keeper* must **never** `shout`.", "A keeper must never shout."),
        ("See [the code of the Guild](https://bees.example/code 'Code').", "See the code of the Guild."),
        ("See [the code][1].\n\n[1]: https://bees.example", "See the code."),
        ("Hives <b>stand</b><br/>still.<!-- do they? -->", "Hives stand still."),
        ("Hives <script>alert(1)</script>stand still.", "Hives stand still."),
        ("![a hive](hive.png) Hives stand.", "Hives stand."),
        ("Hives &amp; bees \\*stand\\* still.", "Hives & bees *stand* still."),
        ('Hives {{< ref "a.md" >}}stand{{% x %}} {% include y %}still{{ site.z }}.', "Hives stand still."),
        ("{{< notice tip >}}\nHives stand still.\n{{< /notice >}}", "Hives stand still."),
        ("{% comment %}\nno\n{% endcomment %}\nHives stand still.", "Hives stand still."),
        ("---\ntitle: x\n---\nHives stand still.", "Hives stand still."),
        ("+++\ntitle = 'x'\n+++\nHives stand still.", "Hives stand still."),
        ("<!--\n\n# no\n\n-->\n\nHives stand still.", "Hives stand still."),
        ("Hives stand still.[^1]", "Hives stand still."),
        ("Hives stand ~~up~~ still.", "Hives stand still."),
        ("> [!NOTE]\n> Hives stand still.", "Hives stand still."),
        ("    Hives stand still.", "Hives stand still."),
        ("> Hives\n> stand still.", "Hives stand still."),
        ("<script>\nalert(1)\n</script>\n\nHives stand still.", "Hives stand still."),
        ("<div class='note'>\n<p>Hives stand still.</p>\n</div>", "Hives stand still."),
        ("* * *\n\nHives stand still.", "Hives stand still."),
    ],
)
def test_words_stay_and_marks_go(source: str, text: str, blocks: Reading) -> None:
    assert text_of(blocks, source) == [text]


def test_headings_of_both_kinds_have_their_level_and_number(blocks: Reading) -> None:
    read = blocks(".md", "Hives\n=====\n\n## 3.2 Their *entrances* {#in .wide}\n\n**By night**\n\nNobody enters.")

    assert [(block.kind, block.level, block.mark, block.text) for block in read] == [
        (Kind.HEADING, 1, "", "Hives"),
        (Kind.HEADING, 2, "3.2", "Their entrances"),
        (Kind.HEADING, 3, "", "By night"),
        (Kind.PARAGRAPH, 0, "", "Nobody enters."),
    ]


def test_items_have_their_depth_and_mark(blocks: Reading) -> None:
    read = blocks(".md", "3. honey\n   - clear\n   - dark\n4. wax\n\n- (b) combs\n\n(c) frames")

    assert [(block.kind, block.level, block.mark, block.text) for block in read] == [
        (Kind.ITEM, 1, "3", "honey"),
        (Kind.ITEM, 2, "", "clear"),
        (Kind.ITEM, 2, "", "dark"),
        (Kind.ITEM, 1, "4", "wax"),
        (Kind.ITEM, 1, "(b)", "combs"),
        (Kind.ITEM, 1, "(c)", "frames"),
    ]


def test_tables_are_rows(blocks: Reading) -> None:
    read = blocks(".md", "| Matter | Post |\n|---|---|\n| [Honey](x) | **Warden** |\n")

    assert [(block.kind, block.level, block.text) for block in read] == [
        (Kind.ROW, 1, "Matter | Post"),
        (Kind.ROW, 2, "Honey | Warden"),
    ]


def test_lists_without_end_are_refused_and_not_cut_short(refusal: Refusal) -> None:
    assert "nest too deep" in refusal(".md", b">" * 500 + b" the end")


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nBe kind to otters.\n\n---\n\nBe brief.\n",
        "---\n\nNote: be kind to otters.\n\n---\n\nBe brief.\n",
        "+++\nBe kind to otters.\n+++\n\nBe brief.\n",
        "---\n- Be kind to otters.\n---\n\nBe brief.\n",
        "---\nBe kind: [to otters.\n---\n\nBe brief.\n",
    ],
)
def test_what_stands_between_two_rules_is_kept(source: str, blocks: Reading) -> None:
    text = " ".join(block.text for block in blocks(".md", source))
    assert "to otters." in text
    assert text.endswith("Be brief.")


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: Otters\ntags: [a, b]\n---\n\nBe brief.\n",
        '+++\ntitle = "Otters"\n[menu]\nweight = 1\n+++\n\nBe brief.\n',
        "---\na: &a [x]\nb: {<<: *a}\n---\nBe brief.\n",
    ],
)
def test_front_matter_is_no_text(source: str, blocks: Reading) -> None:
    assert [block.text for block in blocks(".md", source)] == ["Be brief."]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("You may <del>never</del> post.", "You may post."),
        ("You may <s>never <b>ever</b></s> post.", "You may post."),
        ("You may <STRIKE>never</STRIKE> post.</s> Be kind.", "You may post. Be kind."),
        ("Ask <office> or <name of the office> first.", "Ask <office> or <name of the office> first."),
        ("<office>", "<office>"),
        ("Ask <em>her</em>, <my-note kind='x'>or</my-note> <Icon/>them<br>first.", "Ask her, or them first."),
        ("Ask <Note>her</Note> first.", "Ask her first."),
    ],
)
def test_struck_words_go_and_words_in_angle_brackets_stay(source: str, text: str, blocks: Reading) -> None:
    assert [block.text for block in blocks(".md", source)] == [text]


def test_a_value_that_the_site_would_put_into_a_sentence_is_marked_as_left_out() -> None:
    source = b"Each post is approved by the {{ head }} before it goes out.\n\n{{ toc }}\n"
    document = md.read(source, lambda _done, _of: None)

    assert document.text == "Each post is approved by the […] before it goes out."
