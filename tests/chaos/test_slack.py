"""The whole bot as a process before Slack's stand-in, ended in the middle of questions and started anew.

With CHAOS_SECONDS it is also killed outright; what it held is then taken up when its lease ends.
"""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.posts.reading import PostReader
from tests.adapters.chat.load import DIRECT, Outcome, Trouble
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.load import SlackLoad
from tests.adapters.slack.quick_way import ways_to
from tests.adapters.slack.serving import Served

SIGNALS = [signal.SIGTERM, *([signal.SIGKILL] if "CHAOS_SECONDS" in os.environ else [])]
QUESTIONS = ("Can I use the logo on my own profile?", "Can I retweet this?", "Who answers for our account?")
RATE, SECONDS, ENDED_AFTER = 10, 3, 1.0
STILL = 60.0  # seconds without a further answer, after which none is waited for: longer than a lease


async def ended_meanwhile(folder: Path, number: signal.Signals) -> Outcome:
    async with FakeSlack(strict_triggers=False) as slack:
        slack.faults = [Fault("chat.postMessage", times=2, drop=True, applied=True)]
        served = Served(folder, slack, by_words=True)
        await served.start()
        try:
            with ways_to(served.events) as ways:
                load = SlackLoad(slack, ways, QUESTIONS, Trouble())
                running = asyncio.create_task(load.run(RATE, SECONDS))
                await asyncio.sleep(ENDED_AFTER)
                await served.stop(number)
                await served.start()
                await running
                await load.deliver_again()
                return await load.answered(STILL)
        finally:
            await served.stop(signal.SIGKILL)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: str(number.name))
def test_every_question_is_answered_and_no_message_is_there_twice(
    tmp_path: Path, lexical_library: Library, lexical_reader: PostReader, number: signal.Signals
) -> None:
    assert lexical_library.societies  # its index is kept where the process finds it
    assert lexical_reader.signals  # and what it has learnt too
    outcome = asyncio.run(ended_meanwhile(tmp_path, number))

    assert outcome.unanswered == []
    assert outcome.twice([DIRECT]) == []
    assert outcome.let_in == []
