"""What is said beside an answer in Slack, and what can be done besides asking: whole conversations."""

from tests.adapters.slack.room import DESK, Setting, on_a_loop, opened
from tests.scenarios.test_slack import INVITE, RECORD, UNKNOWN, sent_by


@on_a_loop
async def test_all_that_is_said_to_a_message_in_a_thread_is_said_in_that_thread(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        thread = await ann.mention("C1", RECORD)
        await ann.press("Yes, the conductor has")
        before = len(room.slack.workspace.ephemerals)
        await ann.mention("C1", INVITE, thread)

        said = room.slack.workspace.ephemerals[before:]
        assert len(said) > 1  # the answer, and that the flow is kept
        assert {one.get("thread_ts") for one in said} == {thread}


@on_a_loop
async def test_all_that_a_command_comes_to_is_said_where_it_was_typed(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        room.slack.workspace.channel("C1").bot_in = False
        await ann.command(RECORD)
        await ann.press("Yes, the conductor has")
        before = len(room.slack.workspace.ephemerals)
        await ann.command(INVITE)

        assert len(room.slack.workspace.ephemerals) > before + 1
        assert room.slack.workspace.messages["DANN"] == {}


@on_a_loop
async def test_a_desk_to_which_the_bot_is_invited_later_sees_what_was_sent_before(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        room.slack.workspace.channels[DESK].bot_in = False
        await sent_by(ann)
        assert alex.seen == []

        room.slack.workspace.channels[DESK].bot_in = True
        await room.later(301)
        assert UNKNOWN in alex.sees()


@on_a_loop
async def test_the_help_names_what_can_be_typed_where_it_is_asked_for(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await ann.command("help")
        assert "/policy check" in ann.sees()
        await alex.mention(DESK, "help")
        assert "claim 12" in alex.sees()


@on_a_loop
async def test_words_are_taken_out_of_somebody_elses_message_before_it_goes(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        post = room.slack.workspace.typed("C9", "UBEN", "The Larks sing best, says our neighbour Zebedee!")
        await ann.shortcut("refer_to_office", post, "C9")
        field = next(one["label"]["text"] for one in ann.modal["blocks"] if one.get("block_id") == "part:post")
        await ann.submit(**{field: "The Larks sing best", "Do_they_see_your_name": "Send with my name"})

        assert "The Larks sing best" in alex.sees_all()
        assert "Zebedee" not in alex.sees_all()
