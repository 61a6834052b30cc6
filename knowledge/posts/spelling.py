"""Misspelt words of a draft. Silence is preferred to a false alarm: a name, a term or a coinage is nobody's mistake."""

import re
from collections.abc import Iterable

from knowledge.posts.american import british
from knowledge.posts.dates import DAYS_AND_MONTHS
from knowledge.posts.dictionary import Dictionary, dictionary
from knowledge.posts.faults import Examined, Fault

_SET_APART = re.compile(
    r"`[^`\n]{1,300}`|\[[^\]\n]{0,300}\]|<[^>\n]{1,300}>|\S+"
)  # code, `[image: ...]`, marks, or a word
_NO_WORD = re.compile(r"[`\[<]|.*(?:://|[@#_\\]|\w\.\w)|www\b")  # link, address, handle, hashtag, file, e.g
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_QUOTED = re.compile(r'"[^"\n]{0,300}"')
_SENTENCE_OPENS = re.compile(r"(?:^|\n|[.!?:;\n]\W*\s|[^\w\s,'\"()&/-]\s*)[\"'(\[]*\Z")
_DRAWN_OUT = re.compile(r"(?:.*(.)\1\1.*|(?:ha){2,}h?|(?:he){3,}|h+m+|a+r*gh+)\Z")
_DIGIT = re.compile(r"\d")
_SINGLE = re.compile(r"(.)\1")
_SYLLABLE_BEFORE = re.compile(
    r"(?:anti|auto|bio|counter|cross|cyber|eco|electro|fore|hyper|immuno|infra|inter|intra|macro|mega|micro|mini|mis"
    r"|multi|nano|neuro|non|out|over|photo|post|pre|pro|pseudo|psycho|radio|re|semi|socio|sub|super|tele|thermo|trans"
    r"|ultra|under|un|up)(?P<word>[a-z]{4,})"
)
_LONGEST = 30  # letters of a word; what is longer is none
_COMMON = 25_000_000  # times in the counted corpus: some three thousand words are as common
_FAMILIAR = 1_200_000  # some twenty thousand
_MET = 300_000  # some forty thousand
_CLEARLY = 20  # times as common as the next


def misspellings(draft: Examined) -> Iterable[Fault]:
    """Each word that is not spelt as in Britain, with the one word that was surely meant as its mend."""
    if not draft.reading.english:
        return
    text = draft.folded.text
    words = dictionary()
    skipped = [match.span() for match in _SET_APART.finditer(text) if _NO_WORD.match(match[0])]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    at = 0
    for token in _TOKEN.finditer(text):
        while at < len(skipped) and skipped[at][1] <= token.start():
            at += 1
        if at < len(skipped) and skipped[at][0] < token.end():
            continue
        opens = bool(_SENTENCE_OPENS.search(text, max(0, token.start() - 12), token.start()))
        for start, part in _parts(token):
            fault = _fault(words, part, opens and start == token.start())
            if fault is None or (fault[1] and any(begin < start < end for begin, end in quoted)):
                continue  # Americans are quoted as they write
            place = draft.folded.original(start, start + len(part))
            yield Fault(*place, mend=_as_cased(fault[0], part), slight=fault[1])


def _parts(token: re.Match[str]) -> Iterable[tuple[int, str]]:
    """The words of a token, without the 's of a possessive, each with its place; none where it is no plain word."""
    start = token.start()
    for part in () if _DIGIT.search(token[0]) else token[0].split("-"):
        word = re.sub(r"'s?\Z", "", part)
        if word.isascii():
            yield start, word
        start += len(part) + 1


def _fault(words: Dictionary, part: str, opens: bool) -> tuple[str | None, bool] | None:
    """The mend, if there is a sure one, and whether the fault is slight; None where the word is no fault."""
    word = part.lower()
    named = part != word and not opens
    if not (5 if part != word else 3) <= len(word) <= _LONGEST or part not in (word, word.capitalize()):
        return None
    if not named and (spelling := british(word)) is not None:
        return spelling, True
    if word in words or "'" in word or _DRAWN_OUT.match(word):
        return None
    if named:
        return _day_or_month(word)
    meant = _meant(words, word, unlikely=part != word)
    if not meant:
        return None
    best, *others = sorted(meant, key=meant.__getitem__, reverse=True)
    clear = (
        best[0] == word[0]
        and (best != word[:-1] or not word.endswith("ys"))
        and all(meant[best] > _CLEARLY * meant[other] for other in others)
    )
    return (best if clear else None), False


def _meant(words: Dictionary, word: str, unlikely: bool) -> dict[str, float]:
    """The words that may have been meant, each with a weight; none where the word may well be right as it stands.

    Where a slip is `unlikely`, since a name may open a sentence, only a common word counts.
    """
    enough = _COMMON if len(word) < 5 else _FAMILIAR * 5 if unlikely else _MET
    near = tuple(one for one in words.near(word, 1) if len(word) > 4 or _likely(word, one) > 1)
    if near:
        common = max(words.count(one) if one[0] == word[0] else words.count(one) // 20 for one in near)
        sure = common >= _FAMILIAR * 3 or any(_doubled(word, one) for one in near)
        if common < enough or (not sure and _explained(words, word)) or _plain_plural(words, word):
            return {}
        return {one: words.count(one) * _likely(word, one) for one in near}
    if len(word) < 7 or _explained(words, word):
        return {}
    near = words.near(word, 2)
    enough = _FAMILIAR * 5 if unlikely else _FAMILIAR
    return {one: float(words.count(one)) for one in near} if near and words.count(near[0]) >= enough else {}


def _likely(word: str, meant: str) -> float:
    """How much likelier than another such slip this one is. Of a changed letter in a short word nothing can be told."""
    if meant[0] != word[0]:
        return 0.01
    if meant.replace("'", "") == word:
        return 1e6
    if len(word) == len(meant):
        swapped = sorted(word) == sorted(meant)
        return 100 if swapped else 1
    if len(word) == 3:
        return 1
    if _doubled(word, meant):
        return 50
    return 8 if len(meant) > len(word) else 2


def _doubled(word: str, meant: str) -> bool:
    """Whether one has a letter twice that the other has once."""
    return word != meant and _SINGLE.sub(r"\1", word) == _SINGLE.sub(r"\1", meant)


def _plain_plural(words: Dictionary, word: str) -> bool:
    """Whether it is a known word with an s that no dictionary lists, as in "the ifs and buts"."""
    return word.endswith("s") and word[:-1] in words and not word.endswith("ys")


def _explained(words: Dictionary, word: str) -> bool:
    """Whether it is made of known words: a word with a syllable before it, or two words run together."""
    after = _SYLLABLE_BEFORE.fullmatch(word)
    if after is not None and after["word"] in words:
        return True
    cuts = range(4, len(word) - 3)
    return any(words.count(word[:at]) >= _FAMILIAR and words.count(word[at:]) >= _FAMILIAR for at in cuts)


def _day_or_month(word: str) -> tuple[str | None, bool] | None:
    if len(word) < 5:
        return None
    near = Dictionary(dict.fromkeys(DAYS_AND_MONTHS, 1)).near(word, 1)
    return (near[0], False) if len(near) == 1 else None


def _as_cased(mend: str | None, word: str) -> str | None:
    capital = mend is not None and (word[0].isupper() or mend in DAYS_AND_MONTHS)
    return mend.capitalize() if mend is not None and capital else mend
