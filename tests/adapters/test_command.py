"""The command `verse`: really run for whole processes, and called in this one where its words are enough."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters import command
from adapters.settings import Settings
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.posts.reading import PostReader
from tests.conftest import KEPT, SAMPLE

INSTALLED = Path(sys.executable).parent
FURTHER = KEPT / "further"  # the shipped policies and the sample ones, by words alone
KEYS = {
    "id", "question", "society", "role", "verdict", "text", "citations", "follow_up", "actions", "unanswered",
    "confidence", "elapsed_ms",
}  # fmt: skip
LOGO = "Can I use the IPEM logo as my profile picture?"
POLICY = """---
id: finches
society: finches
organisation: The Finches
title: Rules
known_as: the Finches' rules
edition: 1
office: the office
---

## A section

### finches/a/b

force: must
binds: member

Sing at dawn.

Asks:

- yes: do I have to sing at dawn
"""


@pytest.fixture
def environment(
    library: Library, guides: Guides, reader: PostReader, warm_verse: Path, tmp_path: Path
) -> dict[str, str]:
    """What a person has who has set nothing but the data folder; what is learnt is there by now."""
    return {
        "PATH": f"{warm_verse}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "DATA_DIR": str(KEPT),
        "DATABASE_URL": f"sqlite:///{tmp_path}/verse.db",
        "COLUMNS": "200",
    }


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same for a command that is called in this process."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(KEPT))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/verse.db")
    monkeypatch.chdir(tmp_path)


class Ran:
    """What a process came to."""

    def __init__(self, done: "subprocess.CompletedProcess[bytes]") -> None:
        self.status, self.out, self.err = done.returncode, done.stdout.decode(), done.stderr.decode()

    @property
    def shapes(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def verse(environment: dict[str, str], *words: str | bytes, read: bytes = b"") -> Ran:
    command = shutil.which("verse", path=environment["PATH"])
    assert command is not None
    done = subprocess.run(
        [command, *words], input=read, capture_output=True, env=environment, cwd=environment["HOME"], timeout=120
    )
    return Ran(done)


def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """The one line with which unusable input is turned away."""
    monkeypatch.setattr(sys, "argv", ["verse", *words])
    with pytest.raises(SystemExit) as ended:
        command.main()
    shown = capsys.readouterr()
    assert ended.value.code == 2
    assert shown.out == ""
    assert shown.err.startswith("verse: ")
    assert shown.err.count("\n") == 1
    assert "Traceback" not in shown.err
    return shown.err.removeprefix("verse: ").rstrip()


def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What a command prints that has nothing to complain of."""
    monkeypatch.setattr(sys, "argv", ["verse", *words])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code in (0, None)
    return capsys.readouterr().out


def test_an_answer_opens_with_its_verdict_and_quotes_its_clause(environment: dict[str, str]) -> None:
    ran = verse(environment | {"PATH": str(INSTALLED)}, "ask", LOGO, "--society", "ipem")

    assert ran.status == 0, ran.err
    assert ran.err == ""
    assert ran.out.startswith("No, ")
    assert "[ipem/personal/logo]" in ran.out
    assert "From IPEM's guidelines, in our summary" in ran.out


def test_the_setting_names_the_society_where_the_command_does_not(environment: dict[str, str]) -> None:
    ran = verse(environment | {"SOCIETY": "icis"}, "ask", "Does the policy apply to blogs?", "--json")

    assert ran.status == 0, ran.err
    assert ran.shapes[0]["society"] == "icis"
    assert all(citation["clause"].startswith("icis/") for citation in ran.shapes[0]["citations"])


def test_json_is_one_line_in_the_shape_of_the_contract(environment: dict[str, str]) -> None:
    ran = verse(environment, "ask", LOGO, "--society", "ipem", "--role", "trainee", "--json")

    assert ran.status == 0, ran.err
    (shape,) = ran.shapes
    assert set(shape) == KEYS
    assert shape["verdict"] == "no"
    assert shape["role"] == "trainee"
    assert shape["question"] == LOGO
    assert shape["unanswered"] is None
    assert shape["citations"][0]["clause"] == "ipem/personal/logo"


