"""By what names a text may speak of a society: its id, its organisation, and the handles that its policies name."""

import re
from collections.abc import Sequence

from knowledge.clauses import Policy

CALLED = "society"  # stands for all of them where a text is learnt from or compared, so that one learns for another
_HANDLE = re.compile(r"(?<![\w@/])@(\w+)")
_BRACKETED = re.compile(r"\([^()]*\)")


def names_of(society: str, policies: Sequence[Policy]) -> str:
    """A pattern, in lower case, of the names of a society, held or not; the `@` or `#` before one is no part of it."""
    own = [policy for policy in policies if policy.society == society]
    organisations = {" ".join(_BRACKETED.sub(" ", policy.organisation).lower().split()) for policy in own}
    handles = {handle.lower() for policy in own for clause in policy.clauses for handle in _HANDLE.findall(clause.text)}
    whole = sorted({name for name in organisations | handles if name}, key=lambda name: (-len(name), name))
    tags = rf"{re.escape(society)}(?:_\w{{1,30}}|\d{{2,4}})?"  # a group's handle; a meeting's hashtag
    return "|".join([*map(re.escape, whole), tags])


def called(names: str) -> re.Pattern[str]:
    """What is replaced by `CALLED` where one of these names stands in a text of any case."""
    return re.compile(rf"[@#]?\b(?:{names})\b", re.IGNORECASE)
