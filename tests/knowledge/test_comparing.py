"""What differs between two texts of a policy, and which answers flip."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import policy_files
from knowledge.answers import Question
from knowledge.clauses import Ask, Force, Party, Policy, Verdict
from knowledge.comparing import ChangedWords, compare, flip
from knowledge.index import build
from knowledge.library import Library
from knowledge.official import Extract, OfficialText
from knowledge.vectors import VectorCache
from tests.conftest import SAMPLE, nothing_told
from tests.knowledge.conftest import few_unanswerable

CAMERAS, CHEERING, BELL = "oars/water/cameras", "oars/bank/cheering", "oars/bank/bell"


@pytest.fixture(scope="module")
def oars() -> Policy:
    return policy_files.read(SAMPLE / "oars.md")


def with_clause(policy: Policy, name: str, **changes: object) -> Policy:
    clauses = (replace(one, **changes) if one.id == name else one for one in policy.clauses)  # type: ignore[arg-type]
    return replace(policy, clauses=tuple(clauses))


def test_a_policy_says_the_same_as_itself(oars: Policy) -> None:
    assert not compare(oars, oars)


def test_clauses_that_come_and_go_are_told(oars: Policy) -> None:
    less = replace(oars, clauses=tuple(one for one in oars.clauses if one.id != BELL))
    assert [one.id for one in compare(oars, less).removed] == [BELL]
    assert compare(oars, less).dropped == {BELL}
    assert [one.id for one in compare(less, oars).added] == [BELL]
    assert compare(less, oars).changed == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": "Cameras stay ashore."}, ("words", "No cameras in a racing boat.", "Cameras stay ashore.")),
        ({"force": Force.SHOULD_NOT}, ("force", "must_not", "should_not")),
        ({"binds": (Party.ANYONE,)}, ("binds", "member; trainee", "anyone")),
        ({"if_representing": True}, ("only when", "False", "True")),
        ({"note": "Ask first."}, ("note", "none", "Ask first.")),
        ({"see_also": (BELL, CHEERING)}, ("see also", "none", f"{BELL}; {CHEERING}")),
    ],
)
def test_whatever_changes_in_a_clause_is_told_with_its_old_and_its_new_value(
    oars: Policy, changes: dict[str, object], told: tuple[str, str, str]
) -> None:
    (change,) = compare(oars, with_clause(oars, CAMERAS, **changes)).changed
    assert change.clause == CAMERAS
    assert change.differences == (ChangedWords(*told),)


def test_of_asks_it_is_told_how_many_came_and_went(oars: Policy) -> None:
    (clause,) = (one for one in oars.clauses if one.id == CHEERING)
    found = compare(oars, with_clause(oars, CHEERING, asks=clause.asks[1:]))
    assert found.changed[0].differences == (ChangedWords("asks", "1 taken out", "0 put in"),)


def test_a_clause_is_altered_by_words_force_and_whom_it_binds_and_not_by_how_people_ask(oars: Policy) -> None:
    telling: list[dict[str, object]] = [
        {"text": "Other."},
        {"force": Force.MUST},
        {"binds": (Party.STAFF,)},
        {"if_representing": True},
    ]
    for changes in telling:
        assert compare(oars, with_clause(oars, CHEERING, **changes)).altered == {CHEERING}
    asked = compare(oars, with_clause(oars, CHEERING, asks=(), note="Ask first."))
    assert asked.altered == frozenset()
    assert asked.reworded == frozenset()
    assert compare(oars, with_clause(oars, CHEERING, text="Other.")).reworded == {CHEERING}


def test_the_front_matter_is_compared_too(oars: Policy) -> None:
    new = replace(oars, edition="4", dates=(("agreed", "May 2026"),), general_definition=BELL)
    assert compare(oars, new).front_matter == (
        ChangedWords("edition", "3", "4"),
        ChangedWords("dates", "none", "agreed: May 2026"),
        ChangedWords("general definition", "none", BELL),
    )


def test_against_no_policy_every_clause_comes_or_goes(oars: Policy) -> None:
    assert len(compare(None, oars).added) == len(oars.clauses) == len(compare(oars, None).removed)


def official(words: str, *clauses: str) -> OfficialText:
    return OfficialText("an edition", words, {name: (Extract(0, len(words), "On the water"),) for name in clauses})


def test_official_words_that_differ_or_that_only_one_text_has_are_told(oars: Policy) -> None:
    texts = official("No camera, please.", CAMERAS, BELL), official("No camera at all.", CAMERAS, CHEERING)
    assert compare(oars, oars, texts).official == (
        ChangedWords(CAMERAS, "No camera, please.", "No camera at all."),
        ChangedWords(BELL, "No camera, please.", "no passage that is settled"),
        ChangedWords(CHEERING, "no passage that is settled", "No camera at all."),
    )
    assert compare(oars, oars, (texts[0], None)).official == ()
    assert compare(oars, oars, (texts[0], texts[0])).official == ()


@pytest.fixture(scope="module")
def changed_library(oars: Policy) -> Library:
    """The Oars allow cameras, and say of cheering in other words what they said before."""
    (cameras,) = (one for one in oars.clauses if one.id == CAMERAS)
    other = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}
    asks = tuple(Ask(ask.text, other.get(ask.verdict) if ask.verdict else None) for ask in cameras.asks)
    new = with_clause(oars, CAMERAS, force=Force.MAY, text="Cameras may be carried in a racing boat.", asks=asks)
    new = with_clause(new, CHEERING, text="Whoever likes may cheer for a rival crew, online too.")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(policy_files, "read_unanswerable", few_unanswerable)
        larks = policy_files.read(SAMPLE / "larks.md")
        return Library(build([larks, new], None, VectorCache(Path("unused"), "none"), nothing_told), None)


def test_an_answer_that_flips_is_told_with_both_verdicts(small_library: Library, changed_library: Library) -> None:
    found = flip(small_library, changed_library, Question("can I take a camera in a racing boat", "oars"))
    assert found is not None
    assert (found.old.verdict, found.new.verdict) == ("no", "yes")
    assert (found.gone, found.come) == ((), ())


def test_other_words_under_the_same_verdict_are_told(small_library: Library, changed_library: Library) -> None:
    found = flip(small_library, changed_library, Question("may I cheer for a rival crew", "oars"))
    assert found is not None
    assert found.old.verdict == found.new.verdict == "yes"
    assert [one.what for one in found.quotes] == [CHEERING]


def test_an_answer_that_stays_is_not_told(small_library: Library, changed_library: Library) -> None:
    asked = Question("can I record the rehearsal", "larks")
    assert flip(small_library, changed_library, asked) is None
    assert flip(small_library, small_library, Question("hello there", "oars")) is None


def test_a_society_that_one_of_them_does_not_hold_is_an_error(small_library: Library) -> None:
    with pytest.raises(KeyError):
        flip(small_library, small_library, Question("may I", "herons"))
