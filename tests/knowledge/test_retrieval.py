"""Ranking the clauses of a society for a question, with an encoder and without."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.retrievers import BaseRetriever

from knowledge import policy_files
from knowledge.clauses import Ask, Clause, Force, Party
from knowledge.index import build
from knowledge.library import Library
from knowledge.retrieval import ClauseRetriever, Retrieval
from knowledge.vectors import VectorCache
from tests.conftest import SAMPLE, nothing_told

ASKED = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["can I", "record", "rehearsal", "camera", "racing boat", "blazer", "bell", "cheer", "choir"]),
        max_size=8,
    ).map(" ".join),
)


@pytest.fixture(params=["small_library", "encoded_library"], ids=["by words", "with an encoder"])
def either(request: pytest.FixtureRequest) -> Library:
    library = request.getfixturevalue(request.param)
    assert isinstance(library, Library)
    return library


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("may I tape the rehearsal", "larks/rehearsals/recording"),
        ("may I bring a friend to the open rehearsal", "larks/rehearsals/invite"),
        ("must posts on the choir's account be friendly", "larks/accounts/tone"),
        ("Name the photographer beside a picture of a concert", "larks/concerts/credit"),
    ],
)
def test_the_clause_that_a_question_is_about_comes_first(either: Library, question: str, clause: str) -> None:
    assert either.retrieval.rank(question, "larks").passages[0].clause.id == clause


def test_a_clause_without_asks_is_found_by_its_text(either: Library) -> None:
    ranked = either.retrieval.rank("The club's blazer is maroon with a silver trim", "oars").passages
    assert ranked[0].clause.id == "oars/bank/blazers"


@given(text=ASKED, society=st.sampled_from(["larks", "oars"]))
def test_no_clause_of_another_society_is_ever_ranked(either: Library, text: str, society: str) -> None:
    ranking = either.retrieval.rank(text, society)
    assert {passage.clause.society for passage in ranking.passages} <= {society}
    vector = ranking.vector
    assert all(name.startswith(f"{society}/") for name in either.retrieval.like(text, society, vector))


@given(text=ASKED)
def test_passages_come_best_first_each_once_with_a_chance(either: Library, text: str) -> None:
    ranking = either.retrieval.rank(text, "larks")
    scores = [passage.score for passage in ranking.passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({passage.clause.id for passage in ranking.passages}) == len(ranking.passages)
    assert 0 <= ranking.confidence <= 1
    assert 0 <= ranking.elsewhere <= 1.001


def test_a_question_about_another_societys_clause_is_likely_to_be_elsewhere(either: Library) -> None:
    asked = "can I take a camera in a racing boat"
    assert either.retrieval.rank(asked, "larks").elsewhere > 0.5 > either.retrieval.rank(asked, "oars").elsewhere


def test_the_reasons_for_not_answering_are_named(either: Library) -> None:
    reasons = either.retrieval.rank("hello there, good morning", "larks").reasons
    assert set(reasons) == {"out_of_scope", "small_talk", "manipulation", "abuse", "vague"}
    assert max(reasons, key=lambda name: reasons[name]) == "small_talk"


def test_a_society_that_is_not_held_has_no_passages(either: Library) -> None:
    ranking = either.retrieval.rank("may I tape it", "herons")
    assert ranking.passages == ()
    assert ranking.confidence == 0


def test_without_an_encoder_there_is_no_store_and_no_vector(small_library: Library) -> None:
    assert small_library.retrieval.store is None
    assert small_library.retrieval.rank("may I tape it", "larks").vector is None


def test_with_an_encoder_the_store_holds_every_entry_with_its_clause(encoded_library: Library) -> None:
    store = encoded_library.retrieval.store
    assert store is not None
    found = store.similarity_search("record the rehearsal", k=200, filter={"society": "larks"})
    expected = [entry.clause for entry in encoded_library.index.entries if entry.clause.startswith("larks/")]
    assert sorted(document.metadata["clause"] for document in found) == sorted(expected)


def test_the_likeness_of_clauses_is_told_best_first(either: Library) -> None:
    asked = "The bell in the boathouse was cast in 1887"
    like = either.retrieval.like(asked, "oars", either.retrieval.rank(asked, "oars").vector)
    assert next(iter(like)) == "oars/bank/bell"
    assert list(like.values()) == sorted(like.values(), reverse=True)


def test_the_retriever_gives_clauses_as_langchain_documents(either: Library) -> None:
    retriever = either.retriever("larks", k=2)
    assert isinstance(retriever, BaseRetriever)
    assert isinstance(retriever, ClauseRetriever)
    found = retriever.invoke("may I tape the rehearsal")
    assert len(found) == 2
    first = found[0]
    assert first.page_content == "Never record a rehearsal without the conductor's consent."
    assert first.id == first.metadata["clause"] == "larks/rehearsals/recording"
    assert first.metadata["section"] == "Rehearsals"
    assert first.metadata["score"] >= found[1].metadata["score"]


def test_the_retriever_keeps_to_its_society(either: Library) -> None:
    found = either.retriever("oars", k=9).invoke("may I tape the rehearsal")
    assert all(document.metadata["clause"].startswith("oars/") for document in found)


def test_the_retriever_can_be_joined_to_other_steps(either: Library) -> None:
    chain = either.retriever("larks", k=1) | (lambda documents: documents[0].id)
    assert chain.invoke("may I tape the rehearsal") == "larks/rehearsals/recording"


def of_kites(clauses: tuple[Clause, ...]) -> Retrieval:
    """Over a policy of its own, beside some from which the likeness of texts is learnt."""
    others = policy_files.load([SAMPLE])
    kites = replace(others[0], id="kites", society="kites", clauses=clauses)
    return Retrieval(build([*others, kites], None, VectorCache(Path(), "none"), nothing_told), None)


def test_an_ask_counts_for_less_than_a_text_as_much_like_the_question() -> None:
    asked = "can I fly my kite at night"
    clauses = (
        Clause("kites/rules/asked", "kites", "Rules", Force.MAY, (Party.ANYONE,), "Wardens know.", (Ask(asked),)),
        Clause("kites/rules/said", "kites", "Rules", Force.MAY, (Party.ANYONE,), "Can I fly my kite at night"),
    )

    assert list(of_kites(clauses).like(asked, "kites", None)) == ["kites/rules/said", "kites/rules/asked"]


def test_a_clause_that_nobody_has_written_asks_for_is_found_by_its_heading_too() -> None:
    clauses = (
        Clause("kites/night/lamp", "kites", "Flying in the dark", Force.MUST, (Party.ANYONE,), "Carry a lamp."),
        Clause("kites/day/hat", "kites", "Sunny days", Force.MUST, (Party.ANYONE,), "Carry a hat."),
    )

    assert next(iter(of_kites(clauses).like("what about the dark", "kites", None))) == "kites/night/lamp"


def test_beside_a_likely_text_an_unlikely_one_counts_for_little() -> None:
    clauses = (
        Clause("kites/night/lamp", "kites", "Night", Force.MUST, (Party.ANYONE,), "Carry a lamp at night."),
        Clause("kites/day/hat", "kites", "Day", Force.MUST, (Party.ANYONE,), "Wear a hat in the sun."),
    )

    first, second = of_kites(clauses).rank("must I carry a lamp at night, or wear nothing", "kites").passages

    assert first.clause.id == "kites/night/lamp"
    assert second.score < first.score / 2
