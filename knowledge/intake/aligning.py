"""Finds, for each clause of a restated policy, the sentences of the official text that it restates.

Likeness of meaning and of words comes first, helped by the heading under which a clause says that it stands, and by
the order of the clauses, which is that of the text. What is not clear is doubtful, and a person settles it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.clauses import Clause, Force
from knowledge.encoding import Floats
from knowledge.intake.documents import Kind
from knowledge.intake.forces import propose
from knowledge.intake.sentences import Sentence
from knowledge.lexical import Bm25, terms
from knowledge.official import ADDRESS, normal

Encode = Callable[[Sequence[str]], Floats]  # texts to rows of length one

# Set by eye on two policies and on changed copies of them.
_HEADING, _ELSEWHERE = 0.35, 0.25  # what a clause's own heading adds, and another heading takes away
_BACKWARDS, _AGAIN, _ONWARDS = 0.2, 0.1, 0.05  # what going back in the text costs, or staying; what going on adds
_CANDIDATES = 12  # sentences weighed for a clause
_OFFERED = 3  # further passages offered where one is doubtful
_ENCODED = 40  # sentences encoded for a clause, where a text has too many to encode all
_MOST_ENCODED = 600  # sentences of a text up to which all are
_SURE, _SURE_BY_WORDS = 0.8, 0.27  # of cosine plus share of words (or of the latter alone): aligned
_LIKE, _LIKE_BY_WORDS = 0.5, 0.12  # below: missing
_MARGIN, _MARGIN_BY_WORDS = 0.1, 0.04  # by which a sentence has to be likelier than any other
_ANOTHERS, _ANOTHERS_BY_WORDS = 0.52, 0.35  # by which a sentence may be liker to another clause
_LIKE_NAMED = 0.3  # of a sentence elsewhere that holds a figure or handle which the clause names
_NEW_WORDS, _SHARED_WORDS = (
    0.1,
    0.3,
)  # of a clause that a further sentence must add, and of it that must be the clause's


# What is the same in any wording: a handle, a figure (without the ending of an ordinal), a month.
_NEAR = 5  # sentences of its section among which what a gap lacks is looked for
_ASKS_ADDRESS = re.compile(r"\baddress|e-?mail", re.IGNORECASE)
_NAMED = re.compile(
    r"@\w+|\d+(?=(?:st|nd|rd|th)?\b)"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


_TURNING = re.compile(
    r"\b(?:need(?:s|ed)? not|no need|no longer|(?<!whether or )not|no|never|neither|none|nobody|nothing|cannot|only"
    r"|without|exclud\w*|except\w*|unless|discourag\w*|forbid\w*|prohibit\w*|banned|avoid\w*|refrain\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_WEAKENED = re.compile(
    r"\b(?:rarely|seldom|hardly|sometimes|ideally|no need|(?:need|needs|needed) not|never needs?)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"‘[^’]*’|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_ASKS = re.compile(
    r"\b(?:must|should|shall|ought|ha(?:s|ve) to|needs?|required?|expected|asked|please|important)\b", re.IGNORECASE
)


class State(StrEnum):
    """How a clause stands beside the official text."""

    ALIGNED = "aligned"
    DOUBTFUL = "doubtful"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Aligned:
    """The sentences, by number, that a clause restates, or may restate where that is doubtful.

    `why` says why it is doubtful or missing, and `others` are the next likeliest. Of a gap, the first sentence is the
    one that announces what is missing.
    """

    clause: str
    state: State
    sentences: tuple[int, ...] = ()
    why: str = ""
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every clause once, in the order of the policy, and the sentences that none of them covers."""

    clauses: tuple[Aligned, ...]
    uncovered: tuple[int, ...]

    def of(self, state: State) -> tuple[Aligned, ...]:
        return tuple(one for one in self.clauses if one.state is state)


def align(clauses: Sequence[Clause], kept: Sequence[Sentence], encode: Encode | None) -> Alignment:
    """Sets clauses beside the sentences of an official text. The same input gives the same result."""
    if not kept or not clauses:
        return Alignment(tuple(Aligned(clause.id, State.MISSING) for clause in clauses), ())
    likeness, heading = _likeness(clauses, kept, encode), _headings(clauses, kept)
    weighed = likeness + heading
    chosen = _in_order(weighed)
    found = [_judged(row, clauses, kept, likeness, weighed, chosen[row], encode is None) for row in range(len(clauses))]
    covered = {number for one in found for number in one.sentences}
    return Alignment(tuple(found), tuple(one.number for one in kept if one.number not in covered))


