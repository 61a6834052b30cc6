"""How much the bot takes from Slack, how soon it answers, what a kill costs, and what the adapter itself costs."""

import asyncio
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console

from knowledge import policy_files
from tests.adapters.chat.load import DIRECT, Outcome, Trouble, share
from tests.adapters.chat.serving import cpu_of
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.fake_workspace import TEAM, Node, direct
from tests.adapters.slack.load import SlackLoad
from tests.adapters.slack.quick_way import Quick, ways_to
from tests.adapters.slack.sending import EVENT
from tests.adapters.slack.serving import Served
from tests.bench.report import Goal, Measured, tabled

_RATE, _SECONDS = 50, 10
_STEPS, _STEP_SECONDS = (10, 20, 30, 50, 75, 100, 150, 200, 300), 6
_DRAIN = 15.0  # seconds without a further answer, after which none is waited for
_KILL_RATE, _KILL_SECONDS, _KILLED_AFTER = 50, 10, 4.0
_IN_FLIGHT, _ECHO_SECONDS, _ECHO_ROUNDS = 32, 4.0, 3
_ACK, _ANSWER = 50.0, 500.0  # milliseconds


def show(console: Console) -> list[str]:
    """Prints one table. Returns the limits that are broken."""
    return tabled(console, "Slack", asyncio.run(_measured()))


async def _measured() -> list[Measured]:
    questions = [
        ask.text
        for policy in policy_files.load([policy_files.SHIPPED])
        for clause in policy.clauses
        for ask in clause.asks
        if clause.society == "ipem"
    ]
    return [
        *await _at_fifty(questions),
        await _highest(questions),
        *await _killed(questions, signal.SIGTERM),
        *await _killed(questions, signal.SIGKILL),
        *await _beside_a_bare_app(),
    ]


@asynccontextmanager
async def _bot() -> AsyncIterator[Served]:
    """The whole bot before the stand-in, with an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeSlack(strict_triggers=False) as slack:
            served = Served(Path(folder), slack)
            await served.start()
            try:
                yield served
            finally:
                await served.stop(signal.SIGKILL)


async def _loaded(served: Served, questions: Sequence[str], rate: float, seconds: float, trouble: Trouble) -> Outcome:
    with ways_to(served.events) as ways:
        load = SlackLoad(served.slack, ways, questions, trouble)
        await load.run(rate, seconds)
        return await load.answered(_DRAIN)


async def _at_fifty(questions: Sequence[str]) -> Iterable[Measured]:
    async with _bot() as served:
        await _loaded(served, questions, 10, 2, Trouble(0, 0, 0))  # what is met first is not counted
        before = served.cpu
        outcome = await _loaded(served, questions, _RATE, _SECONDS, Trouble())
        cpu = (served.cpu - before) / len(outcome.sent) * 1000
    how = f"{_RATE} a second for {_SECONDS} s, mentions and direct messages; 10 % come twice, 2 % are forged, 2 % stale"
    none = Goal(0, "count", at_most=True, limit=True)
    return (
        Measured("acknowledged, p50", share(outcome.acks, 0.5), "ms", how),
        Measured("acknowledged, p99", share(outcome.acks, 0.99), "ms", "the same", Goal(_ACK, "ms", at_most=True)),
        Measured("answered, p50", share(outcome.waits, 0.5), "ms", "from when it was due until it is to be seen"),
        Measured("answered, p99", share(outcome.waits, 0.99), "ms", "the same", Goal(_ANSWER, "ms", at_most=True)),
        Measured("questions", len(outcome.asked), "count", "that were neither forged nor stale"),
        Measured("not acknowledged", len(outcome.asked) - len(outcome.acks), "count", "of these", none),
        Measured("unanswered", len(outcome.unanswered), "count", "of these", none),
        Measured("answered twice", len(outcome.twice()), "count", "of these", none),
        Measured("forged or stale, and let in", len(outcome.let_in), "count", "of what was sent so", none),
        Measured("processor for each request", cpu, "ms", "of the process, forged and stale ones among them"),
    )


async def _highest(questions: Sequence[str]) -> Measured:
    """The highest rate at which all is acknowledged and answered in time; 0 where that is none of those tried."""
    held = 0.0
    for rate in _STEPS:
        async with _bot() as served:
            await _loaded(served, questions, 10, 2, Trouble(0, 0, 0))
            outcome = await _loaded(served, questions, rate, _STEP_SECONDS, Trouble())
        slow = share(outcome.acks, 0.99) > _ACK or share(outcome.waits, 0.99) > _ANSWER
        if slow or outcome.unanswered or len(outcome.acks) < len(outcome.asked):
            break
        held = rate
    steps = ", ".join(str(step) for step in _STEPS)
    return Measured(
        "highest rate held", held, "count", f"a second for {_STEP_SECONDS} s, of {steps}, within both figures"
    )


async def _killed(questions: Sequence[str], number: signal.Signals) -> Iterable[Measured]:
    """The process is ended in the middle of the load and started anew; Slack delivers again what was not taken."""
    async with _bot() as served:
        with ways_to(served.events) as ways:
            load = SlackLoad(served.slack, ways, questions, Trouble())
            running = asyncio.create_task(load.run(_KILL_RATE, _KILL_SECONDS))
            await asyncio.sleep(_KILLED_AFTER)
            await served.stop(number)
            await served.start()
            await running
            await load.deliver_again()
            outcome = await load.answered(90.0)  # the lease of what was claimed has to end first
    how = (
        f"{_KILL_RATE} a second for {_KILL_SECONDS} s, ended after {_KILLED_AFTER:g} s and started anew;"
        " what was not acknowledged is delivered again once it is back"
    )
    name, none = number.name, Goal(0, "count", at_most=True, limit=True)
    again = len(outcome.twice()) - len(outcome.twice([DIRECT]))
    return (
        Measured(f"{name}: unanswered", len(outcome.unanswered), "count", how, none),
        Measured(f"{name}: messages twice", len(outcome.twice([DIRECT])), "count", "which can be read back", none),
        Measured(
            f"{name}: shown twice", again, "count", "to one person alone, which nobody can read back; said so there"
        ),
    )


async def _beside_a_bare_app() -> Iterable[Measured]:
    """The adapter with an echo and no store, and the framework alone, in turns."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    costs: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(_ECHO_ROUNDS):
        for which in rates:
            rate, cost = await _echoed(which)
            rates[which].append(rate)
            costs[which].append(cost)
    how = f"{_IN_FLIGHT} in flight, {_ECHO_SECONDS:g} s, the best of {_ECHO_ROUNDS} in turns; a message in, a word out"
    return (
        Measured("adapter alone, a second", max(rates["ours"]), "count", how),
        Measured("bare app, a second", max(rates["bare"]), "count", "the same"),
        Measured("adapter alone, of the bare app", max(rates["ours"]) / max(rates["bare"]), "", "", Goal(0.8)),
        Measured("adapter alone, processor", min(costs["ours"]), "ms", "for each request"),
        Measured("bare app, processor", min(costs["bare"]), "ms", "for each request"),
        Measured(
            "bare app, processor, of the adapter's",
            min(costs["bare"]) / min(costs["ours"]),
            "",
            "steadier than the rates where other work goes on",
            Goal(0.8),
        ),
    )


async def _echoed(which: str) -> tuple[float, float]:
    """Answers a second, and milliseconds of processor for each."""
    async with FakeSlack() as slack:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.slack_echo", which, slack.api_url], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            way = Quick((await asyncio.to_thread(process.stdout.readline)).strip())
            while (await way.send(EVENT, _message(slack, 0))).status != 200:
                await asyncio.sleep(0.05)
            await _flat_out(slack, way, 1.0)
            before, began, answered = cpu_of(process.pid), time.perf_counter(), slack.counts["chat.postMessage"]
            await _flat_out(slack, way, _ECHO_SECONDS)
            many = slack.counts["chat.postMessage"] - answered
            way.close()
            return many / (time.perf_counter() - began), (cpu_of(process.pid) - before) / many * 1000
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


async def _flat_out(slack: FakeSlack, way: Quick, seconds: float) -> None:
    """Sends as fast as it is acknowledged, and waits until all is answered."""
    until, numbers, sent = time.perf_counter() + seconds, iter(range(10**9)), 0

    async def one_after_another() -> None:
        nonlocal sent
        while time.perf_counter() < until:
            answer = await way.send(EVENT, _message(slack, next(numbers)))
            sent += answer.status == 200

    before = slack.counts["chat.postMessage"]
    await asyncio.gather(*(one_after_another() for _ in range(_IN_FLIGHT)))
    await slack.wait_for("chat.postMessage", before + sent, 30)


def _message(slack: FakeSlack, number: int) -> Node:
    user, ts = f"U0USER{number % 50:04d}", slack.workspace.new_ts()
    event = {"type": "message", "channel_type": "im", "user": user, "text": "Hello?", "ts": ts, "channel": direct(user)}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{ts.replace('.', '')}",
        "event": event | {"event_ts": ts, "team": TEAM},
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT0001", "is_bot": True}],
    }
