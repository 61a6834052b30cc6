"""Whether the tokens for Slack are good, and what they are good for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

# Answers of Slack that no waiting mends: somebody has to put a good token in the settings.
OF_TOKENS = frozenset(
    {
        "access_denied",
        "account_inactive",
        "enterprise_is_restricted",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
_UNKNOWN = "unknown_error"
BOT_TOKEN, APP_TOKEN = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"  # the settings that hold them


class TokenRefused(Exception):
    """Slack does not take the token that this setting holds. `code` is Slack's own word for why."""

    def __init__(self, code: str, setting: str = BOT_TOKEN) -> None:
        super().__init__(code)
        self.code, self.setting = code, setting


class SlackAway(Exception):
    """Slack cannot be reached, or does not answer as it should. `after` is in seconds, where it asks to be left alone
    for so long."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.why, self.after = why, after


@dataclass(frozen=True, slots=True)
class Installed:
    """The app as it stands in a workspace: ids of the workspace, of the bot and of its user there, and its scopes."""

    team: str
    bot: str
    user: str
    scopes: frozenset[str]


async def installed(client: AsyncWebClient) -> Installed:
    """What the bot token of this client is good for.

    Raises:
        TokenRefused: it is good for nothing.
        SlackAway: nobody can say now.
    """
    told, headers = await asked(client.auth_test)
    scopes = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    team, bot, user = (str(told.get(key) or "") for key in ("team_id", "bot_id", "user_id"))
    if not (team and bot and user):
        raise TokenRefused("not_allowed_token_type")  # a token of a person, or of no workspace
    return Installed(team, bot, user, frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()))


async def see_that_a_socket_opens(client: AsyncWebClient, app_token: str) -> None:
    """Whether an app-level token opens Socket Mode. Raises as `installed` does."""
    try:
        await asked(lambda: client.apps_connections_open(app_token=app_token))
    except TokenRefused as error:
        raise TokenRefused(error.code, APP_TOKEN) from None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `has_bot` says whether the bot is in it, `is_shared` whether people of another organisation or
    workspace are."""

    has_bot: bool
    is_private: bool
    is_shared: bool


async def channel_of(client: AsyncWebClient, name: str) -> Channel | None:
    """A channel by its id; None for what the bot cannot see, as a private one that it is not in. Raises as `installed`
    does."""
    try:
        told, _ = await asked(lambda: client.conversations_info(channel=name))
    except _NotFound:
        return None
    found = told.get("channel")
    if not isinstance(found, dict):
        return None
    is_shared = bool(found.get("is_ext_shared") or found.get("is_shared"))
    return Channel(bool(found.get("is_member")), bool(found.get("is_private")), is_shared)


class _NotFound(SlackAway):
    """There is nothing of that name that the bot can see."""


async def asked(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> tuple[dict[str, Any], dict[str, str]]:
    """What Slack answers to a call, and its headers. Raises as `installed` does."""
    try:
        response = await call()
    except SlackApiError as error:
        raise _what_it_means(error) from None  # its words quote the answer
    except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError, ValueError, AttributeError) as error:
        # The last of these is what the client raises at JSON that is no object.
        raise SlackAway(type(error).__name__) from None
    data = response.data if isinstance(response.data, dict) else {}
    return data, {str(name): str(value) for name, value in response.headers.items()}


def _what_it_means(error: SlackApiError) -> TokenRefused | SlackAway:
    response = error.response
    data = getattr(response, "data", None)
    code = str(data.get("error") or _UNKNOWN) if isinstance(data, dict) else _UNKNOWN
    if code in OF_TOKENS:
        return TokenRefused(code)
    if code == "channel_not_found":
        return _NotFound(code)
    try:
        after = float(response.headers.get("Retry-After", ""))
    except (AttributeError, ValueError):
        after = 0.0
    return SlackAway(code, after if 0 < after < float("inf") else None)
