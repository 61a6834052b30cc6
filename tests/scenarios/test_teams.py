"""Askers in Teams: whole conversations through the real bot, over real HTTP."""

import pytest

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.person import Person
from tests.adapters.teams.room import opened

INVITE = "can I invite a friend to an open rehearsal?"
INVITED = "Members may invite a friend to any open rehearsal"
RECORD = "can I record the rehearsal?"
UNKNOWN = "May our barber sing along at the regatta dinner?"


@on_a_loop
async def test_a_question_in_the_personal_chat_is_answered_there_for_its_asker_alone(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        await ann.dm(INVITE)

        assert INVITED in ann.sees()
        assert ann.may_press("Ask the choir office")
        assert len(ann.seen) == 1
        assert ben.seen == []


@on_a_loop
async def test_an_answer_names_its_sources_by_number_and_in_plain_words(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm(INVITE)

        (answer,) = ann.seen
        (root,) = [one for one in answer["entities"] if one["type"] == "https://schema.org/Message"]
        first = root["citation"][0]["appearance"]
        assert "additionalType" not in root  # no model wrote this
        assert INVITED in first["abstract"]
        assert "[1]" in answer["text"]
        assert INVITED in answer["text"]  # for who sees no citations
        assert answer["channelData"]["feedbackLoop"] == {"type": "default"}


@on_a_loop
async def test_a_question_by_mention_is_answered_in_its_thread_for_all_who_read_it(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, tenors = room.person("ann"), room.person("ben"), room.channel("tenors")
        asked = await ann.mention(tenors, INVITE)

        (answer,) = room.teams.tenant.said_in(tenors, asked)
        assert answer["thread"] == asked
        assert INVITED in ben.sees()
        assert room.teams.tenant.said_in(ann.chat) == []


@on_a_loop
async def test_a_question_in_a_group_chat_is_answered_there(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, eve = room.person("ann"), room.person("ben"), room.person("eve")
        group = room.group("ann", "ben")
        await ann.mention(group, INVITE)

        assert INVITED in ben.sees()
        assert eve.seen == []


@on_a_loop
async def test_teams_may_deliver_everything_twice_and_it_is_answered_once(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, tenors = room.person("ann"), room.channel("tenors")
        await ann.dm(INVITE)
        await ann.again()
        await ann.mention(tenors, INVITE)
        await ann.again()

        assert len(ann.seen) == 2
        assert {one.status for one in ann.acknowledged} <= {200, 201}


@on_a_loop
async def test_a_follow_up_in_the_personal_chat_goes_on_from_the_answer(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm(INVITE)
        await ann.dm("and may I post backstage photographs of the concert?")

        assert len(ann.seen) == 2
        assert "backstage" in ann.sees()


@on_a_loop
async def test_a_flow_goes_on_in_its_place_to_its_end_and_an_answer_can_be_changed(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm(RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")

        assert len(room.teams.tenant.said_in(ann.chat)) == 1
        assert "this rule does not stand in your way" in ann.sees()
        await ann.press("Change an answer")
        assert len(room.teams.tenant.said_in(ann.chat)) == 1
        assert "this rule does not stand in your way" not in ann.sees()


@on_a_loop
async def test_a_flow_goes_on_as_well_for_a_client_that_knows_no_execute(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        ann.old = True
        await ann.dm(RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")

        assert "this rule does not stand in your way" in ann.sees()
        assert len(room.teams.tenant.said_in(ann.chat)) == 1


@pytest.mark.parametrize("where", ["channel", "group chat"])
@on_a_loop
async def test_everybody_there_reads_a_flow_and_its_buttons_are_its_askers(
    choir: Setting, sqlite_url: str, where: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben = room.person("ann"), room.person("ben")
        tenors = room.channel("tenors") if where == "channel" else room.group("ann", "ben")
        await ann.mention(tenors, RECORD)
        assert "Has the conductor consented" in ben.sees()

        await ben.press("Yes, the conductor has")
        assert "belong" in ben.sees_all()
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")
        assert "this rule does not stand in your way" in ben.sees()
        assert len(room.teams.tenant.said_in(tenors)) == 1


@on_a_loop
async def test_what_is_pressed_is_shown_to_whoever_pressed_and_lasts_for_everybody(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm(RECORD)
        await ann.press("Yes, the conductor has")

        answer = ann.acknowledged[-1].body
        assert answer["type"] == "application/vnd.microsoft.card.adaptive"
        (kept,) = room.teams.tenant.said_in(ann.chat)
        assert kept["edited"]
        assert kept["attachments"][0]["content"] == answer["value"]


@on_a_loop
async def test_an_asker_leaves_parts_out_adds_a_line_and_sends(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        await ann.submit(What_I_answered=[], Add_a_line="He sings bass.", Do_they_see_your_name="Send with my name")

        assert "Sent to the choir office as Q1, with your name" in ann.sees_all()
        card = alex.sees()
        assert UNKNOWN in card
        assert "He sings bass." in card
        assert "What the bot answered" not in card


@on_a_loop
async def test_what_is_typed_does_what_its_words_say(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm("my queries")
        assert "You have sent no queries." in ann.sees()
        await ann.dm("help")
        assert "quote them" in ann.sees()
        assert len(room.teams.tenant.said_in(ann.chat)) == 2


@on_a_loop
async def test_a_suggestion_that_is_tapped_is_asked(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.dm("help")
        suggested = [one["title"] for one in ann.seen[-1].get("suggestedActions", {}).get("actions", [])]
        assert suggested == ["Home", "My queries"]
        await ann.press(suggested[0])

        assert "Questions to begin with" in ann.sees()


@on_a_loop
async def test_nothing_is_said_when_the_app_comes_for_its_prompts_are_there_already(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, tenors = room.person("ann"), room.channel("tenors")
        await ann.installs()
        await ann.installs(tenors)

        assert ann.seen == []


@on_a_loop
async def test_a_guest_somebody_of_another_organisation_and_somebody_unknown_are_politely_refused(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        tenors = room.channel("tenors")
        guest = room.person("gus", guest=True)
        stranger = room.person("odo", tenant="0732e400-0000-4000-8000-000000000732")
        unknown = room.person("uma", unknown=True)
        for one in (guest, stranger, unknown):
            await one.dm(INVITE)
            await one.mention(tenors, INVITE)

            assert "The choir office can help you" in one.sees_all()
            assert INVITED not in one.sees_all()
        assert room.teams.tenant.said_in(tenors) == []
        with room.bot.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM exchange").scalar_one() == 0


@pytest.mark.parametrize("where", ["personal", "channel"])
@on_a_loop
async def test_words_of_people_call_nobody_and_link_nowhere(choir: Setting, sqlite_url: str, where: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        hostile = "May <at>Ben</at> **shout** at [here](https://evil.example) # loudly <b>now</b>?"
        await (ann.dm(hostile) if where == "personal" else ann.mention(room.channel("tenors"), hostile))
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send with my name")

        sent = [call.body for call in room.teams.calls if call.method in ("send", "update")]
        for text in (str(body.get("text", "")) for body in sent):
            assert "](https://evil" not in text.replace("\\]", "")
            assert "<at>" not in text
            assert "**shout**" not in text.replace("\\*", "")
        assert "'TextBlock'" not in str(sent)
        assert hostile.split("?")[0][-20:] in alex.sees_all() or "evil.example" in alex.sees_all()


@on_a_loop
async def test_the_shipped_bot_rules_on_the_logo_and_on_a_companys_post(institute: Setting, sqlite_url: str) -> None:
    async with opened(institute, sqlite_url) as room:
        ann, ben, tenors = room.person("ann"), room.person("ben"), room.channel("tenors")
        await ann.mention(tenors, "Can I use the IPEM logo on my own profile?")
        assert "No, you should not." in ann.sees()
        assert "A personal account should not carry the IPEM logo." in ann.sees()
        await ann.press("Show the clause in context")
        assert "Staff and members using social media in a personal capacity" in ann.sees()
        ann.close()

        post = ben.say(tenors, "Our new linac is the best on the market, order yours today!")
        await ann.picks("canIRetweet", post)
        assert "order yours today" in ann.sees_all()


async def sent_by(asker: Person, question: str = UNKNOWN, named: bool = True) -> None:
    """Has somebody send a question to the office, under their name or without it."""
    await asker.dm(question)
    await asker.press("Ask the choir office")
    await asker.submit(Do_they_see_your_name="Send with my name" if named else "Send without my name")
    asker.close()
