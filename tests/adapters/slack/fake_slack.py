"""A stand-in for Slack on loopback: its Web API, response URLs and Socket Mode, with a state that tests can look at.

It refuses what Slack refuses: tokens, scopes, malformed Block Kit, trigger ids that are stale or used, a view that has
changed, a response URL that was used too often. It can limit rates, fail in every way, and be away altogether.
"""

import asyncio
import contextlib
import json
import secrets
import time
from collections import Counter, deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

from tests.adapters.slack.fake_methods import SCOPES, Methods
from tests.adapters.slack.fake_sockets import Sockets
from tests.adapters.slack.fake_weather import Fault, RateLimits
from tests.adapters.slack.fake_workspace import RESPONSE_URL_SECONDS, RESPONSE_URL_USES, Node, SlackError, Workspace

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake", "xapp-fake", "fake-signing-secret"
RESPONSE_URL = "response_url"  # what a post to one is called among the calls
_KEPT = 100_000  # calls


@dataclass(slots=True)
class Call:
    """A call as it came, and what was answered. `at` is by the monotonic clock, one for all processes of a machine."""

    at: float
    method: str
    args: Node
    status: int = 200
    error: str = ""

    @property
    def done(self) -> bool:
        return self.status == 200 and not self.error


class FakeSlack:
    """Serves while it is entered. `refuses` is the code that it answers with to the bot's token, where that is no good
    (token_revoked, account_inactive); while `down`, it drops every line."""

    def __init__(
        self,
        workspace: Workspace | None = None,
        port: int = 0,
        scopes: frozenset[str] = SCOPES,
        rate_limits: bool = False,
        strict_triggers: bool = True,
    ) -> None:
        self.workspace = workspace or Workspace()
        self.methods = Methods(self.workspace, scopes, strict_triggers)
        self.sockets = Sockets()
        self.port = port
        self.calls: deque[Call] = deque(maxlen=_KEPT)
        self.faults: list[Fault] = []
        self.limits = RateLimits() if rate_limits else None
        self.refuses, self.down = "", False
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 * 2**20)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._on_call),
                web.post("/response/{key}", self._on_response),
                web.get("/link", self._on_socket),
            ]
        )
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def add_routes(self, app: web.Application) -> None:
        """Room for further routes."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/"

    @property
    def counts(self) -> Counter[str]:
        """How often each method was called and did what it does."""
        return Counter(call.method for call in self.calls if call.done)

    def calls_to(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def response_url(self, channel: str, user: str, ts: str = "", ephemeral: bool = False) -> str:
        """A response URL for a press on the message with this ts, or for a command."""
        return f"{self.address}/response/{self.workspace.new_response_url(channel, user, ts, ephemeral)}"

    async def wait_for(self, method: str, count: int = 1, within: float = 5.0) -> None:
        """Waits until a method has been carried out so often.

        Raises:
            TimeoutError: it was not.
        """
        async with asyncio.timeout(within):
            while self.counts[method] < count:
                self._changed.clear()
                await self._changed.wait()

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        args = await _arguments(request)
        call = Call(time.monotonic(), request.match_info["method"], args)
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
        return await self._answered(request, call, lambda: self._run(call, bearer))

    def _run(self, call: Call, token: str) -> web.Response:
        if call.method == "apps.connections.open":
            self._check(token, APP_TOKEN)
            body: Node = {"url": f"ws://127.0.0.1:{self.port}/link?ticket={secrets.token_hex(8)}"}
        else:
            if call.method != "api.test":
                self._check(token, BOT_TOKEN)
            body = self.methods.call(call.method, call.args)
        return web.json_response({"ok": True, **body}, headers=self._headers)

    def _check(self, token: str, expected: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if token != expected:
            raise SlackError("invalid_auth")
        if self.refuses and expected == BOT_TOKEN:
            raise SlackError(self.refuses)

    async def _on_response(self, request: web.Request) -> web.StreamResponse:
        call = Call(time.monotonic(), RESPONSE_URL, await _arguments(request))
        return await self._answered(request, call, lambda: self._respond(request.match_info["key"], call))

    def _respond(self, key: str, call: Call) -> web.Response:
        url = self.workspace.response_urls.get(key)
        old = url is None or self.workspace.clock() - url.issued > RESPONSE_URL_SECONDS
        if url is None or old or len(url.posts) >= RESPONSE_URL_USES:
            call.status, call.error = 404, "expired_url" if old else "used_url"
            return web.json_response({"ok": False, "error": call.error}, status=404)
        try:
            self.methods.respond(url, call.args)
        except SlackError as refusal:
            call.status, call.error = 400, refusal.error
            return web.Response(status=400, text=refusal.error)
        url.posts.append(call.args)
        return web.Response(text="ok")

    async def _answered(self, request: web.Request, call: Call, run: Any) -> web.StreamResponse:
        """The answer to a call, in whatever weather it is."""
        self.calls.append(call)
        fault = next((one for one in self.faults if one.matches(call.method)), None)
        if self.down or (fault is not None and await self._met(fault, run)):
            return _dropped(request, call)
        if fault is not None and (fault.status != 200 or fault.error):
            error = fault.error or ("ratelimited" if fault.status == 429 else "internal_error")
            return self._refused(call, fault.status, error, fault.retry_after)
        wait = self.limits.retry_after(call.method, call.args) if self.limits else 0
        if wait:
            return self._refused(call, 429, "ratelimited", wait)
        try:
            answer: web.Response = run()
        except SlackError as refusal:
            call.error = refusal.error
            answer = web.json_response(refusal.body(), headers=self._headers)
        self._changed.set()
        return answer

    async def _met(self, fault: Fault, run: Any) -> bool:
        """Whether a fault cuts the line."""
        fault.times -= 1
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.applied:
            with contextlib.suppress(SlackError):
                run()
        return fault.drop

    def _refused(self, call: Call, status: int, error: str, wait: int | str | None) -> web.Response:
        call.status, call.error = status, error
        headers = {} if wait is None else {"Retry-After": str(wait)}
        return web.json_response({"ok": False, "error": error}, status=status, headers=headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self.methods.scopes))}

    async def _on_socket(self, request: web.Request) -> web.StreamResponse:
        if self.down:
            return _dropped(request, Call(time.monotonic(), "link", {}))
        return await self.sockets.serve(request)


def _dropped(request: web.Request, call: Call) -> web.Response:
    call.status, call.error = 0, "dropped"
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _arguments(request: web.Request) -> Node:
    """The arguments of a query and of a body, as JSON or as a form; JSON within them is read."""
    args: Node = dict(request.query)
    if request.can_read_body:
        if request.content_type == "application/json":
            return args | dict(await request.json())
        args |= dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    for name, value in args.items():
        if isinstance(value, str) and value[:1] in ("{", "["):
            with contextlib.suppress(ValueError):
                args[name] = json.loads(value)
    return args
