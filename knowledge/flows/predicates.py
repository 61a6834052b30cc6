"""The rules that outgrow options and next, each under the name by which a flow's file calls it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.clauses import Party
from knowledge.questions import Account, Reading


@dataclass(frozen=True, slots=True)
class Case:
    """What a route may look at: who asks, and what they answered by step."""

    role: Party
    responses: Mapping[str, str]


ROUTES: Mapping[str, Callable[[Case], bool]] = {
    "employed by the society": lambda case: case.role is Party.STAFF,
    "posted by the society": lambda case: case.responses.get("author") == "IPEM or one of its groups",
    "posted by a politician": lambda case: case.responses.get("author") == "A politician or a party",
}

READS: Mapping[str, Callable[[Reading], bool]] = {
    "personal account": lambda reading: reading.account is Account.PERSONAL,
    "affiliated account": lambda reading: reading.account is Account.AFFILIATED,
    "official account": lambda reading: reading.account is Account.OFFICIAL,
    "represents": lambda reading: reading.represents is True,
    "does not represent": lambda reading: reading.represents is False,
    "has consent": lambda reading: reading.has,
    "lacks consent": lambda reading: reading.lacks,
}
