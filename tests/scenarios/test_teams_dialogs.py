"""What is done in Teams besides asking: dialogs, message actions, and saying whether an answer helped."""

from typing import Any

import pytest

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.reading import fields_in, label_of
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import INVITE, sent_by

SINGS = "The Larks sing better than any other choir!"


def rated(room: TeamsRoom) -> list[tuple[Any, ...]]:
    """What was said of answers: the kind, and the reason."""
    with room.bot.database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql('SELECT "right", reason FROM rating ORDER BY id')]


@on_a_loop
async def test_whether_somebody_elses_message_may_be_shared_is_worked_out_in_a_dialog(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        post = ben.say(room.channel("tenors"), "Our concert was a joy.")
        await ann.picks("canIRetweet", post)
        await ann.press("My own")

        assert "You may share it" in ann.sees()
        assert ann.dialog["card"]["type"] == "AdaptiveCard"
        ann.close()
        assert ann.seen == []
        assert ben.seen == []


@on_a_loop
async def test_somebody_elses_message_goes_to_the_office_only_once_it_was_seen_and_confirmed(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, alex = room.person("ann"), room.person("ben"), room.person("alex")
        post = ben.say(room.channel("tenors"), SINGS)
        await ann.picks("referToOffice", post)
        assert SINGS in ann.sees()
        assert alex.seen == []

        await ann.submit(Do_they_see_your_name="Send without my name")
        assert "Sent to the choir office as Q1" in ann.sees_all()
        assert SINGS in alex.sees()
        assert "name withheld" in alex.sees()


@on_a_loop
async def test_words_are_taken_out_of_somebody_elses_message_before_it_goes(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, alex = room.person("ann"), room.person("ben"), room.person("alex")
        post = ben.say(room.channel("tenors"), "The Larks sing best, says our neighbour Zebedee!")
        await ann.picks("referToOffice", post)
        field = next(label_of(one) for one in fields_in(ann.dialog["card"]) if "Zebedee" in str(one.get("value")))
        await ann.submit(**{field: "The Larks sing best", "Do_they_see_your_name": "Send with my name"})

        assert "The Larks sing best" in alex.sees_all()
        assert "Zebedee" not in alex.sees_all()


@on_a_loop
async def test_a_form_that_teams_sends_three_times_is_taken_once(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        post = ben.say(room.channel("tenors"), SINGS)
        await ann.picks("referToOffice", post)
        form = ann.filled(Do_they_see_your_name="Send with my name")
        await ann.pressed(form)
        for number in (1, 2):
            await ann.pressed(form | {"id": f"f:again-{number}"})

        assert "Q1" in ann.sees_all()
        assert "Q2" not in ann.sees_all()
        with room.bot.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one() == 1


@on_a_loop
async def test_a_message_action_that_teams_sends_again_shows_the_same_once_more(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        await ann.picks("canIRetweet", ben.say(room.channel("tenors"), SINGS))
        before = ann.sees()
        await ann.again()

        assert ann.acknowledged[-1] == ann.acknowledged[-2]
        assert ann.sees() == before
        ann.close()
        assert ann.seen == []


@on_a_loop
async def test_a_draft_is_checked_by_a_message_action(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.picks("checkPost", ann.say(room.channel("tenors"), "Read our choirs page: htp://larks"))
        assert "Read our choirs page" in ann.sees()
        await ann.submit(Which_account="A group")

        assert "Not checked" in ann.sees_all()  # these rules have nothing to check a draft by


@on_a_loop
async def test_what_is_wrong_with_a_form_is_said_in_it_and_nothing_that_was_typed_is_lost(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await sent_by(ann)
        await alex.press("Answer")
        await alex.submit(
            Your_answer="One, if it is small.",
            Whom_is_it_for="A ruling for all",
            The_question_in_general_words="",
        )

        assert "One, if it is small." in alex.sees()
        assert alex.dialog["card"]["type"] == "AdaptiveCard"
        assert "has answered" not in ann.sees_all()


@on_a_loop
async def test_a_message_without_words_is_not_guessed_at(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        await ann.picks("canIRetweet", ben.say(room.channel("tenors"), ""))

        assert "paste" in ann.sees_all()


@pytest.mark.parametrize("as_text", [False, True])
@on_a_loop
async def test_what_somebody_says_of_an_answer_is_noted_in_either_form(
    choir: Setting, sqlite_url: str, as_text: bool
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm(INVITE)
        await ann.rates("dislike", "It is about closed ones.", as_text=as_text)

        assert ann.acknowledged[-1].status == 200
        assert ann.acknowledged[-1].body == {}
        assert rated(room) == [(False, "It is about closed ones.")]


@on_a_loop
async def test_an_answer_that_helped_is_noted_once_though_teams_says_so_twice(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm(INVITE)
        await ann.rates("like")
        await ann.again()

        assert rated(room) == [(True, "")]


@on_a_loop
async def test_feedback_is_about_the_answer_that_it_was_given_on(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await ann.dm(INVITE)
        first = ann.seen[-1]
        await ann.dm("May I post backstage photographs of the concert?")
        await ann.rates("dislike", "Old rules.", message=first)
        await alex.mention(room.desk, "wrong")

        assert "invite a friend" in alex.sees_all()
        assert "backstage" not in alex.sees_all()
