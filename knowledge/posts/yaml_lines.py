"""YAML read as plain data that knows its lines: every scalar is text, nothing is built, nothing refers elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.policy_markdown import Fault

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same grammar, and several times as fast where it is built
_DEEPEST = 20  # lists and mappings in one another


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, its spaces and line ends made single spaces."""

    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list."""

    items: tuple["Value", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping in the order of its file; `lines` are those of its keys."""

    values: Mapping[str, "Value"]
    lines: Mapping[str, int]
    line: int


Value = Text | Listed | Keyed


def read(source: str, file: Path, faults: list[Fault]) -> Value | None:
    """The data that a YAML text holds. What is wrong is added to `faults`; None where nothing can be read, or is there.

    A key that is given twice keeps its first value, and is a fault, as are anchors, aliases and tags.
    """
    try:
        if not _plain(source, file, faults):
            return None
        node = yaml.compose(source, Loader=_LOADER)
        return None if node is None else _value(node, file, faults)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # an impossible escape is one of the latter two
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        before = mark.line if mark else source.count("\n", 0, getattr(error, "position", 0))
        line = min(before, source.rstrip().count("\n")) + 1  # a text that breaks off is found wrong after its end
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        faults.append(Fault(file, line, f"is not YAML: {what}; look at this line and the one before"))
        return None


def _plain(source: str, file: Path, faults: list[Fault]) -> bool:
    """Whether it is safe to build: seen on its events, before anything is made of them."""
    depth, plain = 0, True
    for event in yaml.parse(source, Loader=_LOADER):
        line = _line(event)
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            what = "anchors (&), aliases (*) and tags (!) are not read; write the value out, or put it in quotes"
            faults.append(Fault(file, line, what))
            plain = False
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            faults.append(Fault(file, line, f"lists and keys stand in one another more than {_DEEPEST} deep"))
            return False
    return plain


def _value(node: yaml.Node, file: Path, faults: list[Fault]) -> Value:
    line = _line(node)
    if isinstance(node, yaml.SequenceNode):
        return Listed(tuple(_value(item, file, faults) for item in node.value), line)
    if not isinstance(node, yaml.MappingNode):
        return Text(_words(node), line)
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, at = _words(key), _line(key)
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(file, at, "a key is a list or a mapping; a key is a word"))
        elif name in values:
            faults.append(Fault(file, at, f"the key '{name[:60]}' stands on line {lines[name]} already; keep one"))
        else:
            values[name], lines[name] = _value(value, file, faults), at
    return Keyed(values, lines, line)


def _words(node: yaml.Node) -> str:
    return re.sub(r"\s+", " ", node.value).strip() if isinstance(node.value, str) else ""


def _line(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 1
