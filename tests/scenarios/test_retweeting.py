"""A member asks about retweeting, is asked back, and goes on from there."""

from tests.scenarios.conftest import Reads


def test_a_member_asks_about_retweeting_and_answers_the_questions_back(reads: Reads) -> None:
    reads("""
        Ask what you may post, share or retweet. “help” says more, “quit” ends this.

        > Can I retweet a post from a company?

        Retweet or share a post
        ...
        Following and retweeting companies [ipem/retweeting/judgement]
        ...
        From IPEM's guidelines, in our summary (the copy held, which bears no date).

        Which account would it go out from?
          1. My own account
        ...
        > 1

        Do you represent IPEM there in some way, or might people think so?
          1. Yes, or it might look so
          2. No, I am there only as myself
          3. Not sure

        > 1

        I go by this:
          Do you represent IPEM there in some way, or might people think so? Yes, or it might look so.
          Who wrote the post? A company.
        To change an answer, say “change”.

        What is in it? Choose the first that fits.
          1. A claim to be the best, the first or the leading one
        ...
        > 1

        No
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
