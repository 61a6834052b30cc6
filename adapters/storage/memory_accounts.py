"""The register, enrolments, requests for accounts and links of the store that forgets when the process ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.storage.account_keys import hash_of_code, key_of_handle, new_code
from bot.account_requests import AccountRequest
from bot.enrolments import Enrolment, EnrolmentState
from bot.ports import Delivery
from bot.register import RegisterEntry, RegisterMove

_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class KeptAccounts:
    """What is kept of accounts. `left` is when an entry gave up a handle, by both; `linked` holds groups of accounts
    by each of them, `codes` whose a code is, and until when, by its hash. `tried` counts codes typed within an hour.
    """

    entries: dict[str, RegisterEntry] = field(default_factory=dict)
    moves: dict[tuple[str, int], RegisterMove] = field(default_factory=dict)
    left: dict[tuple[str, str], datetime] = field(default_factory=dict)
    enrolments: dict[str, Enrolment] = field(default_factory=dict)
    requests: dict[str, AccountRequest] = field(default_factory=dict)
    linked: dict[str, frozenset[str]] = field(default_factory=dict)
    codes: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    tried: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    def copied(self) -> "KeptAccounts":
        return KeptAccounts(
            dict(self.entries),
            dict(self.moves),
            dict(self.left),
            dict(self.enrolments),
            dict(self.requests),
            dict(self.linked),
            dict(self.codes),
            dict(self.tried),
        )


class MemoryRegister:
    """The accounts of every society, with their histories."""

    def __init__(self, kept: KeptAccounts) -> None:
        self._entries, self._moves, self._left = kept.entries, kept.moves, kept.left

    def add(self, entry: RegisterEntry, move: RegisterMove) -> RegisterEntry | None:
        if self._bearer(entry.society, entry.handle) is not None:
            return None
        added = replace(entry, id=str(len(self._entries) + 1))
        self._put(added, move)
        return added

    def get(self, name: str) -> RegisterEntry | None:
        return self._entries.get(name)

    def of_handle(self, society: str, handle: str) -> RegisterEntry | None:
        return self._bearer(society, handle) or self._last_bearer(society, handle)

    def of(self, society: str) -> tuple[RegisterEntry, ...]:
        found = [entry for entry in self._entries.values() if entry.society == society]
        return tuple(sorted(found, key=lambda entry: key_of_handle(entry.handle)))

    def run_by(self, accounts: Sequence[str]) -> tuple[RegisterEntry, ...]:
        known = tuple(filter(None, accounts))
        return tuple(entry for entry in self._entries.values() if entry.admin(known) is not None)

    def change(self, after: RegisterEntry, move: RegisterMove) -> bool:
        before, bearer = self._entries.get(after.id), self._bearer(after.society, after.handle)
        is_taken = bearer is not None and bearer.id != after.id
        if before is None or before.version != after.version - 1 or is_taken:
            return False
        self._put(after, move)
        return True

    def history(self, name: str) -> tuple[RegisterMove, ...]:
        return tuple(move for (entry, _), move in self._moves.items() if entry == name)

    def _put(self, entry: RegisterEntry, move: RegisterMove) -> None:
        self._entries[entry.id] = entry
        self._moves[entry.id, move.version] = replace(move, entry=entry.id)
        for handle in entry.former:
            self._left.setdefault((entry.id, key_of_handle(handle)), move.at)

    def _bearer(self, society: str, handle: str) -> RegisterEntry | None:
        key = key_of_handle(handle)
        return next((entry for entry in self.of(society) if key_of_handle(entry.handle) == key), None)

    def _last_bearer(self, society: str, handle: str) -> RegisterEntry | None:
        key = key_of_handle(handle)
        found = [entry for entry in self.of(society) if key in map(key_of_handle, entry.former)]
        return max(found, key=lambda entry: (self._left[entry.id, key], int(entry.id)), default=None)


class MemoryEnrolments:
    """Who is being set up, or was."""

    def __init__(self, kept: KeptAccounts) -> None:
        self._enrolments, self._linked = kept.enrolments, kept.linked

    def add(self, enrolment: Enrolment) -> Enrolment | None:
        account = enrolment.person.account
        theirs = self._linked.get(account, frozenset()) | {account}
        if any(one.person.account in theirs and one.entry == enrolment.entry for one in self.open()):
            return None
        added = replace(enrolment, id=str(len(self._enrolments) + 1))
        self._enrolments[added.id] = added
        return added

    def get(self, name: str) -> Enrolment | None:
        return self._enrolments.get(name)

    def of(self, accounts: Sequence[str]) -> tuple[Enrolment, ...]:
        return tuple(one for one in self._latest() if one.person.account and one.person.account in accounts)

    def for_entry(self, entry: str) -> tuple[Enrolment, ...]:
        return tuple(one for one in self._latest() if one.entry == entry)

    def open(self) -> tuple[Enrolment, ...]:
        return tuple(one for one in self._enrolments.values() if one.is_open)

    def finished(self, society: str = "") -> tuple[Enrolment, ...]:
        found = [
            (one.finished, int(one.id), one)
            for one in self._enrolments.values()
            if one.state is EnrolmentState.FINISHED and one.finished and society in ("", one.society)
        ]
        return tuple(one for *_, one in sorted(found, key=lambda entry: entry[:2]))

    def unreached(self) -> tuple[Delivery, ...]:
        return ()  # nothing is delivered from here

    def change(self, after: Enrolment) -> bool:
        before = self._enrolments.get(after.id)
        if before is None or before.version != after.version - 1:
            return False
        self._enrolments[after.id] = after
        return True

    def _latest(self) -> Iterator[Enrolment]:
        return reversed(self._enrolments.values())


class MemoryRequests:
    """Requests for new accounts."""

    def __init__(self, kept: KeptAccounts) -> None:
        self._requests = kept.requests

    def add(self, request: AccountRequest) -> AccountRequest:
        added = replace(request, id=str(len(self._requests) + 1))
        self._requests[added.id] = added
        return added

    def get(self, name: str) -> AccountRequest | None:
        return self._requests.get(name)

    def of(self, accounts: Sequence[str]) -> tuple[AccountRequest, ...]:
        latest = reversed(self._requests.values())
        return tuple(one for one in latest if one.person.account and one.person.account in accounts)

    def change(self, after: AccountRequest) -> bool:
        before = self._requests.get(after.id)
        if before is None or before.version != after.version - 1:
            return False
        self._requests[after.id] = after
        return True


class MemoryLinks:
    """Which accounts on several platforms are one person's."""

    def __init__(self, kept: KeptAccounts, now: datetime) -> None:
        self._linked, self._codes, self._tried, self._now = kept.linked, kept.codes, kept.tried, now

    def accounts(self, account: str) -> tuple[str, ...]:
        return account, *sorted(self._linked.get(account, frozenset()) - {account})

    def offer(self, account: str, until: datetime) -> str:
        for code in [code for code, (whose, _) in self._codes.items() if whose == account]:
            del self._codes[code]
        code = new_code()
        self._codes[hash_of_code(code)] = account, until
        return code

    def offered_by(self, code: str) -> str:
        account, until = self._codes.get(hash_of_code(code), ("", self._now))
        if until <= self._now:
            return ""
        del self._codes[hash_of_code(code)]
        return account

    def tried(self, account: str) -> int:
        since, count = self._tried.get(account, (self._now, 0))
        if not self._now - _HOUR < since <= self._now:
            since, count = self._now, 0
        self._tried[account] = since, count + 1
        return count + 1

    def link(self, one: str, other: str) -> None:
        if not one or not other or one == other:
            return
        group = frozenset({*self.accounts(one), *self.accounts(other)})
        self._linked.update(dict.fromkeys(group, group))

    def unlink(self, account: str) -> bool:
        others = self._linked.pop(account, frozenset()) - {account}
        for other in others:
            self._linked[other] = others
        return bool(others)
