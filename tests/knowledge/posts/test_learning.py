"""What is learnt from examples, told on two signals whose words are their meaning."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge.encoding import Floats
from knowledge.posts.learning import ANY_FAULT, FEWEST_EXAMPLES, HeldBack, Learnt, Lessons, held_back, learn, threshold
from knowledge.posts.signals import Signal
from knowledge.vectors import unit
from tests.conftest import nothing_told
from tests.knowledge.hashed_words import HashedWords

_INSTRUMENTS = ("flute", "oboe", "harp", "viola", "cello", "tuba")
_PLACES = ("hall", "barn", "church", "garden", "school")
_ORDINARY = [f"The {one} stood in the {place}." for one in _INSTRUMENTS for place in _PLACES]


def signal(name: str, said: str, nearly: str, beside: tuple[str, ...] = (), count: int = 30) -> Signal:
    pairs = [(one, place) for one in _INSTRUMENTS for place in _PLACES][:count]
    return Signal(
        name=name,
        means=name,
        clauses=("larks/posts/any",),
        bad=f"Our drum is {said} in the barn.",
        good=f"Whose drum was {nearly} in the barn?",
        beside=beside,
        examples=tuple(f"Our {one} is {said} in the {place}." for one, place in pairs),
        near_misses=tuple(f"Whose {one} was {nearly} in the {place}?" for one, place in pairs[::2]),
    )


BOAST = signal("boast", "simply unrivalled", "best")
SALE = signal("sale", "cheap today", "sold")


def vectors_of(lessons: Lessons) -> dict[str, Floats]:
    return dict(zip(lessons.texts, unit(HashedWords().embed_documents(lessons.texts)), strict=True))


@pytest.fixture(scope="module")
def by_words() -> Learnt:
    return learn(Lessons([BOAST, SALE], _ORDINARY), {}, nothing_told)


def test_a_signal_is_seen_in_a_text_that_was_no_example(by_words: Learnt) -> None:
    chances = by_words.chances("Our drum is simply unrivalled in the street", None)
    boast, sale = chances - by_words.sure
    assert boast > 0 > sale


def test_a_text_that_shows_nothing_is_below_every_threshold(by_words: Learnt) -> None:
    assert (by_words.chances("The drum stood in the street", None) < by_words.perhaps).all()


def test_a_possible_sign_never_needs_more_than_a_sure_one(by_words: Learnt) -> None:
    assert (by_words.perhaps <= by_words.sure).all()


def test_what_rules_out_is_doubted_by_the_chance_of_any_such_fault() -> None:
    """One that may be there counts only where that chance says so, and where it does, the likeliest is named."""
    learnt = learn(Lessons([replace(BOAST, rules_out=True), replace(SALE, plain=True)], _ORDINARY), {}, nothing_told)
    learnt = replace(learnt, sure=np.array([0.8, 0.8, 2.0]), perhaps=np.array([0.3, 0.3, 0.5]))
    boast, sale = (learnt.names.index(name) for name in ("boast", "sale"))
    assert learnt.names[-1] == ANY_FAULT

    def seen(boast_chance: float, any_chance: float, sale_chance: float = 0.0) -> list[tuple[int, bool]]:
        chances = np.zeros(3, np.float32)
        chances[[boast, sale, 2]] = boast_chance, sale_chance, any_chance
        return learnt.seen(chances)

    assert seen(0.4, 0.0) == []
    assert seen(0.4, 0.6) == [(boast, False)]
    assert seen(0.0, 0.6) == [(boast, False)]
    assert seen(0.9, 0.0) == [(boast, True)]
    assert seen(0.0, 0.0, sale_chance=0.4) == [(sale, False)]
    assert seen(0.0, 0.6, sale_chance=0.9) == [(sale, True)]  # plainly a sale, and no one fault
    assert seen(0.4, 0.6, sale_chance=0.9) == [(boast, False), (sale, True)]
    learnt = replace(learnt, plain=np.zeros(3, np.bool_))  # what says nothing of its kind lifts no doubt
    assert seen(0.0, 0.6, sale_chance=0.9) == [(boast, False), (sale, True)]


def test_where_nothing_rules_out_there_is_no_such_chance(by_words: Learnt) -> None:
    assert ANY_FAULT not in by_words.names


def test_what_was_learnt_is_the_same_after_it_was_kept(by_words: Learnt) -> None:
    again = Learnt.from_arrays(by_words.arrays())
    text = "Our oboe is cheap today"
    assert again.names == by_words.names
    assert (again.chances(text, None) == by_words.chances(text, None)).all()


def test_the_same_lessons_teach_the_same_twice(by_words: Learnt) -> None:
    again = learn(Lessons([BOAST, SALE], _ORDINARY), {}, nothing_told)
    assert all((array == again.arrays()[name]).all() for name, array in by_words.arrays().items())


def test_vectors_are_learnt_from_where_there_are_some() -> None:
    lessons = Lessons([BOAST, SALE], _ORDINARY)
    learnt = learn(lessons, vectors_of(lessons), nothing_told)
    text = "Our drum is simply unrivalled in the street"
    vector = unit(HashedWords().embed_documents([text]))[0]
    boast, sale = learnt.chances(text, vector) - learnt.sure
    assert boast > 0 > sale


def test_a_signal_of_few_examples_or_of_a_detector_is_not_learnt() -> None:
    few = signal("few", "rarely said", "said", count=FEWEST_EXAMPLES - 1)
    found = Signal("odd", "odd", ("larks/posts/any",), "", "", found_by="odd", examples=BOAST.examples)
    assert [one.name for one in Lessons([BOAST, few, found], _ORDINARY).signals] == ["boast"]


def test_nothing_is_learnt_from_nothing() -> None:
    learnt = learn(Lessons([], []), {}, nothing_told)
    assert learnt.names == Learnt.from_arrays(learnt.arrays()).names == ()
    assert learnt.chances("anything", None).size == 0


def test_examples_of_a_signal_that_may_stand_beside_it_are_not_held_against_it() -> None:
    beside = signal("appeal", "in need of a gift", "given", beside=("boast",))
    lessons = Lessons([BOAST, SALE, beside], _ORDINARY)
    places, shows = lessons.about("boast")
    told = {lessons.wholes[place] for place in places}
    assert shows.sum() == len(BOAST.examples) + 1  # and its `bad`
    assert told.isdisjoint(beside.examples)
    assert told.isdisjoint(SALE.near_misses)  # what they nearly are says nothing of what else they may be
    assert told >= {*BOAST.near_misses, *SALE.examples, *_ORDINARY}


def test_each_text_is_judged_by_what_was_learnt_without_it() -> None:
    """The same as if the model had been fitted anew without the text."""
    lone = "Nobody tunes quite like we do."
    told = Signal("boast", "", ("larks/posts/any",), BOAST.bad, BOAST.good, examples=(*BOAST.examples, lone))
    found = held_back(Lessons([told], _ORDINARY), {})["boast"]
    assert found.chances[len(BOAST.examples)] < found.chances[: len(BOAST.examples)].min()


def test_the_threshold_leans_to_where_the_measure_does() -> None:
    found = HeldBack(np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.1], np.float32), np.array([1, 1, 0, 0, 1, 0], np.bool_))
    assert threshold(found, 0.5) == pytest.approx(0.75)
    assert threshold(found, 2.0) == pytest.approx(0.3)
