"""An invitation that no longer holds, or that its person cannot accept, in Slack: pressed all the same."""

from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.room import DESK, opened


@on_a_loop
async def test_who_is_taken_off_the_register_is_not_back_by_the_button_they_still_have(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        await alex.mention(DESK, "add admin <@UANN> to @larks_choir")
        await ann.dm("I've just taken over @larks_choir")
        assert "invites you to run @larks_choir" in ann.sees()
        await alex.mention(DESK, "account @larks_choir")
        await alex.press("Take off")
        await ann.press("Accept", among="invites you to run @larks_choir")

        assert "That is over for @larks_choir" in ann.sees()
        await alex.mention(DESK, "account @larks_choir")
        assert "Nobody is known to run it" in alex.sees()
        assert "is invited" not in alex.sees()


@on_a_loop
async def test_a_guest_who_is_invited_and_not_admitted_is_told_of_to_staff_once(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        alex, guest = room.person("UALEX"), room.person("UGUEST", guest=True)
        await alex.mention(DESK, "invite <@UGUEST> to @larks_choir")
        assert "slack:UGUEST is invited to run @larks_choir" in alex.sees()
        await guest.press("Accept", among="invites you to run @larks_choir", twice=True)
        assert "I do not answer guests here" in guest.sees()

        assert alex.sees_all().count("slack:UGUEST would accept the invitation to run @larks_choir") == 1
