"""A post that came along with a message, told apart from what is asked about it."""

import re
from dataclasses import dataclass

from knowledge.questions import Mood, plain, read

_FEWEST_WORDS = 4  # of a post; less between quotation marks is a word that somebody means
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{12,})[”\"»]", re.DOTALL)
_QUOTED_LINES = re.compile(r"^(?:>|&gt;)\s?.*(?:\n(?:>|&gt;).*)*", re.MULTILINE)
_LEADS_UP = re.compile(r"\A(?P<ask>[^\n]{0,300}?(?:: |\n))\s*(?P<post>\S.*)\Z", re.DOTALL)
_SPEAKS_OF_A_POST = re.compile(
    r"\b(?:re-?tweet|tweet|rt|share|repost|re-post|post|check|draft|this|read|look at|say|send|put out)\w*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attached:
    """What is asked, and the post that it is asked about."""

    ask: str
    post: str


def attached(text: str) -> Attached | None:
    """The post in quotation marks, in quoted lines, or after a first line that speaks of one; None if there is none."""
    lines = _QUOTED_LINES.search(text)
    post = re.sub(r"^(?:>|&gt;)\s?", "", lines[0], flags=re.MULTILINE) if lines else ""
    if lines and post.strip():  # however short: what is quoted by the line is nobody's own words
        return _attached(text[: lines.start()] + text[lines.end() :], post)
    quoted = max(_QUOTED.finditer(text), key=lambda match: len(match[1]), default=None)
    if quoted and _is_post(quoted[1]):
        return _attached(text[: quoted.start()] + text[quoted.end() :], quoted[1])
    leading = _LEADS_UP.match(text)
    if leading and _is_post(leading["post"]) and _leads_up(leading["ask"].rstrip()):
        return _attached(leading["ask"], leading["post"])
    return None


def _leads_up(ask: str) -> bool:
    """Whether a first line announces what follows it, or asks about it."""
    return ask.endswith(":") or read(plain(ask)).mood not in (Mood.STATEMENT, Mood.OPEN)


def _attached(ask: str, post: str) -> Attached | None:
    ask = " ".join(ask.split()).rstrip(":")
    return Attached(ask, post.strip()) if ask and _SPEAKS_OF_A_POST.search(ask) else None


def _is_post(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS
