"""What the office decides, from `office.toml` in the data folder: read, and checked against the policies in force."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from adapters.office_tables import (
    CLOSED,
    DESK,
    WEEKDAYS,
    Decided,
    DecidedBySociety,
    HoursTable,
    LimitsTable,
    OfficeFile,
    RemindersTable,
    RetentionTable,
    RoutingTable,
    span,
)
from adapters.settings import Settings, SettingsError
from bot.hours import Hours
from bot.office import Limits, Office, Offices, Reminders, Routing
from knowledge.clauses import Policy

_OF_ONE_SOCIETY = ("desk", "guests", "other_organisations", "policy_review", "open_channels", "addresses", "routing")
_HINTS = {  # by the beginning of pydantic's name for a fault; the first that fits
    "extra_forbidden": "is unknown here",
    "missing": "is missing",
    "date_": "is no date; write 2026-12-25",
    "bool_": "is neither true nor false",
    "finite_number": "is no number",
    "float_": "is no number",
    "int_": "is no whole number",
    "greater_than": "is too small; write more than {gt}",
    "less_than_equal": "is too great; write {le} at most",
    "string_type": "is a text: write it in quotes",
    "string_too_short": "is empty; write something, or leave it out",
    "too_short": "names nothing; write one at least",
    "dict_type": "is a table: write [{key}]",
    "model_type": "is a table: write [{key}]",
}
_LISTS = {
    "holidays": "[2026-12-25]",
    "hide_names": '["Example Person"]',
    "open_channels": '["slack:C0123ABCD"]',
    "clauses": '["ipem/personal/*"]',
    "to": '["Name of the Post"]',
    "routing": "[[{key}]]",
}


def office_file(settings: Settings) -> Path:
    """Where the office's file is looked for."""
    return settings.data / "office.toml"


