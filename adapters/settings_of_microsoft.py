"""What the settings for Microsoft Teams may be, and what is said of those that cannot be used."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo

from adapters.loopback import is_here, leads_here

KEYS = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOGIN = "https://login.microsoftonline.com/"

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SECRET = re.compile(r"[!-~]+")
_SWITCH = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}

_OVERVIEW = "copy it from the Overview of your app registration in Microsoft Entra"
_NO_ID = f"it is no id such as 01234567-89ab-cdef-0123-456789abcdef; {_OVERVIEW}"
_NO_PASSWORD = (
    "it is not set, and without it the bot cannot show who it is; make a client secret in Certificates & secrets of"
    " your app registration, or set MICROSOFT_APP_TYPE=UserAssignedMSI for a managed identity"
)
_NO_SECRET = (
    "it holds blanks or other signs that no secret has; copy the value of the client secret, not its id, from"
    " Certificates & secrets of your app registration"
)
_NO_TENANT = f"it is not set, and without it nobody can tell who is of your organisation; {_OVERVIEW}"
_NO_APP_TYPE = "write SingleTenant, or UserAssignedMSI for a managed identity; no new bot can be MultiTenant"
_NO_APP = f"it is of no use without MICROSOFT_APP_ID; set that ({_OVERVIEW}), or take this one away"
_NOT_BOTH = (
    "MICROSOFT_DEVELOPMENT is set, which is for trying the bot without an app id, where whatever comes from this"
    " machine is believed; take one of the two away"
)
_NO_STAND_IN = "it is for a stand-in on this machine, e.g. http://127.0.0.1:9010/; leave it out for Microsoft itself"
_NO_SWITCH = "write true, or leave it out"
_HEARD_BEYOND = (
    "with it nobody is asked who they are, so that nothing beyond this machine may reach the bot; leave HOST out, or"
    " set MICROSOFT_APP_ID instead"
)


class AppType(StrEnum):
    """What an app is to Microsoft: of one tenant, with a secret; or the managed identity of a machine in Azure."""

    SINGLE_TENANT = "SingleTenant"
    MANAGED = "UserAssignedMSI"


def _switch(given: object) -> bool:
    is_on = _SWITCH.get(str(given).strip().casefold())
    if is_on is None:
        raise ValueError(_NO_SWITCH)
    return is_on


def _heard_here_alone(is_on: bool, info: ValidationInfo) -> bool:
    if is_on and not is_here(info.data.get("host", "")):
        raise ValueError(_HEARD_BEYOND)
    return is_on


def _app(name: str | None, info: ValidationInfo) -> str | None:
    if name is not None and info.data.get("microsoft_development"):
        raise ValueError(_NOT_BOTH)
    return _id(name)


def _kind(given: object) -> AppType:
    kinds = {kind.value.casefold(): kind for kind in AppType}
    kind = kinds.get(str(given).strip().casefold())
    if kind is None:
        raise ValueError(_NO_APP_TYPE)
    return kind


def _of_an_app(kind: AppType, info: ValidationInfo) -> AppType:
    if kind is AppType.MANAGED:  # the other is what it is where nothing is set
        _see_that_there_is_an_app(info)
    return kind


def _tenant(name: str | None, info: ValidationInfo) -> str | None:
    if name is not None:
        _see_that_there_is_an_app(info)
    elif info.data.get("microsoft_app_id"):
        raise ValueError(_NO_TENANT)
    return _id(name)


def _secret(secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    if secret is not None:
        _see_that_there_is_an_app(info)
    elif info.data.get("microsoft_app_id") and info.data.get("microsoft_app_type") is AppType.SINGLE_TENANT:
        raise ValueError(_NO_PASSWORD)
    return of_form(secret, _SECRET, _NO_SECRET)


def _stand_in(url: str, info: ValidationInfo) -> str:
    """Whoever says what the keys are could speak for everybody; and whoever gets our secret, for us."""
    if url in (KEYS, LOGIN):
        return url
    if not leads_here(url):
        raise ValueError(_NO_STAND_IN)
    _see_that_there_is_an_app(info)
    return url


def _id(name: str | None) -> str | None:
    """An id of Microsoft Entra, as ids are compared."""
    if name is None:
        return None
    bare = name.strip().casefold()
    if _ID.fullmatch(bare) is None:
        raise ValueError(_NO_ID)
    return bare


def _see_that_there_is_an_app(info: ValidationInfo) -> None:
    if info.data.get("microsoft_app_id", "") is None:  # where one is set that cannot be used, that is told
        raise ValueError(_NO_APP)


def of_form(secret: SecretStr | None, form: re.Pattern[str], fault: str) -> SecretStr | None:
    """A secret without the blanks that copying leaves around it.

    Raises:
        ValueError: it is not of this form; `fault` says so.
    """
    if secret is None:
        return None
    bare = secret.get_secret_value().strip()
    if form.fullmatch(bare) is None:
        raise ValueError(fault)
    return SecretStr(bare)


# They look at each other in this order, and at the host before them.
Development = Annotated[bool, BeforeValidator(_switch), AfterValidator(_heard_here_alone)]
AppId = Annotated[str | None, AfterValidator(_app)]
Kind = Annotated[AppType, BeforeValidator(_kind), AfterValidator(_of_an_app)]
TenantId = Annotated[str | None, AfterValidator(_tenant)]
Secret = Annotated[SecretStr | None, AfterValidator(_secret)]
StandIn = Annotated[str, AfterValidator(_stand_in)]
