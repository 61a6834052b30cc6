"""What askers said of answers, in the database."""

from adapters.storage.columns import number
from adapters.storage.sql_exchanges import WHOLE, read_exchange
from adapters.storage.sql_ledger import Ledger, read_person, read_text
from adapters.storage.tables import exchange as exchanges
from adapters.storage.tables import person as people
from adapters.storage.tables import rating as ratings
from adapters.storage.tables import text as texts
from bot.exchanges import Rating

_raters, _reasons = people.alias("rater"), texts.alias("reason")


class SqlRatings:
    """One row for what one person said of one answer."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def put(self, rating: Rating) -> None:
        connection, person = self._ledger.connection, self._ledger.person(rating.person)
        reason = self._ledger.write(rating.reason, person)
        values = {"is_right": rating.right, "at": rating.at, "settled": rating.settled}
        made = self._ledger.database.insert(ratings).values(
            exchange=number(rating.exchange.id), person=person, reason=reason, **values
        )
        if connection.execute(made.on_conflict_do_nothing().returning(ratings.c.exchange)).first() is not None:
            return
        self._ledger.drop(reason)
        changed = (
            ratings.update()
            .where(ratings.c.exchange == number(rating.exchange.id), ratings.c.person == person)
            .values(values)
        )
        kept = connection.execute(changed.returning(ratings.c.reason)).scalar_one()
        self._ledger.rewrite(kept, rating.reason)

    def wrong(self, society: str, most: int) -> tuple[Rating, ...]:
        found = (
            WHOLE.add_columns(
                ratings.c.at.label("rated"),
                ratings.c.reason,
                _raters.c.account.label("rater_account"),
                _raters.c.name.label("rater_name"),
                _reasons.c.body.label("reason_body"),
            )
            .join(ratings, ratings.c.exchange == exchanges.c.id)
            .join(_raters, ratings.c.person == _raters.c.id)
            .join(_reasons, ratings.c.reason == _reasons.c.id)
            .where(exchanges.c.society == society, ratings.c.is_right.is_(False), ratings.c.settled.is_(False))
            .order_by(ratings.c.at.desc(), exchanges.c.id)
            .limit(most)
        )
        return tuple(
            Rating(
                read_exchange(row),
                read_person(row.rater_account, row.rater_name),
                False,
                read_text(row.reason, row.reason_body),
                row.rated,
            )
            for row in self._ledger.connection.execute(found)
        )

    def settle(self, exchange: str) -> bool:
        settled = (
            ratings.update()
            .where(ratings.c.exchange == number(exchange), ratings.c.is_right.is_(False), ratings.c.settled.is_(False))
            .values(settled=True)
        )
        return self._ledger.connection.execute(settled).rowcount > 0
