"""The tables of `office.toml`: which keys may stand in it, and what each may hold."""

from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"
DESK = "desk"  # stands for the whole desk where a post could


def _conversation(value: str) -> str:
    platform, colon, rest = value.partition(":")
    if rest.startswith("//"):
        raise ValueError(
            "is a link; of a link to a channel in Teams write `teams:` and what stands between /channel/ and the next"
            " slash"
        )
    if value and not (platform.isalnum() and colon and rest.strip()):
        raise ValueError("is no conversation; write it as PLATFORM:CHANNEL, e.g. slack:C0123ABCD, or leave it out")
    return value


def _address(value: str) -> str:
    name, at, host = value.rpartition("@")
    if not (name and at and host) or any(letter.isspace() or letter in "<>,;" for letter in value):
        raise ValueError("is no e-mail address; write one alone, without a name before it")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError) as error:  # KeyError: not found
        raise ValueError("is no time zone; write one like Europe/London") from error
    return value


def _span_or_closed(value: str) -> str:
    if value != CLOSED:
        span(value)
    return value


def span(value: str) -> tuple[time, time]:
    """Opening and closing of a day.

    Raises:
        ValueError: it is written otherwise.
    """
    try:
        opens, closes = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError as error:
        raise ValueError('is no span of time; write it as "09:00-17:00", or "closed"') from error
    if opens.tzinfo or closes.tzinfo:
        raise ValueError("has a zone of its own; leave it out, for `zone` says it for every day")
    if opens >= closes:
        raise ValueError(f"closes {'when' if opens == closes else 'before'} it opens; write the earlier time first")
    return opens, closes


def _time_of_day(value: str) -> str:
    try:
        time.fromisoformat(value)
    except ValueError as error:
        raise ValueError('is no time of day; write it as "09:00"') from error
    return value


Conversation = Annotated[str, AfterValidator(_conversation)]
Address = Annotated[str, AfterValidator(_address)]
Span = Annotated[str, AfterValidator(_span_or_closed)]
TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
OfficeHours = Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False)]
Days = Annotated[int, Field(gt=0, le=36_500)]
Count = Annotated[int, Field(gt=0, le=100_000)]
Names = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HoursTable(_Table):
    """When an office is there; a day that is not given is as usual: nine to five from Monday to Friday."""

    zone: Annotated[str, AfterValidator(_zone)] = "Europe/London"
    mon: Span = "09:00-17:00"
    tue: Span = "09:00-17:00"
    wed: Span = "09:00-17:00"
    thu: Span = "09:00-17:00"
    fri: Span = "09:00-17:00"
    sat: Span = CLOSED
    sun: Span = CLOSED


class RemindersTable(_Table):
    """When a waiting query is remembered, in office hours; `digest` is a time of day."""

    first_hours: OfficeHours = 8
    second_hours: OfficeHours = 16
    second_post: str = ""
    digest: TimeOfDay = "09:00"


class LimitsTable(_Table):
    """How much one person may ask."""

    messages_a_minute: Count = 20
    queries_a_day: Count = 10
    open_queries: Count = 20


class RetentionTable(_Table):
    """For how many days what is done with is kept."""

    exchanges: Days = 90
    conversations: Days = 30
    tickets: Days = 365
    ratings: Days = 365
    deliveries: Days = 90
    events: Days = 30
    once: Days = 400
    forgotten: Days = 400


class RoutingTable(_Table):
    """Queries on clauses like these go to these posts."""

    clauses: Names
    to: Names


class Decided(_Table):
    """What can be decided for all societies, and for one of them alone."""

    hours: HoursTable = HoursTable()
    holidays: tuple[date, ...] = ()
    answer_within_hours: OfficeHours = 16
    reminders: RemindersTable = RemindersTable()
    limits: LimitsTable = LimitsTable()
    review_after_days: Days = 365
    tell_of_withdrawn: bool = False
    question_in_mail: bool = False


class DecidedBySociety(Decided):
    """What one society decides; what it leaves out is as it is decided for all."""

    desk: Conversation = ""
    guests: bool = False
    other_organisations: bool = False
    policy_review: date | None = None
    open_channels: tuple[Annotated[str, Field(min_length=1), AfterValidator(_conversation)], ...] = ()
    addresses: dict[str, Address] = {}
    routing: tuple[RoutingTable, ...] | None = None


class OfficeFile(Decided):
    """The whole file.

    `hide_names` are people's, in full: no answer shows them, whatever text they stand in. A name of one word is hidden
    only after a title ("Dr Example"), since many are ordinary words as well.
    """

    hide_names: tuple[str, ...] = ()
    retention: RetentionTable = RetentionTable()
    society: dict[str, DecidedBySociety] = {}
