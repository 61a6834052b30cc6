"""The command `verse policies`: what is held, what would change, and what is in force."""

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from adapters import bootstrap
from adapters.policies import end_of_day
from adapters.settings import Settings
from knowledge import official, policy_files
from knowledge.dependents import Dependent
from knowledge.editions import POLICY_FILE, Archive
from knowledge.official import Extract, Stored
from tests.adapters.test_command import POLICY, printed, refused
from tests.conftest import KEPT, SAMPLE
from tests.knowledge.conftest import few_unanswerable

Verse = Callable[..., str]
CAMERAS, BELL = "oars/water/cameras", "oars/bank/bell"
ASKED = "can I take a camera in a racing boat"
OFFICIAL = "Cameras are not for racing boats. Our bell is from 1887."


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Verse:
    """What a command prints that has nothing to complain of."""
    return lambda *words: printed(capsys, monkeypatch, *words)


@pytest.fixture
def turned_away(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Verse:
    """The one line with which unusable input is turned away."""
    return lambda *words: refused(capsys, monkeypatch, *words)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set but a data folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(KEPT))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("bare")
class TestPolicies:
    def test_every_policy_is_listed_with_both_its_dates(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = printed(capsys, monkeypatch, "policies", "list")

        assert "ipem: " in shown
        assert "icis: " in shown
        assert "1 December 2013" in shown
        assert "November 2013" in shown
        assert "restated in our own words" in shown

    def test_a_clause_is_shown_in_full(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = printed(capsys, monkeypatch, "policies", "show", "ipem/personal/logo")

        assert shown.startswith("ipem/personal/logo\n")
        assert "force: should_not" in shown
        assert "asks, for instance:" in shown

    def test_a_policy_is_shown_with_all_its_clauses(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = printed(capsys, monkeypatch, "policies", "show", "icis")

        assert "icis/professional/you-will-not" in shown
        assert "ipem/" not in shown

    def test_those_that_are_held_have_no_fault(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert printed(capsys, monkeypatch, "policies", "check").count("no fault") == 2

    def test_a_further_policy_is_listed_with_the_others(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "finches.md").write_text(POLICY, encoding="utf-8")
        monkeypatch.setenv("POLICY_DIR", str(tmp_path))

        assert "finches: Rules, The Finches" in printed(capsys, monkeypatch, "policies", "list")
        assert "Sing at dawn." in printed(capsys, monkeypatch, "policies", "show", "finches/a/b")

    def test_one_file_is_checked_by_itself(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "finches.md").write_text(POLICY, encoding="utf-8")

        shown = printed(capsys, monkeypatch, "policies", "check", str(tmp_path / "finches.md"))

        assert shown == "finches: no fault in clauses (1) and asks (1)\n"


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the indexes of this module are kept, so that each is built once."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture
def oars(bare: None, learnt: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A desk of the Larks and the Oars without an encoder; the file of the Oars as it is shipped."""
    shipped = tmp_path / "shipped"
    shutil.copytree(SAMPLE, shipped, ignore=lambda _, names: [name for name in names if not name.endswith(".md")])
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "index").symlink_to(learnt)
    monkeypatch.setattr(policy_files, "SHIPPED", shipped)
    monkeypatch.setattr(policy_files, "read_unanswerable", few_unanswerable)
    monkeypatch.setenv("EMBEDDINGS", "none")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return shipped / "oars.md"


@pytest.fixture
def new(oars: Path, tmp_path: Path) -> Path:
    """The Oars allow cameras."""
    text = oars.read_text(encoding="utf-8").replace("edition: 3", "edition: fourth edition")
    before, rule, after = text.partition("force: must_not")
    asks, rest, others = after.partition("### oars/water/times")
    asks = asks.replace("- no:", "- x:").replace("- yes:", "- no:").replace("- x:", "- yes:")
    text = (
        before
        + rule.replace("must_not", "may")
        + asks.replace("No cameras in a", "Cameras may go in a")
        + rest
        + others
    )
    file = tmp_path / "new.md"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def without_bell(oars: Path, tmp_path: Path) -> Path:
    """The Oars say no longer when their bell was cast."""
    text = oars.read_text(encoding="utf-8")
    file = tmp_path / "without-bell.md"
    file.write_text(re.sub(rf"### {BELL}.*?(?=###)", "", text, flags=re.DOTALL), encoding="utf-8")
    return file


def archive() -> Archive:
    return Archive(Path(os.environ["DATA_DIR"]) / "editions")


def left_on_disk() -> list[Path]:
    return [path for path in archive().folder.rglob("*") if path.is_file()]


def answered(said: Verse, *words: str) -> tuple[str, str]:
    """Verdict of the question about cameras, and the edition that the answer rests on."""
    shape = json.loads(said("ask", ASKED, "--society", "oars", "--json", *words))
    return shape["verdict"], shape["citations"][0]["edition"]


def questions(tmp_path: Path) -> Path:
    rows = [
        {"id": "q1", "society": "oars", "question": ASKED, "gold": ["anything else"]},
        {"id": "q2", "society": "larks", "question": "can I record the rehearsal"},
        {"id": "q3", "society": "herons", "question": ASKED},
        {"id": "q4", "question": ASKED},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join([*map(json.dumps, rows), "no JSON"]), encoding="utf-8")
    return file


class TestDiff:
    def test_old_and_new_words_and_force_are_shown(self, said: Verse, new: Path) -> None:
        shown = said("policies", "diff", "oars", str(new))
        assert shown.startswith("oars, as oars.md stands\n-> oars, as new.md stands\n")
        assert "edition: 3 -> fourth edition" in shown
        assert f"Changed in force, words, asks: {CAMERAS}" in shown
        assert "force: must_not -> may" in shown
        assert "old: No cameras in a racing boat.\n" in shown
        assert "new: Cameras may go in a racing boat.\n" in shown
        assert shown.endswith("Clauses: 0 added, 0 removed, 1 changed.\n")

    def test_as_json_it_has_all_that_differs(self, said: Verse, new: Path, without_bell: Path) -> None:
        found = json.loads(said("policies", "diff", str(new), str(without_bell), "--json"))
        assert set(found) == {"old", "new", "policy", "added", "removed", "changed", "official"}
        assert [one["clause"] for one in found["removed"]] == [BELL]
        (changed,) = found["changed"]
        assert changed["clause"] == CAMERAS
        assert changed["differences"][:2] == [
            {"what": "force", "old": "may", "new": "must_not"},
            {"what": "words", "old": "Cameras may go in a racing boat.", "new": "No cameras in a racing boat."},
        ]

    def test_a_text_says_the_same_as_itself(self, said: Verse, oars: Path) -> None:
        assert said("policies", "diff", "oars", "oars@shipped").endswith("They say the same.\n")

    def test_editions_are_named_by_how_their_id_begins(self, said: Verse, new: Path) -> None:
        said("policies", "put-in-force", str(new))
        (edition,) = archive().editions()
        for name in (edition.id, edition.id[:-2], f"oars@{edition.id}", "oars"):
            assert f"-> oars, fourth edition ({edition.id})" in said("policies", "diff", "oars@shipped", name)

    def test_two_policies_are_not_compared(self, turned_away: Verse, oars: Path) -> None:
        assert "name two of one policy" in turned_away("policies", "diff", "oars", "larks")

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("herons", "no edition 'herons' is held; `verse policies editions` lists them"),
            ("herons@shipped", "no file of a policy 'herons' is held; `verse policies list`"),
            ("oars@2026", "no edition '2026' is held"),
            ("nowhere.md", "nowhere.md:1: cannot be read"),
        ],
    )
    def test_what_is_not_held_is_named(self, turned_away: Verse, oars: Path, name: str, line: str) -> None:
        assert line in turned_away("policies", "diff", "oars", name)


class TestWhatIf:
    def test_every_answer_that_would_flip_is_listed_and_nothing_is_changed(
        self, said: Verse, new: Path, tmp_path: Path
    ) -> None:
        shown = said("policies", "what-if", str(new), str(questions(tmp_path)))
        assert shown.startswith(f"q1: {ASKED}\n  verdict: no -> yes\n  cited in other words: {CAMERAS}\n")
        assert shown.endswith("\n1 of 2 answers would change.\n")
        assert not archive().folder.exists()
        assert answered(said) == ("no", "3")

    def test_bad_lines_are_reported_and_the_rest_goes_on(
        self, said: Verse, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = json.loads(said("policies", "what-if", str(new), str(questions(tmp_path)), "--json"))
        assert found["questions"] == 2
        assert [(one["id"], one["old"]["verdict"], one["new"]["verdict"]) for one in found["flips"]] == [
            ("q1", "no", "yes")
        ]
        assert found["bad"] == [
            {"id": "q3", "error": "no policy of 'herons' is held"},
            {"id": "q4", "error": "no 'society', and the setting SOCIETY is not set"},
            {"id": "line 5", "error": "not JSON"},
        ]

    def test_a_clause_that_goes_is_told_as_no_longer_cited(
        self, said: Verse, without_bell: Path, tmp_path: Path
    ) -> None:
        asked = tmp_path / "bell.jsonl"
        asked.write_text('{"id": "b", "society": "oars", "question": "when was the bell in the boathouse cast?"}')
        assert f"  no longer cited: {BELL}\n" in said("policies", "what-if", str(without_bell), str(asked))

    def test_a_file_without_a_question_is_refused(self, turned_away: Verse, new: Path, tmp_path: Path) -> None:
        (tmp_path / "empty.jsonl").write_text("\n")
        assert "holds no question" in turned_away("policies", "what-if", str(new), str(tmp_path / "empty.jsonl"))
        assert "nowhere.jsonl: No such file" in turned_away("policies", "what-if", str(new), "nowhere.jsonl")


class TestPutInForce:
    def test_answers_come_from_it_and_name_it_until_it_is_undone(self, said: Verse, new: Path) -> None:
        shown = said("policies", "put-in-force", str(new))
        (edition,) = archive().editions()
        assert shown.endswith(f"In force now: oars, fourth edition ({edition.id}).\n")
        assert answered(said) == ("yes", "fourth edition")
        assert "edition: fourth edition" in said("policies", "list")
        assert "Cameras may go" in said("policies", "show", CAMERAS)
        assert said("policies", "undo", "oars").endswith("In force now: oars, as oars.md stands.\n")
        assert answered(said) == ("no", "3")

    def test_as_of_an_earlier_day_the_answer_is_what_it_was(self, said: Verse, new: Path) -> None:
        said("policies", "put-in-force", str(new))
        today = datetime.now().astimezone().date()
        assert answered(said, "--as-of", "2020-01-01") == ("no", "3")
        assert answered(said, "--as-of", today.isoformat()) == ("yes", "fourth edition")

    def test_what_is_in_force_is_not_put_in_force_again(self, said: Verse, new: Path) -> None:
        said("policies", "put-in-force", str(new))
        assert "is in force already; nothing was changed" in said("policies", "put-in-force", str(new))
        assert len(archive().history().records) == 1

    def test_the_editions_are_listed_with_who_put_them_in_force(self, said: Verse, new: Path) -> None:
        before = said("policies", "editions", "oars")
        assert before == "oars:\n  oars@shipped: the file oars.md as it stands; in force\n"
        said("policies", "put-in-force", str(new))
        first, edition, file = said("policies", "editions", "oars").splitlines()
        assert first == "oars:"
        assert re.search(
            r": fourth edition; brought in on \d{4}-\d\d-\d\d by .+ from new\.md; in force since .+, put by", edition
        )
        assert file == "  oars@shipped: the file oars.md as it stands"
        assert "larks@shipped: the file larks.md as it stands; in force" in said("policies", "editions")

    def test_a_faulty_file_is_refused_and_nothing_is_left(self, turned_away: Verse, new: Path) -> None:
        new.write_text(new.read_text(encoding="utf-8").replace("force: may", "force: perhaps"), encoding="utf-8")
        assert f"{new}:16: force of {CAMERAS}: 'perhaps' is unknown" in turned_away(
            "policies", "put-in-force", str(new)
        )
        assert left_on_disk() == []

    def test_a_clause_of_another_policy_is_refused_before_anything_is_in_force(
        self, said: Verse, turned_away: Verse, new: Path
    ) -> None:
        new.write_text(new.read_text(encoding="utf-8").replace("id: oars", "id: oars-too", 1), encoding="utf-8")
        assert f"the clause '{CAMERAS}' is in " in turned_away("policies", "put-in-force", str(new))
        assert archive().history().records == ()
        assert answered(said) == ("no", "3")

    def test_with_nothing_in_force_there_is_nothing_to_undo(self, turned_away: Verse, oars: Path) -> None:
        assert "so there is nothing to undo" in turned_away("policies", "undo", "oars")

    def test_a_damaged_edition_stops_answers_and_can_be_undone(
        self, said: Verse, turned_away: Verse, new: Path
    ) -> None:
        said("policies", "put-in-force", str(new))
        (edition,) = archive().editions()
        (archive().place(edition) / POLICY_FILE).write_text("other words", encoding="utf-8")
        line = turned_away("ask", ASKED, "--society", "oars")
        assert f"the edition {edition.id} of oars is damaged" in line
        assert "`verse policies undo oars`" in line
        assert "In force now: oars, as oars.md stands" in said("policies", "undo", "oars")
        assert answered(said) == ("no", "3")


class TestDependents:
    @pytest.fixture(autouse=True)
    def quiz(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Something that rests on two clauses of the Oars."""
        quiz = Dependent("the quiz for new coxes", frozenset({BELL, CAMERAS}))
        monkeypatch.setattr(bootstrap, "DEPENDENTS", (lambda _settings: [quiz],))

    def test_a_clause_that_something_rests_on_is_not_dropped(
        self, turned_away: Verse, said: Verse, without_bell: Path
    ) -> None:
        line = turned_away("policies", "put-in-force", str(without_bell))
        assert f"the quiz for new coxes (on {BELL})" in line
        assert "keep these clauses, or change first what rests on them" in line
        assert left_on_disk() == []

    def test_one_that_says_something_else_is_told_and_put_in_force(self, said: Verse, new: Path) -> None:
        shown = said("policies", "put-in-force", str(new))
        assert shown.startswith(f"Look over what rests on clauses that change: the quiz for new coxes (on {CAMERAS}).")
        assert answered(said) == ("yes", "fourth edition")

    def test_what_nothing_rests_on_changes_silently(
        self, said: Verse, new: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "DEPENDENTS", ())
        assert "Look over" not in said("policies", "put-in-force", str(new))


class TestOfficialText:
    @pytest.fixture
    def quoted(self, oars: Path) -> None:
        """An edition with an official text is in force; it stands behind two clauses."""
        ends = OFFICIAL.index(" Our")
        passages = {1: Extract(0, ends, "On the water"), 2: Extract(ends + 1, len(OFFICIAL), "On the bank")}
        settled = f"clauses:\n  {CAMERAS}: {{use: [1]}}\n  {BELL}: {{use: [2]}}\n"
        content = oars.read_bytes()
        files = {
            POLICY_FILE: content,
            official.DOCUMENT: official.document_bytes(Stored(OFFICIAL, passages)),
            official.ALIGNMENT: settled.encode(),
        }
        at = datetime.now().astimezone()
        edition = archive().bring_in(files, "as published", Path("oars.pdf"), b"the PDF", "tester", at)
        archive().put_in_force(edition, "tester", at, archive().history())

    def test_a_changed_file_keeps_the_official_words_of_clauses_that_did_not_change(
        self, said: Verse, quoted: None, new: Path
    ) -> None:
        shown = said("policies", "put-in-force", str(new))
        assert f"No longer quoted in the society's own words, until it is settled again: {CAMERAS}." in shown
        newest = archive().editions("oars")[-1]
        text = official.load(archive().place(newest), newest.name)
        assert text is not None
        assert set(text.extracts) == {BELL}
        settled = official.read_settlement(archive().place(newest) / official.ALIGNMENT)
        assert settled.clauses[CAMERAS].use is None
        assert settled.clauses[CAMERAS].maybe == [1]

    @pytest.fixture
    def mended(self, quoted: None, oars: Path) -> str:
        """The id of a further edition, whose official text has another year."""
        words = OFFICIAL.replace("1887", "1888")
        passages = {1: Extract(words.index("Our"), len(words), "On the bank")}
        files = {
            POLICY_FILE: oars.read_bytes(),
            official.DOCUMENT: official.document_bytes(Stored(words, passages)),
            official.ALIGNMENT: f"clauses:\n  {BELL}: {{use: [1]}}\n".encode(),
        }
        at = datetime.now().astimezone()
        return archive().bring_in(files, "mended", Path("oars.pdf"), b"", "tester", at).id

    def test_what_if_quotes_as_it_would_once_in_force(
        self, said: Verse, quoted: None, new: Path, tmp_path: Path
    ) -> None:
        asked = tmp_path / "both.jsonl"
        rows = ("when was the bell in the boathouse cast?", ASKED)
        asked.write_text("\n".join(json.dumps({"society": "oars", "question": row}) for row in rows))
        found = json.loads(said("policies", "what-if", str(new), str(asked), "--json"))
        quotes = {quote["clause"]: (quote["old"], quote["new"]) for flip in found["flips"] for quote in flip["quotes"]}
        assert quotes == {CAMERAS: ("Cameras are not for racing boats.", "Cameras may go in a racing boat.")}

    def test_official_words_that_differ_are_listed(self, said: Verse, mended: str) -> None:
        found = json.loads(said("policies", "diff", "oars", mended, "--json"))
        assert found["official"] == [
            {"clause": CAMERAS, "old": "Cameras are not for racing boats.", "new": "no passage that is settled"},
            {"clause": BELL, "old": "Our bell is from 1887.", "new": "Our bell is from 1888."},
        ]
        assert "Changed in the official text: oars/bank/bell" in said("policies", "diff", "oars", mended)

    def test_what_the_office_hides_is_not_shown_in_them(self, said: Verse, mended: str, tmp_path: Path) -> None:
        (tmp_path / "data" / "office.toml").write_text('hide_names = ["our bell"]', encoding="utf-8")
        found = json.loads(said("policies", "diff", "oars", mended, "--json"))
        assert found["official"][1]["new"] == "[name] is from 1888."


def test_a_day_ends_where_the_next_begins_here() -> None:
    end = end_of_day("2024-02-29")
    assert (end.year, end.month, end.day, end.hour, end.minute) == (2024, 3, 1, 0, 0)
    assert end.tzinfo is not None


PUBLISHED = str(SAMPLE / "larks-as-published.txt")
RECORDING = "larks/rehearsals/recording"


def quoted(said: Verse) -> dict[str, Any]:
    shape = json.loads(said("ask", "may I record a rehearsal secretly?", "--society", "larks", "--json"))
    found: list[dict[str, Any]] = shape["citations"]
    return next(citation for citation in found if citation["clause"] == RECORDING)


def test_after_an_import_answers_quote_the_societys_own_words(oars: Path, said: Verse) -> None:
    before = quoted(said)
    shape = json.loads(said("policies", "import", PUBLISHED, "--policy", "larks", "--edition", "May 2026", "--json"))
    after = quoted(said)

    assert (before["official"], before["quote"]) == (False, "Never record a rehearsal without the conductor's consent.")
    assert (shape["aligned"], shape["doubtful"], shape["missing"]) == (7, 0, ["larks/concerts/programme"])
    assert shape["uncovered"] == 2
    assert (after["official"], after["edition"]) == (True, "May 2026")
    assert after["quote"] == "Recording a rehearsal is never allowed without the conductor’s consent."


def test_an_import_tells_what_was_found_and_what_to_do(oars: Path, said: Verse) -> None:
    shown = said("policies", "import", PUBLISHED, "--policy", "larks")

    assert "Clauses of larks: 7 beside their passages, 0 doubtful, 1 missing from the text." in shown
    assert "If in doubt, ask the Choir Secretary" in shown
    assert "The Larks thank the sponsors" in shown
    assert "In force: answers quote" in shown
    assert "`verse policies settle larks`" in shown


def test_both_texts_are_shown_side_by_side(oars: Path, said: Verse) -> None:
    said("policies", "import", PUBLISHED, "--policy", "larks")
    shown = said("policies", "show", RECORDING)

    assert re.search(r"in our summary +\| +in the official text", shown)
    assert re.search(r"Never record a rehearsal +.*\|  Recording a rehearsal is never allowed", shown)


def test_a_changed_file_keeps_the_quotes_of_what_is_unchanged_and_says_that_it_is_amended(
    oars: Path, said: Verse, tmp_path: Path
) -> None:
    said("policies", "import", PUBLISHED, "--policy", "larks", "--edition", "May 2026")
    file = tmp_path / "larks.md"
    text = (oars.parent / "larks.md").read_text(encoding="utf-8")
    file.write_text(
        text.replace("Keep every post on a choir account friendly.", "Keep each post kind."), encoding="utf-8"
    )
    shown = said("policies", "put-in-force", str(file))
    now = quoted(said)

    assert "No longer quoted in the society's own words, until it is settled again: larks/accounts/tone." in shown
    assert now["official"] is True
    assert re.fullmatch(r"May 2026, as amended on \d+ \w+ \d{4}", now["edition"])
    assert "in force already" in said("policies", "put-in-force", str(file))


def test_nothing_is_settled_where_no_text_was_brought_in(oars: Path, turned_away: Verse) -> None:
    assert "no official text of 'oars' has been brought in" in turned_away("policies", "settle", "oars")


def test_the_names_that_the_office_hides_are_shown_nowhere(oars: Path, said: Verse) -> None:
    (Path(os.environ["DATA_DIR"]) / "office.toml").write_text('hide_names = ["the conductor"]', encoding="utf-8")
    said("policies", "import", PUBLISHED, "--policy", "larks")

    assert quoted(said)["quote"] == "Recording a rehearsal is never allowed without [name]’s consent."


@pytest.mark.parametrize(
    "words", [["import", "nowhere.pdf", "--policy", "larks"], ["new", "nowhere.pdf", "--society", "x"]]
)
def test_a_file_that_is_not_there_is_told_of(oars: Path, turned_away: Verse, words: list[str]) -> None:
    assert "nowhere.pdf: there is no such file" in turned_away("policies", *words)
