"""What is open is settled by typing, and nothing that was settled is lost when somebody leaves."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters import imports
from adapters.console import dialogue
from adapters.imports import Kept
from adapters.settings import Settings
from knowledge.official import Settlement
from tests.conftest import SAMPLE, nothing_told

RECORDING = "larks/rehearsals/recording"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The text of the Larks, in which one clause is doubtful and one name is open."""
    tmp_path = tmp_path_factory.mktemp("larks")
    text = (SAMPLE / "larks-as-published.txt").read_text(encoding="utf-8")
    file = tmp_path / "larks.txt"
    file.write_text(text.replace("is never allowed without", "is allowed even without"), encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data", policy_dir=SAMPLE, embeddings="none")
    at = datetime(2026, 5, 31, tzinfo=UTC)
    return imports.import_official(settings, file, "larks", None, "somebody", at, nothing_told).kept


def settled(kept: Kept, *typed: str) -> tuple[list[Settlement], str]:
    """What is saved, in order, and what is shown."""
    saved: list[Settlement] = []
    out = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in typed))
    dialogue.settle(kept, source, out, lambda settlement: saved.append(settlement.model_copy(deep=True)))
    return saved, out.getvalue()


def test_the_clause_its_doubt_and_the_passages_are_shown(kept: Kept) -> None:
    _, shown = settled(kept)

    assert f"{RECORDING}: the passage may rule otherwise than the clause" in shown
    assert "Never record a rehearsal without the conductor's consent." in shown
    assert "3: Recording a rehearsal is allowed even without the conductor’s consent." in shown


def test_a_number_settles_a_clause_and_no_settles_a_name(kept: Kept) -> None:
    saved, shown = settled(kept, "3", "no")

    assert saved[-1].clauses[RECORDING].use == [3]
    assert saved[-1].names == {"Ann Example": "show"}
    assert "That is all." in shown


@pytest.mark.parametrize(("typed", "use"), [("none", []), ("3, 4", [3, 4]), ("4 3", [3, 4]), ("NONE", [])])
def test_numbers_in_any_order_or_none(kept: Kept, typed: str, use: list[int]) -> None:
    saved, _ = settled(kept, typed)

    assert saved[-1].clauses[RECORDING].use == use


@pytest.mark.parametrize("typed", ["maybe", "999", "", "3 and a half", "-3", "1" * 5000])
def test_what_cannot_be_used_is_asked_again(kept: Kept, typed: str) -> None:
    saved, shown = settled(kept, typed, "3")

    assert "That is none of these." in shown
    assert saved[-1].clauses[RECORDING].use == [3]


def test_skipping_leaves_it_open(kept: Kept) -> None:
    saved, _ = settled(kept, "skip", "yes")

    assert saved[-1].clauses[RECORDING].use is None
    assert saved[-1].names == {"Ann Example": "hide"}


def test_leaving_keeps_what_was_settled(kept: Kept) -> None:
    saved, _ = settled(kept, "3", "quit")

    assert len(saved) == 1
    assert saved[0].clauses[RECORDING].use == [3]
    assert saved[0].names == {"Ann Example": "?"}


def test_where_nothing_is_open_nothing_is_asked(kept: Kept) -> None:
    assert settled(replace(kept, settlement=Settlement())) == ([], "Nothing is open.\n")
