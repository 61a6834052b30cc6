"""How conversations of Teams are reached, kept by the place that they are for the bot; that of a person is their
account."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

import sqlalchemy as sa
from pydantic import TypeAdapter

from adapters.storage.columns import Words, as_json
from adapters.storage.database import Database
from adapters.storage.tables import reference as references
from adapters.teams.references import Reference

_SURE = 600.0  # seconds for which it is not looked at again: somebody may be forgotten, or be met by another replica
_MOST = 10_000  # references that are remembered

_OF = sa.select(references.c.body).where(references.c.place == sa.bindparam("there", type_=Words))
_LATEST = (
    sa.select(references.c.body)
    .where(references.c.tenant == sa.bindparam("of", type_=Words))
    .order_by(references.c.at.desc())
    .limit(1)
)
_LATEST_OF_ALL = sa.select(references.c.body).order_by(references.c.at.desc()).limit(1)
_SOME = sa.select(references.c.place, references.c.body).where(
    references.c.place.in_(sa.bindparam("some", type_=Words, expanding=True))
)
_BODY = TypeAdapter(Reference)


class SqlReferences:
    """The references of one database. What is known here is neither read nor written again for ten minutes. To be
    called from threads; each method may raise SQLAlchemyError. `clock` is in seconds."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock, self._lock = database, clock, Lock()
        self._known: OrderedDict[str, tuple[Reference, float]] = OrderedDict()  # each with how long it is sure

    def keep(self, place: str, reference: Reference) -> None:
        """Keeps one, in the place of what was kept there before. Nothing is written where nothing has changed, and a
        conversation that is known is not lost to one that is not."""
        before = self.of(place)
        reference = _with_known(reference, before)
        if reference == before:
            return
        kept = {
            "tenant": reference.tenant,
            "body": as_json(_BODY.dump_python(reference, mode="json")),
            "at": self._database.now,
        }
        new = self._database.insert(references).values(place=place, **kept)
        with self._database.transaction() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=[references.c.place], set_=kept))
        self._remember(place, reference)

    def are_kept(self, reached: Mapping[str, Reference]) -> bool:
        """Whether keeping all of these would change nothing, as far as that is known here; never waits."""
        known = {place: self._remembered(place) for place in reached}
        return all(_with_known(one, known[place]) == known[place] for place, one in reached.items())

    def of(self, place: str) -> Reference | None:
        """The one that is kept; None where there is none."""
        known = self._remembered(place)
        if known is not None:
            return known
        with self._database.reading() as connection:
            body = connection.execute(_OF, {"there": place}).scalar()
        if body is None:
            return None
        found = _BODY.validate_json(body)
        self._remember(place, found)
        return found

    def latest(self, tenant: str) -> Reference | None:
        """The one of a tenant that was kept last: where anybody else there is reached as well. Where none is named, of
        any."""
        with self._database.reading() as connection:
            found = connection.execute(_LATEST, {"of": tenant}) if tenant else connection.execute(_LATEST_OF_ALL)
            body = found.scalar()
        return None if body is None else _BODY.validate_json(body)

    def users(self, accounts: frozenset[str]) -> dict[str, str]:
        """The ids that Teams gives to whom these accounts are of, as far as they are known, by account."""
        found = {account: known for account in accounts if (known := self._remembered(account)) is not None}
        rest = sorted(accounts - found.keys())
        if rest:
            with self._database.reading() as connection:
                for row in connection.execute(_SOME, {"some": rest}):
                    found[row.place] = _BODY.validate_json(row.body)
                    self._remember(row.place, found[row.place])
        return {account: one.user for account, one in found.items() if one.user}

    def _remembered(self, place: str) -> Reference | None:
        with self._lock:
            reference, until = self._known.get(place, (None, 0.0))
        return reference if until > self._clock() else None

    def _remember(self, place: str, reference: Reference) -> None:
        with self._lock:
            self._known[place] = (reference, self._clock() + _SURE)
            self._known.move_to_end(place)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)


def _with_known(reference: Reference, before: Reference | None) -> Reference:
    """A reference with the conversation that is known already, where it names none."""
    if before is None or reference.conversation:
        return reference
    return replace(reference, conversation=before.conversation)
