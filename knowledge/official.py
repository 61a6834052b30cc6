"""The society's own words beside the clauses of a policy, by their place in the text as it was brought in.

Two files hold them. `document.json` is what was read from the document and never changes: its text, and its passages by
number with their offsets. `alignment.yaml` says which passages stand behind which clause, and is for people to settle.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictInt, TypeAdapter, ValidationError

from knowledge.policy_markdown import Fault, PolicyFileError

DOCUMENT, ALIGNMENT = "document.json", "alignment.yaml"
OPEN = "?"  # not settled yet
# As safe as the other and ten times as fast, where PyYAML comes with it.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_EMPTY = ("clauses", "names")  # of which nothing may be left
_OCTAL = re.compile(r"^[ \t]*(?:use|maybe):.*?(?<![\w.])(0\d+)", re.MULTILINE)
_DEEPEST = 20  # lists within lists; the file has one, and the loader in C would overflow the stack
LEFT_OUT = " […] "
ADDRESS = r"(?<![\w.+%'’-])[\w.+%'’-]+@[\w-]+(?:\.[\w-]+)+"  # of e-mail; a handle has nothing before its @
# Nine digits or more after a 0 or a +, and an extension. What begins with one or two before a mark is a date, a time or
# a decimal, unless it goes on in pairs ("01.23.45.67.89") or as a number does ("01-2345 6789").
TELEPHONE = (
    r"(?<![\w@£$€])(?<!\d[.,-])(?<!\D/)"
    r"(?!\d{1,2}[.-](?!(?<=\d\d-)\d{3,4}[ -]?\d{4}(?!\d)|(?<=\d\d\.)\d\d(?:\.\d\d){3}(?!\.?\d)"
    r"|(?<=\d\d-)\d\d(?:-\d\d){3}(?!-?\d)))"
    r"(?:\+|\(?0)(?:[() .\u2013-]*\d){8,}(?:\s?(?:[xX]|[Ee]xt(?:\.|ension)?)\s?\d{1,6})?(?!\w)"
)
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Revd|Reverend|Lord|Lady)\b\.?"
PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ben|ter|ten|zu|af|av)"  # of a surname
_ADDRESSES = re.compile(f"{ADDRESS}|{TELEPHONE}")


@dataclass(frozen=True, slots=True)
class Extract:
    """A stretch of an official text: `start` up to `end` in code points, and where a reader finds it."""

    start: int
    end: int
    section: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as it was brought in: its text, and the passages that it was cut into, by number."""

    text: str
    passages: Mapping[int, Extract]

    def words(self, number: int) -> str:
        return self.text[self.passages[number].start : self.passages[number].end]


_STORED = TypeAdapter(Stored)


class Settled(BaseModel):
    """What was found or settled for one clause: the numbers of its passages, none, or that it is open still.

    `maybe` are passages that it may restate, and `why` says why that is not sure.
    """

    model_config = ConfigDict(extra="forbid")

    use: Annotated[
        list[StrictInt] | None, BeforeValidator(lambda value: None if value == OPEN else value)
    ]  # None: open
    maybe: list[StrictInt] = []
    why: str = ""


class Settlement(BaseModel):
    """Every clause, and every name of a person that was noticed: to `hide`, to `show`, or not settled (hidden)."""

    model_config = ConfigDict(extra="forbid")

    clauses: dict[str, Settled] = {}
    names: dict[str, Literal["hide", "show", "?"]] = {}


@dataclass(frozen=True, slots=True)
class OfficialText:
    """An official text, and the extracts that clauses restate, by clause id, in the order of the text.

    `names` are people's, never shown. `edition` is how an answer names it.
    """

    edition: str
    text: str
    extracts: Mapping[str, tuple[Extract, ...]]
    names: tuple[str, ...] = ()

    def quote(self, extracts: Sequence[Extract]) -> str:
        """The stored words at these places, each once, what lies between them marked as left out, people masked."""
        words = ""
        quoted: int | None = None  # how far
        for extract in sorted(extracts, key=lambda extract: (extract.start, -extract.end)):
            if quoted is None:
                quoted = extract.start
            elif extract.end <= quoted:
                continue
            else:
                between = self.text[quoted : extract.start]
                words += LEFT_OUT if between.strip() else between
            words += self.text[max(quoted, extract.start) : extract.end]
            quoted = extract.end
        return masked(words, self.names)


def normal(heading: str) -> str:
    """A heading without case and marks, to be compared."""
    return " ".join(re.findall(r"\w+", re.sub(r"[’']", "", heading.casefold())))


def masked(words: str, names: Sequence[str]) -> str:
    """Words without the addresses, telephone numbers and names of people."""
    return without_names(_ADDRESSES.sub("[address]", words), names)


def without_names(words: str, names: Sequence[str]) -> str:
    """Words without these names, nor their surnames after a title.

    A name of one word may be an everyday word too ("May"), so it is one only after a title, and written like this.
    """
    for name in sorted(filter(str.strip, names), key=len, reverse=True):
        parts = [re.escape(part) for part in name.split()]
        if len(parts) > 1:
            whole = r"\s+".join(parts)
            words = re.sub(rf"(?<!\w){whole}(?!\w)", "[name]", words, flags=re.IGNORECASE)
        surname = rf"((?i:{TITLE})\s+)(?:[A-Z]\b\.?\s*){{0,3}}(?:{PARTICLE}\s+)*{parts[-1]}"
        words = re.sub(rf"(?<!\w){surname}(?!\w)", r"\1[name]", words)
    return words


