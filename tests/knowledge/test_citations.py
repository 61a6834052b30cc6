"""A quote stands in the index word for word, or the answer is not given."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge.answers import Citation
from knowledge.citations import CitationFault, check, cite
from knowledge.library import Library


@pytest.fixture
def citation(small_library: Library) -> Citation:
    clause = small_library.index.clauses["larks/rehearsals/recording"]
    return cite([clause], {policy.id: policy for policy in small_library.policies})[0]


def checked(library: Library, citation: Citation, society: str = "larks") -> None:
    check([citation], library.index.clauses, {policy.id: policy for policy in library.policies}, society)


def test_a_citation_says_policy_edition_section_and_words(citation: Citation) -> None:
    assert citation == Citation(
        clause="larks/rehearsals/recording",
        policy="larks",
        known_as="the Larks' rules",
        edition="second edition",
        section="Rehearsals",
        quote="Never record a rehearsal without the conductor's consent.",
        official=False,
    )


def test_whether_the_words_are_the_societys_own_is_the_policys_to_say(small_library: Library) -> None:
    clause = small_library.index.clauses["oars/water/cameras"]
    assert cite([clause], {policy.id: policy for policy in small_library.policies})[0].official


def test_a_clause_is_cited_once_where_it_was_named_first(small_library: Library) -> None:
    clauses = small_library.index.clauses
    first, second = clauses["larks/rehearsals/recording"], clauses["larks/rehearsals/invite"]
    cited = cite([first, second, first], {policy.id: policy for policy in small_library.policies})
    assert [citation.clause for citation in cited] == [first.id, second.id]


def test_a_true_citation_passes(small_library: Library, citation: Citation) -> None:
    checked(small_library, citation)


@pytest.mark.parametrize(
    "alter",
    [
        lambda quote: quote.replace("Never", "Always"),
        lambda quote: quote.rstrip("."),
        lambda quote: quote.lower(),
        lambda quote: quote.replace("'", "’"),
        lambda quote: f"{quote} ",
        lambda quote: quote.split()[0],
        lambda _: "",
    ],
)
def test_an_altered_quote_is_refused(small_library: Library, citation: Citation, alter: Callable[[str], str]) -> None:
    with pytest.raises(CitationFault, match="not quoted as it stands"):
        checked(small_library, replace(citation, quote=alter(citation.quote)))


def test_another_section_is_refused(small_library: Library, citation: Citation) -> None:
    with pytest.raises(CitationFault, match="not quoted as it stands"):
        checked(small_library, replace(citation, section="Concerts"))


def test_another_edition_is_refused(small_library: Library, citation: Citation) -> None:
    with pytest.raises(CitationFault, match="another edition"):
        checked(small_library, replace(citation, edition="first edition"))


@pytest.mark.parametrize("clause", ["larks/rehearsals/unknown", "", "oars/water/cameras"])
def test_a_clause_that_is_not_the_one_quoted_is_refused(
    small_library: Library, citation: Citation, clause: str
) -> None:
    with pytest.raises(CitationFault, match="no clause of larks"):
        checked(small_library, replace(citation, clause=clause))


def test_a_clause_of_another_society_is_refused_however_true_the_quote(
    small_library: Library, citation: Citation
) -> None:
    with pytest.raises(CitationFault, match="no clause of oars"):
        checked(small_library, citation, society="oars")


def test_another_policy_is_refused(small_library: Library, citation: Citation) -> None:
    with pytest.raises(CitationFault, match="no clause of larks"):
        checked(small_library, replace(citation, policy="oars"))
