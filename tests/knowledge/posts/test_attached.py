"""Which part of a message is the post that it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.posts.attached import Attached, attached

_POST = "We are thrilled to open our new lab in Leith next week"


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        (f"Can I retweet this? “{_POST}”", "Can I retweet this?"),
        (f'ok to share "{_POST}" from our SIG account?', "ok to share from our SIG account?"),
        (f"Can I retweet this:\n{_POST}", "Can I retweet this"),
        (f"can i rt this?\n\n{_POST}", "can i rt this?"),
        (f"Is this all right to post: {_POST}", "Is this all right to post"),
        (f"> {_POST}\nMay I share that?", "May I share that?"),
        (f"May I share that?\n&gt; {_POST}", "May I share that?"),
    ],
)
def test_a_post_is_told_apart_from_what_is_asked(text: str, ask: str) -> None:
    assert attached(text) == Attached(ask, _POST)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Can I retweet this?",
        "Can I retweet this? It is from a vendor and they would like us to.",
        'Does "social media" include blogs?',
        "Who runs the account?\nAnd who do I ask about the logo?",
        _POST,
        "Hello:\nhow are you all doing today",
        "I share the account with a colleague.\nCan I retweet a vendor's invitation?",
    ],
)
def test_a_message_without_a_post_has_none(text: str) -> None:
    assert attached(text) is None


def test_lines_of_a_quoted_post_stay_apart() -> None:
    found = attached("Can we share this?\n> 1/2 a long thread begins\n> 2/2 and here it ends")
    assert found is not None
    assert found.post == "1/2 a long thread begins\n2/2 and here it ends"


@given(st.text(max_size=400))
def test_any_text_is_taken_apart_or_left_whole(text: str) -> None:
    found = attached(text)
    assert found is None or (found.ask and found.post)
