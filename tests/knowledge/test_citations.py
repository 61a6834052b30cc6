"""A quote stands in the index word for word, or the answer is not given."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers import Citation
from knowledge.citations import CitationFault, check, cite
from knowledge.clauses import Policy
from knowledge.library import Library
from knowledge.official import Extract, OfficialText

RECORDING, INVITE, MISSING = "larks/rehearsals/recording", "larks/rehearsals/invite", "larks/concerts/programme"
TEXT = (
    "Do not record us unless the conductor agrees.\nThe conductor is Ann Example (ann@example.org).\n"
    "Friends are welcome at an open rehearsal.\nThe programme must not hold:"
)
PLACES = {
    RECORDING: (Extract(0, 45, "Rehearsals", 3), Extract(46, 93, "Rehearsals", 4)),
    INVITE: (Extract(94, 135, "Friends", 4),),
    MISSING: (Extract(136, 164, "Concerts", 5),),
}
OFFICIAL = {"larks": OfficialText("third edition", TEXT, PLACES, ("Ann Example",))}


def policies(library: Library) -> dict[str, Policy]:
    return {policy.id: policy for policy in library.policies}


def cited(library: Library, clause: str, official: Mapping[str, OfficialText] | None = None) -> Citation:
    return cite([library.index.clauses[clause]], policies(library), official or {})[0]


@pytest.fixture
def citation(small_library: Library) -> Citation:
    return cited(small_library, RECORDING)


@pytest.fixture
def official(small_library: Library) -> Citation:
    return cited(small_library, RECORDING, OFFICIAL)


def checked(
    library: Library,
    citation: Citation,
    society: str = "larks",
    official: Mapping[str, OfficialText] | None = None,
) -> None:
    check([citation], library.index.clauses, policies(library), official or {}, society)


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
    assert cited(small_library, "oars/water/cameras").official


def test_a_clause_is_cited_once_where_it_was_named_first(small_library: Library) -> None:
    clauses = small_library.index.clauses
    first, second = clauses[RECORDING], clauses[INVITE]
    quotes = cite([first, second, first], policies(small_library), {})
    assert [citation.clause for citation in quotes] == [first.id, second.id]


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
    with pytest.raises(CitationFault, match="heading that is not its own"):
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


def test_an_official_citation_has_the_societys_words_their_edition_and_page(
    small_library: Library, official: Citation
) -> None:
    assert official == Citation(
        clause=RECORDING,
        policy="larks",
        known_as="the Larks' rules",
        edition="third edition",
        section="Rehearsals",
        quote="Do not record us unless the conductor agrees.\nThe conductor is [name] ([address]).",
        official=True,
        page=3,
        extracts=PLACES[RECORDING],
    )
    checked(small_library, official, official=OFFICIAL)


def test_an_official_quote_stands_under_the_heading_of_the_text_where_the_clause_names_another(
    small_library: Library,
) -> None:
    found = cited(small_library, INVITE, OFFICIAL)

    assert (found.section, found.page) == ("Friends", 4)
    checked(small_library, found, official=OFFICIAL)


def test_a_clause_without_a_passage_is_cited_in_our_words_from_the_edition_of_the_text(small_library: Library) -> None:
    found = cited(small_library, "larks/accounts/tone", OFFICIAL)

    assert (found.quote, found.official, found.extracts, found.page) == (
        "Keep every post on a choir account friendly.",
        False,
        (),
        None,
    )
    assert found.edition == "third edition"
    checked(small_library, found, official=OFFICIAL)


def test_a_gap_is_never_quoted_officially_whatever_is_settled(small_library: Library) -> None:
    gap = cited(small_library, MISSING, OFFICIAL)

    assert (gap.official, gap.extracts, gap.quote) == (False, (), small_library.index.clauses[MISSING].text)
    checked(small_library, gap, official=OFFICIAL)
    forged = replace(gap, official=True, quote="The programme must not hold:", extracts=PLACES[MISSING], page=5)
    with pytest.raises(CitationFault):
        checked(small_library, forged, official=OFFICIAL)


def test_the_text_of_one_policy_says_nothing_of_another(small_library: Library) -> None:
    found = cited(small_library, "oars/water/cameras", OFFICIAL)

    assert found == cited(small_library, "oars/water/cameras")


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda one: replace(one, quote=one.quote.replace("[name]", "Ann Example")), "not quoted as it stands"),
        (lambda one: replace(one, quote=one.quote.replace("\n", " ")), "not quoted as it stands"),
        (lambda one: replace(one, quote=one.quote[:-1]), "not quoted as it stands"),
        (lambda one: replace(one, extracts=PLACES[INVITE]), "not its own"),
        (lambda one: replace(one, extracts=PLACES[INVITE], quote=TEXT[94:135]), "not its own"),
        (lambda one: replace(one, extracts=one.extracts[:1], quote=TEXT[:45]), "not its own"),
        (lambda one: replace(one, extracts=one.extracts[::-1]), "not its own"),
        (lambda one: replace(one, extracts=(), official=True), "not quoted as it stands in the index"),
        (lambda one: replace(one, section="Concerts"), "heading that is not its own"),
        (lambda one: replace(one, edition="second edition"), "another edition"),
        (lambda one: replace(one, page=5), "not cited as it is held"),
        (lambda one: replace(one, page=None), "not cited as it is held"),
        (lambda one: replace(one, official=False), "not cited as it is held"),
        (lambda one: replace(one, known_as="the law"), "not cited as it is held"),
        (lambda one: replace(one, clause=INVITE), "not its own"),
        (lambda one: replace(one, clause="oars/water/cameras"), "no clause of larks"),
    ],
)
def test_a_forged_official_citation_is_refused(
    small_library: Library, official: Citation, forge: Callable[[Citation], Citation], why: str
) -> None:
    with pytest.raises(CitationFault, match=why):
        checked(small_library, forge(official), official=OFFICIAL)


def test_an_official_citation_is_refused_where_no_official_text_is_held(
    small_library: Library, official: Citation
) -> None:
    with pytest.raises(CitationFault, match="not its own"):
        checked(small_library, official)


PIECES = st.one_of(
    st.text(st.characters(codec="utf-8", categories=["L", "Zs", "Po"]), min_size=1, max_size=12),
    st.sampled_from(
        ["\n", "Ann Example", "ann\nexample", "ann@example.org", "+44 1632 960001", "@clubnews", " 1/2/2031 "]
    ),
)
DOCUMENTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)


@st.composite
def official_texts(draw: st.DrawFn) -> OfficialText:
    """A random text, of which stretches in order stand behind two clauses."""
    text = draw(DOCUMENTS)
    ends = draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=8, unique=True)) if len(text) > 8 else [0, 1]
    bounds = sorted(ends)[: len(ends) // 2 * 2]
    pairs = [
        Extract(*pair, draw(st.sampled_from(["Rehearsals", "Concerts", ""])), draw(st.none() | st.integers(1, 9)))
        for pair in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    return OfficialText("third edition", text, {RECORDING: tuple(pairs), INVITE: tuple(pairs[:1])}, ("Ann Example",))


@given(official_texts(), st.data())
def test_no_change_of_a_random_official_citation_passes(
    small_library: Library, text: OfficialText, data: st.DataObject
) -> None:
    held = {"larks": text}
    found = cited(small_library, RECORDING, held)
    checked(small_library, found, official=held)

    assert found.extracts == text.extracts[RECORDING]
    assert "Ann Example" not in found.quote
    assert "ann@example.org" not in found.quote
    first = found.extracts[0]
    at = data.draw(st.integers(0, len(found.quote)))
    letter = data.draw(st.characters(codec="utf-8"))
    forged = [
        replace(found, quote=found.quote[:at] + letter + found.quote[at:]),
        replace(found, quote=found.quote[:at] + found.quote[at + 1 :]),
        replace(found, extracts=(replace(first, start=first.start + data.draw(st.sampled_from([-1, 1]))),)),
        replace(found, extracts=(replace(first, end=first.end + 1), *found.extracts[1:])),
        replace(found, extracts=(*found.extracts, first)),
        replace(found, section=f"{found.section}s"),
        replace(found, edition=f"{found.edition}s"),
        replace(found, page=(found.page or 0) + 1),
        replace(found, clause=INVITE, extracts=found.extracts[1:]),
        replace(found, official=False),
    ]
    for one in forged:
        if one != found:  # nothing is left out at the end of a quote
            with pytest.raises(CitationFault):
                checked(small_library, one, official=held)
