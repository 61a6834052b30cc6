"""What an office has decided about its desk: who is asked what, when it is there, how long things may take. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fnmatch import fnmatchcase

from bot.hours import Hours


@dataclass(frozen=True, slots=True)
class Routing:
    """Queries on clauses like `clauses` (ids, `*` for any letters) go to the posts `to` (job titles)."""

    clauses: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reminders:
    """After how many office hours a waiting ticket is remembered, first to its own post, then to `second_post` (a job
    title; empty: the whole desk), and at what time of each working day the digest goes out."""

    first: timedelta = timedelta(hours=8)
    second: timedelta = timedelta(hours=16)
    second_post: str = ""
    digest: time = time(9)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one person may ask of the bot and of the desk."""

    messages_a_minute: int = 20
    queries_a_day: int = 10
    open_queries: int = 20


@dataclass(frozen=True, slots=True)
class Office:
    """The office of one society. `name` is as its policy has it; `desk` is the conversation where staff see queries,
    empty where there is none but the command. `addresses` are e-mail addresses of posts, by job title; under "" that of
    the desk. `answer_within` is in office hours. `hide_names` are people's, which nothing shows. Guests of the
    place where the bot is, and people of other organisations, are answered only where they are admitted.
    `open_conversations` are those (PLATFORM:CHANNEL) in which everybody sees an answer, and not its asker alone.
    `policy_review` is the day from which the policies should be looked at, in place of what they say themselves."""

    society: str
    name: str
    desk: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    routing: tuple[Routing, ...] = ()
    hours: Hours = field(default_factory=Hours)
    answer_within: timedelta = timedelta(hours=16)
    reminders: Reminders = field(default_factory=Reminders)
    limits: Limits = field(default_factory=Limits)
    review_after: timedelta = timedelta(days=365)
    policy_review: date | None = None
    tell_of_withdrawn: bool = False
    question_in_mail: bool = False
    hide_names: tuple[str, ...] = ()
    admits_guests: bool = False
    admits_outsiders: bool = False
    open_conversations: tuple[str, ...] = ()

    def posts_for(self, clauses: tuple[str, ...]) -> tuple[str, ...]:
        """The posts that a query on these clauses goes to, by the first that the table names; empty: the desk."""
        for clause in clauses:
            for route in self.routing:
                if any(fnmatchcase(clause, pattern) for pattern in route.clauses):
                    return route.to
        return ()


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of the societies whose policies are held."""

    by_society: Mapping[str, Office]

    def of(self, society: str) -> Office:
        """The office of a society, as it is by default where nothing was decided."""
        return self.by_society.get(society) or Office(society, "your society's office")
