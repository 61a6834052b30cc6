"""Lines of a terminal and lines of a file, read as messages. Pure."""

import getpass
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from bot import wording_of_posts
from bot.messages import Message
from knowledge.clauses import ROLES, Party
from knowledge.flows.sharing import SharedPost, is_blank
from knowledge.posts.drafts import Draft, Kind
from knowledge.posts.post import Author
from knowledge.questions import Account

_NAME = re.compile(r"\w[\w.@+-]{0,63}")
NO_SOCIETY = "no 'society', and the setting SOCIETY is not set"

Row = dict[str, Any]
Made = TypeVar("Made")
Value = TypeVar("Value", bound=StrEnum)


class BadInput(Exception):
    """Something that cannot be read as a message: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: the message, or what is wrong with it. `id` is the line's own, or its number."""

    id: str | int
    message: Message | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class PostLine:
    """The same for a post that somebody wants to share."""

    id: str | int
    post: SharedPost | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """The same for a draft to check."""

    id: str | int
    draft: Draft | None
    error: str = ""


def name_from(said: str | None) -> str:
    """Who is at this terminal: as they say, or as the system has them.

    Raises:
        BadInput: that is no name in one word, or the system has none.
    """
    try:
        name = getpass.getuser() if said is None else said.strip()
    except (OSError, KeyError, ImportError) as error:  # no such user, as in some containers
        raise BadInput("this system does not say who you are; say it with --as NAME") from error
    if not _NAME.fullmatch(name):
        raise BadInput(f"'{name}' cannot be a name here; give one word of letters and digits with --as NAME")
    return name


def message_from(text: str, conversation: str, society: str | None, role: str | None) -> Message:
    """What somebody typed.

    Raises:
        BadInput: the role is none that there is.
    """
    return Message(f"console:{conversation}", text, society, role_from(role))


def role_from(name: str | None) -> Party | None:
    if name is None:
        return None
    if name.casefold() not in ROLES:
        raise BadInput(f"the role '{name}' is unknown; it is one of {', '.join(ROLES)}")
    return Party(name.casefold())


def author_from(name: str | None, society: str | None) -> Author | None:
    """Who wrote a post. The society's own id stands for the society.

    Raises:
        BadInput: the author is none that there is.
    """
    if name is None:
        return None
    said = name.strip().casefold()
    if society is not None and said == society.casefold():
        return Author.SOCIETY
    return _one_of(Author, said, "author", name)


def account_from(name: str | None) -> Account:
    """The account that a draft will go out from.

    Raises:
        BadInput: it is not said, or is none that there is.
    """
    if name is None:
        raise BadInput(f"which account will it go out from? It is one of {', '.join(Account)}")
    return _one_of(Account, name.strip().casefold(), "account", name)


def kind_from(name: str | None) -> Kind | None:
    """What a draft is, where that is said.

    Raises:
        BadInput: it is none that there is.
    """
    return None if name is None else _one_of(Kind, name.strip().casefold(), "kind", name)


def shared_post_from(
    text: str, society: str, author: str | None, representing: bool | None, role: str | None
) -> SharedPost:
    """A post that somebody wants to share.

    Raises:
        BadInput: it is empty, or the author or the role is none that there is.
    """
    _see_that_it_has_words(text, "post")
    as_whom = role_from(role) or Party.MEMBER
    return SharedPost(text, society, author_from(author, society), representing, as_whom)


def draft_from(text: str, society: str, account: str | None, kind: str | None, role: str | None) -> Draft:
    """A draft to check.

    Raises:
        BadInput: it is empty, or the account is not said, or the account, kind or role is none that there is.
    """
    _see_that_it_has_words(text, "draft")
    return Draft(text, society, account_from(account), kind_from(kind), role_from(role) or Party.MEMBER)


def lines_from(rows: Iterable[bytes], society: str | None, role: str | None) -> Iterator[Line]:
    """One line a row that is not blank; a bad row is a line with an error, and the rest goes on."""

    def message(data: Row, number: int) -> Message:
        question = _text(data, "question")
        named = _text_or_none(data, "society") or society
        return message_from(question, f"file:{number}", named, _text_or_none(data, "role") or role)

    for name, read, error in _read(rows, message, "{'id', 'society', 'role', 'question'}"):
        yield Line(name, read, error)


def posts_from(
    rows: Iterable[bytes], society: str | None, author: str | None, representing: bool | None, role: str | None
) -> Iterator[PostLine]:
    """One post a row, in the same manner; what a row leaves out is as given here."""

    def post(data: Row, _number: int) -> SharedPost:
        represents = data.get("representing")
        if represents is not None and not isinstance(represents, bool):
            raise BadInput("'representing' is neither true nor false")
        return shared_post_from(
            _text(data, "post"),
            _society(data, society),
            _text_or_none(data, "author") or author,
            representing if represents is None else represents,
            _text_or_none(data, "role") or role,
        )

    for name, read, error in _read(rows, post, "{'id', 'society', 'post', 'author', 'representing'}"):
        yield PostLine(name, read, error)


def drafts_from(
    rows: Iterable[bytes], society: str | None, account: str | None, kind: str | None, role: str | None
) -> Iterator[DraftLine]:
    """One draft a row, in the same manner; what a row leaves out is as given here."""

    def draft(data: Row, _number: int) -> Draft:
        return draft_from(
            _text(data, "draft"),
            _society(data, society),
            _text_or_none(data, "account") or account,
            _text_or_none(data, "kind") or kind,
            _text_or_none(data, "role") or role,
        )

    for name, read, error in _read(rows, draft, "{'id', 'society', 'account', 'draft'}"):
        yield DraftLine(name, read, error)


def _read(
    rows: Iterable[bytes], form: Callable[[Row, int], Made], shape: str
) -> Iterator[tuple[str | int, Made | None, str]]:
    """The name of each row that is not blank, what `form` makes of it, or what is wrong with it."""
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        name: str | int = f"line {number}"
        try:
            data = json.loads(row.decode("utf-8-sig" if number == 1 else "utf-8"))
            if not isinstance(data, dict):
                raise BadInput(f"not a JSON object; each line is {shape}")
            if isinstance(data.get("id"), str | int):
                name = data["id"]
            yield name, form(data, number), ""
        except UnicodeDecodeError:
            yield name, None, "not UTF-8 text"
        except BadInput as error:
            yield name, None, str(error)
        except (ValueError, RecursionError):  # a number may be too long for Python as well
            yield name, None, "not JSON"


def _text(data: Row, key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise BadInput(f"'{key}' is missing or is not text")
    return value


def _text_or_none(data: Row, key: str) -> str | None:
    value = data.get(key)
    if value and not isinstance(value, str):
        raise BadInput(f"'{key}' is not text")
    return value or None


def _society(data: Row, default: str | None) -> str:
    society = _text_or_none(data, "society") or default
    if society is None:
        raise BadInput(NO_SOCIETY)
    return society


def _see_that_it_has_words(text: str, what: str) -> None:
    if is_blank(text):
        raise BadInput(f"the {what} is empty; {wording_of_posts.GIVE_WORDS}")


def _one_of(values: type[Value], said: str, what: str, name: str) -> Value:
    if said not in tuple(values):
        raise BadInput(f"the {what} '{name}' is unknown; it is one of {', '.join(values)}")
    return values(said)
