"""The chat platforms as one process serves them: which are switched on, and what each of them can do."""

from collections.abc import Callable
from typing import Protocol

from aiohttp import web

from adapters.delivery.platforms import Platform
from adapters.settings import Settings
from adapters.slack.surface import SlackSurface
from adapters.storage.database import Database
from adapters.workspace import Workspace
from bot.messages import Message

# What switches each of them on.
SWITCHES = {"slack": "SLACK_BOT_TOKEN", "teams": "MICROSOFT_APP_ID"}


class Surface(Protocol):
    """One of them, from the first request, which comes before anything is ready, to the last."""

    @property
    def name(self) -> str:
        """What its conversations begin with."""
        ...

    @property
    def path(self) -> str | None:
        """Where on the site it sends what comes in; None where it is asked for that instead."""
        ...

    @property
    def token(self) -> str:
        """How its tokens stand, in the words of `adapters.tokens`."""
        ...

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What the platform is told that sent something. It is asked to come again until messages can be kept."""
        ...

    async def open(self, workspace: Workspace, database: Database, say: Callable[[str], None], site: str) -> None:
        """Takes in what comes from now on. The tables must be there. `say` is told how it is on, each time that this
        has become another; `site` is the address of ours, as seen from this machine."""
        ...

    def introduced(self, message: Message) -> Message:
        """A message with what the platform knows of whoever wrote it, if it is one of its own; for worker threads.

        Raises:
            Later: the platform cannot be asked now.
        """
        ...

    def platform(self) -> Platform:
        """Where what is said goes out; once it was opened."""
        ...

    async def stop_intake(self) -> None:
        """Takes nothing in from now on; what is to be said still goes out."""
        ...

    async def close(self) -> None:
        """Ends it, when nothing is to be said any more."""
        ...


def surfaces_of(settings: Settings, came: Callable[[str, str], None], wake: Callable[[], None]) -> tuple[Surface, ...]:
    """Those that are switched on. `came` is told of each request which platform it was of and what became of it, `wake`
    that something was kept; both on the loop."""
    found: list[Surface] = []
    if settings.slack_bot_token is not None:
        found.append(SlackSurface(settings, settings.slack_bot_token, lambda what: came("slack", what), wake))
    if settings.teams_is_on:
        from adapters.teams.surface import TeamsSurface  # its SDK takes long to import

        found.append(TeamsSurface(settings, lambda what: came("teams", what), wake))
    return tuple(found)
