"""The signals that a text may show, each a file of `signals/`: what it means, its clauses, its rules and its examples.

A file is YAML, every value read as the text that it is:

    means: a company calls itself, or what it makes, the best, the first or the leading one
    clauses: [ipem/retweeting/example-not-fine, ipem/retweeting/no-endorsement]
    advice: Leave out the claim to be the best.     # only where it is a fault in a draft
    rules out: yes                                  # only where a post that shows it should not be shared
    plain: yes                                      # only where it says what kind of post it is, and that is no fault
    found by: impossible date                       # only where a detector in Python sees it, not words and examples
    beside: [self-promotion]                        # signals whose examples are not held against it
    bad: "We are the world leader in dosimetry."    # its test: here it must be seen
    good: "We now have a stand at the meeting."     # and here it must not
    words:                                          # any of these decides by itself; regular expressions, any case
      - world['’]?s? lead(?:er|ing)
    not words:                                      # a match that lies within one of these does not count
      - leading questions?
    examples: [...]                                 # short posts, one or two sentences, that show it
    near misses: [...]                              # like them, and do not

Runs of space in a value are one space, and none at its ends; a pattern that needs one there has `[ ]`.
`{society}` in words and examples stands for each society that holds one of its clauses, by any of its names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.policy_files import decoded
from knowledge.policy_markdown import Fault, PolicyFileError
from knowledge.posts.detectors import DETECTORS
from knowledge.posts.yaml_lines import Keyed, Listed, Text, Value, read

SHIPPED = Path(__file__).parent / "signals"
ORDINARY = Path(__file__).parent / "ordinary.yaml"
SOCIETY = "{society}"
_LARGEST_FILE = 2_000_000  # bytes; a signal with a hundred examples takes some twenty thousand
_SINGLE = ("means", "advice", "rules out", "plain", "found by", "bad", "good")
_LISTS = ("clauses", "beside", "words", "not words", "examples", "near misses")
_PATTERNS = ("words", "not words")
_YES = "yes"
_NEEDED = ("means", "clauses", "bad", "good")
_CLAUSE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Signal:
    """What a text may show. `clauses` are those that speak of it, the first that binds the writer foremost.

    `advice` says in a few words what to do about it in a draft; a signal without any is no fault there. One that
    `rules_out` is seen in posts that should not be shared in the society's name; a `plain` one says what kind of post
    it is, where that kind is no fault.
    """

    name: str
    means: str
    clauses: tuple[str, ...]
    bad: str
    good: str
    advice: str = ""
    rules_out: bool = False
    plain: bool = False
    found_by: str = ""
    beside: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


_Fields = dict[str, list[Text]]


def load_signals(folder: Path = SHIPPED) -> tuple[Signal, ...]:
    """Every signal of a folder, by name; the name of a signal is that of its file.

    Raises:
        PolicyFileError: with every fault of every file.
    """
    if not folder.is_dir():
        raise PolicyFileError([Fault(folder, 1, "this folder of signals does not exist")])
    faults: list[Fault] = []
    read: dict[str, tuple[Path, _Fields]] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            read[file.stem] = file, _fields(file)
        except PolicyFileError as error:
            faults += error.faults
    if not faults:
        faults = [
            Fault(file, value.line, f"beside: '{value.words}' is no signal of this folder")
            for file, fields in read.values()
            for value in fields.get("beside", [])
            if value.words not in read
        ]
    if faults:
        raise PolicyFileError(faults)
    return tuple(_signal(name, fields) for name, (_, fields) in read.items())


def load_ordinary(file: Path = ORDINARY) -> tuple[str, ...]:
    """Posts that show no fault, against which the signals are learnt.

    Raises:
        PolicyFileError: it is no list of texts.
    """
    faults: list[Fault] = []
    values = _texts(_read(file), "the file", file, faults)
    if faults:
        raise PolicyFileError(faults)
    return tuple(value.words for value in values)


def _signal(name: str, fields: _Fields) -> Signal:
    def one(key: str) -> str:
        return fields[key][0].words if key in fields else ""

    def several(key: str) -> tuple[str, ...]:
        return tuple(value.words for value in fields.get(key, []))

    return Signal(
        name=name,
        means=one("means"),
        clauses=several("clauses"),
        bad=one("bad"),
        good=one("good"),
        advice=one("advice"),
        rules_out=one("rules out") == _YES,
        plain=one("plain") == _YES,
        found_by=one("found by"),
        beside=several("beside"),
        words=several("words"),
        not_words=several("not words"),
        examples=several("examples"),
        near_misses=several("near misses"),
    )


def _fields(file: Path) -> _Fields:
    """What a file says, by key.

    Raises:
        PolicyFileError: with every fault of the file.
    """
    root = _read(file)
    if not isinstance(root, Keyed):
        raise PolicyFileError([Fault(file, 1, "is no list of 'key: value'; see knowledge/posts/signals.py")])
    faults: list[Fault] = []
    fields: _Fields = {}
    for key, value in root.values.items():
        if key in _SINGLE:
            fields[key] = _text(value, key, file, faults)
        elif key in _LISTS:
            fields[key] = _texts(value, key, file, faults)
        else:
            faults.append(Fault(file, root.lines[key], f"'{key[:60]}' is none of {', '.join(_SINGLE + _LISTS)}"))
    faults += (Fault(file, 1, f"'{key}' is missing") for key in _NEEDED if key not in fields)
    faults += _wrong(fields, file)
    if faults:
        raise PolicyFileError(sorted(faults, key=lambda fault: fault.line))
    return fields


def _read(file: Path) -> Value:
    """What stands in a file.

    Raises:
        PolicyFileError: with everything for which it cannot be read; nothing in it is such a thing.
    """
    faults: list[Fault] = []
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise PolicyFileError([Fault(file, 1, f"larger than {_LARGEST_FILE // 1_000_000} MB")])
        value = read(decoded(file.read_bytes(), file), file, faults)
    except OSError as error:
        raise PolicyFileError([Fault(file, 1, f"cannot be read: {error.strerror}")]) from error
    if value is None or faults:
        raise PolicyFileError(faults or [Fault(file, 1, "holds nothing")])
    return value


def _texts(value: Value, key: str, file: Path, faults: list[Fault]) -> list[Text]:
    """The texts of a list."""
    if not isinstance(value, Listed):
        faults.append(Fault(file, value.line, f"{key}: is no list"))
        return []
    if not value.items:
        faults.append(Fault(file, value.line, f"{key}: is an empty list; fill it, or leave it out"))
    return [text for item in value.items for text in _text(item, key, file, faults)]


def _text(value: Value, key: str, file: Path, faults: list[Fault]) -> list[Text]:
    """One text, or none where it is a fault."""
    if isinstance(value, Text) and value.words:
        return [value]
    faults.append(Fault(file, value.line, f"{key}: is empty, or not a text; put it between quotation marks"))
    return []


def _wrong(fields: _Fields, file: Path) -> Iterable[Fault]:
    """What cannot be used in texts that are where they belong."""
    for value in fields.get("clauses", []):
        if not _CLAUSE.fullmatch(value.words):
            yield Fault(file, value.line, f"clauses: '{value.words}' is not society/section/slug")
    for value in fields.get("rules out", []):
        if value.words != _YES:
            yield Fault(file, value.line, f"rules out: is '{value.words}'; write '{_YES}', or leave the line out")
    for value in fields.get("found by", []):
        if value.words not in DETECTORS:
            known = ", ".join(DETECTORS)
            yield Fault(file, value.line, f"found by: '{value.words}' is no detector; these are: {known}")
    for key in _PATTERNS:
        for value in fields.get(key, []):
            try:
                if re.compile(value.words.replace(SOCIETY, "society")).match(""):
                    yield Fault(file, value.line, f"{key}: '{value.words}' finds even nothing at all")
            except (re.error, RecursionError, OverflowError) as error:
                yield Fault(file, value.line, f"{key}: '{value.words}' is no regular expression: {error}")
    if not {"words", "examples", "found by"} & fields.keys():
        yield Fault(file, 1, "nothing shows it; give words, examples or 'found by'")
