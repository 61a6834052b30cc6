"""The app as it is uploaded to Teams: what it offers there, and the package that Teams takes."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from adapters.chat.introducing import ACCENT, NAME, RETWEET_IT, Introduction

# The first edition of Teams' schema in which a command can be a prompt.
SCHEMA = "1.27"
FIRST = "1.0.0"  # version of the app: Teams takes a changed package for a newer one only where it has risen
INTAKE = "/api/messages"  # where Teams sends everything; registered with the bot, not in the manifest
CAN_I_RETWEET, REFER_TO_OFFICE, CHECK_POST = "canIRetweet", "referToOffice", "checkPost"

_ICONS = Path(__file__).parent / "icons"
_COLOUR, _OUTLINE = "color.png", "outline.png"
_SCOPES = ("personal", "team", "groupChat")
_IN_SHORT = "What the social media policy rules on a post, with the clause."
_PROMPT_MEANS = "Asks what the policy says"
_MADE_AT = (2026, 1, 1, 0, 0, 0)  # a package of the same contents is the same file
_LONGEST_URL = 2_048
_LONGEST_TITLE = 32  # characters of what stands in a menu
_NUMBER = r"(?:0|[1-9][0-9]{0,5})"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")


class NoPackage(ValueError):
    """What was given makes no package; it says what to do."""


def manifest(app_id: str, url: str, version: str = FIRST, introduction: Introduction | None = None) -> dict[str, Any]:
    """The manifest, as JSON has it. `app_id` is what the bot is registered by, and `url` the website of whoever offers
    it, to which Teams leads from the app. The introduction is of the society that is served.

    Raises:
        NoPackage: the id is none, the address is none that Teams takes, or the version is none.
    """
    bot, site, of = _directory_id(app_id), _site(url), introduction or Introduction()
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": _risen(version),
        "id": bot,
        "localizationInfo": {"defaultLanguageTag": "en-gb"},
        "developer": {"name": NAME, "websiteUrl": site, "privacyUrl": site, "termsOfUseUrl": site},
        "name": {"short": NAME, "full": f"{NAME}: the policy desk"},
        "description": {"short": _IN_SHORT, "full": of.in_full},
        "icons": {"color": _COLOUR, "outline": _OUTLINE},
        "accentColor": ACCENT,
        "defaultInstallScope": "personal",
        "bots": [
            {
                "botId": bot,
                "scopes": list(_SCOPES),
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [
                    {"scopes": [scope], "commands": [_prompt(prompt) for prompt in of.prompts]} for scope in _SCOPES
                ],
            }
        ],
        "composeExtensions": [
            {
                "botId": bot,
                "commands": [
                    _action(CAN_I_RETWEET, *RETWEET_IT),
                    _action(CHECK_POST, "Check this post", "Look over a draft before you post it"),
                    _action(REFER_TO_OFFICE, *of.refer_it(_LONGEST_TITLE)),
                ],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],  # nothing is shown there that another site holds
    }


def package(app_id: str, url: str, version: str = FIRST, introduction: Introduction | None = None) -> bytes:
    """The package that is uploaded: a zip of the manifest and the icons.

    Raises:
        NoPackage: as for `manifest`.
    """
    written = json.dumps(manifest(app_id, url, version, introduction), indent=2, ensure_ascii=False).encode()
    held = {"manifest.json": written} | {name: (_ICONS / name).read_bytes() for name in (_COLOUR, _OUTLINE)}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(zipfile.ZipInfo(name, _MADE_AT), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def _prompt(words: str) -> dict[str, str]:
    """A question that Teams offers, and puts into the field to write in."""
    return {"type": "prompt", "title": words, "description": _PROMPT_MEANS, "prompt": words}


def _action(name: str, title: str, description: str) -> dict[str, Any]:
    """Something in the menu of each message."""
    return {
        "id": name,
        "type": "action",
        "context": ["message"],
        "fetchTask": True,
        "title": title,
        "description": description,
    }


def _directory_id(app_id: str) -> str:
    try:
        return str(UUID(app_id.strip()))
    except ValueError as error:
        shape = "11111111-2222-3333-4444-555555555555"
        raise NoPackage(
            f"--id is the Application (client) ID of the app in Microsoft Entra, of the form {shape}"
        ) from error


def _risen(version: str) -> str:
    """A version as Teams compares them."""
    if _VERSION.fullmatch(version.strip()) is None:
        raise NoPackage("--version is three numbers as in 1.0.1, and higher than that of the package before")
    return version.strip()


def _site(url: str) -> str:
    """An address as Teams takes it."""
    address = url.strip()
    try:
        parts = urlsplit(address)
        _ = parts.port
        usable = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        usable = False
    if not usable or len(address) > _LONGEST_URL or not address.isprintable() or " " in address:
        raise NoPackage(
            "--url is the website of your society, which begins with https:// as in https://society.example"
        )
    return address
