"""Disclaimers that a post or profile lacks, and the words that a clause prescribes for one."""

import pytest

from knowledge.posts.disclosures import prescribed, undisclaimed, without_line
from knowledge.posts.faults import Fault, Kind
from knowledge.posts.post import Sign
from knowledge.questions import Account
from tests.knowledge.posts.examining import examined

TEXT = "As a Fellow of ICIS I find the trial small. Just me talking."
LINK = Sign("link", 0, 43, TEXT[:43], 1.0)
AT_THE_END = Fault(len(TEXT), len(TEXT))


def _disclaimer(chance: float, sure: bool) -> Sign:
    return Sign("disclaimer", 44, len(TEXT), TEXT[44:], chance, sure)


def test_a_personal_post_that_tells_of_the_link_lacks_a_disclaimer_at_its_end() -> None:
    assert list(undisclaimed(examined(TEXT, [LINK], account=Account.PERSONAL))) == [AT_THE_END]


@pytest.mark.parametrize("account", [Account.OFFICIAL, Account.AFFILIATED])
def test_an_account_of_the_society_needs_no_disclaimer(account: Account) -> None:
    assert list(undisclaimed(examined(TEXT, [LINK], account=account))) == []


def test_who_tells_of_no_link_or_only_perhaps_of_one_needs_no_disclaimer() -> None:
    perhaps = Sign("link", 0, 43, TEXT[:43], 0.4, sure=False)
    for signs in ([], [perhaps]):
        assert list(undisclaimed(examined(TEXT, signs, account=Account.PERSONAL))) == []


@pytest.mark.parametrize(("chance", "sure", "lacking"), [(1.0, True, 0), (0.6, False, 0), (0.3, False, 1)])
def test_a_disclaimer_in_likely_words_is_one(chance: float, sure: bool, lacking: int) -> None:
    draft = examined(TEXT, [LINK, _disclaimer(chance, sure)], account=Account.PERSONAL)
    assert len(list(undisclaimed(draft))) == lacking


def test_the_line_belongs_in_a_profile_and_not_in_a_post() -> None:
    assert list(without_line(examined(TEXT, [LINK], Kind.POST, Account.PERSONAL))) == []
    assert list(without_line(examined(TEXT, [LINK], Kind.PROFILE, Account.PERSONAL))) == [AT_THE_END]


def test_the_words_that_a_clause_quotes_are_those_that_it_prescribes() -> None:
    assert prescribed("They must say so, for example 'the views are not the club's own views'.") is None
    assert prescribed("They must say so, for example 'the views are those of a lark alone'.") == (
        "The views are those of a lark alone."
    )
    assert prescribed("They should include “Views of a lark.” in the profile.") == "Views of a lark."
    assert prescribed("The club's members' posts are the club's.") is None
