"""Replies that ask for something that is written, as forms."""

from dataclasses import replace

from adapters.chat.answer_form import answer_form
from adapters.chat.buttons import pressables
from adapters.chat.fields import Form, Written
from adapters.chat.layout import Group
from adapters.chat.pieces import said
from adapters.chat.placing import name_of, shown_first
from adapters.chat.pressing import Becomes
from adapters.chat.shown_as_form import fitting, form_of, gives_back
from bot import acts
from bot.replies import Button, Told
from bot.tickets import Part
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


def above_fields(form: Form | None) -> str:
    """What is said above the fields of a form."""
    assert form is not None
    return " ".join(str(part) for part in form.parts if not isinstance(part, Written))


def test_the_answer_form_shows_what_was_said_since_the_card_that_was_pressed_on() -> None:
    lines = tuple(Part(f"move:{n}", f"The asker added, at 10:0{n}", f"Line {n}.") for n in range(2, 9))
    since = (
        CARD.parts[0],
        Part("told", "What the bot answered", "Bot."),
        Part("added", "The asker added", "For Hull."),
    )

    few = above_fields(answer_form(replace(CARD, parts=(*since, *lines[:2])), "chat:1"))
    many = above_fields(answer_form(replace(CARD, parts=(*since, *lines)), "chat:1"))

    assert [words in few for words in ("For Hull.", "Line 2.", "Line 3.", "Bot.")] == [True, True, True, False]
    assert "More was said before this" not in few
    assert [f"Line {n}." in many for n in range(2, 9)] == [False] * 2 + [True] * 5
    assert "More was said before this; it is on the card." in many
    assert "All of the query" not in few + many


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


def test_words_that_could_not_be_taken_keep_their_form_and_words_to_be_confirmed_do_not() -> None:
    refused = Told("slack:U1:x", "Please keep it shorter.", words="A long message")
    shown = Button("send_named", "Send with my name", acts.PassOn("7", "Hello", named=True, confirmed=True))

    assert gives_back(refused)
    assert not gives_back(replace(refused, buttons=(shown,)))
    assert not gives_back(replace(refused, words=""))
