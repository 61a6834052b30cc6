"""What is done in Teams besides asking: dialogs, message actions, and saying whether an answer helped."""

import pytest
import sqlalchemy as sa

from adapters.storage.tables import rating, text
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.fake_tenant import GROUP, PERSONAL, Chat
from tests.adapters.teams.reading import fields_in, label_of
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import INVITE, sent_by

SINGS = "The Larks sing better than any other choir!"


def rated(room: TeamsRoom) -> list[tuple[bool, str]]:
    """What was said of answers: whether they were right, and why not."""
    found = sa.select(rating.c.is_right, text.c.body).select_from(rating.outerjoin(text, rating.c.reason == text.c.id))
    with room.bot.database.reading() as connection:
        return [(bool(right), reason or "") for right, reason in connection.execute(found)]


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


@pytest.mark.parametrize("where", ["a group chat", "a chat of two"])
@on_a_loop
async def test_a_message_is_referred_from_where_the_app_is_not(choir: Setting, sqlite_url: str, where: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, alex = room.person("ann"), room.person("ben"), room.person("alex")
        name, kind = ("19:a_b@unq.gbl.spaces", PERSONAL) if where == "a chat of two" else ("19:c@thread.v2", GROUP)
        chat = room.teams.tenant.chats.setdefault(name, Chat(name, kind, members={"ann", "ben"}, installed=False))
        await ann.picks("referToOffice", ben.say(chat, SINGS))
        await ann.submit(Do_they_see_your_name="Send with my name")
        ann.close()
        await alex.press("Claim it")

        assert SINGS in alex.sees_all()
        assert "has taken up" in ann.sees()
        assert room.teams.tenant.said_in(chat) == []


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
async def test_a_query_is_taken_back_once_one_has_said_that_one_is_sure(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await sent_by(ann)
        await ann.dm("my queries")
        assert not ann.may_press("Withdraw it")
        await ann.press("Yes, withdraw it")

        assert "You have taken Q1 back." in ann.sees_all()
        assert "The asker took Q1 back." in alex.sees()


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
async def test_a_ruling_can_rest_on_any_clause_of_the_policy_without_its_id_being_known(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await sent_by(ann)
        await alex.press("Answer")
        await alex.submit(
            Your_answer="One, if it is small.",
            Whom_is_it_for="A ruling for all",
            The_question_in_general_words="May a member bring a dog to a rehearsal?",
            The_answer_to_it="Yes",
            Another_clause_of_the_policy="larks/rehearsals/invite",
        )
        assert alex.dialog["title"] == "A ruling for all"
        await alex.submit()

        assert "ruling for everybody" in ann.sees_all()


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
