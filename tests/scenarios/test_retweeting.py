"""A member asks about retweeting, is asked back, and goes on from there."""

from tests.scenarios.conftest import Reads


def test_a_member_asks_about_retweeting_and_answers_the_question_back(reads: Reads) -> None:
    reads("""
        Ask what you may post, share or retweet. “help” says more, “quit” ends this.

        > Can I retweet a post from a company?

        ...
        Following and retweeting companies [ipem/retweeting/judgement]
        ...
        From IPEM's guidelines, in our summary (the copy held, which bears no date).
        ...
        you asked as a member.
        ...
        Would you be representing the society in some way?
          1. Yes: from a group's account, or as somebody who speaks for it
          2. No: my own account, and I do not represent it

        > 1

        It depends on something that you have not said.
        ...
        What does the company's post do?
          1. It praises the company, promotes a product or sells something
          2. It invites people to its stand at a conference or event
          3. Something else

        > 1

        No.
        ...

        > why?

        Because that is what this says. For the reasons behind it, ask National Office.
        ...
        > who says?

        Institute of Physics and Engineering in Medicine (IPEM): “Social media guidelines for staff and
        members”, under “Following and retweeting companies” (the copy held, which bears no date). The words are our
        summary; the society's own text stands behind them.
        ...
        Goodbye.
        """)


def test_somebody_whose_society_is_not_known_is_asked_for_it_once(reads: Reads) -> None:
    reads(
        """
        ...
        > Can I use the IPEM logo as my profile picture?

        Which society is this about? Their policies differ.
          1. icis
          2. ipem

        > 2

        Noted: I answer from IPEM's guidelines.

        No, you should not.

          | A personal account should not carry the IPEM logo.
        ...
        > what about on TikTok?

        ...
        TikTok is not named; this rests on the general definition of social media.
        ...
        Goodbye.
        """,
        society=None,
    )
