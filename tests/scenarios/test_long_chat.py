"""One chat that never ends, in Teams and in Slack: what goes along with a query, and what is written to the office."""

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.room import opened as slack_opened
from tests.adapters.teams.reading import read
from tests.adapters.teams.room import opened
from tests.scenarios.test_teams import INVITE, sent_by

OTHER = "Is it fine to sing in the street?"


@on_a_loop
async def test_a_query_without_a_name_shows_nothing_of_the_one_with_it(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await sent_by(ann, OTHER)
        await ann.dm(INVITE)
        await ann.press("Ask the choir office")
        assert OTHER not in read(ann.dialog)
        await ann.submit(Do_they_see_your_name="Send without my name")

        first, second = (one for one in alex.seen if "Claim it" in str(one))
        assert OTHER in read(first)
        assert OTHER not in read(second)
        assert "name withheld" in read(second)


@on_a_loop
async def test_every_line_that_an_asker_adds_is_on_the_card_and_in_the_dialog_in_which_it_is_answered(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await sent_by(ann, INVITE)
        await ann.dm("add to Q1: It is for the tenors")
        await ann.dm("add to Q1: and for Hull")

        (card,) = (one for one in alex.seen if "Claim it" in str(one))
        assert "and for Hull" in read(card)
        await alex.press("Answer", "Q1")
        assert "It is for the tenors" in read(alex.dialog)
        assert "and for Hull" in read(alex.dialog)


@on_a_loop
async def test_what_an_asker_types_after_a_question_of_the_office_goes_there_by_one_press(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex = room.person("ann"), room.person("alex")
        await sent_by(ann, INVITE)
        await alex.press("Ask the asker")
        await alex.submit(What_would_you_like_to_ask="Is it for your voice?")
        alex.close()
        await ann.dm("It is for the tenors")

        assert "Or is this for the choir office, about Q1?" in ann.sees()
        assert "It is for the tenors" not in alex.sees_all()
        await ann.press("Add this to Q1")
        assert "It is for the tenors" in alex.sees_all()


@on_a_loop
async def test_what_was_sent_from_a_dialog_is_confirmed_in_the_chat_once_in_teams(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann = room.person("ann")
        await ann.mention(room.channel("tenors"), INVITE)
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send with my name")
        ann.close()

        confirmed = [one for one in ann.seen if "Sent to" in read(one)]
        assert len(confirmed) == 1
        assert "Q1" in read(confirmed[0])
        assert "Withdraw it" in str(confirmed[0])
        assert room.teams.tenant.chats[str(confirmed[0]["chat"])].kind == "personal"


@on_a_loop
async def test_what_was_sent_from_a_modal_is_confirmed_in_the_chat_once_in_slack(
    larks: Setting, sqlite_url: str
) -> None:
    async with slack_opened(larks, sqlite_url) as room:
        ann = room.person("UANN")
        await ann.mention("C1", INVITE)
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send with my name")
        await ann.close()

        assert [str(one["channel"]) for one in ann.seen if "Sent to" in str(one)] == ["DANN"]
