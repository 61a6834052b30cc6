"""Who writes, as Slack knows them: their name as it is shown, and how they belong to the workspace."""

from collections.abc import Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.people import LookUp
from adapters.delivery.platforms import Later
from adapters.slack.checking_tokens import Installed, SlackAway, TokenRefused, asked
from bot.people import Standing

_REST_OF_TOKEN = 30.0  # seconds for which a Slack that refuses the token is left alone
_STRANGERS = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


def looking_up(
    client: AsyncWebClient,
    ours: Callable[[], Installed | None],
    token_refused: Callable[[str], None] = lambda _code: None,
) -> LookUp:
    """How Slack is asked about somebody. `token_refused` is told where it does not take the token, with its word for
    why."""

    async def look_up(user: str, _where: str) -> tuple[str, Standing]:
        try:
            told, _ = await asked(lambda: client.users_info(user=user))
        except TokenRefused as error:
            token_refused(error.code)
            raise Later(_REST_OF_TOKEN, error.code, in_doubt=False) from None
        except SlackAway as error:
            if error.why in _STRANGERS:
                return "", Standing.OUTSIDER
            raise Later(error.after, error.why, in_doubt=False) from None
        found = told.get("user")
        if not isinstance(found, dict):
            raise Later(None, "no_user", in_doubt=False)
        return _name(found), _standing(found, ours())

    return look_up


def _name(user: dict[str, Any]) -> str:
    """A name as it is shown in the workspace."""
    profile = user.get("profile")
    found = [profile.get("display_name"), profile.get("real_name")] if isinstance(profile, dict) else []
    return next((name for name in (*found, user.get("real_name")) if isinstance(name, str) and name.strip()), "")


def _standing(user: dict[str, Any], ours: Installed | None) -> Standing:
    """How somebody belongs; a bot belongs nowhere."""
    grid = user.get("enterprise_user")
    teams = [user.get("team_id"), *(grid.get("teams") or [] if isinstance(grid, dict) else [])]
    if user.get("is_stranger") or user.get("is_bot") or ours is None or ours.team not in teams:
        return Standing.OUTSIDER
    return Standing.GUEST if user.get("is_restricted") or user.get("is_ultra_restricted") else Standing.OWN
