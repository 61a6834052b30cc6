"""The values of a policy: what a clause is, how strong it is, whom it binds, and how people ask about it."""

from dataclasses import dataclass
from enum import StrEnum


class Force(StrEnum):
    """How strong a clause is, as strong as its source says it and no stronger. A gap is content that the copy lacks."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    MAY = "may"
    FACT = "fact"
    GAP = "gap"

    @property
    def forbids(self) -> bool:
        return self in (Force.MUST_NOT, Force.SHOULD_NOT)

    @property
    def requires(self) -> bool:
        return self in (Force.MUST, Force.SHOULD)


class Party(StrEnum):
    """Whom a clause binds, and who may say that they are asking (`ROLES`)."""

    MEMBER = "member"
    STAFF = "staff"
    FELLOW = "fellow"
    TRAINEE = "trainee"
    ACCOUNT_ADMIN = "account_admin"
    GROUP = "group"
    NATIONAL_OFFICE = "national_office"
    TRUSTEES = "trustees"
    ANYONE = "anyone"


ROLES = (
    Party.MEMBER,
    Party.STAFF,
    Party.ACCOUNT_ADMIN,
    Party.GROUP,
    Party.FELLOW,
    Party.TRAINEE,
    Party.ANYONE,
)


class Verdict(StrEnum):
    """What an answer comes to. `INFO` informs without ruling; `NOT_COVERED` goes with every unanswered question."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    INFO = "info"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Ask:
    """A way that people ask about a clause, and the verdict that is honest when it is put so (None: not said)."""

    text: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to the question that a clause turns on, and the verdict that follows from it."""

    label: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TurnsOn:
    """The fact, known only to the asker, on which a clause turns."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest part of a policy that can be cited. `id` is society/section/slug.

    `see_also` are clauses that are always cited with it. `holds_to` is a group of clauses to the likes of which it
    holds those whom it binds. `if_representing` says that it binds only who represents the society in some way.
    `note` is a caution that goes with every answer from it. `unsure` is what nobody has settled about it yet, told to
    its reviewer only: until then it informs, and never gives a yes or a no.
    """

    id: str
    policy: str
    section: str
    force: Force
    binds: tuple[Party, ...]
    text: str
    asks: tuple[Ask, ...] = ()
    turns_on: TurnsOn | None = None
    see_also: tuple[str, ...] = ()
    holds_to: str = ""
    if_representing: bool = False
    note: str = ""
    unsure: str = ""

    @property
    def society(self) -> str:
        return self.id.split("/", 1)[0]

    @property
    def group(self) -> str:
        """The id without its slug: clauses of one group are about one matter."""
        return self.id.rsplit("/", 1)[0]

    def is_for(self, role: Party) -> bool:
        """Whether it speaks to somebody of this role. A trainee is bound as a member; a Fellow is one too."""
        as_whom = {role, Party.MEMBER} if role in (Party.TRAINEE, Party.FELLOW) else {role}
        return Party.ANYONE in self.binds or not as_whom.isdisjoint(self.binds)


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy of one society, in one edition.

    `known_as` is how an answer speaks of it ("IPEM's guidelines"), `office` whom it sends its askers to, and `posts`
    are job titles, never names. `named_only` are documents that the policy names and that are not held here;
    `missing_rules` is the gap that may hold rules which the copy lacks, so that silence proves nothing;
    `general_definition` is the clause under which platforms fall that no clause names. `official` says whether the
    clauses are the society's own words, `reviewed` whether a person has gone through what was made of them. `review` is
    the day from which somebody should look at it again (2027-03-01), None where nobody has set one.
    """

    id: str
    society: str
    organisation: str
    title: str
    known_as: str
    edition: str
    dates: tuple[tuple[str, str], ...]
    office: str
    posts: tuple[str, ...]
    named_only: tuple[str, ...]
    missing_rules: str | None
    general_definition: str | None
    official: bool
    clauses: tuple[Clause, ...]
    reviewed: bool = True
    review: str | None = None
