"""How long it takes to bring a text in, and what a changed policy would change."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate
from rich.console import Console
from rich.table import Table

from knowledge import comparing, policy_files
from knowledge.answers import Question
from knowledge.clauses import Party
from knowledge.comparing import Flip
from knowledge.editions import Standing
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.bench.report import Goal, folder_named, shown, tell
from tests.conftest import KEPT, SAMPLE
from tests.golden.changed import changed_ipem

_VERSE = str(Path(sys.executable).with_name("verse"))
_GOLDEN = Path(__file__).parent.parent / "golden" / "questions.jsonl"
_SECTIONS, _PARAGRAPHS, _SENTENCES = 320, 12, 7  # of the long document: some 500 pages
_WORDS = (SAMPLE / "larks.md").read_text(encoding="utf-8").lower().split()
_SOURCES = {"ipem": "ipem-social-media-guidelines.txt", "icis": "icis-social-media-policy.txt"}
_SOON, _LONG, _MOST = Goal(5, "s", at_most=True), Goal(60, "s", at_most=True), Goal(1000, "MB", at_most=True)


def show(console: Console) -> list[str]:
    """Prints two tables. There are no limits here, so none is ever broken."""
    _show_imports(console)
    _show_changes(console)
    return []


def _show_imports(console: Console) -> None:
    table = Table("text", "seconds", "aim", "most memory", "aim", title="Bringing a text in", title_justify="left")
    table.caption, table.caption_justify = "Each in a process of its own with a data folder of its own.", "left"
    folder = folder_named("SOURCES_DIR")
    with tempfile.TemporaryDirectory() as temporary:
        passing = Path(temporary)
        if folder is None:
            console.print("Import of the two sources: skipped; set SOURCES_DIR to their folder")
        else:
            for policy, name in _SOURCES.items():
                table.add_row(f"import of {name}", *_figures(folder / name, policy, passing / policy, _SOON))
        pages = _long_document(passing / "long.pdf")
        figures = _figures(passing / "long.pdf", "larks", passing / "larks", _LONG)
        table.add_row(f"import of {pages} pages of PDF", *figures)
    console.print(table)


def _figures(file: Path, policy: str, data: Path, soon: Goal) -> tuple[str, str, str, str]:
    """Seconds and memory of an import, each beside its aim.

    Raises:
        RuntimeError: it failed.
    """
    command = [_VERSE, "policies", "import", str(file), "--policy", policy, "--json"]
    environment = {**os.environ, "DATA_DIR": str(data), "POLICY_DIR": str(SAMPLE)}
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds, megabytes = time.perf_counter() - started, used.ru_maxrss * 1024 / 1e6
    if status != 0:
        raise RuntimeError(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
    return shown(seconds, "s"), soon.told(seconds), shown(megabytes, "MB"), _MOST.told(megabytes)


def _long_document(file: Path) -> int:
    """Writes a PDF of drawn words with the rules of the Larks in its midst; tells how many pages it has."""
    drawn, styles = random.Random(7), getSampleStyleSheet()
    story: list[Flowable] = []
    for section in range(_SECTIONS):
        story.append(Paragraph(f"Section {section + 1} of many", styles["Heading2"]))
        for _ in range(_PARAGRAPHS):
            sentences = (" ".join(drawn.choices(_WORDS, k=drawn.randint(8, 22))) for _ in range(_SENTENCES))
            story.append(Paragraph(". ".join(map(_plain, sentences)) + ".", styles["BodyText"]))
        if section == _SECTIONS // 2:
            rules = (SAMPLE / "larks-as-published.txt").read_text(encoding="utf-8")
            story += [Paragraph(_plain(part), styles["BodyText"]) for part in rules.split("\n") if part.strip()]
    document = SimpleDocTemplate(str(file))
    document.build(story)
    return document.page


def _plain(text: str) -> str:
    """Without what reportlab reads as a tag."""
    return text.replace("&", "and").replace("<", "").replace(">", "").capitalize()


def _show_changes(console: Console) -> None:
    encoder = MiniLM.installed()
    held = [Standing(name, policy_files.SHIPPED / f"{name}.md") for name in ("icis", "ipem")]
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "ipem.md"
        file.write_text(changed_ipem(), encoding="utf-8")
        old = Library.open(held, KEPT, encoder, encoder.name, tell)
        new = Library.open([held[0], Standing("ipem", file)], KEPT, encoder, encoder.name, tell)
    rows = [json.loads(line) for line in _GOLDEN.read_text(encoding="utf-8").splitlines()]
    asked = [Question(row["question"], row["society"], Party(row["role"])) for row in rows]
    flips = [flip for question in asked if (flip := comparing.flip(old, new, question)) is not None]
    altered = comparing.compare(old.policy("ipem"), new.policy("ipem"), (None, None))
    touched = altered.altered | altered.dropped | {clause.id for clause in altered.added}
    table = Table("of the golden questions", "how many", title="What if IPEM's policy changed", title_justify="left")
    for name, some in (
        ("asked", asked),
        ("answered otherwise", flips),
        ("with another verdict", [flip for flip in flips if flip.old.verdict != flip.new.verdict]),
        ("though no clause that is cited was changed", [flip for flip in flips if not touched & _cited(flip)]),
    ):
        table.add_row(name, str(len(some)))
    table.caption = "One clause removed, one added, six changed. The last row is what learning anew moves."
    table.caption_justify = "left"
    console.print(table)


def _cited(flip: Flip) -> set[str]:
    return {citation.clause for outcome in (flip.old, flip.new) for citation in outcome.citations}
