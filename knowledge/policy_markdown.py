"""The body of a policy file, from Markdown to clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from markdown_it import MarkdownIt

from knowledge.clauses import Ask, Clause, Force, Option, Party, TurnsOn, Verdict

_FIELDS = ("force", "binds", "see also", "holds to", "only when", "note", "unsure")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*){2}")
_LABELLED = re.compile(r"(yes|no|depends|info): (.+)", re.DOTALL | re.IGNORECASE)
_Word = TypeVar("_Word", Force, Party)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a policy file, and where."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class PolicyFileError(Exception):
    """Raised for files that cannot be used. Carries every fault that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str  # h2, h3, p (a paragraph), li (an item of a list) or fence (words to be taken as they stand)
    text: str
    line: int


@dataclass(slots=True)
class _Draft:
    """A clause while its lines are read."""

    id: str
    section: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    turns_on: str = ""
    options: list[Option] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)


def clauses_in(body: str, policy: str, society: str, file: Path, first_line: int, faults: list[Fault]) -> list[Clause]:
    """The clauses of a text that begins on `first_line` of its file. What is wrong is added to `faults`."""
    drafts = _drafts(body, first_line, file, faults)
    if not drafts:
        faults.append(Fault(file, first_line, "no clause; a clause opens with a heading '### society/section/slug'"))
    return _clauses(drafts, policy, society, file, faults)


def _blocks(body: str, first_line: int) -> Iterator[_Block]:
    """The headings, paragraphs and list items of a Markdown text, their marks kept as they were written."""
    kinds: list[str] = []
    for token in MarkdownIt("commonmark", {"html": False}).disable(["code", "lheading", "reference"]).parse(body):
        if token.type == "heading_open":
            kinds.append(token.tag)
        elif token.type == "list_item_open":
            kinds.append("li")
        elif token.type in ("heading_close", "list_item_close"):
            kinds.pop()
        elif token.type in ("inline", "fence") and token.map is not None:
            outside = "p" if token.type == "inline" else "fence"
            yield _Block(kinds[-1] if kinds else outside, token.content.strip(), token.map[0] + first_line)


def _drafts(body: str, first_line: int, file: Path, faults: list[Fault]) -> list[_Draft]:
    drafts: list[_Draft] = []
    section, reading = "", ""
    for block in _blocks(body, first_line):
        if block.kind in ("h1", "h2"):
            section, reading = (block.text, "") if block.kind == "h2" else ("", "")
            continue
        if block.kind == "h3":
            if not section:
                faults.append(Fault(file, block.line, f"the clause '{block.text}' stands under no section ('## ...')"))
            drafts.append(_Draft(id=block.text, section=section, line=block.line))
            reading = "fields"
            continue
        if not drafts or not reading:
            continue  # what stands before the first clause, or under a section, is a note to the reader
        draft = drafts[-1]
        if block.kind == "li" and reading == "options":
            _read_option(draft, block, file, faults)
        elif block.kind == "li" and reading == "asks":
            _read_ask(draft, block, file, faults)
        elif reading == "fields" and block.kind == "p" and re.match(r"[a-z ]+: ", block.text):
            _read_fields(draft, block, file, faults)
            reading = "text"
        elif block.text.startswith("Turns on:") and block.kind == "p":
            draft.turns_on, reading = block.text.removeprefix("Turns on:").strip(), "options"
        elif block.text == "Asks:" and block.kind == "p":
            reading = "asks"
        elif block.kind == "p" and re.fullmatch(r"(?i)(?:asks?|turns? on)\W*", block.text):
            faults.append(Fault(file, block.line, f"'{block.text}' is not 'Asks:', nor 'Turns on: QUESTION'"))
        elif reading in ("options", "asks"):
            faults.append(Fault(file, block.line, "text after a list; a clause is its text first, then its lists"))
        else:
            draft.text.append(" ".join(block.text.split()))
            reading = "text"
    return drafts


def _read_fields(draft: _Draft, block: _Block, file: Path, faults: list[Fault]) -> None:
    for offset, line in enumerate(block.text.splitlines()):
        key, colon, value = line.partition(":")
        if not colon or key not in _FIELDS:
            fields = ", ".join(f"'{name}:'" for name in _FIELDS)
            faults.append(Fault(file, block.line + offset, f"'{line}' is none of {fields}; is a blank line missing?"))
        elif key in draft.fields:
            faults.append(Fault(file, block.line + offset, f"'{key}:' stands twice"))
        draft.fields[key] = value.strip()


