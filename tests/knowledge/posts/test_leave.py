"""Signs that are no fault because the text says that leave was given."""

import pytest

from knowledge.posts.post import Sign, without_leave


def sign(name: str, chance: float, sure: bool = True) -> Sign:
    return Sign(name, 0, 4, "text", chance, sure)


@pytest.mark.parametrize("name", ["picture", "copyright"])
def test_consent_that_is_as_sure_takes_the_fault_away(name: str) -> None:
    consent = sign("consent", 0.9)
    assert without_leave([sign(name, 0.9), consent]) == (consent,)


@pytest.mark.parametrize("consent", [sign("consent", 0.5), sign("consent", 0.9, sure=False)])
def test_consent_that_is_less_sure_takes_nothing_away(consent: Sign) -> None:
    signs = (sign("picture", 0.8), consent)
    assert without_leave(signs) == signs


def test_consent_does_not_excuse_pictures_that_a_speaker_asked_not_to_be_shown() -> None:
    signs = (sign("no-pictures", 0.6), sign("consent", 1.0))
    assert without_leave(signs) == signs
