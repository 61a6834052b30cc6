"""What staff are told is due to be looked at again."""

from collections.abc import Sequence
from datetime import date

from bot.office import Office
from bot.wording_of_cards import listed
from bot.wording_of_notices import WRITTEN_BY_ITSELF
from bot.wording_of_rulings import on_day

SHOW_REVIEWS = "Show what is due"
NOTHING_DUE = "Nothing is due in the next 30 days."


def policy(title: str) -> str:
    return f"the policy “{title}”"


def ruling(name: str, owner: str) -> str:
    return f"ruling {name} of the {owner}" if owner else f"ruling {name}"


def account(handle: str) -> str:
    return f"the account {handle}"


def due(what: str, on: date, today: date) -> str:
    """One thing with the day from which it is to be looked at."""
    since = f"since {on_day(on)}" if on < today else "today" if on == today else f"on {on_day(on)}"
    return f"{what[:1].upper()}{what[1:]}: due {since}"


def heading(office: Office, many: int) -> str:
    if not many:
        return f"Review dates of {office.name}"
    return f"{_count(many)} to be looked at again by {office.name}, the longest due first"


def more(many: int) -> str:
    return f"{many} more are due later than these."


def without_date(policies: Sequence[str]) -> str:
    """That policies bear no day on which to look at them, and where it is decided."""
    return (
        f"There is no review date for {listed(policies)}; whoever runs the bot can set one in office.toml, with a line"
        " such as “policy_review = 2027-03-01” under the society."
    )


def digest(office: Office, lines: Sequence[str], unnamed: int) -> str:
    """What is due within 30 days or was before; `unnamed` are left out."""
    first = f"{_count(len(lines) + unnamed)} to be looked at again by {office.name}, now or within 30 days:"
    return "\n".join([first, *lines, *([f"and {unnamed} more"] if unnamed else [])])


def subject(many: int) -> str:
    return f"{_count(many)} to be looked at again"


def mail(told: str) -> str:
    to_do = "Staff can show all of it at the desk: write “reviews” to the bot."
    return "\n\n".join([told, to_do, WRITTEN_BY_ITSELF])


def _count(many: int) -> str:
    return "1 thing is" if many == 1 else f"{many} things are"
