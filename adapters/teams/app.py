"""The app in Teams: takes requests in, and holds what everything that speaks to Teams shares."""

import time
from collections.abc import Callable

import structlog
from aiohttp import web

from adapters.chat.door import Door
from adapters.chat.guard import Stopped
from adapters.chat.people import MOMENT, People
from adapters.delivery.accepting import Accept
from adapters.teams.access_tokens import AccessTokens, Away, TokenRefused
from adapters.teams.asides import Asides
from adapters.teams.bot_framework import BotFramework, Malformed, Unauthorised
from adapters.teams.checking_tokens import CheckingTokens
from adapters.teams.connector import Connector
from adapters.teams.guard import activity_of, see_that_it_is_from_here
from adapters.teams.identity import Identity
from adapters.teams.intake import Intake
from adapters.teams.keeping import Ack, Keeping
from adapters.teams.places import PLATFORM
from adapters.teams.presses import Presses
from adapters.teams.references import References
from adapters.teams.roster import Roster
from adapters.teams.services import Services
from adapters.teams.signing_keys import KeysAway
from adapters.teams.waiting import Waiting
from adapters.teams.whereabouts import Ours
from adapters.teams.working_status import typing_shown
from adapters.workspace import Workspace

ANSWERED_WITHIN = 4.0  # seconds; a client waits five

_log = structlog.get_logger()


class TeamsApp:
    """One app in one tenant, whose society is that of the bot. To be made on the loop that serves it.

    Without an `identity` it is only tried, on this machine, and nobody is asked who they are. `workspace` is what the
    office has decided for it. `came` is told what became of each thing that came in, `checked` what came of each look
    at the tokens (None: they are good). `token` says how they stand. Whoever waits is told something within
    `answered_within` seconds. `moment` is as of `People`.
    """

    def __init__(
        self,
        *,
        identity: Identity | None,
        services: Services,
        keys_url: str,
        login_url: str,
        workspace: Workspace,
        accept: Accept,
        references: References,
        subject_of: Callable[[str, str], str],
        posted_under: Callable[[str], tuple[str, str] | None],
        is_handled: Callable[[str], bool],
        is_staff: Callable[[str], bool],
        came: Callable[[str], None] = lambda _what: None,
        checked: Callable[[TokenRefused | Away | None], None] = lambda _found: None,
        clock: Callable[[], float] = time.monotonic,
        answered_within: float = ANSWERED_WITHIN,
        moment: float = MOMENT,
    ) -> None:
        self.tenant, self._is_tried = identity.tenant if identity else "", identity is None
        self._framework = BotFramework(identity, keys_url, services)
        tokens = AccessTokens(identity, login_url, clock) if identity else None
        self._checking = CheckingTokens(tokens, checked)
        self.connector = Connector(tokens, services, self._checking)
        self.waiting, self._asides = Waiting(), Asides(self.connector)
        self.status = typing_shown(self.connector, references, is_handled)
        roster = Roster(self.connector, references, self.tenant)
        self.people = People(PLATFORM, roster.look_up, clock, moment)
        door = Door(workspace, self.people, lambda user: is_staff(f"{PLATFORM}:{user}"))
        keeping = Keeping(workspace.society, accept, self.people, self.waiting, came)
        self._intake = Intake(
            ours=Ours(self.tenant),
            references=references,
            posted_under=posted_under,
            accounts=roster,
            keeping=keeping,
            presses=Presses(keeping, door, self.people, workspace.is_desk, subject_of),
            door=door,
            waiting=self.waiting,
            status=self.status,
            asides=self._asides,
            came=came,
            answered_within=answered_within,
        )
        self._came, self._stopped = came, False

    def start(self) -> None:
        """Has it looked whether Microsoft gives tokens. Returns at once."""
        self._checking.start()

    async def answer(self, request: web.Request) -> web.Response:
        """Answers a request that may come from Teams."""
        try:
            ack = await self._answered(request)
        except Stopped as stopped:
            self._came(stopped.what)
            response = web.Response(status=stopped.status)
            response.force_close()  # nothing more is read of it
            return response
        except Exception as error:  # a bug, whose words may quote somebody
            _log.error("request broken", platform=PLATFORM, fault=type(error).__name__)
            self._came("away")
            return web.Response(status=503)
        return web.Response(status=ack.status) if ack.body is None else web.json_response(ack.body, status=ack.status)

    async def stop_intake(self) -> None:
        """Takes nothing in any more."""
        self._stopped = True

    async def close(self) -> None:
        """Stops, and ends all that is still on its way to Teams."""
        await self.stop_intake()
        for part in (self._checking, self._framework, self.people, self.status, self._asides):
            await part.close()
        await self.connector.close()

    @property
    def token(self) -> str:
        """How the app's tokens stand, in the words of `adapters.tokens`."""
        return self._checking.stands

    async def _answered(self, request: web.Request) -> Ack:
        if self._is_tried:
            see_that_it_is_from_here(request)
        activity = await activity_of(request)
        if self._stopped:
            raise Stopped(503, "away")
        try:
            return await self._framework.turn(activity, request.headers.get("Authorization", ""), self._intake.take)
        except Unauthorised:
            raise Stopped(401, "forged") from None
        except KeysAway:
            raise Stopped(503, "away") from None
        except Malformed:
            raise Stopped(400, "unreadable") from None
