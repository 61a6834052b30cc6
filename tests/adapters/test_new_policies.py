"""A policy is made from a document that nobody has restated, and answers at once, as not yet reviewed."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters import bootstrap
from adapters.documents.contract import UnreadableDocument
from adapters.imports import ImportRefused, Made, new_policy
from adapters.settings import Settings
from bot import wording
from knowledge import policy_files
from knowledge.answers import Answer, Question
from knowledge.clauses import Force, Verdict
from knowledge.intake.drafting import slug
from knowledge.library import Library
from tests.adapters.documents import invented
from tests.conftest import KEPT, nothing_told, unwatched

AT = datetime(2026, 5, 31, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, lexical_library: Library) -> Settings:
    """A data folder whose index of the shipped policies, by words alone, is there already."""
    assert lexical_library.societies
    data = tmp_path_factory.mktemp("guild")
    shutil.copytree(KEPT / "lexical" / "index", data / "index")
    return Settings(data_dir=data, embeddings="none")


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("documents") / "bees.docx"
    file.write_bytes(invented.as_docx())
    return file


@pytest.fixture(scope="module")
def made(settings: Settings, document: Path) -> Made:
    return new_policy(settings, document, "Guild of Night Beekeepers", "somebody", AT, nothing_told)


@pytest.fixture(scope="module")
def library(settings: Settings, made: Made) -> Library:
    return bootstrap.put_together(settings, unwatched).library


def test_the_file_stands_where_it_is_read_and_has_no_fault(made: Made, settings: Settings) -> None:
    assert made.file == settings.data / "policies" / "guild-of-night-beekeepers.md"
    assert policy_files.read(made.file) == made.policy
    assert not made.policy.reviewed


def test_rules_stand_with_their_lead_and_their_force(made: Made) -> None:
    forces = {clause.text: clause.force for clause in made.policy.clauses}

    assert forces["A keeper must not post: pictures of an open hive"] is Force.MUST_NOT
    assert forces["A keeper should ask the Warden about: prices;"] is Force.SHOULD
    assert not any(clause.text == "Who answers" for clause in made.policy.clauses)


def test_it_answers_at_once_in_the_documents_words_and_says_that_nobody_has_reviewed_it(library: Library) -> None:
    answer = library.answer(Question("may I post pictures of an open hive?", "guild-of-night-beekeepers"))

    assert isinstance(answer, Answer)
    assert answer.verdict is not Verdict.YES
    first = answer.citations[0]
    assert (first.quote, first.official) == ("A keeper must not post:\npictures of an open hive", True)
    assert wording.NOT_REVIEWED in wording.in_one_text(wording.paragraphs(answer, None))


def test_every_quote_is_the_document_at_its_offsets(library: Library, made: Made) -> None:
    text = library.official[made.policy.id]

    for clause in made.policy.clauses:
        words = [text.text[one.start : one.end] for one in text.extracts[clause.id]]
        assert " ".join(" ".join(words).split()) == " ".join(clause.text.split())


def test_before_it_was_made_and_once_it_is_undone_nothing_is_answered_from_it(made: Made, settings: Settings) -> None:
    archive, folders = bootstrap.archive(settings), bootstrap.policy_folders(settings)

    assert made.policy.id in [one.policy for one in bootstrap.in_force(settings)]
    assert made.policy.id not in [one.policy for one in bootstrap.in_force(settings, AT)]
    assert made.policy.id not in [one.policy for one in archive.in_force(folders, instead={made.policy.id: None})]


def test_the_same_society_is_not_made_twice(made: Made, settings: Settings, document: Path) -> None:
    before = sorted(settings.data.rglob("*"))

    with pytest.raises(ImportRefused, match="is held already"):
        new_policy(settings, document, "Guild of Night Beekeepers", "somebody", AT, nothing_told)

    assert sorted(settings.data.rglob("*")) == before


@pytest.mark.parametrize(("society", "told"), [("", "no id"), ("../..", "no id"), ("🐝", "no id")])
def test_a_society_of_which_no_id_can_be_made_is_refused(
    settings: Settings, document: Path, society: str, told: str
) -> None:
    with pytest.raises(ImportRefused, match=told):
        new_policy(settings, document, society, "somebody", AT, nothing_told)


def test_a_document_without_a_provision_is_refused_and_nothing_is_written(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "headings.md"
    file.write_text("# One\n\n## Two\n", encoding="utf-8")

    with pytest.raises((ImportRefused, UnreadableDocument)):
        new_policy(Settings(data_dir=tmp_path / "data", embeddings="none"), file, "Wrens", "somebody", AT, nothing_told)

    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Riverside Choir", "riverside-choir"),
        ("Ärzte & Söhne", "arzte-sohne"),
        ("ipem", "ipem"),
        ("---", ""),
        ("../../etc/cron", "etc-cron"),
    ],
)
def test_an_id_is_made_of_a_name(words: str, name: str) -> None:
    assert slug(words) == name
