"""Replies as modals and as Home."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.pressing import Becomes
from adapters.slack.home import home_of
from adapters.slack.origin import Origin
from adapters.slack.outgoing import View
from adapters.slack.pressing import pressed
from adapters.slack.views import modal_of
from bot import acts
from bot.replies import Button, Card, Entry, Listed, Overview, Previewed, Reply, Told
from bot.tickets import Part
from knowledge.clauses import Verdict
from tests.adapters.slack.block_kit import view_problems
from tests.adapters.slack.filling import filled
from tests.adapters.slack.reading import read
from tests.adapters.slack.views_shown import (
    ANSWER,
    ASKER,
    CARD,
    DESK,
    KEY,
    NEWCOMER,
    OVERVIEW,
    PREVIEWED,
    SECOND,
    STEP,
    TO_CONFIRM,
    every_view,
    modal,
    path_of,
)

VIEWS = every_view()
HOSTILE = (
    "<!channel> <@U1> <https://evil.example|here> *bold* _i_ `c` :tada: &amp;",
    "\u202eturned\u202c zero\u200bwidth \ufeff",
    "nul\x00 bell\x07 escape\x1b[31m",
    "half \ud800 of a character",
    "👩‍👩‍👧‍👦" * 200,
    "\n" * 500,
    "",
)
LONG = ("word " * 8_000, "x" * 40_000, "🎈" * 8_000)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=80))
few = st.lists(texts, max_size=4)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_as_its_golden_has_it(name: str) -> None:
    assert VIEWS[name] == json.loads(path_of(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_every_view(name: str) -> None:
    assert view_problems(VIEWS[name]) == []


@pytest.mark.parametrize("name", [name for name in VIEWS if not name.startswith("home")])
def test_each_modal_can_be_left(name: str) -> None:
    assert VIEWS[name]["close"]["text"]
    assert len(VIEWS[name]["private_metadata"]) <= 3_000


@pytest.mark.parametrize("reply", [PREVIEWED, CARD, TO_CONFIRM, SECOND, STEP, Told(ASKER, "Noted.")])
@pytest.mark.parametrize("form", [None, *Becomes])
def test_what_becomes_of_a_modal_is_found_by_the_same_external_id(reply: Reply, form: Becomes | None) -> None:
    assert modal_of(reply, Origin(view=KEY, form=form), reply.conversation).view["external_id"] == KEY


def test_a_step_is_taken_by_a_button_in_the_modal() -> None:
    assert [one.act for one in buttons(modal(STEP))] == [
        acts.Say("A private person"),
        acts.Say("A company"),
        acts.Say("I am not sure"),
    ]


def test_a_query_that_no_longer_waits_is_shown_in_place_of_the_form() -> None:
    answered = replace(CARD, draft="", buttons=(Button("reopen", "Open it again", acts.ReopenTicket("12", 4)),))

    view = modal(answered, Becomes.ANSWER)

    assert "submit" not in view
    assert [one.act for one in buttons(view)] == [acts.ReopenTicket("12", 4)]


def test_who_answers_sees_what_the_card_says_about_the_asker() -> None:
    joined = replace(CARD, facts=("One answer for all: it goes to 2 askers",))

    assert "it goes to 2 askers" in read(modal(joined, Becomes.ANSWER))


def test_a_long_question_is_shown_by_how_it_begins_above_the_answer() -> None:
    long = replace(CARD, parts=(Part("question", "The question", "word " * 2_000, can_go=False),))

    shown = read(modal(long, Becomes.ANSWER))

    assert "word word" in shown
    assert "…" in shown


def test_an_act_that_came_second_can_be_changed_and_done_all_the_same() -> None:
    view = modal(SECOND, card="12")

    assert view["submit"]["text"] == "Do it all the same"
    assert SECOND.text in read(view)
    assert "It is a duplicate." in read(view)


def test_an_answer_that_came_second_keeps_its_ruling() -> None:
    again = replace(SECOND, buttons=(Button("again", "Do it all the same", ANSWER),))

    assert ANSWER.ruling is not None
    assert ANSWER.ruling.words in read(modal(again))


def test_closing_what_is_done_closes_the_form_beneath_and_what_is_given_back_leaves_it_open() -> None:
    assert modal(Told(DESK, "Q12 is answered."))["clear_on_close"]
    assert "clear_on_close" not in modal(Told(DESK, "This cannot be a ruling yet.", words="Yes."))


def test_what_a_modal_does_not_hold_is_said_to_come_as_a_direct_message() -> None:
    entries = tuple(
        Entry(f"Query {n}", ("word " * 600,), (Button("show", "Show it", acts.ShowTicket(str(n))),)) for n in range(90)
    )
    long = Listed(ASKER, "Your queries", entries, buttons=(Button("next", "Next", acts.ShowMyQueries()),))

    made = modal_of(long, Origin(view=KEY), ASKER)

    assert not made.whole
    assert "All of it comes to you as a direct message." in read(made.view)
    assert "[Next]" in read(made.view)
    assert view_problems(made.view) == []


def test_a_query_too_long_for_a_form_shows_how_its_parts_begin_and_still_sends_them_whole() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", "word " * 8_000) for n in range(8))
    long = replace(PREVIEWED, parts=parts)

    made = modal_of(long, Origin(view=KEY, form=Becomes.SEND), ASKER)

    assert not made.whole
    assert view_problems(made.view) == []
    assert made.view["submit"]["text"] == "Send"


def test_a_query_of_more_parts_than_a_form_holds_is_sent_or_left_as_it_is() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", "And this?") for n in range(80))

    made = modal_of(replace(PREVIEWED, parts=parts), Origin(view=KEY, form=Becomes.SEND), ASKER)

    assert "submit" not in made.view
    assert view_problems(made.view) == []


def test_a_card_in_a_modal_shows_all_of_it() -> None:
    long: Card = replace(CARD, parts=tuple(Part(f"p{n}", "They asked", f"word{n} " * 300) for n in range(10)))

    shown = read(modal(long))

    assert all(f"word{n}" in shown for n in range(10))


def test_home_shows_what_waits_only_to_staff() -> None:
    assert "At the desk" in read(home_of(OVERVIEW))
    assert "At the desk" not in read(home_of(NEWCOMER))


def test_home_says_kindly_that_there_are_no_queries_yet() -> None:
    assert "You have sent no queries yet." in read(home_of(NEWCOMER))


def test_home_says_that_nothing_waits() -> None:
    assert "Nothing waits at the desk." in read(home_of(replace(OVERVIEW, desk=Listed("", "At the desk", ()))))


def test_home_shows_the_first_of_a_long_queue_and_a_button_for_all() -> None:
    entries = tuple(Entry(f"Q{n} · 3 h") for n in range(40))
    assert OVERVIEW.desk is not None

    view = home_of(replace(OVERVIEW, desk=replace(OVERVIEW.desk, entries=entries)))

    assert "and 30 more" in read(view)
    assert acts.ShowQueue() in [one.act for one in buttons(view)]
    assert view_problems(view) == []


def test_home_of_somebody_who_is_refused_says_so_and_offers_nothing() -> None:
    assert buttons(VIEWS["home_refused"]) == []


@pytest.mark.parametrize("long", LONG, ids=["words", "one word", "pictures"])
def test_slack_takes_what_is_very_long(long: str) -> None:
    assert_taken(sent([long, long], [long, long], long, long))
    assert_taken(answered([long], [long], long, long))
    assert_taken(confirmed(long, long, [long], [long]))
    for view in (*said(long, long, [long], [long]), *at_home(long, [long], [long], long)):
        assert_taken(view)


@settings(max_examples=40, deadline=None)
@given(few, few, texts, texts)
def test_slack_takes_a_form_of_whatever_would_be_sent(
    headings: list[str], bodies: list[str], opening: str, remarks: str
) -> None:
    assert_taken(sent(headings, bodies, opening, remarks))


@settings(max_examples=40, deadline=None)
@given(few, few, texts, texts)
def test_slack_takes_the_form_of_an_answer_to_whatever_was_asked(
    facts: list[str], asked: list[str], draft: str, quote: str
) -> None:
    assert_taken(answered(facts, asked, draft, quote))


@settings(max_examples=40, deadline=None)
@given(texts, texts, few, few)
def test_slack_takes_whatever_is_to_be_confirmed(text: str, words: str, clauses: list[str], lines: list[str]) -> None:
    assert_taken(confirmed(text, words, clauses, lines))


@settings(max_examples=40, deadline=None)
@given(texts, texts, few, few)
def test_slack_takes_whatever_is_said_in_a_modal(text: str, words: str, headings: list[str], lines: list[str]) -> None:
    for view in said(text, words, headings, lines):
        assert_taken(view)


@settings(max_examples=40, deadline=None)
@given(texts, few, few, texts)
def test_slack_takes_whatever_is_shown_on_home(
    opening: str, headings: list[str], lines: list[str], remarks: str
) -> None:
    for view in at_home(opening, headings, lines, remarks):
        assert_taken(view)


def sent(headings: list[str], bodies: list[str], opening: str, remarks: str) -> View:
    named = zip((*headings, *"abcd"), bodies, strict=False)
    parts = tuple(Part(f"line:{n}", heading, text, n > 0) for n, (heading, text) in enumerate(named))
    return modal(Previewed(ASKER, "7", opening, parts, remarks, PREVIEWED.buttons), Becomes.SEND)


def answered(facts: list[str], asked: list[str], draft: str, quote: str) -> View:
    parts = tuple(Part(f"part:{n}", text, text) for n, text in enumerate(asked))
    citations = tuple(replace(one, quote=quote, section=draft, clause=draft) for one in CARD.citations)
    card = replace(CARD, facts=tuple(facts), parts=parts, draft=draft, citations=citations)
    return modal(card, Becomes.ANSWER, "12")


def confirmed(text: str, words: str, clauses: list[str], lines: list[str]) -> View:
    ruling = acts.RulingDraft(words, Verdict.YES, tuple(clauses), text)
    act = acts.AnswerQuery("12", 3, text, ruling, confirmed=True)
    entries = tuple(Entry(line, tuple(lines)) for line in lines)
    return modal(Listed(DESK, words, entries, buttons=(Button("answer", text, act),)))


def said(text: str, words: str, headings: list[str], lines: list[str]) -> list[View]:
    buttons_too = tuple(Button("show", line, acts.Say(line)) for line in lines)
    again = (Button("again", text, acts.Close("12", 3, words)),)
    entries = tuple(Entry(one, tuple(lines), buttons_too) for one in headings)
    return [
        modal(Told(ASKER, text, words=words, buttons=buttons_too)),
        modal(Told(ASKER, text, words=words, buttons=again)),
        modal(Listed(ASKER, text, entries, words)),
    ]


def at_home(opening: str, headings: list[str], lines: list[str], remarks: str) -> list[View]:
    buttons_too = tuple(Button("suggest", line, acts.Say(line)) for line in lines)
    entries = tuple(Entry(one, tuple(lines), buttons_too) for one in headings)
    listed = Listed("", opening, entries, remarks, buttons_too)
    whole = Overview("", opening, buttons_too, Entry(remarks, tuple(lines), buttons_too), listed, listed)
    return [home_of(whole), home_of(Told("", opening, words=remarks, buttons=buttons_too))]


def assert_taken(view: View) -> None:
    """Slack takes it, no mention or link in it works, and a form of it can be read back."""
    assert view_problems(view) == []
    assert "mrkdwn" not in json.dumps(view)
    assert {"link", "user", "channel", "broadcast"}.isdisjoint(kinds(view))
    if "submit" in view:
        filled(view)


def kinds(node: Any) -> set[str]:
    """Every type of anything in a view."""
    if isinstance(node, dict):
        return {str(node.get("type"))}.union(*map(kinds, node.values()))
    return set[str]().union(*map(kinds, node)) if isinstance(node, list) else set()


def buttons(view: View) -> list[Any]:
    """What can be pressed, read back."""
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    found = [element for row in rows for element in row]
    assert len({one["action_id"] for one in found}) == len(found), "two buttons of one id"
    return [pressed(one["action_id"], one["value"]) for one in found]
