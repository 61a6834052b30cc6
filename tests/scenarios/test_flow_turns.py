"""What somebody may do on the way through a guided decision."""

from tests.scenarios.conftest import Reads


def test_an_earlier_answer_is_changed_and_the_rest_is_kept(reads: Reads) -> None:
    reads("""
        ...
        > can I retweet this from our SIG account?
        ...
        I go by this:
          Which account would it go out from? A group's account, Scope's, or the conference one.
        To change an answer, say “change”.

        Who wrote the post?
        ...
        > a company

        What is in it? Choose the first that fits.
          1. A claim to be the best, the first or the leading one
        ...
        > change

        Which of your answers would you like to change?
          1. A group's account, Scope's, or the conference one
          2. Who wrote the post? A company

        > 1

        Which account would it go out from?
        ...
        > 3

        I go by this:
          Which account would it go out from? One of IPEM's own official channels.
          Who wrote the post? A company.
        To change an answer, say “change”.

        What is in it? Choose the first that fits.
        ...
        > back

        Who wrote the post?
        ...
        """)


def test_whoever_is_not_sure_is_sent_on_with_what_they_could_say(reads: Reads) -> None:
    reads("""
        ...
        > can I retweet this?
        ...
        > 2

        Who wrote the post?
        ...
        > I don't know

        It depends on what you are not sure of, so I leave it to National Office.
        ...
        I have sent nothing yet. Choose “Ask National Office”, or copy this text and send it to them yourself.

            Hello,

            My question: can I retweet this?

            What I can say about it:
            - Which account would it go out from? A group's account, Scope's, or the conference one.
            - Who wrote the post? I am not sure.

            I ask as a member. Could you tell me what applies? Thank you.
        Goodbye.
        """)


def test_another_question_is_answered_and_the_flow_taken_up_again(reads: Reads) -> None:
    reads("""
        ...
        > can I retweet this?
        ...
        > 2

        Who wrote the post?
        ...
        > Can I use the IPEM logo on my own profile?

        No, you should not.
        ...
        What you told me for “Retweet or share a post” is kept. To take it up again, say “go on”.

        > why?

        Because that is what this says.
        ...
            Staff and members using social media in a personal capacity [ipem/personal/logo]
        ...
        > go on

        Retweet or share a post

        Back to where we were.

        I go by this:
          Which account would it go out from? A group's account, Scope's, or the conference one.
        To change an answer, say “change”.

        Who wrote the post?
        ...
        > stop

        Left there. Ask me whatever else you like.
        Goodbye.
        """)


def test_what_the_question_says_is_not_asked(reads: Reads) -> None:
    reads("""
        ...
        > someone asked me about IPEM on Twitter, can I answer?

        No
        ...
            Staff and members using social media in a personal capacity [ipem/personal/refer-queries]
        ...
        I go by this:
          Which account did it reach? My own account.
          What is it about? IPEM itself, what it does or what it thinks.
        To change an answer, say “change”.
        ...
        Goodbye.
        """)


def test_staff_are_told_what_they_are_held_to_on_an_account_of_their_own(reads: Reads) -> None:
    reads("""
        ...
        > I am staff

        Noted: you ask as a member of staff. You can change that at any time.

        > can I retweet this from my own account?
        ...
        Do you represent IPEM there in some way, or might people think so?
        ...
        > no

        And what kind of post is it? Choose the first that fits.
        ...
        > politics
        ...
            Staff and members using social media in a personal capacity [ipem/personal/employees]
        ...
        It is put as “should”, not as “must”. It speaks to staff; you asked as a member of staff.
        ...
        > I am a member

        Noted: you ask as a member. You can change that at any time.

        Yes
        ...
        """)


def test_the_guides_are_listed_and_one_is_chosen(reads: Reads) -> None:
    reads(
        """
        ...
        > guides

        I can take you through these, one question at a time.
          1. Asked to take a post down, or under investigation
          2. I saw a negative comment
          3. Mention ICIS in a post
          4. Write a reference or recommendation

        > 3

        Mention ICIS in a post
        ...
        Does the post mention ICIS, or would it be plain that you belong to it?
        ...
        """,
        society="icis",
    )
