"""What in a text would tell who somebody is: handles, addresses, numbers and names, by their places."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from knowledge.intake.people import people
from knowledge.official import ADDRESS, PARTICLE, TELEPHONE, TITLE, masked
from knowledge.posts.folding import fold


class What(StrEnum):
    """What was found, as it is named where it is masked."""

    NAME = "name"
    ADDRESS = "address"
    HANDLE = "handle"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that tells who somebody is: `start` up to `end` in code points."""

    start: int
    end: int
    what: What


_SHORTEST_PART, _SHORTEST_OF_ASKER = 3, 2  # letters of a name by which somebody can be told
# Words without which no question can be put, and which somebody may be called as well.
_GRAMMAR_WORDS = """
    a an the this that i me my we us our you he him his she her it they am is are be was were do does did has had have
    can could may might must should shall will would not no nor so as at by for from in into of off on or out over to
    up and any all but if one who whom why how when what where with
    """
_GRAMMAR = frozenset(_GRAMMAR_WORDS.split())
_SITE = r"(?:twitter|x|facebook|fb|linkedin|instagram|youtube|tiktok|threads|reddit|github|medium|bsky|mastodon|orcid)"
_REST = r"[^\s<>\"“”)\]]*[^\s<>\"“”)\].,;:!?'’]"  # of an address on the web
_YEAR = r"(?:19|20)\d\d"
_NO_NUMBER = rf"(?!(?:\d{{4}}-\d\d-\d\d|\d\d-\d\d-\d{{4}}|{_YEAR} ?- ?{_YEAR})(?!\w))"  # days, and runs of years
_COUNTED = r"(?! (?:followers|members|people|views|likes|characters|words|pounds|euros)\b)"
_CALLED = r"(?:(?<=\bnumber )|(?<=\bnumber: )|(?<=\bno )|(?<=\bno\. )|(?<=\bno: )|(?<=#)|(?<=\bid )|(?<=\bid: ))"
_PATTERNS = (
    (What.ADDRESS, re.compile(ADDRESS)),
    (What.ADDRESS, re.compile(rf"\b(?:(?:https?|ftp)://|www\.){_REST}", re.IGNORECASE)),
    (What.ADDRESS, re.compile(rf"\b{_SITE}\.(?:com|org|net|social|app|io)/{_REST}", re.IGNORECASE)),
    (What.ADDRESS, re.compile(rf"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|eu|io|me|social|info)/{_REST}")),
    # As people spell out an address that no machine should read: "post at example dot org".
    (
        What.ADDRESS,
        re.compile(r"(?<![\w.+-])[\w.+-]+\s?[\[(]\s?at\s?[\])]\s?[\w-]+(?:(?:\.|\s?[\[(]?\s?dot\s?[\])]?\s?)[\w-]+)+"),
    ),
    (What.ADDRESS, re.compile(r"(?<![\w.+-])[\w.+-]+ at [\w-]+(?: dot [\w-]+)+", re.IGNORECASE)),
    (What.ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),  # a British postcode
    (What.ADDRESS, re.compile(r"(?<![\w/])/?(?:in|u|user|users|people)/[\w.-]*\w")),  # the end of a profile's address
    (What.HANDLE, re.compile(r"(?<![\w.@/])@[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?")),
    (What.NUMBER, re.compile(TELEPHONE)),
    (
        What.NUMBER,
        re.compile(
            rf"(?<![\w£$€.,])(?<!ISO )(?<!IEC )(?<!BS )(?<!EN ){_NO_NUMBER}\d(?:[ -]?\d){{4,}}(?![\w.,]?\d){_COUNTED}"
        ),
    ),
    (What.NUMBER, re.compile(r"\b(?=[A-Z\d-]*\d{4})[A-Z]{1,4}[- ]?\d[\d-]{3,}[A-Z]?\b")),  # AB123456
    (What.NUMBER, re.compile(r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b")),  # of national insurance
    (What.NUMBER, re.compile(rf"{_CALLED}(?!{_YEAR}\b)(?=[\w-]*\d{{3}})[\w-]+", re.IGNORECASE)),
)
_MARK = re.compile(rf"\[(?:{'|'.join(What)})\]")
_NO_PART = re.compile(rf"(?:{TITLE}|{PARTICLE})$", re.IGNORECASE)
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:\n“\"]\s*)$")


def identifying(
    text: str, names: Sequence[str], known: Collection[str] = (), askers: Sequence[str] = ()
) -> tuple[Span, ...]:
    """The places of all that identifies somebody, in order, none over another.

    `names` are people's, in full: of one with several parts, each by itself counts too. `known` are handles of the
    society's own, which tell nothing of anybody. `askers` are the names of those who asked, of which every part counts
    wherever it stands, also where it is an everyday word.
    """
    folded = fold(text)
    ours = {handle.casefold().lstrip("@") for handle in known}
    kept: list[Span] = []
    taken = [False] * len(folded.text)
    for match in _MARK.finditer(folded.text):
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    found = [
        (what, start, end)
        for what, start, end in _found(folded.text, names, askers)
        if what is not What.HANDLE or folded.text[start:end].casefold().lstrip("@") not in ours
    ]
    for what, start, end in sorted(found, key=lambda one: (one[1] - one[2], one[1])):  # the longest first
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            kept.append(Span(*folded.original(start, end), what))
    return _apart(sorted(kept, key=lambda span: span.start))


def without(text: str, names: Sequence[str], known: Collection[str] = (), askers: Sequence[str] = ()) -> str:
    """The text with all that identifies somebody masked as [name], [address], [handle] or [number]."""
    for span in reversed(identifying(text, names, known, askers)):
        text = f"{text[: span.start]}[{span.what}]{text[span.end :]}"
    return masked(text, [name for name in (*names, *askers) if len(name.split()) > 1])


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans, of which those that share a character of the original, such as ¼, are one."""
    apart: list[Span] = []
    for span in spans:
        if apart and span.start < apart[-1].end:
            before = apart.pop()
            span = Span(before.start, max(before.end, span.end), before.what)
        apart.append(span)
    return tuple(apart)


def _found(text: str, names: Sequence[str], askers: Sequence[str]) -> Iterator[tuple[What, int, int]]:
    for what, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield what, match.start(), match.end()
    for name in dict.fromkeys([*askers, *names, *people(text)]):
        for pattern, counts in _patterns_of(name, name in askers):
            for match in pattern.finditer(text):
                if counts(text, match):
                    yield What.NAME, match.start(), match.end()


def _patterns_of(name: str, is_asker: bool) -> Iterator[tuple[re.Pattern[str], Callable[[str, re.Match[str]], bool]]]:
    """What shows a name in a text: the whole of it however it is written, and each part that tells somebody.

    A part that is an everyday word as well ("May", "Mark") is a name after a title, or in capitals within a sentence;
    of an asker it is one everywhere, unless no question could be put without that word.
    """
    parts = [part for part in fold(name).text.replace(",", " ").split() if not _NO_PART.match(part)]
    if len(parts) > 1:
        whole = r"[\s.,_-]*".join(map(_spelt, parts))
        yield re.compile(rf"(?<![^\W_]){whole}(?:['’]s)?(?![^\W\d_])\d*", re.IGNORECASE), _always
        initial = rf"{_spelt(parts[0][0])}\.?\s?(?:\w\.?\s?)?{_spelt(parts[-1])}"
        yield re.compile(rf"(?<!\w){initial}(?!\w)"), _always
    for part in parts:
        written = part.strip(".'’-")
        if len(written) < (_SHORTEST_OF_ASKER if is_asker else _SHORTEST_PART):
            continue
        ambiguous = _GRAMMAR if is_asker else _everyday()
        pattern = re.compile(rf"(?<![^\W_])(?:{TITLE}\s+)?{_spelt(written)}(?![^\W\d_])", re.IGNORECASE)
        yield pattern, _within_sentence if written.casefold() in ambiguous else _always


def _spelt(name: str) -> str:
    """A pattern of a name with or without the accents on its letters."""
    return "".join(_ACCENTED.get(_bare(letter), re.escape(letter)) for letter in name)


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].casefold()


_ACCENTED = {
    bare: f"[{''.join(chr(code) for code in range(0x41, 0x250) if _bare(chr(code)) == bare)}]"
    for bare in "abcdefghijklmnopqrstuvwxyz"
}


@cache
def _everyday() -> frozenset[str]:
    lines = (Path(__file__).parent / "everyday_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _always(_text: str, _match: re.Match[str]) -> bool:
    return True


def _within_sentence(text: str, match: re.Match[str]) -> bool:
    words = match[0].split()
    if not words[-1][0].isupper():
        return False
    return len(words) > 1 or not _SENTENCE_BEGINS.search(text[: match.start()])
