"""A query on its way through the desk and back, in one terminal and in two."""

from datetime import UTC, datetime

import pytest

from adapters.storage.memory import MemoryStore
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.adapters.console.talking import Post, typed
from tests.conftest import assistant_of
from tests.scenarios.conftest import said_in, see_that_they_are_like

MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)


@pytest.fixture
def post(library: Library, guides: Guides) -> Post:
    """The shipped bot on a Monday morning, with one person on IPEM's staff list."""
    made = Post(assistant_of(library, guides, MemoryStore(lambda: MONDAY)))
    made.employ("ipem", "robin", "Communications and Development Manager")
    return made


def read(written: str, post: Post, name: str) -> None:
    """Sees that a conversation at somebody's terminal reads as it is written down."""
    see_that_they_are_like(written, typed(post, "\n".join(said_in(written)), "ipem", name))


def test_the_whole_loop_in_one_terminal(post: Post) -> None:
    read(
        """
        Ask what you may post, share or retweet. “help” says more, “quit” ends this.

        You are on the staff list: “desk” takes you to the desk.

        > May we put our newsletter behind a login for members?

        I find nothing on that in IPEM's guidelines, so I give no ruling.

        National Office can tell you who would know.

          1. Ask National Office

        > 1

        This would go to National Office. Leave out what they need not see, and add a line if you like.

           Your question
            May we put our newsletter behind a login for members?

        a. What I answered
            I find nothing on that in IPEM's guidelines, so I give no ruling. National Office can tell
            you who would know.

        You can expect an answer by Wednesday 25 November, 10:30 (London time).
        ...
        Nothing is sent until you say so.

        Before it goes, “leave out a” leaves a part out, “only my question” leaves out all, and “add”
        with your words after it adds a line.

          1. Send with my name   2. Send without my name   3. Leave it

        > leave out a

        Left out: a.
        Nothing has gone yet: choose how to send it.
          1. Send with my name   2. Send without my name   3. Leave it

        > 2

        Sent to National Office as Q1, without your name. You can expect an answer by Wednesday 25
        November, 10:30 (London time). I bring you the answer.

          1. My queries   2. Add a line   3. Withdraw it

        > 1

        Your queries

        Q1 · waiting · sent 23 November 2026
          “May we put our newsletter behind a login for members?”
          It waits for National Office.
          You can expect an answer by Wednesday 25 November, 10:30 (London time).
          1. Add a line   2. Withdraw it

        > desk

        You are at the desk. “help” shows what you can type, and “back” makes you the asker again.

        At the desk of National Office: 1 query (open or claimed), oldest first

        Q1 · just now · no clause · member
          May we put our newsletter behind a login for members?
          Nobody has it yet
          1. Show it   2. Claim it

        desk> claim 1

        Q1 is yours. The asker is told that it was taken up.

        Q1 · claimed · just now
        ...
          Asked by: a member, name withheld
        ...
          Held by: robin (Communications and Development Manager)
        ...
        The question
          | May we put our newsletter behind a login for members?

        So far
          sent by the asker, 23 Nov 10:04
          claimed by robin (Communications and Development Manager), 23 Nov 10:04

          1. Answer   2. Ask the asker   3. Hand it over   4. Ask for their name   5. Close it

        1 message for you as the asker. “back” shows it.

        desk> answer 1

        Your answer, as the asker will read it. An empty line leaves it.

        desk> Please leave it open to all, as we told Dr Ola Example.

        Is it for this case only, or a ruling for all?
          1. This case only
          2. A ruling for all

        desk> 2

        The question in general words, as anybody might ask it. An empty line leaves it.

        desk> May a group put its newsletter behind a login, as @ola_example asked?

        What is the answer to it?
          1. Yes
          2. No
          3. It depends
          4. Neither: it only informs

        desk> 2

        The clauses that it rests on, by their ids. An empty line leaves it.

        desk> ipem/affiliated/welcome

        The ruling in general words. An empty line takes your answer as it stands.

        desk> A newsletter of a group stays open to all.

        Before the answer to Q1 becomes a ruling for all, please look it over

        The question
          May a group put its newsletter behind a login, as [handle] asked?

        The ruling
          No. A newsletter of a group stays open to all.

        It rests on
        ...
        Taken out, because it may tell who asked
          “@ola_example” became [handle]
        ...
        What the asker is sent
          Please leave it open to all, as we told Dr Ola Example.

          1. Keep the ruling and send the answer   2. Send the answer for this case only

        desk> 1

        Q1 is answered. The answer goes to the asker.

        Q1 · answered · just now
        ...
        2 messages for you as the asker. “back” shows them.

        desk> back

        You are the asker again.

        The Communications and Development Manager at National Office has taken up Q1 (“May we put our
        newsletter behind a login for members?”).

        The Communications and Development Manager at National Office has answered Q1 (“May we put our
        newsletter behind a login for members?”). It is a ruling for everybody, with nothing in it that
        says who asked.

          | Please leave it open to all, as we told Dr Ola Example.
        ...
          1. Open it again   2. My queries

        > May we put our newsletter behind a login for members?

        No. National Office has ruled on this.

          | A newsletter of a group stays open to all.
            [ruling of National Office, 23 November 2026]
        ...
            Affiliated social media channels [ipem/affiliated/welcome]
        ...
        By themselves, IPEM's guidelines leave it open.

          1. This is right   2. This is wrong   3. Ask National Office   4. Show the clause in context

        > 2

        What was wrong with it? With an empty line I note only that it was wrong.

        > It says nothing of trainees.

        Thank you. I have noted that it was wrong, and National Office can look it up. For an answer, ask them.

          1. Ask National Office

        Goodbye.
        """,
        post,
        "robin",
    )


