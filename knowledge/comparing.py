"""What differs between two texts of a policy, and what would be answered otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from knowledge.answers import Answer, Citation, Question, Unanswered
from knowledge.clauses import Clause, Option, Policy, TurnsOn
from knowledge.library import Library
from knowledge.official import OfficialText

_CALLED = {"text": "words", "if_representing": "only when"}


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Words that differ: of what, and both wordings. What it is goes by the name that a policy file has for it."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """A clause that both texts have, with all that differs in it."""

    clause: str
    differences: tuple[ChangedWords, ...]

    def differs_in(self, *names: str) -> bool:
        return any(one.what in names for one in self.differences)


@dataclass(frozen=True, slots=True)
class Difference:
    """From an old text of a policy to a new one. `official` are clauses whose official words differ."""

    added: tuple[Clause, ...]
    removed: tuple[Clause, ...]
    changed: tuple[ChangedClause, ...]
    front_matter: tuple[ChangedWords, ...]
    official: tuple[ChangedWords, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.front_matter or self.official)

    @property
    def dropped(self) -> frozenset[str]:
        return frozenset(clause.id for clause in self.removed)

    @property
    def reworded(self) -> frozenset[str]:
        return frozenset(change.clause for change in self.changed if change.differs_in("words"))

    @property
    def altered(self) -> frozenset[str]:
        """Clauses that no longer say the same: other words, another force, or binding others."""
        telling = ("words", "force", "binds", "only when")
        return frozenset(change.clause for change in self.changed if change.differs_in(*telling))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question came to, as far as a change can flip it. `verdict` is followed by the reason where unanswered."""

    verdict: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that would be answered otherwise: the verdict, the clauses cited, or the words that are quoted."""

    question: Question
    old: Outcome
    new: Outcome

    @property
    def gone(self) -> tuple[str, ...]:
        return tuple(one.clause for one in self.old.citations if one.clause not in _clauses(self.new))

    @property
    def come(self) -> tuple[str, ...]:
        return tuple(one.clause for one in self.new.citations if one.clause not in _clauses(self.old))

    @property
    def quotes(self) -> tuple[ChangedWords, ...]:
        """Clauses that are cited before and after, in other words."""
        before = {one.clause: one.quote for one in self.old.citations}
        return tuple(
            ChangedWords(one.clause, before[one.clause], one.quote)
            for one in self.new.citations
            if before.get(one.clause, one.quote) != one.quote
        )


def compare(
    old: Policy | None, new: Policy | None, official: tuple[OfficialText | None, OfficialText | None] = (None, None)
) -> Difference:
    """What differs between two texts of one policy, None being no policy; official words where both have them."""
    before = {clause.id: clause for clause in old.clauses} if old else {}
    after = {clause.id: clause for clause in new.clauses} if new else {}
    both = [(clause, after[name]) for name, clause in before.items() if name in after]
    return Difference(
        added=tuple(clause for name, clause in after.items() if name not in before),
        removed=tuple(clause for name, clause in before.items() if name not in after),
        changed=tuple(
            ChangedClause(one.id, differences) for one, other in both if (differences := _differences(one, other))
        ),
        front_matter=_differences(old, new) if old and new else (),
        official=_official(*official),
    )


def flip(old: Library, new: Library, question: Question) -> Flip | None:
    """How a question would be answered otherwise; None where it would not.

    Raises:
        KeyError: one of them holds no policy of the society.
    """
    before, after = _outcome(old.answer(question)), _outcome(new.answer(question))
    flipped = Flip(question, before, after)
    return flipped if before.verdict != after.verdict or flipped.gone or flipped.come or flipped.quotes else None


def _differences(old: Clause | Policy, new: Clause | Policy) -> tuple[ChangedWords, ...]:
    """What differs in the fields of a clause, or in the front matter of a policy."""
    found = []
    for field in fields(old):
        one, other = getattr(old, field.name), getattr(new, field.name)
        if field.name == "clauses" or one == other:
            continue
        if field.name == "asks":  # there may be many
            gone, come = len(set(one) - set(other)), len(set(other) - set(one))
            found.append(ChangedWords("asks", f"{gone} taken out", f"{come} put in"))
            continue
        found.append(ChangedWords(_CALLED.get(field.name, field.name.replace("_", " ")), _told(one), _told(other)))
    return tuple(found)


def _told(value: object) -> str:
    match value:
        case None | "" | () | []:
            return "none"
        case Option():
            return f"{value.verdict}: {value.label}"
        case TurnsOn():
            return f"{value.question} {_told(value.options)}"
        case tuple() | list():
            return "; ".join(": ".join(one) if isinstance(one, tuple) else _told(one) for one in value)
        case _:
            return str(value)


def _official(old: OfficialText | None, new: OfficialText | None) -> tuple[ChangedWords, ...]:
    if old is None or new is None:
        return ()
    names = dict.fromkeys([*old.extracts, *new.extracts])
    quoted = [ChangedWords(name, _quoted(old, name), _quoted(new, name)) for name in names]
    return tuple(change for change in quoted if change.old != change.new)


def _quoted(text: OfficialText, clause: str) -> str:
    return text.quote(text.extracts[clause]) if clause in text.extracts else "no passage that is settled"


def _outcome(result: Answer | Unanswered) -> Outcome:
    if isinstance(result, Unanswered):
        return Outcome(f"not_covered ({result.reason})", result.citations)
    return Outcome(str(result.verdict), result.citations)


def _clauses(outcome: Outcome) -> Sequence[str]:
    return [citation.clause for citation in outcome.citations]
