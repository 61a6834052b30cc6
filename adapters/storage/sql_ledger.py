"""One transaction, with the rows of people and of texts that all other rows point at."""

from datetime import datetime

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from bot.people import NOBODY, Person
from bot.wording import ERASED


class Ledger:
    """What every port of one unit of work writes through. `now` is the time of the work."""

    def __init__(self, database: Database, connection: sa.Connection, now: datetime) -> None:
        self.database, self.connection, self.now = database, connection, now
        self._ids: dict[Person, int] = {}

    def person(self, person: Person) -> int:
        """The row of somebody, made where there is none; a name that is new takes the place of the old one."""
        if person not in self._ids:
            self._ids[person] = self._person(person)
        return self._ids[person]

    def _person(self, person: Person) -> int:
        # The row is held until the work ends, so that nobody is cleared away or forgotten in the middle of it.
        found = (
            sa.select(people.c.id, people.c.name)
            .where(people.c.account == person.account)
            .with_for_update(read=True, key_share=True)
        )
        name = person.name if person.account else ""
        while (row := self.connection.execute(found).first()) is None:  # again where it was cleared away in between
            self.connection.execute(
                self.database.insert(people).values(account=person.account, name=name).on_conflict_do_nothing()
            )
        if name and name != row.name:
            self.connection.execute(people.update().where(people.c.id == row.id).values(name=name))
        return int(row.id)

    def write(self, body: str, about: int | None) -> int:
        """A new text. `about` is the row of the person whom it is about."""
        made = texts.insert().values(body=body, person=about).returning(texts.c.id)
        return int(self.connection.execute(made).scalar_one())

    def rewrite(self, text: int, body: str) -> None:
        """Puts other words in the place of a text."""
        self.connection.execute(texts.update().where(texts.c.id == text).values(body=body, erased=None))

    def drop(self, text: int) -> None:
        """Takes a text away that nothing points at."""
        self.connection.execute(texts.delete().where(texts.c.id == text))


def read_person(account: str | None, name: str | None) -> Person:
    """Somebody as they were kept; nobody where they were forgotten."""
    return Person(account, name or "") if account else NOBODY


def read_text(row: int | None, body: str | None) -> str:
    """Words as they were kept: none where there is no row, and a word that says so where they were erased."""
    if row is None:
        return ""
    return ERASED if body is None else body