def test_an_asker_and_staff_at_two_terminals_one_after_the_other(post: Post) -> None:
    read(
        """
        Ask what you may post, share or retweet. “help” says more, “quit” ends this.

        > May we put our newsletter behind a login for members?
        ...
        > ask National Office

        This would go to National Office.
        ...
        > 1

        Sent to National Office as Q1, with your name.
        ...
        Goodbye.
        """,
        post,
        "ann",
    )
    read(
        """
        ...
        > desk
        ...
        At the desk of National Office: 1 query (open or claimed), oldest first
        ...
        desk> ask 1 Who would read it?

        Your question about Q1 goes to the asker.
        ...
          Asked by: a member, ann
        ...
        Goodbye.
        """,
        post,
        "robin",
    )
    read(
        """
        Ask what you may post, share or retweet. “help” says more, “quit” ends this.

        While you were away:

        The Communications and Development Manager at National Office asks you something about Q1 (“May we
        put our newsletter behind a login for members?”).
        ...
          | Who would read it?

          1. Reply

        > 1

        What would you like to add? An empty line leaves it.

        > Forty trainees.

        I have added that to Q1; National Office can see it.

          1. My queries   2. Add a line   3. Withdraw it

        Goodbye.
        """,
        post,
        "ann",
    )
    read(
        """
        ...
        > desk
        ...
        desk> answer Q1 Please leave it open to all.
        ...
          | Forty trainees.
        ...
        Is it for this case only, or a ruling for all?
          1. This case only
          2. A ruling for all

        desk> 1

        Q1 is answered. The answer goes to the asker.
        ...
        Goodbye.
        """,
        post,
        "robin",
    )
    read(
        """
        ...
        While you were away:

        The Communications and Development Manager at National Office has answered Q1 (“May we put our
        newsletter behind a login for members?”).

          | Please leave it open to all.

          1. Open it again   2. My queries

        Goodbye.
        """,
        post,
        "ann",
    )


def test_who_is_not_on_the_list_is_told_who_can_put_them_there(post: Post) -> None:
    read(
        """
        ...
        > desk

        You are not on the staff list of any society here, so you cannot act at the desk. Whoever runs this can
        put you on it: verse staff add console:ann --society ipem

        > claim 1
        ...
        Goodbye.
        """,
        post,
        "ann",
    )
