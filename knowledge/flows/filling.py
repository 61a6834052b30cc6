"""What need not be asked any more: the responses that a message gives by its own words, and a post by its signs."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from knowledge.clauses import Party, Verdict
from knowledge.flows.flow import Flow, Option, Outcome, Response, Step, position
from knowledge.flows.predicates import READS, Said
from knowledge.posts.post import NOTHING
from knowledge.questions import plain, read, spelt_out

_STRICTNESS = {Verdict.NO: 4, Verdict.DEPENDS: 2, Verdict.INFO: 1, Verdict.YES: 1}
_TO_OFFICE = 3
_DENIED = re.compile(r"\b(?:not|never|no|without|than|isnt|nor)(?: \w+){0,3} $")
_SENTENCE_END = re.compile(r"[.!?;:]")


def understood(flow: Flow, text: str) -> tuple[Response, ...]:
    """The steps whose answer a message has given already, where it says one of their options and no other."""
    words = _words(text)
    message = Said(words, read(plain(text)))
    found = []
    for step in flow.steps:
        said = [
            option
            for option in step.options
            if any(says(words, phrase) for phrase in option.said) or (option.reads and READS[option.reads](message))
        ]
        if len(said) == 1:
            found.append(Response(step.id, said[0].label))
    return tuple(found)


def shown(flow: Flow, signs: Collection[str], role: Party, given: Sequence[Response] = ()) -> tuple[Response, ...]:
    """`given`, and after them the responses that the signs of a post give, as far as they lead.

    Where a step has several options that are shown, the one whose way ends strictest counts: no, then the office,
    then depends. Of equals the first counts.
    """
    responses = tuple(given)
    step = position(flow, responses, role).step
    options = shown_options(step, signs) if step else []
    if step is None or not options:
        return responses
    ways = [shown(flow, signs, role, (*responses, Response(step.id, option.label))) for option in options]
    return max(ways, key=lambda way: _strictness(position(flow, way, role).outcome))


def shown_options(step: Step, signs: Collection[str]) -> list[Option]:
    """The options of a step that these signs show; where they show none, the one for a post that shows nothing."""
    options = [option for option in step.options if not set(signs).isdisjoint(option.shows)]
    return options or [option for option in step.options if NOTHING in option.shows]


def _strictness(outcome: Outcome | None) -> int:
    if outcome is None:
        return 0
    return _TO_OFFICE if outcome.to_office and outcome.verdict is not Verdict.NO else _STRICTNESS[outcome.verdict]


def says(words: str, phrase: str) -> bool:
    """Whether a message in plain words says a phrase, and does not deny it. "this" stands for that, it and the like."""
    for match in _phrase(phrase).finditer(words):
        before = _SENTENCE_END.split(words[: match.start()])[-1]
        if not _DENIED.search(before):
            return True
    return False


def _words(text: str) -> str:
    return " ".join(spelt_out(plain(text)).split())


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    words = [
        r"(?:this|that|it|these|those|them)(?: \w+)?" if word == "this" else re.escape(word)
        for word in _words(phrase).split()
    ]
    return re.compile(rf"(?<![\w@#]){' '.join(words)}(?!\w)")