def office_of(settings: Settings) -> OfficeFile:
    """What is decided in the data folder; the defaults where nothing is.

    Raises:
        SettingsError: the file cannot be used.
    """
    file = office_file(settings)
    try:
        return _read(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return OfficeFile()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as TOML ({error}); mend it or move it away") from error
    except ValidationError as error:
        raise SettingsError(f"{file}: {_told(error)}") from None  # what was written may hold names and addresses


def offices_of(settings: Settings, policies: Sequence[Policy]) -> Offices:
    """The office of each society whose policies are held; without addresses where no server is set that takes mails.

    Raises:
        SettingsError: the file cannot be used, or does not fit the policies.
    """
    offices, faults = checked_offices(settings, policies)
    if faults:
        more = f" (and {len(faults) - 1} more: `verse doctor`)" if len(faults) > 1 else ""
        raise SettingsError(f"{office_file(settings)}: {faults[0]}{more}")
    if settings.smtp_url is not None:
        return offices
    return Offices({society: replace(office, addresses={}) for society, office in offices.by_society.items()})


def checked_offices(settings: Settings, policies: Sequence[Policy]) -> tuple[Offices, list[str]]:
    """The office of each society, and every way in which the file does not fit the policies, with what to do about it.

    Raises:
        SettingsError: the file cannot be used at all.
    """
    decided, shipped = office_of(settings), _defaults()
    held = {society: _Held(society, policies) for society in dict.fromkeys(policy.society for policy in policies)}
    offices, faults = {}, []
    for society in decided.society.keys() - held.keys():
        faults.append(f"'society.{society}': no policy of it is held; held are: {', '.join(held)}")
    for society, one in held.items():
        own = decided.society.get(society, DecidedBySociety())
        default = shipped.society.get(society, DecidedBySociety()).routing or ()
        if own.routing is None:
            own = own.model_copy(update={"routing": tuple(route for route in default if not one.faults_of(route))})
        whole = _with_common(own, decided)
        faults += one.faults(whole)
        offices[society] = _office(one, whole, decided.hide_names)
    return Offices(offices), sorted(faults)


class _Held:
    """What the policies of one society hold that a file can name."""

    def __init__(self, society: str, policies: Sequence[Policy]) -> None:
        own = [policy for policy in policies if policy.society == society]
        self.society, self.name = society, own[0].office
        self.posts = tuple(dict.fromkeys(post for policy in own for post in policy.posts))
        self._clauses = [clause.id for policy in own for clause in policy.clauses]

    def faults(self, decided: DecidedBySociety) -> list[str]:
        """Each key that does not fit, with what to do."""
        named = [(f"addresses.{post}", post) for post in decided.addresses if post != DESK]
        named += [("reminders.second_post", decided.reminders.second_post)] if decided.reminders.second_post else []
        found = [fault for key, post in named for fault in self._post(key, post)]
        found += self._times(decided)
        return found + [
            fault
            for number, route in enumerate(decided.routing or (), 1)
            for fault in self.faults_of(route, f"routing.{number}.")
        ]

    def _times(self, decided: DecidedBySociety) -> list[str]:
        """What of its times keeps the office from ever being there, or from being reminded in order."""
        found = []
        if all(getattr(decided.hours, day) == CLOSED for day in WEEKDAYS):
            found.append(f"{self._key('hours')} closes all seven days, so that no query is ever due; open one")
        first, second = decided.reminders.first_hours, decided.reminders.second_hours
        if second < first:
            what = f"of {second:g} comes before first_hours, {first:g}; write more"
            found.append(f"{self._key('reminders.second_hours')} {what}")
        return found

    def faults_of(self, route: RoutingTable, place: str = "") -> list[str]:
        """What one line of the routing table names that is not held."""
        missing = [
            pattern for pattern in route.clauses if not any(fnmatchcase(clause, pattern) for clause in self._clauses)
        ]
        found = [
            f"{self._key(f'{place}clauses')}: '{pattern}' names no clause of {self.society}; "
            "`verse policies show` lists them, and * stands for any letters"
            for pattern in missing
        ]
        return found + [fault for post in route.to for fault in self._post(f"{place}to", post)]

    def _post(self, key: str, post: str) -> list[str]:
        if post in self.posts:
            return []
        if not self.posts:
            return [f"{self._key(key)}: the policy names no posts; leave it out, and all goes to the desk"]
        return [f"{self._key(key)}: '{post}' is no post that the policy names; it names: {', '.join(self.posts)}"]

    def _key(self, key: str) -> str:
        return f"'society.{self.society}.{key}'"


def _read(text: str) -> OfficeFile:
    return OfficeFile.model_validate(tomllib.loads(text))


def _defaults() -> OfficeFile:
    return _read(files("adapters").joinpath("office_defaults.toml").read_text(encoding="utf-8"))


def _with_common(own: DecidedBySociety, common: OfficeFile) -> DecidedBySociety:
    """What one society decided, over what is decided for all."""
    for_all = common.model_dump(exclude_unset=True, include=set(Decided.model_fields))
    return DecidedBySociety.model_validate(_over(own.model_dump(exclude_unset=True), for_all))


def _over(own: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
    joined = dict(common)
    for key, value in own.items():
        below = joined.get(key)
        joined[key] = _over(value, below) if isinstance(value, dict) and isinstance(below, dict) else value
    return joined


def _office(held: _Held, decided: DecidedBySociety, hide_names: tuple[str, ...]) -> Office:
    reminders = decided.reminders
    return Office(
        society=held.society,
        name=held.name,
        desk=decided.desk,
        addresses={"" if post == DESK else post: address for post, address in decided.addresses.items()},
        routing=tuple(Routing(route.clauses, route.to) for route in decided.routing or ()),
        hours=_hours(decided),
        answer_within=timedelta(hours=decided.answer_within_hours),
        reminders=Reminders(
            timedelta(hours=reminders.first_hours),
            timedelta(hours=reminders.second_hours),
            reminders.second_post,
            time.fromisoformat(reminders.digest),
        ),
        limits=Limits(**decided.limits.model_dump()),
        review_after=timedelta(days=decided.review_after_days),
        policy_review=decided.policy_review,
        tell_of_withdrawn=decided.tell_of_withdrawn,
        question_in_mail=decided.question_in_mail,
        hide_names=hide_names,
        admits_guests=decided.guests,
        admits_outsiders=decided.other_organisations,
        open_conversations=decided.open_channels,
    )


def _hours(decided: Decided) -> Hours:
    spans = {number: getattr(decided.hours, day) for number, day in enumerate(WEEKDAYS)}
    days = {number: span(written) for number, written in spans.items() if written != CLOSED}
    return Hours(ZoneInfo(decided.hours.zone), days, frozenset(decided.holidays))


def _told(error: ValidationError) -> str:
    """The first fault: its key, what is wrong with it, and what may stand there. Never what was written."""
    first = error.errors(include_input=False, include_url=False)[0]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    if first["type"] == "tuple_type":
        written = _LISTS.get(key.rpartition(".")[2], "[...]").format(key=key)
        return f"'{key}' is a list: write {written}"
    hint = next((hint for kind, hint in _HINTS.items() if first["type"].startswith(kind)), None)
    limits = {name: f"{first.get('ctx', {}).get(name, 0):g}" for name in ("gt", "le")}  # ours, not what was written
    what = hint.format(key=key, **limits) if hint else first["msg"].removeprefix("Value error, ")
    if first["type"] != "extra_forbidden":
        return f"'{key}' {what}"
    if first["loc"][0] in _OF_ONE_SOCIETY and len(first["loc"]) == 1:
        return f"'{key}' belongs to one society; put it under [society.NAME], e.g. [society.ipem]"
    return f"'{key}' {what}; known are: {', '.join(_known(first['loc'][:-1]))}"


def _known(place: Sequence[int | str]) -> list[str]:
    """The keys that may stand in a table of the file."""
    table: type[BaseModel] = OfficeFile
    inner: dict[str, type[BaseModel]] = {
        "hours": HoursTable,
        "reminders": RemindersTable,
        "limits": LimitsTable,
        "retention": RetentionTable,
        "routing": RoutingTable,
    }
    for part in place:
        if part == "society":
            table = DecidedBySociety
        elif isinstance(part, str):
            table = inner.get(part, table)
    return list(table.model_fields)
