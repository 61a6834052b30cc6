"""A conversation in the terminal, compared with how it should read."""

import re
from collections.abc import Callable

import pytest

from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.adapters.console.talking import typed
from tests.adapters.slack.conftest import ipem as ipem  # fixtures
from tests.adapters.slack.conftest import larks as larks
from tests.adapters.teams.conftest import choir as choir
from tests.adapters.teams.conftest import institute as institute
from tests.conftest import assistant_of

Reads = Callable[..., None]
_BELOW_ANSWERS = re.compile(
    r"\n\n  \d+\. (?:This is right|Ask [^\n]+ Office|Ask the Society's office)[^\n]*(?:\n  \d+\. [^\n]*)*"
)


def transcript(library: Library, said: list[str], society: str | None, guides: Guides | None = None) -> str:
    """What stands in a terminal once all that was said."""
    return typed(assistant_of(library, guides), "\n".join(said), society)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def see_that_it_reads(written: str, library: Library, society: str | None, guides: Guides | None = None) -> None:
    """Sees that a conversation reads as it is written down. Lines with '>' are said; '...' stands for any words.

    What can be pressed below every answer is not written down here.
    """
    said = said_in(written)
    see_that_they_are_like(written, _BELOW_ANSWERS.sub("", transcript(library, said, society, guides)))


def said_in(written: str) -> list[str]:
    """The lines that somebody says, as the asker or at the desk."""
    return re.findall(r"^\s*(?:desk)?> (.*)$", written, re.MULTILINE)


def see_that_they_are_like(written: str, shown: str) -> None:
    """Sees that what is shown is what is written down, where '...' stands for any words."""
    wanted = [
        re.escape(in_one_line(part.replace("| ", " ")))
        for part in re.split(r"^\s*\.\.\.\s*$", written, flags=re.MULTILINE)
    ]
    pattern = ".*?".join(rf"\s*{part}\s*" for part in wanted)
    assert re.fullmatch(rf"\s*{pattern}\s*", in_one_line(shown.replace("  | ", " ")), re.DOTALL), shown


@pytest.fixture
def reads(library: Library, guides: Guides) -> Reads:
    """Sees that a conversation with the shipped policies and flows reads as it is written down."""

    def check(written: str, society: str | None = "ipem") -> None:
        see_that_it_reads(written, library, society, guides)

    return check
