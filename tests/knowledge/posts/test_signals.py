"""Files of signals: what they say, and what is told of those that cannot be used."""

import re
from pathlib import Path

import pytest

from knowledge import policy_files
from knowledge.policy_markdown import PolicyFileError
from knowledge.posts.signals import Signal, load_ordinary, load_signals
from tests.conftest import policies_of, shipped_signals

SMALL = Path(__file__).parent / "signals"
SHIPPED = shipped_signals()
USABLE = """means: it barks
clauses: [larks/posts/barking]
bad: Woof!
good: Miaow.
words: [woof]
"""


def faults_of(folder: Path, text: str) -> list[tuple[int, str]]:
    (folder / "barking.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PolicyFileError) as raised:
        load_signals(folder)
    return [(fault.line, fault.what) for fault in raised.value.faults]


def test_a_signal_is_named_by_its_file_and_every_value_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "barking.yaml").write_text(USABLE + "advice: no\nexamples: [1.0, 2013-12-01]\n", encoding="utf-8")
    assert load_signals(tmp_path) == (
        Signal(
            name="barking",
            means="it barks",
            clauses=("larks/posts/barking",),
            bad="Woof!",
            good="Miaow.",
            advice="no",
            words=("woof",),
            examples=("1.0", "2013-12-01"),
        ),
    )


def test_a_signal_that_a_detector_finds_needs_neither_words_nor_examples() -> None:
    odd = next(signal for signal in load_signals(SMALL) if signal.name == "odd-date")
    assert (odd.found_by, odd.words, odd.examples) == ("impossible date", (), ())


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("colour: brown", "'colour' is none of"),
        ("means: again", "'means' stands on line 1 already"),
        ("beside: [purring]", "beside: 'purring' is no signal of this folder"),
        ("advice: ''", "advice: is empty"),
        ("found by: odd date", "found by: 'odd date' is no detector"),
        ("examples: []", "examples: is an empty list"),
        ('advice: "\\U99999999"', "is not YAML"),
        ("advice: !!int x", "tags (!) are not read"),
        ("advice: [a, b]", "advice: is empty, or not a text"),
        ("examples: one", "examples: is no list"),
        ("examples: [{a: b}]", "examples: is empty, or not a text"),
        ("not words: ['(']", "not words: '(' is no regular expression"),
        ("not words: ['a*']", "not words: 'a*' finds even nothing at all"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, added: str, fault: str) -> None:
    ((line, what),) = faults_of(tmp_path, USABLE + added + "\n")
    assert line == 6
    assert fault in what


def test_a_signal_without_a_clause_is_refused(tmp_path: Path) -> None:
    text = USABLE.replace("[larks/posts/barking]", "[]")
    assert faults_of(tmp_path, text) == [(2, "clauses: is an empty list; fill it, or leave it out")]


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    assert [what for _, what in faults_of(tmp_path, "means: it barks\nclauses: [barking]\n")] == [
        "'bad' is missing",
        "'good' is missing",
        "nothing shows it; give words, examples or 'found by'",
        "clauses: 'barking' is not society/section/slug",
    ]


@pytest.mark.parametrize("text", ["", "- a list", "just words", "a: [", "\x00", "a: &x [*x]", "[" * 3000])
def test_a_file_that_is_no_signal_is_refused(tmp_path: Path, text: str) -> None:
    assert faults_of(tmp_path, text)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "barking.yaml").write_bytes("means: Gebäll".encode("utf-16"))
    with pytest.raises(PolicyFileError, match="UTF-8"):
        load_signals(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match="does not exist"):
        load_signals(tmp_path / "nowhere")


def test_ordinary_posts_are_a_list_of_texts(tmp_path: Path) -> None:
    file = tmp_path / "ordinary.yaml"
    file.write_text("- We sang.\n- 'no'\n", encoding="utf-8")
    assert load_ordinary(file) == ("We sang.", "no")
    file.write_text("- We sang.\n- {a: b}\n", encoding="utf-8")
    with pytest.raises(PolicyFileError, match=r"ordinary\.yaml:2"):
        load_ordinary(file)


def test_every_shipped_signal_rests_on_clauses_that_exist() -> None:
    held = {clause.id for policy in policies_of(policy_files.SHIPPED) for clause in policy.clauses}
    assert {name for signal in SHIPPED for name in signal.clauses} <= held


@pytest.mark.parametrize("signal", SHIPPED, ids=lambda signal: signal.name)
def test_no_shipped_rule_matches_what_it_must_not(signal: Signal) -> None:
    patterns = [re.compile(word.replace("{society}", "ipem"), re.IGNORECASE) for word in signal.words]
    exceptions = [re.compile(word.replace("{society}", "ipem"), re.IGNORECASE) for word in signal.not_words]
    good = signal.good.replace("{society}", "IPEM")
    matched = [pattern.pattern for pattern in patterns if pattern.search(good)]
    assert not matched or any(exception.search(good) for exception in exceptions)
