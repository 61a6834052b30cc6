"""Editions: kept whole and unchanged, in force one after another, and never half there."""

import shutil
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import editions
from knowledge.editions import POLICY_FILE, Archive, Edition, EditionError, Standing
from knowledge.library import Library
from knowledge.official import ALIGNMENT, DOCUMENT, Settled, Settlement
from knowledge.policy_markdown import PolicyFileError
from tests.conftest import SAMPLE, nothing_told
from tests.knowledge.conftest import Shelf

JANUARY, MARCH, MAY = (datetime(2026, month, 1, 9, tzinfo=UTC) for month in (1, 3, 5))
OARS = (SAMPLE / "oars.md").read_bytes()
FOURTH = OARS.replace(b"edition: 3", b"edition: fourth edition").replace(b"force: must_not", b"force: may")
ROOT = Path(__file__).parent.parent.parent


def brought_in(archive: Archive, content: bytes = OARS, at: datetime = JANUARY, **files: bytes) -> Edition:
    whole = {POLICY_FILE: content, **{name.replace("_", "."): held for name, held in files.items()}}
    return archive.bring_in(whole, None, Path("from/oars-2026.md"), content, "tester", at)


def put(archive: Archive, edition: Edition, at: datetime = MARCH) -> None:
    archive.put_in_force(edition, "tester", at, archive.history())


def undone(archive: Archive, at: datetime = MAY) -> None:
    archive.undo("oars", "tester", at, archive.history())


def stands(archive: Archive, until: datetime | None = None) -> Standing:
    """What is in force of the Oars."""
    return next(one for one in archive.in_force([SAMPLE], until) if one.policy == "oars")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "editions")


