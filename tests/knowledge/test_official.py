"""An official text is quoted as it stands, without people, and its files say where they are spoilt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.official import (
    ALIGNMENT,
    DOCUMENT,
    Extract,
    OfficialText,
    Settlement,
    Stored,
    document_bytes,
    load,
    masked,
    normal,
    read_document,
    read_settlement,
)
from knowledge.policy_markdown import PolicyFileError

NAMES = ("Ann Example", "Ben O'Sample")
TEXT = "Be kind.\nAsk Ann Example first. Then post.\nNobody else decides."
STORED = Stored(
    TEXT,
    {
        1: Extract(0, 8, "Tone", 1),
        2: Extract(9, 31, "Asking", 1),
        3: Extract(32, 42, "Asking", 2),
        4: Extract(43, 64, "Asking", 2),
    },
)


@pytest.mark.parametrize(
    "number",
    [
        "01632 960001",
        "01632 960 001",
        "(01632) 960 001",
        "(01632)960001",
        "020 7946 0018",
        "07700 900123",
        "07700-900-123",
        "+44 1632 960001",
        "+44 (0)1632 960 001",
        "00 44 1632 960001",
        "(0)1632 960001",
        "0808 157 0192",
        "01-2345 6789",
        "01-234-5678",
        "01.23.45.67.89",
        "01-23-45-67-89",
        "01632 960001x12",
        "01632 960001 ext. 12",
    ],
)
def test_a_telephone_number_is_masked_in_every_form(number: str) -> None:
    assert masked(f"Ring {number}, or write.", ()) == "Ring [address], or write."
    assert masked(f"Tel.{number}", ()) == "Tel.[address]"
    assert masked(f"{number}/{number} (day/night)", ()) == "[address]/[address] (day/night)"


@pytest.mark.parametrize(
    "address", ["ann@example.org", "ann.example+desk@post.example.org", "o'sample@example.org", "A_B-1@EXAMPLE.ORG"]
)
def test_an_address_of_e_mail_is_masked(address: str) -> None:
    assert masked(f"Write to {address}.", ()) == "Write to [address]."
    assert masked(f"Write (to <{address}>) soon", ()) == "Write (to <[address]>) soon"


@pytest.mark.parametrize(
    "text",
    [
        "It took effect on 05/06/2021, 05-06-2021 and 05.06.2021 at 10 lakes.",
        "The dates are 2021-06-05 and 2021-06-05T07:08:09.",
        "In 2019, 2020, 2021 and 2022 there were 1,016,329,600 posts.",
        "It costs £0123456789, £1,200.50 or €0.0163296000.",
        "See pages 0001–0009 and 12–19.",
        "Between 09.00-17.00 and 09:00–17:00 on 28 May.",
        "It ran on 05-06-2021 09:00, 05.06.2021 09:00 and 01.02.23-05.06.23.",
        "Open 09.00 10.00 11.00 12.00, on 01-12-2021.",
        "A share of 01.234567890.",
        "A share of 0.1234567891, or 1.01632960001.",
        "@clubnews, @club01632960001 and #tag01632960001 are handles.",
        "It stands at example.org/01632960001 and https://example.org/0163296000.",
        "ISBN 978-0-306-40615-7 and 0-306-40615-2.",
        "Write to us @ example dot org.",
    ],
)
def test_dates_years_money_pages_and_handles_are_left(text: str) -> None:
    assert masked(text, ()) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask Ann Example.", "Ask [name]."),
        ("Ask ANN EXAMPLE or ann example.", "Ask [name] or [name]."),
        ("Ask Ann\nExample or Ann \n Example.", "Ask [name] or [name]."),
        ("Ann Example's and Ann Example’s posts", "[name]'s and [name]’s posts"),
        ("Joann Example and Ann Examples are others.", "Joann Example and Ann Examples are others."),
        ("Ben O'Sample (Editor)", "[name] (Editor)"),
        ("Ann and Example, apart", "Ann and Example, apart"),
    ],
)
def test_a_name_is_masked_in_any_case_and_across_lines_but_not_within_words(text: str, shown: str) -> None:
    assert masked(text, NAMES) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mr May may post in May, and may not price it.", "Mr [name] may post in May, and may not price it."),
        (
            "Dr. Price, Professor\nPrice and DR Price set no Price.",
            "Dr. [name], Professor\n[name] and DR [name] set no Price.",
        ),
        ("Ask Mrs A. B. May.", "Ask Mrs [name]."),
        ("Mr may, Mr Mays and Mary May", "Mr may, Mr Mays and Mary May"),
    ],
)
def test_a_name_of_one_word_is_masked_after_its_title_only(text: str, shown: str) -> None:
    assert masked(text, ("May", "Price")) == shown


def test_with_a_full_name_its_surname_is_masked_after_a_title() -> None:
    text = "Ann Example, Ms Example, Dr A. Example and an Example; Dr van der Sample."

    assert masked(text, ("Ann Example", "Bo van der Sample")) == (
        "[name], Ms [name], Dr [name] and an Example; Dr [name]."
    )


def test_the_longer_of_two_names_is_masked_first() -> None:
    assert masked("Ann Example-Sample and Ann Example", ("Ann Example", "Ann Example-Sample")) == "[name] and [name]"


@pytest.mark.parametrize("name", ["", "  ", "a.c", "(x", "["])
def test_an_odd_name_masks_nothing_but_itself(name: str) -> None:
    assert masked("abc is no name", (name,)) == "abc is no name"


def test_a_quote_joins_neighbours_as_they_stand_and_marks_what_it_leaves_out() -> None:
    text = OfficialText("2nd", TEXT, {})
    passages = STORED.passages

    assert text.quote([passages[2], passages[3]]) == "Ask Ann Example first. Then post."
    assert text.quote([passages[3], passages[4]]) == "Then post.\nNobody else decides."
    assert text.quote([passages[1], passages[3]]) == "Be kind. […] Then post."
    assert OfficialText("2nd", TEXT, {}, NAMES).quote([passages[2]]) == "Ask [name] first."


def test_a_quote_says_nothing_twice() -> None:
    text = OfficialText("2nd", TEXT, {})
    whole, within, over = Extract(0, 31, "Tone"), Extract(9, 20, "Tone"), Extract(20, 42, "Tone")

    assert text.quote([whole, within]) == TEXT[0:31]
    assert text.quote([whole, whole]) == TEXT[0:31]
    assert text.quote([whole, over]) == TEXT[0:42]
    assert text.quote([over, whole]) == TEXT[0:42]
    assert text.quote([whole, within, Extract(43, 64, "Tone")]) == f"{TEXT[0:31]} […] {TEXT[43:64]}"


def test_headings_are_compared_without_case_and_marks() -> None:
    assert normal("Members’ accounts: DO's") == normal("members accounts - dos")
    assert normal("Tone") != normal("Tones")


PEOPLE = {
    "Ann Example": "[name]",
    "ANN\nEXAMPLE": "[name]",
    "ben o'sample": "[name]",
    "ann@example.org": "[address]",
    "(01632) 960 001, say": "[address], say",
    "+44 7700 900123. So": "[address]. So",
}
PLAIN = st.one_of(
    st.sampled_from(["@clubnews", "2031", "£1,200.50", "pp. 12–19", "1/2/2031", "«so»", "Ann", "e.g."]),
    st.text(st.characters(codec="utf-8", categories=["Ll", "Lo", "So", "Pd"]), min_size=1, max_size=9),
)
TOKENS = st.lists(st.tuples(st.one_of(PLAIN, st.sampled_from(sorted(PEOPLE))), st.sampled_from(" \n")), min_size=1)


@given(TOKENS, st.data())
def test_a_quote_is_the_stored_text_at_its_offsets_with_only_people_masked(
    tokens: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(token + space for token, space in tokens)
    starts = [sum(len(token) + 1 for token, _ in tokens[:place]) for place in range(len(tokens))]
    taken = data.draw(st.lists(st.booleans(), min_size=len(tokens), max_size=len(tokens)))
    extracts = [
        Extract(start, start + len(token), "Tone")
        for (token, _), start, take in zip(tokens, starts, taken, strict=True)
        if take
    ]
    expected = ""
    for place, (token, _) in enumerate(tokens):
        if taken[place]:
            if any(taken[:place]):
                expected += tokens[place - 1][1] if taken[place - 1] else " […] "
            expected += PEOPLE.get(token, token)

    assert OfficialText("2nd", text, {}, NAMES).quote(extracts) == expected


def kept(folder: Path, alignment: str, stored: Stored = STORED) -> Path:
    (folder / DOCUMENT).write_bytes(document_bytes(stored))
    (folder / ALIGNMENT).write_text(alignment, encoding="utf-8")
    return folder


def test_what_is_settled_is_used_in_the_order_of_the_text_and_nothing_else(tmp_path: Path) -> None:
    folder = kept(
        tmp_path,
        "clauses:\n  a/b/used:\n    use: [3, 1, 3]\n  a/b/open:\n    maybe: [2]\n    use: '?'\n"
        "  a/b/none:\n    use: []\n"
        "names:\n  Ann Example: hide\n  Cy Sample: '?'\n  Loch Lethe: show\n",
    )
    text = load(folder, "2nd edition", ["Dee Example", "Ann Example"])

    assert text == OfficialText(
        "2nd edition",
        TEXT,
        {"a/b/used": (STORED.passages[1], STORED.passages[3])},
        ("Ann Example", "Cy Sample", "Dee Example"),
    )


def test_people_are_masked_in_the_headings_and_in_the_name_of_the_edition(tmp_path: Path) -> None:
    stored = Stored(TEXT, {1: Extract(0, 8, "Contact Ann Example / ann@example.org")})
    folder = kept(tmp_path, "clauses:\n  a/b/c:\n    use: [1]\nnames:\n  Ann Example: hide\n", stored)
    text = load(folder, "as Cy Sample left it", ["Cy Sample"])

    assert text is not None
    assert text.extracts["a/b/c"][0].section == "Contact [name] / [address]"
    assert text.edition == "as [name] left it"


def test_where_no_official_text_is_kept_there_is_none(tmp_path: Path) -> None:
    assert load(tmp_path, "2nd edition") is None


@pytest.mark.parametrize("number", [0, -1, 5, 400])
def test_a_passage_that_does_not_exist_is_named_with_its_line(tmp_path: Path, number: int) -> None:
    folder = kept(tmp_path, f"clauses:\n  a/b/one:\n    use: [1]\n  a/b/two:\n    why: x\n    use: [2, {number}]\n")

    with pytest.raises(PolicyFileError) as caught:
        load(folder, "2nd edition")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == (folder / ALIGNMENT, 6)
    assert fault.what == f"a/b/two: there is no passage {number}; they are numbered from 1 to 4"


USE, NAME, UNKNOWN = (
    "'use:' is a list of passages",
    "is one of hide, show and '?'",
    "the file has 'clauses:' and 'names:'",
)


@pytest.mark.parametrize(
    ("spoilt", "line", "what"),
    [
        ("clauses:\n  a/b/c:\n    use: 12, 13\n", 3, USE),
        ("clauses:\n  a/b/c:\n    use: [one]\n", 3, USE),
        ("clauses:\n  a/b/c:\n    use: 3\n", 3, USE),
        ("clauses:\n  a/b/c:\n    use: yes\n", 3, USE),
        ("clauses:\n  a/b/c:\n    use: [1.5]\n", 3, USE),
        ("clauses:\n  a/b/x:\n    use: []\n\n  # why\n  a/b/c:\n    maybe: [1]\n", 6, USE),
        ("clauses:\n  a/b/c:\n    use: [1]\n    used: [2]\n", 4, USE),
        ("clauses:\n  a/b/c: [1]\n", 2, USE),
        ("clauses: [1]\n", 1, USE),
        ("clauses:\n  a/b/c:\n    use: [041]\n", 3, "write 41"),
        ("clauses:\n  a/b/c:\n    use: [true]\n", 3, "'use:' is a list of passages"),
        ("names:\n  Ann Example: hidden\n", 2, NAME),
        ('names:\n  "Ann: \\"Bee\\" #1": no\n', 2, NAME),
        ("names:\n  Ann Example:\n", 2, NAME),
        ("clauses: {}\nname: {}\n", 2, UNKNOWN),
        ("- a\n- b\n", 1, UNKNOWN),
        ("clauses:\n  a/b/c:\n  use: [1\n", 4, "not YAML"),
        ("clauses:\n\ta/b/c: 1\n", 2, "not YAML"),
        ("names:\n  Ann: Example: hide\n", 2, "not YAML"),
        ("clauses: \x07\n", 1, "not YAML"),
        ("names: 2031-02-31\n", 1, "not YAML"),
        ("clauses:\n  a: " + "[" * 3000, 1, "not YAML"),
        ("[\n" * 300_000, 1, "not YAML"),
        ("[" * 300_000, 1, "not YAML"),
        ("- " * 300_000, 1, "not YAML"),
        ("clauses: " + "{a: " * 300_000, 1, "not YAML"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_a_spoilt_file_is_refused_with_its_line_and_what_to_do(
    tmp_path: Path, spoilt: str, line: int, what: str
) -> None:
    file = tmp_path / ALIGNMENT
    file.write_text(spoilt, encoding="utf-8")

    with pytest.raises(PolicyFileError) as caught:
        read_settlement(file)
    fault = caught.value.faults[0]
    assert (fault.file, fault.line) == (file, line)
    assert what in fault.what


def test_every_fault_is_told_and_each_once(tmp_path: Path) -> None:
    file = tmp_path / ALIGNMENT
    file.write_text("clauses:\n  a/b/c:\n    use: [one, two]\nnames:\n  Ann Example: off\n", encoding="utf-8")

    with pytest.raises(PolicyFileError) as caught:
        read_settlement(file)
    assert [fault.line for fault in caught.value.faults] == [3, 5]


def test_a_file_in_another_encoding_or_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ALIGNMENT
    with pytest.raises(PolicyFileError, match="cannot be read as UTF-8 text"):
        read_settlement(file)
    file.write_bytes("names: {Zoë: hide}".encode("latin-1"))
    with pytest.raises(PolicyFileError, match="cannot be read as UTF-8 text"):
        read_settlement(file)


def test_a_file_saved_by_another_editor_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / ALIGNMENT
    file.write_bytes("\ufeffclauses:\r\n  a/b/c:\r\n    use: [ 2 ]   # that one\r\n".encode())

    assert read_settlement(file).clauses["a/b/c"].use == [2]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"text": 3, "passages": {}}', b"\xff", b'{"text": "a", "passages": [1]}']
)
def test_a_damaged_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DOCUMENT).write_bytes(content)

    with pytest.raises(PolicyFileError, match=r"document\.json:1: damaged; bring the official text in again"):
        read_document(tmp_path / DOCUMENT)


@given(st.text(), st.dictionaries(st.integers(1, 99), st.builds(Extract, st.integers(0), st.integers(0), st.text())))
def test_a_document_comes_back_as_it_was_kept(tmp_path: Path, text: str, passages: dict[int, Extract]) -> None:
    stored = Stored(text, passages)
    (tmp_path / DOCUMENT).write_bytes(document_bytes(stored))

    assert read_document(tmp_path / DOCUMENT) == stored


def test_where_every_clause_or_name_was_taken_out_nothing_is_left(tmp_path: Path) -> None:
    file = tmp_path / ALIGNMENT
    file.write_text("# all gone\nclauses:\nnames:\n", encoding="utf-8")

    assert read_settlement(file) == Settlement()
