"""Teams as one process serves it: from the first request, which comes before anything is ready, to the last."""

import time
from collections.abc import Callable

from aiohttp import web

from adapters.chat.people import MOMENT
from adapters.chat.serving import accepting, said_once, staff_known
from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from adapters.teams.access_tokens import Away, TokenRefused
from adapters.teams.app import ANSWERED_WITHIN, TeamsApp
from adapters.teams.doctor import no_channel
from adapters.teams.identity import Identity
from adapters.teams.manifest import INTAKE
from adapters.teams.places import PLATFORM
from adapters.teams.platform import TeamsPlatform
from adapters.teams.services import Services
from adapters.teams.stored_references import SqlReferences
from adapters.teams.wording_of_teams import CHECKING, DEVELOPMENT, NO_CHANNEL, NOT_REACHED
from adapters.teams.wording_of_tokens import not_taken
from adapters.tokens import NOT_CHECKED
from adapters.workspace import Workspace
from bot.messages import Message

_SOON = {"Retry-After": "5"}  # seconds


class TeamsSurface:
    """Teams, where it is switched on. Its place on the site is there from the beginning, and asks Teams to come again
    until messages can be kept.

    `came` is told what became of each request, `wake` that something was kept; both on the loop. Whoever waits for an
    answer is told after `answered_within` seconds that it comes later; `moment` is as of `TeamsApp`.
    """

    name = PLATFORM
    path = INTAKE

    def __init__(
        self,
        settings: Settings,
        came: Callable[[str], None],
        wake: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        answered_within: float = ANSWERED_WITHIN,
        moment: float = MOMENT,
    ) -> None:
        self._settings, self._came, self._wake, self._clock = settings, came, wake, clock
        self._answered_within, self._moment = answered_within, moment
        self._app: TeamsApp | None = None
        self._references: SqlReferences | None = None
        self._staff: Callable[[], list[str]] = list
        self._was_said: Callable[[str, str], bool] = lambda _conversation, _receipt: False

    @property
    def token(self) -> str:
        """How the app's tokens stand, in the words of `adapters.tokens`."""
        return self._app.token if self._app else NOT_CHECKED

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What Teams is told that sent something."""
        if self._app is None:
            self._came("away")
            return web.Response(status=503, headers=_SOON)
        return await self._app.answer(request)

    async def open(self, workspace: Workspace, database: Database, say: Callable[[str], None], site: str) -> None:
        """Takes in what comes from now on. The tables must be there.

        `say` is told how it is on, each time that this has become another; `site` is the address of ours, as seen from
        this machine.
        """
        settings, outbox, store, tell = self._settings, Outbox(database), SqlStore(database), said_once(say)
        self._references = SqlReferences(database)

        def staff() -> list[str]:
            with store.reading() as work:
                return [member.person.account for member in work.staff.of(workspace.society)]

        def checked(found: TokenRefused | Away | None) -> None:
            tell(self._how(found, site, workspace.desks))

        self._staff, self._was_said = staff, outbox.was_said
        if not settings.microsoft_development:
            tell(CHECKING)
        self._app = TeamsApp(
            identity=Identity.of(settings),
            services=Services.of(settings),
            keys_url=settings.microsoft_keys_url,
            login_url=settings.microsoft_login_url,
            workspace=workspace,
            accept=accepting(database, self._wake),
            references=self._references,
            subject_of=outbox.subject_of,
            posted_under=outbox.posted_under,
            is_handled=Inbox(database).is_handled,
            is_staff=staff_known(database, workspace.society),
            came=self._came,
            checked=checked,
            clock=self._clock,
            answered_within=self._answered_within,
            moment=self._moment,
        )
        self._app.start()

    def introduced(self, message: Message) -> Message:
        """A message with what Teams knows of whoever wrote it; for worker threads.

        Raises:
            Later: Teams cannot be asked now.
        """
        ours = message.conversation.partition(":")[0] == PLATFORM
        return self._app.people.introduced(message) if self._app and ours else message

    def platform(self, clock: Callable[[], float] = time.monotonic) -> TeamsPlatform:
        """Where what is said goes out; once it was opened. `clock` is in seconds."""
        app, references = self._app, self._references
        if app is None or references is None:
            raise RuntimeError("Teams was not opened")
        return TeamsPlatform(
            app.connector,
            references,
            app.waiting,
            app.status,
            tenant=app.tenant,
            staff=self._staff,
            was_said=self._was_said,
            clock=clock,
        )

    async def stop_intake(self) -> None:
        """Takes nothing in from now on; what is to be said still goes out."""
        if self._app is not None:
            await self._app.stop_intake()

    async def close(self) -> None:
        """Ends it, when nothing is to be said any more."""
        if self._app is not None:
            await self._app.close()

    def _how(self, found: TokenRefused | Away | None, site: str, desks: frozenset[str]) -> str:
        """How it is on, after a look at the tokens."""
        if isinstance(found, TokenRefused):
            return f"refused: {not_taken(found)}"
        if isinstance(found, Away):
            return NOT_REACHED
        desk = f"desk {' and '.join(map(_desk, sorted(desks)))}" if desks else "no desk there; office.toml can set one"
        trial = f"; {DEVELOPMENT}" if self._settings.microsoft_development else ""
        return f"on, at {site}{INTAKE}; {desk}{trial}"


def _desk(conversation: str) -> str:
    return f"{conversation} (`verse doctor`: {NO_CHANNEL})" if no_channel(conversation) else conversation
