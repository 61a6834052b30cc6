"""Puts an account on the register or changes what stands there, once all of it may stand there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import wording_of_register as wording
from bot.accounts.changing_entries import kept
from bot.accounts.entry_standing import a_year_on
from bot.accounts.entry_texts import fault_in, in_one_line, known_names
from bot.acts import PutEntry
from bot.office import Offices
from bot.people import Person
from bot.ports import Work
from bot.register import Change, RegisterEntry, RegisterMove

_NEEDED = ("handle", "platform", "group")
_FIELDS = (*_NEEDED, "purpose", "audience")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was put or changed. `words` are those that cannot stand; `is_there` says that the account is on the
    register already."""

    text: str
    words: str = ""
    is_there: bool = False


class Putting:
    """Puts and changes entries in one unit of work. Whoever calls has seen to who may."""

    def __init__(self, offices: Offices, work: Work) -> None:
        self._offices, self._work = offices, work

    def added(self, act: PutEntry, who: Person) -> RegisterEntry | Refused:
        """The account as it is on the register from now on, or why it is not."""
        said = _said(act)
        there = self._work.register.of_handle(act.society, said["handle"]) if said["handle"] else None
        if there is not None and _bare(there.handle) == _bare(said["handle"]):
            return Refused(wording.there_already(there.handle), is_there=True)
        refused = self._refused(act.society, said, _NEEDED)
        if refused is not None:
            return refused
        zone, now = self._offices.of(act.society).hours.zone, self._work.now
        entry = replace(_with(RegisterEntry("", act.society, "", "", ""), said), review=a_year_on(now, zone))
        added = self._work.register.add(entry, RegisterMove("", 1, now, who, Change.ADDED))
        return added or Refused(wording.there_already(said["handle"]), is_there=True)

    def changed(self, entry: RegisterEntry, act: PutEntry, who: Person) -> RegisterEntry | Refused:
        """The account as it stands after a change, or why it was not changed.

        Raises:
            Overtaken: somebody else changed it at the same moment.
        """
        said = self._differing(entry, act)
        refused = self._refused(entry.society, said)
        if refused is not None:
            return refused
        former, handle = entry.former, said.get("handle", entry.handle)
        if _bare(handle) != _bare(entry.handle):
            there = self._work.register.of_handle(entry.society, handle)
            if there is not None and there.id != entry.id and _bare(there.handle) == _bare(handle):
                return Refused(wording.taken(handle, there.group), handle)
            former = (*(one for one in former if _bare(one) not in (_bare(handle), _bare(entry.handle))), entry.handle)
        text = "; ".join(wording.became(field, getattr(entry, field), said[field]) for field in said)
        return kept(replace(_with(entry, said), former=former), who, Change.CHANGED, self._work, text=text)

    def differs(self, entry: RegisterEntry, act: PutEntry) -> bool:
        """Whether an act would change anything."""
        return bool(self._differing(entry, act))

    def _differing(self, entry: RegisterEntry, act: PutEntry) -> dict[str, str]:
        return {field: text for field, text in _said(act).items() if text and text != getattr(entry, field)}

    def _refused(self, society: str, said: Mapping[str, str], needed: Sequence[str] = ()) -> Refused | None:
        entries, names = self._work.register.of(society), known_names(society, self._offices.of(society), self._work)
        found = {field: fault_in(field, text, entries, names) for field, text in said.items() if text}
        faults = {field: fault for field, fault in found.items() if fault}
        if faults:
            return Refused(" ".join(dict.fromkeys(faults.values())), "; ".join(said[field] for field in faults))
        lacking = [field for field in needed if not said[field]]
        return Refused(wording.missing(said["handle"], lacking)) if lacking else None


def _with(entry: RegisterEntry, said: Mapping[str, str]) -> RegisterEntry:
    """An entry with these texts in place of those of the same fields."""
    return replace(
        entry,
        handle=said.get("handle", entry.handle),
        platform=said.get("platform", entry.platform),
        group=said.get("group", entry.group),
        purpose=said.get("purpose", entry.purpose),
        audience=said.get("audience", entry.audience),
    )


def _said(act: PutEntry) -> dict[str, str]:
    return {field: in_one_line(getattr(act, field)) for field in _FIELDS}


def _bare(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()
