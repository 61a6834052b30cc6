"""Sentences about the app's secret and its tokens, for whoever runs the bot."""

from adapters.teams.access_tokens import APP_ID, APP_PASSWORD, APP_TENANT_ID, TokenRefused

_ANOTHER = {
    APP_ID: "see that it is the Application (client) ID of the app registration, in the same tenant",
    APP_TENANT_ID: "copy the Directory (tenant) ID from the Overview of the app registration",
    APP_PASSWORD: "make a new client secret in Certificates & secrets of the app registration, and copy its value",
}


def not_taken(error: TokenRefused) -> str:
    """That Microsoft gives no token for a setting, and what to put there instead."""
    return f"Microsoft does not take {error.setting} ({error.code}); {_ANOTHER[error.setting]}"
