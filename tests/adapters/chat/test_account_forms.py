"""What is asked for acts about accounts and those who run them, and what comes of it."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from adapters.chat.account_forms import asked_for, with_given
from adapters.chat.acts_to_fill import AboutAccounts, asks_when_pressed, lacks_words, without_given
from adapters.chat.fields import Given, OneOf, Somebody, Written
from adapters.chat.forms import Faults, Submitted, form_for, submitted
from bot.account_requests import Field
from bot.accounts.entry_texts import LONGEST
from bot.acts import (
    Act,
    AddAdmin,
    AnswerMessage,
    AnswerStep,
    ApproveRequest,
    ConfirmEntry,
    FillRequest,
    Invite,
    Link,
    PassOn,
    PutEntry,
)

WORDED: list[tuple[AboutAccounts, AboutAccounts]] = [
    (AnswerStep("5", "purpose", "words"), AnswerStep("5", "purpose", "words", "News of the choir")),
    (PassOn("7"), PassOn("7", "News of the choir")),
    (AnswerMessage("12"), AnswerMessage("12", "News of the choir")),
    (FillRequest("4", "purpose"), FillRequest("4", "purpose", "News of the choir")),
    (FillRequest("4", "of an older version"), FillRequest("4", "of an older version", "News of the choir")),
]
EMPTY: list[AboutAccounts] = [
    *(bare for bare, _ in WORDED),
    Invite("7"),
    AddAdmin("7", 3),
    PutEntry("larks"),
    FillRequest("4", "admins"),
    ApproveRequest("12", 3),
    Link(""),
]
CHANGE = PutEntry("larks", "7", 3, "@larks", "Twitter", "The choir", "News", "Whoever sings")


def account_of(user: str) -> str:
    return f"slack:{user}"


def made(act: AboutAccounts, typed: dict[str, str], **chosen: str) -> Act | dict[str, str]:
    """The act with what was given, or what is wrong with that."""
    given = Given(typed, {name: tuple(value.split()) for name, value in chosen.items()})
    whole = with_given(act, given, account_of)
    return given.faults or whole


@pytest.mark.parametrize(("bare", "whole"), WORDED)
def test_words_that_were_written_go_with_the_act(bare: AboutAccounts, whole: AboutAccounts) -> None:
    assert lacks_words(bare)
    assert made(bare, {"words": " News of the choir\n"}) == whole
    assert not lacks_words(whole)
    assert without_given(whole) == bare


@pytest.mark.parametrize("bare", EMPTY)
def test_what_is_needed_and_was_not_given_is_said_at_its_field(bare: AboutAccounts) -> None:
    faults = made(bare, {})

    assert isinstance(faults, dict)
    assert faults.keys() <= {field.name for field in asked_for(bare).fields}
    assert all(faults.values())


@pytest.mark.parametrize("bare", EMPTY)
def test_what_can_stand_on_a_form_is_short_enough_for_every_platform(bare: AboutAccounts) -> None:
    asked = asked_for(bare)

    assert 0 < len(asked.title) <= 24
    assert 0 < len(asked.submit) <= 24
    assert all(0 < len(field.label) <= 150 for field in asked.fields)


def test_every_field_of_a_request_has_its_own_question() -> None:
    labels = [asked_for(FillRequest("4", field)).fields[0].label for field in Field]

    assert len(set(labels)) == len(Field)


def test_somebody_is_named_by_the_account_that_was_chosen() -> None:
    assert made(Invite("7"), {}, who="U7") == Invite("7", "slack:U7")
    assert made(AddAdmin("7", 3), {}, who="U7") == AddAdmin("7", 3, "slack:U7")


def test_several_are_named_each_once() -> None:
    assert made(FillRequest("4", "admins"), {}, who="U7 U8 U7") == FillRequest("4", "admins", "slack:U7 slack:U8")


def test_a_new_account_needs_a_handle_a_platform_and_a_group() -> None:
    faults = made(PutEntry("larks"), {"purpose": "News"})

    assert isinstance(faults, dict)
    assert faults.keys() == {"handle", "platform", "group"}
    typed = {"handle": "@larks", "platform": "Twitter", "group": "The choir"}
    assert made(PutEntry("larks"), typed) == PutEntry("larks", "", 0, "@larks", "Twitter", "The choir")


def test_of_an_account_that_is_there_nothing_has_to_be_changed() -> None:
    bare = PutEntry("larks", "7", 3)

    assert made(bare, {}) == bare
    assert made(bare, {"purpose": "Concerts"}) == replace(bare, purpose="Concerts")


def test_what_an_act_has_already_stands_in_the_fields() -> None:
    fields = asked_for(CHANGE).fields

    before = [field.before for field in fields if isinstance(field, Written)]
    assert before == ["@larks", "Twitter", "The choir", "News", "Whoever sings"]


@pytest.mark.parametrize("act", [CHANGE, ApproveRequest("12", 3, "@larks", "Twitter")])
def test_a_button_has_somebody_look_over_what_it_has_already(act: AboutAccounts) -> None:
    assert not lacks_words(act)
    assert asks_when_pressed(act)


@pytest.mark.parametrize("field", LONGEST)
def test_a_field_takes_no_more_than_the_register_does(field: str) -> None:
    faults = made(PutEntry("larks", "7"), {field: "x" * (LONGEST[field] + 1)})

    assert isinstance(faults, dict)
    assert faults.keys() == {field}


def test_an_account_is_confirmed_with_how_many_have_access() -> None:
    entry = ConfirmEntry("7", 3)

    assert made(entry, {}, active="yes", access="two") == replace(entry, access="two")
    assert made(entry, {"purpose": "Concerts"}, active="yes", access="fewer") == replace(
        entry, purpose="Concerts", access="fewer"
    )
    faults = made(entry, {}, active="yes")
    assert isinstance(faults, dict)
    assert faults.keys() == {"access"}


def test_of_an_account_that_is_not_used_it_need_not_be_said_who_has_access() -> None:
    assert made(ConfirmEntry("7", 3), {}, active="no") == ConfirmEntry("7", 3, active=False)


@pytest.mark.parametrize("strange", ["three", "nobody", "two "])
def test_what_comes_back_that_was_not_offered_counts_as_nothing(strange: str) -> None:
    given = Given({}, {"active": (strange,), "access": (strange,)})

    assert with_given(ConfirmEntry("7", 3), given, account_of) == ConfirmEntry("7", 3)


def test_approving_takes_what_is_to_be_said_beside_it() -> None:
    typed = {"handle": "@larks", "platform": "Twitter", "words": "Use the logo as it is."}

    assert made(ApproveRequest("12", 3), typed) == ApproveRequest(
        "12", 3, "@larks", "Twitter", "Use the logo as it is."
    )


@pytest.mark.parametrize("act", [*EMPTY, ConfirmEntry("7", 3), CHANGE])
def test_a_form_keeps_no_word_that_anybody_wrote(act: AboutAccounts) -> None:
    kept = form_for(act, "slack:D1", "12").kept

    assert kept.does() == without_given(act)
    assert "Whoever sings" not in kept.as_text()
    assert kept.stays


def test_a_form_comes_back_as_its_act_where_it_belongs() -> None:
    kept = form_for(Link(""), "slack:D1").kept

    assert submitted(kept, Given({"code": "AB2C-3DEF"}, {}), account_of) == Submitted(
        Link("AB2C-3DEF"), "slack:D1", keeps_form=True
    )
    assert isinstance(submitted(kept, Given({"code": " "}, {}), account_of), Faults)


@over(st.sampled_from([*EMPTY, ConfirmEntry("7", 3), CHANGE]), st.text(max_size=80), st.text(max_size=80))
def test_whatever_comes_back_is_the_same_act_or_a_fault(bare: AboutAccounts, typed: str, chosen: str) -> None:
    fields = asked_for(bare).fields
    given = Given(
        {field.name: typed for field in fields if isinstance(field, Written)},
        {field.name: (chosen,) for field in fields if isinstance(field, OneOf | Somebody)},
    )

    assert type(with_given(bare, given, account_of)) is type(bare)


def test_there_is_a_form_for_every_act_that_may_lack_words() -> None:
    assert {type(act) for act in [*EMPTY, ConfirmEntry("7", 3)]} == set(get_args(AboutAccounts))
