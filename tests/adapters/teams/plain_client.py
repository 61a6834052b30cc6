"""A client of the stand-in for Teams that does nothing but ask, for tests of the stand-in itself."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_login import APP_ID, SCOPE, SECRET, TENANT
from tests.adapters.teams.fake_tenant import BOT, EMEA

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the stand-in answered."""

    status: int
    body: Any
    retry_after: str = ""

    @property
    def name(self) -> str:
        """The id of what was sent or opened."""
        return str(self.body["id"])

    @property
    def refused(self) -> tuple[int, str]:
        return self.status, str(self.body.get("error", {}).get("code", ""))


class PlainClient:
    """Asks a stand-in, with the token that it was given at the login."""

    def __init__(self, session: aiohttp.ClientSession, teams: FakeConnector) -> None:
        self._session, self._teams, self._token = session, teams, ""

    async def log_in(self) -> None:
        """Gets a token."""
        _, body = await self._ask_for_token(TENANT, APP_ID, SECRET, SCOPE)
        self._token = str(body["access_token"])

    async def asked_for_token(self, tenant: str, app: str, secret: str, scope: str = SCOPE) -> tuple[int, int]:
        """The status, and the number of the fault, of a request for a token."""
        status, body = await self._ask_for_token(tenant, app, secret, scope)
        return status, next(iter(body.get("error_codes", [])), 0)

    async def send(self, conversation: str, activity: Node, region: str = EMEA) -> Answered:
        return await self.call("POST", f"{conversation}/activities", activity, region)

    async def update(self, conversation: str, message: str, activity: Node) -> Answered:
        return await self.call("PUT", f"{conversation}/activities/{message}", activity)

    async def create(self, member: str, tenant: str = TENANT) -> Answered:
        asked = {"bot": {"id": BOT}, "members": [{"id": member}], "isGroup": False, "tenantId": tenant}
        return await self.call("POST", "", asked)

    async def call(self, verb: str, path: str, body: Node | None = None, region: str = EMEA) -> Answered:
        """Calls the connector; `path` is what follows on the conversations."""
        base, kept = f"{self._teams.service_url(region)}v3/conversations", quote(path, safe="/?&=")
        headers = {"Authorization": f"Bearer {self._token}"}
        address = f"{base}/{kept}" if path else base
        async with self._session.request(verb, address, json=body, headers=headers) as answer:
            return Answered(answer.status, await answer.json(), answer.headers.get("Retry-After", ""))

    async def get(self, url: str) -> Any:
        """What stands at an address that is open to all."""
        async with self._session.get(url) as answer:
            return await answer.json()

    async def _ask_for_token(self, tenant: str, app: str, secret: str, scope: str) -> tuple[int, Node]:
        form = {"grant_type": "client_credentials", "client_id": app, "client_secret": secret, "scope": scope}
        async with self._session.post(f"{self._teams.login_url}{tenant}/oauth2/v2.0/token", data=form) as answer:
            return answer.status, await answer.json()
