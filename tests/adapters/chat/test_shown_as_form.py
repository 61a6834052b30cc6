"""Replies that ask for something that is written, as forms."""

from dataclasses import replace

from adapters.chat.buttons import pressables
from adapters.chat.fields import Form
from adapters.chat.layout import Group
from adapters.chat.pieces import said
from adapters.chat.placing import name_of, shown_first
from adapters.chat.pressing import Becomes
from adapters.chat.shown_as_form import fitting, form_of
from bot import acts
from bot.replies import Button
from tests.adapters.slack.views_shown import CARD, PREVIEWED, SECOND, TO_CONFIRM

ROW = pressables((Button("next", "Next", acts.ShowMyQueries()),))
MANY = [Group((said(f"Query {n}"),), (ROW,)) for n in range(5)]


def anything(form: Form) -> bool:
    return True


def nothing(form: Form) -> bool:
    return False


def test_a_reply_that_asks_for_nothing_becomes_no_form() -> None:
    for reply in (PREVIEWED, CARD, replace(SECOND, buttons=()), replace(TO_CONFIRM, buttons=())):
        assert form_of(reply, None, "chat:1", "", anything) is None


def test_a_form_that_does_not_fit_is_none() -> None:
    for reply, becomes in ((PREVIEWED, Becomes.SEND), (CARD, Becomes.ANSWER), (SECOND, None), (TO_CONFIRM, None)):
        assert form_of(reply, becomes, "chat:1", "", nothing) is None
        assert form_of(reply, becomes, "chat:1", "", anything) is not None


def test_what_is_offered_at_the_end_is_kept_where_not_all_of_it_fits() -> None:
    shown, whole = fitting(MANY, lambda groups: len(groups) <= 3, "There is more.")

    assert not whole
    assert shown == [*MANY[:2], Group((said("There is more."),), (ROW,))]
    assert fitting(MANY, lambda groups: True, "There is more.") == (MANY, True)
    assert fitting(MANY, lambda groups: not any(one.rows for one in groups), "More.")[0] == [Group((said("More."),))]


def test_what_an_answer_or_a_query_needs_is_shown_before_its_form() -> None:
    assert shown_first(acts.Escalate("7")) == (acts.Escalate("7"), Becomes.SEND)
    assert shown_first(acts.AnswerQuery("12", 3, "")) == (acts.ShowTicket("12"), Becomes.ANSWER)
    assert shown_first(acts.AnswerQuery("12", 3, "Yes.")) == (acts.AnswerQuery("12", 3, "Yes."), None)
    assert shown_first(acts.Claim("12", 3)) == (acts.Claim("12", 3), None)


def test_dialogs_of_different_events_are_told_apart() -> None:
    assert name_of("a") == name_of("a") != name_of("half \ud800")
    assert len(name_of("a")) == 20
