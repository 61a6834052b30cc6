"""One transaction, with the rows of people and of texts that all other rows point at."""

from datetime import datetime

import sqlalchemy as sa

from adapters.storage.columns import cleaned
from adapters.storage.database import Database
from adapters.storage.tables import person as people
from adapters.storage.tables import text as texts
from bot.people import NOBODY, Person
from bot.wording import ERASED

_FOUND = (
    sa.select(people.c.id, people.c.name)
    .where(people.c.account == sa.bindparam("who"))
    .with_for_update(read=True, key_share=True)
)
_RENAMED = people.update().where(people.c.id == sa.bindparam("of"))
_WRITTEN = texts.insert().returning(texts.c.id)
_REWRITTEN = texts.update().where(texts.c.id == sa.bindparam("of"))


class Ledger:
    """What every port of one unit of work writes through. `now` is the time of the work."""

    def __init__(self, database: Database, connection: sa.Connection, now: datetime) -> None:
        self.database, self.connection, self.now = database, connection, now
        self._people: dict[str, tuple[int, str]] = {}  # the row and the name of each account that is held

    def person(self, person: Person) -> int:
        """The row of somebody, made where there is none; a name that is new takes the place of the old one."""
        account, name = cleaned(person.account), cleaned(person.name) if person.account else ""
        if account not in self._people:
            self._people[account] = self._held(account, name)
        row, known = self._people[account]
        if name and name != known:
            self.connection.execute(_RENAMED, {"of": row, "name": name})
            self._people[account] = row, name
        return row

    def _held(self, account: str, name: str) -> tuple[int, str]:
        """The row of an account, and the name there. Nobody is cleared away or forgotten until the work ends."""
        run, made = self.connection.execute, self.database.made(_making)
        while True:  # again where they were cleared away in between
            if (found := run(_FOUND, {"who": account}).first()) is not None:
                return int(found.id), found.name or ""
            if (new := run(made, {"account": account, "name": name}).scalar()) is not None:
                return int(new), name

    def write(self, body: str, about: int | None) -> int:
        """A new text. `about` is the row of the person whom it is about."""
        return int(self.connection.execute(_WRITTEN, {"body": body, "person": about}).scalar_one())

    def rewrite(self, text: int, body: str) -> None:
        """Puts other words in the place of a text."""
        self.connection.execute(_REWRITTEN, {"of": text, "body": body, "erased": None})

    def drop(self, text: int) -> None:
        """Takes a text away that nothing points at."""
        self.connection.execute(texts.delete().where(texts.c.id == text))


def _making(database: Database) -> sa.Executable:
    return database.insert(people).on_conflict_do_nothing().returning(people.c.id)


def read_person(account: str | None, name: str | None) -> Person:
    """Somebody as they were kept; nobody where they were forgotten."""
    return Person(account, name or "") if account else NOBODY


def read_text(row: int | None, body: str | None) -> str:
    """Words as they were kept: none where there is no row, and a word that says so where they were erased."""
    if row is None:
        return ""
    return ERASED if body is None else body
