"""The register of accounts in Slack: kept at a desk by forms, asked about, written to, and added to by request."""

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.reading import read
from tests.adapters.slack.room import DESK, opened
from tests.scenarios.going_through import PURPOSE

REQUEST = ("Neighbours", "Two altos", "The same two", "@larks_evening on Twitter")


@on_a_loop
async def test_staff_keep_the_register_by_forms(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        alex, ann = room.person("UALEX"), room.person("UANN")
        await alex.mention(DESK, "register")
        await alex.press("Add an account")
        new = {"What_is_it_called": "@larks_new", "Where_is_it": "Twitter", "Whose_is_it": "The New Larks"}
        assert await alex.submit(**{**new, "Whose_is_it": " "}) == {"Whose is it?": "Write which group it belongs to."}
        await alex.submit(**new, What_is_it_for="Ask sam@larks.example")
        assert "leave people's names, addresses and numbers" in read(alex.modal)
        await alex.press("Change it")
        await alex.submit(What_is_it_for=PURPOSE)  # the rest stands there already

        assert "@larks_new is on the register now." in read(alex.modal)
        await alex.close()
        assert f"Purpose: {PURPOSE}" in alex.sees()
        await alex.mention(DESK, "invite <@UANN> to @larks_new")
        assert "invites you to run @larks_new" in ann.sees()
        assert ann.buttons == ["Accept", "Later", "Decline"]


@on_a_loop
async def test_a_message_reaches_whoever_runs_an_account_without_naming_anybody(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        alex, ann, cyd = room.person("UALEX"), room.person("UANN"), room.person("UCYD")
        await alex.mention(DESK, "add admin <@UANN> to @larks_choir")
        await cyd.dm("Who runs @larks_choir?")
        await cyd.press("Pass a message on")
        await cyd.submit(Your_message="May we sing with you?")
        assert ann.sees().count("May we sing with you?") == 0
        await cyd.press("Send without my name")
        assert "May we sing with you?" in ann.sees()
        assert "Cyd" not in ann.sees_all()

        await ann.press("Answer")
        await ann.submit(Your_answer="Please do, on Tuesday.")

        await cyd.close()
        assert "The people who run @larks_choir have answered Q1" in cyd.sees()
        assert "Please do, on Tuesday." in cyd.sees()
        assert "Ann" not in cyd.sees_all()
        assert "UANN" not in cyd.sees_all()


@on_a_loop
async def test_a_group_asks_for_an_account_and_those_whom_it_names_are_invited(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        alex, ann, cyd = room.person("UALEX"), room.person("UANN"), room.person("UCYD")
        await ann.dm("request an account")
        await ann.press("Write it")
        await ann.submit(Which_group="The Evening Larks")
        await ann.press("Write it")
        await ann.submit(What_is_the_account_for=PURPOSE)
        assert "Step 3 of 8" in read(ann.modal)
        await ann.close()
        await ann.dm("request an account")
        for words in REQUEST:
            await ann.dm(words)
            await ann.press("Keep it")
        await ann.press("We have no questions")
        await ann.press("I will run it")
        await ann.press("Name others")
        await ann.submit(Who_else=["UCYD"])
        await ann.press("Send it")
        await ann.close()
        assert "UCYD" in alex.sees_all()
        assert cyd.seen == []

        await alex.press("Approve")
        await alex.submit(What_is_it_called="@larks_evening", Where="Twitter", Anything="Draw a lark by all means.")

        assert "Draw a lark by all means." in ann.sees_all()
        for person in (ann, cyd):
            assert "invites you to run @larks_evening" in person.sees_all()
        await alex.close()
        await alex.mention(DESK, "account @larks_evening")
        assert f"Purpose: {PURPOSE}" in alex.sees()
