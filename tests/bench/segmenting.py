"""What is made of policies that nobody here wrote, beside what a person found in them (tests/golden/documents)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from adapters.documents.reading import read
from knowledge import policy_files
from knowledge.clauses import Clause
from knowledge.intake.documents import Document, Kind
from knowledge.intake.drafting import Draft, draft
from tests.bench.report import folder_named, tell

LABELS = Path(__file__).parents[1] / "golden" / "documents"
_WHOLE = 0.9  # share of a labelled clause's words that have to stand together in one clause
_MEASURES = (
    "sections found",
    "rules kept whole",
    "alone",
    "headings as rules",
    "force right",
    "of the wrong, unsure",
    "binds right",
)


@dataclass(frozen=True, slots=True)
class Found:
    """Counts for one document: of each measure how many, and out of how many."""

    counts: Mapping[str, tuple[int, int]]


def show(console: Console) -> list[str]:
    """Prints one row a document. There are no limits here, so none is ever broken."""
    folder = folder_named("DOCUMENTS_DIR")
    if folder is None:
        console.print(
            "Policies from nothing: skipped; set DOCUMENTS_DIR to the folder that holds the labelled documents"
        )
        return []
    table = Table(
        "document", *_MEASURES, title="Policies from nothing, beside labels made by hand", title_justify="left"
    )
    for labels in sorted(LABELS.glob("*.yaml")):
        label = yaml.safe_load(labels.read_text(encoding="utf-8"))
        found = measured(folder / label["source"]["file"], label)
        table.add_row(labels.stem, *(f"{some}/{of}" for some, of in (found.counts[name] for name in _MEASURES)))
    console.print(table)
    return []


def measured(file: Path, label: Mapping[str, Any]) -> Found:
    """What is found in one document beside its labels. A force counts as right where it is the one labelled, or the
    other that the label calls fair."""
    document = read(file, tell)
    lines = file.read_text(encoding="utf-8").splitlines()
    made = draft(document, "labelled")
    clauses = {clause.id: clause for clause in policy_files.parse(made.source, file).clauses}
    owns = {name: _words(_own(made, document, name)) for name in clauses}
    headings = [_words(lines[one["line"] - 1]) for one in label["sections"]]
    known = [_words(block.text) for block in document.blocks if block.kind is Kind.HEADING]
    best = [_best(_words(_labelled(lines, one)), owns) for one in label["clauses"]]
    whole = [(one, name) for one, (name, share) in zip(label["clauses"], best, strict=True) if share >= _WHOLE]
    names = [name for name, _ in best]
    wrong = [clauses[name] for one, name in whole if clauses[name].force not in (one["force"], one.get("or"))]
    return Found(
        {
            "sections found": (sum(any(_same(one, other) for other in known) for one in headings), len(headings)),
            "rules kept whole": (len(whole), len(best)),
            "alone": (sum(names.count(name) == 1 for _, name in whole), len(whole)),
            "headings as rules": (sum(any(own and own == one for one in headings) for own in owns.values()), len(owns)),
            "force right": (len(whole) - len(wrong), len(whole)),
            "of the wrong, unsure": (sum(bool(clause.unsure) for clause in wrong), len(wrong)),
            "binds right": (sum(_binds(one, clauses[name]) for one, name in whole), len(whole)),
        }
    )


def _own(made: Draft, document: Document, name: str) -> str:
    return " ".join(document.text[one.start : one.end] for one in made.extracts[name])


def _labelled(lines: Sequence[str], one: Mapping[str, Any]) -> str:
    first, last = one["lines"]
    words = "\n".join(lines[first - 1 : last])
    if "columns" in one:
        start, end = one["columns"]
        words = words[start - 1 : end]
    return words


def _words(text: str) -> list[str]:
    """Words in lower case, without tags, and without the number or letter that a line bears."""
    text = re.sub(r"<[^>]*>|&\w+;|\{[{%].*?[}%]\}|\]\([^)]*\)", " ", text)
    text = re.sub(r"^[\s|#>*-]*(?:\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]*[\s|]+)?(?=\S)", "", text)
    return re.findall(r"\w+", text.lower())


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return list(one) == list(other) or list(one)[-len(other) :] == list(other)


def _best(words: Sequence[str], owns: Mapping[str, Sequence[str]]) -> tuple[str, float]:
    """The clause that holds most of these words, the shortest of such, and the share that it holds."""
    wanted = set(words)
    shares = {name: len(wanted & set(own)) / max(len(wanted), 1) for name, own in owns.items()}
    name = max(shares, key=lambda name: (round(shares[name], 2), -len(owns[name])))
    return name, shares[name]


def _binds(one: Mapping[str, Any], clause: Clause) -> bool:
    return set(one["binds"]) == set(clause.binds)
