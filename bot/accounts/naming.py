"""Which account of a register some words name: by its handle, a former one, its group, or what these are shortened to.

What an account may be called is derived from the register itself, never from a list. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.register import RegisterEntry
from knowledge.questions import plain

_GENERAL_WORDS = """
    a account accounts an and any at behind channel channels committee committees dot feed feeds for group groups
    handle handles in interest is its linkedin facebook instagram mastodon bluesky youtube my national of office on one
    our page pages profile profiles sig sigs social media special team teams that the their this twitter tweets tweeting
    with x your
    """
_GENERAL = frozenset(_GENERAL_WORDS.split())  # of a group's name, or beside it, that tell no account from another
_OF_ACCOUNTS = frozenset(
    ("account", "accounts", "feed", "group", "handle", "page", "people", "profile", "sig", "team", "twitter", "x")
)
_JOINING = frozenset(("and", "for", "in", "of", "on", "the"))  # that have no part in the first letters of a name
_HANDLE = re.compile(r"@[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?")
_TOKEN = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+|\d+")  # "IPEMScope" is IPEM and Scope
_LONGEST = 400  # characters that are looked at; nobody needs more to name an account
_SHORTEST_OF_LONGER = 4  # letters by which a longer word can be begun: "rehab"
_SHORT = 3  # letters up to which a word may be an everyday one in small letters ("Mr", "rt")
_EXACT, _BEGUN = 3, 2


@dataclass(frozen=True, slots=True)
class _Names:
    """What one account may be called: words, and what they are shortened to."""

    entry: RegisterEntry
    words: frozenset[str]
    short: frozenset[str]


def find(text: str, entries: Sequence[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    """The accounts that a text names, in the order given; several where it does not tell them apart, none where it
    names none. A handle counts before a former one, and either before words."""
    text = plain(text[:_LONGEST])
    at_handles = [_folded(one) for one in _HANDLE.findall(text)]
    by_handle = _by_handle(at_handles or [_folded(one) for one in _TOKEN.findall(text)], entries)
    if by_handle or at_handles:
        return by_handle
    found = _found(text, entries)
    most = max((score for _, score, _ in found), default=0)
    return tuple(entry for entry, score, _ in found if score == most)


def named(text: str, entries: Sequence[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    """The same, where the text names nothing else beside: "the MR account", but not "the MR scanner in Leeds"."""
    text = plain(text[:_LONGEST])
    if _HANDLE.search(text):
        return find(text, entries)
    telling = [word for word in _words(text) if word.casefold() not in _general(entries)]
    by_handle = _by_handle([_folded(word) for word in telling], entries)
    if by_handle:
        return by_handle if len(telling) == 1 else ()
    whole = [(entry, score) for entry, score, matched in _found(text, entries) if matched == len(telling)]
    most = max((score for _, score in whole), default=0)
    return tuple(entry for entry, score in whole if score == most)


def handles_in(text: str) -> tuple[str, ...]:
    """The handles that stand in a text, as they are written there, whether any account has them or not."""
    return tuple(_HANDLE.findall(plain(text[:_LONGEST])))


def is_handle_of(handle: str, entry: RegisterEntry) -> bool:
    """Whether an account bears this handle now, however it is written."""
    return _folded(handle) == _folded(entry.handle)


def _by_handle(handles: Iterable[str], entries: Sequence[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    wanted = set(handles)
    now = tuple(entry for entry in entries if _folded(entry.handle) in wanted)
    return now or tuple(entry for entry in entries if any(_folded(one) in wanted for one in entry.former))


def _folded(handle: str) -> str:
    """A handle without what people leave out, or put in, when they write it from memory."""
    return re.sub(r"[@_.\s-]", "", handle).casefold()


def _found(text: str, entries: Sequence[RegisterEntry]) -> list[tuple[RegisterEntry, int, int]]:
    """The accounts of which the text holds a name, each with how well, and how many of the telling words do that."""
    general, words = _general(entries), _words(text)
    telling = [word for word in words if word.casefold() not in general]
    found = []
    for names in (_names(entry, general) for entry in entries):
        scores = [_score(word, words, len(telling) == 1, names) for word in telling]
        if any(scores):
            found.append((names.entry, sum(scores), sum(map(bool, scores))))
    return found


def _score(word: str, words: Sequence[str], alone: bool, names: _Names) -> int:
    low = word.casefold()
    if low in names.words or low.rstrip("s") in names.words or f"{low}s" in names.words:
        return _EXACT
    if low in names.short:
        return _EXACT if alone or word.isupper() or len(word) > _SHORT or _before_account(word, words) else 0
    begun = len(low) >= _SHORTEST_OF_LONGER and any(one.startswith(low) for one in names.words)
    return _BEGUN if begun else 0


def _before_account(word: str, words: Sequence[str]) -> bool:
    after = words[words.index(word) + 1 :]
    return bool(after) and after[0].casefold() in _OF_ACCOUNTS


def _words(text: str) -> list[str]:
    return [word for token in _TOKEN.findall(text) for word in token.split("_") if word]


def _general(entries: Sequence[RegisterEntry]) -> frozenset[str]:
    """Words that tell no account of these from another: those that most of their handles hold, as well."""
    counted = Counter(piece for entry in entries for piece in set(_pieces(entry.handle)))
    common = {piece for piece, count in counted.items() if len(entries) > 2 and count > len(entries) / 2}
    return _GENERAL | common | {entry.society.casefold() for entry in entries}


def _names(entry: RegisterEntry, general: frozenset[str]) -> _Names:
    of_group = [word.casefold() for word in _words(entry.group)]
    pieces = [piece for handle in (entry.handle, *entry.former) for piece in _pieces(handle)]
    parts = {part for piece in pieces for part in _parts(piece)} - general
    words = {word for word in of_group if word not in general and len(word) > 1}
    return _Names(
        entry,
        frozenset(words | {part for part in parts if len(part) > _SHORT}),
        frozenset(_initials(of_group, general) | {part for part in parts if 1 < len(part) <= _SHORT}),
    )


def _pieces(handle: str) -> list[str]:
    return [piece.casefold() for piece in _PIECE.findall(handle)]


def _parts(piece: str) -> set[str]:
    """A piece of a handle, also without a general word that was written together with it: "rtsig" is "rt"."""
    cut = {piece.removesuffix(word) for word in _OF_ACCOUNTS if len(word) > 1}
    return {part for part in {piece, *cut} if len(part) > 1}


def _initials(words: Sequence[str], general: frozenset[str]) -> set[str]:
    """What a group's name is shortened to: "nm" of Nuclear Medicine SIG, "tag" of Technologists Advisory Group."""
    counting = [word for word in words if word not in _JOINING]
    telling = [word for word in counting if word not in general]
    return {"".join(word[0] for word in some) for some in (counting, telling) if len(some) > 1}
