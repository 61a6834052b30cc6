"""The front door: what a library shows of what it holds."""

from pathlib import Path

import pytest

from knowledge import policy_files
from knowledge.library import Library
from knowledge.policy_markdown import PolicyFileError
from tests.conftest import nothing_told, shipped
from tests.knowledge.conftest import Shelf


def test_it_names_its_societies_and_policies(small_library: Library) -> None:
    assert small_library.societies == ("larks", "oars")
    assert [policy.id for policy in small_library.policies] == ["larks", "oars"]


def test_clauses_and_policies_are_found_by_name(small_library: Library) -> None:
    clause = small_library.clause("oars/bank/bell")
    assert clause is not None
    assert clause.text == "The bell in the boathouse was cast in 1887."
    assert small_library.clause("oars/bank/gong") is None
    policy = small_library.policy("oars")
    assert policy is not None
    assert policy.title == "Words from the boathouse"
    assert small_library.policy("herons") is None


def test_the_policy_of_a_society_that_is_not_held_is_an_error(small_library: Library) -> None:
    assert small_library.policy_of("oars").id == "oars"
    with pytest.raises(KeyError):
        small_library.policy_of("herons")


def test_it_opens_with_the_shipped_policies_and_those_of_further_folders(shelf: Shelf, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    source = (policy_files.SHIPPED / "oars.md").read_text(encoding="utf-8")
    (more / "herons.md").write_text(source.replace("oars", "herons"), encoding="utf-8")
    library = Library.open(shipped(more), shelf.data, None, "none", nothing_told)
    assert library.societies == ("larks", "oars", "herons")


def test_it_does_not_open_with_a_faulty_policy(shelf: Shelf) -> None:
    (shelf.policies / "broken.md").write_text("no policy", encoding="utf-8")
    with pytest.raises(PolicyFileError, match=r"broken\.md:1: no front matter"):
        Library.open(shipped(), shelf.data, None, "none", nothing_told)


def test_the_shipped_library_without_an_encoder_answers_by_words(lexical_library: Library) -> None:
    assert lexical_library.societies == ("icis", "ipem")
    found = lexical_library.retriever("ipem", k=1).invoke("May I put the IPEM logo on my own profile?")
    assert [document.id for document in found] == ["ipem/personal/logo"]
