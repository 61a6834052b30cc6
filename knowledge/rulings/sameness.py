"""Whether two questions ask the very same thing of the same people, whatever words they open with.

Likeness of meaning cannot tell: "is a podcast one of them?" and "surely a podcast is not?" have a cosine of 0.91. So
two questions are the same only where nothing that is said in one is missing in the other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.clauses import ROLES, Party
from knowledge.questions import Mood, plain, read, spelt_out


class Opening(StrEnum):
    """What a question asks for, by the words that it opens with."""

    MAY = "may"
    MUST = "must"
    SHOULD = "should"


class _Who(StrEnum):
    """Of whom a question speaks."""

    ONE = "one"  # the asker alone: I, or nobody named
    WE = "we"
    EVERYBODY = "everybody"
    MEMBER = "member"
    FELLOW = "fellow"
    TRAINEE = "trainee"
    STAFF = "staff"
    ADMIN = "admin"
    GROUP = "group"


_ANY = r"(?:(?:an?|any|all|ordinary|an? ordinary|the|our|your) )?"
_WORDS = {
    _Who.STAFF: rf"{_ANY}(?:staff members?|members? of staff|staff|employees?)",
    _Who.FELLOW: rf"{_ANY}fellows?",
    _Who.TRAINEE: rf"{_ANY}(?:trainees?|trainee members?)",
    _Who.ADMIN: rf"{_ANY}(?:account admins?|admins?|people who run an account|somebody who runs an account)",
    _Who.GROUP: rf"{_ANY}(?:groups?|sigs?|special interest groups?)",
    _Who.MEMBER: rf"{_ANY}members?",
    _Who.EVERYBODY: r"(?:anyone|anybody|everyone|everybody|people)",
    _Who.WE: r"we",
    _Who.ONE: r"(?:i|one)",
}
_BOUND_AS_MEMBER = frozenset({Party.MEMBER, Party.FELLOW, Party.TRAINEE})
_ROLES = {
    _Who.EVERYBODY: frozenset(ROLES),
    _Who.MEMBER: _BOUND_AS_MEMBER,
    _Who.FELLOW: frozenset({Party.FELLOW}),
    _Who.TRAINEE: frozenset({Party.TRAINEE}),
    _Who.STAFF: frozenset({Party.STAFF}),
    _Who.ADMIN: frozenset({Party.ACCOUNT_ADMIN}),
    _Who.GROUP: frozenset({Party.ACCOUNT_ADMIN, Party.GROUP}),
}
_SUBJECT = "|".join(f"(?P<{who}>{words})" for who, words in _WORDS.items())
_FINE = r"(?:ok|all right|fine|acceptable|allowed|permitted|permissible)"
_TO_BE = r"(?:am|are|is)"
_WONDERING = re.compile(
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell me|say|confirm)|(?:i (?:was|am) )?(?:just )?wondering"
    r"|i (?:would like|want) to (?:know|ask|check)|i wonder|do you know|(?:please )?tell me)(?: please)?"
    r" (?:if|whether) "
)
_OPENINGS = {
    Opening.MAY: (
        rf"(?:can|could|may|might) (?:{_SUBJECT})",
        rf"{_TO_BE} (?:{_SUBJECT}) (?:allowed|permitted|entitled|free) to",
        rf"(?:(?:is|would|will) it (?:be )?)?{_FINE} for (?:{_SUBJECT}) to",
        rf"(?:(?:is|would|will) it (?:be )?)?{_FINE} if (?:{_SUBJECT})",
        rf"(?:(?:is|would|will) it (?:be )?)?{_FINE} to",
        rf"would you mind if (?:{_SUBJECT})",
    ),
    Opening.MUST: (
        rf"(?:do|does) (?:{_SUBJECT}) (?:have|need) to",
        rf"must (?:{_SUBJECT})",
        rf"{_TO_BE} (?:{_SUBJECT}) (?:required|obliged|bound) to",
        r"is it (?:compulsory|mandatory|obligatory) to",
    ),
    Opening.SHOULD: (
        rf"(?:should|ought) (?:{_SUBJECT})(?: to)?",
        rf"{_TO_BE} (?:{_SUBJECT}) (?:supposed|meant|expected) to",
    ),
}
_AFTER_WONDERING = {  # "could you tell me if I can"
    Opening.MAY: (
        rf"(?:{_SUBJECT}) (?:can|could|may|might|{_TO_BE} (?:allowed|permitted|entitled) to)",
        rf"it is {_FINE} (?:for (?:{_SUBJECT}) )?to",
    ),
    Opening.MUST: (rf"(?:{_SUBJECT}) (?:must|have to|has to|need to|needs to)",),
    Opening.SHOULD: (rf"(?:{_SUBJECT}) (?:should|ought to)",),
}
_GREETING = re.compile(
    r"(?:(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|dear all|quick question|please|so|and|ok so|question)"
    r"(?: (?:there|all|everyone|team))?\W+)+"
)
_FAREWELL = re.compile(r"(?:(?<=\w)\W{1,5}(?:please|thanks|thank you|many thanks|cheers|thx|ta))+\W{0,10}$")
_LED = re.compile(r"((?:on|in|at|for|from|as|with|without|during|after|before|when|if|about) [^,;.!?]+), +")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[@#][\w.]*\w|[^\w\s]")
_POSSESSIVE = re.compile(r"'s?$")
_LEFT_OUT = frozenset(
    ["a", "an", "the", "any", "some", "really", "actually", "please", "kindly", *",;:.!?'\"“”‘’()–—-…*_/"]
)
_SYNONYMS = {
    **dict.fromkeys(["on", "in", "at", "onto", "into", "upon"], "on"),
    **dict.fromkeys(["rt", "rts"], "retweet"),
    **dict.fromkeys(["pic", "pics", "picture", "pictures", "photos", "photograph", "photographs"], "photo"),
    **dict.fromkeys(["vid", "vids"], "video"),
    **dict.fromkeys(["x", "twitter"], "twitter"),
    **dict.fromkeys(["acct", "acc"], "account"),
    **dict.fromkeys(["someone", "somebody"], "somebody"),
    **dict.fromkeys(["anyone", "anybody"], "anybody"),
    **dict.fromkeys(["everyone", "everybody"], "everybody"),
    **dict.fromkeys(["use", "uses", "used", "using"], "use"),
    "fb": "facebook",
    "insta": "instagram",
    "ppl": "people",
    "news": "news",
}
_TWO_WORDS = (
    ("linked in", "linkedin"),
    ("tik tok", "tiktok"),
    ("you tube", "youtube"),
    ("e-mail", "email"),
    ("&", "and"),
)
# What these stand for is not in the question, so that the same words may ask of something else.
_POINTING = frozenset(["this", "that", "these", "those", "it", "its", "he", "him", "his", "she", "her", "hers"])
_OWN: Mapping[_Who, Mapping[str, str]] = {
    _Who.ONE: {"my": "own", "your": "own", "one's": "own", "i": "self", "me": "self", "myself": "self"},
    _Who.WE: {"our": "own", "we": "self", "us": "self", "ourselves": "self"},
}
_AS_GROUP = (_Who.WE, _Who.GROUP)
_FIRST_PERSON = frozenset(["own", "self", "we", "our", "us"])
_OF_NOBODY = (Mood.FACT, Mood.OPEN, Mood.CHOICE)  # unless they speak of the asker, they ask the same whoever asks
_OWN_OF_OTHERS = {"their": "own", "its": "own", "they": "self", "them": "self", "themselves": "self"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as it matters whether another is the same: what it asks for, of whom, and all that it says."""

    opening: Opening | Mood
    who: _Who
    words: tuple[str, ...]
    points: bool  # to something that is not in the question


