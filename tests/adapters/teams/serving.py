"""`verse serve` as a process of its own before the stand-in for Teams: started, watched, killed and started again."""

from collections.abc import Mapping
from pathlib import Path

from tests.adapters.chat.serving import Process
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, SECRET, TENANT
from tests.adapters.teams.from_teams import INTAKE


class Served(Process):
    """A process in one tenant."""

    def __init__(self, folder: Path, teams: FakeConnector, by_words: bool = False) -> None:
        super().__init__(folder, _settings(teams), by_words)
        self.teams = teams

    @property
    def messages(self) -> str:
        """Where it takes in what Teams sends."""
        return self.url(INTAKE)


def _settings(teams: FakeConnector) -> Mapping[str, str]:
    return {
        "MICROSOFT_APP_ID": APP_ID,
        "MICROSOFT_APP_PASSWORD": SECRET,
        "MICROSOFT_APP_TENANT_ID": TENANT,
        "MICROSOFT_KEYS_URL": teams.keys_url,
        "MICROSOFT_LOGIN_URL": teams.login_url,
    }
