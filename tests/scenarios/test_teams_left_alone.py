"""What people see while Microsoft gives the bot no token: what needs none opens at once, and the rest comes later."""

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.fake_login import OLD_SECRET
from tests.adapters.teams.room import opened
from tests.scenarios.test_teams import INVITE, INVITED, UNKNOWN


@on_a_loop
async def test_a_dialog_opens_while_the_secret_has_ended_and_what_is_sent_from_it_arrives(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, ben, alex = room.person("ann"), room.person("ben"), room.person("alex")
        await ann.dm(INVITE)
        await ben.dm(UNKNOWN)
        said = len(room.teams.tenant.said_in(ann.chat))
        room.teams.login.revoke_all()
        room.teams.login.refuses = OLD_SECRET
        await ann.dm(INVITE)
        assert len(room.teams.tenant.said_in(ann.chat)) == said

        await ben.press("Ask the choir office")
        assert ben.dialog["card"]["type"] == "AdaptiveCard"
        await ben.submit(Do_they_see_your_name="Send with my name")
        ben.close()
        assert UNKNOWN not in alex.sees_all()

        room.teams.login.refuses = 0
        await room.later(61)
        await room.later(61)
        assert INVITED in ann.sees()
        assert len(room.teams.tenant.said_in(ann.chat)) == said + 1
        assert UNKNOWN in alex.sees()
