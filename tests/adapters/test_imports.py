"""An official text is brought in whole or not at all, and what is doubtful about it is settled by people."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from adapters import bootstrap, imports
from adapters.documents.contract import UnreadableDocument
from adapters.imports import Imported, ImportRefused, import_official
from adapters.settings import Settings
from knowledge.editions import official_text
from knowledge.official import Settled
from tests.conftest import SAMPLE, nothing_told

PUBLISHED = SAMPLE / "larks-as-published.txt"
THEN = datetime(2026, 5, 31, 9, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, policy_dir=SAMPLE, embeddings="none")


def bring_in(settings: Settings, file: Path = PUBLISHED, name: str | None = None, at: datetime = THEN) -> Imported:
    return import_official(settings, file, "larks", name, "somebody", at, nothing_told)


def revised(folder: Path, old: str, new: str) -> Path:
    """The text as published, with a change."""
    text = PUBLISHED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = folder / "revised.txt"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def files_below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_every_clause_is_aligned_doubtful_or_missing(settings: Settings) -> None:
    kept = bring_in(settings).kept

    assert kept.missing == ["larks/concerts/programme"]
    assert kept.doubtful == []
    assert len(kept.aligned) == 7
    assert [kept.document.words(number) for number in kept.settlement.clauses["larks/accounts/tone"].use or []] == [
        "Every post on a choir account is to be kept friendly."
    ]


def test_what_a_website_puts_round_the_text_is_left_out(settings: Settings) -> None:
    found = bring_in(settings)

    assert found.left_out == ("The Larks thank the sponsors who tune their piano.",)
    assert not any("sponsors" in found.kept.document.words(number) for number in found.kept.document.passages)


def test_passages_that_no_clause_covers_are_told(settings: Settings) -> None:
    kept = bring_in(settings).kept

    assert [kept.document.words(number).split()[0] for number in kept.uncovered] == ["Agreed:", "If"]


def test_the_first_official_text_is_in_force_at_once(settings: Settings) -> None:
    found = bring_in(settings)

    assert found.in_force
    assert [one.edition for one in bootstrap.in_force(settings) if one.policy == "larks"] == [found.kept.edition]


def test_a_further_text_waits_until_it_is_put_in_force(settings: Settings, tmp_path: Path) -> None:
    first = bring_in(settings)
    second = bring_in(settings, revised(tmp_path, "is never allowed", "is strictly forbidden"))

    assert not second.in_force
    assert [one.edition for one in bootstrap.in_force(settings) if one.policy == "larks"] == [first.kept.edition]


def test_the_same_text_again_is_the_same_edition_with_what_was_settled(settings: Settings) -> None:
    first = bring_in(settings)
    settled = imports.Settling(first.kept)
    first.kept.settlement.names["Ann Example"] = "show"
    settled.save(first.kept.settlement)
    again = bring_in(settings, at=THEN + timedelta(days=3))

    assert again.already
    assert again.in_force
    assert again.kept.edition == first.kept.edition
    assert again.kept.settlement.names == {"Ann Example": "show"}


def test_an_edition_says_what_came_when_from_where_and_by_whom(settings: Settings) -> None:
    edition = bring_in(settings).kept.edition

    assert edition.brought_in == THEN
    assert edition.by == "somebody"
    assert edition.source == "larks-as-published.txt"
    assert edition.name == "second edition; official text brought in on 31 May 2026"


def test_an_edition_bears_the_name_that_it_is_given(settings: Settings) -> None:
    assert bring_in(settings, name="third edition").kept.edition.name == "third edition"


@pytest.mark.parametrize(
    ("old", "new", "clause", "why"),
    [
        ("is never allowed without", "is allowed even without", "larks/rehearsals/recording", "rule otherwise"),
        ("are free to invite", "must never invite", "larks/rehearsals/invite", "rule otherwise"),
    ],
)
def test_a_passage_that_rules_the_other_way_is_doubtful(
    settings: Settings, tmp_path: Path, old: str, new: str, clause: str, why: str
) -> None:
    kept = bring_in(settings, revised(tmp_path, old, new)).kept

    assert kept.doubtful == [clause]
    assert why in kept.settlement.clauses[clause].why


def test_a_list_that_was_missing_and_now_stands_there_is_told(settings: Settings, tmp_path: Path) -> None:
    lists = "A programme must never hold:\n- the conductor’s age\n- adverts for other choirs\n"
    kept = bring_in(settings, revised(tmp_path, "A programme must never hold:\n", lists)).kept

    assert kept.doubtful == ["larks/concerts/programme"]
    assert "mend the clause" in kept.settlement.clauses["larks/concerts/programme"].why


def test_what_is_settled_is_used_from_then_on(settings: Settings, tmp_path: Path) -> None:
    kept = bring_in(settings, revised(tmp_path, "is never allowed without", "is allowed even without")).kept
    recording = "larks/rehearsals/recording"
    (edition,) = (one for one in bootstrap.in_force(settings) if one.policy == "larks")
    before = official_text(edition)
    settled = imports.Settling(kept)
    kept.settlement.clauses[recording] = Settled(use=kept.settlement.clauses[recording].maybe[:1])
    settled.save(kept.settlement)
    after = official_text(edition)

    assert before is not None
    assert recording not in before.extracts
    assert after is not None
    assert (
        after.quote(after.extracts[recording])
        == "Recording a rehearsal is allowed even without the conductor’s consent."
    )


@pytest.mark.parametrize("policy", ["wrens", "../larks", "", "ipem/personal/logo"])
def test_a_policy_that_is_not_held_is_refused_with_those_that_are(settings: Settings, policy: str) -> None:
    with pytest.raises(ImportRefused, match="held are: icis, ipem, larks, oars"):
        import_official(settings, PUBLISHED, policy, None, "somebody", THEN, nothing_told)


def test_another_document_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "recipe.txt"
    file.write_text("Soup\n\nChop three onions. Boil them in water until they are soft.\n", encoding="utf-8")

    with pytest.raises(ImportRefused, match="another document"):
        bring_in(settings, file)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("broken.pdf", b"%PDF-1.7 and then nothing"),
        ("latin.txt", "Singing à la carte".encode("latin-1")),
    ],
)
def test_a_document_that_cannot_be_read_leaves_nothing_behind(
    settings: Settings, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(UnreadableDocument):
        bring_in(settings, file)

    assert files_below(tmp_path) == [file]


def test_an_alignment_that_cannot_be_written_leaves_the_old_one(settings: Settings) -> None:
    kept = bring_in(settings).kept
    before = files_below(settings.data)
    text = kept.alignment_file.read_text(encoding="utf-8")
    settled = imports.Settling(kept)
    kept.settlement.clauses["larks/accounts/tone"] = Settled(use=[999])

    with pytest.raises(KeyError):
        settled.save(kept.settlement)

    assert files_below(settings.data) == before
    assert kept.alignment_file.read_text(encoding="utf-8") == text


def test_names_of_people_are_proposed(settings: Settings) -> None:
    assert bring_in(settings).kept.settlement.names == {"Ann Example": "?"}


def test_two_people_who_settle_at_once_lose_nothing(settings: Settings) -> None:
    kept = bring_in(settings).kept
    one, other = imports.Settling(kept), imports.Settling(kept)
    theirs = kept.settlement.model_copy(deep=True)
    theirs.names["Ann Example"] = "hide"
    one.save(theirs)
    mine = kept.settlement.model_copy(deep=True)
    mine.names["Ann Example"] = "show"

    with pytest.raises(ImportRefused, match="somebody else"):
        other.save(mine)

    assert imports.kept_text(bootstrap.archive(settings), "larks", []).settlement.names == {"Ann Example": "hide"}


def test_another_name_for_a_text_is_another_edition_with_what_was_settled(settings: Settings) -> None:
    first = bring_in(settings)
    settled = imports.Settling(first.kept)
    first.kept.settlement.names["Ann Example"] = "show"
    settled.save(first.kept.settlement)
    renamed = bring_in(settings, name="third edition")

    assert renamed.kept.edition.name == "third edition"
    assert not renamed.already
    assert renamed.kept.settlement.names == {"Ann Example": "show"}
