"""What may stand in the fields of an entry: one line each, not too long, and nothing by which a person is known."""

import re
from collections.abc import Sequence

from bot import wording_of_register as wording
from bot.account_requests import Field
from bot.office import Office
from bot.ports import Work
from bot.register import RegisterEntry
from knowledge.questions import plain
from knowledge.rulings.identifying import identifying

PLATFORM = "platform"  # the one field of an entry that a request does not have
LONGEST = {Field.HANDLE: 60, PLATFORM: 40, Field.GROUP: 120, Field.PURPOSE: 500, Field.AUDIENCE: 500}  # characters
_HANDLE = re.compile(r"@?[\w.-]*\w[\w.-]*|@[\w.-]*\w@[\w-]+(?:\.[\w-]+)+")


def in_one_line(text: str) -> str:
    """A text as a field holds it: on one line, without marks that cannot be seen."""
    return " ".join(plain(text).split())


def fault_in(field: str, text: str, entries: Sequence[RegisterEntry], names: Sequence[str] = ()) -> str:
    """Why a text, in one line, cannot stand in a field ("handle", "platform", "group", "purpose", "audience"); empty
    where it can. Handles of these entries identify nobody; `names` are those of people who are known."""
    if len(text) > LONGEST[field]:
        return wording.too_long(field, len(text), LONGEST[field])
    if field == Field.HANDLE:
        return "" if _HANDLE.fullmatch(text) else wording.NO_HANDLE
    own = [handle for entry in entries for handle in (entry.handle, *entry.former)]
    return wording.identifies(field) if identifying(text, names, own) else ""


def known_names(society: str, office: Office, work: Work) -> tuple[str, ...]:
    """The names of people that are known here and do not belong into what everybody may see."""
    admins = (admin.person.name for entry in work.register.of(society) for admin in entry.admins)
    staff = (member.person.name for member in work.staff.of(society))
    return tuple(dict.fromkeys(name for name in (*office.hide_names, *admins, *staff) if name))
