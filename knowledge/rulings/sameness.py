"""Whether two questions ask the very same thing of the same people: word for word, whatever they open with.

Likeness of meaning cannot tell: "is a podcast one of them?" and "surely a podcast is not?" have a cosine of 0.91. Nor
can endings or synonyms: a sponsored post is no sponsor's post, and Threads is not a thread. So all words have to be the
same, in the same order. Only greetings, "a", punctuation, spelling and the forms of asking leave make no difference;
"the drawing" may be one that was spoken of before. What points to something that is not in the question is the same as
nothing.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.clauses import ROLES, Party
from knowledge.questions import plain, spelt_out


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


_ANY = r"(?:(?:an?|any) )?"
_WORDS = {
    _Who.STAFF: rf"{_ANY}(?:staff members?|members? of staff|staff|employees?)",
    _Who.FELLOW: rf"{_ANY}fellows?",
    _Who.TRAINEE: rf"{_ANY}(?:trainee members?|trainees?)",
    _Who.ADMIN: rf"{_ANY}(?:account )?admins?",
    _Who.GROUP: rf"{_ANY}(?:special interest groups?|groups?|sigs?)",
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
_SUBJECT = "|".join(rf"(?P<{who}>{words})(?! (?:of|who|whose)\b)" for who, words in _WORDS.items())
_FINE = r"(?:ok|all right|fine|acceptable|allowed|permitted)"
_TO_BE = r"(?:am|are|is)"
_IT_IS_FINE = rf"(?:(?:is|would) it (?:be )?{_FINE}|ok|allowed)"
_WONDERING = re.compile(
    r"(?:(?:can|could|would) you (?:please )?(?:tell me|confirm)|i (?:was|am) (?:just )?wondering|i wonder|do you know"
    r"|i (?:would like|want) to (?:know|ask|check)|(?:please )?tell me) (?:if|whether) "
)
_OPENINGS = {
    Opening.MAY: (
        rf"(?:can|could|may|might) (?:{_SUBJECT})",
        rf"{_TO_BE} (?:{_SUBJECT}) (?:allowed|permitted) to",
        rf"{_IT_IS_FINE} for (?:{_SUBJECT}) to",
        rf"{_IT_IS_FINE} if (?:{_SUBJECT})",
        rf"{_IT_IS_FINE} to",
    ),
    Opening.MUST: (
        rf"(?:do|does) (?:{_SUBJECT}) (?:have|need) to",
        rf"must (?:{_SUBJECT})",
        rf"{_TO_BE} (?:{_SUBJECT}) (?:required|obliged) to",
    ),
    Opening.SHOULD: (rf"should (?:{_SUBJECT})", rf"ought (?:{_SUBJECT}) to"),
}
_AFTER_WONDERING = {  # "could you tell me if I can"
    Opening.MAY: (
        rf"(?:{_SUBJECT}) (?:can|could|may|might|{_TO_BE} (?:allowed|permitted) to)",
        rf"it is {_FINE} for (?:{_SUBJECT}) to",
        rf"it is {_FINE} to",
    ),
    Opening.MUST: (rf"(?:{_SUBJECT}) (?:must|have to|has to|need to|needs to)",),
    Opening.SHOULD: (rf"(?:{_SUBJECT}) (?:should|ought to)",),
}
_GREETING = re.compile(
    r"(?:(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|dear all)"
    r"(?:(?: (?:there|all|everyone|team))?\s*[,.!:;–—-]+\s*|(?: there)?\s+)"
    r"|quick question\s*[,.!:;–—-]+\s*|please\b[\s,]*)+"
)
_FAREWELL = re.compile(
    r"(?:\s?[,.!?;–—-]{1,5}\s?(?:thanks|thank you|many thanks|cheers|thx|ta)|[\s,.!?;–—-]{1,5}please)+[\s,.!?]{0,10}$"
)
_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)+|[^\W_]+(?:'[^\W_]+)*'?|[@#][\w.]*\w|[^\w\s]|_")
_LEFT_OUT = frozenset(["a", "an", *",;:.!?'\"“”‘’()–—-…"])
_MAIL = re.compile(r"\be-mail")
# American spelling, as it is in Britain; "program" stays, for in Britain that is another thing.
_SPELT = (
    (re.compile(r"(?<=[a-z]{3})iz(e|es|ed|er|ers|ing|ation|ations)$"), r"is\1"),
    (re.compile(r"^(behavi|col|fav|harb|hon|hum|lab|neighb|rum|endeav)or"), r"\1our"),
    (re.compile(r"^(cent|theat)er(s?)$"), r"\1re\2"),
    (re.compile(r"^(catal|dial)og(s?)$"), r"\1ogue\2"),
    (re.compile(r"^gray$"), "grey"),
    (re.compile(r"^defense$"), "defence"),
)
# What these stand for is not in the question, so that the same words may ask of something else.
_POINTING_WORDS = """
    this that these those it its itself he him his himself she her hers herself they them their theirs themselves
    same one ones other others another else too also either neither both such so here there then instead again
    former latter above below us mine ours yours even now today yesterday tomorrow tonight yet still already otherwise
    previous previously earlier later attached enclosed similar similarly likewise rest remaining following latest
    recent recently current currently everything
    """
_POINTING = frozenset(_POINTING_WORDS.split())
_GOES_ON = re.compile(
    r"(?:what|how) (?:about|if|come)\b|why not\b|.*\bas well\b|.*\b(?:option|part|point|step|item|number|no\.?) \d"
)
_UNFINISHED_WORDS = """
    some any all none more most many few several two three first second last next each every much less enough and or but
    with without from for to of on in at by as about if not now
    """
_UNFINISHED = frozenset(_UNFINISHED_WORDS.split())  # where a question ends so, what it is about was said before
# A question that asks for nothing of the above by its opening opens with one of these; what does not is a fragment,
# which goes with what was said before, or no question.
_ASKING_WORDS = """
    what who whom whose which when where why how is are am was were do does did has have had can could may might must
    should shall will would ought
    """
_ASKING = frozenset(_ASKING_WORDS.split())
_OF_THE_ASKER = frozenset(["i", "me", "my", "myself", "we", "our", "ourselves"])
_OF_SOMEBODY = _OF_THE_ASKER | frozenset(["you", "your", "yourself", "yourselves"])
_FEWEST_WORDS = 2  # of what is asked for, to mean anything by itself
_FEWEST_OF_A_WHOLE = 3  # of a question with the words that it opens with


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as it matters whether another is the same: what it asks for, of whom, and all that it says.

    `opening` is None where it asks for something else. `points` is whether it points to something that is not in it,
    `whole` whether it is a question that says by itself what it asks.
    """

    opening: Opening | None
    who: _Who
    words: tuple[str, ...]
    points: bool
    whole: bool

    @property
    def tells(self) -> bool:
        """Whether anything can be the same question: it says by itself what it is about."""
        return self.whole and not self.points


