"""The app as it is registered in Slack: what it offers there, what it hears, and the scopes that this takes. Pure."""

from typing import Any
from urllib.parse import urlsplit

from adapters.chat.introducing import ACCENT, NAME, RETWEET_IT, Introduction

INTAKE = "/slack/events"  # where Slack sends events, interactions and commands alike
COMMAND = "/policy"
CAN_I_RETWEET, REFER_TO_OFFICE, CHECK_POST = "can_i_retweet", "refer_to_office", "check_post"

# The scope of a bot token that each method takes which is called here; empty where any bot token will do.
SCOPES_OF_METHODS = {
    "apps.connections.open": (),  # an app-level token, with connections:write
    "assistant.threads.setStatus": ("chat:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
SCOPES_OF_EVENTS = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "tokens_revoked": (),
}
_SCOPE_OF_COMMANDS = "commands"  # shortcuts need it too

_WHAT_IT_DOES = "Says what the social media policy rules on a post, with the clause, and asks the office for you."
_LONGEST_NAME = 24  # characters of what stands in a menu


class NoAddress(ValueError):
    """What was given is no address at which Slack can reach anything; it says what to do."""


def scopes() -> list[str]:
    """The scopes of the bot token, each used by a method or an event, in order of the alphabet."""
    needed = [*SCOPES_OF_METHODS.values(), *SCOPES_OF_EVENTS.values(), (_SCOPE_OF_COMMANDS,)]
    return sorted({scope for some in needed for scope in some})


def manifest(url: str | None = None, introduction: Introduction | None = None) -> dict[str, Any]:
    """The manifest, as JSON has it. `url` is the public address of the site; without it Slack is reached over Socket
    Mode. The introduction is of the society that is served.

    Raises:
        NoAddress: Slack cannot send anything to that address.
    """
    intake = {"url": f"{_site(url)}{INTAKE}"} if url is not None else {}
    request = {"request_url": intake["url"]} if intake else {}
    of = introduction or Introduction()
    refer_it, have_it_looked_at = of.refer_it(_LONGEST_NAME)
    return {
        "display_information": {
            "name": NAME,
            "description": _WHAT_IT_DOES,
            "long_description": of.in_full,
            "background_color": ACCENT,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": _WHAT_IT_DOES,
                "suggested_prompts": [{"title": prompt, "message": prompt} for prompt in of.prompts],
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [
                _shortcut(RETWEET_IT[0], "message", CAN_I_RETWEET, RETWEET_IT[1]),
                _shortcut(refer_it, "message", REFER_TO_OFFICE, have_it_looked_at),
                _shortcut("Check my post", "global", CHECK_POST, "Look over a draft before you post it"),
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Ask what the policy says; only you see the answer",
                    "usage_hint": "[your question | check | queries | onboarding | register | help]",
                    "should_escape": False,
                    **intake,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(SCOPES_OF_EVENTS), **request},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(name: str, kind: str, callback: str, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _site(url: str) -> str:
    """An address without what follows the site's own."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
        usable = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or any(sign.isspace() for sign in parts.netloc + parts.path):
        raise NoAddress(
            "--url is the public address of the bot, which begins with https:// as in https://verse.example"
        )
    return f"https://{parts.netloc}{parts.path.rstrip('/').removesuffix(INTAKE)}"
