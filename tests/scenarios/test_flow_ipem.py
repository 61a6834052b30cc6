"""Each guided decision of IPEM, as a member has it."""

from tests.scenarios.conftest import Reads


def test_a_member_asks_about_a_retweet_from_a_groups_account(reads: Reads) -> None:
    reads("""
        ...
        > can I retweet this?

        Retweet or share a post

        That depends on what only you can tell me, so I ask one thing at a time.
        ...
        Following and retweeting companies [ipem/retweeting/judgement]
        ...
        Which account would it go out from?
          1. My own account
          2. A group's account, Scope's, or the conference one
          3. One of IPEM's own official channels
          4. Not sure

        > it's for our SIG account

        I go by this:
          Which account would it go out from? A group's account, Scope's, or the conference one.
        To change an answer, say “change”.

        Who wrote the post?
          1. A company
        ...
        > company

        What is in it? Choose the first that fits.
          1. A claim to be the best, the first or the leading one
        ...
        > 1

        No
        ...
          | Example of what is not fine to retweet: a company calling itself the world leader in dosimetry
          | equipment.
            Following and retweeting companies [ipem/retweeting/example-not-fine]
        ...
        I go by this:
          Which account would it go out from? A group's account, Scope's, or the conference one.
          Who wrote the post? A company.
          What is in it? A claim to be the best, the first or the leading one.
        To change an answer, say “change”.

        If your case seems different, ask National Office before you act.
        Goodbye.
        """)


def test_a_member_passes_on_a_query_about_ipem(reads: Reads) -> None:
    reads("""
        ...
        > Answer a query about IPEM

        Answer a query about IPEM

        This turns on a few things, so I ask one thing at a time.
        ...
        Which account did it reach?
          1. My own account
        ...
        > 1

        What is it about?
          1. IPEM itself, what it does or what it thinks
        ...
        > 1

        No
        ...
            Staff and members using social media in a personal capacity [ipem/personal/refer-queries]
        ...
        I have sent nothing yet. Choose “Ask National Office”, or copy this text and send it to them yourself.

            Hello,

            I have a question about this: Answer a query about IPEM.

            What I can say about it:
            - Which account did it reach? My own account.
            - What is it about? IPEM itself, what it does or what it thinks.

            I ask as a member. Could you tell me what applies? Thank you.
        Goodbye.
        """)


def test_a_member_posts_a_picture(reads: Reads) -> None:
    reads("""
        ...
        > Post a photograph or a conference slide
        ...
        Which account would it go out from?
        ...
        > A group's account, Scope's, or the conference one

        What does it show? Choose the first that fits.
        ...
        > my own picture

        ...
        I go by this:
          Which account would it go out from? A group's account, Scope's, or the conference one.
          What does it show? My own picture, with nobody in it.
        To change an answer, say “change”.
        ...
        """)


def test_a_member_puts_ipem_on_a_profile_and_is_given_the_line(reads: Reads) -> None:
    reads("""
        ...
        > Use the logo or mention IPEM on my profile
        ...
        Whose profile is it?
        ...
        > 1

        What would you like to put there?
        ...
        > That I work for IPEM

        Can the profile hold a sentence or two, as a blog's can?
        ...
        > yes

        Yes
        ...
        [ipem/personal/disclaimer]
        ...
        To copy:

            The views I express here are mine alone and do not necessarily reflect the views of my employer

        I go by this:
          Whose profile is it? My own.
          What would you like to put there? That I work for IPEM.
          Can the profile hold a sentence or two, as a blog's can? Yes.
        ...
        """)


def test_a_group_is_told_what_to_agree_before_it_has_an_account(reads: Reads) -> None:
    reads("""
        ...
        > We are a group

        Noted: you ask as a group that wants an account. You can change that at any time.

        > Set up an account
        ...
        Whose account would it be?
        ...
        > 1

        Has the group agreed what it is for, whom it is to reach, and who will write and watch for replies?
        ...
        > yes

        Have you told the Communications and Development Manager?
          1. Yes
          2. Not yet
          3. Not sure

        > not yet
        ...
          | Once the group has decided, it tells the Communications and Development Manager, who can
          | help with branding and with promoting the new account.
            Affiliated social media channels [ipem/new-accounts/tell-comms-manager]
        ...
        you asked as a group that wants an account.
        ...
        """)


def test_a_member_follows_a_company(reads: Reads) -> None:
    reads("""
        ...
        > Follow a company
        ...
        From which account?
        ...
        > my own account

        Whom would you follow?
        ...
        > a company

        Yes
        ...
            Following and retweeting companies [ipem/retweeting/follow]
        ...
        It speaks to members; you asked as a member.
        ...
        """)