def asked(text: str) -> Asked:
    """The question without what makes no difference: greetings, articles, endings, where its first phrase stands."""
    words = spelt_out(plain(text))
    for written, meant in _TWO_WORDS:
        words = words.replace(written, meant)
    words = _FAREWELL.sub("", _GREETING.sub("", words.strip(), count=1))
    led = _LED.match(words)
    opening, who, rest = _opened(words[led.end() :] if led else words)
    if opening is None:
        rest = words
    elif led:  # "on LinkedIn, can I ..."
        rest = f"{rest} {led[1]}"
    own = _OWN.get(who, _OWN_OF_OTHERS)
    tokens = tuple(_folded(token, own) for token in _TOKEN.findall(rest) if token not in _LEFT_OUT)
    mood = read(text).mood
    if opening is None and mood in _OF_NOBODY and _FIRST_PERSON.isdisjoint(tokens):
        who = _Who.EVERYBODY
    return Asked(opening or mood, who, tokens, not _POINTING.isdisjoint(tokens))


def is_same(question: Asked, role: Party, ruled: Asked, ruled_for: Party) -> bool:
    """Whether a question asks what was ruled, and of nobody beyond those that it was ruled for.

    `role` is the asker's, `ruled_for` that of whoever asked for the ruling.
    """
    if question.points or ruled.points or not ruled.words:
        return False
    if (question.opening, question.words) != (ruled.opening, ruled.words):
        return False
    if (question.who in _AS_GROUP) is not (ruled.who in _AS_GROUP) and ruled.who is not _Who.EVERYBODY:
        return False  # "we" may have an account of its own
    return _roles(question.who, role) <= _roles(ruled.who, ruled_for)


def _roles(who: _Who, asker: Party) -> frozenset[Party]:
    if who in _ROLES:
        return _ROLES[who]
    return _BOUND_AS_MEMBER if asker is Party.MEMBER else frozenset({asker})


def _opened(words: str) -> tuple[Opening | None, _Who, str]:
    """What the question opens with, of whom it speaks, and the words after that."""
    wondering = _WONDERING.match(words)
    rest = words[wondering.end() :] if wondering else words
    for opening, patterns in _COMPILED_AFTER.items() if wondering else _COMPILED.items():
        for pattern in patterns:
            match = pattern.match(rest)
            if match:
                who = next((who for who in _WORDS if match.groupdict().get(who)), _Who.ONE)
                return opening, who, rest[match.end() :]
    return None, _Who.ONE, words


def _folded(token: str, own: Mapping[str, str]) -> str:
    if token in own:
        return own[token]
    token = _POSSESSIVE.sub("", token)
    return _SYNONYMS.get(token) or _stem(token)


def _stem(word: str) -> str:
    """A word without the ending of its number or tense."""
    if not word.isalpha() or word in _POINTING:
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and not (ending == "s" and stem.endswith("s")):
            if len(stem) > 3 and stem[-1] == stem[-2] and ending in ("ing", "ed") and stem[-1] not in "ls":
                stem = stem[:-1]
            return stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


_COMPILED, _COMPILED_AFTER = (
    {opening: tuple(re.compile(rf"{pattern}(?!\w)") for pattern in some) for opening, some in patterns.items()}
    for patterns in (_OPENINGS, _AFTER_WONDERING)
)
