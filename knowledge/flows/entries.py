"""Reads the entries of a YAML file that names clauses, and keeps file and line of everything that is wrong with one."""

import re
from collections.abc import Mapping
from pathlib import Path

from knowledge.clauses import Clause
from knowledge.policy_files import decoded
from knowledge.policy_markdown import Fault, PolicyFileError
from knowledge.posts.yaml_lines import Keyed, Listed, Text

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_LABEL = 75  # characters; a button of the narrowest platform holds no more


def text_of(file: Path, largest: int, instead: str) -> str:
    """The text of a file of at most `largest` bytes; `instead` says what to do about a larger one.

    Raises:
        PolicyFileError: it cannot be read, is larger, or is not UTF-8.
    """
    try:
        if not file.is_file():
            raise PolicyFileError([Fault(file, 1, "is no readable file; mend the path, or move it away")])
        if file.stat().st_size > largest:
            raise PolicyFileError([Fault(file, 1, f"larger than {largest // 1000} kB; {instead}")])
        return decoded(file.read_bytes(), file)
    except OSError as error:
        raise PolicyFileError([Fault(file, 1, f"cannot be read: {error.strerror}")]) from error


def misnamed(file: Path, words: Mapping[str, str]) -> list[Fault]:
    """The faults of what a file is called by: of each of these words, by what it names, that is no name here."""
    return [
        Fault(file, 1, f"the {what} '{word}' is not lower-case words joined by hyphens; rename the {what}")
        for what, word in words.items()
        if not re.fullmatch(NAME, word)
    ]


class EntryReader:
    """Reads what a file of one society holds. `KIND` is what the file is called where something is wrong with it."""

    KIND = "file"

    def __init__(self, file: Path, society: str, clauses: Mapping[str, Clause]) -> None:
        self.faults: list[Fault] = []
        self._file, self._society, self._clauses = file, society, clauses

    def _entries(self, root: Keyed, key: str) -> Keyed:
        """What has names, by name."""
        given = root.values.get(key)
        if not isinstance(given, Keyed) or not given.values:
            line = root.lines.get(key, root.line)
            self._fault(line, f"has no {key}; below '{key}:' stand their names, and what each has")
            return Keyed({}, {}, line)
        for name, entry in given.values.items():
            if not re.fullmatch(NAME, name):
                self._fault(
                    given.lines[name], f"the name '{shortened(name)}' is not lower-case words joined by hyphens"
                )
            if not isinstance(entry, Keyed):
                what = f"'{shortened(name)}' is empty or a mere word; say below it what it has"
                self._fault(given.lines[name], what)
        return given

    def _text(self, entry: Keyed, key: str, line: int) -> str:
        """A text that must be there; "" where it is not."""
        given = entry.values.get(key)
        if isinstance(given, Text) and given.words:
            return given.words
        what = "is missing" if given is None else "is empty" if isinstance(given, Text) else "is no text"
        self._fault(entry.lines.get(key, line), f"'{key}' {what}; write it as a text, in quotes if it holds a colon")
        return ""

    def _label(self, entry: Keyed, key: str, line: int) -> str:
        words = self._text(entry, key, line)
        if len(words) > LONGEST_LABEL:
            what = f"'{key}' has {len(words)} characters; a button holds {LONGEST_LABEL}: shorten it"
            self._fault(entry.lines[key], what)
        return words

    def _texts(self, entry: Keyed, key: str) -> tuple[str, ...]:
        """A list of texts, which need not be there."""
        given = entry.values.get(key)
        if given is None:
            return ()
        if not isinstance(given, Listed):
            self._fault(entry.lines[key], f"'{key}' is no list; write it as [one, another], or with a dash for each")
            return ()
        found: dict[str, str] = {}
        for item in given.items:
            if not isinstance(item, Text) or not item.words:
                what = "is empty; leave it out" if isinstance(item, Text) else "is no text; put it in quotes"
                self._fault(item.line, f"an item of '{key}' {what}")
            elif item.words.casefold() in found:
                self._fault(item.line, f"'{shortened(item.words)}' stands twice in '{key}'; keep one")
            else:
                found[item.words.casefold()] = item.words
        return tuple(found.values())

    def _named_clauses(self, entry: Keyed, key: str) -> tuple[str, ...]:
        names = self._texts(entry, key)
        for name in names:
            self._check_clause(name, self._line_of(entry, key, name))
        return names

    def _check_clause(self, name: str, line: int) -> None:
        if not name.startswith(f"{self._society}/"):
            whose = f"{self._society}, whose {self.KIND} this is"
            self._fault(line, f"'{shortened(name)}' is no clause of {whose}; name one of its own")
        elif name not in self._clauses:
            self._not_in_force(name, line)

    def _not_in_force(self, name: str, line: int) -> None:
        what = f"'{shortened(name)}' is no clause of the policies in force; `verse policies list` names these"
        self._fault(line, what)

    def _line_of(self, entry: Keyed, key: str, words: str) -> int:
        items = value.items if isinstance(value := entry.values[key], Listed) else ()
        return next((item.line for item in items if isinstance(item, Text) and item.words == words), entry.lines[key])

    def _only(self, entry: Keyed, what: str, *keys: str) -> None:
        for key in entry.values:
            if key not in keys:
                known = ", ".join(keys)
                self._fault(entry.lines[key], f"the key '{shortened(key)}' is unknown in {what}; it has {known}")

    def _fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(self._file, line, what))


def mappings(entries: Keyed) -> list[tuple[str, Keyed]]:
    """The entries that are more than a word, by name."""
    return [(name, entry) for name, entry in entries.values.items() if isinstance(entry, Keyed)]


def shortened(text: str) -> str:
    """A text as a fault quotes it."""
    return text if len(text) <= 60 else f"{text[:59]}…"
