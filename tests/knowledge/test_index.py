"""The index on disk: when it is used again, when it is made again, and that it is never half there."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from knowledge.classifying import learns_from
from knowledge.index import Index, fingerprint, open_index
from knowledge.library import Library
from knowledge.policy_markdown import PolicyFileError
from tests.conftest import nothing_told
from tests.knowledge.conftest import Shelf


class Watched:
    """Progress that remembers which stages were told."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def __call__(self, stage: str, _done: int, _of: int) -> None:
        self.stages.append(stage)


def watched(shelf: Shelf) -> tuple[Index, list[str]]:
    progress = Watched()
    return open_index(shelf.files, shelf.data, shelf.encoder, "hashed", progress), progress.stages


def test_an_index_that_stands_there_is_used_without_encoding_or_learning(shelf: Shelf) -> None:
    first = shelf.open()
    shelf.encoder.encoded.clear()
    again, stages = watched(shelf)
    assert shelf.encoder.encoded == []
    assert stages == []
    assert again.policies == first.policies
    assert again.entries == first.entries
    assert again.vectors.tolist() == first.vectors.tolist()
    assert again.confidence == first.confidence
    assert again.likeness == first.likeness


def test_a_loaded_index_ranks_as_the_one_that_was_built(shelf: Shelf) -> None:
    built, loaded = (Library(shelf.open(), shelf.encoder).retrieval for _ in range(2))
    for asked in ("may I tape the rehearsal", "what colour is the blazer", "hello"):
        before, after = built.rank(asked, "larks"), loaded.rank(asked, "larks")
        assert after.passages == before.passages
        assert (after.reasons, after.elsewhere, after.confidence) == (
            before.reasons,
            before.elsewhere,
            before.confidence,
        )


def test_every_text_and_every_ask_is_an_entry_of_its_clause(shelf: Shelf) -> None:
    index = shelf.open()
    told = {(entry.text, entry.clause) for entry in index.entries}
    for clause in index.clauses.values():
        own = clause.text if learns_from(clause) else f"{clause.section}\n{clause.text}"
        assert {(own, clause.id), *((ask.text, clause.id) for ask in clause.asks)} <= told
    assert len(index.vectors) == len(index.entries)


def test_one_changed_byte_of_a_policy_makes_another_index_and_encodes_only_what_is_new(shelf: Shelf) -> None:
    shelf.open()
    policy = shelf.policies / "larks.md"
    policy.write_text(policy.read_text(encoding="utf-8").replace("post photographs", "post photograph5"))
    assert shelf.encoded_when_opened() == 1
    assert "photograph5" in shelf.open().clauses["larks/concerts/photographs"].text


def test_a_change_that_alters_no_text_encodes_nothing_and_is_still_seen(shelf: Shelf) -> None:
    shelf.open()
    policy = shelf.policies / "larks.md"
    policy.write_text(policy.read_text(encoding="utf-8").replace("force: may", "force: must"))
    assert shelf.encoded_when_opened() == 0
    assert shelf.open().clauses["larks/rehearsals/invite"].force == "must"


def test_a_further_policy_is_one_more_file_in_a_folder(shelf: Shelf, tmp_path: Path) -> None:
    shelf.open()
    more = tmp_path / "more"
    more.mkdir()
    source = (shelf.policies / "oars.md").read_text(encoding="utf-8")
    (more / "herons.md").write_text(source.replace("oars", "herons").replace("Oars", "Herons"), encoding="utf-8")
    index = open_index([*shelf.files, more / "herons.md"], shelf.data, shelf.encoder, "hashed", nothing_told)
    assert [policy.id for policy in index.policies] == ["larks", "oars", "herons"]


def test_another_encoder_makes_another_index(shelf: Shelf) -> None:
    assert fingerprint(shelf.files, "one") != fingerprint(shelf.files, "another")
    assert fingerprint(shelf.files, "one") == fingerprint(shelf.files, "one")


def test_what_a_policy_file_is_called_makes_no_other_index(shelf: Shelf) -> None:
    index = shelf.open()
    (shelf.policies / "larks.md").rename(shelf.policies / "a-file-of-another-name.md")
    again, stages = watched(shelf)
    assert stages == []
    assert again.policies == index.policies


