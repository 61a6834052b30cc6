"""The options that several commands share, and what is said where one of them cannot be used."""

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


def only_society(settings: Settings, until: datetime | None = None) -> str:
    """The society of the policies in force, where there is one alone; told before an index is built for nothing.

    Raises:
        BadInput: there are several, and none was named.
    """
    held = dict.fromkeys(policy.society for policy in editions.read(in_force(settings, until)))
    if len(held) > 1:
        raise BadInput(f"whose policy? Add --society with {' or '.join(held)}, or set SOCIETY")
    return next(iter(held), "")


def see_that_it_is_held(parts: Parts, society: str) -> None:
    """Raises BadInput where no policy of this society is held."""
    if society not in parts.library.societies:
        raise BadInput(f"{not_held(society)}; held are: {', '.join(parts.library.societies)}")


def not_held(society: str) -> str:
    return f"no policy of '{society}' is held"
