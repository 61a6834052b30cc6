"""From a clause and the way a question is put to a verdict."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Clause, Verdict
from knowledge.questions import Reading, read
from knowledge.verdicts import Chances, VerdictModel
from tests.conftest import SAMPLE, policies_of
from tests.knowledge.hashed_words import HashedWords

CLAUSES: dict[str, Clause] = {clause.id: clause for policy in policies_of(SAMPLE) for clause in policy.clauses}
MODEL = VerdictModel.fit(list(CLAUSES.values()), {})
PERMISSION, BELIEF = read("may I record it?"), read("so recording is fine, right?")


def chances(question: str, clause: str) -> Chances:
    return MODEL.chances(question, read(question), CLAUSES[clause], None, None)


@given(st.text(max_size=120), st.sampled_from(sorted(CLAUSES)))
def test_the_chances_of_any_text_and_clause_sum_to_one(text: str, clause: str) -> None:
    found = chances(text, clause)
    assert found.yes + found.no + found.depends + found.info == pytest.approx(1, abs=1e-4)
    assert min(found.yes, found.no, found.depends, found.info) >= 0


@pytest.mark.parametrize(
    ("question", "clause", "verdict"),
    [
        ("can I record a rehearsal without asking anybody?", "larks/rehearsals/recording", Verdict.NO),
        ("must I have the conductor's consent before recording?", "larks/rehearsals/recording", Verdict.YES),
        ("may I bring a friend to an open rehearsal?", "larks/rehearsals/invite", Verdict.YES),
        ("am I forbidden to bring friends?", "larks/rehearsals/invite", Verdict.NO),
        ("who may be invited?", "larks/rehearsals/invite", Verdict.INFO),
        ("can I take my camera in the racing boat?", "oars/water/cameras", Verdict.NO),
        ("may we cheer for them?", "oars/bank/cheering", Verdict.YES),
    ],
)
def test_the_likeliest_verdict_follows_from_the_force_and_the_way_of_asking(
    question: str, clause: str, verdict: Verdict
) -> None:
    found = chances(question, clause)
    assert max(("yes", "no", "depends", "info"), key=lambda name: getattr(found, name)) == verdict


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Chances(0.9, 0.05, 0.03, 0.02), Verdict.YES),
        (Chances(0.1, 0.7, 0.1, 0.1), Verdict.NO),
        (Chances(0.2, 0.2, 0.5, 0.1), Verdict.DEPENDS),
        (Chances(0.1, 0.1, 0.2, 0.6), Verdict.INFO),
    ],
)
def test_the_likeliest_verdict_is_given(found: Chances, verdict: Verdict) -> None:
    assert found.verdict(PERMISSION) is verdict


def test_a_likelier_yes_is_not_given_while_a_no_is_far_from_unlikely() -> None:
    assert Chances(0.55, 0.42, 0.02, 0.01).verdict(PERMISSION) is not Verdict.YES


@given(
    st.lists(st.floats(0.001, 1), min_size=4, max_size=4).map(lambda parts: [part / sum(parts) for part in parts]),
    st.sampled_from([PERMISSION, BELIEF]),
)
def test_a_yes_is_only_given_where_it_is_likeliest_and_a_no_is_well_below_it(
    parts: list[float], reading: Reading
) -> None:
    found = Chances(*parts)
    if found.verdict(reading) is Verdict.YES:
        assert found.yes == max(parts)
        assert found.no < found.yes / 1.5


@given(st.floats(0, 0.5))
def test_a_belief_is_never_confirmed_where_a_plain_question_is_not_allowed(no: float) -> None:
    found = Chances(1 - no, no, 0, 0)
    if found.verdict(PERMISSION) is not Verdict.YES:
        assert found.verdict(BELIEF) is not Verdict.YES


def test_where_no_and_yes_are_as_likely_it_is_not_yes() -> None:
    assert Chances(0.5, 0.5, 0, 0).verdict(PERMISSION) is not Verdict.YES


@pytest.mark.parametrize("encoded", [False, True], ids=["by words", "with vectors"])
def test_it_comes_back_whole_from_its_arrays(encoded: bool) -> None:
    encoder = HashedWords()
    asks = [text for clause in CLAUSES.values() for text in (clause.text, *(ask.text for ask in clause.asks))]
    vectors = dict(zip(asks, np.array(encoder.embed_documents(asks), np.float32), strict=True)) if encoded else {}
    model = VerdictModel.fit(list(CLAUSES.values()), vectors)
    again = VerdictModel.from_arrays(model.arrays())
    asked = "may I tape a rehearsal?"
    vector = np.array(encoder.embed_query(asked), np.float32) if encoded else None
    for clause in CLAUSES.values():
        before, after = (
            some.chances(asked, read(asked), clause, vector, vectors.get(clause.text)) for some in (model, again)
        )
        assert after == before


def test_the_same_asks_give_the_same_model() -> None:
    again, asked = VerdictModel.fit(list(CLAUSES.values()), {}), "may I tape a rehearsal?"
    clause = CLAUSES["larks/rehearsals/recording"]
    assert again.chances(asked, read(asked), clause, None, None) == chances(asked, clause.id)