def load(folder: Path, edition: str, names: Sequence[str] = ()) -> OfficialText | None:
    """The official text kept in a folder, with what is settled of it; None where there is none.

    Raises:
        PolicyFileError: one of its files cannot be used.
    """
    if not (folder / DOCUMENT).exists():
        return None
    stored, settlement = read_aligned(folder)
    hidden = [name for name, what in settlement.names.items() if what != "show"]
    unshown = tuple(dict.fromkeys([*hidden, *names]))
    passages = {
        number: replace(passage, section=masked(passage.section, unshown))
        for number, passage in stored.passages.items()
    }
    extracts: dict[str, tuple[Extract, ...]] = {}
    for clause, settled in settlement.clauses.items():
        if settled.use:
            extracts[clause] = tuple(passages[number] for number in sorted(set(settled.use)))
    return OfficialText(without_names(edition, unshown), stored.text, extracts, unshown)


def read_aligned(folder: Path) -> tuple[Stored, Settlement]:
    """The document of an official text, and what is settled of its passages.

    Raises:
        PolicyFileError: one of the files cannot be used, or names a passage that there is not.
    """
    stored, settlement = read_document(folder / DOCUMENT), read_settlement(folder / ALIGNMENT)
    for clause, settled in settlement.clauses.items():
        for key, numbers in (("use", settled.use or []), ("maybe", settled.maybe)):
            unknown = [number for number in numbers if number not in stored.passages]
            if unknown:
                what = f"{clause}: there is no passage {unknown[0]}; they are numbered from 1 to {len(stored.passages)}"
                line = _line_of(folder / ALIGNMENT, ["clauses", clause, key])
                raise PolicyFileError([Fault(folder / ALIGNMENT, line, what)])
    return stored, settlement


def document_bytes(stored: Stored) -> bytes:
    """What is written to `document.json`."""
    return _STORED.dump_json(stored)


def read_document(file: Path) -> Stored:
    """The document as it was brought in.

    Raises:
        PolicyFileError: the file is damaged.
    """
    try:
        return _STORED.validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise PolicyFileError([Fault(file, 1, "damaged; bring the official text in again")]) from error


def read_settlement(file: Path) -> Settlement:
    """What was found and settled.

    Raises:
        PolicyFileError: the file is not of its form.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        if _depth(_COMMENT.sub("", text)) > _DEEPEST:
            raise PolicyFileError([Fault(file, 1, "not YAML: lists within lists, too deep to be read")])
        octal = _OCTAL.search(text)
        if octal is not None:  # YAML reads 041 as 33
            line = text.count("\n", 0, octal.start()) + 1
            raise PolicyFileError(
                [Fault(file, line, f"write {octal[1].lstrip('0') or '0'}, without a nought before it")]
            )
        data: Any = yaml.load(text, Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyFileError([Fault(file, 1, "cannot be read as UTF-8 text")]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = f"not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
        raise PolicyFileError([Fault(file, mark.line + 1 if mark else 1, what)]) from error
    try:
        if isinstance(data, dict):
            data = {key: {} if value is None and key in _EMPTY else value for key, value in data.items()}
        return Settlement.model_validate(data or {})
    except ValidationError as error:
        faults = [_fault(file, [str(part) for part in problem["loc"]]) for problem in error.errors()]
        raise PolicyFileError(list(dict.fromkeys(faults))) from error


def _depth(text: str) -> int:
    """How deep brackets are opened within each other, or list marks follow each other on a line."""
    opened = accumulate((c in "[{") - (c in "]}") for c in re.sub(r"[^\[\]{}]", "", text))
    marks = (run.count("-") + run.count("?") for run in re.findall(r"(?:[-?]\s+)+", text))
    return max(max(opened, default=0), max(marks, default=0))


def _fault(file: Path, place: Sequence[str]) -> Fault:
    name = place[1] if len(place) > 1 else place[0] if place else ""
    if place[:1] == ["names"]:
        what = f"'{name}' is one of hide, show and '?'"
    elif place[:1] == ["clauses"]:
        what = f"{name}: 'use:' is a list of passages such as [12, 13], [] for none, or '?' while it is open"
    else:
        what = f"'{name}' is unknown; the file has 'clauses:' and 'names:'"
    return Fault(file, _line_of(file, place), what)


def _line_of(file: Path, place: Sequence[str]) -> int:
    """The line of the innermost key on the way to a place; 1 where the file has none of them."""
    node, line = yaml.compose(file.read_text(encoding="utf-8-sig"), yaml.SafeLoader), 1
    for part in place:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((key, value) for key, value in pairs if key.value == part), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def as_json(value: object) -> str:
    """A word or a sentence as YAML and JSON both quote it."""
    return json.dumps(value, ensure_ascii=False)
