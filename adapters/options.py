"""The options that several commands share, and what is said where one of them cannot be used."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from adapters.bootstrap import Parts, in_force
from adapters.console.inbound import BadInput
from adapters.settings import Settings
from knowledge import editions

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Society = Annotated[
    str | None, typer.Option(help="Whose policy: ipem, icis or another that is held. Default: the setting SOCIETY.")
]
Role = Annotated[
    str | None, typer.Option(help="Who asks: member, staff, account_admin, group, fellow, trainee or anyone.")
]


def held_societies(settings: Settings, until: datetime | None = None) -> list[str]:
    """The societies of the policies in force now, or just before a time."""
    return list(dict.fromkeys(policy.society for policy in editions.read(in_force(settings, until))))


def only_society(settings: Settings, until: datetime | None = None) -> str:
    """The society of the policies in force, where there is one alone; told before an index is built for nothing.

    Raises:
        BadInput: there are several, and none was named.
    """
    return society_meant(held_societies(settings, until), None)


def society_meant(held: Sequence[str], named: str | None) -> str:
    """Of those held the society that is named, or the only one.

    Raises:
        BadInput: it is not held, or there are several, and none was named.
    """
    if named:
        return among_held(held, named)
    if len(held) > 1:
        raise BadInput(f"whose policy? Add --society with {' or '.join(held)}, or set SOCIETY")
    return next(iter(held), "")


def among_held(held: Sequence[str], society: str) -> str:
    """A society, as it is. Raises BadInput where it is none of those held."""
    if society not in held:
        raise BadInput(f"{not_held(society)}; held are: {', '.join(held)}")
    return society


def see_that_it_is_held(parts: Parts, society: str) -> None:
    """Raises BadInput where no policy of this society is held."""
    if society not in parts.library.societies:
        raise BadInput(f"{not_held(society)}; held are: {', '.join(parts.library.societies)}")


def not_held(society: str) -> str:
    return f"no policy of '{society}' is held"