@pytest.mark.parametrize("change", ["one byte", "empty", "missing"])
def test_an_index_with_a_changed_or_missing_file_is_made_again(shelf: Shelf, change: str) -> None:
    shelf.open()
    for name in sorted(file.name for file in shelf.indexes[0].iterdir() if file.name != "manifest.json"):
        file = shelf.indexes[0] / name
        good = file.read_bytes()
        if change == "missing":
            file.unlink()
        else:
            file.write_bytes(b"" if change == "empty" else good[:-1] + bytes([good[-1] ^ 1]))
        assert watched(shelf)[1], name
        assert file.is_file(), name
    assert watched(shelf)[1] == []


@pytest.mark.parametrize("manifest", [None, "", "not json", "[]", "null", "{}", '"x"', '{"a": 1}'])
def test_an_index_without_a_fit_manifest_is_made_again(shelf: Shelf, manifest: str | None) -> None:
    shelf.open()
    file = shelf.indexes[0] / "manifest.json"
    file.unlink() if manifest is None else file.write_text(manifest)
    assert watched(shelf)[1]
    assert watched(shelf)[1] == []


def test_the_manifest_names_every_file_beside_it(shelf: Shelf) -> None:
    shelf.open()
    manifest = json.loads((shelf.indexes[0] / "manifest.json").read_text())
    assert sorted([*manifest, "manifest.json"]) == sorted(file.name for file in shelf.indexes[0].iterdir())


def test_nothing_of_an_index_is_a_pickle(shelf: Shelf) -> None:
    shelf.open()
    for file in shelf.data.rglob("*.np[yz]"):
        loaded = np.load(file, allow_pickle=False)
        arrays = [loaded] if file.suffix == ".npy" else [loaded[name] for name in loaded.files]
        assert all(array.dtype != object for array in arrays)


def test_the_same_policies_give_the_same_files(shelf: Shelf) -> None:
    shelf.open()
    first = json.loads((shelf.indexes[0] / "manifest.json").read_text())
    (shelf.indexes[0] / "manifest.json").unlink()
    shelf.open()
    assert json.loads((shelf.indexes[0] / "manifest.json").read_text()) == first


@pytest.mark.parametrize("stopped_at", ["savez", "save"])
def test_a_save_that_is_interrupted_leaves_no_half_index(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    shelf.open()
    shelf.indexes[0].joinpath("manifest.json").unlink()  # so that it is made again, its vectors being known

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(np, stopped_at, stopped)
        with pytest.raises(KeyboardInterrupt):
            shelf.open()
    assert len(shelf.indexes) == 1
    assert watched(shelf)[1]
    assert watched(shelf)[1] == []
    assert len(shelf.indexes) == 1


def test_a_save_that_is_interrupted_as_it_is_put_in_place_leaves_no_half_index(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    shelf.open()
    shelf.indexes[0].joinpath("manifest.json").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            shelf.open()
    assert watched(shelf)[1]
    assert watched(shelf)[1] == []


def test_a_faulty_policy_leaves_the_index_that_stands_there(shelf: Shelf) -> None:
    shelf.open()
    policy = shelf.policies / "larks.md"
    good = policy.read_text(encoding="utf-8")
    policy.write_text(good.replace("force: may", "force: perhaps"), encoding="utf-8")
    with pytest.raises(PolicyFileError, match="'perhaps' is unknown"):
        shelf.open()
    policy.write_text(good, encoding="utf-8")
    assert watched(shelf)[1] == []


def test_without_an_encoder_there_are_no_vectors(shelf: Shelf) -> None:
    index = open_index(shelf.files, shelf.data, None, "none", nothing_told)
    assert index.vectors.size == 0
    again = open_index(shelf.files, shelf.data, None, "none", nothing_told)
    assert again.entries == index.entries
    assert not (shelf.data / "vectors").exists()


def test_the_index_of_another_encoder_is_not_taken_for_this_one(shelf: Shelf) -> None:
    assert fingerprint(shelf.files, "hashed") != fingerprint(shelf.files, "other")


def test_what_is_named_as_a_policy_and_is_no_readable_file_is_a_fault(shelf: Shelf) -> None:
    (shelf.policies / "folder.md").mkdir()
    with pytest.raises(PolicyFileError, match=r"folder\.md"):
        shelf.open()
