"""What people are offered to ask where the app is registered gets a verdict in the society that is served."""

import pytest

from adapters.chat.introducing import Introduction
from knowledge.answers import Answer, Question
from knowledge.clauses import Party
from knowledge.library import Library

SURE_ENOUGH = 0.4  # chance of having found the right clause


@pytest.mark.parametrize(
    ("society", "question"),
    [(society, question) for society in ("icis", "ipem") for question in Introduction(society).prompts],
)
@pytest.mark.parametrize("role", [Party.MEMBER, Party.ANYONE])
def test_each_question_gets_a_verdict_with_a_clause(library: Library, society: str, question: str, role: Party) -> None:
    answer = library.answer(Question(question, society, role))

    assert isinstance(answer, Answer)
    assert answer.citations
    assert answer.confidence >= SURE_ENOUGH


def test_there_are_four_for_each_society_that_is_shipped_and_some_for_any_other() -> None:
    assert {len(Introduction(society).prompts) for society in ("icis", "ipem")} == {4}
    assert 1 <= len(Introduction("larks").prompts) <= 4
