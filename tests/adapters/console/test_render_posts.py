"""What a post came to and what was found in a draft, as text and as the JSON of the contract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console import render
from bot import wording_of_posts as wording
from bot.checking import Checking
from bot.messages import Message
from bot.replies import Judged
from knowledge.flows.sharing import SharedPost, is_blank
from knowledge.library import Library
from knowledge.posts.drafts import Checker, Draft
from knowledge.posts.post import Author
from knowledge.questions import Account
from tests.knowledge.flows.sharing_choir import CREDIT, PHOTOGRAPHS, SIGNALS, TONE, WordReader, choir_sharing


@pytest.fixture(scope="module")
def checking(sample_library: Library) -> Checking:
    return Checking(sample_library, Checker(sample_library, WordReader()), WordReader())


def judged(
    library: Library,
    text: str,
    author: Author | None = Author.OTHER,
    representing: bool | None = True,
    society: str = "larks",
) -> Judged:
    shared = choir_sharing(library).judge(SharedPost(text, society, author, representing))
    return wording.judged(shared, library.policy_of(society), SIGNALS)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_outcome_comes_first_and_then_the_words_that_decided_it(sample_library: Library) -> None:
    shown = render.judged_as_text(judged(sample_library, "We are the finest!"))

    assert shown.startswith("Not fine to share. It must be friendly.\n\n  “finest”: a singer claims to be the best\n")
    assert f"[{TONE}]" in shown
    assert "From the Larks' rules, in our summary (second edition)." in shown


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Backstage", "Not fine to share, better not"),
        ("Do come along", "Fine to share. Invitations are welcome."),
        ("It rained.", "Fine to share, if it is friendly."),
        ("The petition", "A matter of judgement. That depends on what it asks for."),
        ("The subscription", "Ask the choir office. Pass it on to the choir office."),
        ("Backstage? or not", "A matter of judgement. Something in it may rule it out"),
        ("Bonjour", "A matter of judgement. I cannot tell what it says."),
        ("la " * 400, "A matter of judgement. It is too long for me to read to its end."),
    ],
)
def test_each_outcome_has_its_opening(sample_library: Library, text: str, opening: str) -> None:
    assert in_one_line(render.judged_as_text(judged(sample_library, text))).startswith(opening)


def test_what_was_guessed_and_assumed_is_said(sample_library: Library) -> None:
    shown = in_one_line(render.judged_as_text(judged(sample_library, "Come along to the finest. Obey!", None, None)))
    ordered = in_one_line(render.judged_as_text(judged(sample_library, "Robots, obey the finest")))

    assert "You did not say who wrote it; I took it for a post by a company." in shown
    assert "I took it that you would." in shown
    assert "the stricter reading counts" in shown
    assert "words that try to give me orders" in ordered


def test_a_society_without_a_flow_says_that_it_cannot_tell(sample_library: Library) -> None:
    shown = in_one_line(render.judged_as_text(judged(sample_library, "We rowed.", society="oars")))

    assert "I hold nothing that decides on sharing posts." in shown


def test_a_post_has_the_shape_of_the_contract(sample_library: Library) -> None:
    shape = render.judged_as_json(judged(sample_library, "🎶 Come along to the finest"), "r1")

    assert list(shape) == ["id", "outcome", "text", "citations", "signals"]
    assert (shape["id"], shape["outcome"]) == ("r1", "not_fine")
    assert [citation["clause"] for citation in shape["citations"]] == [TONE]
    assert shape["signals"] == [
        {"name": "invitation", "span": "Come along", "start": 2, "end": 12},
        {"name": "superlative", "span": "finest", "start": 20, "end": 26},
    ]


def test_findings_are_shown_as_a_linter_shows_them(checking: Checking) -> None:
    told = checking.check(
        Draft("We sang.\nThe finest!\nWe hummed for an hour.\nFinest, backstage", "larks", Account.AFFILIATED), ""
    )
    shown = render.checked_as_text(told)

    assert "2:5 error: “finest”: Leave out the boast." in shown
    assert "4:1 error: “Finest”: Leave out the boast.\n    [larks/accounts/tone]" in shown
    assert shown.count(f"[{TONE}]") == 2
    assert "(second edition)" in shown


def test_a_draft_has_the_shape_of_the_contract(checking: Checking) -> None:
    told = checking.check(Draft("🎶 The finest", "larks", Account.AFFILIATED), "")
    shape = render.checked_as_json(told, "d1")

    assert list(shape) == ["id", "findings"]
    (finding,) = shape["findings"]
    assert finding.pop("quote")
    assert finding == {
        "clause": TONE, "span": "finest", "start": 6, "end": 12, "severity": "error",
        "advice": "Leave out the boast.", "mend": None,
    }  # fmt: skip


def test_a_draft_in_a_conversation_has_the_shape_of_an_answer(checking: Checking) -> None:
    told = checking.check(Draft("The finest", "larks", Account.AFFILIATED), "")
    shape = render.as_json(told, Message("test", "check"), None, 1.0)

    assert shape["verdict"] == "info"
    assert "“finest”: Leave out the boast." in shape["text"]
    assert [citation["clause"] for citation in shape["citations"]] == [TONE]
    assert shape["unanswered"] is None


@given(st.text())
def test_nothing_in_a_post_or_draft_can_steer_a_terminal(
    sample_library: Library, checking: Checking, text: str
) -> None:
    text = f"finest \x1b[2J{text}"
    assert not is_blank(text)
    shown = render.judged_as_text(judged(sample_library, text))
    shown += render.checked_as_text(checking.check(Draft(text, "larks", Account.OFFICIAL), ""), draft_too=True)

    assert "\x1b" not in shown


def test_the_choir_speaks_of_clauses_that_there_are(sample_library: Library) -> None:
    assert all(sample_library.clause(name) for name in (TONE, CREDIT, PHOTOGRAPHS))
