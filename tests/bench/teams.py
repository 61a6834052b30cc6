"""How much the bot takes from Teams, how soon it answers, what a kill costs, and what the adapter itself costs."""

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
from tests.adapters.chat.load import Outcome, Trouble, share
from tests.adapters.chat.serving import cpu_of
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.from_teams import Client
from tests.adapters.teams.load import TeamsLoad
from tests.adapters.teams.quick_way import Quick, ways_to
from tests.adapters.teams.serving import Served
from tests.bench.report import Goal, Measured, tabled

_RATE, _SECONDS = 30, 10  # Teams' own limit for one tenant
_DRAIN = 15.0  # seconds without a further answer, after which none is waited for
_KILLED_AFTER = 4.0
_IN_FLIGHT, _IN_FLIGHT_FAR, _ECHO_SECONDS, _ECHO_ROUNDS = 16, 64, 4.0, 3
_FAR = 0.1  # seconds that the connector takes to answer
_CLIENTS = 100  # people who write; each is looked up at the connector once
_ANSWER = 150.0  # milliseconds


def show(console: Console) -> list[str]:
    """Prints one table. Returns the limits that are broken."""
    return tabled(console, "Teams", asyncio.run(_measured()))


async def _measured() -> list[Measured]:
    questions = [
        ask.text
        for policy in policy_files.load([policy_files.SHIPPED])
        for clause in policy.clauses
        for ask in clause.asks
        if clause.society == "ipem"
    ]
    return [
        *await _at_thirty(questions),
        *await _killed(questions, signal.SIGTERM),
        *await _killed(questions, signal.SIGKILL),
        *await _beside_the_sdk(),
    ]


@asynccontextmanager
async def _bot() -> AsyncIterator[Served]:
    """The whole bot before the stand-in, with an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeConnector() as teams:
            served = Served(Path(folder), teams)
            await served.start()
            try:
                yield served
            finally:
                await served.stop(signal.SIGKILL)


async def _loaded(
    served: Served, questions: Sequence[str], rate: float, seconds: float, trouble: Trouble
) -> tuple[Outcome, list[str]]:
    with ways_to(served.messages, served.teams) as ways:
        load = TeamsLoad(served.teams, ways, questions, trouble)
        await load.run(rate, seconds)
        return await load.answered(_DRAIN), load.same_twice()


async def _at_thirty(questions: Sequence[str]) -> Iterable[Measured]:
    async with _bot() as served:
        await _loaded(served, questions, 10, 2, Trouble(0, 0, 0))  # what is met first is not counted
        served.teams.calls.clear()
        before = served.cpu
        outcome, same_twice = await _loaded(served, questions, _RATE, _SECONDS, Trouble())
        cpu = (served.cpu - before) / len(outcome.sent) * 1000
    how = f"{_RATE} signed turns a second for {_SECONDS} s, in channels and alone; 10 % come twice, 4 % nobody lets in"
    none = Goal(0, "count", at_most=True, limit=True)
    return (
        Measured("acknowledged, p50", share(outcome.acks, 0.5), "ms", how),
        Measured("acknowledged, p99", share(outcome.acks, 0.99), "ms", "the same"),
        Measured("answered, p50", share(outcome.waits, 0.5), "ms", "from when it was due until the connector has it"),
        Measured("answered, p99", share(outcome.waits, 0.99), "ms", "the same", Goal(_ANSWER, "ms", at_most=True)),
        Measured("questions", len(outcome.asked), "count", "that were neither forged nor out of date"),
        Measured("not acknowledged", len(outcome.asked) - len(outcome.acks), "count", "of these", none),
        Measured("unanswered", len(outcome.unanswered), "count", "of these", none),
        Measured("answered twice", len(same_twice), "count", "of these", none),
        Measured("forged or out of date, and let in", len(outcome.let_in), "count", "of what was sent so", none),
        Measured("processor for each request", cpu, "ms", "of the process, whatever was sent among them"),
    )


async def _killed(questions: Sequence[str], number: signal.Signals) -> Iterable[Measured]:
    """The process is ended in the middle of the load and started anew; what was not taken is delivered again."""
    async with _bot() as served:
        with ways_to(served.messages, served.teams) as ways:
            load = TeamsLoad(served.teams, ways, questions, Trouble())
            running = asyncio.create_task(load.run(_RATE, _SECONDS))
            await asyncio.sleep(_KILLED_AFTER)
            await served.stop(number)
            await served.start()
            await running
            await load.deliver_again()
            outcome = await load.answered(90.0)  # the lease of what was claimed has to end first
    how = (
        f"{_RATE} a second for {_SECONDS} s, ended after {_KILLED_AFTER:g} s and started anew;"
        " what was not acknowledged is delivered again once it is back"
    )
    name, none = number.name, Goal(0, "count", at_most=True, limit=True)
    twice = load.same_twice()
    return (
        Measured(f"{name}: unanswered", len(outcome.unanswered), "count", how, none),
        Measured(f"{name}: twice, as if for the first time", len(twice), "count", "of the answers", none),
        Measured(f"{name}: twice, and said so", len(outcome.twice()) - len(twice), "count", "no bot can read back"),
    )


async def _beside_the_sdk() -> Iterable[Measured]:
    """The adapter with an echo and no store, and the SDK's own adapter, in turns."""
    rates: dict[str, list[float]] = {"ours": [], "stock": []}
    costs: dict[str, list[float]] = {"ours": [], "stock": []}
    for _ in range(_ECHO_ROUNDS):
        for which in rates:
            rate, cost = await _echoed(which, _IN_FLIGHT, 0.0)
            rates[which].append(rate)
            costs[which].append(cost)
    far = {which: (await _echoed(which, _IN_FLIGHT_FAR, _FAR))[0] for which in rates}
    how = f"{_IN_FLIGHT} in flight, signed, {_ECHO_SECONDS:g} s, the best of {_ECHO_ROUNDS} in turns"
    how_far = f"{_IN_FLIGHT_FAR} in flight, the connector takes {_FAR * 1000:g} ms"
    ratio, cheaper = max(rates["ours"]) / max(rates["stock"]), min(costs["stock"]) / min(costs["ours"])
    return (
        Measured("adapter alone, a second", max(rates["ours"]), "count", how),
        Measured("the SDK's echo, a second", max(rates["stock"]), "count", "the same, with a token that costs nothing"),
        Measured("adapter alone, of the SDK's echo", ratio, "", "", Goal(5)),
        Measured("adapter alone, processor", min(costs["ours"]), "ms", "for each reply"),
        Measured("the SDK's echo, processor", min(costs["stock"]), "ms", "for each reply"),
        Measured("the SDK's processor, of the adapter's", cheaper, "", "steadier than rates where other work goes on"),
        Measured("adapter alone, far away, a second", far["ours"], "count", how_far, Goal(300, "count")),
        Measured("the SDK's echo, far away, a second", far["stock"], "count", "the same"),
    )


async def _echoed(which: str, in_flight: int, latency: float) -> tuple[float, float]:
    """Answers a second that the connector has had, and milliseconds of processor for each."""
    async with FakeConnector(open_to_all=which == "stock") as teams:
        command = [sys.executable, "-m", "tests.bench.teams_echo", which, teams.keys_url, teams.login_url]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        way = None
        try:
            assert process.stdout is not None
            url = (await asyncio.to_thread(process.stdout.readline)).strip()
            way = Quick(url, teams.channel.token(teams.service_url()))
            clients = _clients(teams)
            await _flat_out(teams, way, clients, in_flight, 1.0)
            teams.latency = latency
            before, began, answered = cpu_of(process.pid), time.perf_counter(), _said(teams)
            await _flat_out(teams, way, clients, in_flight, _ECHO_SECONDS)
            many = _said(teams) - answered
            return many / (time.perf_counter() - began), (cpu_of(process.pid) - before) / many * 1000
        finally:
            if way is not None:
                way.close()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _clients(teams: FakeConnector) -> list[tuple[str, Client]]:
    names = [f"echo{number}" for number in range(_CLIENTS)]
    return [(name, Client(teams, teams.tenant.person(name))) for name in names]


def _said(teams: FakeConnector) -> int:
    return teams.counts["send"]


async def _flat_out(
    teams: FakeConnector, way: Quick, clients: Sequence[tuple[str, Client]], in_flight: int, seconds: float
) -> None:
    """Sends as fast as it is acknowledged, and waits until all is answered."""
    until, numbers, sent = time.perf_counter() + seconds, iter(range(10**9)), 0

    async def one_after_another() -> None:
        nonlocal sent
        while time.perf_counter() < until:
            name, client = clients[next(numbers) % len(clients)]
            chat = teams.tenant.personal(name)
            status = await way.event(client.message(chat, teams.tenant.typed(chat, name, "Hello?")))
            sent += 200 <= status < 300

    before = _said(teams)
    await asyncio.gather(*(one_after_another() for _ in range(in_flight)))
    assert sent, "nothing was taken"
    async with asyncio.timeout(30):
        while _said(teams) < before + sent:
            await asyncio.sleep(0.01)
