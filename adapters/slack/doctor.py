"""Looks over what the bot needs of Slack: tokens, their scopes, whose workspace it is, and that it is at its desk."""

import asyncio
from collections.abc import Sequence

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.examining import answered_by, desks_on, unreached
from adapters.chat.introducing import NAME
from adapters.findings import Finding
from adapters.settings import Settings
from adapters.slack.checking_tokens import (
    BOT_TOKEN,
    Channel,
    Installed,
    SlackAway,
    TokenRefused,
    channel_of,
    installed,
    see_that_a_socket_opens,
)
from adapters.slack.manifest import INTAKE, scopes
from adapters.slack.places import PLATFORM, Place
from adapters.slack.wording_of_tokens import INSTALL_AGAIN, lacks, not_taken
from bot.office import Office, Offices

_WHAT = "slack"
_WITHIN = aiohttp.ClientTimeout(total=5.0)  # seconds, of each answer
_MAKE_PRIVATE = "make a private channel that is shared with nobody, and set it as `desk` in office.toml"


def examine_slack(settings: Settings, offices: Offices) -> list[Finding]:
    """Slack, as it rests on settings and office. Asks Slack itself where a token is set."""
    desks = desks_on(PLATFORM, offices)
    if settings.slack_bot_token is None:
        off = Finding(_WHAT, f"off, since {BOT_TOKEN} is not set")
        return [off, *unreached(desks, "Slack", BOT_TOKEN)]
    return [
        answered_by(_WHAT, "its workspace", settings, offices),
        *asyncio.run(_asked(settings, settings.slack_bot_token.get_secret_value(), desks, _open_channels(offices))),
    ]


def _open_channels(offices: Offices) -> list[tuple[Office, Place]]:
    """The channels here in which everybody sees an answer, each with whose they are."""
    named = [(office, one) for office in offices.by_society.values() for one in office.open_conversations]
    return [(office, place) for office, one in named if (place := _channel(one)) is not None]


def _channel(conversation: str) -> Place | None:
    """The channel that a conversation is; None where it is anything else."""
    try:
        place = Place.of(conversation)
    except ValueError:
        return None
    return None if place.channel[0] not in "CG" or place != Place(place.channel) else place


async def _asked(
    settings: Settings, token: str, desks: Sequence[Office], open_channels: Sequence[tuple[Office, Place]]
) -> list[Finding]:
    """What Slack says to the bot token, and then to all that rests on it."""
    async with aiohttp.ClientSession(timeout=_WITHIN) as session:
        client = AsyncWebClient(token, settings.slack_api_url, session=session, retry_handlers=[])
        try:
            found = await installed(client)
        except TokenRefused as error:
            return [Finding(_WHAT, not_taken(error), fault=True)]
        except SlackAway as error:
            return [_away(error)]
        findings = [Finding(_WHAT, f"SLACK_BOT_TOKEN is good, for the workspace {found.team}"), *_scopes(found)]
        findings.append(await _intake(settings, client))
        findings += [await _desk(client, office) for office in desks]
        return findings + [one for office, place in open_channels for one in await _open(client, office, place)]


def _away(error: SlackAway) -> Finding:
    what = f"Slack cannot be reached ({error.why}); see that this machine reaches https://slack.com, and look again"
    return Finding(_WHAT, what, fault=True)


def _scopes(found: Installed) -> list[Finding]:
    """Which scopes the installed app lacks, and which it does not need."""
    missing, needless = sorted(set(scopes()) - found.scopes), sorted(found.scopes - set(scopes()))
    if missing:
        return [Finding(_WHAT, lacks(missing), fault=True)]
    if needless:
        return [Finding(_WHAT, f"the app has all scopes, and {', '.join(needless)}, which nothing here uses")]
    return [Finding(_WHAT, "the app has exactly the scopes that are used")]


async def _intake(settings: Settings, client: AsyncWebClient) -> Finding:
    """The way on which messages come in."""
    if settings.slack_app_token is None:
        return Finding(_WHAT, f"sends what comes in to {INTAKE}, which must be reached by https:// from outside")
    try:
        await see_that_a_socket_opens(client, settings.slack_app_token.get_secret_value())
    except TokenRefused as error:
        return Finding(_WHAT, not_taken(error), fault=True)
    except SlackAway as error:
        return _away(error)
    return Finding(_WHAT, "SLACK_APP_TOKEN is good: Socket Mode opens")


async def _desk(client: AsyncWebClient, office: Office) -> Finding:
    """Whether the bot is where staff are to see queries, and nobody else is."""
    what, place = f"office of {office.society}", _channel(office.desk)
    if place is None:
        told = "is no channel; copy its id from “View channel details”, as in slack:C0123ABCD"
        return Finding(what, f"its desk {office.desk} {told}", fault=True)
    try:
        found = await channel_of(client, place.channel)
    except TokenRefused as error:
        return Finding(what, f"Slack does not say who is in its desk ({error.code}); {INSTALL_AGAIN}", fault=True)
    except SlackAway as error:
        return _away(error)
    if found is None or not found.has_bot:
        told = f"the bot is not in the channel of its desk, {office.desk}; write there: /invite @{NAME}"
        return Finding(what, told, fault=True)
    if open_to := _audience(found):
        told = f"{open_to}, who read there what members ask, and who asks it; {_MAKE_PRIVATE}"
        return Finding(what, f"the channel of its desk, {office.desk}, is open to {told}", fault=True)
    return Finding(what, f"the bot is in the channel of its desk, {office.desk}")


def _audience(desk: Channel) -> str:
    """Who can be at a desk besides those whom staff invited; empty where nobody can."""
    if desk.is_shared:
        return "people of another organisation or workspace"
    return "" if desk.is_private else "everybody in the workspace"


async def _open(client: AsyncWebClient, office: Office, place: Place) -> list[Finding]:
    """Whether people of elsewhere read what is answered for all. An office may want that."""
    what = f"office of {office.society}"
    try:
        found = await channel_of(client, place.channel)
    except TokenRefused as error:
        told = f"Slack does not say who is in {place.conversation} ({error.code}); {INSTALL_AGAIN}"
        return [Finding(what, told, fault=True)]
    except SlackAway as error:
        return [_away(error)]
    if found is None or not found.is_shared:
        return []
    told = "people of another organisation or workspace read the answers there too; is that meant?"
    return [Finding(what, f"{place.conversation} is in open_channels, and {told}")]
