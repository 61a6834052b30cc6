"""A conversation in the terminal, compared with how it should read."""

import io
import re
from collections.abc import Callable

import pytest

from adapters.console import app
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.conftest import assistant_of

Reads = Callable[..., None]


def transcript(library: Library, said: list[str], society: str | None, guides: Guides | None = None) -> str:
    """What stands in a terminal once all that was said."""
    out = io.StringIO()
    assistant = assistant_of(library, guides)
    app.chat(assistant, society, None, io.StringIO("\n".join(said)), out, "National Office")
    return out.getvalue()


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def see_that_it_reads(written: str, library: Library, society: str | None, guides: Guides | None = None) -> None:
    """Sees that a conversation reads as it is written down. Lines with '>' are said; '...' stands for any words."""
    said = re.findall(r"^\s*> (.*)$", written, re.MULTILINE)
    shown = transcript(library, said, society, guides)
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
