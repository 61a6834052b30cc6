"""Floors on the questions that were written for this project, and limits on a set of others where one is named."""

import os
from pathlib import Path

import pytest

from adapters.alone import Alone
from adapters.evaluation.figures import Figure
from adapters.evaluation.questions import Known, Scored, answer_all, f1, figures_of, read_questions
from knowledge.clauses import Verdict
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.conftest import assistant_of

QUESTIONS = Path(__file__).parent / "questions.jsonl"
FLOORS = {"cites a right clause": 0.92, "right verdict": 0.80}
ABSTENTION_F1 = 0.75


@pytest.fixture(scope="module")
def assistant(library: Library, guides: Guides) -> Alone:
    return assistant_of(library, guides)


@pytest.fixture(scope="module")
def questions() -> list[Known]:
    return read_questions(QUESTIONS)


@pytest.fixture(scope="module")
def scored(assistant: Alone, questions: list[Known]) -> list[Scored]:
    return answer_all(assistant, questions)


@pytest.fixture(scope="module")
def others(assistant: Alone) -> list[Scored]:
    """The answers to the questions of EVALUATION_DIR."""
    folder = os.environ.get("EVALUATION_DIR")
    if not folder:
        pytest.skip("EVALUATION_DIR names no folder with questions of others")
    return answer_all(assistant, read_questions(Path(folder) / "questions.jsonl"))


def figure(scored: list[Scored], name: str) -> Figure:
    return next(one for one in figures_of(scored) if one.name == name)


def answered_yes(scored: list[Scored]) -> list[str]:
    """The questions whose answer is no and that are answered yes."""
    return [one.known.id for one in scored if one.unsafe]


def strays(scored: list[Scored]) -> list[str]:
    """The clauses of another society that are cited."""
    return [
        f"{one.known.id}: {clause}"
        for one in scored
        for clause in one.cited
        if not clause.startswith(f"{one.known.society}/")
    ]


def test_no_no_is_answered_yes(scored: list[Scored]) -> None:
    assert answered_yes(scored) == []


def test_no_clause_of_another_society_is_cited(scored: list[Scored]) -> None:
    assert strays(scored) == []


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_a_figure_stays_above_its_floor(scored: list[Scored], name: str, floor: float) -> None:
    share = figure(scored, name).share

    assert share is not None
    assert share >= floor


def test_abstention_stays_above_its_floor(scored: list[Scored]) -> None:
    share = f1(figures_of(scored))

    assert share is not None
    assert share >= ABSTENTION_F1


def test_every_question_has_an_id_of_its_own(questions: list[Known]) -> None:
    assert len({known.id for known in questions}) == len(questions)


def test_every_right_answer_names_clauses_that_are_held(library: Library, questions: list[Known]) -> None:
    named = {(known.id, clause) for known in questions for clause in known.gold + known.also}

    assert [(name, clause) for name, clause in sorted(named) if library.clause(clause) is None] == []


def test_a_question_that_is_answered_has_a_clause_to_answer_it(questions: list[Known]) -> None:
    assert [known.id for known in questions if known.answerable and not known.gold] == []


def test_every_society_and_verdict_is_asked_about(library: Library, questions: list[Known]) -> None:
    assert {known.society for known in questions} == set(library.societies)
    assert {known.verdict for known in questions} == set(Verdict)


def test_no_question_is_one_that_was_learnt_from(library: Library, questions: list[Known]) -> None:
    learnt = {entry.text.casefold().strip(" ?.!") for entry in library.index.entries}

    assert [known.id for known in questions if known.question.casefold().strip(" ?.!") in learnt] == []


def test_no_no_of_others_is_answered_yes(others: list[Scored]) -> None:
    assert answered_yes(others) == []


def test_no_clause_of_another_society_is_cited_to_others(others: list[Scored]) -> None:
    assert strays(others) == []
