"""Askers in Slack: whole conversations through the real bot, over real HTTP and over Socket Mode."""

import pytest

from tests.adapters.slack.person import Person
from tests.adapters.slack.room import HTTP, SOCKET, Setting, SlackRoom, on_a_loop, opened

INVITE = "can I invite a friend to an open rehearsal?"
INVITED = "Members may invite a friend to any open rehearsal"
RECORD = "can I record the rehearsal?"
UNKNOWN = "May our barber sing along at the regatta dinner?"
WAYS = pytest.mark.parametrize("over", [HTTP, SOCKET])


@WAYS
@on_a_loop
async def test_a_question_by_mention_is_answered_for_its_asker_alone(
    larks: Setting, sqlite_url: str, over: str
) -> None:
    async with opened(larks, sqlite_url, over) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        await ann.mention("C1", INVITE)

        assert INVITED in ann.sees()
        assert "Ask the choir office" in ann.buttons
        assert len(room.slack.calls_to("chat.postEphemeral")) == 1  # though Slack told the app twice
        assert ben.seen == []


@on_a_loop
async def test_a_question_by_direct_message_is_answered_in_its_thread(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        asked = await ann.dm(INVITE)

        answers = room.slack.workspace.thread("DANN", asked)
        assert len(answers) == 1
        assert INVITED in answers[0]["text"]
        assert room.person("UBEN").seen == []


@on_a_loop
async def test_slack_may_deliver_everything_twice_and_it_is_answered_once(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.dm(INVITE)
        await ann.again()
        await ann.command(INVITE)
        await ann.again()

        assert len(ann.seen) == 2


@on_a_loop
async def test_a_follow_up_in_the_thread_needs_no_mention(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        thread = await ann.mention("C1", INVITE)
        before = len(ann.seen)
        await ann.say("C1", "and may I post backstage photographs of the concert?", thread)

        assert len(ann.seen) == before + 1
        assert "backstage" in ann.sees()


@on_a_loop
async def test_the_bot_leaves_a_thread_in_which_people_talk_until_it_is_named_again(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        thread = await ann.mention("C1", INVITE)
        await ben.say("C1", "I would just bring her, everybody does.", thread)
        seen = len(ann.seen)
        await ann.say("C1", "May I tape it for her as well?", thread)
        assert len(ann.seen) == seen  # it keeps out of that

        await ann.mention("C1", RECORD, thread)
        assert len(ann.seen) == seen + 1


@on_a_loop
async def test_what_is_said_elsewhere_without_a_mention_is_not_even_kept(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        thread = await room.person("UBEN").say("C1", "Who has the robes?")
        await ann.say("C1", "They are in the vestry.", thread)

        assert {one.status for one in ann.acknowledged} == {200}
        assert ann.seen == []
        with room.bot.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar_one() == 0


@on_a_loop
async def test_in_an_open_channel_the_answer_is_for_everybody_and_its_buttons_for_the_asker(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        await ann.mention("COPEN", RECORD)
        step = ben.sees()
        assert "Has the conductor consented" in step

        await ben.press("Yes, the conductor has")
        assert "belong" in ben.sees()  # the buttons are the asker's
        await ann.press("Yes, the conductor has")
        assert "What is the recording for?" in ann.sees()


@on_a_loop
async def test_a_flow_goes_on_in_its_place_to_its_end_and_an_answer_can_be_changed(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        asked = await ann.dm(RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")
        concluded = room.slack.workspace.thread("DANN", asked)

        assert len(concluded) == 1
        assert "this rule does not stand in your way" in ann.sees()
        await ann.press("Change an answer")
        assert len(room.slack.workspace.thread("DANN", asked)) == 1


@on_a_loop
async def test_a_flow_in_a_channel_goes_on_before_the_eyes_of_its_asker_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.mention("C1", RECORD)
        await ann.press("Yes, the conductor has")
        await ann.press("To practise at home")

        assert len(room.slack.workspace.ephemerals) == 1
        assert "this rule does not stand in your way" in ann.sees()
        assert room.person("UBEN").seen == []


@on_a_loop
async def test_an_answer_is_shared_with_the_channel_once(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        await ann.mention("C1", INVITE)
        await ann.press("Share with the channel")
        assert "Somebody here asked" in ben.sees()
        assert INVITED in ben.sees()

        await ann.press("Share with the channel")
        assert "already" in ann.sees()
        assert len(ben.seen) == 1


@on_a_loop
async def test_a_slash_command_answers_whoever_typed_it(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.command(INVITE)
        assert INVITED in ann.sees()
        await ann.command("queries")
        assert "You have sent no queries." in ann.sees()
        await ann.command("help")
        helped = ann.sees()
        await ann.command("")
        assert ann.sees() == helped
        assert room.person("UBEN").seen == []
        assert room.slack.counts["chat.postMessage"] == 0


@on_a_loop
async def test_a_draft_is_checked_by_a_form(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.shortcut("check_post")
        assert "Which account" in ann.sees()
        await ann.submit(Your_draft="Read our choirs page: htp://larks", Which_account="A group")
        assert "Not checked" in ann.sees()  # these rules have nothing to check a draft by
        await ann.close()
        await ann.command("check")
        assert "Your draft" in ann.sees()


@on_a_loop
async def test_whether_somebody_elses_message_may_be_shared_is_worked_out_in_a_modal(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, ben = room.person("UANN"), room.person("UBEN")
        post = room.slack.workspace.typed("C9", "UBEN", "Our concert was a joy.")
        await ann.shortcut("can_i_retweet", post, "C9")
        await ann.press("My own")

        assert "You may share it" in ann.sees()
        assert ann.modal["type"] == "modal"
        await ann.close()
        assert ann.seen == []
        assert ben.seen == []


@on_a_loop
async def test_somebody_elses_message_goes_to_the_office_only_once_it_was_seen_and_confirmed(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        post = room.slack.workspace.typed("C9", "UBEN", "The Larks sing better than any other choir!")
        await ann.shortcut("refer_to_office", post, "C9")
        assert "The Larks sing better than any other choir!" in ann.sees()
        assert alex.seen == []

        await ann.submit(Do_they_see_your_name="Send without my name")
        assert "Sent to the choir office as Q1" in ann.sees()
        assert "The Larks sing better than any other choir!" in alex.sees()
        assert "name withheld" in alex.sees()


@on_a_loop
async def test_an_asker_leaves_parts_out_adds_a_line_and_sends(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        await ann.submit(What_I_answered=[], Add_a_line="He sings bass.", Do_they_see_your_name="Send with my name")

        assert "Sent to the choir office as Q1, with your name" in ann.sees()
        card = alex.sees()
        assert UNKNOWN in card
        assert "He sings bass." in card
        assert "What the bot answered" not in card


@on_a_loop
async def test_a_guest_and_somebody_of_another_organisation_are_politely_refused(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        guest = room.person("UGUEST", guest=True)
        stranger = room.person("USTRANGER", stranger=True, team="T0OTHER01")
        for one in (guest, stranger):
            await one.dm(INVITE)
            await one.mention("C1", INVITE)
            await one.command(INVITE)
            await one.opens_home()

            assert "The choir office can help you" in one.sees()
            assert INVITED not in one.sees_all()
        with room.bot.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM exchange").scalar_one() == 0


@on_a_loop
async def test_whoever_opens_the_messages_is_welcomed_once(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.opens_messages()
        welcome = ann.sees()
        assert "the choir office" in welcome
        await ann.opens_messages()

        assert len(ann.seen) == 1


@on_a_loop
async def test_home_shows_what_one_could_ask_and_what_became_of_ones_queries(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.opens_home()
        assert "You have sent no queries" in ann.sees()
        await ann.press(ann.buttons[0])
        assert ann.modal["type"] == "modal"
        await ann.close()
        await sent_by(ann)
        await ann.opens_home()
        assert "Q1" in ann.sees()

        await alex.opens_home()
        assert UNKNOWN in alex.sees()
        assert UNKNOWN not in _home_of(room, "UBEN")


@on_a_loop
async def test_words_of_people_call_nobody_and_link_nowhere(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        hostile = "May <!channel> &lt;!here&gt; *shout* at <@UBEN> <https://evil.example|here>?"
        await ann.dm(hostile)
        await sent_by(ann, hostile)

        posted = str([call.args.get("text") for call in room.slack.calls])
        assert "<!" not in posted
        assert "<@" not in posted
        assert "<http" not in posted
        assert "mrkdwn" not in str([call.args.get("blocks") for call in room.slack.calls])
        assert alex.seen


@on_a_loop
async def test_the_shipped_bot_rules_on_the_logo_and_on_a_companys_post(ipem: Setting, sqlite_url: str) -> None:
    async with opened(ipem, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.mention("C1", "Can I use the IPEM logo on my own profile?")
        assert ann.sees().startswith("No, you should not.")
        assert "A personal account should not carry the IPEM logo." in ann.sees()
        await ann.press("Show the clause in context")
        assert "Staff and members using social media in a personal capacity" in ann.sees()
        await ann.close()

        post = room.slack.workspace.typed("C9", "UBEN", "Our new linac is the best on the market, order yours today!")
        await ann.shortcut("can_i_retweet", post, "C9")
        assert "order yours today" in ann.sees()


async def sent_by(asker: Person, question: str = UNKNOWN) -> None:
    """Has somebody send a question to the office, under their name."""
    await asker.dm(question)
    await asker.press("Ask the choir office")
    await asker.submit(Do_they_see_your_name="Send with my name")
    await asker.close()


def _home_of(room: SlackRoom, user: str) -> str:
    home = room.slack.workspace.homes.get(user)
    return "" if home is None else str(home)
