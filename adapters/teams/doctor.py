"""Looks over what the bot needs of Teams: that it is given tokens and keys, whose tenant it is, and its desk."""

import asyncio
from collections.abc import Iterator

from adapters.chat.examining import answered_by, desks_on, unreached
from adapters.chat.introducing import NAME
from adapters.findings import Finding
from adapters.settings import Settings
from adapters.teams.access_tokens import APP_ID, AccessTokens, Away, TokenRefused
from adapters.teams.identity import Identity
from adapters.teams.manifest import INTAKE
from adapters.teams.places import PLATFORM, Place, is_shared
from adapters.teams.references import References
from adapters.teams.signing_keys import KeysAway, SigningKeys, UnknownKey
from adapters.teams.wording_of_tokens import not_taken
from bot.office import Office, Offices

_WHAT = "teams"
_LINK = "“Get link to channel” gives it: what stands between /channel/ and the next slash"
_EXAMPLE = "teams:19%3A0123abcd%40thread.tacv2"


def examine_teams(settings: Settings, offices: Offices, references: References | None) -> list[Finding]:
    """Teams, as it rests on settings and office. Asks Microsoft itself where an app is set. `references` are the
    conversations that the bot has met; None where nothing is kept yet.

    Raises:
        SQLAlchemyError: the references cannot be read.
    """
    desks = desks_on(PLATFORM, offices)
    if not settings.teams_is_on:
        return [Finding(_WHAT, f"off, since {APP_ID} is not set"), *unreached(desks, "Teams", APP_ID)]
    identity = Identity.of(settings)
    return [
        answered_by(_WHAT, "its tenant", settings, offices),
        *(asyncio.run(_asked(settings, identity)) if identity is not None else [_tried()]),
        *(one for office in desks for one in _desk(office, identity, references)),
        *_open_channels(offices),
    ]


def _tried() -> Finding:
    told = "on without an app id, for trying on this machine alone: whatever comes from it is believed"
    return Finding(_WHAT, told)


async def _asked(settings: Settings, identity: Identity) -> list[Finding]:
    """What Microsoft says to the app, and whether it can be known who calls."""
    keys = SigningKeys(settings.microsoft_keys_url)
    token, _ = await asyncio.gather(_token(settings, identity), _looked(keys))
    found = Finding(_WHAT, "the keys by which Teams is known can be fetched")
    if not keys.held:
        told = (
            f"the keys by which Teams is known cannot be fetched; {_see_that_it_reaches(settings.microsoft_keys_url)}"
        )
        found = Finding(_WHAT, told, fault=True)
    address = f"Teams calls {INTAKE}, which must be reachable from outside by https://"
    return [token, found, Finding(_WHAT, f"{address}; set that address as messaging endpoint of the Azure Bot")]


async def _token(settings: Settings, identity: Identity) -> Finding:
    tokens = AccessTokens(identity, settings.microsoft_login_url)
    try:
        await tokens.token()
    except TokenRefused as error:
        return Finding(_WHAT, not_taken(error), fault=True)
    except Away as error:
        told = f"Microsoft gives no token now ({error.why}); {_see_that_it_reaches(settings.microsoft_login_url)}"
        return Finding(_WHAT, told, fault=True)
    finally:
        await tokens.close()
    by = "its secret" if identity.secret is not None else "a managed identity"
    return Finding(_WHAT, f"Microsoft knows the app by {by}")


async def _looked(keys: SigningKeys) -> None:
    try:
        await keys.get("")
    except (UnknownKey, KeysAway):  # none is called so; by now those that there are were fetched, if they can be
        return
    finally:
        await keys.close()


def _see_that_it_reaches(url: str) -> str:
    return f"see that this machine reaches {url}, and look again"


def _desk(office: Office, identity: Identity | None, references: References | None) -> Iterator[Finding]:
    """Whether the bot can post where staff are to see queries."""
    what = f"office of {office.society}"
    if wrong := no_channel(office.desk):
        yield Finding(what, f"its desk {office.desk} {wrong}", fault=True)
        return
    if references is not None and references.of(office.desk) is not None:
        yield Finding(what, f"the bot has met its desk, {office.desk}")
        return
    is_served = references is not None and identity is not None and references.latest(identity.tenant) is not None
    told = f"the bot has not met its desk yet, {office.desk}; while `verse serve` runs, add {NAME} to the team of that"
    yield Finding(what, f"{told} channel, and mention it there", fault=is_served)


def _open_channels(offices: Offices) -> Iterator[Finding]:
    """The channels in which everybody is to see an answer, but that are written as none."""
    for office in offices.by_society.values():
        for one in office.open_conversations:
            if one.partition(":")[0] == PLATFORM and (wrong := no_channel(one)):
                yield Finding(f"office of {office.society}", f"{one} in open_channels {wrong}", fault=True)


def no_channel(conversation: str) -> str:
    """What is wrong with how a channel is written in office.toml; empty where nothing is."""
    try:
        place = Place.of(conversation)
    except ValueError:
        place = None
    if place is None or not is_shared(place.channel) or place != Place(place.channel):
        return f"is no channel; {_LINK}, as in {_EXAMPLE}"
    return "" if place.conversation == conversation else f"is not written as it is met: write {place.conversation}"
