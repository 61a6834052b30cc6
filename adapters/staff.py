"""The command `verse staff`: who may act at the desk of a society."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from adapters.console import inbound
from adapters.console.chat import account_of
from adapters.console.render import visible
from adapters.console.terminal import write
from adapters.options import Society, among_held, held_societies, society_meant
from adapters.settings import Settings, from_environment
from bot.people import Person, StaffMember
from bot.ports import Work
from bot.staffing import is_account, may_be_of_somebody, one_line

staff_app = typer.Typer(
    help="Who may act at the desk: see, claim and answer queries.", no_args_is_help=True, rich_markup_mode=None
)

Account = Annotated[
    str | None,
    typer.Argument(
        help="platform:id, as in slack:U123, teams:OBJECT-ID or console:NAME. Default: who you are in this terminal."
    ),
]
_NOBODY = {  # by the platform
    "slack": "Slack: it takes their member id, which begins with U or W, as in slack:U123; “Copy member ID” is in their"
    " profile",
    "teams": "Teams: it takes their object id, as in teams:01234567-89ab-cdef-0123-456789abcdef, in small letters; it"
    " is in Microsoft Entra, under Users",
}


@staff_app.command()
def add(
    account: Account = None,
    society: Society = None,
    title: Annotated[str, typer.Option(help="Their post, a job title, which askers see beside answers.")] = "",
    name: Annotated[str, typer.Option(help="Their name, which colleagues see.")] = "",
) -> None:
    """Put somebody on the staff list, or change their title or name there."""
    settings = from_environment()
    where, who = society_meant(held_societies(settings), society or settings.society), _account(account)
    if not may_be_of_somebody(who):
        raise inbound.BadInput(f"'{who}' is nobody in {_NOBODY[who.partition(':')[0]]}")
    with _work(settings) as work:
        before = work.staff.member(where, who)
        named = one_line(name) or (before.person.name if before else _name_of(who))
        member = StaffMember(Person(who, named), where, one_line(title) or (before.title if before else ""))
        work.staff.add(member)
    done = "is on the staff list" if before is None else "stays on the staff list"
    write(f"{_shown(member)} {done} of {where}.")


@staff_app.command()
def remove(account: Account = None, society: Society = None) -> None:
    """Take somebody off the staff list."""
    settings = from_environment()
    where, who = society_meant(held_societies(settings), society or settings.society), _account(account)
    with _work(settings) as work:
        if not work.staff.remove(where, who):
            raise inbound.BadInput(f"{who} is not on the staff list of {where}; `verse staff list` shows who is")
        left = work.staff.of(where)
    write(visible(f"{who} is off the staff list of {where}."))
    if not left:
        write("Nobody is on it now, so nobody can answer queries: `verse staff add` puts somebody on it.")


@staff_app.command("list")
def list_staff(society: Society = None) -> None:
    """Show the staff list of a society, or of all that are held."""
    settings = from_environment()
    held = held_societies(settings)
    where = [among_held(held, society)] if society else held
    with _work(settings) as work:
        for one in where:
            members = work.staff.of(one)
            write(f"{one}:" if members else f"{one}: nobody; `verse staff add --society {one}` puts somebody on it")
            for member in members:
                write(f"  {_shown(member)}")


def _account(named: str | None) -> str:
    if named is None:
        return account_of(inbound.name_from(None))
    if not is_account(named):
        raise inbound.BadInput(
            f"'{named}' is no account; write platform:id, as in slack:U123, teams:OBJECT-ID or console:NAME"
        )
    return named


def _name_of(account: str) -> str:
    """At a terminal the id is a name."""
    _, _, name = account.partition(":")
    return name if account_of(name) == account else ""


def _shown(member: StaffMember) -> str:
    named = ", ".join(filter(None, [member.person.name, member.title]))
    return visible(f"{member.person.account} ({named})" if named else member.person.account)


@contextmanager
def _work(settings: Settings) -> Iterator[Work]:
    from adapters.opening import one_work  # SQLAlchemy: no other command should wait for it

    with one_work(settings) as work:
        yield work