def _likeness(clauses: Sequence[Clause], kept: Sequence[Sentence], encode: Encode | None) -> Floats:
    """One row a clause, one column a sentence: the share of words in common, both ways, plus the cosine."""
    texts, restated = [one.text for one in kept], [clause.text for clause in clauses]
    of_sentences, of_clauses = Bm25.fit(texts), Bm25.fit(restated)
    words: Floats = np.array([of_sentences.scores(text) for text in restated], np.float32)
    words = ((words + np.array([of_clauses.scores(text) for text in texts], np.float32).T) / 2).astype(np.float32)
    if encode is None:
        return words
    columns = np.arange(len(texts))
    if len(texts) > _MOST_ENCODED:
        likely = np.argpartition(-(words + _headings(clauses, kept)), _ENCODED, axis=1)[:, :_ENCODED]
        columns = np.unique(likely)
    vectors = encode([*restated, *(texts[column] for column in columns)])
    meant = np.zeros_like(words)
    meant[:, columns] = vectors[: len(restated)] @ vectors[len(restated) :].T
    both: Floats = words + meant
    return both


def _headings(clauses: Sequence[Clause], kept: Sequence[Sentence]) -> Floats:
    """What it adds or takes away that a sentence stands under the heading that a clause names, or under another."""
    paths = [tuple(normal(heading) for heading in one.section) for one in kept]
    known = {heading for path in paths for heading in path}
    weights = np.zeros((len(clauses), len(kept)), np.float32)
    for row, clause in enumerate(clauses):
        named = [normal(part) for part in clause.section.split(" / ")]
        named = [part for part in named if part in known]
        if not named:
            continue
        for column, path in enumerate(paths):
            shared = sum(part in path for part in named) / len(named)
            weights[row, column] = _HEADING * shared if shared else -_ELSEWHERE
    return weights


def _in_order(weighed: Floats) -> list[int]:
    """A sentence for each clause: the likeliest choice of all together, where going back in the text costs."""
    many = min(_CANDIDATES, weighed.shape[1])
    places = np.sort(np.argpartition(-weighed, many - 1, axis=1)[:, :many], axis=1)
    best = np.take_along_axis(weighed, places, axis=1)
    total: npt.NDArray[np.float32] = best[0]
    came_from: list[npt.NDArray[np.int64]] = []
    for row in range(1, len(weighed)):
        now, before = places[row][None, :], places[row - 1][:, None]
        step = np.where(now < before, -_BACKWARDS, np.where(now == before, -_AGAIN, _ONWARDS)).astype(np.float32)
        through = total[:, None] + step
        came_from.append(through.argmax(axis=0))
        total = through.max(axis=0) + best[row]
    at = int(total.argmax())
    chosen = [int(places[-1][at])]
    for row in range(len(weighed) - 1, 0, -1):
        at = int(came_from[row - 1][at])
        chosen.append(int(places[row - 1][at]))
    return chosen[::-1]


