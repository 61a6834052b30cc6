"""Judges a post that somebody wants to share: its signs fill the flow of the society that decides on sharing."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.answers import Citation, Question
from knowledge.clauses import Party, Verdict
from knowledge.flows.filling import shown, shown_options
from knowledge.flows.flow import Flow, Option, Outcome, Position, Response, Step, position
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.posts.drafts import Reader
from knowledge.posts.post import NOT_REPRESENTING, REPRESENTING, SAID_OF_POSTS, Author, PostReading, Sign, without_leave
from knowledge.posts.signals import Signal

_WORD, _FEWEST_WORDS = re.compile(r"[^\W\d_]{2,}"), 2  # a post with fewer says nothing that could be judged
_ASKED = "Can I retweet this?"  # what is looked up where no flow decides
_OF_COMPANIES = frozenset({"superlative", "endorsement", "self-promotion", "commercial"})


class EmptyPost(Exception):
    """A post in which nothing can be seen."""


class SharingOutcome(StrEnum):
    """What a post that somebody wants to share comes to."""

    FINE = "fine"
    NOT_FINE = "not_fine"
    JUDGEMENT = "judgement"
    ASK_OFFICE = "ask_office"


_STRICTER = (
    SharingOutcome.FINE,
    SharingOutcome.JUDGEMENT,
    SharingOutcome.ASK_OFFICE,
    SharingOutcome.NOT_FINE,
)


class Caution(StrEnum):
    """What has to be said beside an outcome, so that nobody takes it for more than it is."""

    AUTHOR_GUESSED = "author_guessed"
    REPRESENTING_ASSUMED = "representing_assumed"
    MIXED = "mixed"  # it also holds what would be fine by itself
    PERHAPS = "perhaps"  # it may hold what is not fine, and that was not sure enough to rule it out
    NOT_ENGLISH = "not_english"
    HARDLY_A_WORD = "hardly_a_word"  # too little stands in it to be judged
    INSTRUCTS = "instructs"  # it tries to give orders, and none was followed
    PARTLY_READ = "partly_read"  # it is longer than what is read of a post
    NO_FLOW = "no_flow"  # no flow of the society decides on sharing
    OPEN = "open"  # the flow asks for something that neither the post nor its sender says


@dataclass(frozen=True, slots=True)
class SharedPost:
    """A post that somebody wants to share. `author` and `representing`, which is whether they in some way represent
    the society, are None where that is not known."""

    text: str
    society: str
    author: Author | None = None
    representing: bool | None = None
    role: Party = Party.MEMBER


@dataclass(frozen=True, slots=True)
class Shared:
    """What a post came to. `deciding` are the signs that decided it; `author` is as given or as guessed; `end` is where
    the flow ended, None where the outcome is not the flow's own."""

    post: SharedPost
    outcome: SharingOutcome
    author: Author
    reading: PostReading
    deciding: tuple[Sign, ...]
    citations: tuple[Citation, ...]
    cautions: frozenset[Caution]
    end: Outcome | None = None

    @property
    def signs(self) -> tuple[Sign, ...]:
        """The signs that were surely seen, and those that decided, by their place in the post."""
        return tuple(sorted({*self.reading.sure, *self.deciding}, key=lambda sign: (sign.start, sign.end, sign.name)))


@dataclass(frozen=True, slots=True)
class Filled:
    """What a post answers of a flow, and the signs in it that do."""

    responses: tuple[Response, ...]
    deciding: tuple[Sign, ...]


