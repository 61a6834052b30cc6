"""An asker whose account is closed when the answer comes: the desk in Slack hears of it, beside the card."""

import asyncio
from pathlib import Path

import pytest

from adapters.duties import duties_of
from tests.adapters.slack.room import DESK, Setting, on_a_loop, opened
from tests.scenarios.test_slack import sent_by


@on_a_loop
async def test_an_answer_that_reaches_nobody_is_told_beside_its_card(
    larks: Setting, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    async with opened(larks, sqlite_url) as room:
        ann, alex = room.person("UANN"), room.person("UALEX")
        tell = next(duty.do for duty in duties_of(room.bot) if duty.name == "undelivered")
        await sent_by(ann)
        room.slack.workspace.users["UANN"].gone = True
        await alex.press("Answer")
        await alex.submit(Your_answer="One, if it is small.", Whom_is_it_for="This case only")
        await alex.close()
        assert "One, if it is small." not in ann.sees()

        await asyncio.to_thread(tell)
        await room.settled()

        assert "The answer to Q1 could not be brought to its asker: Slack says that this person" in alex.sees()
        desk = room.slack.workspace.messages[DESK].values()
        (card,) = [one for one in desk if "thread_ts" not in one]  # edited, not repeated
        assert "The answer, to the asker: failed" in str(card)
        (told,) = [one for one in desk if "could not be brought" in str(one.get("text"))]
        assert told["thread_ts"] == card["ts"]
        assert await asyncio.to_thread(tell) == 0
