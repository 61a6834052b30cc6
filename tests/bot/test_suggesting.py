"""Questions to begin with: the policy answers each, and they are spread over what it speaks of."""

import pytest

from bot.suggesting import MOST, Suggesting
from bot.wording import RULING
from bot.wording_of_home import ABOUT_TAKING_OVER, MOST_ASKED, WHAT_CAN_I_ASK, what_of
from knowledge import policy_files
from knowledge.answers import Answer, Question
from knowledge.clauses import ROLES, Party, Verdict
from knowledge.index import build
from knowledge.library import Library
from knowledge.vectors import VectorCache
from tests.conftest import KEPT, SAMPLE, nothing_told

UNASKED = """---
id: rowers
society: rowers
organisation: The Rowers
title: Rowing
known_as: the Rowers' rules
edition: first
dates: {{}}
office: the boathouse
posts: []
named_only: []
official: false
---

# Rowing

## {section}

### rowers/water/cameras

force: must_not
binds: anyone

Nobody takes a camera into a racing boat on the water.
"""


def answered(library: Library, question: str, society: str, role: Party) -> Answer:
    answer = library.answer(Question(question, society, role))
    assert isinstance(answer, Answer), question
    return answer


@pytest.fixture(scope="module")
def suggesting(sample_library: Library) -> Suggesting:
    return Suggesting(sample_library)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("society", ["larks", "oars"])
def test_each_question_is_answered_and_fits_on_a_button(
    sample_library: Library, suggesting: Suggesting, society: str, role: Party
) -> None:
    questions = suggesting.questions(society, role)

    assert 1 < len(questions) <= MOST
    assert len(set(questions)) == len(questions)
    assert not {"Can I retweet a company's post?", "May I post about politics?"} & set(questions)  # nobody speaks of it
    for question in questions:
        assert answered(sample_library, question, society, role)
        assert len(question) < 75
        assert question[0].isupper()
        assert question.endswith("?")


def test_of_its_asks_what_comes_first_has_a_clear_ruling_that_speaks_to_who_asks(
    sample_library: Library, suggesting: Suggesting
) -> None:
    first = next(one for one in suggesting.questions("larks", Party.ACCOUNT_ADMIN) if one not in MOST_ASKED)
    answer = answered(sample_library, first, "larks", Party.ACCOUNT_ADMIN)

    assert answer.verdict in (Verdict.YES, Verdict.NO)
    assert answer.parts[0].clauses[0].is_for(Party.ACCOUNT_ADMIN)


def test_the_first_questions_are_about_several_sections(sample_library: Library, suggesting: Suggesting) -> None:
    answers = [
        answered(sample_library, one, "larks", Party.MEMBER) for one in suggesting.questions("larks", Party.MEMBER)
    ]

    assert len({answer.parts[0].clauses[0].group for answer in answers[:2]}) == 2


def test_they_are_always_the_same(sample_library: Library, suggesting: Suggesting) -> None:
    assert Suggesting(sample_library).questions("oars", Party.MEMBER) == suggesting.questions("oars", Party.MEMBER)


def test_each_society_has_its_own(suggesting: Suggesting) -> None:
    larks, oars = (suggesting.questions(society, Party.MEMBER) for society in ("larks", "oars"))

    assert set(larks).isdisjoint(oars)


def of_rowers(tmp_path_factory: pytest.TempPathFactory, section: str) -> Suggesting:
    folder = tmp_path_factory.mktemp("rowers")
    (folder / "rowers.md").write_text(UNASKED.format(section=section), encoding="utf-8")
    index = build(policy_files.load([SAMPLE, folder]), None, VectorCache(KEPT, "none"), nothing_told)
    return Suggesting(Library(index, None))


def test_of_a_policy_without_asks_nothing_is_suggested_that_it_does_not_answer(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    suggesting = of_rowers(tmp_path_factory, "Cameras in racing boats")

    for question in suggesting.questions("rowers", Party.MEMBER):
        assert question in (WHAT_CAN_I_ASK, what_of("Cameras in racing boats"))
    assert suggesting.about_taking_over("rowers", Party.MEMBER)


def test_a_section_with_an_endless_heading_is_no_button(tmp_path_factory: pytest.TempPathFactory) -> None:
    suggesting = of_rowers(tmp_path_factory, "Cameras, and all that is like them, " * 5)

    assert suggesting.questions("rowers", Party.MEMBER) == (WHAT_CAN_I_ASK,)


def test_who_takes_over_an_account_is_led_to_what_the_shipped_policies_answer(library: Library) -> None:
    suggesting = Suggesting(library)
    for society in library.societies:
        question = suggesting.about_taking_over(society, Party.MEMBER)

        assert question in ABOUT_TAKING_OVER
        assert answered(library, question, society, Party.MEMBER).citations


def test_of_the_shipped_policies_what_most_people_come_for_is_suggested_and_ruled_on(library: Library) -> None:
    suggesting = Suggesting(library)
    for society in library.societies:
        questions = suggesting.questions(society, Party.MEMBER)
        answers = [answered(library, one, society, Party.MEMBER) for one in questions]

        assert len(questions) == MOST
        assert set(questions) <= set(MOST_ASKED)
        assert len({answer.parts[0].clauses[0].id for answer in answers}) == MOST
        assert all(answer.verdict in RULING for answer in answers)
