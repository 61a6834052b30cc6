"""Which accounts on several platforms are one person's, in the database."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from adapters.storage.account_keys import hash_of_code, new_code
from adapters.storage.account_tables import link as links
from adapters.storage.account_tables import link_code as codes
from adapters.storage.account_tables import link_tries as tries
from adapters.storage.columns import Moment
from adapters.storage.sql_ledger import Ledger
from adapters.storage.tables import person as people
from adapters.storage.tables import revision
from bot.people import Person

_HOUR = timedelta(hours=1)
_HELD = "links"  # the row that is held by whoever joins or parts accounts
_ROWS = sa.select(links.c.person, links.c.joined, people.c.account).join(people, links.c.person == people.c.id)
_mine, _theirs = links.alias("mine"), people.alias("theirs")
_JOINED = (
    sa.select(_mine.c.joined)
    .join(_theirs, _mine.c.person == _theirs.c.id)
    .where(_theirs.c.account == sa.bindparam("who"))
    .scalar_subquery()
)
_GROUP = _ROWS.where(links.c.joined == _JOINED)
_OFFERED = (
    sa.select(codes.c.person, people.c.account, people.c.name)
    .join(people, codes.c.person == people.c.id)
    .where(codes.c.hash == sa.bindparam("hash"), codes.c.until > sa.bindparam("now"))
)
_NOW, _HOUR_AGO = (sa.bindparam(name, type_=Moment) for name in ("now", "hour_ago"))
_GOES_ON = (tries.c.since > _HOUR_AGO) & (tries.c.since <= _NOW)
_TRIED = (
    tries.update()
    .where(tries.c.person == sa.bindparam("who"))
    .values(count=sa.case((_GOES_ON, tries.c.count + 1), else_=1), since=sa.case((_GOES_ON, tries.c.since), else_=_NOW))
    .returning(tries.c.count)
)


class SqlLinks:
    """One row for each account that is linked, and one for each code that can be typed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def accounts(self, account: str) -> tuple[str, ...]:
        found = {row.account for row in self._ledger.connection.execute(_GROUP, {"who": account})}
        return account, *sorted(found - {account, None})

    def offer(self, account: str, until: datetime) -> str:
        run, person = self._ledger.connection.execute, self._ledger.person(Person(account))
        while True:  # again where somebody else has that code, or this one was offered another meanwhile
            code = new_code()
            run(codes.delete().where(codes.c.person == person))
            made = self._ledger.database.insert(codes).values(person=person, hash=hash_of_code(code), until=until)
            if run(made.on_conflict_do_nothing().returning(codes.c.person)).first() is not None:
                return code

    def offered_by(self, code: str) -> str:
        run, known = self._ledger.connection.execute, hash_of_code(code)
        row = run(_OFFERED, {"hash": known, "now": self._ledger.now}).first()
        if row is None or not row.account:
            return ""
        used = codes.delete().where(codes.c.person == row.person, codes.c.hash == known)
        return str(row.account) if run(used).rowcount == 1 else ""

    def tried(self, account: str) -> int:
        run, person, now = self._ledger.connection.execute, self._ledger.person(Person(account)), self._ledger.now
        none_yet = self._ledger.database.insert(tries).values(person=person, count=0, since=now)
        run(none_yet.on_conflict_do_nothing())
        return int(run(_TRIED, {"who": person, "now": now, "hour_ago": now - _HOUR}).scalar_one())

    def link(self, one: str, other: str) -> None:
        if not one or not other or one == other:
            return
        rows = [self._ledger.person(Person(account)) for account in (one, other)]
        self.hold()
        run, joined = self._ledger.connection.execute, secrets.token_hex(16)
        before = run(sa.select(links.c.joined).where(links.c.person.in_(rows))).scalars().all()
        run(links.update().where(links.c.joined.in_(before)).values(joined=joined))
        for person in rows:
            added = self._ledger.database.insert(links).values(person=person, joined=joined)
            run(added.on_conflict_do_nothing())

    def unlink(self, account: str) -> bool:
        self.hold()
        run = self._ledger.connection.execute
        rows = run(_GROUP, {"who": account}).all()
        parted = [row.person for row in rows if row.account == account or len(rows) < 3]  # nobody is linked alone
        run(links.delete().where(links.c.person.in_(parted)))
        return len(rows) > 1

    def hold(self) -> None:
        """Whoever joins or parts accounts waits here, before any row of them is read: no two who do so at once leave
        out whom the other has joined. So does whoever keeps what one person, by all their accounts, may have once."""
        held = self._ledger.database.insert(revision).values(of=_HELD, number=0)
        kept = held.on_conflict_do_update(index_elements=[revision.c.of], set_={"number": revision.c.number})
        self._ledger.connection.execute(kept)