class Sharing:
    """Judges posts by the flows that stand. Passing a post that is ruled out is the worse error, so doubt is told."""

    def __init__(self, library: Library, guides: Guides, reader: Reader) -> None:
        self._library, self._guides, self._reader = library, guides, reader

    @property
    def signals(self) -> Mapping[str, Signal]:
        """What can be seen in a post, by name."""
        return self._reader.signals

    def judge(self, post: SharedPost) -> Shared:
        """What sharing this post comes to, and why.

        Raises:
            EmptyPost: there is nothing in it.
            KeyError: no policy of this society is held.
        """
        self._library.policy_of(post.society)
        if is_blank(post.text):
            raise EmptyPost
        reading = self._reading(post.text, post.society)
        cautions = _cautions(post, reading)
        author = post.author or _guessed(reading)
        flow = self.flow_of(post.society)
        if flow is None:
            return self._undecided(post, reading, author, cautions)
        said = {author.sign, NOT_REPRESENTING if post.representing is False else REPRESENTING}
        ended = _ended(flow, said | _names(reading.sure), post.role)
        if ended.outcome is None:
            found = Shared(post, SharingOutcome.JUDGEMENT, author, reading, (), (), cautions | {Caution.OPEN})
            return replace(found, citations=self._library.cite(flow.settles, post.society))
        found = Shared(
            post,
            _outcome_of(ended.outcome),
            author,
            reading,
            _deciding(flow, ended, reading.sure),
            self._library.cite(ended.outcome.clauses, post.society),
            cautions | ({Caution.MIXED} if _mixed(flow, ended, reading.sure, post.role) else set()),
            ended.outcome,
        )
        if found.outcome is not SharingOutcome.FINE:
            return found
        perhaps = _ruling_out(flow, said | _names(reading.sure), reading, post.role)
        whole = (
            reading.english and not reading.unread and not reading.instructs and Caution.HARDLY_A_WORD not in cautions
        )
        return found if whole and not perhaps else self._doubted(found, flow, perhaps)

    def flow_of(self, society: str) -> Flow | None:
        """The society's flow that decides on sharing: the one that asks who wrote a post."""
        authors = {author.sign for author in Author}
        flows = self._guides.of(society)
        return next((f for f in flows if any(authors & set(o.shows) for s in f.steps for o in s.options)), None)

    def read(self, flow: Flow, text: str) -> Filled:
        """What a post answers of a flow, whatever its asker answers besides.

        A step is left to the asker where something in the post may rule it out and that is not sure, and so is every
        step where the post could not be read to its end.
        """
        reading = self._reading(text, flow.society)
        if len(_WORD.findall(text)) < _FEWEST_WORDS or not reading.english or reading.unread or reading.instructs:
            return Filled((), ())
        responses, deciding = [], []
        for step in flow.steps:
            sure, seen = (_strictest(flow, step, _names(signs)) for signs in (reading.sure, reading.signs))
            if sure is None or seen is None:
                continue
            if _strictness(flow, seen, _names(reading.signs)) > _strictness(flow, sure, _names(reading.sure)):
                continue
            responses.append(Response(step.id, sure.label))
            deciding += [sign for sign in reading.sure if sign.name in sure.shows]
        return Filled(tuple(responses), tuple(dict.fromkeys(deciding)))

    def _reading(self, text: str, society: str) -> PostReading:
        reading = self._reader.read(text, society)
        return replace(reading, signs=without_leave(reading, reading.signs))

    def _doubted(self, found: Shared, flow: Flow, perhaps: Sequence[tuple[Sign, Outcome]]) -> Shared:
        """A post that would be fine if everything in it had been read for sure."""
        clauses = [clause for _, outcome in perhaps for clause in outcome.clauses]
        clauses += [clause.clause for clause in found.citations] if not perhaps else []
        return replace(
            found,
            outcome=SharingOutcome.JUDGEMENT,
            deciding=tuple(sign for sign, _ in perhaps),
            citations=self._library.cite(tuple(dict.fromkeys(clauses)), flow.society),
            cautions=(found.cautions - {Caution.MIXED}) | ({Caution.PERHAPS} if perhaps else set()),
            end=None,
        )

    def _undecided(
        self, post: SharedPost, reading: PostReading, author: Author, cautions: frozenset[Caution]
    ) -> Shared:
        """A post of a society that has no flow on sharing: what the library says of sharing, and the office."""
        cited = self._library.answer(Question(_ASKED, post.society, post.role)).citations
        cautions = (cautions - {Caution.AUTHOR_GUESSED, Caution.REPRESENTING_ASSUMED}) | {Caution.NO_FLOW}
        return Shared(post, SharingOutcome.ASK_OFFICE, author, reading, (), cited, cautions)


