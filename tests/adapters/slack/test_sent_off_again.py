"""Forms that were taken, and that Slack did not hear of: they stay open, and are sent off again."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.storage.database import Database
from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import read
from tests.adapters.slack.room import Setting, SlackRoom, on_a_loop, opened
from tests.adapters.slack.sending import Acknowledged, Way

UNKNOWN = "May our barber sing along at the regatta dinner?"


class Lossy:
    """A way on which the app's answer is lost, whatever it did."""

    def __init__(self, way: Way) -> None:
        self._way = way

    async def send(self, kind: str, payload: dict[str, Any], attempt: int = 0) -> Acknowledged:
        return replace(await self._way.send(kind, payload, attempt), status=500)


async def lost(room: SlackRoom, person: Person, **given: str) -> None:
    """Has somebody send a form off that is taken, and that stays open."""
    way, form = person.way, person.modal
    person.way = Lossy(way)
    with pytest.raises(AssertionError, match="did not take it"):
        await person.submit(**given)
    person.way = way
    await room.settled()
    assert person.modal["id"] == form["id"]


async def sent(asker: Person) -> None:
    """Has somebody send a question to the office, under their name."""
    await asker.dm(UNKNOWN)
    await asker.press("Ask the choir office")
    await asker.submit(Do_they_see_your_name="Send with my name")
    await asker.close()


@on_a_loop
async def test_a_query_that_is_sent_again_as_it_was_is_there_once_and_that_is_shown(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        await lost(room, ann, Do_they_see_your_name="Send with my name")
        await ann.submit(Do_they_see_your_name="Send with my name")

        assert "has this already, as Q1, with your name; I have sent nothing more" in read(ann.modal)
        assert "Q2" not in alex.sees_all()


@on_a_loop
async def test_whoever_thinks_better_of_their_name_is_told_that_the_office_has_it(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        await lost(room, ann, Do_they_see_your_name="Send with my name")
        await ann.submit(Do_they_see_your_name="Send without my name")

        assert "has this already, as Q1, with your name; I have sent nothing more" in read(ann.modal)
        assert "Withdraw it" in ann.buttons


@on_a_loop
async def test_what_slack_was_told_was_not_taken_is_not_done_behind_its_back(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        other = Database(sqlite_url)
        with other.transaction(), pytest.raises(AssertionError, match="did not take it"):  # the disk is slow
            await ann.submit(Do_they_see_your_name="Send with my name")
        other.close()
        await ann.submit(Do_they_see_your_name="Send without my name")
        await room.settled()

        assert "without your name" in read(ann.modal)
        assert "Q1" in alex.sees_all()
        assert "Ann" not in alex.sees_all()


@on_a_loop
async def test_an_answer_that_was_corrected_in_a_form_that_had_been_taken_is_given_back(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await sent(ann)
        await alex.press("Answer")
        await lost(room, alex, Your_answer="One, if it is smal.", Whom_is_it_for="This case only")
        await alex.submit(Your_answer="Two, and no more.", Whom_is_it_for="This case only")

        assert "One, if it is smal." in ann.sees_all()
        assert "Two, and no more." not in ann.sees_all()
        assert "You answered" in read(alex.modal)
        assert "Two, and no more." in read(alex.modal)


@on_a_loop
async def test_an_answer_that_is_sent_again_as_it_was_goes_out_once_and_that_is_shown(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await sent(ann)
        await alex.press("Answer")
        for _ in range(2):
            await lost(room, alex, Your_answer="One, if it is small.", Whom_is_it_for="This case only")
        await alex.submit(Your_answer="One, if it is small.", Whom_is_it_for="This case only")

        assert ann.sees_all().count("One, if it is small.") == 1
        assert "You answered" in read(alex.modal)


@on_a_loop
async def test_a_line_that_is_sent_again_as_it_was_is_added_once(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await sent(ann)
        await ann.command("queries")
        await ann.press("Add a line")
        await lost(room, ann, What_would="He is a baritone.")
        await ann.submit(What_would="He is a baritone.")

        assert "Your queries" in read(ann.modal)
        await alex.command("Q1", channel="CDESK")
        assert alex.sees().count("He is a baritone.") == 1
