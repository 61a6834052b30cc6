"""The form in which staff answer a query: for this case, or as a ruling for all. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from adapters.chat import wording_of_forms as wording
from adapters.chat.cutting import length, shortened
from adapters.chat.fields import (
    LONGEST_CHOICE,
    LONGEST_GIVEN,
    MOST_CHOICES,
    Choice,
    Divider,
    Form,
    FormPart,
    Given,
    OneOf,
    SomeOf,
    Written,
)
from adapters.chat.kept import keeping
from adapters.chat.pieces import clean, context, quoted, said
from bot import wording_of_rulings
from bot.acts import AnswerQuery, RulingDraft
from bot.cards import said_with
from bot.proposing_rulings import LONGEST_QUESTION, LONGEST_WORDS, MOST_CLAUSES
from bot.replies import Card, Entry, Listed
from bot.tickets import Part
from knowledge.answers import Citation
from knowledge.clauses import Verdict

_SHOWN_FACTS, _SHOWN_QUESTION = 1_500, 1_000  # characters above the answer
_SHOWN_LINES, _SHOWN_LINE = 5, 400  # the latest of what was said with the query and since, and characters of each
_CASE, _ALL = "case", "all"
_VERDICTS = {
    Verdict.YES: wording.YES,
    Verdict.NO: wording.NO,
    Verdict.DEPENDS: wording.DEPENDS,
    Verdict.INFO: wording.INFORMS,
}
_IN_FIELDS = (wording_of_rulings.THE_QUESTION, wording_of_rulings.THE_RULING, wording_of_rulings.THE_ANSWER)


def answer_form(card: Card, conversation: str) -> Form | None:
    """The form for a query that waits, with the drafted answer; None where it is not to be answered as it stands."""
    act = next((one.act for one in card.buttons if isinstance(one.act, AnswerQuery)), None)
    if act is None:
        return None
    above: list[FormPart] = [
        said(card.heading, bold=True),
        context(shortened("\n".join(card.facts), _SHOWN_FACTS)),
    ]
    if card.parts:
        above += [said(card.parts[0].heading), quoted(shortened(card.parts[0].text, _SHOWN_QUESTION))]
    above += [*_said_with(card.parts[1:]), context(wording.REST_ON_CARD)]
    drafted = replace(act, text=card.draft, ruling=None, confirmed=False)
    hint = wording.DRAFTED_HINT if card.draft else wording.THE_ANSWER_HINT
    return Form(
        wording.ANSWER_TITLE,
        wording.SEND_ANSWER,
        wording.CANCEL,
        (*above, *_fields(drafted, card.citations, hint, card.clauses)),
        keeping(conversation, card.ticket, _without_words(act), stays=True),
    )


def _said_with(parts: Sequence[Part]) -> list[FormPart]:
    """What was said with a query and since, since the card that was pressed on may be older than that."""
    said_since = said_with(parts)
    shown: list[FormPart] = [context(wording.MORE_WAS_SAID)] if len(said_since) > _SHOWN_LINES else []
    for part in said_since[-_SHOWN_LINES:]:
        shown += [said(part.heading), quoted(shortened(part.text, _SHOWN_LINE))]
    return shown


def answer_again(act: AnswerQuery, above: Sequence[FormPart], conversation: str, card: str, submit: str = "") -> Form:
    """The form with all that was given in it, to be sent as it stands or changed; `above` says why. What is confirmed
    by sending it, where the act is confirmed, are these words and no others."""
    seen = _told_apart(act.text, act.ruling) if act.confirmed else ""
    return Form(
        wording.CONFIRM_TITLE if act.confirmed else wording.ANSWER_TITLE,
        submit or (wording.CONFIRM_AND_SEND if act.confirmed else wording.SEND_ANSWER),
        wording.CANCEL,
        (*above, *_fields(act, (), wording.THE_ANSWER_HINT)),
        keeping(conversation, card, _without_words(act), seen=seen),
    )


def to_confirm(reply: Listed) -> tuple[AnswerQuery, tuple[Entry, ...]] | None:
    """The answer that a reply asks to confirm, and what is to be thought of before; None where it asks for no such
    thing. What stands in the fields is not said twice."""
    act = next(
        (one.act for one in reply.buttons if isinstance(one.act, AnswerQuery) and one.act.ruling and one.act.confirmed),
        None,
    )
    return (act, tuple(one for one in reply.entries if one.heading not in _IN_FIELDS)) if act else None


def answer_given(act: AnswerQuery, seen: str, given: Given) -> AnswerQuery:
    """The act with what was given. It is confirmed only where that is, word for word, what was shown (`seen`)."""
    text = given.words("text", LONGEST_GIVEN, wording.NO_ANSWER)
    whom = given.choice("whom", wording.CHOOSE_WHOM)
    ruling = _ruling(text, given) if whom == _ALL else None
    confirmed = ruling is not None and bool(seen) and seen == _told_apart(text, ruling)
    return replace(act, text=text, ruling=ruling, confirmed=confirmed)


def _ruling(text: str, given: Given) -> RulingDraft:
    question = given.words("question", LONGEST_QUESTION, wording_of_rulings.NO_QUESTION)
    verdict = given.choice("verdict", wording_of_rulings.NO_VERDICT)
    typed = given.words("more_clauses", LONGEST_GIVEN)
    chosen = (*given.choices("clauses"), *given.choices("clause"))
    named = (*chosen, *(word.strip(";[]()") for word in typed.replace(",", " ").split()))
    clauses = tuple(dict.fromkeys(name for name in named if name))
    if not clauses or len(clauses) > MOST_CLAUSES:
        most = wording_of_rulings.too_many_clauses(MOST_CLAUSES)
        given.faults["more_clauses"] = most if clauses else wording_of_rulings.NO_CLAUSE
    words = given.words("words", LONGEST_WORDS) or text
    if len(words) > LONGEST_WORDS:
        given.faults["words"] = wording.too_long(LONGEST_WORDS)
    known = verdict if verdict in _VERDICTS else Verdict.INFO
    return RulingDraft(question, Verdict(known), clauses, words)


def _fields(
    act: AnswerQuery, citations: Sequence[Citation], hint: str, held: Sequence[Citation] = ()
) -> list[FormPart]:
    ruling = act.ruling
    whom = (
        Choice(_CASE, wording.THIS_CASE, wording.THIS_CASE_IS),
        Choice(_ALL, wording.FOR_ALL, wording.FOR_ALL_IS),
    )
    return [
        Written("text", wording.THE_ANSWER, hint=hint, before=act.text),
        OneOf("whom", wording.WHOM, whom, before=_ALL if ruling else _CASE),
        Divider(),
        said(wording.CHECK_AGAIN if act.confirmed else wording.ONLY_FOR_RULING),
        Written(
            "question",
            wording.GENERAL_QUESTION,
            hint=wording.GENERAL_QUESTION_HINT,
            before=ruling.question if ruling else "",
            most=LONGEST_QUESTION,
            optional=True,
        ),
        OneOf(
            "verdict",
            wording.VERDICT,
            tuple(Choice(verdict, label) for verdict, label in _VERDICTS.items()),
            before=ruling.verdict if ruling else "",
            optional=True,
        ),
        *_clauses(ruling.clauses if ruling else (), citations, held),
        Written(
            "words",
            wording.GENERAL_WORDS,
            hint=wording.GENERAL_WORDS_HINT,
            before=ruling.words if ruling else "",
            most=LONGEST_WORDS,
            optional=True,
        ),
    ]


def _clauses(before: Sequence[str], citations: Sequence[Citation], held: Sequence[Citation]) -> list[FormPart]:
    """A menu of the clauses that the bot cited, one of all others that are held, and a field for more."""
    shown = {one.clause: f"{one.section}: {one.quote}" for one in citations}
    offered = _offered({name: name for name in before} | shown)
    known = {one.value for one in offered}
    others = _offered({one.clause: f"{one.clause}: {one.quote}" for one in held if one.clause not in known})
    chosen = tuple(one.value for one in offered if one.value in before)[:MOST_CLAUSES]
    menu = [SomeOf("clauses", wording.CLAUSES, offered, most=MOST_CLAUSES, before=chosen)] if offered else []
    label = wording.ANOTHER_CLAUSE if offered else wording.A_CLAUSE
    of_all = (
        [OneOf("clause", label, others[:MOST_CHOICES], hint=wording.CLAUSE_HINT, optional=True, menu=True)]
        if others
        else []
    )
    return [
        *menu,
        *of_all,
        Written(
            "more_clauses",
            wording.MORE_CLAUSES if offered or others else wording.CLAUSES_BY_ID,
            hint=wording.MORE_CLAUSES_HINT,
            before=", ".join(name for name in before if name not in chosen),
            optional=True,
            lines=False,
        ),
    ]


def _offered(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """These clauses to choose from, as far as they can come back as they went."""
    return tuple(
        Choice(name, " ".join(clean(label).split()) or name)
        for name, label in labels.items()
        if 0 < length(name) <= LONGEST_CHOICE and name == clean(name).strip() and "," not in name
    )


def _without_words(act: AnswerQuery) -> AnswerQuery:
    return replace(act, text="", ruling=None, confirmed=False)


def _told_apart(text: str, ruling: RulingDraft | None) -> str:
    """A short mark of an answer and its ruling, another for other words; how they are spaced makes none."""
    told = [text, *([ruling.question, ruling.verdict, *sorted(ruling.clauses), ruling.words] if ruling else [])]
    whole = [clean(one).split() for one in told]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()[:16]
