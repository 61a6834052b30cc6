"""A change of the IPEM policy, and every golden answer that it would flip."""

import json
from pathlib import Path

import pytest

from knowledge import comparing, policy_files
from knowledge.answers import Question
from knowledge.clauses import Party
from knowledge.comparing import Flip
from knowledge.editions import Standing
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.conftest import KEPT, nothing_told
from tests.golden.changed import changed_ipem

GOLDEN = Path(__file__).parent / "questions.jsonl"
ADDED, REMOVED = "ipem/personal/generated-pictures", "ipem/personal/disclaimer"


@pytest.fixture(scope="module")
def changed(encoder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library as it would be with the changed policy."""
    file = tmp_path_factory.mktemp("changed") / "ipem.md"
    file.write_text(changed_ipem(), encoding="utf-8")
    standing = [Standing("icis", policy_files.SHIPPED / "icis.md"), Standing("ipem", file)]
    return Library.open(standing, KEPT, encoder, encoder.name, nothing_told)


@pytest.fixture(scope="module")
def flips(library: Library, changed: Library) -> dict[str, Flip]:
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    asked = {row["id"]: Question(row["question"], row["society"], Party(row["role"])) for row in rows}
    found = {name: comparing.flip(library, changed, question) for name, question in asked.items()}
    return {name: flip for name, flip in found.items() if flip is not None}


def test_what_differs_is_what_was_changed(library: Library, changed: Library) -> None:
    old, new = library.policy("ipem"), changed.policy("ipem")
    found = comparing.compare(old, new, (None, None))

    assert [clause.id for clause in found.added] == [ADDED]
    assert [clause.id for clause in found.removed] == [REMOVED]
    assert found.altered == {
        "ipem/official/accounts",
        "ipem/principles/privacy",
        "ipem/new-accounts/tell-comms-manager",
        "ipem/personal/affiliation",
        "ipem/personal/refer-queries",
        "ipem/personal/logo",
    }


def test_every_answer_that_cites_a_removed_clause_is_listed(library: Library, flips: dict[str, Flip]) -> None:
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    citing = set()
    for row in rows:
        answer = library.answer(Question(row["question"], row["society"], Party(row["role"])))
        if any(citation.clause == REMOVED for citation in answer.citations):
            citing.add(row["id"])

    assert citing
    assert citing <= set(flips)
    assert all(REMOVED in flips[name].gone for name in citing)


def test_no_answer_in_the_changed_library_cites_what_is_gone(flips: dict[str, Flip]) -> None:
    assert not any(REMOVED in flip.come for flip in flips.values())


def test_words_that_changed_are_shown_old_beside_new(flips: dict[str, Flip]) -> None:
    quotes = {change.what: (change.old, change.new) for flip in flips.values() for change in flip.quotes}

    assert "must not carry" in quotes["ipem/personal/logo"][1]
    assert "must not carry" not in quotes["ipem/personal/logo"][0]


def test_what_was_allowed_and_is_forbidden_is_no_longer_answered_yes(library: Library, changed: Library) -> None:
    flip = comparing.flip(library, changed, Question("May I say on my profile that I am a member of IPEM?", "ipem"))

    assert flip is not None
    assert (flip.old.verdict, flip.new.verdict) == ("yes", "no")


def test_a_library_beside_itself_flips_nothing(library: Library) -> None:
    question = Question("Can I use the logo on my own profile?", "ipem", Party.MEMBER)

    assert comparing.flip(library, library, question) is None
