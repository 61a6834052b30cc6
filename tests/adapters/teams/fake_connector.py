"""A stand-in for Teams on loopback: the connector that a bot talks to, the keys that Teams signs with, and the login
that gives the bot its tokens; with a state that tests can look at.

It refuses what Teams refuses: unknown tokens, malformed or too long messages, chats in which the app is not. It can
limit rates, fail in every way, and be away altogether.
"""

import asyncio
import contextlib
import time
from collections import Counter, deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_calls import OPEN
from tests.adapters.teams.fake_calls import Call as Call
from tests.adapters.teams.fake_calls import Limits as Limits
from tests.adapters.teams.fake_calls import Method as Method
from tests.adapters.teams.fake_login import ISSUER, Channel, Login
from tests.adapters.teams.fake_tenant import EMEA, TeamsError, Tenant

Node = dict[str, Any]

_KEPT = 100_000  # calls


class FakeConnector:
    """Serves while it is entered. Where `open_to_all`, no token is asked for, as of a bot that has no app id. While
    `down`, it drops every line; with `latency` (seconds) it is slow."""

    def __init__(
        self,
        tenant: Tenant | None = None,
        port: int = 0,
        rate_limits: bool = False,
        open_to_all: bool = False,
        latency: float = 0.0,
    ) -> None:
        self.tenant = tenant or Tenant()
        self.channel, self.login = Channel(self.tenant.clock), Login(self.tenant.clock)
        self.port, self.open_to_all, self.latency, self.down = port, open_to_all, latency, False
        self.calls: deque[Call] = deque(maxlen=_KEPT)
        self.faults: list[Fault] = []
        self.limits = Limits() if rate_limits else None
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 * 2**20)
        chats = "/{region}/v3/conversations"
        one = f"{chats}/{{conversation}}"
        for verb, path, method in (
            ("POST", chats, Method.CREATE),
            ("POST", f"{one}/activities", Method.SEND),
            ("POST", f"{one}/activities/{{about}}", Method.SEND),
            ("PUT", f"{one}/activities/{{about}}", Method.UPDATE),
            ("DELETE", f"{one}/activities/{{about}}", Method.DELETE),
            ("GET", f"{one}/members", Method.MEMBERS),
            ("GET", f"{one}/pagedmembers", Method.MEMBERS),
            ("GET", f"{one}/members/{{about}}", Method.MEMBER),
            ("GET", "/v1/.well-known/openidconfiguration", Method.OPENID),
            ("GET", "/v1/.well-known/keys", Method.KEYS),
            ("GET", "/common/discovery/instance", Method.DISCOVERY),
            ("GET", "/{about}/v2.0/.well-known/openid-configuration", Method.DISCOVERY),
            ("POST", "/{about}/oauth2/v2.0/token", Method.TOKEN),
        ):
            app.router.add_route(verb, path, self._serving(method))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def keys_url(self) -> str:
        """Where it is told with which keys Teams signs."""
        return f"{self.address}/v1/.well-known/openidconfiguration"

    @property
    def login_url(self) -> str:
        """What stands for login.microsoftonline.com."""
        return f"{self.address}/"

    def service_url(self, region: str = EMEA) -> str:
        """Where what is said to a chat of a region goes."""
        return f"{self.address}/{region}/"

    def bearer(self, region: str = EMEA, **claims: Any) -> str:
        """The Authorization of what Teams sends to the bot."""
        return f"Bearer {self.channel.token(self.service_url(region), **claims)}"

    @property
    def counts(self) -> Counter[str]:
        """How often each method was called and did what it does."""
        return Counter(call.method for call in self.calls if call.done)

    def calls_to(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def wait_for(self, method: str, count: int = 1, within: float = 5.0) -> None:
        """Waits until a method has been carried out so often.

        Raises:
            TimeoutError: it was not.
        """
        async with asyncio.timeout(within):
            while self.counts[method] < count:
                self._changed.clear()
                await self._changed.wait()

    def _serving(self, method: Method) -> Callable[[web.Request], Any]:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._answered(request, await _call_of(request, method))

        return serve

    async def _answered(self, request: web.Request, call: Call) -> web.StreamResponse:
        """The answer to a call, in whatever weather it is."""
        self.calls.append(call)
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = next((one for one in self.faults if one.matches(call.method)), None)
        if self.down or (fault is not None and await self._met(fault, request, call)):
            return _dropped(request, call)
        if fault is not None and fault.status != 200:
            return _refused(call, TeamsError(fault.status, fault.error or "Planned"), fault.retry_after)
        try:
            self._check(call)
            wait = self.limits.retry_after(call) if self.limits else 0
            if wait:
                return _refused(call, TeamsError(429, "TooManyRequests"), wait)
            answer = self._run(request, call)
        except TeamsError as refusal:
            return _refused(call, refusal)
        finally:
            self._changed.set()
        call.status = answer.status
        return answer

    async def _met(self, fault: Fault, request: web.Request, call: Call) -> bool:
        """Whether a fault cuts the line."""
        fault.times -= 1
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.applied:
            with contextlib.suppress(TeamsError):
                self._run(request, call)
        return fault.drop

    def _check(self, call: Call) -> None:
        if self.open_to_all or call.method in OPEN:
            return
        kind, _, token = call.authorization.partition(" ")
        if kind != "Bearer" or not self.login.knows(token):
            raise TeamsError(401, "Unauthorized")

    def _run(self, request: web.Request, call: Call) -> web.Response:
        """Does what a call asks for."""
        tenant, where = self.tenant, (call.region, call.conversation)
        match call.method:
            case Method.SEND | Method.TYPING:
                call.result = tenant.send(*where, call.body, call.about)
                return web.json_response({"id": call.result}, status=201)
            case Method.UPDATE:
                return web.json_response({"id": tenant.update(*where, call.about, call.body)})
            case Method.DELETE:
                tenant.delete(*where, call.about)
                return web.Response()
            case Method.CREATE:
                call.result = tenant.create(call.region, call.body or {})
                return web.json_response({"id": call.result, "serviceUrl": self.service_url(call.region)}, status=201)
            case Method.MEMBER:
                return web.json_response(tenant.member(*where, call.about))
            case Method.MEMBERS:
                return web.json_response(_page(request, tenant.members(*where)))
            case Method.OPENID:
                return web.json_response(
                    {
                        "issuer": ISSUER,
                        "jwks_uri": f"{self.address}/v1/.well-known/keys",
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            case Method.KEYS:
                return web.json_response({"keys": [key.jwk() for key in self.channel.keys]})
            case Method.DISCOVERY:
                return web.json_response(self.login.discovery(call.about))
        status, body = self.login.token(call.about, call.body or {})
        call.error = str(body.get("error", ""))
        return web.json_response(body, status=status)


async def _call_of(request: web.Request, method: Method) -> Call:
    known, body = request.match_info, None
    if method == Method.TOKEN:
        body = dict(await request.post())
    elif request.can_read_body:
        with contextlib.suppress(ValueError):
            body = await request.json()
    if method is Method.SEND and isinstance(body, dict) and body.get("type") == "typing":
        method = Method.TYPING
    parts = (known.get("region", ""), known.get("conversation", ""), known.get("about", ""))
    return Call(time.monotonic(), method, *parts, body, request.headers.get("Authorization", ""))


def _page(request: web.Request, members: list[Node]) -> Node | list[Node]:
    """A page of a roster, or all of it where no page is asked for."""
    if not request.path.endswith("pagedmembers"):
        return members
    at, many = int(request.query.get("continuationToken", 0)), int(request.query.get("pageSize", 200))
    rest = {"continuationToken": str(at + many)} if at + many < len(members) else {}
    return {"members": members[at : at + many], **rest}


def _refused(call: Call, refusal: TeamsError, wait: int | str | None = None) -> web.Response:
    call.status, call.error, call.why = refusal.status, refusal.code, str(refusal)
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return web.json_response(refusal.body, status=refusal.status, headers=headers)


def _dropped(request: web.Request, call: Call) -> web.Response:
    call.status, call.error = 0, "dropped"
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
