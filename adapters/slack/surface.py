"""Slack as one process serves it: from the first request, which comes before anything is ready, to the last."""

import time
from collections.abc import Callable

from aiohttp import web
from pydantic import SecretStr

from adapters.chat.people import MOMENT
from adapters.chat.serving import accepting, said_once, staff_known
from adapters.settings import Settings
from adapters.slack.app import AGAIN, SlackApp
from adapters.slack.checking_tokens import Installed, SlackAway, TokenRefused
from adapters.slack.manifest import INTAKE, scopes
from adapters.slack.opening_views import UNTIL_SHOWN
from adapters.slack.places import PLATFORM
from adapters.slack.platform import SlackPlatform
from adapters.slack.wording_of_tokens import CHECKING, NOT_REACHED, lacks, not_taken
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.threads import Threads
from adapters.tokens import NOT_CHECKED
from adapters.workspace import Workspace
from bot.messages import Message

_SOON = {"Retry-After": "5"}  # seconds


class SlackSurface:
    """Slack, where it is switched on. Its place on the site is there from the beginning, and asks Slack to come again
    until messages can be kept.

    `came` is told what became of each request, `wake` that something was kept; both on the loop. `until_shown`,
    `again` and `moment` are in seconds, as of `SlackApp`.
    """

    name = PLATFORM

    def __init__(
        self,
        settings: Settings,
        token: SecretStr,
        came: Callable[[str], None],
        wake: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        until_shown: float = UNTIL_SHOWN,
        again: float = AGAIN,
        moment: float = MOMENT,
    ) -> None:
        self._settings, self._token, self._came, self._wake, self._clock = settings, token, came, wake, clock
        self._until_shown, self._again, self._moment = until_shown, again, moment
        self._app: SlackApp | None = None

    @property
    def token(self) -> str:
        """How the bot token stands, in the words of `adapters.tokens`."""
        return self._app.token if self._app else NOT_CHECKED

    @property
    def path(self) -> str | None:
        """Where on the site Slack sends what comes in; None in Socket Mode."""
        return INTAKE if self._settings.slack_app_token is None else None

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What Slack is told that sent something."""
        if self._app is None:
            self._came("away")
            return web.Response(status=503, headers=_SOON)
        return await self._app.answer(request)

    async def open(self, workspace: Workspace, database: Database, say: Callable[[str], None], site: str) -> None:
        """Takes in what comes from now on, as soon as Slack has taken the token. The tables must be there.

        `say` is told how it is on, each time that this has become another; `site` is the address of ours, as seen from
        this machine.
        """
        settings, tell = self._settings, said_once(say)

        def checked(found: Installed | TokenRefused | SlackAway) -> None:
            tell(self._how(found, site, workspace.desks))

        tell(CHECKING)
        self._app = SlackApp(
            bot_token=self._token,
            signing_secret=settings.slack_signing_secret,
            app_token=settings.slack_app_token,
            api_url=settings.slack_api_url,
            workspace=workspace,
            accept=accepting(database, self._wake),
            threads=Threads(database),
            subject_of=Outbox(database).subject_of,
            is_handled=Inbox(database).is_handled,
            is_staff=staff_known(database, workspace.society),
            came=self._came,
            checked=checked,
            clock=self._clock,
            until_shown=self._until_shown,
            again=self._again,
            moment=self._moment,
        )
        await self._app.start()

    def introduced(self, message: Message) -> Message:
        """A message with what Slack knows of whoever wrote it; for worker threads.

        Raises:
            Later: Slack cannot be asked now.
        """
        ours = message.conversation.partition(":")[0] == PLATFORM
        return self._app.people.introduced(message) if self._app and ours else message

    def platform(self, clock: Callable[[], float] = time.monotonic) -> SlackPlatform:
        """Where what is said goes out; once it was opened. `clock` is in seconds."""
        if self._app is None:
            raise RuntimeError("Slack was not opened")
        return SlackPlatform(self._app.client, self._app.views, self._app, clock=clock)

    def _how(self, found: Installed | TokenRefused | SlackAway, site: str, desks: frozenset[str]) -> str:
        """How it is on, after a look at the tokens."""
        if isinstance(found, TokenRefused):
            return f"refused: {not_taken(found)}"
        if isinstance(found, SlackAway):
            return NOT_REACHED
        how = f"at {site}{self.path}" if self.path else "over Socket Mode"
        desk = f"desk {' and '.join(sorted(desks))}" if desks else "no desk there; office.toml can set one"
        missing = frozenset(scopes()) - found.scopes if found.scopes else frozenset()
        return f"on, {how}; {desk}; but {lacks(missing)}" if missing else f"on, {how}; {desk}"

    async def stop_intake(self) -> None:
        """Takes nothing in from now on; what is to be said still goes out."""
        if self._app is not None:
            await self._app.stop_intake()

    async def close(self) -> None:
        """Ends it, when nothing is to be said any more."""
        if self._app is not None:
            await self._app.close()