def _read_option(draft: _Draft, block: _Block, file: Path, faults: list[Fault]) -> None:
    match = _LABELLED.fullmatch(block.text)
    if match is None:
        faults.append(
            Fault(file, block.line, f"option '{block.text}' does not open with 'yes:', 'no:', 'depends:' or 'info:'")
        )
        return
    draft.options.append(Option(" ".join(match[2].split()), Verdict(match[1].lower())))


def _read_ask(draft: _Draft, block: _Block, file: Path, faults: list[Fault]) -> None:
    match = _LABELLED.fullmatch(block.text)
    text = " ".join((match[2] if match else block.text).split())
    if not text:
        faults.append(Fault(file, block.line, "an ask without words"))
        return
    draft.asks.append(Ask(text, Verdict(match[1].lower()) if match else None))


def _clauses(drafts: list[_Draft], policy: str, society: str, file: Path, faults: list[Fault]) -> list[Clause]:
    first_lines: dict[str, int] = {}
    for draft in drafts:
        if not _ID.fullmatch(draft.id):
            what = f"clause id '{draft.id}' is not society/section/slug in lower-case words joined by hyphens"
            faults.append(Fault(file, draft.line, what))
        elif not draft.id.startswith(f"{society}/"):
            faults.append(
                Fault(file, draft.line, f"clause id '{draft.id}' does not open with the society, '{society}/'")
            )
        if draft.id in first_lines:
            faults.append(
                Fault(file, draft.line, f"clause id '{draft.id}' was used on line {first_lines[draft.id]} already")
            )
        first_lines.setdefault(draft.id, draft.line)
    return [clause for draft in drafts if (clause := _clause(draft, policy, set(first_lines), file, faults))]


def _clause(draft: _Draft, policy: str, known: set[str], file: Path, faults: list[Fault]) -> Clause | None:
    found = len(faults)
    force = _one_of(Force, draft.fields.get("force", ""), "force", draft, file, faults)
    binds = [
        _one_of(Party, name.strip(), "binds", draft, file, faults) for name in draft.fields.get("binds", "").split(",")
    ]
    see_also = tuple(name.strip() for name in draft.fields.get("see also", "").split(",") if name.strip())
    faults.extend(
        Fault(file, draft.line, f"'see also' of {draft.id} names '{name}', which is no clause of this file")
        for name in see_also
        if name not in known
    )
    holds_to = draft.fields.get("holds to", "")
    if holds_to and not any(name.startswith(f"{holds_to}/") for name in known):
        faults.append(Fault(file, draft.line, f"'holds to' of {draft.id}: no clause's id opens with '{holds_to}/'"))
    if draft.fields.get("only when", "representing") != "representing":
        faults.append(Fault(file, draft.line, f"'only when' of {draft.id}: the one condition known is 'representing'"))
    if not any(draft.text):
        faults.append(Fault(file, draft.line, f"the clause '{draft.id}' has no text"))
    if draft.turns_on and len(draft.options) < 2:
        faults.append(Fault(file, draft.line, f"'Turns on' of {draft.id} needs two options or more"))
    if len({option.label.casefold() for option in draft.options}) < len(draft.options):
        faults.append(Fault(file, draft.line, f"'Turns on' of {draft.id} gives one option twice"))
    if len(faults) > found or force is None:
        return None
    return Clause(
        id=draft.id,
        policy=policy,
        section=draft.section,
        force=force,
        binds=tuple(party for party in binds if party),
        text="\n\n".join(draft.text),
        asks=tuple(draft.asks),
        turns_on=TurnsOn(draft.turns_on, tuple(draft.options)) if draft.turns_on else None,
        see_also=see_also,
        holds_to=holds_to,
        if_representing="only when" in draft.fields,
        note=draft.fields.get("note", ""),
        unsure=draft.fields.get("unsure", ""),
    )


def _one_of(words: type[_Word], value: str, key: str, draft: _Draft, file: Path, faults: list[Fault]) -> _Word | None:
    try:
        return words(value)
    except ValueError:
        what = f"'{value}' is unknown" if value else "is missing"
        choices = ", ".join(words)
        faults.append(Fault(file, draft.line, f"{key} of {draft.id}: {what}; it is one of {choices}"))
        return None
