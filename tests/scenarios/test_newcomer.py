"""A worried newcomer who does not know what to ask."""

from tests.scenarios.conftest import Reads


def test_a_newcomer_is_greeted_helped_and_thanked_without_a_ruling(reads: Reads) -> None:
    reads("""
        Ask what you may post, share or retweet. “help” says more, “quit” ends this.

        > Hello

        Hello. I am a bot that looks things up in IPEM's guidelines and quotes them.

        Ask me about something that you want to post, share or retweet.

        > ???

        I cannot tell what you would like to know.

        Say in a sentence what you want to post, share or do, and from whose account.

        > help

        I look things up in IPEM's guidelines and quote them.
        ...
        > thanks!

        You are welcome. I am a bot that looks things up in IPEM's guidelines and quotes them.
        ...
        Goodbye.
        """)


def test_what_no_clause_answers_is_said_and_sent_on(reads: Reads) -> None:
    reads("""
        ...
        > How much is the annual membership fee?

        I find nothing on that in IPEM's guidelines, so I give no ruling.

        National Office can tell you who would know.

        Goodbye.
        """)
