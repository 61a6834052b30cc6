"""Reads policies from Markdown files, and names file and line of everything that is wrong with one.

A file opens with YAML front matter. A `##` heading is a section of the source, a `###` heading the id of a clause. Under
it stand `force:` and `binds:` (and, where wanted, `see also:`), the text in one paragraph or more, and two lists: after
"Turns on: QUESTION" the options and what follows from each, after "Asks:" the ways that people ask. Whatever else a
text says is text: nothing in it is followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from markdown_it import MarkdownIt
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from knowledge.clauses import Ask, Clause, Force, Option, Party, Policy, TurnsOn, Verdict

SHIPPED = Path(__file__).parent / "policies"
UNANSWERABLE = SHIPPED / "unanswerable.yaml"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*){2}")
_LABELLED = re.compile(r"(yes|no|depends|info): (.+)", re.DOTALL)
_Word = TypeVar("_Word", Force, Party)
_LARGEST_FILE = 20_000_000  # bytes; a policy of ten thousand clauses takes some ten


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


def _written_out(value: object) -> object:
    """YAML reads 2013-12-01 as a date and 1.0 as a number; both are words here."""
    return value if isinstance(value, str | None) else str(value)


_Words = Annotated[str, BeforeValidator(_written_out), Field(min_length=1)]


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    society: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    organisation: _Words
    title: _Words
    known_as: _Words
    edition: _Words
    dates: dict[str, _Words] = {}
    office: _Words
    posts: list[_Words] = []
    named_only: list[_Words] = []
    missing_rules: str | None = None
    official: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str  # h2, h3, p (a paragraph) or li (an item of a list)
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


def load(folders: list[Path]) -> list[Policy]:
    """Every policy of the folders, by file name.

    Raises:
        PolicyFileError: a file is faulty, or two files claim one policy or one clause.
    """
    faults: list[Fault] = []
    policies: dict[str, tuple[Policy, Path]] = {}
    owners: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault(folder, 1, "this folder of policies does not exist; create it or mend POLICY_DIR"))
            continue
        for file in sorted(folder.glob("*.md")):
            try:
                policy = read(file)
            except PolicyFileError as error:
                faults += error.faults
                continue
            if policy.id in policies:
                other = policies[policy.id][1]
                faults.append(Fault(file, 1, f"the policy '{policy.id}' is in {other} already; give one another id"))
                continue
            policies[policy.id] = policy, file
            for clause in policy.clauses:
                if clause.id in owners:
                    faults.append(Fault(file, 1, f"the clause '{clause.id}' is in {owners[clause.id]} already"))
                owners[clause.id] = file
    if faults:
        raise PolicyFileError(faults)
    return [policy for policy, _ in policies.values()]


def read_unanswerable(file: Path = UNANSWERABLE) -> dict[str, list[str]]:
    """Messages that no clause answers, by the reason that an answer gives for it."""
    data: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data


def read(file: Path) -> Policy:
    """The policy in one file.

    Raises:
        PolicyFileError: with every fault of the file.
    """
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise PolicyFileError([Fault(file, 1, f"larger than {_LARGEST_FILE // 1_000_000} MB; split the policy")])
        source = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PolicyFileError([Fault(file, 1, f"not UTF-8 text (byte {error.start}); save it as UTF-8")]) from error
    except OSError as error:
        raise PolicyFileError([Fault(file, 1, f"cannot be read: {error.strerror}")]) from error
    return parse(source, file)


def parse(source: str, file: Path) -> Policy:
    """The policy that a text states; `file` is what its faults are reported against."""
    matter, body, first_line = _front_matter(source, file)
    faults: list[Fault] = []
    drafts = _drafts(body, first_line, file, faults)
    clauses = _clauses(drafts, matter, file, faults)
    if matter.missing_rules and matter.missing_rules not in {draft.id for draft in drafts}:
        faults.append(Fault(file, 1, f"front matter, missing_rules: '{matter.missing_rules}' is no clause of this file"))
    if not drafts:
        faults.append(Fault(file, first_line, "no clause; a clause opens with a heading '### society/section/slug'"))
    if faults:
        raise PolicyFileError(sorted(faults, key=lambda fault: fault.line))
    return Policy(
        id=matter.id,
        society=matter.society,
        organisation=matter.organisation,
        title=matter.title,
        known_as=matter.known_as,
        edition=matter.edition,
        dates=tuple(matter.dates.items()),
        office=matter.office,
        posts=tuple(matter.posts),
        named_only=tuple(matter.named_only),
        missing_rules=matter.missing_rules,
        official=matter.official,
        clauses=tuple(clauses),
    )


def _front_matter(source: str, file: Path) -> tuple[_FrontMatter, str, int]:
    """The front matter, the text after it, and the line on which that text begins."""
    match = re.match(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", source, re.DOTALL)
    if match is None:
        what = "no front matter; the file opens with '---', then id, society, title ..., then '---'"
        raise PolicyFileError([Fault(file, 1, what)])
    try:
        data = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise PolicyFileError([Fault(file, line, f"front matter is not YAML: {getattr(error, 'problem', error)}")]) from error
    try:
        matter = _FrontMatter.model_validate(data)
    except ValidationError as error:
        lines = source.splitlines()
        faults = [_front_matter_fault(file, lines, dict(problem)) for problem in error.errors()]
        raise PolicyFileError(faults) from error
    return matter, source[match.end() :], match[0].count("\n") + 1


def _front_matter_fault(file: Path, lines: list[str], problem: dict[str, Any]) -> Fault:
    key = str(problem["loc"][0]) if problem["loc"] else "the front matter"
    line = next((n for n, text in enumerate(lines, 1) if text.startswith(f"{key}:")), 1)
    return Fault(file, line, f"front matter, {key}: {str(problem['msg']).lower()}")


def _blocks(body: str, first_line: int) -> Iterator[_Block]:
    """The headings, paragraphs and list items of a Markdown text, their marks kept as they were written."""
    kinds: list[str] = []
    for token in MarkdownIt("commonmark", {"html": False}).disable(["code", "lheading"]).parse(body):
        if token.type == "heading_open":
            kinds.append(token.tag)
        elif token.type == "list_item_open":
            kinds.append("li")
        elif token.type in ("heading_close", "list_item_close"):
            kinds.pop()
        elif token.type in ("inline", "fence") and token.map is not None:
            yield _Block(kinds[-1] if kinds else "p", token.content.strip(), token.map[0] + first_line)


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
        elif reading == "fields" and re.match(r"[a-z ]+: ", block.text):
            _read_fields(draft, block, file, faults)
            reading = "text"
        elif block.text.startswith("Turns on:") and block.kind == "p":
            draft.turns_on, reading = block.text.removeprefix("Turns on:").strip(), "options"
        elif block.text == "Asks:" and block.kind == "p":
            reading = "asks"
        elif reading in ("options", "asks"):
            faults.append(Fault(file, block.line, "text after a list; a clause is its text first, then its lists"))
        else:
            draft.text.append(" ".join(block.text.split()))
            reading = "text"
    return drafts


def _read_fields(draft: _Draft, block: _Block, file: Path, faults: list[Fault]) -> None:
    for offset, line in enumerate(block.text.splitlines()):
        key, colon, value = line.partition(":")
        if not colon or key not in ("force", "binds", "see also"):
            faults.append(
                Fault(file, block.line + offset, f"'{line}' is none of 'force:', 'binds:', 'see also:'; is a blank line missing?")
            )
        draft.fields[key] = value.strip()


def _read_option(draft: _Draft, block: _Block, file: Path, faults: list[Fault]) -> None:
    match = _LABELLED.fullmatch(block.text)
    if match is None:
        faults.append(Fault(file, block.line, f"option '{block.text}' does not open with 'yes:', 'no:', 'depends:' or 'info:'"))
        return
    draft.options.append(Option(" ".join(match[2].split()), Verdict(match[1])))


def _read_ask(draft: _Draft, block: _Block, file: Path, faults: list[Fault]) -> None:
    match = _LABELLED.fullmatch(block.text)
    text = " ".join((match[2] if match else block.text).split())
    if not text:
        faults.append(Fault(file, block.line, "an ask without words"))
        return
    draft.asks.append(Ask(text, Verdict(match[1]) if match else None))


def _clauses(drafts: list[_Draft], matter: _FrontMatter, file: Path, faults: list[Fault]) -> list[Clause]:
    first_lines: dict[str, int] = {}
    for draft in drafts:
        if not _ID.fullmatch(draft.id):
            what = f"clause id '{draft.id}' is not society/section/slug in lower-case words joined by hyphens"
            faults.append(Fault(file, draft.line, what))
        elif not draft.id.startswith(f"{matter.society}/"):
            faults.append(Fault(file, draft.line, f"clause id '{draft.id}' does not open with the society, '{matter.society}/'"))
        if draft.id in first_lines:
            faults.append(Fault(file, draft.line, f"clause id '{draft.id}' was used on line {first_lines[draft.id]} already"))
        first_lines.setdefault(draft.id, draft.line)
    return [clause for draft in drafts if (clause := _clause(draft, matter.id, set(first_lines), file, faults))]


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
    )


def _one_of(
    words: type[_Word], value: str, key: str, draft: _Draft, file: Path, faults: list[Fault]
) -> _Word | None:
    try:
        return words(value)
    except ValueError:
        what = f"'{value}' is unknown" if value else "is missing"
        choices = ", ".join(words)
        faults.append(Fault(file, draft.line, f"{key} of {draft.id}: {what}; it is one of {choices}"))
        return None
