"""The front door: what a library shows of what it holds."""

from pathlib import Path

import pytest

from knowledge import policy_files
from knowledge.answers import Answer, Question
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


NAMING = """---
id: herons
society: herons
organisation: The Herons
title: How Ann Example wants us to post
known_as: Ann Example’s rules
edition: as Ann Example left them
office: Ann Example’s desk
official: false
reviewed: {reviewed}
---

## Contact Ann Example

### herons/nest/photographs

force: must_not
binds: anyone
note: Ann Example (ann@example.org) keeps the key.

Nobody publishes photographs of the nest, says the Press Officer, {officer}.

Turns on: Has Ann Example agreed?

- yes: Ann Example has
- no: nobody has

Asks:

- depends: may I publish photographs of the nest
"""


def herons(shelf: Shelf, tmp_path: Path, reviewed: bool, *hidden: str) -> Library:
    more = tmp_path / "more"
    more.mkdir()
    source = NAMING.format(reviewed=str(reviewed).lower(), officer="Bo Sample")
    (more / "herons.md").write_text(source, encoding="utf-8")
    return Library.open(shipped(more), shelf.data, None, "none", nothing_told, hidden)


def test_a_name_that_the_office_hides_stands_nowhere_in_a_policy_or_an_answer(shelf: Shelf, tmp_path: Path) -> None:
    library = herons(shelf, tmp_path, True, "Ann Example")
    policy, clause = library.policy("herons"), library.clause("herons/nest/photographs")
    assert policy is not None
    assert clause is not None

    shown = (policy.title, policy.known_as, policy.edition, policy.office)
    assert shown == ("How [name] wants us to post", "[name]’s rules", "as [name] left them", "[name]’s desk")
    assert (clause.section, clause.note) == ("Contact [name]", "[name] ([address]) keeps the key.")
    assert clause.turns_on is not None
    assert clause.turns_on.question == "Has [name] agreed?"
    assert [option.label for option in clause.turns_on.options] == ["[name] has", "nobody has"]
    answer = library.answer(Question("may I publish photographs of the nest", "herons"))
    assert isinstance(answer, Answer)
    assert "Ann" not in repr(answer)
    assert "Bo Sample" in clause.text


def test_a_name_noticed_in_a_policy_that_nobody_has_reviewed_is_hidden(shelf: Shelf, tmp_path: Path) -> None:
    clause = herons(shelf, tmp_path, False).clause("herons/nest/photographs")
    assert clause is not None

    assert clause.section == "Contact [name]"
    assert clause.text == "Nobody publishes photographs of the nest, says the Press Officer, [name]."
