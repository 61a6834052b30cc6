"""How a conversation in Teams is reached: kept whole from what comes in, so that a reply finds it after a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Scope(StrEnum):
    """What kind of conversation it is, in Teams' own words."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Reference:
    """One conversation. `conversation` is Teams' id of it, without that of a thread in it; empty where the personal
    chat is not known yet. `service_url` is where what is said there goes, `bot` the bot's id there; `user` the id that
    Teams gives a person for this bot (29:...), empty but of a personal chat."""

    service_url: str
    tenant: str
    scope: Scope
    conversation: str
    bot: str
    user: str = ""


class References(Protocol):
    """The references that are kept, by the conversation of the bot's without thread and person (`teams:CHANNEL`; of a
    person that is their account). Each may raise SQLAlchemyError. To be called from threads."""

    def keep(self, place: str, reference: Reference) -> None:
        """Keeps one, in the place of what was kept there before. Nothing is written where nothing has changed."""
        ...

    def are_kept(self, reached: Mapping[str, Reference]) -> bool:
        """Whether keeping all of these would change nothing, as far as that is known without asking; never waits."""
        ...

    def of(self, place: str) -> Reference | None:
        """The one that is kept; None where there is none."""
        ...

    def latest(self, tenant: str) -> Reference | None:
        """The one of a tenant that was kept last: where anybody else there is reached as well."""
        ...

    def users(self, accounts: frozenset[str]) -> dict[str, str]:
        """The ids that Teams gives to whom these accounts are of, as far as they are known, by account."""
        ...
