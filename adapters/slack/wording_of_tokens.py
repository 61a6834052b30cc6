"""Sentences about the tokens for Slack, for whoever runs the bot."""

from collections.abc import Iterable

from adapters.slack.checking_tokens import APP_TOKEN, BOT_TOKEN, TokenRefused

CHECKING = "checking the token"
NOT_REACHED = "not reached yet; tries again"
INSTALL_AGAIN = (
    "`verse manifest slack` prints what to put under App Manifest of the app; then install it to the workspace again"
)
_ANOTHER = {
    BOT_TOKEN: "install the app to the workspace again, and copy its new bot token",
    APP_TOKEN: "make one with connections:write in Basic Information of the app, and see that Socket Mode is on",
}


def not_taken(error: TokenRefused) -> str:
    """That Slack does not take a token, and where to get another."""
    return f"Slack does not take {error.setting} ({error.code}); {_ANOTHER[error.setting]}"


def lacks(scopes: Iterable[str]) -> str:
    """That the app was installed without some scopes, and what to do."""
    return f"the app lacks the scopes {', '.join(sorted(scopes))}; {INSTALL_AGAIN}"
