"""What a column holds: words that any database takes, times, lists of words, and any value as JSON."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

_LARGEST = 2**31 - 1  # what an integer of PostgreSQL holds


def cleaned(words: str) -> str:
    """Words without what no database keeps: zero characters and halves of a pair become the replacement character."""
    words = words.replace("\x00", "\ufffd")
    if words.isascii():
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number(name: str) -> int:
    """The number that an id stands for; 0, which no row has, where it cannot be the id of anything."""
    return int(name) if name.isascii() and name.isdecimal() and len(name) < 11 and int(name) <= _LARGEST else 0


def as_json(value: Any) -> str:
    """Dictionaries, lists, words and numbers as JSON, each word cleaned."""
    return json.dumps(_cleaned_within(value), ensure_ascii=False, separators=(",", ":"))


def _cleaned_within(value: Any) -> Any:
    match value:
        case str():
            return cleaned(value)
        case dict():
            return {cleaned(key): _cleaned_within(one) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned_within(one) for one in value]
    return value


class Words(sa.types.TypeDecorator[str]):
    """Text of any length, cleaned on its way in."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else cleaned(value)


class Moment(sa.types.TypeDecorator[datetime]):
    """A time, kept as seconds since 1970."""

    impl = sa.Float
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> float | None:
        return None if value is None else value.timestamp()

    def process_result_value(self, value: float | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Strings(sa.types.TypeDecorator[tuple[str, ...]]):
    """Several words, kept as JSON."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else as_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))
