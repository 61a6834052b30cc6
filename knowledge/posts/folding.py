"""A text as its reader sees it: without unseen marks, in plain letters, each with its place in the original.

Styled and full-width letters, curly quotation marks and letters of another alphabet inside a Latin word are all read as
the plain ones that they look like.
"""

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {**dict.fromkeys("‘’‚‛′´`＇", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_LOOK_ALIKE = dict(
    zip(
        "аеорсухіјѕԁһӏАВЕКМНОРСТХІЈЅοανικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhlABEKMHOPCTXIJSoavikptuxABEZHIKMNOPTYX",
        strict=True,
    )
)
_LATIN = re.compile(r"[A-Za-z]")
_NOT_ASCII_WORD = re.compile(r"\w*[\u0370-\u052f]\w*")
_MOST_MARKS = 8  # on one letter; the rest of a longer pile is left out
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Cn", "Co", "Mn", "Me"})  # a mark that is left has made no letter with another
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters to Unicode, and nothing to the eye
LONGEST = 20_000  # characters that are read, of a text and of what it is folded to: one may stand for eighteen


@dataclass(frozen=True, slots=True)
class Folded:
    """Plain text, and for each of its characters where the original's begin and end that it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    unread: int = 0  # characters at the end of the original that were not read

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the characters from `start` to `end`, of which there is at least one."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The text in plain letters, its case kept; a run of space is one space, or one line end where it holds one.

    What goes beyond `LONGEST` is left unread.
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(seen: str, start: int, end: int) -> None:
        for letter in seen:
            if not letter.isspace():
                letters.append(letter)
            elif letters and letters[-1] in " \n":
                letters[-1] = "\n" if letter in "\n\r\u2028\u2029" else letters[-1]
                ends[-1] = end
                continue
            else:
                letters.append("\n" if letter in "\n\r\u2028\u2029" else " ")
            starts.append(start)
            ends.append(end)

    at, limit = 0, min(len(text), LONGEST)
    while at < limit and len(letters) < LONGEST:
        end = at + 1
        while end < limit and not text[end].isascii() and unicodedata.combining(text[end]):
            end += 1
        letter = text[at:end]
        if letter.isascii() and (letter.isprintable() or letter.isspace()):
            add(letter, at, end)
        else:
            add(_seen(letter[: 1 + _MOST_MARKS]), at, end)
        at = end
    return Folded(_unmixed("".join(letters)), tuple(starts), tuple(ends), len(text) - at)


def _seen(cluster: str) -> str:
    """What is seen of a letter with its marks."""
    plain = unicodedata.normalize("NFKC", cluster.translate(_PLAIN)).translate(_PLAIN)
    return "".join(
        letter
        for letter in plain
        if letter.isspace() or (unicodedata.category(letter) not in _UNSEEN and letter not in _FILLERS)
    )


def _unmixed(text: str) -> str:
    """Greek and Cyrillic letters inside a word that holds Latin ones are read as the Latin ones that they look like."""
    if text.isascii():
        return text
    return _NOT_ASCII_WORD.sub(
        lambda word: "".join(_LOOK_ALIKE.get(c, c) for c in word[0]) if _LATIN.search(word[0]) else word[0], text
    )
