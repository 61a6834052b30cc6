"""A trainee asks about the logo."""

from tests.scenarios.conftest import Reads


def test_a_trainee_is_answered_as_a_member_and_told_so(reads: Reads) -> None:
    reads("""
        ...
        > I am a trainee

        Noted: you ask as a trainee. You can change that at any time.

        > Can I put the IPEM logo on my profile picture?

        No, you should not.

          | A personal account should not carry the IPEM logo.
            Staff and members using social media in a personal capacity [ipem/personal/logo]
        ...
        It is put as “should”, not as “must”. It speaks to members and staff; you asked as a trainee.

        If your case seems different, ask National Office before you act.

        > what about on TikTok?

        No, you should not.
        ...
        TikTok is not named; this rests on the general definition of social media.
        ...
        > I am a Fellow

        Noted: you ask as a Fellow. You can change that at any time.

        No, you should not.
        ...
        you asked as a Fellow.
        ...
        """)
