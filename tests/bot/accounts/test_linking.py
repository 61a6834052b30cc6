"""Accounts of one person on several platforms are linked by a code, and parted again."""

import re

import pytest

from bot import wording_of_links as wording
from bot.acts import FillRequest, Link, OfferLink, RequestAccount, ShowOnboarding, Unlink
from bot.people import NOBODY, Person
from bot.replies import Told
from knowledge.library import Library
from tests.bot.accounts.hall import ALEX, ANN, ANN_THERE, BEN, STRANGER, Hall, button, home, labels, told

THERE_TOO = Person("teams:0f3c1c5e-0000-4000-8000-00000000000b", "Ben Lark")
AT_TERMINAL = Person("console:ann", "Ann")


@pytest.fixture
def hall(sample_library: Library) -> Hall:
    return Hall(sample_library)


def code_of(hall: Hall, who: Person = ANN) -> str:
    found = re.search(r"\w{4}-\w{4}", told(hall.does(OfferLink(), who)))
    assert found is not None
    return found[0]


def linked_with(hall: Hall, who: Person = ANN) -> tuple[str, ...]:
    with hall.store.work() as work:
        return work.links.accounts(who.account)


def test_a_code_comes_with_what_to_do_with_it(hall: Hall) -> None:
    (reply,) = hall.does(OfferLink())
    assert reply.conversation == home(ANN)
    assert "for 10 minutes, and not on Slack" in told([reply])
    assert button([reply], wording.ENTER).act == Link("")


def test_a_code_typed_on_another_platform_links_and_tells_both(hall: Hall) -> None:
    replies = hall.does(Link(code_of(hall)), ANN_THERE)
    assert linked_with(hall) == (ANN.account, ANN_THERE.account)
    assert "yours on Slack are linked" in told(replies, home(ANN_THERE))
    assert "yours on Teams are linked" in told(replies, home(ANN))
    assert wording.NOT_ME in told(replies, home(ANN))
    assert all(wording.UNLINK in labels(reply) for reply in replies)


@pytest.mark.parametrize("written", ["{0}-{1}", "{0}{1}", " {0} {1} ", "{0}\u2013{1}"])
def test_a_code_may_be_typed_in_any_way(hall: Hall, written: str) -> None:
    hall.does(Link(written.format(*code_of(hall).lower().split("-"))), ANN_THERE)
    assert len(linked_with(hall)) == 2


def test_what_is_together_by_it_is_told(hall: Hall) -> None:
    entry = hall.has_account("@larks_choir", ANN)
    hall.is_enrolled(entry, ANN)
    hall.begins(ANN_THERE)
    (here, _) = hall.does(Link(code_of(hall)), ANN_THERE)
    assert "your onboarding, what you run (@larks_choir) and your request for an account" in told([here])
    assert button([here], wording.SHOW_ONBOARDING).act == ShowOnboarding()


def test_what_was_begun_on_one_goes_on_on_the_other(hall: Hall) -> None:
    request = hall.begins()
    hall.does(Link(code_of(hall)), ANN_THERE)
    hall.does(FillRequest(request.id, "group", "The Evening Larks"), ANN_THERE)
    assert hall.request(ANN).given


def test_links_count_for_nothing_at_the_desk(hall: Hall) -> None:
    hall.does(Link(code_of(hall, ALEX)), ANN_THERE)
    with hall.store.work() as work:
        assert work.staff.member("larks", ANN_THERE.account) is None


def test_a_code_is_good_for_ten_minutes_and_once(hall: Hall) -> None:
    code = code_of(hall)
    hall.later(minutes=9)
    assert told(hall.does(Link(code), ANN_THERE)) == wording.WRONG
    code = code_of(hall)
    hall.does(Link(code), ANN_THERE)
    assert told(hall.does(Link(code), THERE_TOO)) == wording.WRONG


@pytest.mark.parametrize("code", ["AAAA-AAAA", "no code", "'; drop table link_code", "x" * 5_000, "١٢٣٤-٥٦٧٨"])
def test_a_wrong_code_is_told_in_the_same_words_as_an_old_one(hall: Hall, code: str) -> None:
    code_of(hall)
    assert told(hall.does(Link(code), ANN_THERE)) == wording.WRONG
    assert linked_with(hall) == (ANN.account,)


