"""What a form asks elsewhere, asked line by line at a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from adapters.chat.account_forms import Asks, asked_for, with_given
from adapters.chat.acts_to_fill import AboutAccounts
from adapters.chat.fields import Given, OneOf, Somebody, Written
from adapters.console import wording_of_terminal as wording
from bot.acts import Act, ConfirmEntry
from bot.staffing import is_reached

_AMONG_SEVERAL = ("me", "myself", "and", "&")

Ask = Callable[[str], str]  # shows a question and gives what is typed, "" for an empty line or the end
Choose = Callable[[str, Sequence[str]], int]  # shows options and gives the number taken from 1, 0 where that is left


def filled(act: AboutAccounts, ask: Ask, choose: Choose, looks_over: bool = False) -> Act | None:
    """The act with what a person says for it; None where they leave it. What cannot be taken is asked again, with why.

    What the act has already is asked for only where somebody `looks_over` it: an empty line takes that.
    """
    held = {one.name: one.before for one in asked_for(act).fields if isinstance(one, Written) and one.before}
    typed = {} if looks_over else held
    fields = tuple(one for one in asked_for(act).fields if one.name not in typed)
    chosen: dict[str, tuple[str, ...]] = {}
    told: dict[str, str] = {}
    while True:
        for field in fields:
            if isinstance(act, ConfirmEntry) and chosen.get("active") == ("no",):
                break  # the rest is about one that is used
            if not _put(field, told.get(field.name, ""), typed, chosen, ask, choose):
                return None
        given = Given(typed, chosen)
        made = with_given(act, given, lambda account: account)
        told = given.faults
        if not told:
            return made
        fields = tuple(_again(field, typed) for field in asked_for(act).fields if field.name in told)


def _put(
    field: Asks, fault: str, typed: dict[str, str], chosen: dict[str, tuple[str, ...]], ask: Ask, choose: Choose
) -> bool:
    """Puts what is said in answer to a field; False where that leaves all of it."""
    match field:
        case OneOf():
            number = choose(_in_lines(fault, field.label, field.hint), [one.label for one in field.choices])
            chosen[field.name] = (field.choices[number - 1].value,) if number else ()
            return bool(number)
        case Somebody():
            whose = wording.WHOSE_ACCOUNTS if field.several else wording.WHOSE_ACCOUNT
            words = ask(_in_lines(fault, field.label, field.hint, whose)).replace(",", " ").split()
            while not all(_may_be_named(one, field.several) for one in words):
                words = ask(_in_lines(wording.NOBODYS_ACCOUNT, whose)).replace(",", " ").split()
            chosen[field.name] = tuple(words)
            return bool(words)
        case Written():
            typed[field.name] = ask(_in_lines(fault, field.label, field.hint, _what_empty_does(field))) or field.before
            return bool(typed[field.name]) or field.optional
        case _:
            assert_never(field)


def _may_be_named(word: str, several: bool) -> bool:
    """Whether somebody can be named so; among several it may be whoever types."""
    return is_reached(word) or (several and word.casefold() in _AMONG_SEVERAL)


def _what_empty_does(field: Written) -> str:
    if field.before:
        return wording.takes(field.before)
    return wording.PASSES if field.optional else wording.LEAVES


def _again(field: Asks, typed: dict[str, str]) -> Asks:
    """The field as it is asked once more; an empty line does not take what was too long."""
    return replace(field, before="") if isinstance(field, Written) and len(typed[field.name]) > field.most else field


def _in_lines(*said: str) -> str:
    return "\n".join(filter(None, said))
