"""The figures of a set whose right answers are known, worked by hand."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from adapters.evaluation.figures import BadSet, Figure
from adapters.evaluation.questions import Known, answer_all, as_json, as_table, f1, figures_of, read_questions, score
from knowledge.answers import Answer, Part, Question, Reason, Unanswered
from knowledge.citations import cite
from knowledge.clauses import Clause, Force, Party, Policy, Verdict
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.questions import read
from tests.conftest import assistant_of

GOOD = {
    "id": "q1",
    "society": "larks",
    "role": "member",
    "question": "Can I?",
    "kind": "direct",
    "gold": ["larks/a/one"],
    "also": [],
    "verdict": "no",
}


def clause(name: str) -> Clause:
    return Clause(name, name.split("/")[0], "A section", Force.MUST_NOT, (Party.MEMBER,), f"The text of {name}.")


def policy(society: str) -> Policy:
    clauses = tuple(clause(f"{society}/a/{name}") for name in ("one", "two", "three", "gap"))
    return Policy(
        society, society, society, "Rules", "the rules", "1", (), "the office", (), (), None, None, False, clauses
    )


class Prepared(Library):
    """A library whose every answer is laid down beforehand: a verdict and clauses, or a reason and clauses."""

    def __init__(self, answers: dict[str, tuple[Verdict | Reason, list[str]]]) -> None:
        self._held = {name: policy(name) for name in ("larks", "oars")}
        self._answers = answers
        self.asked: list[Question] = []

    @property
    def policies(self) -> tuple[Policy, ...]:
        return tuple(self._held.values())

    def answer(self, question: Question) -> Answer | Unanswered:
        self.asked.append(question)
        came_to, names = self._answers[question.text]
        clauses = tuple(clause(name) for name in names)
        cited = cite(clauses, self._held, {})
        held = self._held[question.society]
        if isinstance(came_to, Reason):
            return Unanswered(question.text, came_to, held, clauses, cited)
        part = Part(question.text, read(question.text), came_to, clauses, (), None, 0.9)
        return Answer(held, question.role, (part,), (), cited)


def known(name: str, kind: str, verdict: str, gold: list[str], also: list[str] | None = None) -> Known:
    society = "oars" if name.startswith("o") else "larks"
    return Known.model_validate(
        GOOD
        | {"id": name, "society": society, "question": name, "kind": kind, "gold": gold, "also": also or []}
        | {"verdict": verdict}
    )


ONE, TWO, THREE, GAP = (f"larks/a/{name}" for name in ("one", "two", "three", "gap"))
SET = [
    known("right", "direct", "no", [ONE], [TWO]),
    known("second", "direct", "yes", [ONE]),
    known("unsafe", "paraphrase", "no", [ONE]),
    known("several", "multi", "info", [ONE, TWO]),
    known("several too", "multi", "yes", [ONE, TWO]),
    known("left open", "direct", "yes", [ONE]),
    known("silent", "not_covered", "not_covered", []),
    known("made up", "not_covered", "not_covered", []),
    known("lacking", "gap", "not_covered", [GAP]),
    known("o stray", "direct", "yes", ["oars/a/one"]),
    known("o tempted", "wrong_society", "not_covered", []),
]
ANSWERS: dict[str, tuple[Verdict | Reason, list[str]]] = {
    "right": (Verdict.NO, [ONE, TWO]),  # both fit
    "second": (Verdict.YES, [THREE, ONE]),  # right, though not first
    "unsafe": (Verdict.YES, [ONE]),
    "several": (Verdict.INFO, [ONE, TWO]),
    "several too": (Verdict.YES, [TWO]),
    "left open": (Reason.OUT_OF_SCOPE, []),  # should have been answered
    "silent": (Reason.OUT_OF_SCOPE, []),
    "made up": (Verdict.YES, [ONE]),  # should not have been
    "lacking": (Reason.GAP, [GAP]),
    "o stray": (Verdict.NO, [ONE]),  # a clause of the other society
    "o tempted": (Reason.OTHER_SOCIETY, []),
}
BY_HAND = {
    "cites a right clause": (5, 7),
    "right clause first": (4, 7),
    "cites every right clause (several asked)": (1, 2),
    "citations that fit": (8, 11),
    "right verdict": (4, 7),
    "no, answered yes": (1, 2),
    "abstention precision": (2, 3),
    "abstention recall": (2, 3),
    "gap cited": (1, 1),
    "no ruling where another society's clause tempts": (1, 1),
    "clauses of another society": (1, 11),
}


@pytest.fixture
def library() -> Prepared:
    return Prepared(ANSWERS)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_figure_is_what_it_is_by_hand(library: Prepared, name: str) -> None:
    figures = {figure.name: (figure.right, figure.of) for figure in score(assistant_of(library), SET)["all"]}

    assert figures[name] == BY_HAND[name]


def test_no_figure_is_without_its_hand_worked_one(library: Prepared) -> None:
    assert [figure.name for figure in score(assistant_of(library), SET)["all"]] == list(BY_HAND)


def test_abstention_f1_is_the_harmonic_mean(library: Prepared) -> None:
    assert f1(score(assistant_of(library), SET)["all"]) == pytest.approx(2 / 3)


def test_abstention_f1_has_no_value_where_nothing_was_to_be_left_open() -> None:
    assert f1(figures_of([])) is None


def test_figures_are_given_by_society_and_by_kind(library: Prepared) -> None:
    figures = score(assistant_of(library), SET)

    assert {"society larks", "society oars", "kind direct", "kind multi", "kind gap"} < set(figures)
    assert figures["society oars"][0] == Figure("cites a right clause", 0, 1)
    assert figures["kind direct"][0] == Figure("cites a right clause", 2, 4)


def test_counts_of_the_societies_add_up(library: Prepared) -> None:
    figures = score(assistant_of(library), SET)
    for place, whole in enumerate(figures["all"]):
        parts = [figures[name][place] for name in ("society larks", "society oars")]
        assert (sum(part.right for part in parts), sum(part.of for part in parts)) == (whole.right, whole.of)


def test_each_question_is_asked_alone_by_whoever_asks_it(library: Prepared) -> None:
    score(assistant_of(library), SET)

    assert [question.text for question in library.asked] == [one.question for one in SET]
    assert {question.role for question in library.asked} == {Party.MEMBER}
    assert all(question.chosen == () for question in library.asked)


def test_what_is_scored_is_what_the_asker_sees(sample_library: Library, sample_guides: Guides) -> None:
    """A flow that asks back depends, and cites what it turns on."""
    assistant = assistant_of(sample_library, sample_guides)
    asked = GOOD | {"question": "can I record the rehearsal"}
    for _ in range(2):
        (scored,) = answer_all(assistant, [Known.model_validate(asked)])

        assert scored.verdict is Verdict.DEPENDS
        assert scored.cited == ("larks/rehearsals/recording",)
        assert scored.reason is None


def test_a_figure_without_a_case_has_no_share() -> None:
    assert Figure("any", 0, 0).share is None
    assert Figure("any", 1, 4).share == 0.25


def test_a_society_that_is_not_held_is_named(library: Prepared) -> None:
    with pytest.raises(BadSet, match="question q1: no policy of 'finches' is held"):
        score(assistant_of(library), [Known.model_validate(GOOD | {"society": "finches"})])


def test_the_json_has_every_figure_with_its_counts(library: Prepared) -> None:
    shape = json.loads(json.dumps(as_json(score(assistant_of(library), SET))))

    assert shape["all"]["cites a right clause"] == {"share": pytest.approx(5 / 7), "right": 5, "of": 7}
    assert shape["all"]["abstention F1"] == pytest.approx(2 / 3)
    assert shape["kind direct"]["gap cited"] == {"share": None, "right": 0, "of": 0}


def test_the_table_shows_share_and_counts(library: Prepared) -> None:
    console = Console(width=160, file=io.StringIO())
    with console.capture() as captured:
        console.print(as_table(score(assistant_of(library), SET)))
    shown = captured.get()

    assert "0.714 (5/7)" in shown
    assert "abstention F1" in shown
    assert "kind gap" in shown


def written(folder: Path, *rows: object) -> Path:
    file = folder / "questions.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_a_good_file_is_read_in_its_order(tmp_path: Path) -> None:
    questions = read_questions(written(tmp_path, GOOD, "", GOOD | {"id": "q2", "verdict": "not_covered"}, " "))

    assert [known.id for known in questions] == ["q1", "q2"]
    assert [known.answerable for known in questions] == [True, False]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("nonsense", "invalid json"),
        ("[]", ""),
        (GOOD | {"verdict": "maybe"}, "verdict"),
        (GOOD | {"role": "king"}, "role"),
        (GOOD | {"question": ""}, "question"),
        (GOOD | {"question": 17}, "question"),
        (GOOD | {"gold": "larks/a/one"}, "gold"),
        ({key: value for key, value in GOOD.items() if key != "gold"}, "gold"),
    ],
)
def test_a_bad_line_is_refused_with_file_and_line(tmp_path: Path, row: object, what: str) -> None:
    file = written(tmp_path, GOOD, "", row)

    with pytest.raises(BadSet) as refused:
        read_questions(file)

    assert str(refused.value).startswith(f"{file}:3: ")
    assert what in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match=r"no such file; name a folder that holds questions\.jsonl"):
        read_questions(tmp_path / "questions.jsonl")


def test_a_file_without_a_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match="holds no question"):
        read_questions(written(tmp_path, "", " "))


def test_bytes_that_are_no_text_are_refused_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(json.dumps(GOOD).encode() + b"\n\xff\xfe\n")

    with pytest.raises(BadSet, match=rf"{file}:2: "):
        read_questions(file)
