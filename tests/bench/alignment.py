"""How the clauses of the shipped policies are set beside their official texts, against passages chosen by eye."""

import hashlib
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from adapters.documents.reading import read as read_document
from knowledge import policy_files
from knowledge.clauses import Force, Policy
from knowledge.encoding import Floats, MiniLM
from knowledge.intake.aligning import Aligned, Alignment, Encode, State, align
from knowledge.intake.documents import Block, Document
from knowledge.intake.people import people
from knowledge.intake.sentences import Sentence, Sentences, sentences
from knowledge.intake.settling import settlement, stored
from knowledge.official import OfficialText
from knowledge.vectors import VectorCache
from tests.bench.report import Goal, folder_named, shown, tell

PASSAGES = Path(__file__).parent.parent / "golden" / "passages.yaml"
_LEFT_IN_JOINING = re.compile(r"[\s|\u00ad]")  # what a reader may put in or take out: white space, marks of a table
GOALS = {
    "aligned": Goal(60, "count", limit=True),
    "wrong": Goal(0, "count", at_most=True, limit=True),
    "wrong without their passage": Goal(6, "count", at_most=True),
    "seconds": Goal(5, "s", at_most=True),
}

_ENCODED = "encoded"

Offsets = frozenset[int]  # of characters in the file of a source, without white space