def is_blank(text: str) -> bool:
    """Whether nothing in a text can be seen."""
    return all(unicodedata.category(character)[0] in "CZ" for character in text)


def _cautions(post: SharedPost, reading: PostReading) -> frozenset[Caution]:
    noted = {
        Caution.AUTHOR_GUESSED: post.author is None,
        Caution.REPRESENTING_ASSUMED: post.representing is None,
        Caution.NOT_ENGLISH: not reading.english,
        Caution.HARDLY_A_WORD: len(_WORD.findall(reading.text)) < _FEWEST_WORDS,
        Caution.INSTRUCTS: reading.instructs,
        Caution.PARTLY_READ: bool(reading.unread),
    }
    return frozenset(caution for caution, holds in noted.items() if holds)


def _guessed(reading: PostReading) -> Author:
    """Who may have written a post whose author nobody named: a company where it sells or boasts."""
    return Author.OTHER if _OF_COMPANIES.isdisjoint(_names(reading.sure)) else Author.COMPANY


def _names(signs: Collection[Sign]) -> frozenset[str]:
    return frozenset(sign.name for sign in signs)


def _ended(flow: Flow, signs: Collection[str], role: Party) -> Position:
    return position(flow, shown(flow, signs, role), role)


def _strictest(flow: Flow, step: Step, signs: Collection[str]) -> Option | None:
    options = shown_options(step, signs)
    return max(options, key=lambda option: _strictness(flow, option, signs), default=None)


def _strictness(flow: Flow, option: Option, signs: Collection[str]) -> int:
    """The place in `_STRICTER` of the strictest end to which an option leads, by the way that these signs show."""
    found = [0]
    for name in option.targets:
        end, step = flow.outcome(name), flow.step(name)
        if end is not None:
            found.append(_STRICTER.index(_outcome_of(end)))
        elif step is not None:
            found += [_strictness(flow, further, signs) for further in shown_options(step, signs)]
    return max(found)


def _outcome_of(end: Outcome) -> SharingOutcome:
    match end.verdict:
        case Verdict.NO:
            return SharingOutcome.NOT_FINE
        case _ if end.to_office:
            return SharingOutcome.ASK_OFFICE
        case Verdict.YES | Verdict.INFO:
            return SharingOutcome.FINE
        case _:
            return SharingOutcome.JUDGEMENT


def _deciding(flow: Flow, ended: Position, signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """The signs that show the last option taken that the words of a post decided."""
    for response in reversed(ended.path):
        step = flow.step(response.step)
        taken = (
            {name for option in step.options if option.label == response.label for name in option.shows}
            if step
            else set()
        )
        deciding = tuple(sign for sign in signs if sign.name in taken - SAID_OF_POSTS)
        if deciding:
            return deciding
    return ()


def _mixed(flow: Flow, ended: Position, signs: Sequence[Sign], role: Party) -> bool:
    """Whether the step that ended it also shows an option that would have been fine."""
    *before, last = ended.path
    step = flow.step(last.step)
    if (
        step is None
        or ended.outcome is None
        or _outcome_of(ended.outcome) in (SharingOutcome.FINE, SharingOutcome.ASK_OFFICE)
    ):
        return False
    options = shown_options(step, _names(signs))
    ends = [position(flow, (*before, Response(step.id, option.label)), role).outcome for option in options]
    return any(end is not None and end.verdict is Verdict.YES for end in ends)


def _ruling_out(
    flow: Flow, signs: Collection[str], reading: PostReading, role: Party, given: Sequence[Response] = ()
) -> list[tuple[Sign, Outcome]]:
    """The signs that may be in a post, and would rule it out, each with the end that it would have."""
    found = []
    for sign in reading.signs:
        end = position(flow, shown(flow, {*signs, sign.name}, role, given), role).outcome
        if end is not None and end.verdict is Verdict.NO:
            found.append((sign, end))
    return found
