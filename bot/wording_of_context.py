"""What is said around an answer that was given: where its clauses stand, and that it was shown to others."""

from collections.abc import Sequence

from bot.wording_of_queries import excerpt
from knowledge.answers import Citation

SHOW_CONTEXT = "Show the clause in context"
NOT_YOURS = "I find no such answer of yours; it may no longer be kept. Ask again, and I look it up anew."
NO_CLAUSES = "There is no clause to show: what that answer rested on is no longer in force here. Ask again."
SHARED = "I show it to everybody here now. If it does not appear, ask for me to be invited to this channel."
SHARED_BEFORE = "You have shared this here already."
NOT_TO_SHARE = "There is no answer here that could be shared."
NOT_THERE = "It can only be shared where you asked, so nothing was shown to anybody."
SPEAKS_OF_POST = "It quotes the post that you showed me, so I keep it between us. You can copy from it what you like."
CHANGED = "What it rested on has changed since, so I have not shared it. Ask again, and share what I say then."

_LONGEST_QUESTION = 300  # characters of a question that others are shown
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def section_shown(first: Citation, section: str, shown: int, cited: Sequence[int], left_out: int) -> str:
    """Which section stands below, in what edition, and which of its clauses an answer cites. `first` is the first of
    the clauses that are shown; `cited` are the places of those cited among them, from 0; `left_out` is how many of the
    section are not shown."""
    named = f"{first.known_as[:1].upper()}{first.known_as[1:]}, under “{section}” ({first.edition})"
    if shown == 1:
        held = "one clause, which I cited"
    else:
        held = f"{shown} clauses; I cited {_listed([f'the {_ordinal(place)}' for place in cited])}"
    further = "clause stands" if left_out == 1 else "clauses stand"
    more = f" {left_out} further {further} there, not shown here." if left_out else ""
    return f"{named}: {held}.{more}"


def asked_here(question: str) -> str:
    """What stands above an answer that somebody shares."""
    return f"Somebody here asked: “{excerpt(question, _LONGEST_QUESTION)}” This is what I answered, shared by them."


def _ordinal(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
