"""What `verse doctor` looks at alike for each chat platform: whose people are answered, and which desks it has."""

from collections.abc import Iterable

from adapters.findings import Finding
from adapters.settings import Settings, SettingsError
from adapters.workspace import society_of
from bot.office import Office, Offices


def desks_on(platform: str, offices: Offices) -> list[Office]:
    """The offices whose desk is there."""
    return [office for office in offices.by_society.values() if office.desk.partition(":")[0] == platform]


def unreached(desks: Iterable[Office], named: str, switch: str) -> list[Finding]:
    """That nothing reaches these desks, since their platform is off; `switch` is the setting that puts it on."""
    what = "its desk is {}, and {} is off, so nothing reaches it; set {}"
    return [Finding(f"office of {one.society}", what.format(one.desk, named, switch), fault=True) for one in desks]


def answered_by(what: str, everybody: str, settings: Settings, offices: Offices) -> Finding:
    """Whose policy answers everybody there."""
    try:
        return Finding(what, f"everybody in {everybody} is answered by {society_of(settings, offices.by_society)}")
    except SettingsError as error:
        return Finding(what, str(error), fault=True)
