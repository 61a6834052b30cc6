"""Checks a draft as a linter would: which clause it breaks and where, how serious that is, and what would mend it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from knowledge.clauses import Clause, Force, Party
from knowledge.library import Library
from knowledge.posts.binding import Binding
from knowledge.posts.detectors import DETECTORS
from knowledge.posts.disclosures import prescribed
from knowledge.posts.faults import Examined, Fault
from knowledge.posts.faults import Kind as Kind
from knowledge.posts.folding import fold
from knowledge.posts.post import PostReading, without_leave
from knowledge.posts.signals import Signal
from knowledge.questions import Account

_PROFILE = re.compile(r"\s*(?:bio|profile|about me|about this blog)\s*:", re.IGNORECASE)
_WORD = re.compile(r"\w")


class Severity(StrEnum):
    """How serious a finding is: an error breaks a "must", a warning falls short of a "should"."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, and the account that it would go out from. Its `kind` is read off its opening where it is not given."""

    text: str
    society: str
    account: Account
    kind: Kind | None = None
    role: Party = Party.MEMBER


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at a place of a draft: `span` is its text from `start` to `end`, in Unicode code points.

    Something missing has the span "" at the end. `mend` is what may safely stand there instead (for something missing,
    be added on a line of its own), None where a person has to see to it. `signal` names what was seen.
    """

    clause: str
    start: int
    end: int
    span: str
    severity: Severity
    advice: str
    mend: str | None
    signal: str


class Reader(Protocol):
    """What reads the signs off a text: `knowledge.posts.reading.PostReader`."""

    @property
    def signals(self) -> Mapping[str, Signal]: ...

    def read(self, text: str, society: str) -> PostReading: ...


class Checker:
    """Finds what drafts break. A society that no signal has a clause of is not checked, and nothing is found there."""

    def __init__(self, library: Library, reader: Reader) -> None:
        self._binding = Binding(library)
        self._reader = reader

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What it breaks of the clauses that bind its writer, the most serious first, then by place."""
        broken = self._breakable(draft)
        if not broken or not draft.text.strip():
            return ()
        reading = self._reader.read(draft.text, draft.society)
        examined = Examined(fold(draft.text), reading, kind_of(draft), draft.account)
        seen = [*_shown(examined, broken), *_detected(examined, broken)]
        found = [one.finding(draft.text) for one in _each_once(seen)]
        return tuple(
            sorted(found, key=lambda one: (one.severity is not Severity.ERROR, one.start, one.end, one.clause))
        )

    def _breakable(self, draft: Draft) -> dict[str, tuple[Signal, Clause]]:
        """The signals that are faults in such a draft, each with the clause that it would break."""
        faults = (signal for signal in self._reader.signals.values() if signal.advice)
        clauses = (
            (signal, self._binding.breaks(signal, draft.society, draft.account, draft.role)) for signal in faults
        )
        return {signal.name: (signal, clause) for signal, clause in clauses if clause is not None}


def kind_of(draft: Draft) -> Kind:
    """Whether it is a post or a profile: as given, else as it opens."""
    return draft.kind or (Kind.PROFILE if _PROFILE.match(draft.text) else Kind.POST)


def mended(text: str, finding: Finding) -> str:
    """The text with one finding mended; as it was, where there is no mend. Further findings are to be looked for anew,
    or those at later places mended first."""
    if finding.mend is None:
        return text
    if not finding.span:
        return f"{text.rstrip()}\n{finding.mend}"
    return text[: finding.start] + finding.mend + text[finding.end :]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A fault, what showed it and how surely, and the clause that it breaks."""

    fault: Fault
    signal: Signal
    clause: Clause
    chance: float

    @property
    def severity(self) -> Severity:
        strict = self.clause.force in (Force.MUST, Force.MUST_NOT) and not self.fault.slight
        return Severity.ERROR if strict else Severity.WARNING

    def meets(self, other: "_Seen") -> bool:
        return self.fault.start < other.fault.end and other.fault.start < self.fault.end

    def likens(self, other: "_Seen") -> bool:
        """Whether the two are so alike that one sentence hardly shows both."""
        return other.signal.name in self.signal.beside or self.signal.name in other.signal.beside

    def finding(self, text: str) -> Finding:
        start, end = self.fault.start, self.fault.end
        mend = self.fault.mend if end > start else prescribed(self.clause.text)
        return Finding(
            self.clause.id, start, end, text[start:end], self.severity, self.signal.advice, mend, self.signal.name
        )


def _shown(examined: Examined, broken: Mapping[str, tuple[Signal, Clause]]) -> Iterable[_Seen]:
    """The faults among the signs; where one sign follows upon another of its name, they are one fault."""
    last: dict[str, _Seen] = {}
    for sign in without_leave(examined.reading, examined.signs):
        if sign.name in broken:
            one = _Seen(Fault(sign.start, sign.end), *broken[sign.name], sign.chance)
            before = last.get(sign.name)
            if before is not None and not _WORD.search(examined.reading.text, before.fault.end, sign.start):
                end = max(before.fault.end, sign.end)
                one = replace(before, fault=Fault(before.fault.start, end), chance=max(before.chance, sign.chance))
            elif before is not None:
                yield before
            last[sign.name] = one
    yield from last.values()


def _detected(examined: Examined, broken: Mapping[str, tuple[Signal, Clause]]) -> Iterable[_Seen]:
    """The faults that detectors see; none is asked that looks for what would break nothing."""
    for signal, clause in broken.values():
        if signal.found_by:
            for fault in DETECTORS[signal.found_by](examined):
                yield _Seen(fault, signal, clause, 1.0)


def _each_once(seen: Sequence[_Seen]) -> list[_Seen]:
    """One for each fault: what breaks one clause at one place is one, and of signals that are alike the weightier."""
    kept: list[_Seen] = []
    for one in sorted(seen, key=lambda one: (-one.chance, one.severity is not Severity.ERROR, one.fault.start)):
        same = next((at for at, other in enumerate(kept) if one.clause == other.clause and one.meets(other)), None)
        if same is not None:
            kept[same] = _merged(kept[same], one)
        elif not any(one.meets(other) and one.likens(other) for other in kept):
            kept.append(one)
    return kept


def _merged(first: _Seen, second: _Seen) -> _Seen:
    """The weightier, whose place and mend it keeps: narrow places tell more than wide ones."""
    if first.fault.mend is None and (first.fault.start, first.fault.end) == (second.fault.start, second.fault.end):
        return replace(first, fault=replace(first.fault, mend=second.fault.mend))
    return first
