"""What a message and a post already answer."""

import pytest

from knowledge.clauses import Party, Verdict
from knowledge.flows.filling import says, shown, understood
from knowledge.flows.flow import Branch, Flow, Option, Outcome, Response, Step

_FLOW = Flow(
    "larks/share",
    "Share a post",
    asks=(),
    starts=(),
    settles=(),
    steps=(
        Step(
            "account",
            "Whose account?",
            (
                Option("My own", "holds", reads="personal account", shows=("not representing",)),
                Option("The choir's", "author", said=("choir account", "our page"), shows=("representing",)),
            ),
        ),
        Step(
            "author",
            "Who wrote it?",
            (
                Option("A shop", "holds", said=("shop", "vendor"), shows=("by company",)),
                Option("Somebody else", Branch("employed by the society", "office", "fine"), shows=("by other",)),
            ),
        ),
        Step(
            "holds",
            "What does it hold?",
            (
                Option("An invitation", "fine", shows=("invitation",)),
                Option("A question", "office", shows=("query",)),
                Option("A boast", "not-fine", said=("boast",), shows=("superlative", "self-promotion")),
                Option("Nothing of these", "fine", shows=("nothing",)),
            ),
        ),
    ),
    outcomes=(
        Outcome("fine", Verdict.YES, "Go on.", ("larks/a/b",)),
        Outcome("office", Verdict.DEPENDS, "Ask.", ("larks/a/b",), to_office=True),
        Outcome("not-fine", Verdict.NO, "Better not.", ("larks/a/c",)),
    ),
)


def test_words_of_a_message_answer_its_steps() -> None:
    found = understood(_FLOW, "Can I share a vendor's ad from our page?")
    assert found == (Response("account", "The choir's"), Response("author", "A shop"))


def test_a_predicate_reads_whose_account_it_is() -> None:
    assert understood(_FLOW, "may I share it on my own account?") == (Response("account", "My own"),)


def test_what_is_denied_is_not_said() -> None:
    assert understood(_FLOW, "it is not from a vendor, is it ok?") == ()


def test_two_options_of_a_step_said_at_once_leave_it_open() -> None:
    assert understood(_FLOW, "from my own account or the choir account?") == ()


@pytest.mark.parametrize("text", ["", "?", "💥" * 50, "a" * 10_000, "vendors" * 2_000])
def test_any_text_is_read_without_harm(text: str) -> None:
    assert understood(_FLOW, text) == ()


def test_a_phrase_stands_for_its_neighbours_of_this() -> None:
    assert says("can i retweet that one", "retweet this")
    assert says("ok to retweet these posts", "retweet this")
    assert not says("retweets thisbe", "retweet this")


def test_signs_lead_to_an_outcome_and_the_strictest_option_wins() -> None:
    path = shown(_FLOW, {"representing", "by company", "invitation", "superlative"}, Party.MEMBER)
    assert [response.label for response in path] == ["The choir's", "A shop", "A boast"]


def test_the_office_is_stricter_than_fine() -> None:
    path = shown(_FLOW, {"not representing", "query", "invitation"}, Party.MEMBER)
    assert path[-1].label == "A question"


def test_a_post_without_signs_shows_nothing() -> None:
    path = shown(_FLOW, {"not representing"}, Party.MEMBER)
    assert path[-1].label == "Nothing of these"


def test_signs_fill_only_what_they_show_and_keep_what_was_said() -> None:
    given = (Response("account", "The choir's"),)
    assert shown(_FLOW, {"invitation"}, Party.MEMBER, given) == given
