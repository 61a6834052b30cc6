"""The record of who was set up: readable, each thing once, with what was answered about the account."""

from dataclasses import replace

import pytest

from bot.accounts.records import listed, record_of
from bot.acts import ConfirmRead
from bot.enrolments import ReadClause
from bot.replies import Listed
from bot.telling import in_plain_text
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.accounts.onboarding_room import OFFICE, Choir, button, lesson, listing


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def lines(shown: Listed) -> dict[str, tuple[str, ...]]:
    return {entry.heading: entry.lines for entry in shown.entries}


def test_each_section_stands_once_beside_its_clauses_and_edition_and_day_once(choir: Choir) -> None:
    shown = lines(listing(choir.set_up()))
    assert shown["4 clauses read and confirmed, in the edition “second edition”, on 23 November 2026"] == (
        "What we mean: larks/about/media",
        "Accounts of the choir: larks/accounts/tone",
        "Rehearsals: larks/rehearsals/recording",
        "Concerts: larks/concerts/credit",
    )


def test_what_had_to_be_done_elsewhere_stands_with_what_was_answered(choir: Choir) -> None:
    shown = lines(listing(choir.set_up()))
    assert shown["What was answered"] == ("The picture beside the name: It names the photographer",)
    assert "Still to be done" not in shown
    assert shown["What was said of the account"] == ("Purpose: “To tell of our concerts.”",)


def test_what_is_still_to_be_done_stands_there_with_what_was_answered_and_is_not_checked(choir: Choir) -> None:
    shown = choir.under_way()
    while not shown.title.endswith("The picture beside the name"):
        shown = lesson(choir.does(choir.best(shown)))
    last = lesson(choir.does(button(shown, "Not yet").act))
    assert isinstance(last.buttons[0].act, ConfirmRead)
    record = lines(listing(choir.does(last.buttons[0].act)))
    assert record["Still to be done"] == ("The picture beside the name: Not yet",)
    assert "What was answered" not in record


def test_clauses_of_several_editions_and_days_stand_apart_and_one_that_is_held_no_more_stays(choir: Choir) -> None:
    choir.set_up()
    enrolment = choir.enrolment()
    choir.later(days=40)
    gone = ReadClause("larks/gone/rule", "third edition", "A rule.", choir.now)
    with_more = replace(enrolment, read=(*enrolment.read, gone))
    record = record_of(with_more, choir.entry(), choir.checklists.of("larks"), lambda name: name.split("/")[1][:4])
    assert list(lines(listed(record, "you", "slack:U1:", OFFICE)))[-2:] == [
        "4 clauses read and confirmed, in the edition “second edition”, on 23 November 2026",
        "One clause read and confirmed, in the edition “third edition”, on 2 January 2027",
    ]
    untitled = record_of(with_more, choir.entry(), None, lambda _: "")
    assert "\nlarks/gone/rule" in in_plain_text(listed(untitled, "you", "slack:U1:", OFFICE))
