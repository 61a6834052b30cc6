"""Two questions are the same only where nothing that is said in one is missing in the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import ROLES, Party
from knowledge.rulings.sameness import asked, is_same

MEMBER, ADMIN = Party.MEMBER, Party.ACCOUNT_ADMIN
POLL = "Can a member run a poll on X?"


def same(question: str, ruled: str, role: Party = MEMBER, ruled_for: Party = MEMBER) -> bool:
    return is_same(asked(question), role, asked(ruled), ruled_for)


@pytest.mark.parametrize(
    "question",
    [
        "Can I run a poll on X?",
        "can i run polls on twitter",
        "Am I allowed to run a poll on Twitter?",
        "hi, is it ok to run a poll on X please?",
        "On X, can I run a poll?",
        "could you tell me if I can run a poll on X",
        "i was wondering whether i could run a poll on x, thanks",
        "Is it alright if I run a poll on X?",
        "May members run polls on X?",
        "Can a trainee run a poll on X?",
    ],
)
def test_other_openings_and_endings_ask_the_same(question: str) -> None:
    assert same(question, POLL)


@pytest.mark.parametrize(
    "question",
    [
        "Can I run a poll on LinkedIn?",
        "Can I run a poll on X about a company?",
        "Can I run a political poll on X?",
        "Can I run a poll on X with a picture of a patient?",
        "Can I run a poll on X from the SIG account?",
        "Can we run a poll on X?",
        "Can a company run a poll on X?",
        "Can you run a poll on X?",
        "Can anyone run a poll on X?",
        "Can't I run a poll on X?",
        "Can I not run a poll on X?",
        "Do I have to run a poll on X?",
        "Should I run a poll on X?",
        "Why can I run a poll on X?",
        "Can I run a poll?",
        "I can run a poll on X.",
        "I run a group. Can I run a poll on X?",
        "Can I run a poll on X 🎗?",
    ],
)
def test_a_word_that_tells_makes_another_question(question: str) -> None:
    assert not same(question, POLL)


@pytest.mark.parametrize(
    ("question", "ruled"),
    [
        ("Can I retweet a company?", "Can a company retweet me?"),
        (
            "Can I post a photo of a colleague with the consent of a patient?",
            "Can I post a photo of a patient with the consent of a colleague?",
        ),
        ("can I put the badge on their own profile", "Can a member put the badge on their own profile?"),
        ("can I put the badge on our own profile", "Can a member put the badge on their own profile?"),
        ("Must I add a line to my blog?", "Should a member add a line to their blog?"),
    ],
)
def test_the_same_words_in_other_places_ask_something_else(question: str, ruled: str) -> None:
    assert not same(question, ruled)


@pytest.mark.parametrize(
    ("question", "ruled"),
    [
        ("can I put the badge on my own profile", "Can a member put the badge on their own profile?"),
        ("can I post a photo if I have consent", "If I have consent, can I post a photo?"),
        ("can I reply to a complaint?", "Are members allowed to reply to complaints?"),
        ("Do I have to add a line to my blog?", "Must members add a line to their blogs?"),
    ],
)
def test_what_is_the_asker_s_own_is_a_member_s_own(question: str, ruled: str) -> None:
    assert same(question, ruled)


def test_a_ruling_for_members_is_for_nobody_else() -> None:
    question = "Can I run a poll on X?"

    assert [role for role in ROLES if same(question, POLL, role)] == [Party.MEMBER, Party.FELLOW, Party.TRAINEE]
    assert same(question, "Can anyone run a poll on X?", Party.ANYONE)
    assert not same(question, "Can a Fellow run a poll on X?", Party.MEMBER)


def test_a_ruling_that_says_i_is_for_those_of_the_role_that_it_was_asked_in() -> None:
    question = "Can I run a poll on X?"

    assert same(question, question, ADMIN, ADMIN)
    assert not same(question, question, ADMIN, MEMBER)
    assert not same(question, question, MEMBER, ADMIN)


def test_a_group_s_ruling_is_for_those_who_run_its_account() -> None:
    ruled = "Can a group use the logo on its page?"

    assert same("Can we use the logo on our page?", ruled, ADMIN)
    assert not same("Can we use the logo on our page?", ruled, MEMBER)


def test_a_question_of_fact_is_the_same_whoever_asks() -> None:
    assert same("does the choir have a mastodon account", "Does the choir have a Mastodon account?", ADMIN)


@pytest.mark.parametrize("question", ["Can I retweet this?", "May I post it?", "", "?", "Can I?"])
def test_what_points_to_something_outside_is_never_the_same(question: str) -> None:
    assert not same(question, question)


@given(st.text(max_size=80), st.sampled_from(ROLES))
def test_any_text_can_be_compared(text: str, role: Party) -> None:
    form = asked(text)

    assert is_same(form, role, form, role) is (bool(form.words) and not form.points)