@dataclass(frozen=True, slots=True)
class Source:
    """An official text beside its policy. `right` are the places that each clause restates, `allowed` those and where
    it takes its condition or its subject from, and `held` the place in the file of each sentence, by number."""

    policy: Policy
    document: Document
    read: Sentences
    held: Mapping[int, Offsets]
    right: Mapping[str, Offsets]
    allowed: Mapping[str, Offsets]
    announced: Mapping[str, Offsets]
    furniture: Offsets
    people: Offsets
    names: tuple[str, ...]  # of the people in the text, found by what their addresses of e-mail begin with

    @property
    def restated(self) -> list[str]:
        """The clauses that are no gaps."""
        return [clause.id for clause in self.policy.clauses if clause.force is not Force.GAP]

    @property
    def gaps(self) -> list[str]:
        return [clause.id for clause in self.policy.clauses if clause.force is Force.GAP]

    def places(self, numbers: Sequence[int]) -> Offsets:
        return frozenset[int]().union(*(self.held[number] for number in numbers))

    def fits(self, found: Aligned) -> bool:
        """Whether a clause would be quoted with words of its own sentences, and of none besides."""
        places = self.places(found.sentences)
        right = self.right.get(found.clause, frozenset())
        return bool(places & right) and places <= self.allowed[found.clause]

    def whole(self, found: Aligned) -> bool:
        """Whether it would be quoted with all of them."""
        return self.fits(found) and self.right[found.clause] <= self.places(found.sentences)

    def without(self, clause: str) -> list[Sentence]:
        """The sentences that the clause does not restate."""
        return [one for one in self.read.kept if not self.held[one.number] & self.right[clause]]

    def official(self, alignment: Alignment) -> OfficialText:
        """The text as it would be quoted, with the names hidden that an import proposes."""
        text = stored(self.document, self.read)
        settled = settlement(alignment, people(self.document.text))
        extracts = {
            clause: tuple(text.passages[number] for number in one.use)
            for clause, one in settled.clauses.items()
            if one.use
        }
        return OfficialText("as published", text.text, extracts, tuple(settled.names))


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of a source. `seconds` are for reading and aligning."""

    alignment: Alignment
    wrong: list[str]
    whole: int
    wrong_without: list[str]
    seconds: float


def why_not(folder: Path | None) -> str | None:
    """Why the sources cannot be measured from a folder; None where they can."""
    if folder is None:
        return "SOURCES_DIR names no folder with the two sources"
    for one in _passages().values():
        file = folder / one["source"]
        if not file.is_file():
            return f"SOURCES_DIR holds no {file.name}"
        if hashlib.sha256(file.read_bytes()).hexdigest() != one["sha256"]:
            return f"{file.name} is another copy than the one whose passages were chosen by eye"
    return None


def sources(folder: Path) -> list[Source]:
    """Both sources, as the reader of documents gives them."""
    return [_source(name, one, folder) for name, one in _passages().items()]


def measure(source: Source, encode: Encode | None) -> Measured:
    """Aligns a source, and again without the passage of each clause in turn, where none should be aligned."""
    started = time.perf_counter()
    alignment = align(source.policy.clauses, source.read.kept, encode)
    seconds = time.perf_counter() - started
    aligned = alignment.of(State.ALIGNED)
    wrong_without = []
    for clause in source.restated:
        again = align(source.policy.clauses, source.without(clause), encode)
        wrong_without += [one.clause for one in again.of(State.ALIGNED) if one.clause == clause]
    return Measured(
        alignment,
        [one.clause for one in aligned if not source.fits(one)],
        sum(source.whole(one) for one in aligned),
        wrong_without,
        seconds,
    )


def show(console: Console) -> list[str]:
    """Prints the table. Returns the limits that are broken."""
    folder = folder_named("SOURCES_DIR")
    reason = why_not(folder)
    if folder is None or reason:
        console.print(f"Alignment with the official texts: skipped; {reason}")
        return []
    table = Table(
        title="Clauses beside their official texts",
        caption="Wrong: quoted with words that it does not restate; whole: with all that it restates. Then how many are"
        " aligned, wrongly, where the passage that they restate is taken out of the text. Seconds of both: the slower.",
        title_justify="left",
        caption_justify="left",
    )
    columns = (
        "aligned",
        "doubtful",
        "missing",
        "wrong",
        "whole",
        "uncovered",
        "wrong without their passage",
        "seconds",
    )
    for column in ("", *columns):
        table.add_column(column, justify="right" if column else "left")
    broken: list[str] = []
    encoder = MiniLM.installed()
    for kind in (_ENCODED, "by words"):
        totals = dict.fromkeys(columns, 0.0)
        for source, reading in _timed(folder):
            with tempfile.TemporaryDirectory() as kept:  # where nothing is encoded yet
                measured = measure(source, encoding(Path(kept), encoder) if kind == _ENCODED else None)
            figures = _figures(measured, reading)
            slower = max(totals["seconds"], figures["seconds"])
            totals = {name: totals[name] + value for name, value in figures.items()} | {"seconds": slower}
            table.add_row(f"{source.policy.id} {kind}", *(_told(name, value) for name, value in figures.items()))
        table.add_row(f"both {kind}", *(_told(name, value) for name, value in totals.items()), end_section=True)
        if kind == _ENCODED:
            standings = {name: goal.told(totals[name]) for name, goal in GOALS.items()}
            broken += [
                f"alignment, {name}" for name, goal in GOALS.items() if goal.limit and not goal.met(totals[name])
            ]
    table.add_row("goals", *(f"{GOALS[name]}, {standings[name]}" if name in GOALS else "" for name in columns))
    console.print(table)
    return broken


def encoding(folder: Path, encoder: MiniLM) -> Encode:
    """Encodes as the composition root does: nothing twice that the folder keeps."""
    cache = VectorCache(folder, encoder.name)

    def encode(texts: Sequence[str]) -> Floats:
        return cache.encode(texts, encoder, lambda _stage, _done, _of: None)

    return encode


def _timed(folder: Path) -> list[tuple[Source, float]]:
    """Both sources, with the seconds that reading each took."""
    found = []
    for name, one in _passages().items():
        started = time.perf_counter()
        source = _source(name, one, folder)
        found.append((source, time.perf_counter() - started))
    return found


def _figures(measured: Measured, reading: float) -> dict[str, float]:
    counts = {str(state): float(len(measured.alignment.of(state))) for state in State}
    return {
        **counts,
        "wrong": len(measured.wrong),
        "whole": measured.whole,
        "uncovered": len(measured.alignment.uncovered),
        "wrong without their passage": len(measured.wrong_without),
        "seconds": reading + measured.seconds,
    }


def _told(name: str, value: float) -> str:
    return shown(value, "s" if name == "seconds" else "count")


def _passages() -> dict[str, Any]:
    passages: dict[str, Any] = yaml.safe_load(PASSAGES.read_text(encoding="utf-8"))
    return passages


def _source(name: str, passages: Mapping[str, Any], folder: Path) -> Source:
    file = folder / passages["source"]
    text = file.read_text(encoding="utf-8")
    document = read_document(file, tell)
    read = sentences(document)
    right = {clause: _visible(text, spans) for clause, spans in passages["sentences"].items()}
    added = {clause: _of_lines(text, lines) for clause, lines in passages["may_add"].items()}
    allowed = {clause: places | added.get(clause, frozenset()) for clause, places in right.items()}
    return Source(
        policy=policy_files.read(policy_files.SHIPPED / f"{name}.md"),
        document=document,
        read=read,
        held=_held(text, document, [*read.kept, *read.left_out]),
        right=right,
        allowed=allowed,
        announced={clause: _of_lines(text, lines) for clause, lines in passages["announced"].items()},
        furniture=_of_lines(text, passages["furniture"]),
        people=_of_lines(text, passages["people"]),
        names=_names(text),
    )


def _held(text: str, document: Document, found: Sequence[Sentence]) -> dict[int, Offsets]:
    """Where in the file each numbered sentence stands: its characters are looked for in the lines of its block."""
    held: dict[int, Offsets] = {}
    reached: dict[int, int] = {}  # by block
    for one in sorted(found, key=lambda one: one.start):
        places = sorted(_of_lines(text, [_lines(document.blocks[one.block])]))
        there = "".join(text[place] for place in places)
        looked_for = _LEFT_IN_JOINING.sub("", one.text)
        at = there.index(looked_for, reached.get(one.block, 0))
        reached[one.block] = at + len(looked_for)
        if one.number:
            held[one.number] = frozenset(places[at : at + len(looked_for)])
    return held


def _lines(block: Block) -> tuple[int, int]:
    if block.lines is None:
        raise ValueError("a text has lines, and its blocks should say which")
    return block.lines


def _of_lines(text: str, lines: Sequence[Sequence[int]]) -> Offsets:
    """The places of all that can be seen in some ranges of lines, counted from 1."""
    ends = [0]
    for line in text.split("\n"):
        ends.append(ends[-1] + len(line) + 1)
    return _visible(text, [(ends[first - 1], ends[last] - 1) for first, last in lines])


def _visible(text: str, spans: Sequence[Sequence[int]]) -> Offsets:
    return frozenset(
        place for start, end in spans for place in range(start, end) if not _LEFT_IN_JOINING.match(text[place])
    )


def _names(text: str) -> tuple[str, ...]:
    """What addresses of e-mail begin with, and the full names in the text that begin with the same."""
    given = {found[1] for found in re.finditer(r"(\w+)@\w+\.", text)}
    full = {" ".join(found[0].split()) for one in given for found in re.finditer(rf"(?i:\b{one})\s+[A-Z]\w+", text)}
    return (*sorted(given), *sorted(full))
