from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.fake_workspace import direct
from tests.adapters.slack.person import Person
from tests.adapters.slack.reading import read
from tests.adapters.slack.room import DESK, SlackRoom, opened


@on_a_loop
async def test_walk(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await alex.mention(DESK, "add account")
        await alex.press("Add an account")
        wrong = await alex.submit(What_is_it_called="@larks_choir", Where="Twitter", Whose="The choir")
        print(wrong, "ALEX", alex.sees(), alex.buttons)
        await alex.close()
        await ann.dm("I've just taken over @larks_choir")
        print("ANN", ann.sees(), ann.buttons)
        await ann.press("Ask the choir office to agree")
        print("ANN", ann.sees_all(), ann.buttons)
        print("ALEX", alex.sees(), alex.buttons)
        await alex.press("Agree, and invite them")
        print("ALEX", alex.sees_all(), alex.buttons)
        print("ANN", ann.sees_all(), ann.buttons)
        n = len(ann.seen)
        await ann.press("Accept")
        for label in ("I have read this", "Fine to post", "Better not", "Fine to post", "Better not"):
            print("ANN", len(ann.seen) - n, ann.sees(), ann.buttons)
            if label in ann.buttons: await ann.press(label)
        print("ANN", len(ann.seen) - n, ann.sees(), ann.buttons)