def test_after_five_codes_within_an_hour_none_is_tried_for_a_while(hall: Hall) -> None:
    for _ in range(5):
        assert told(hall.does(Link("AAAA-AAAA"), ANN_THERE)) == wording.WRONG
    code = code_of(hall)
    assert told(hall.does(Link(code), ANN_THERE)) == wording.TOO_MANY
    assert told(hall.does(Link("AAAA-AAAA"), THERE_TOO)) == wording.WRONG
    hall.later(hours=1)
    hall.does(Link(code_of(hall)), ANN_THERE)
    assert len(linked_with(hall)) == 2


def test_a_code_is_asked_for_where_none_comes_along(hall: Hall) -> None:
    assert told(hall.does(Link(" "), ANN_THERE)) == wording.WHAT_CODE


def test_the_code_of_the_very_account_links_nothing(hall: Hall) -> None:
    replies = hall.does(Link(code_of(hall)), ANN)
    assert told(replies) == wording.OWN_CODE
    assert button(replies, wording.NEW_CODE).act == OfferLink()


def test_two_accounts_on_one_platform_are_not_linked(hall: Hall) -> None:
    assert told(hall.does(Link(code_of(hall)), BEN)) == wording.same_platform("slack")
    assert linked_with(hall) == (ANN.account,)


def test_nor_are_they_by_way_of_a_third(hall: Hall) -> None:
    hall.links(ANN, ANN_THERE)
    hall.links(BEN, AT_TERMINAL)
    assert told(hall.does(Link(code_of(hall, ANN)), AT_TERMINAL)) == wording.linked_elsewhere("slack")
    assert linked_with(hall, AT_TERMINAL) == (AT_TERMINAL.account, BEN.account)


def test_three_platforms_can_be_linked(hall: Hall) -> None:
    hall.links(ANN, ANN_THERE)
    hall.does(Link(code_of(hall, ANN)), AT_TERMINAL)
    assert set(linked_with(hall)) == {ANN.account, ANN_THERE.account, AT_TERMINAL.account}


def test_an_account_that_was_linked_before_is_told_when_another_joins(hall: Hall) -> None:
    hall.links(ANN, ANN_THERE)
    replies = hall.does(Link(code_of(hall, AT_TERMINAL)), ANN)
    assert "yours on the terminal are linked" in told(replies, home(ANN_THERE))
    assert wording.NOT_ME in told(replies, home(ANN_THERE))
    assert "yours on Slack are linked" in told(replies, home(AT_TERMINAL))
    assert [one.conversation for one in replies] == [home(ANN), home(AT_TERMINAL), home(ANN_THERE)]


def test_linking_again_says_that_it_is_done(hall: Hall) -> None:
    hall.links(ANN, ANN_THERE)
    assert told(hall.does(Link(code_of(hall)), ANN_THERE)) == wording.linked_already("slack")


def test_unlinking_parts_them_and_tells_both(hall: Hall) -> None:
    hall.links(ANN, ANN_THERE)
    replies = hall.does(Unlink(), ANN_THERE)
    assert linked_with(hall) == (ANN.account,)
    assert "Slack" in told(replies, home(ANN_THERE))
    assert told(replies, home(ANN)) == wording.parted("teams")


def test_unlinking_what_is_not_linked_does_nothing(hall: Hall) -> None:
    assert told(hall.does(Unlink())) == wording.NOT_LINKED


@pytest.mark.parametrize("act", [OfferLink(), Link("AAAA-AAAA"), Unlink()])
def test_nobody_who_is_not_known_links_anything_and_nobody_does_by_mail(hall: Hall, act: OfferLink) -> None:
    assert hall.does(act, NOBODY, "slack:D1:1") == [Told("slack:D1:1", wording.NOT_KNOWN)]
    by_mail = Person("email:ann@choir.example")
    assert hall.does(act, by_mail, "email:x:1") == [Told("email:x:1", wording.NOT_BY_MAIL)]


def test_a_stranger_learns_nothing_of_a_request_by_asking_for_a_code(hall: Hall) -> None:
    hall.begins()
    hall.does(OfferLink(), STRANGER)
    assert told(hall.does(RequestAccount("1"), STRANGER)) == "I find no such request of yours."
