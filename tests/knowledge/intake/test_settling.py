"""What an import leaves open is written for people, and reading it gives the same again."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Clause, Force, Party
from knowledge.intake.aligning import Aligned, Alignment, State, align
from knowledge.intake.people import people
from knowledge.intake.sentences import sentences
from knowledge.intake.settling import alignment_yaml, settlement, stored
from knowledge.official import (
    ALIGNMENT,
    DOCUMENT,
    Extract,
    OfficialText,
    Settled,
    Settlement,
    Stored,
    document_bytes,
    load,
    read_settlement,
)
from tests.knowledge.intake.otters import ADDRESS, CLAUSES, NAME, PUBLISHED, TELEPHONE

READ = sentences(PUBLISHED)
STORED = stored(PUBLISHED, READ)
ALIGNMENT_FOUND = Alignment(
    (
        Aligned("otters/own/badge", State.ALIGNED, (15,)),
        Aligned("otters/own/press", State.DOUBTFUL, (17, 18), "another passage is about as likely", (16, 2)),
        Aligned("otters/counts/channels", State.MISSING, (5,), "missing from this text too"),
        Aligned("otters/about/who", State.MISSING, (), "nothing in the text is like it", (3, 2)),
    ),
    (1,),
)


def written(folder: Path, clauses: Sequence[Clause], settled: Settlement, document: Stored = STORED) -> Path:
    (folder / DOCUMENT).write_bytes(document_bytes(document))
    (folder / ALIGNMENT).write_text(alignment_yaml("otters", clauses, settled, document), encoding="utf-8")
    return folder / ALIGNMENT


def opened(folder: Path) -> OfficialText:
    text = load(folder, "spring edition")
    assert text is not None
    return text


def test_the_document_is_kept_with_its_passages_by_number_their_section_and_page() -> None:
    assert STORED.text == PUBLISHED.text
    assert list(STORED.passages) == list(range(1, 23))
    assert STORED.words(8) == "Do not show the face of a child unless a parent agrees."
    assert (STORED.passages[8].section, STORED.passages[8].page) == ("Club accounts / Privacy", 1)


def test_what_is_aligned_is_used_what_is_doubtful_is_open_and_what_is_missing_is_not_used() -> None:
    assert settlement(ALIGNMENT_FOUND, [NAME]) == Settlement(
        clauses={
            "otters/own/badge": Settled(use=[15]),
            "otters/own/press": Settled(use=None, maybe=[17, 18, 16, 2], why="another passage is about as likely"),
            "otters/counts/channels": Settled(use=[], maybe=[5], why="missing from this text too"),
            "otters/about/who": Settled(use=[], why="nothing in the text is like it"),
        },
        names={NAME: "?"},
    )


def test_the_file_shows_each_clause_beside_the_words_of_its_passages(tmp_path: Path) -> None:
    lines = written(tmp_path, CLAUSES, settlement(ALIGNMENT_FOUND, [])).read_text(encoding="utf-8").splitlines()

    at = lines.index("  otters/own/badge:")
    assert lines[at + 1 : at + 4] == [
        "    # the clause: The club badge stays off a private profile.",
        "    # 15: The badge of the club stays off private profiles.",
        "    use: [15]",
    ]
    assert "    # 2: Otters swim in lakes and rivers, e.g. Loch Lethe, and love to show it online." in lines
    assert lines[-1] == "names: {}"


def test_nothing_doubtful_is_used_until_it_is_settled(tmp_path: Path) -> None:
    file = written(tmp_path, CLAUSES, settlement(ALIGNMENT_FOUND, [NAME]))
    assert list(opened(tmp_path).extracts) == ["otters/own/badge"]

    told = file.read_text(encoding="utf-8")
    file.write_text(told.replace('use: "?"', "use: [18, 17]"), encoding="utf-8")
    text = opened(tmp_path)

    extracts = text.extracts["otters/own/press"]
    assert extracts == (STORED.passages[17], STORED.passages[18])
    assert text.quote(extracts) == (
        "Forward the question to [name], Press Officer, at [address] or on [address]."
        " Journalists get their reply from the Press Officer within two days."
    )


def test_a_name_that_is_not_settled_is_masked_and_one_that_is_to_be_shown_is_not(tmp_path: Path) -> None:
    file = written(tmp_path, CLAUSES, settlement(ALIGNMENT_FOUND, [NAME, "Press Officer"]))
    assert opened(tmp_path).names == (NAME, "Press Officer")

    told = file.read_text(encoding="utf-8")
    for settled, names in (("hide", (NAME, "Press Officer")), ("show", (NAME,))):
        file.write_text(told.replace('"Press Officer": "?"', f'"Press Officer": {settled}'), encoding="utf-8")
        assert opened(tmp_path).names == names


def test_no_quote_of_the_otters_names_anybody(tmp_path: Path) -> None:
    written(tmp_path, CLAUSES, settlement(align(CLAUSES, READ.kept, None), people(PUBLISHED.text)))
    text = opened(tmp_path)

    quotes = " ".join(text.quote(extracts) for extracts in text.extracts.values())
    assert "[name]" in quotes
    for shown in (*NAME.split(), ADDRESS, TELEPHONE):
        assert shown not in quotes


VISIBLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp"])
ODD = st.sampled_from(
    ['"', "'", ":", ": ", "#", " #", "\\", "{", "[", "- ", "?", "!", "🦦", "é", "&", "*", "%", "@", "`", "|", ">"]
)
NAMES = st.lists(st.one_of(ODD, st.text(VISIBLE, max_size=5)), min_size=1, max_size=6).map("".join).filter(bool)
SLUG = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
IDS = st.tuples(SLUG, SLUG, SLUG).map("/".join)
NUMBERS = st.lists(st.integers(1, 4), max_size=4)
SETTLED = st.builds(Settled, use=st.one_of(st.none(), NUMBERS), maybe=NUMBERS, why=NAMES | st.just(""))
SETTLEMENTS = st.builds(
    Settlement,
    clauses=st.dictionaries(IDS, SETTLED, min_size=1, max_size=5),
    names=st.dictionaries(NAMES, st.sampled_from(["hide", "show", "?"]), max_size=4),
)


@given(SETTLEMENTS, st.text(), st.text(min_size=4))
def test_reading_what_was_written_gives_the_same_whatever_the_texts_are(
    tmp_path: Path, settled: Settlement, said: str, text: str
) -> None:
    clauses = [Clause(name, "a", "Tone", Force.FACT, (Party.ANYONE,), said) for name in settled.clauses]
    quarter = len(text) // 4
    passages = {number: Extract((number - 1) * quarter, number * quarter, "Tone") for number in range(1, 5)}

    assert read_settlement(written(tmp_path, clauses, settled, Stored(text, passages))) == settled
