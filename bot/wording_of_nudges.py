"""What those who run accounts are reminded of, and what staff hear where nothing comes of it. Short and kind."""

from collections.abc import Sequence

from bot.office import Office
from bot.wording_of_notices import WRITTEN_BY_ITSELF

AS_IT_WAS = "All as it was, and two of us have access"
SOMETHING_CHANGED = "Something has changed"
NO_LONGER_USED = "It is no longer used"
UNNAMED = "Somebody"  # in place of who it is, in mails
SHOW_REGISTER = "Show the register"

_PLATFORMS = {"slack": "in Slack", "teams": "in Microsoft Teams", "console": "at the terminal"}


def invited(handle: str, since: str, office: Office, last: bool) -> str:
    """The reminder of an invitation that was not answered since a day."""
    return " ".join(
        [
            f"You were invited to run {handle}, and I have not heard from you since {since}.",
            "Nobody is set up who does not say yes. Would you accept, or decline?",
            *_last(office, last),
        ]
    )


def under_way(handle: str, since: str, office: Office, last: bool) -> str:
    """The reminder to whoever has begun and not gone on since a day."""
    return " ".join(
        [
            f"You are being set up to run {handle}, and we stopped on {since}.",
            "What you have answered is kept; we can go on where we were.",
            *_last(office, last),
        ]
    )


def stalled(who: str, handle: str, since: str, was_invited: bool, was_reminded: bool) -> str:
    """What staff hear of somebody who was reminded and did nothing; or could not be, where no checklist is held."""
    end = "I reminded them, and stop now." if was_reminded else "No checklist is held by which they could go on."
    if was_invited:
        return f"{who}, invited to run {handle}, has not answered since {since}. {end}"
    return f"{who} began to be set up to run {handle}, and has not gone on since {since}. {end}"


def yearly(handle: str, purpose: str, office: Office, again: bool) -> str:
    """What an admin is asked once a year; `again` where they were asked before."""
    begin = "I asked you two weeks ago, and nobody has answered yet: once" if again else "Once"
    held = (
        f"The register says that it is for this: {purpose}" if purpose else "The register does not say what it is for."
    )
    end = f" If nobody answers, {office.name} hears of it." if again else ""
    return (
        f"{begin} a year I ask those who run {handle} whether it is still in use, still for the same purpose,"
        f" and whether two of you have access.\n{held}\nPlease name nobody.{end}"
    )


def yearly_of_several(many: int) -> str:
    """What somebody is asked once a year who runs so many accounts, above a list of these."""
    return (
        f"Once a year I ask those who run accounts how each stands; {many} of yours wait for that. Is it still in use,"
        " still for the same purpose, and do two of you have access? Please name nobody."
    )


def yearly_in_list(purpose: str, office: Office, again: bool) -> tuple[str, ...]:
    """What stands below the handle of each of these."""
    held = purpose or "The register does not say what it is for."
    asked = f"I asked you two weeks ago; if nobody answers, {office.name} hears of it."
    return (held, asked) if again else (held,)


def unconfirmed(handle: str, confirmed: str) -> str:
    """What staff hear of an account whose admins were asked and reminded. `confirmed` is the day on which one of them
    did so last, empty where none has."""
    last = f"was last confirmed on {confirmed}" if confirmed else "was never confirmed"
    return f"{handle} {last}. I asked those who run it, reminded them, and nobody has answered."


def unreached(who: str, handle: str, runs: bool, platform: str, fault: str) -> str:
    """What staff hear of somebody to whom nothing could be brought, and why."""
    role = f"who runs {handle}" if runs else f"invited to run {handle}"
    where = _PLATFORMS.get(platform, f"on {platform}")
    why = " ".join(fault.split()).rstrip(".")
    return f"{who}, {role}, cannot be reached {where}{f': {why}' if why else ''}. Their account there may be gone."


def for_staff(lines: Sequence[str], more: int) -> str:
    """Several such lines; `more` are not shown."""
    return "\n".join([*lines, *([f"And {more} more, which the register shows."] if more else [])])


def subject(many: int) -> str:
    return "Something about an account" if many == 1 else f"{many} things about accounts"


def mail(told: str, office: Office) -> str:
    """The text of a mail to staff."""
    to_do = f"No mail says who it is. Staff of {office.name} find it on the register: write “register” to the bot."
    return "\n\n".join([told, to_do, WRITTEN_BY_ITSELF])


def _last(office: Office, last: bool) -> list[str]:
    return [f"I will not remind you again. If it still waits in a few days, I tell {office.name}."] if last else []
