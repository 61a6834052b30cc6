"""The app in Slack: takes requests and envelopes in, and holds what everything that speaks to Slack shares."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.bodies import Body
from adapters.chat.door import Door
from adapters.chat.guard import Stopped
from adapters.chat.people import MOMENT, People
from adapters.delivery.accepting import Accept
from adapters.slack.asides import Asides
from adapters.slack.calling import Calling
from adapters.slack.checking_tokens import (
    BOT_TOKEN,
    Installed,
    SlackAway,
    TokenRefused,
    installed,
    see_that_a_socket_opens,
)
from adapters.slack.guard import body_of
from adapters.slack.intake import Intake, Threads
from adapters.slack.manifest import scopes
from adapters.slack.opening_views import UNTIL_SHOWN, OpeningViews
from adapters.slack.people import looking_up
from adapters.slack.places import PLATFORM, account_of
from adapters.slack.sockets import LOOK_EVERY, Sockets
from adapters.slack.working_status import status_shown
from adapters.tokens import GOOD, NOT_CHECKED, NOT_CONNECTED, lacking, refused
from adapters.workspace import Workspace

_OF_SCOPES = "missing_scope"  # Slack's word for that
_TIMEOUT = 10.0  # seconds that a call of one of Slack's methods may take
AGAIN, _LONGEST_AGAIN = 1.0, 60.0  # seconds after which a token is looked at again that could not be checked
_NOWHERE = Installed("", "", "", frozenset())

_log = structlog.get_logger()


class SlackApp:
    """One app in one workspace, whose society is that of the bot. To be made on the loop that serves it.

    `workspace` is what the office has decided for it. `came` is told what became of each thing that came in, `checked`
    what came of each look at the tokens. `token` says how they stand. In seconds are `until_shown`, which Slack takes
    to show what a form was answered with; `again`, which is doubled for each look at a token while Slack is away; and
    `look_every`, for the connections of Socket Mode; `moment` is as of `People`.
    """

    def __init__(
        self,
        *,
        bot_token: SecretStr,
        signing_secret: SecretStr | None,
        app_token: SecretStr | None,
        api_url: str,
        workspace: Workspace,
        accept: Accept,
        threads: Threads,
        subject_of: Callable[[str, str], str],
        is_handled: Callable[[str], bool],
        is_staff: Callable[[str], bool],
        came: Callable[[str], None] = lambda _what: None,
        checked: Callable[[Installed | TokenRefused | SlackAway], None] = lambda _found: None,
        clock: Callable[[], float] = time.monotonic,
        until_shown: float = UNTIL_SHOWN,
        again: float = AGAIN,
        look_every: float = LOOK_EVERY,
        moment: float = MOMENT,
    ) -> None:
        secret = signing_secret.get_secret_value() if signing_secret else ""
        if not secret and app_token is None:
            raise ValueError("without a signing secret anybody could send anything")
        self._stands, self._told, self._again = NOT_CHECKED, checked, again
        self.installed: Installed | None = None
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT))
        self.client = self._client(api_url, bot_token.get_secret_value())
        self.views = OpeningViews(self.client, until_shown)
        look_up = looking_up(self.client, lambda: self.installed, self.token_refused)
        self.people = People(PLATFORM, look_up, clock, moment)
        self.status, self._asides = status_shown(self.client, is_handled), Asides(Calling(self.client, self))
        self._intake = Intake(
            accept=accept,
            workspace=workspace,
            threads=threads,
            subject_of=subject_of,
            people=self.people,
            door=Door(workspace, self.people, lambda user: is_staff(account_of(user))),
            views=self.views,
            status=self.status,
            asides=self._asides,
            came=came,
            tokens_gone=self._check,
        )
        self._came, self._verifier = came, SignatureVerifier(secret) if secret else None
        self.bolt = self._made(secret, api_url)
        self._app_token = app_token.get_secret_value() if app_token else ""
        self._sockets = Sockets(self.bolt, self._app_token, self._check, look_every) if app_token else None
        self._checking: asyncio.Task[None] | None = None
        self._stopped = False

    async def start(self) -> None:
        """Has the token checked until it is good, and takes in what comes from then on. Returns at once."""
        self._check()

    async def answer(self, request: web.Request) -> web.Response:
        """Answers a request that may come from Slack. Where something breaks here, it is asked to come again."""
        try:
            return await self._answered(request)
        except Stopped as stopped:
            self._came(stopped.what)
            response = web.Response(status=stopped.status)
            response.force_close()  # nothing more is read of it
            return response
        except Exception as error:
            return self._away(error)

    async def stop_intake(self) -> None:
        """Takes nothing in any more; Slack sends it again later."""
        self._stopped = True
        if self._checking is not None:
            self._checking.cancel()
            await asyncio.gather(self._checking, return_exceptions=True)
        if self._sockets is not None:
            await self._sockets.close()

    async def close(self) -> None:
        """Stops, and ends all that is still on its way to Slack."""
        await self.stop_intake()
        for part in (self.views, self.people, self.status, self._asides):
            await part.close()
        await self.session.close()

    @property
    def token(self) -> str:
        """How the tokens stand, in the words of `adapters.tokens`. In Socket Mode nothing comes in without a
        connection."""
        away = self._sockets is not None and not self._sockets.connected
        return NOT_CONNECTED if away and self._stands == GOOD else self._stands

    def token_refused(self, code: str) -> None:
        """Says that Slack has refused the bot token, with its own word for why."""
        self._stands = lacking(self._missing) if code == _OF_SCOPES and self._missing else refused(BOT_TOKEN, code)
        self._check()

    def token_good(self) -> None:
        """Says that Slack takes the bot token again."""
        self._stands = lacking(self._missing) if self._missing else GOOD

    @property
    def _missing(self) -> frozenset[str]:
        """The scopes of the manifest without which the app was installed. Slack names those that it has with what it
        answers; where it does not, nobody knows."""
        has = self.installed.scopes if self.installed else frozenset()
        return frozenset(scopes()) - has if has else frozenset()

    def _client(self, api_url: str, token: str | None = None) -> AsyncWebClient:
        # Faults are seen by whoever calls: the library's own second attempts post twice what arrived the first time.
        return AsyncWebClient(token=token, base_url=api_url, session=self.session, retry_handlers=[])

    def _made(self, secret: str, api_url: str) -> AsyncApp:
        """Bolt's app. It verifies and reads; what is taken in is decided in one middleware."""
        logger = logging.getLogger("slack_bolt")
        logger.setLevel(logging.ERROR)  # below that it logs the bodies and the signatures of what it refuses

        async def authorized() -> AuthorizeResult:  # Bolt's own asks Slack first, and loses what comes when that fails
            ours = self.installed or _NOWHERE
            return AuthorizeResult(enterprise_id=None, team_id=ours.team, bot_user_id=ours.user, bot_id=ours.bot)

        app = AsyncApp(
            logger=logger,
            name="chapter-and-verse",
            client=self._client(api_url),
            signing_secret=secret,
            before_authorize=_Readable(),
            authorize=authorized,
            ignoring_self_events_enabled=False,  # that is read from the event
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.use(_TakingIn(self._take))
        return app

    async def _answered(self, request: web.Request) -> web.Response:
        if request.method == "GET" and request.query.get("ssl_check") == "1":
            return web.Response()
        if self._verifier is None:
            raise Stopped(404, "ignored")
        if self._stopped or self.installed is None:
            return self._away()
        body = await body_of(request)
        try:
            read = AsyncBoltRequest(body=body, query=request.query_string, headers=dict(request.headers))
        except Exception:  # no JSON, or of no shape that Slack's have
            headers = {name: value for name, value in request.headers.items() if name.startswith("X-Slack")}
            signed = self._verifier.is_valid_request(body, headers)
            raise Stopped(400, "unreadable") if signed else Stopped(401, "forged") from None
        told = await self.bolt.async_dispatch(read)
        if told.status in (400, 401):
            raise Stopped(told.status, "unreadable" if told.status == 400 else "forged")
        if told.status == 500:  # what broke in Bolt; its own log tells of it
            return self._away()
        kind = "application/json" if told.body.startswith("{") else "text/plain"
        return web.Response(status=told.status, text=told.body, content_type=kind)

    async def _take(self, body: Body) -> BoltResponse:
        """Takes in what has been verified, over HTTP or Socket Mode."""
        ours = self.installed
        if ours is None or self._stopped:
            self._came("away")
            return BoltResponse(status=503)
        try:
            ack = await self._intake.take(body, ours)
        except Exception as error:
            self._away(error)
            return BoltResponse(status=503)
        return BoltResponse(status=ack.status, body=ack.body or "")

    def _away(self, error: Exception | None = None) -> web.Response:
        if error is not None:
            _log.error("request broken", platform="slack", fault=type(error).__name__)
        self._came("away")
        return web.Response(status=503)

    def _check(self) -> None:
        if not self._stopped and (self._checking is None or self._checking.done()):
            self._checking = asyncio.create_task(self._checked())

    async def _checked(self) -> None:
        """Asks Slack what the tokens are good for, until they are."""
        rest = self._again
        while True:
            try:
                self.installed = await installed(self.client)
                if self._sockets is not None:
                    await see_that_a_socket_opens(self.client, self._app_token)
            except TokenRefused as error:
                self._stands, rest = refused(error.setting, error.code), _LONGEST_AGAIN
                _log.error("token refused", platform="slack", fault=error.code)
                self._told(error)
            except SlackAway as error:
                rest = max(error.after or 0.0, min(2 * rest, _LONGEST_AGAIN))
                _log.warning("token not checked", platform="slack", fault=error.why, seconds=rest)
                self._told(error)
            else:
                self.token_good()
                self._told(self.installed)
                if self._sockets is not None:
                    self._sockets.open()
                if not self._missing:
                    return
                rest = _LONGEST_AGAIN
                _log.error("scopes missing", platform="slack", fault=_OF_SCOPES)
            await asyncio.sleep(rest)


class _Readable(AsyncMiddleware):
    """Turns away what breaks Bolt's own reading of an event."""

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        return await next() if isinstance(req.body.get("event", {}), dict) else BoltResponse(status=400)


class _TakingIn(AsyncMiddleware):
    """Answers every request itself, and lets none get to a listener: those run after Slack was told that all is well,
    and what they were to do is lost when the process ends."""

    def __init__(self, take: Callable[[Body], Awaitable[BoltResponse]]) -> None:
        self._take = take

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        return await self._take(req.body)