def asked(text: str) -> Asked:
    """The question without what makes no difference: greetings, "a", punctuation, the form of asking leave."""
    words = " ".join(_MAIL.sub("email", spelt_out(plain(text)).replace("&", " and ")).split())
    words = _FAREWELL.sub("", _GREETING.sub("", words, count=1) if _GREETING.match(words) else words)
    opening, who, rest = _opened(words)
    tokens = tuple(_spelt(token) for token in _TOKEN.findall(rest) if token not in _LEFT_OUT)
    points = not _POINTING.isdisjoint(_parts(tokens)) or _GOES_ON.match(words) is not None
    fewest = _FEWEST_WORDS if opening else _FEWEST_OF_A_WHOLE
    asks = opening is not None or (bool(tokens) and tokens[0] in _ASKING)
    whole = asks and len(tokens) >= fewest and tokens[-1] not in _UNFINISHED
    return Asked(opening, who, tokens, points, whole)


def is_same(question: Asked, role: Party, ruled: Asked, ruled_for: Party) -> bool:
    """Whether a question asks what was ruled, and of nobody beyond those that it was ruled for.

    `role` is the asker's, `ruled_for` that of whoever asked for the ruling.
    """
    if not (question.tells and ruled.tells):
        return False
    if (question.opening, question.words) != (ruled.opening, ruled.words):
        return False
    if (question.who is _Who.WE) is not (ruled.who is _Who.WE):
        return False  # "we" may be a group, which has an account of its own
    if (question.who is _Who.EVERYBODY) is not (ruled.who is _Who.EVERYBODY):
        return False  # that not everybody may, or has to, tells nothing of anybody
    if question.who is not ruled.who and not _OF_SOMEBODY.isdisjoint(_parts(question.words)):
        return False  # "my" is somebody else's in another's mouth
    if not _OF_THE_ASKER.isdisjoint(_parts(question.words)) and not _asker(role) <= _asker(ruled_for):
        return False
    return _roles(question.who, role) <= _roles(ruled.who, ruled_for)


def _roles(who: _Who, asker: Party) -> frozenset[Party]:
    return _ROLES.get(who) or _asker(asker)


def _asker(role: Party) -> frozenset[Party]:
    """Who asks, where a question speaks of its asker: a ruling for one member is for each who is bound as a member."""
    return _BOUND_AS_MEMBER if role is Party.MEMBER else frozenset({role})


def _opened(words: str) -> tuple[Opening | None, _Who, str]:
    """What the question opens with, of whom it speaks, and the words after that."""
    wondering = _WONDERING.match(words)
    rest = words[wondering.end() :] if wondering else words
    for opening, patterns in _COMPILED_AFTER.items() if wondering else _COMPILED.items():
        for pattern in patterns:
            match = pattern.match(rest)
            if match:
                who = next((who for who in _WORDS if match.groupdict().get(who)), _Who.ONE)
                return opening, who, re.sub(r"^\s*please\b", "", rest[match.end() :])
    return None, _Who.ONE, words


def _parts(words: tuple[str, ...]) -> list[str]:
    """Words without what is joined to them by an apostrophe: "it's" is "it", "I've" is "I"."""
    return [word.split("'", 1)[0] for word in words]


def _spelt(token: str) -> str:
    for pattern, written in _SPELT:
        token = pattern.sub(written, token)
    return token


_COMPILED, _COMPILED_AFTER = (
    {opening: tuple(re.compile(rf"{pattern}(?=\s|$)") for pattern in some) for opening, some in patterns.items()}
    for patterns in (_OPENINGS, _AFTER_WONDERING)
)
