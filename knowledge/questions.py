"""How a question is put: what it asks for, whether it is negated, what it says of the asker, and where it divides.

Reading is by small, visible patterns over plain words. They do not decide anything: they are what `verdicts.py` weighs.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from knowledge import phrases

LONGEST = 4_000  # characters of a message that are read; nobody asks a question at greater length


class Mood(StrEnum):
    """What a question asks for."""

    PERMISSION = "permission"  # can I, may we, is it ok to
    DUTY = "duty"  # do I have to, should we, am I supposed to
    CONCERN = "concern"  # is it a problem if, does it matter that
    BELIEF = "belief"  # so that is fine, right?
    CHOICE = "choice"  # is it this or that
    OPEN = "open"  # who, what, why, how
    FACT = "fact"  # does it, is there
    STATEMENT = "statement"  # a remark that asks nothing outright


class Account(StrEnum):
    """Whose account a question speaks of."""

    PERSONAL = "personal"
    AFFILIATED = "affiliated"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a question say about how it is meant."""

    mood: Mood
    negated: bool
    lacks: bool
    has: bool
    account: Account | None
    represents: bool | None
    about_posting: bool
    proposes: bool
    own: bool


def plain(text: str) -> str:
    """The words of a message as written, without marks that cannot be seen and without needless space."""
    text = unicodedata.normalize("NFKC", text[: LONGEST * 2])
    kept = (c if unicodedata.category(c)[0] != "C" or c in "\n\u200d" else " " if c == "\t" else "" for c in text)
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()[:LONGEST]


def spelt_out(text: str) -> str:
    """Lower case, with contractions and text-speak written as words."""
    text = text.lower()
    for pattern, words in phrases.SPELT_OUT:
        text = re.sub(pattern, words, text)
    return text


def read(text: str) -> Reading:
    """What the words of a question say about how it is meant."""
    words = spelt_out(text)
    remark, question = _asking_sentence(words)
    whole = f"{remark}, {question}" if remark else question
    by_itself = phrases.BARE_PERMISSION.match(question) or phrases.FACT_FIRST.match(question)
    return Reading(
        mood=_mood(question if by_itself else whole),
        negated=bool(phrases.NEGATION.search(whole)),
        lacks=bool(phrases.LACKS.search(words)),
        has=bool(phrases.HAS.search(words)) and not phrases.LACKS.search(words),
        account=_account(words),
        represents=_represents(words),
        about_posting=bool(phrases.POSTING.search(words)),
        proposes=bool(phrases.PROPOSES.search(question)),
        own=bool(phrases.OWN.search(whole)),
    )


def _asking_sentence(words: str) -> tuple[str, str]:
    """The sentence that asks and, where it is as short as "ok?" or "right?", the remark that it asks about."""
    sentences = [part.strip() for part in phrases.SENTENCE_END.split(words) if part.strip()]
    if not sentences:
        return "", words
    asking = [at for at, part in enumerate(sentences) if part.rstrip("!. ").endswith("?")]
    at = asking[-1] if asking else len(sentences) - 1
    if at > 0 and len(sentences[at].split()) <= 4:
        return sentences[at - 1].rstrip(".!? "), sentences[at]
    return "", sentences[at]


def _mood(question: str) -> Mood:
    question = phrases.SINCE.sub("", question, count=1) if phrases.SINCE.match(question) else question
    if phrases.BARE_PERMISSION.match(question):
        return Mood.PERMISSION
    if phrases.TAG.search(question) and not phrases.OPENS.match(question):
        return Mood.BELIEF
    opens = phrases.OPEN_FIRST.search(question)
    if opens and not re.search(r"\bconfirm\b", question):
        before = question[: opens.start()]
        if not (phrases.DUTY.search(before) or phrases.PERMISSION.search(before) or phrases.FACT_FIRST.match(before)):
            return Mood.OPEN
    permission = phrases.PERMISSION.search(question) or phrases.PERMISSION_AT_END.search(question)
    duty = phrases.DUTY.search(question)
    if permission and (not duty or permission.start() < duty.start()):
        return Mood.PERMISSION
    if duty:
        return Mood.DUTY
    if phrases.BELIEF.search(question):
        return Mood.BELIEF
    if phrases.CONCERN.search(question):
        return Mood.CONCERN
    if phrases.OR.search(question):
        return Mood.CHOICE
    if phrases.FACT_FIRST.search(question):
        return Mood.FACT
    if phrases.OPEN.search(question) or phrases.TELL.search(question):
        return Mood.OPEN
    return Mood.FACT if question.endswith("?") else Mood.STATEMENT


def _account(words: str) -> Account | None:
    if phrases.PERSONAL.search(words) and not phrases.FROM_GROUP.search(words):
        return Account.PERSONAL
    if phrases.AFFILIATED.search(words):
        return Account.AFFILIATED
    return Account.OFFICIAL if phrases.OFFICIAL.search(words) else None


def _represents(words: str) -> bool | None:
    if phrases.NOT_REPRESENTING.search(words):
        return False
    return True if phrases.REPRESENTING.search(words) else None


def divide(text: str) -> list[str]:
    """The things that a message may ask, one after another; remarks stay with the question that they lead up to."""
    pieces: list[str] = []
    before = ""
    for sentence in (part.strip() for part in phrases.SENTENCE_END.split(text)):
        for part in (part.strip() for part in phrases.DIVIDE.split(sentence)):
            before = f"{before} {part}".strip()
            words = spelt_out(part)
            asks = _mood(words) is not Mood.STATEMENT if sentence.endswith("?") else phrases.NEXT_QUESTION.match(words)
            if len(part.split()) > 2 and asks:
                pieces.append(before)
                before = ""
    if before and pieces:
        pieces[-1] = f"{pieces[-1]} {before}"
    return pieces or [text]
