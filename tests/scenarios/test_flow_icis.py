"""Each guided decision of ICIS, as a Fellow or a member has it."""

from tests.scenarios.conftest import Reads


def test_a_member_mentions_icis_and_is_given_the_line(reads: Reads) -> None:
    reads(
        """
        ...
        > can I mention ICIS in a tweet?

        Mention ICIS in a post
        ...
        I go by this:
          Does the post mention ICIS, or would it be plain that you belong to it? Yes.
        To change an answer, say “change”.

        Does it, or the profile that it comes from, show your link with ICIS?
        ...
        > yes

        Does it say that the views are not those of ICIS?
        ...
        > no

        No
        ...
            Appropriate professional use of social media [icis/professional/disclaimer]
        ...
        To copy:

            the views in this posting do not represent the views of ICIS
        ...
        If your case seems different, ask the Society's office before you act.
        Goodbye.
        """,
        society="icis",
    )


def test_a_fellow_is_asked_for_a_reference(reads: Reads) -> None:
    reads(
        """
        ...
        > I am a Fellow
        ...
        > Write a reference or recommendation
        ...
        Where would it appear?
          1. On a social or professional networking site, such as LinkedIn
        ...
        > 1

        What would you be doing?
        ...
        > 1

        No
        ...
            Appropriate professional use of social media [icis/professional/no-references]
        ...
        It is put as “should”, not as “must”. It speaks to members and Fellows; you asked as a Fellow.
        ...
        """,
        society="icis",
    )


def test_a_member_reports_a_negative_comment_without_an_address_being_made_up(reads: Reads) -> None:
    reads(
        """
        ...
        > I saw a negative comment
        ...
        Where is the comment?
          1. On one of ICIS's own pages
        ...
        > 1

        What would you like to do about it?
          1. Report it
        ...
        > Report it
        ...
            Negativity on social media platforms [icis/negativity/report]
        ...
        [icis/negativity/address]
        ...
        I have sent nothing yet. Choose “Ask the Society's office”, or copy this text and send it to them yourself.

            Hello,
        ...
            - Where is the comment? On one of ICIS's own pages.
            - What would you like to do about it? Report it.
        ...
        """,
        society="icis",
    )


def test_a_member_under_investigation_is_told_of_the_duty_to_co_operate(reads: Reads) -> None:
    reads(
        """
        ...
        > Asked to take a post down, or under investigation
        ...
        What has happened?
        ...
        > 2

        What would you like to know?
          1. Whether I have to take part
        ...
        > 1

        Yes
        ...
          | Anyone suspected of a breach has to co-operate with ICIS's investigation.
            Scope of Policy [icis/scope/cooperate]
        ...
        """,
        society="icis",
    )
