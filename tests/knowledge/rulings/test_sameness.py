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
        "can i run poll on x",
        "Am I allowed to run a poll on X?",
        "hi, is it ok to run a poll on X please?",
        "Good morning! Quick question: please can I run a poll on X? Thanks!",
        "could you tell me if I can run a poll on X",
        "i was wondering whether i could run a poll on x, thanks",
        "Is it alright if I run a poll on X?",
        "May members run a poll on X?",
        "Can a trainee run a poll on X?",
    ],
)
def test_other_openings_and_endings_ask_the_same(question: str) -> None:
    assert same(question, POLL)


@pytest.mark.parametrize(
    "question",
    [
        "Can I run polls on X?",
        "Can I run a poll on Twitter?",
        "Can I run any poll on X?",
        "Can I run a poll at X?",
        "On X, can I run a poll?",
        "Can I run a poll question on X?",
        "Can I run a poll and everyone on X?",
        "Can I run a poll on X so?",
        "And can I run a poll on X?",
        "Can I run a poll on X too?",
        "Can I run a poll on X as well?",
        "Can I run a poll on X even if it lapses?",
        "Can members' run a poll on X?",
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
        ("Can I put your logo on my poster?", "Can I put my logo on your poster?"),
        ("Can I share your slides?", "Can I share my slides?"),
        ("Can I share my slides?", "May members share my slides?"),
        ("Can I share a sponsored post?", "Can I share a sponsors' post?"),
        ("Can I thank a funded company?", "Can I thank a funding company?"),
        ("Can I reply to following accounts?", "Can I reply to followed accounts?"),
        ("Can I post on a thread?", "Can I post on Threads?"),
        ("Can I share new posts?", "Can I share news posts?"),
        ("Can fellows' posts be shared?", "Can members' posts be shared?"),
        ("Can I post an exam question?", "Can I post an exam?"),
        ("May members name staff and everyone?", "May members name staff?"),
        ("Can I say thanks?", "Can I say?"),
        ("Must I add a line to my blog?", "Should a member add a line to their blog?"),
        ("Can I print the drawing?", "Can I print a drawing?"),
        ("Can I print the drawing that is attached?", "Can I print the drawing that is attached?"),
        ("Can I post option 2?", "Can I post option 2?"),
        ("Can I post now that it is open?", "Can I post now that it is open?"),
        ("Can I share yesterday's post?", "Can I share yesterday's post?"),
        ("Do staff have to declare a sponsor?", "Does everyone have to declare a sponsor?"),
        ("Can I quote rule 1.5 in a post?", "Can I quote rule 1 5 in a post?"),
        ("Can I print members' adverts?", "Can I print members adverts?"),
        ("Can trainees of the public join a poll?", "Can members of the public join a poll?"),
    ],
)
def test_the_same_words_in_other_places_ask_something_else(question: str, ruled: str) -> None:
    assert not same(question, ruled)


@pytest.mark.parametrize(
    ("question", "ruled"),
    [
        ("can I put the badge on my own profile", "Is it OK to put the badge on my own profile?"),
        ("Do I have to add a line to a blog?", "Must members add a line to a blog?"),
        ("Can I organize a program of colors?", "Can I organise a program of colours?"),
        ("can I print an e-mail&a post", "Can I print email and a post?"),
        ("who approves an advert", "Who approves advert?"),
    ],
)
def test_spelling_an_a_and_the_form_of_asking_make_no_difference(question: str, ruled: str) -> None:
    assert same(question, ruled)


def test_a_ruling_for_members_is_for_nobody_else() -> None:
    question = "Can I run a poll on X?"

    assert [role for role in ROLES if same(question, POLL, role)] == [Party.MEMBER, Party.FELLOW, Party.TRAINEE]
    assert not same(question, "Can anyone run a poll on X?", Party.ANYONE)
    assert same("Can everybody run a poll on X?", "Can anyone run a poll on X?", Party.ANYONE)
    assert not same(question, "Can a Fellow run a poll on X?", Party.MEMBER)


def test_a_ruling_that_says_i_is_for_those_of_the_role_that_it_was_asked_in() -> None:
    question = "Can I run a poll on X?"

    assert same(question, question, ADMIN, ADMIN)
    assert not same(question, question, ADMIN, MEMBER)
    assert not same(question, question, MEMBER, ADMIN)


def test_we_are_only_those_who_say_we_in_the_same_role() -> None:
    ruled = "Can we use the logo on our page?"

    assert same(ruled, ruled, ADMIN, ADMIN)
    assert not same(ruled, ruled, MEMBER, ADMIN)
    assert not same("Can we use the logo on a page?", "Can a group use the logo on a page?", ADMIN, ADMIN)
    assert not same("Can we use the logo on a page?", "Can I use the logo on a page?", ADMIN, ADMIN)


def test_what_is_the_asker_s_is_another_s_for_another_role() -> None:
    question = "Can anyone share my post?"

    assert same(question, question, MEMBER, MEMBER)
    assert not same(question, question, MEMBER, ADMIN)


def test_a_question_of_fact_is_for_those_of_the_role_that_it_was_asked_in() -> None:
    question = "Does the choir have a Mastodon account?"

    assert same("does the choir have a mastodon account", question)
    assert not same(question, question, ADMIN, MEMBER)


@pytest.mark.parametrize(
    "question",
    [
        "Can I retweet this?",
        "May I post it?",
        "Can I print them too?",
        "Can I share theirs?",
        "Can I do the same?",
        "Can I use one?",
        "May I post photos of the other one?",
        "Can I post photos here?",
        "Can members share posts about us?",
        "Is it's logo free to use?",
        "What about posts on LinkedIn?",
        "What if a patient agrees?",
        "And on Facebook?",
        "Even if all of the patients agree?",
        "in the programme of the concert",
        "Members may print an advert in the programme.",
        "Can I post some?",
        "Which platforms?",
        "Can I post?",
        "",
        "?",
        "Can I?",
    ],
)
def test_what_points_to_something_outside_or_is_no_whole_question_is_never_the_same(question: str) -> None:
    assert not same(question, question)


@given(st.text(max_size=80), st.sampled_from(ROLES))
def test_any_text_can_be_compared(text: str, role: Party) -> None:
    form = asked(text)

    assert is_same(form, role, form, role) is form.tells
