"""What is open about an account on the register: nobody runs it, or one alone, or an admin said so. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from bot.register import AccountState, Change, RegisterEntry, RegisterMove

ENOUGH = 2  # admins with access
FEWER, NOT_USED = "fewer than two people have access", "no longer used"  # how a confirmation says so in the history
_PURPOSE = "purpose: "


def a_year_on(at: datetime, zone: tzinfo) -> date:
    """The same day of the next year, as the office has it; of 29 February the 28th."""
    day = at.astimezone(zone).date()
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def stands(entry: RegisterEntry) -> AccountState:
    """Where an account stands, as it is told: one that nobody runs who stays needs an admin, whyever that is."""
    return AccountState.NEEDS_ADMIN if entry.state is AccountState.ACTIVE and not entry.staying else entry.state


def lacks_admins(entry: RegisterEntry) -> bool:
    """Whether fewer than two run an account and stay."""
    return entry.state is not AccountState.CLOSED and len(entry.staying) < ENOUGH


def confirmation(active: bool, access: str, purpose: str) -> str:
    """What the history keeps of a confirmation; `purpose` is how that changed, as the
    history says it ("purpose: ..."), empty where it did not."""
    said = [] if active else [NOT_USED]
    if access == "fewer":
        said.append(FEWER)
    return "; ".join([*said, *([purpose] if purpose else [])])


def last_said(history: Sequence[RegisterMove]) -> tuple[RegisterMove, bool, bool] | None:
    """What an admin confirmed last, and whether they said that it is not used, or that fewer than two have access."""
    move = next((one for one in reversed(history) if one.what is Change.CONFIRMED), None)
    if move is None:
        return None
    said = move.text.partition(_PURPOSE)[0]
    return move, NOT_USED in said, FEWER in said
