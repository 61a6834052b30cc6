"""Replies that ask for something that is written, as forms. Pure."""

from collections.abc import Callable
from dataclasses import replace

from adapters.chat.answer_form import answer_again, answer_form, to_confirm
from adapters.chat.cutting import length
from adapters.chat.fields import Form, FormPart, Row
from adapters.chat.forms import form_for
from adapters.chat.layout import Group, groups_of
from adapters.chat.pieces import said
from adapters.chat.pressing import Becomes
from adapters.chat.send_form import send_form
from bot.acts import AnswerQuery, AskBack, Close, Escalate, PassOn
from bot.replies import Card, Listed, Previewed, Reply, Told

_AGAIN = "again"  # the name of a button that does what came second all the same
_LONGEST_SUBMIT = 24  # characters of what submits a form


def form_of(
    reply: Reply, becomes: Becomes | None, conversation: str, card: str, fits: Callable[[Form], bool]
) -> tuple[Form, bool] | None:
    """A reply as the form that it is to become, and whether that holds all of it; None where it asks for nothing that
    is written, or for more than fits. `card` is the ticket on whose card at a desk it was asked for."""
    match reply:
        case Previewed() if becomes is Becomes.SEND:
            return send_form(reply, conversation, card, fits)
        case Card() if becomes is Becomes.ANSWER:
            form = answer_form(reply, conversation)
        case Listed():
            form = _to_confirm(reply, conversation, card)
        case Told():
            form = _again(reply, conversation, card)
        case _:
            return None
    return (form, True) if form is not None and fits(form) else None


def gives_back(reply: Reply) -> bool:
    """Whether a reply gives words back that could not be taken, so that the form in which they were written stays open.
    Words that are shown to be confirmed have been taken."""
    if not isinstance(reply, Told) or not reply.words:
        return False
    return not any(isinstance(button.act, PassOn) and button.act.confirmed for button in reply.buttons)


def without_trimming(reply: Reply, groups: list[Group]) -> list[Group]:
    """The groups of a reply that became no form; of what would go to the office without the button for that: it was too
    long for the form in which it is trimmed."""
    if not isinstance(reply, Previewed):
        return groups
    return [
        replace(one, rows=tuple(tuple(each for each in row if not isinstance(each.act, Escalate)) for row in one.rows))
        for one in groups
    ]


def fitting(groups: list[Group], fits: Callable[[list[Group]], bool], continued: str) -> tuple[list[Group], bool]:
    """As many groups as fit, and whether these are all. Where they are not, `continued` says what becomes of the rest;
    what is offered at the end is kept, if it can be."""
    if fits(groups):
        return groups, True
    said_so = Group((said(continued),))
    end = replace(said_so, rows=groups[-1].rows) if groups else said_so
    end = end if fits([end]) else said_so
    holds: list[Group] = []
    for group in groups:
        if not fits([*holds, group, end]):
            break
        holds.append(group)
    return [*holds, end], False


def parts_of(groups: list[Group]) -> list[FormPart]:
    """Groups with their buttons, as parts of a form."""
    return [part for one in groups for part in (*one.pieces, *(Row(row) for row in one.rows))]


def _to_confirm(reply: Listed, conversation: str, card: str) -> Form | None:
    """What becomes a ruling, with what is to be thought of before."""
    asked = to_confirm(reply)
    if asked is None:
        return None
    act, entries = asked
    above = groups_of(replace(reply, entries=entries, buttons=()), bool)  # a list asks nothing back
    return answer_again(act, parts_of(above), conversation, card)


def _again(reply: Told, conversation: str, card: str) -> Form | None:
    """An act that came second, with its words, to be done all the same or changed."""
    button = next((one for one in reply.buttons if one.name == _AGAIN), None)
    if button is None:
        return None
    above, label = [said(reply.text)], button.label if length(button.label) <= _LONGEST_SUBMIT else ""
    match button.act:
        case AnswerQuery() as act:
            return answer_again(act, above, conversation, card, label)
        case AskBack() | Close() as act:
            return form_for(act, conversation, card, above=above, submit=label)
        case _:
            return None