def _judged(
    row: int,
    clauses: Sequence[Clause],
    kept: Sequence[Sentence],
    likeness: Floats,
    weighed: Floats,
    place: int,
    by_words: bool,
) -> Aligned:
    clause = clauses[row]
    if clause.force is Force.GAP:
        return _gap(clause, kept, place)
    places = _extent(clause, kept, place, likeness[row])
    likest = weighed.argmax(axis=0)
    own = [at for at in places if likest[at] == row]
    if own and place not in own:  # it led to the passage of this clause, and is that of another itself
        places.remove(place)
        place = max(own, key=lambda at: float(likeness[row, at]))
    numbers = tuple(kept[at].number for at in places)
    beside = np.delete(np.arange(len(kept)), places)
    nearest = beside[np.argsort(-weighed[row, beside], kind="stable")][:_OFFERED]
    others = tuple(kept[at].number for at in nearest.tolist())
    score = float(likeness[row, place])
    if score < (_LIKE_BY_WORDS if by_words else _LIKE):
        return Aligned(clause.id, State.MISSING, why="nothing in the text is like it")
    if score < (_SURE_BY_WORDS if by_words else _SURE):
        return Aligned(clause.id, State.DOUBTFUL, numbers, "little in the text is like it", others)
    margin = float(weighed[row, place] - weighed[row, nearest[0]]) if others else 1.0
    if margin < (_MARGIN_BY_WORDS if by_words else _MARGIN):
        return Aligned(clause.id, State.DOUBTFUL, numbers, "another passage is about as likely", others)
    if float(likeness[:, place].max()) - score > (_ANOTHERS_BY_WORDS if by_words else _ANOTHERS):
        return Aligned(clause.id, State.DOUBTFUL, numbers, "the passage is rather that of another clause", others)
    if _opposed(clause, " ".join(kept[at].text for at in places)):
        return Aligned(clause.id, State.DOUBTFUL, numbers, "the passage may rule otherwise than the clause", others)
    return Aligned(clause.id, State.ALIGNED, numbers)


def _opposed(clause: Clause, words: str) -> bool:
    """Whether the words seem to rule the other way than the clause, or less. To doubt costs no more than a look at it.

    A negation or a limit more, or less, than the clause has turns a rule round, and so does another force.
    """
    theirs, ours = _turns(words), _turns(clause.text)
    if (theirs and not ours) or (clause.force.forbids and ours and not theirs):
        return True
    if theirs and ours and len(theirs) % 2 != len(ours) % 2:
        return True
    if bool(_WEAKENED.search(words)) != bool(_WEAKENED.search(clause.text)):
        return True
    said = propose(words).force
    if clause.force.requires:
        return (said.forbids and not ours) or (said is Force.MAY and not _ASKS.search(words))
    return clause.force is Force.MAY and said.forbids


def _turns(words: str) -> list[str]:
    """What negates or limits in the words, outside of what they quote."""
    return _TURNING.findall(_QUOTED.sub("", words))


def _gap(clause: Clause, kept: Sequence[Sentence], place: int) -> Aligned:
    """A gap is missing still, unless a list, or an address, follows what announces it."""
    announcing = kept[place]
    near = [one for one in kept[max(place - 1, 0) : place + _NEAR] if one.section == announcing.section]
    listed = [
        (one, after)
        for one, after in pairwise(near)
        if one.announces and (after.kind in (Kind.ITEM, Kind.ROW) or after.lead == one.number)
    ]
    addressed = [
        (announcing, one) for one in near if _ASKS_ADDRESS.search(clause.text) and re.search(ADDRESS, one.text)
    ]
    if listed or addressed:
        first, then = (listed or addressed)[0]
        why = "the text seems to hold what this clause says is missing; mend the clause"
        return Aligned(clause.id, State.DOUBTFUL, tuple(dict.fromkeys((first.number, then.number))), why)
    return Aligned(clause.id, State.MISSING, (announcing.number,), "missing from this text too")


def _extent(clause: Clause, kept: Sequence[Sentence], place: int, likeness: Floats) -> list[int]:
    """The places of all that the clause restates: neighbours that add words of it, and wherever else stand the dates,
    figures and handles that it names."""
    wanted = set(terms(clause.text))
    covered = wanted & set(terms(kept[place].text))
    places = {place}
    for step in (1, -1):
        at = place + step
        while 0 <= at < len(kept) and kept[at].section == kept[place].section:
            own = set(terms(kept[at].text))
            adds = (own & wanted) - covered
            if len(adds) < _NEW_WORDS * len(wanted) or len(own & wanted) < _SHARED_WORDS * len(own):
                break
            covered |= adds
            places.add(at)
            at += step
    lacking = _named(clause.text) - set().union(*(_named(kept[at].text) for at in places))
    for at in np.argsort(-likeness, kind="stable").tolist():
        found = _named(kept[at].text) & lacking
        if found and likeness[at] >= _LIKE_NAMED:
            places.add(at)
            lacking -= found
    return sorted(places)


def _named(text: str) -> set[str]:
    """The handles, figures and months in a text."""
    return {name.casefold() for name in _NAMED.findall(text)}
