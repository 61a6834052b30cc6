"""Forms and replies as dialogs."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.pressing import Becomes, Does
from adapters.storage.carried import as_text
from adapters.teams.dialogs import dialog_of, form_dialog, over_form
from adapters.teams.invoke_answers import closes, opens
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Dialog
from adapters.teams.submitted import PressedInDialog, Submitted, read_submission
from bot import acts
from bot.replies import Button, Entry, Listed, Previewed, Told
from bot.tickets import Part
from knowledge.clauses import Verdict
from tests.adapters.slack.views_shown import CARD, PREVIEWED, SECOND, STEP
from tests.adapters.teams.card_rules import DIALOG, card_problems
from tests.adapters.teams.dialogs_shown import (
    ASKER,
    GIVEN_BACK,
    KEY,
    STAFF,
    dialog,
    every_dialog,
    path_of,
    sent,
    shape_of,
    waited_for,
)
from tests.adapters.teams.reading import buttons_in, read

DIALOGS = every_dialog()
HOSTILE = (
    "<at>everyone</at> [here](https://evil.example) **bold** _i_ `c` # head &amp; @all",
    "\u202eturned\u202c zero\u200bwidth \ufeff",
    "nul\x00 bell\x07 escape\x1b[31m",
    "half \ud800 of a character",
    "👩‍👩‍👧‍👦" * 200,
    "\n" * 500,
    "a, b,c",
    "",
)
LONG = ("word " * 8_000, "x" * 40_000, "🎈" * 8_000)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=80))
few = st.lists(texts, max_size=4)


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_as_its_golden_has_it(name: str) -> None:
    assert shape_of(DIALOGS[name]) == json.loads(path_of(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DIALOGS)
def test_teams_takes_every_dialog(name: str) -> None:
    assert card_problems(DIALOGS[name].card, DIALOG) == []


def test_a_step_is_taken_by_a_button_in_the_dialog() -> None:
    pressed = [read_submission(one.action["data"]) for one in buttons_in(shape_of(dialog(STEP)))]

    steps = [
        (one.what.does, one.what.act, one.kept.conversation, one.nonce)
        for one in pressed
        if isinstance(one, PressedInDialog)
    ]
    assert steps == [
        (Does.STEP, acts.Say(words), STAFF, KEY) for words in ("A private person", "A company", "I am not sure")
    ]


def test_a_button_beside_a_form_takes_nothing_of_it_along() -> None:
    (add, _) = buttons_in(shape_of(DIALOGS["send"]))

    assert add.label == "Add to Q12"
    assert add.action["associatedInputs"] == "none"


def test_a_query_that_no_longer_waits_is_shown_in_place_of_the_form() -> None:
    answered = replace(CARD, draft="", buttons=(Button("reopen", "Open it again", acts.ReopenTicket("12", 4)),))

    shown = dialog(answered, Becomes.ANSWER)

    assert "actions" not in shown.card
    assert "[Open it again]" in read(shape_of(shown))


def test_an_act_that_came_second_can_be_changed_and_done_all_the_same() -> None:
    shown = read(shape_of(dialog(SECOND, card="12")))

    assert "[Do it all the same]" in shown
    assert SECOND.text in shown
    assert "It is a duplicate." in shown


def test_what_a_dialog_does_not_hold_is_said_to_come_as_a_message() -> None:
    entries = tuple(
        Entry(f"Query {n}", ("word " * 600,), (Button("show", "Show it", acts.ShowTicket(str(n))),)) for n in range(90)
    )
    long = Listed(ASKER, "Your queries", entries, buttons=(Button("next", "Next", acts.ShowMyQueries()),))

    shown, whole = waited_for(long)

    assert not whole
    assert "All of it comes to you as a message in our chat." in read(shape_of(shown))
    assert "[Next]" in read(shape_of(shown))
    assert card_problems(shown.card, DIALOG) == []


def test_a_query_too_long_for_a_form_shows_how_its_parts_begin_and_still_sends_them_whole() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", "word " * 8_000) for n in range(8))

    shown, whole = waited_for(replace(PREVIEWED, parts=parts), Becomes.SEND)
    read_back = read_submission(sent(shown, Do_they="Send with my name"))

    assert not whole
    assert card_problems(shown.card, DIALOG) == []
    assert isinstance(read_back, Submitted)
    assert read_back.act == acts.Send("7", named=True)


def test_a_query_of_more_parts_than_a_form_holds_is_sent_or_left_as_it_is() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", "And this?") for n in range(400))

    shown, _ = waited_for(replace(PREVIEWED, parts=parts), Becomes.SEND)

    assert "actions" not in shown.card
    assert card_problems(shown.card, DIALOG) == []


def test_a_form_too_long_for_a_dialog_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        form_dialog(acts.AskBack("12" * 4_000, 3, ""), STAFF, KEY)


def test_an_act_that_needs_nothing_has_no_form() -> None:
    with pytest.raises(ValueError, match="no form"):
        form_dialog(acts.Claim("12", 3), STAFF, KEY)


def test_an_answer_that_is_given_back_stands_in_its_form_again_below_why() -> None:
    read_back = read_submission(sent(dialog(CARD, Becomes.ANSWER, "12"), Your_answer="Yes, you may.", Other="a/b"))
    assert isinstance(read_back, Submitted)

    told = replace(GIVEN_BACK, buttons=(Button("show", "Show Q13", acts.ShowTicket("13")),))
    body = over_form(opens(dialog(told)), read_back.again)

    shown = body["task"]["value"]
    card = shown["card"]["content"]
    assert card_problems(card, DIALOG) == []
    words = read({"title": shown["title"], "card": card})
    assert words.index(GIVEN_BACK.text) < words.index("Your answer: Yes, you may.")
    assert "Other clauses: a/b" in words
    assert words.count("Yes, you may.") == 1
    assert "[Show Q13]" in words


def test_whatever_else_a_form_is_answered_with_stays_as_it_is() -> None:
    again = dialog(CARD, Becomes.ANSWER)

    for body in (closes("It comes in a moment."), opens(dialog(Told(STAFF, "Q12 is answered."))), {}):
        assert over_form(body, again) == body
    assert over_form(opens(dialog(GIVEN_BACK)), None) == opens(dialog(GIVEN_BACK))


@pytest.mark.parametrize("long", LONG, ids=["words", "one word", "pictures"])
def test_teams_takes_what_is_very_long(long: str) -> None:
    for shown in (
        previewed([long, long], [long, long], long, long),
        answered([long], [long], long, long),
        confirmed(long, long, [long], [long]),
        *said(long, long, [long], [long]),
    ):
        assert_taken(shown)


@settings(max_examples=25, deadline=None)
@given(few, few, texts, texts)
def test_teams_takes_a_form_of_whatever_would_be_sent(
    headings: list[str], bodies: list[str], opening: str, remarks: str
) -> None:
    assert_taken(previewed(headings, bodies, opening, remarks))


@settings(max_examples=25, deadline=None)
@given(few, few, texts, texts)
def test_teams_takes_the_form_of_an_answer_to_whatever_was_asked(
    facts: list[str], asked: list[str], draft: str, quote: str
) -> None:
    assert_taken(answered(facts, asked, draft, quote))


@settings(max_examples=25, deadline=None)
@given(texts, texts, few, few)
def test_teams_takes_whatever_is_to_be_confirmed(text: str, words: str, clauses: list[str], lines: list[str]) -> None:
    assert_taken(confirmed(text, words, clauses, lines))


@settings(max_examples=25, deadline=None)
@given(texts, texts, few, few)
def test_teams_takes_whatever_is_said_in_a_dialog(text: str, words: str, headings: list[str], lines: list[str]) -> None:
    for shown in said(text, words, headings, lines):
        assert_taken(shown)


def previewed(headings: list[str], bodies: list[str], opening: str, remarks: str) -> Dialog:
    named = zip((*headings, *"abcd"), bodies, strict=False)
    parts = tuple(Part(f"line:{n}", heading, text, n > 0) for n, (heading, text) in enumerate(named))
    return dialog(Previewed(ASKER, "7", opening, parts, remarks, PREVIEWED.buttons), Becomes.SEND)


def answered(facts: list[str], asked: list[str], draft: str, quote: str) -> Dialog:
    parts = tuple(Part(f"part:{n}", text, text) for n, text in enumerate(asked))
    citations = tuple(replace(one, quote=quote, section=draft, clause=draft) for one in CARD.citations)
    return dialog(
        replace(CARD, facts=tuple(facts), parts=parts, draft=draft, citations=citations), Becomes.ANSWER, "12"
    )


def confirmed(text: str, words: str, clauses: list[str], lines: list[str]) -> Dialog:
    ruling = acts.RulingDraft(words, Verdict.YES, tuple(clauses), text)
    act = acts.AnswerQuery("12", 3, text, ruling, confirmed=True)
    entries = tuple(Entry(line, tuple(lines)) for line in lines)
    return dialog(Listed(STAFF, words, entries, buttons=(Button("answer", text, act),)))


def said(text: str, words: str, headings: list[str], lines: list[str]) -> list[Dialog]:
    buttons_too = tuple(Button("show", line, acts.Say(line)) for line in lines)
    again = (Button("again", text, acts.Close("12", 3, words)),)
    entries = tuple(Entry(one, tuple(lines), buttons_too) for one in headings)
    return [
        dialog(Told(STAFF, text, words=words, buttons=buttons_too)),
        dialog(Told(STAFF, text, words=words, buttons=again)),
        dialog(Listed(STAFF, text, entries, words)),
    ]


def assert_taken(shown: Dialog) -> None:
    """Teams takes it as it is kept until it is sent, and a form of it can be read back."""
    assert card_problems(json.loads(as_text(shown.card)), DIALOG) == []
    if "actions" in shown.card:
        read_submission(sent(shown))


def test_what_waits_for_a_dialog_is_named_in_it() -> None:
    origin = Origin(invoke=KEY, waits=Waits.DIALOG, card="12")
    shown, _ = dialog_of(SECOND, origin, STAFF)
    data: dict[str, Any] = shown.card["actions"][0]["data"]

    assert data["nonce"] == KEY