LINES = [
    {"id": "h1", "society": "ipem", "role": "member", "question": LOGO},
    {"id": "h2"},
    {"id": "h3", "society": "icis", "role": "staff", "question": "Does the policy apply to blogs?"},
    {"id": "h4", "society": "finches", "question": "Do I have to sing at dawn?"},
    {"id": "h5", "society": "ipem", "role": "king", "question": LOGO},
    {"id": "h6", "question": "Hello"},
]


def check_lines(shapes: list[dict[str, Any]]) -> None:
    assert [shape["id"] for shape in shapes] == ["h1", "h2", "h3", "h4", "h5", "h6"]
    assert ["error" in shape for shape in shapes] == [False, True, False, True, True, False]
    assert all(set(shape) == (KEYS if "error" not in shape else {"id", "error"}) for shape in shapes)
    assert shapes[5]["unanswered"] == "small_talk"


def test_a_file_of_questions_is_answered_line_by_line(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")

    ran = verse(environment, "ask", "--society", "ipem", "--jsonl", str(file))

    assert ran.status == 0, ran.err
    assert ran.err == ""
    check_lines(ran.shapes)


def test_standard_input_is_answered_line_by_line(environment: dict[str, str]) -> None:
    read = "\n".join(map(json.dumps, LINES)).encode()

    ran = verse(environment, "ask", "--society", "ipem", "--jsonl", "-", read=read)

    assert ran.status == 0, ran.err
    check_lines(ran.shapes)


def test_a_batch_and_a_single_question_agree(environment: dict[str, str]) -> None:
    single = verse(environment, "ask", LOGO, "--society", "ipem", "--json").shapes[0]
    batch = verse(environment, "ask", "--jsonl", "-", read=json.dumps(LINES[0]).encode()).shapes[0]

    timed = {"elapsed_ms": 0, "id": None}
    assert single | timed == batch | timed


@pytest.mark.parametrize(
    "question",
    [
        "",
        "can i retweet this " * 1053,
        b"\x80\xff\xfe\x01\x1b[31m",
        "\u202eهل يمكنني مشاركة هذا المنشور؟",
        "🎉🎉🎉",
        "Puis-je partager une photo de la conférence sur mon compte personnel ?",
    ],
    ids=["empty", "20,000 characters", "binary", "right to left", "emoji only", "French"],
)
def test_whatever_is_asked_a_sentence_comes_back(environment: dict[str, str], question: str | bytes) -> None:
    ran = verse(environment, "ask", "--society", "ipem", "--", question)

    assert ran.status == 0, ran.err
    assert ran.err == ""
    assert ran.out.strip().endswith((".", "?")) or "  1. " in ran.out
    assert not set(ran.out) & {"\x1b", "\u202e", "\x80"}


def test_a_question_may_begin_with_a_hyphen(environment: dict[str, str]) -> None:
    assert verse(environment, "ask", "--society", "ipem", "--", "--help me please").status == 0


def test_chat_reads_a_pipe(environment: dict[str, str]) -> None:
    ran = verse(environment, "chat", "--society", "ipem", read=f"I am a trainee\n{LOGO}\nquit\n".encode())

    assert ran.status == 0, ran.err
    assert ran.err == ""
    assert "Noted: you ask as a trainee." in ran.out
    assert "[ipem/personal/logo]" in ran.out
    assert ran.out.endswith("Goodbye.\n")


def test_a_further_policy_is_answered_from(environment: dict[str, str]) -> None:
    further = environment | {"POLICY_DIR": str(SAMPLE), "EMBEDDINGS": "none", "DATA_DIR": str(FURTHER)}

    ran = verse(further, "ask", "can I take a camera in a racing boat", "--society", "oars", "--json")

    assert ran.status == 0, ran.err
    assert ran.shapes[0]["verdict"] == "no"
    assert ran.shapes[0]["citations"][0]["clause"] == "oars/water/cameras"
    assert ran.shapes[0]["citations"][0]["official"] is True


def test_doctor_finds_no_fault_where_there_is_none(environment: dict[str, str]) -> None:
    ran = verse(environment, "doctor")

    assert ran.status == 0, ran.err
    assert "FAULT" not in ran.out
    assert "all-MiniLM-L6-v2" in ran.out


def test_doctor_ends_with_a_status_where_there_is_a_fault(environment: dict[str, str]) -> None:
    ran = verse(environment | {"SOCIETY": "finches"}, "doctor")

    assert ran.status != 0
    assert "FAULT  SOCIETY: " in ran.out
    assert "Traceback" not in ran.err


def test_evaluate_prints_figures_as_json(environment: dict[str, str], tmp_path: Path) -> None:
    known: dict[str, object] = {"id": "q1", "society": "ipem", "role": "member", "question": LOGO, "kind": "direct"}
    known |= {"gold": ["ipem/personal/logo"], "also": [], "verdict": "no"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(known), encoding="utf-8")

    ran = verse(environment, "evaluate", str(tmp_path), "--json")

    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["all"]["right verdict"] == {"share": 1.0, "right": 1, "of": 1}


@pytest.mark.usefixtures("bare")
class TestRefusals:
    """Unusable input ends with status 2 and one line that says what is wrong and what to do."""

    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (["ask"], "give one question in quotes, or --jsonl FILE"),
            (["ask", "Can I?", "--jsonl", "-"], "give one question in quotes, or --jsonl FILE"),
            (["ask", "Can I?", "--role", "king"], "the role 'king' is unknown; it is one of member, staff"),
            (["ask", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
            (["ask", "--jsonl", "."], ".: Is a directory"),
            (["ask", "Can I?", "--as-of", "May"], "'May' is no date; write it as 2026-05-31"),
            (["ask", "Can I?", "--as-of", "2026-02-30"], "'2026-02-30' is no date"),
            (["ask", "Can I?", "--as-of", "9999-12-30"], "9999-12-30 is still to come; leave --as-of out"),
            (["chat", "--role", "king"], "the role 'king' is unknown"),
            (["evaluate", "nowhere"], "nowhere: holds no set; name a folder with questions.jsonl"),
            (["policies", "show", "ipem/no/such"], "no clause or policy 'ipem/no/such' is held; `verse policies list`"),
            (["policies", "check", "nowhere.md"], "nowhere.md:1: cannot be read"),
        ],
    )
    def test_input_that_cannot_be_used(
        self, words: list[str], line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert line in refused(capsys, monkeypatch, *words)

    def test_a_society_that_is_not_held(
        self, library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line = refused(capsys, monkeypatch, "ask", "Can I?", "--society", "finches")

        assert line == "no policy of 'finches' is held; held are: icis, ipem"

    def test_a_society_that_nobody_named(
        self, library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line = refused(capsys, monkeypatch, "ask", "Can I?")

        assert line == "whose policy? Add --society with icis or ipem, or set SOCIETY"

    @pytest.mark.parametrize(
        ("name", "value", "line"),
        [
            ("EMBEDDINGS", "nobody:model", "EMBEDDINGS=nobody:model: "),
            ("EMBEDDINGS", "openai:model", "EMBEDDINGS=openai:model: "),
        ],
    )
    def test_a_setting_that_cannot_be_used(
        self,
        name: str,
        value: str,
        line: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv(name, value)

        assert line in refused(capsys, monkeypatch, "ask", "Can I?", "--society", "ipem")

    def test_a_folder_of_policies_that_is_not_there(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POLICY_DIR", "nowhere")

        line = refused(capsys, monkeypatch, "policies", "list")

        assert line == "nowhere:1: this folder of policies does not exist; create it or mend POLICY_DIR"

    def test_a_faulty_policy_is_named_with_file_and_line(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        file = tmp_path / "finches.md"
        file.write_text(POLICY.replace("force: must", "force: perhaps"), encoding="utf-8")

        line = refused(capsys, monkeypatch, "policies", "check", str(file))

        assert line.startswith(f"{file}:13: ")
        assert "'perhaps' is unknown" in line

    def test_two_policies_of_one_id_are_named_with_their_files(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for name in ("a.md", "b.md"):
            (tmp_path / name).write_text(POLICY, encoding="utf-8")
        monkeypatch.setenv("POLICY_DIR", str(tmp_path))

        line = refused(capsys, monkeypatch, "policies", "list")

        assert line.startswith(f"{tmp_path / 'b.md'}:1: the policy 'finches' is in {tmp_path / 'a.md'} already")


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["policies", "--help"]])
def test_help_is_plain_text(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = printed(capsys, monkeypatch, *words)

    assert "Usage:" in shown
    assert "\x1b" not in shown
