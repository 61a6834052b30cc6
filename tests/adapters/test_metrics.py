"""What is counted: by name, with no text and nobody's id."""

import asyncio
from datetime import UTC, datetime

import pytest

from adapters.delivery.platforms import Later, Parcel, Refused
from adapters.metrics import Counted, Metrics
from adapters.storage.figures import Figures
from adapters.storage.memory import MemoryStore
from bot.acts import ShowQueue
from bot.messages import Message
from bot.people import Person
from bot.ports import Work
from bot.replies import Reply, Told
from knowledge.library import Library
from tests.conftest import assistant_of

ANN = Person("slack:U0ANN", "Ann Example")
QUESTION = "Can I record the rehearsal?"


class Line:
    """A platform that does what it is told to."""

    pace = 1.5

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    async def deliver(self, parcel: Parcel) -> str:
        if self._error:
            raise self._error
        return "receipt"


def lines(metrics: Metrics) -> list[str]:
    return metrics.text().decode().splitlines()


@pytest.fixture
def work() -> MemoryStore:
    return MemoryStore(lambda: datetime(2026, 5, 4, 10, tzinfo=UTC))


def test_answers_are_counted_by_their_ending(sample_library: Library, work: MemoryStore) -> None:
    metrics = Metrics()
    answer = metrics.counted(assistant_of(sample_library).assistant.handle)

    with work.work() as one:
        answer(Message("slack:C1", QUESTION, "larks", person=ANN), one)
        answer(Message("slack:C1", "Hello!", "larks", person=ANN), one)

    assert 'verse_answers_total{ending="depends"} 1.0' in lines(metrics)
    assert 'verse_answers_total{ending="small_talk"} 1.0' in lines(metrics)
    assert "verse_answer_seconds_count 2.0" in lines(metrics)


def test_buttons_are_counted_by_what_they_do(work: MemoryStore) -> None:
    metrics = Metrics()
    answer = metrics.counted(lambda message, work: [])

    with work.work() as one:
        answer(Message("slack:C1", "", "larks", person=ANN, act=ShowQueue("larks")), one)

    assert 'verse_acts_total{act="ShowQueue"} 1.0' in lines(metrics)


def test_a_failure_is_an_ending_of_its_own(work: MemoryStore) -> None:
    metrics = Metrics()

    def failed(message: Message, work: Work, reference: str) -> list[Reply]:
        return [Told(message.conversation, reference)]

    with work.work() as one:
        (told,) = metrics.counted_failing(failed)(Message("slack:C1", QUESTION), one, "R1")

    assert told == Told("slack:C1", "R1")
    assert 'verse_answers_total{ending="failed"} 1.0' in lines(metrics)


def test_what_comes_in_is_counted_by_its_platform(work: MemoryStore) -> None:
    metrics = Metrics()
    answer = metrics.counted(lambda message, work: [])

    with work.work() as one:
        for conversation in ("slack:C1:17.3", "slack:C2", "console:ann:1"):
            answer(Message(conversation, QUESTION, person=ANN), one)

    assert 'verse_messages_total{platform="slack"} 2.0' in lines(metrics)
    assert 'verse_messages_total{platform="console"} 1.0' in lines(metrics)


def test_what_a_platform_sends_is_counted_by_what_came_of_it() -> None:
    metrics = Metrics()

    for came_to in ("accepted", "accepted", "forged"):
        metrics.took_in("slack", came_to)

    assert 'verse_intake_total{came_to="accepted",platform="slack"} 2.0' in lines(metrics)
    assert 'verse_intake_total{came_to="forged",platform="slack"} 1.0' in lines(metrics)


@pytest.mark.parametrize(
    ("error", "came_to"),
    [
        (None, "sent"),
        (Later(3, "busy"), "later"),
        (Refused("gone", "mend it"), "refused"),
        (RuntimeError("bug"), "broken"),
    ],
)
def test_deliveries_are_counted_by_what_came_of_them(error: Exception | None, came_to: str) -> None:
    metrics = Metrics()
    platform = Counted("slack", Line(error), metrics)
    parcel = Parcel("k", "slack", "slack:C1", {})

    if error is None:
        assert asyncio.run(platform.deliver(parcel)) == "receipt"
    else:
        with pytest.raises(type(error)):
            asyncio.run(platform.deliver(parcel))

    assert f'verse_deliveries_total{{came_to="{came_to}",platform="slack"}} 1.0' in lines(metrics)


def test_a_counted_platform_is_otherwise_as_it_was() -> None:
    assert Counted("slack", Line(), Metrics()).pace == 1.5


def test_the_queues_are_told_as_they_are_when_somebody_asks() -> None:
    metrics = Metrics()
    seen = [Figures({("larks", "open"): 2}, {"larks": 60.0}, 3, 4.0, {("email", "failed"): 1}, {"email": 5.0})]
    metrics.watch(lambda: seen[-1])
    first = lines(metrics)
    seen.append(Figures({}, {}, 0, 0.0, {}, {}))

    assert 'verse_queries{society="larks",state="open"} 2.0' in first
    assert 'verse_oldest_query_seconds{society="larks"} 60.0' in first
    assert 'verse_outbox{platform="email",stage="failed"} 1.0' in first
    assert 'verse_outbox_oldest_seconds{platform="email"} 5.0' in first
    assert {"verse_inbox 3.0", "verse_inbox_oldest_seconds 4.0"} <= set(first)
    assert "verse_inbox 0.0" in lines(metrics)


def test_no_text_and_nobody_stands_in_them(sample_library: Library, work: MemoryStore) -> None:
    metrics = Metrics()
    answer = metrics.counted(assistant_of(sample_library).assistant.handle)

    with work.work() as one:
        answer(Message("slack:C1:17", QUESTION, "larks", person=ANN), one)

    told = metrics.text().decode()
    assert not any(word in told for word in ("Ann", "U0ANN", "C1", "rehearsal"))
