"""When somebody was last answered, in every store."""

from dataclasses import replace
from datetime import timedelta

from bot.people import NOBODY
from knowledge.answers import Reason
from tests.adapters.storage.conftest import ASKER, CLERK, NOON, Store, exchange


def test_the_last_answer_counts_in_whatever_conversation_it_was_given_and_a_courtesy_does_not(store: Store) -> None:
    with store.work() as work:
        assert work.exchanges.last_asked(ASKER.account) is None
        for minutes, conversation in ((5, "slack:D1:1"), (9, "slack:D1:2"), (7, "teams:x")):
            at = NOON + timedelta(minutes=minutes)
            work.exchanges.add(replace(exchange(), conversation=conversation, person=ASKER, at=at))
        thanks = replace(exchange(), person=ASKER, at=NOON + timedelta(minutes=30), ending=Reason.SMALL_TALK)
        work.exchanges.add(thanks)
        work.exchanges.add(replace(exchange(), person=CLERK, at=NOON + timedelta(hours=1)))
    with store.work() as work:
        assert work.exchanges.last_asked(ASKER.account) == NOON + timedelta(minutes=9)


def test_nobody_in_particular_was_never_answered(store: Store) -> None:
    with store.work() as work:
        work.exchanges.add(replace(exchange(), person=NOBODY))
        assert work.exchanges.last_asked("") is None
