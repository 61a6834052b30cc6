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
        ("Members may never film.", ["no: Can I film?", "no: Am I allowed to film?"]),
        ("Members can in no event film.", ["no: Can I film?", "no: Am I allowed to film?"]),
        ("None of the members may film.", ["no: Can I film?", "no: Am I allowed to film?"]),
        ("Members may film, but not children.", ["depends: Can I film?", "depends: Am I allowed to film?"]),
        ("Few members may film.", ["depends: Can I film?", "depends: Am I allowed to film?"]),
        ("Neither swimmers nor volunteers may film.", []),
        ("For staff: You may film.", []),
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
    assert asks_for("No, you need not.", Force.MAY, "Must I post?") == (Ask("Must I post?", Verdict.NO),)
    assert asks_for("Yes, but not at galas.", Force.MAY, "Can I post?") == (Ask("Can I post?", Verdict.DEPENDS),)


def test_what_is_unsure_is_never_answered_yes() -> None:
    asks = asks_for("Members may film.", Force.MAY, sure=False)

    assert asks
    assert {ask.verdict for ask in asks} == {Verdict.DEPENDS}


@given(st.text(max_size=200), st.sampled_from([force for force in Force if force is not Force.GAP]))
def test_there_are_four_at_most_and_each_is_one_line(text: str, force: Force) -> None:
    asks = asks_for(" ".join(text.split()), force)

    assert len(asks) <= 4
    assert all(ask.text.endswith("?") and "\n" not in ask.text and ask.verdict for ask in asks)


@given(
    st.sampled_from(["post pictures", "share it if you can", "swear", "tag your club unless told"]),
    st.sampled_from(
        [
            "You must not {}.",
            "Never {}.",
            "Members should not {}.",
            "Members may never {}.",
            "Members may no longer {}.",
            "Members may neither {} nor boast.",
            "Members can in no event {}.",
            "Members are no longer allowed to {}.",
            "Neither swimmers nor volunteers may {}.",
            "Nobody but the secretary may {}.",
            "None of the members may {}.",
            "Few members may {}.",
            "Hardly any members may {}.",
            "Trustees, not members, may {}.",
            "Members may hardly ever {}.",
            "Members may only {}.",
            "Members may {} of nobody.",
            "Members may {} about no injury.",
            "Members may {} only with consent.",
            "Members may {}, but not at galas.",
            "Members may {}, except at galas.",
            "You are free to {} without names.",
            "Staff are rarely permitted to {}.",
        ]
    ),
)
def test_nothing_that_is_forbidden_or_permitted_in_part_is_answered_yes(done: str, wording: str) -> None:
    text = wording.format(done)
    proposal = propose(text)

    assert proposal.force is not Force.MAY or proposal.unsure
    assert all(ask.verdict is not Verdict.YES for ask in asks_for(text, proposal.force))


@given(
    st.sampled_from(["Members", "You", "Our trustees", "All staff", "Posts"]),
    st.sampled_from(["may", "can", "are allowed to", "are free to", "are welcome to"]),
    st.sampled_from(["post pictures", "speak of a race", "film", "be shared"]),
    st.sampled_from(["never", "no longer", "nothing", "not", "but no names", "only at galas", "except at galas"]),
    st.integers(0, 3),
)
def test_no_permission_that_holds_a_word_which_limits_it_is_answered_yes(
    who: str, may: str, done: str, limit: str, place: int
) -> None:
    words = [who, may, done]
    text = " ".join([*words[:place], limit, *words[place:]]) + "."

    assert all(ask.verdict is not Verdict.YES for ask in asks_for(text, propose(text).force))
