"""Who may act at which desk, in the database."""

import sqlalchemy as sa

from adapters.storage.sql_ledger import Ledger, read_person
from adapters.storage.tables import person as people
from adapters.storage.tables import staff
from bot.people import StaffMember

_WHOLE = sa.select(staff, people.c.account, people.c.name).join(people, staff.c.person == people.c.id)


class SqlStaff:
    """One row for each person at each desk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def member(self, society: str, account: str) -> StaffMember | None:
        found = self._found(staff.c.society == society, people.c.account == account)
        return found[0] if found else None

    def of(self, society: str) -> tuple[StaffMember, ...]:
        found = self._found(staff.c.society == society)
        return tuple(
            sorted(found, key=lambda member: member.person.account)
        )  # databases sort letters in their own ways

    def held(self, society: str) -> tuple[StaffMember, ...]:
        rows = sa.select(staff.c.person).where(staff.c.society == society).order_by(staff.c.person).with_for_update()
        self._ledger.connection.execute(rows).all()
        return self.of(society)

    def societies(self, account: str) -> tuple[str, ...]:
        return tuple(sorted(member.society for member in self._found(people.c.account == account)))

    def add(self, member: StaffMember) -> None:
        person = self._ledger.person(member.person)
        added = self._ledger.database.insert(staff).values(society=member.society, person=person, title=member.title)
        self._ledger.connection.execute(
            added.on_conflict_do_update(index_elements=[staff.c.society, staff.c.person], set_={"title": member.title})
        )

    def remove(self, society: str, account: str) -> bool:
        theirs = sa.select(people.c.id).where(people.c.account == account).scalar_subquery()
        removed = staff.delete().where(staff.c.society == society, staff.c.person == theirs)
        return self._ledger.connection.execute(removed).rowcount == 1

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[StaffMember]:
        return [
            StaffMember(read_person(row.account, row.name), row.society, row.title)
            for row in self._ledger.connection.execute(_WHOLE.where(*conditions))
        ]
