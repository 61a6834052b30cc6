"""`verse serve` as a process of its own before the stand-in for Slack: started, watched, killed and started again."""

from collections.abc import Mapping
from pathlib import Path

from tests.adapters.chat.serving import Process
from tests.adapters.slack.fake_slack import BOT_TOKEN, SECRET, FakeSlack


class Served(Process):
    """A process in one workspace."""

    def __init__(self, folder: Path, slack: FakeSlack, by_words: bool = False) -> None:
        super().__init__(folder, _settings(slack), by_words)
        self.slack = slack

    @property
    def events(self) -> str:
        """Where it takes in what Slack sends."""
        return self.url("/slack/events")


def _settings(slack: FakeSlack) -> Mapping[str, str]:
    return {"SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET}
