"""What is counted for whoever watches: endings, intake, deliveries and queues, by name. No text, and nobody's id."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from adapters.delivery.handling import Answer, Failed
from adapters.delivery.platforms import Later, Parcel, Platform, Refused
from adapters.storage.figures import Figures
from bot.exchanges import Ending
from bot.messages import Message
from bot.ports import Work
from bot.recording import ending_of
from bot.replies import Reply

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of this process, and the state of the queues at the moment when they are asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter("verse_answers", "What was answered, by its ending", ["ending"], registry=self.registry)
        self._acts = Counter("verse_acts", "Buttons pressed, by what they do", ["act"], registry=self.registry)
        self._came = Counter("verse_messages", "What came in and was handled", ["platform"], registry=self.registry)
        self._taken_in = Counter(
            "verse_intake", "What platforms sent, by what came of it", ["platform", "came_to"], registry=self.registry
        )
        self._delivered = Counter("verse_deliveries", "Attempts", ["platform", "came_to"], registry=self.registry)
        self._seconds = Histogram(
            "verse_answer_seconds", "How long a message took", buckets=_SECONDS, registry=self.registry
        )

    def watch(self, look: Callable[[], Figures]) -> None:
        """Tells the figures of the queues too, from now on."""
        self.registry.register(_Queues(look))

    def counted(self, answer: Answer) -> Answer:
        """The same answering, counted."""

        def answered(message: Message, work: Work) -> list[Reply]:
            begun = perf_counter()
            replies = answer(message, work)
            self._seconds.observe(perf_counter() - begun)
            self._came.labels(message.conversation.partition(":")[0]).inc()
            if message.act is not None:
                self._acts.labels(type(message.act).__name__).inc()
            elif replies:
                self._answers.labels(ending_of(replies)).inc()
            return replies

        return answered

    def counted_failing(self, failed: Failed) -> Failed:
        """The same apology for a message that could not be answered, counted as an ending of its own."""

        def told(message: Message, work: Work, reference: str) -> list[Reply]:
            self._answers.labels(str(Ending.FAILED)).inc()
            return failed(message, work, reference)

        return told

    def took_in(self, platform: str, came_to: str) -> None:
        """Counts something that a platform sent: whether it was accepted, repeated, ignored, forged..."""
        self._taken_in.labels(platform, came_to).inc()

    def came_to(self, platform: str, what: str) -> None:
        """Counts an attempt to deliver."""
        self._delivered.labels(platform, what).inc()

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


@dataclass(frozen=True, slots=True)
class Counted:
    """A platform whose deliveries are counted."""

    name: str
    platform: Platform
    metrics: Metrics = field(repr=False)

    @property
    def pace(self) -> float:
        return self.platform.pace

    async def deliver(self, parcel: Parcel) -> str:
        """Delivers as the platform does, and counts what came of it."""
        came_to = "broken"
        try:
            receipt = await self.platform.deliver(parcel)
            came_to = "sent"
        except Later:
            came_to = "later"
            raise
        except Refused:
            came_to = "refused"
            raise
        finally:
            self.metrics.came_to(self.name, came_to)
        return receipt


class _Queues(Collector):
    """The queues, looked at each time that somebody asks."""

    def __init__(self, look: Callable[[], Figures]) -> None:
        self._look = look

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return ()  # so that registering looks at nothing

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The gauges of now."""
        seen = self._look()
        queries = GaugeMetricFamily("verse_queries", "Queries at the desk", labels=["society", "state"])
        for (society, state), count in seen.queries.items():
            queries.add_metric([society, state], count)
        oldest = GaugeMetricFamily("verse_oldest_query_seconds", "Age of the oldest that waits", labels=["society"])
        for society, age in seen.oldest.items():
            oldest.add_metric([society], age)
        outbox = GaugeMetricFamily("verse_outbox", "What is not delivered", labels=["platform", "stage"])
        for (platform, stage), count in seen.outbox.items():
            outbox.add_metric([platform, stage], count)
        inbox = GaugeMetricFamily("verse_inbox", "What is not handled", value=seen.inbox)
        inbox_age = GaugeMetricFamily("verse_inbox_oldest_seconds", "How long the first waits", value=seen.inbox_age)
        outbox_age = GaugeMetricFamily(
            "verse_outbox_oldest_seconds", "How long the first that is due waits", labels=["platform"]
        )
        for platform, age in seen.outbox_age.items():
            outbox_age.add_metric([platform], age)
        return (queries, oldest, outbox, inbox, inbox_age, outbox_age)