class TestBringingIn:
    def test_an_edition_says_what_it_is_and_where_it_came_from(self, archive: Archive) -> None:
        edition = brought_in(archive, FOURTH)
        assert (edition.policy, edition.name, edition.source, edition.by) == (
            "oars",
            "fourth edition",
            "oars-2026.md",
            "tester",
        )
        assert edition.id.startswith("2026-01-01-")
        assert edition.brought_in == JANUARY
        assert archive.standing(edition).file.read_bytes() == FOURTH
        assert archive.editions() == [edition]

    def test_the_same_content_is_the_same_edition_whenever_it_is_brought_in(self, archive: Archive) -> None:
        first = brought_in(archive)
        assert brought_in(archive, at=MAY) == first
        assert brought_in(archive, FOURTH, MAY) != first
        assert len(archive.editions("oars")) == 2

    def test_another_name_makes_another_edition_of_the_same_words(self, archive: Archive) -> None:
        first = brought_in(archive)
        named = archive.bring_in({POLICY_FILE: OARS}, "May edition", Path("oars.md"), OARS, "tester", MAY)
        assert (first.name, named.name) == ("3", "May edition")
        assert first.id != named.id

    def test_a_faulty_policy_is_refused_by_the_name_it_came_under_and_nothing_is_kept(self, archive: Archive) -> None:
        with pytest.raises(PolicyFileError, match=r"from/oars-2026\.md:\d+: .*'perhaps' is unknown"):
            brought_in(archive, OARS.replace(b"force: may", b"force: perhaps"))
        assert not archive.folder.exists()

    def test_the_folder_of_the_history_is_not_taken_for_a_policy(self, archive: Archive) -> None:
        with pytest.raises(EditionError, match="give the policy another id"):
            brought_in(archive, OARS.replace(b"id: oars", b"id: history", 1))

    def test_a_write_that_fails_leaves_nothing(self, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr("os.rename", full)
            with pytest.raises(OSError, match="No space left"):
                brought_in(archive)
        assert list((archive.folder / "oars").iterdir()) == []
        assert brought_in(archive) in archive.editions()

    def test_two_that_bring_in_the_same_at_once_keep_it_once(self, archive: Archive) -> None:
        found: list[Edition] = []
        both = threading.Barrier(2)

        def bring() -> None:
            both.wait()
            found.append(brought_in(archive))

        _at_once(bring, bring)
        assert found[0] == found[1]
        assert [place.name for place in (archive.folder / "oars").iterdir()] == [found[0].id]

    def test_an_edition_is_found_by_how_its_id_begins(self, archive: Archive) -> None:
        first, second = brought_in(archive), brought_in(archive, FOURTH)
        assert archive.find(second.id) == second
        assert archive.find(first.id[:-1], "oars") == first
        with pytest.raises(EditionError, match=f"several editions: name oars@.* or oars@{second.id[:10]}"):
            archive.find("2026-01")
        with pytest.raises(EditionError, match="no edition '2025' is held; `verse policies editions` lists them"):
            archive.find("2025")


class TestDamage:
    @pytest.mark.parametrize("name", [POLICY_FILE, DOCUMENT])
    @pytest.mark.parametrize("change", ["changed", "gone"])
    def test_an_edition_whose_files_have_changed_is_refused_by_name(
        self, archive: Archive, name: str, change: str
    ) -> None:
        edition = brought_in(archive, document_json=b"{}", alignment_yaml=b"{}")
        put(archive, edition)
        file = archive.place(edition) / name
        file.unlink() if change == "gone" else file.write_bytes(b"other words")
        with pytest.raises(EditionError, match=f"the edition {edition.id} of oars is damaged: {name} is not as it was"):
            archive.in_force([SAMPLE])
        (told,) = archive.faults()
        assert "restore" in told
        assert "verse policies undo oars" in told

    @pytest.mark.parametrize(
        "change", [("fourth", "fifth"), ('"policy": "oars"', '"policy": "larks"'), ("{", "["), ("2026-01-01-", "x")]
    )
    def test_a_description_that_was_changed_is_damage(self, archive: Archive, change: tuple[str, str]) -> None:
        about = archive.place(brought_in(archive, FOURTH)) / "edition.json"
        about.write_text(about.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
        assert "edition.json" in archive.faults()[0]
        assert archive.editions() == []

    def test_the_alignment_may_be_settled(self, archive: Archive) -> None:
        edition = brought_in(archive, document_json=b"{}", alignment_yaml=b"clauses: {}")
        (archive.place(edition) / ALIGNMENT).write_text("clauses: {oars/bank/bell: {use: []}}", encoding="utf-8")
        assert archive.standing(edition).edition == edition
        assert archive.faults() == []

    def test_going_back_from_a_damaged_edition_needs_nothing_of_it(self, archive: Archive) -> None:
        edition = brought_in(archive, FOURTH)
        put(archive, edition)
        shutil.rmtree(archive.place(edition))
        undone(archive)
        assert stands(archive).edition is None

    @pytest.mark.parametrize("content", [b"", b"{}", b'{"policy": "../../oars"}'])
    def test_a_damaged_record_is_named_and_not_passed_over(self, archive: Archive, content: bytes) -> None:
        put(archive, brought_in(archive))
        (archive.folder / "history" / "000001.json").write_bytes(content)
        with pytest.raises(EditionError, match=r"000001\.json is missing or damaged.*restore this folder"):
            archive.history()
        assert len(archive.faults()) == 1

    def test_a_missing_record_is_named(self, archive: Archive) -> None:
        edition = brought_in(archive)
        put(archive, edition)
        undone(archive)
        (archive.folder / "history" / "000001.json").unlink()
        with pytest.raises(EditionError, match=r"000001\.json is missing"):
            archive.in_force([SAMPLE])


class TestInForce:
    def test_without_a_history_every_policy_is_as_its_file_stands(self, archive: Archive) -> None:
        brought_in(archive, FOURTH)
        assert [(one.policy, one.file.name, one.edition) for one in archive.in_force([SAMPLE])] == [
            ("larks", "larks.md", None),
            ("oars", "oars.md", None),
        ]

    def test_an_edition_takes_the_place_of_its_file_until_it_is_undone(self, archive: Archive) -> None:
        edition = brought_in(archive, FOURTH)
        put(archive, edition)
        assert [one.edition for one in archive.in_force([SAMPLE])] == [None, edition]
        undone(archive)
        assert stands(archive).edition is None

    def test_undoing_goes_further_back_each_time_and_then_is_refused(self, archive: Archive) -> None:
        first, second = brought_in(archive), brought_in(archive, FOURTH)
        put(archive, first)
        put(archive, second)
        undone(archive)
        assert stands(archive).edition == first
        undone(archive)
        assert stands(archive).edition is None
        with pytest.raises(EditionError, match="nothing to undo"):
            undone(archive)

    def test_what_was_in_force_on_a_day_is_still_told_after_it_was_undone(self, archive: Archive) -> None:
        edition = brought_in(archive, FOURTH)
        put(archive, edition, MARCH)
        undone(archive, MAY)
        assert stands(archive, MARCH).edition is None
        assert stands(archive, MARCH + timedelta(seconds=1)).edition == edition
        assert stands(archive, MAY + timedelta(seconds=1)).edition is None

    def test_a_policy_that_is_only_kept_as_an_edition_is_in_force_too(self, archive: Archive, tmp_path: Path) -> None:
        put(archive, brought_in(archive, OARS.replace(b"oars", b"herons")))
        assert [one.policy for one in archive.in_force([SAMPLE])] == ["larks", "oars", "herons"]
        assert [one.policy for one in archive.in_force([SAMPLE], MARCH)] == ["larks", "oars"]

    def test_two_files_of_one_policy_are_a_fault_also_where_an_edition_is_in_force(
        self, archive: Archive, tmp_path: Path
    ) -> None:
        (tmp_path / "again.md").write_bytes(OARS)
        put(archive, brought_in(archive, FOURTH))
        with pytest.raises(PolicyFileError, match=r"again\.md:1: the policy 'oars' is in .* already"):
            editions.read(archive.in_force([SAMPLE, tmp_path]))

    def test_a_change_decided_on_an_older_state_is_refused(self, archive: Archive) -> None:
        first, second, before = brought_in(archive), brought_in(archive, FOURTH), archive.history()
        put(archive, first)
        with pytest.raises(EditionError, match=r"meanwhile.*try again"):
            archive.put_in_force(second, "tester", MAY, before)
        assert stands(archive).edition == first
        assert [file.name for file in (archive.folder / "history").iterdir()] == ["000001.json"]

    def test_of_two_that_race_exactly_one_wins_each_number(self, archive: Archive) -> None:
        both, told = threading.Barrier(2), list[str]()
        kept = brought_in(archive), brought_in(archive, FOURTH)

        def race(edition: Edition) -> None:
            for _ in range(20):
                both.wait()
                seen = archive.history()
                both.wait()
                try:
                    archive.put_in_force(edition, edition.name, MARCH, seen)
                except EditionError as error:
                    told.append(str(error))

        _at_once(lambda: race(kept[0]), lambda: race(kept[1]))
        assert len(archive.history().records) == 20
        assert len(told) == 20
        assert all(
            (record.edition, record.by) in {(one.id, one.name) for one in kept} for record in archive.history().records
        )

    def test_a_library_names_the_edition_and_needs_no_new_index_for_words_that_it_has(
        self, shelf: Shelf, archive: Archive
    ) -> None:
        folders = [shelf.policies]
        Library.open(archive.in_force(folders), shelf.data, None, "none", nothing_told)
        oars = (shelf.policies / "oars.md").read_bytes()
        put(archive, archive.bring_in({POLICY_FILE: oars}, "May edition", Path("oars.md"), oars, "tester", MAY))

        def built(stage: str, _done: int, _of: int) -> None:
            raise AssertionError(stage)

        library = Library.open(archive.in_force(folders), shelf.data, None, "none", built)
        assert [policy.edition for policy in library.policies] == ["second edition", "May edition"]
        assert [policy.edition for policy in editions.read(archive.in_force(folders))] == [
            "second edition",
            "May edition",
        ]


def test_a_kill_at_any_step_leaves_the_old_or_the_new_and_the_change_can_be_made_again(tmp_path: Path) -> None:
    new = tmp_path / "new.md"
    new.write_bytes(FOURTH)
    words = [sys.executable, "-m", "tests.knowledge.killed", str(tmp_path / "turns"), str(SAMPLE / "oars.md"), str(new)]
    subprocess.run(words, cwd=ROOT, check=True, timeout=120)
    turns = sorted((tmp_path / "turns").iterdir(), key=lambda place: int(place.name))
    seen = []
    for place in turns:
        archive = Archive(place)
        assert archive.faults() == []
        seen.append(editions.read([stands(archive)])[0].edition)
        edition = brought_in(archive, FOURTH, MAY)
        put(archive, edition, MAY)
        assert stands(archive).edition == edition
    assert len(turns) > 10
    assert seen == sorted(seen)  # "3" before "fourth edition": once the new is in force, no later step takes it back
    assert set(seen) == {"3", "fourth edition"}


class TestCarrying:
    settlement = Settlement(
        clauses={
            "oars/water/cameras": Settled(use=[1, 2]),
            "oars/water/times": Settled(use=[3]),
            "oars/bank/bell": Settled(use=[4]),
            "oars/bank/blazers": Settled(use=None, maybe=[5], why="two are alike"),
        },
        names={"A Person": "hide"},
    )

    def test_a_clause_in_other_words_is_open_again_and_a_dropped_one_goes(self) -> None:
        carried, lost = editions.carry(self.settlement, {"oars/bank/bell"}, {"oars/water/cameras"})
        assert lost == ["oars/bank/bell", "oars/water/cameras"]
        assert list(carried.clauses) == ["oars/water/cameras", "oars/water/times", "oars/bank/blazers"]
        assert carried.clauses["oars/water/cameras"].use is None
        assert carried.clauses["oars/water/cameras"].maybe == [1, 2]
        assert carried.clauses["oars/water/times"] == self.settlement.clauses["oars/water/times"]
        assert carried.names == self.settlement.names

    def test_what_was_not_quoted_is_not_lost(self) -> None:
        carried, lost = editions.carry(self.settlement, set(), {"oars/bank/blazers", "oars/bank/towpath"})
        assert lost == []
        assert carried == self.settlement


def _at_once(*works: object) -> None:
    threads = [threading.Thread(target=work) for work in works if callable(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Edition]]:
    """An archive with three editions of each of two policies."""
    archive = Archive(tmp_path_factory.mktemp("stocked"))
    larks = (SAMPLE / "larks.md").read_bytes()
    names = ("one", "two", "three")
    held = [
        archive.bring_in({POLICY_FILE: content}, name, Path("x.md"), content, "tester", JANUARY)
        for content in (OARS, larks)
        for name in names
    ]
    return archive.folder, held


@settings(max_examples=40)
@given(changes=st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["oars", "larks"])), max_size=12))
def test_puts_and_undos_in_any_order_do_as_a_stack_for_each_policy_does(
    changes: list[int | str], stocked: tuple[Path, list[Edition]]
) -> None:
    folder, held = stocked
    put_so_far: dict[str, list[Edition]] = defaultdict(list)
    times: list[tuple[datetime, dict[str, Edition | None]]] = []
    with tempfile.TemporaryDirectory() as passing:
        archive = Archive(Path(passing) / "editions")
        shutil.copytree(folder, archive.folder)
        for number, change in enumerate(changes):
            at = JANUARY + timedelta(hours=number)
            if isinstance(change, int):
                archive.put_in_force(held[change], "tester", at, archive.history())
                put_so_far[held[change].policy].append(held[change])
            elif put_so_far[change]:
                archive.undo(change, "tester", at, archive.history())
                put_so_far[change].pop()
            else:
                with pytest.raises(EditionError, match="nothing to undo"):
                    archive.undo(change, "tester", at, archive.history())
            top = {policy: put_so_far[policy][-1] if put_so_far[policy] else None for policy in ("larks", "oars")}
            times.append((at + timedelta(minutes=1), top))
        for until, top in times:
            assert {one.policy: one.edition for one in archive.in_force([SAMPLE], until)} == top
        last = times[-1][1] if times else {"larks": None, "oars": None}
        assert {one.policy: one.edition for one in archive.in_force([SAMPLE])} == last
