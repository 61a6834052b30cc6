"""The questions made of a clause's own words, and the verdicts that go with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Ask, Force, Verdict
from knowledge.intake.asking import asks_for
from knowledge.intake.forces import propose


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Members may not post pictures.", ["no: Can I post pictures?", "no: Am I allowed to post pictures?"]),
        ("Do not tag children.", ["no: Can I tag children?", "no: Am I allowed to tag children?"]),
        ("Always credit your sources.", ["yes: Do I have to credit my sources?", "yes: Should I credit my sources?"]),
        ("You do not have to reply.", ["no: Do I have to reply?", "no: Should I reply?"]),
        ("Staff are welcome to join in.", ["yes: Can I join in?", "yes: Am I allowed to join in?"]),
        ("Posting adverts is prohibited.", ["no: Is posting adverts allowed?"]),
        ("Avoid arguments.", ["no: Are arguments allowed?"]),
        ("If you are unsure, ask us.", ["depends: Do I have to ask us?", "depends: Should I ask us?"]),
        ("“Media” means any website.", ["info: What is meant by “Media”?"]),
        ("The warden is the keeper.", ["yes: Is the warden the keeper?", "info: What is the warden?"]),
        (
            "Photos may be shared if parents agree.",
            ["depends: Can photos be shared?", "depends: Is it allowed for photos to be shared?"],
        ),
        ("Great fun, all told.", []),
        ("There are three of them.", []),
    ],
)
def test_a_clause_is_asked_for_in_its_own_words(text: str, asks: list[str]) -> None:
    made = asks_for(text, propose(text).force)
    expected = [tuple(one.split(": ", 1)) for one in asks]

    assert [(str(ask.verdict), ask.text) for ask in made[: max(len(expected), 1)]] == expected


def test_a_lead_and_its_item_are_asked_for_as_one_sentence() -> None:
    assert asks_for("share passwords", Force.MUST_NOT, "Members must not:")[0] == Ask(
        "Can I share passwords?", Verdict.NO
    )


def test_without_its_condition_it_depends() -> None:
    asks = asks_for("You must not fly at night unless a warden agrees.", Force.MUST_NOT)

    assert asks
    assert {ask.verdict for ask in asks} == {Verdict.DEPENDS}


def test_a_question_that_a_clause_answers_is_its_ask() -> None:
    assert asks_for("Yes, you may post.", Force.MAY, "Can I post?") == (Ask("Can I post?", Verdict.YES),)
    assert asks_for("Ask a warden.", Force.MUST, "Can I post?") == (Ask("Can I post?", Verdict.INFO),)


@given(st.text(max_size=200), st.sampled_from([force for force in Force if force is not Force.GAP]))
def test_there_are_four_at_most_and_each_is_one_line(text: str, force: Force) -> None:
    asks = asks_for(" ".join(text.split()), force)

    assert len(asks) <= 4
    assert all(ask.text.endswith("?") and "\n" not in ask.text and ask.verdict for ask in asks)


@given(st.sampled_from(["post pictures", "share it if you can", "swear", "tag your club unless told"]))
def test_nothing_that_is_forbidden_is_answered_yes(done: str) -> None:
    for text in (f"You must not {done}.", f"Never {done}.", f"Members should not {done}."):
        assert all(ask.verdict is not Verdict.YES for ask in asks_for(text, propose(text).force))
