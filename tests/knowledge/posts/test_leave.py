"""Signs that are no fault because the text says that leave was given."""

import pytest

from knowledge.posts.post import Part, PostReading, Sign, without_leave


def sign(name: str, chance: float, sure: bool = True, start: int = 0) -> Sign:
    return Sign(name, start, start + 4, "text", chance, sure)


def left(*signs: Sign, parts: tuple[Part, ...] = ()) -> tuple[Sign, ...]:
    return without_leave(PostReading("text", signs, parts=parts), signs)


@pytest.mark.parametrize("name", ["picture", "copyright"])
def test_consent_that_is_as_sure_takes_the_fault_away(name: str) -> None:
    consent = sign("consent", 0.9)
    assert left(sign(name, 0.9), consent) == (consent,)


@pytest.mark.parametrize("consent", [sign("consent", 0.5), sign("consent", 0.9, sure=False)])
def test_consent_that_is_less_sure_takes_nothing_away(consent: Sign) -> None:
    signs = (sign("picture", 0.8), consent)
    assert left(*signs) == signs


def test_what_a_rule_saw_is_not_excused_by_what_was_learnt() -> None:
    signs = (sign("picture", 1.0), sign("consent", 0.99))
    assert left(*signs) == signs


def test_consent_does_not_excuse_pictures_that_a_speaker_asked_not_to_be_shown() -> None:
    signs = (sign("no-pictures", 0.6), sign("consent", 1.0))
    assert left(*signs) == signs


def test_that_a_work_is_ones_own_excuses_its_use_and_not_who_is_seen_in_it() -> None:
    picture, own = sign("picture", 1.0), sign("own-work", 1.0)
    assert left(picture, sign("copyright", 1.0), own) == (picture, own)


@pytest.mark.parametrize(("start", "excused"), [(0, True), (10, True), (20, False)])
def test_leave_counts_in_its_own_part_and_the_one_beside_it(start: int, excused: bool) -> None:
    parts = (Part(0, 9), Part(10, 19), Part(20, 29))
    for fault, consent in ((0, start), (start, 0)):
        signs = left(sign("picture", 1.0, start=fault), sign("consent", 1.0, start=consent), parts=parts)
        assert (len(signs) == 1) is excused


def test_leave_excuses_nothing_in_a_part_that_says_that_it_was_not_given() -> None:
    signs = (sign("copyright", 1.0), sign("consent", 1.0, start=10))
    assert left(*signs, parts=(Part(0, 9, refused=True), Part(10, 19))) == signs
    assert left(*signs, parts=(Part(0, 9), Part(10, 19, refused=True))) == signs[1:]
