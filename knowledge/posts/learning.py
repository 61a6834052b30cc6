"""Learns from examples to see signals in pieces of a post: a linear model each, with a chance to be believed.

What was found is kept as plain arrays and applied in numpy, as in `knowledge/linear.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from knowledge.calibrating import Calibration
from knowledge.encoding import Floats
from knowledge.linear import Arrays, Grams, Row, letter_grams, packed, unpacked, word_pairs
from knowledge.posts.folding import fold
from knowledge.posts.naming import CALLED
from knowledge.posts.pieces import cut, said
from knowledge.posts.signals import SOCIETY, Signal
from knowledge.vectors import Progress

Places = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]
FEWEST_EXAMPLES = 15  # of a signal that is learnt; one with fewer is seen by its rules alone
_PENALTY, _LETTERS_WEIGHT, _WORDS_WEIGHT = 0.3, 0.55, 0.4  # chosen on examples held back
_CONSTANT = np.float32(0.5)  # a feature that every text has
_SURE_AT_LEAST = 0.3  # a chance below which no sign is sure, whatever the measure says
ANY_FAULT = "any fault"  # no signal has this name: theirs are names of files, without a space
_FAULTS_MISSED = 0.03  # share of the examples held back that the doubt about any fault may miss
_PLAIN = 0.8  # chance of what is no fault; of the examples held back, no fault was lost by it
_NEVER = 2.0  # a chance that none reaches
_SURE, _PERHAPS = 0.5, 2.0  # how many times as much a sign missed weighs as a false one (the beta of an F measure)


class Features:
    """What is counted of the words of a piece: its letter runs and its words."""

    def __init__(self, letters: Grams, words: Grams) -> None:
        self._letters, self._words = letters, words

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        return cls(Grams.fit(letter_grams, texts), Grams.fit(word_pairs, texts))

    def __len__(self) -> int:
        return len(self._letters) + len(self._words)

    def __call__(self, text: str) -> Row:
        letters = self._letters(text).times(_LETTERS_WEIGHT)
        return Row.joined([letters, self._words(text).times(_WORDS_WEIGHT).moved(len(self._letters))])

    def arrays(self) -> Arrays:
        """All of it, as arrays to be kept."""
        return {
            "letters": packed(self._letters.vocabulary),
            "letters_rarity": self._letters.rarity,
            "words": packed(self._words.vocabulary),
            "words_rarity": self._words.rarity,
        }

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        return cls(
            Grams(letter_grams, unpacked(kept["letters"]), kept["letters_rarity"]),
            Grams(word_pairs, unpacked(kept["words"]), kept["words_rarity"]),
        )


def alike(cosines: Floats) -> Floats:
    """How much texts count as meaning the same: 1 for the same vector, and far less than the cosine for others."""
    halved = (cosines + np.float32(1)) * np.float32(0.5)
    squared: Floats = halved * halved
    return squared * squared


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The chances that texts were given by a model that had not learnt from them, and what they do show."""

    chances: Floats
    shows: Known


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of some signals. Arrays have one place, or one column, for each of `names`.

    A chance of `sure` or more is a sign, one of `perhaps` or more may be one. Those that rule a post out, `ruling`, are
    doubted together: the last name is `ANY_FAULT`, the chance that a piece shows any of them.
    """

    names: tuple[str, ...]
    features: Features
    weights: Floats  # words and letter runs by signals, on the scale of log odds
    offsets: Floats
    known: Floats  # the vectors of the texts that were learnt from, none without an encoder
    votes: Floats  # these texts by signals: how much each says for a piece that means the same
    sure: Floats
    perhaps: Floats
    ruling: Known
    plain: Known  # which of them say what kind of post it is, and that it is no fault

    def seen(self, chances: Floats) -> list[tuple[int, bool]]:
        """The places in `names` of the signals that a piece shows or may show, and whether it surely does.

        What rules a post out may only be there where the chance of any such fault says so, and then the likeliest is.
        A piece that is plainly something else ("come and see us on stand 22"), and no one fault, is not doubted.
        """
        sure, perhaps = chances >= self.sure, chances >= self.perhaps
        if ANY_FAULT in self.names:
            plain = (chances >= _PLAIN)[self.plain].any() and not perhaps[self.ruling].any()
            doubted = bool(perhaps[-1] and not plain)
            perhaps &= ~self.ruling | sure | doubted
            perhaps[-1] = False
            if doubted and not perhaps[self.ruling].any():
                perhaps[int(np.where(self.ruling, chances, -1).argmax())] = True
        return [(int(at), bool(sure[at])) for at in np.flatnonzero(perhaps)]

    def chances(self, text: str, vector: Floats | None) -> Floats:
        """How likely the words of a piece show each of the signals."""
        if not self.names:
            return np.zeros(0, np.float32)
        row = self.features(text)
        odds: Floats = row.values @ self.weights[row.places] + self.offsets
        if vector is not None and self.known.size:
            odds = odds + alike(self.known @ vector) @ self.votes
        chances: Floats = np.float32(1) / (np.float32(1) + np.exp(-odds))
        return chances

    def arrays(self) -> Arrays:
        """All of it, as arrays to be kept."""
        return {
            "names": packed(self.names),
            "weights": self.weights,
            "offsets": self.offsets,
            "known": self.known,
            "votes": self.votes,
            "sure": self.sure,
            "perhaps": self.perhaps,
            "ruling": self.ruling,
            "plain": self.plain,
            **self.features.arrays(),
        }

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        return cls(
            tuple(unpacked(kept["names"])),
            Features.from_arrays(kept),
            kept["weights"],
            kept["offsets"],
            kept["known"],
            kept["votes"],
            kept["sure"],
            kept["perhaps"],
            kept["ruling"],
            kept["plain"],
        )


class Lessons:
    """The texts that signals are learnt from, each whole and in pieces, and what is known of each."""

    def __init__(self, signals: Sequence[Signal], ordinary: Sequence[str]) -> None:
        self.signals = [one for one in signals if not one.found_by and len(one.examples) >= FEWEST_EXAMPLES]
        self._beside = {(one.name, other) for one in self.signals for other in one.beside}
        told = [(text, one.name, True) for one in self.signals for text in (*one.examples, one.bad)]
        told += [(text, one.name, False) for one in self.signals for text in (*one.near_misses, one.good)]
        told += [(text, "", False) for text in ordinary]
        self._of = [(name, shows) for _, name, shows in told]
        folded = [fold(text.replace(SOCIETY, CALLED)) for text, _, _ in told]
        self.wholes = [said(text.text) for text in folded]
        pieces = ([piece.said for piece in cut(text) if not piece.tail] for text in folded)
        self.pieces = [some or [whole] for some, whole in zip(pieces, self.wholes, strict=True)]

    @property
    def texts(self) -> list[str]:
        """Every text whose vector is needed, each once."""
        return list(dict.fromkeys([*self.wholes, *(piece for some in self.pieces for piece in some)]))

    def about(self, name: str) -> tuple[Places, Known]:
        """The places of the texts that teach a signal, and which of them show it.

        Examples of other signals do not, but for those that may stand beside it; what they nearly are is not known.
        """
        places = [place for place, (other, shows) in enumerate(self._of) if self._teaches(name, other, shows)]
        shows = [self._of[place] == (name, True) for place in places]
        return np.array(places, np.int64), np.array(shows, np.bool_)

    def of_any_fault(self) -> tuple[Places, Known]:
        """The places of the texts that teach what rules a post out, and which of them do: what ordinary posts say, what
        is no fault in a draft either, and what is nearly a fault, do not."""
        ruling = {one.name for one in self.signals if one.rules_out}
        harmless = {one.name for one in self.signals if not one.rules_out and not one.advice}
        places = [
            place
            for place, (name, shows) in enumerate(self._of)
            if name == "" or name in ruling or (name in harmless and shows)
        ]
        return np.array(places, np.int64), np.array(
            [self._of[place] in {(n, True) for n in ruling} for place in places], np.bool_
        )

    def _teaches(self, name: str, other: str, shows: bool) -> bool:
        if other in ("", name):
            return True
        return shows and (name, other) not in self._beside and (other, name) not in self._beside


def learn(lessons: Lessons, vectors: Mapping[str, Floats], progress: Progress) -> Learnt:
    """The models of all signals. `vectors` holds one for each of the lessons' texts, or nothing without an encoder."""
    trial = _Trial(lessons, vectors)
    names = [signal.name for signal in lessons.signals]
    ruling = [signal.rules_out for signal in lessons.signals]
    plain = [signal.plain for signal in lessons.signals]
    if any(ruling):
        names, ruling, plain = [*names, ANY_FAULT], [*ruling, False], [*plain, False]
    columns = []
    for done, name in enumerate(names):
        progress("Learning to read posts", done, len(names))
        places, shows = lessons.of_any_fault() if name == ANY_FAULT else lessons.about(name)
        votes, scores = trial.fit(places, shows)
        curve, found = _believable(scores, shows)
        if curve.slope <= 0:  # the examples have nothing in common
            sure = perhaps = _NEVER
        elif name == ANY_FAULT:
            sure, perhaps = _NEVER, float(np.quantile(found.chances[shows], _FAULTS_MISSED))
        else:
            sure = max(threshold(found, _SURE), _SURE_AT_LEAST)
            perhaps = min(sure, threshold(found, _PERHAPS))
        columns.append((votes * curve.slope, curve.offset, sure, perhaps))
    if columns:
        progress("Learning to read posts", len(columns), len(columns))
    votes = np.array([column[0] for column in columns], np.float32).reshape(len(columns), len(lessons.wholes)).T.copy()
    return Learnt(
        names=tuple(names),
        features=trial.features,
        weights=trial.weights(votes),
        offsets=np.array([column[1] for column in columns], np.float32) + _CONSTANT * votes.sum(0),
        known=trial.known,
        votes=votes,
        sure=np.array([column[2] for column in columns], np.float32),
        perhaps=np.array([column[3] for column in columns], np.float32),
        ruling=np.array(ruling, np.bool_),
        plain=np.array(plain, np.bool_),
    )


def held_back(lessons: Lessons, vectors: Mapping[str, Floats]) -> dict[str, HeldBack]:
    """For each signal, the chance of each text that teaches it, from a model that had not learnt from that text."""
    trial = _Trial(lessons, vectors)
    found = {}
    for signal in lessons.signals:
        places, shows = lessons.about(signal.name)
        found[signal.name] = _believable(trial.fit(places, shows)[1], shows)[1]
    return found


def _believable(scores: Floats, shows: Known) -> tuple[Calibration, HeldBack]:
    """How scores turn into chances, and the chances."""
    curve = Calibration.fit(scores.tolist(), shows.tolist())
    chances = 1 / (1 + np.exp(-(curve.slope * scores + curve.offset)))
    return curve, HeldBack(chances.astype(np.float32), shows)


def threshold(found: HeldBack, beta: float) -> float:
    """The chance from which on a sign counts, so that the F measure of what was held back is highest."""
    order = np.argsort(-found.chances, kind="stable")
    chances, shows = found.chances[order], found.shows[order]
    right = np.cumsum(shows)
    scores = (1 + beta**2) * right / (np.arange(1, right.size + 1) + beta**2 * shows.sum())
    scores[:-1][chances[:-1] == chances[1:]] = 0  # no threshold parts chances that are the same
    best = int(scores.argmax())
    below = chances[best + 1] if best + 1 < chances.size else 0.0
    return float((chances[best] + below) / 2)


def _inverse(table: Floats) -> Floats:
    """The inverse of a symmetric table whose eigenvalues are positive, in a third of the time that any other takes."""
    from scipy.linalg import lapack  # only needed where something is fitted

    factor, faults = lapack.spotrf(table, lower=True)
    if faults:
        raise np.linalg.LinAlgError("the table is not positive")
    below: Floats = lapack.spotri(factor, lower=True, overwrite_c=True)[0]  # above the diagonal stand zeros
    return below + np.tril(below, -1).T


class _Trial:
    """The lessons as a table of how alike their texts are, from which each signal is fitted, and tried, in closed form.

    Ridge regression on which texts show a signal: one inverse gives its weights, and also what they would be without
    any one text (Golub, Heath and Wahba 1979), so that each text is judged as if it had never been seen.
    """

    def __init__(self, lessons: Lessons, vectors: Mapping[str, Floats]) -> None:
        from scipy.sparse import csr_matrix  # only needed where something is fitted

        texts = lessons.texts
        self.features = Features.of(lessons.wholes)
        rows = [self.features(text) for text in texts]
        joined = Row.joined(rows) if rows else Row.ones([])
        starts = np.cumsum([0, *(row.places.size for row in rows)])
        shape = len(texts), len(self.features)
        self._words: Any = csr_matrix((joined.values, joined.places, starts), shape=shape, dtype=np.float32)
        self._alike = (self._words @ self._words.T).toarray() + _CONSTANT
        self._vectors = np.array([vectors[text] for text in texts] if vectors else [], np.float32)
        if vectors:
            self._alike += alike(self._vectors @ self._vectors.T)
        place = {text: at for at, text in enumerate(texts)}
        self._wholes = np.array([place[text] for text in lessons.wholes], np.int64)
        self._pieces = [[place[text] for text in some] for some in lessons.pieces]

    @property
    def known(self) -> Floats:
        """The vectors of the whole texts."""
        return self._vectors[self._wholes] if self._vectors.size else self._vectors

    def weights(self, votes: Floats) -> Floats:
        """What the votes of the whole texts, by signals, come to for each word and letter run."""
        weights: Floats = self._words[self._wholes].T @ votes
        return weights

    def fit(self, places: Places, shows: Known) -> tuple[Floats, Floats]:
        """The vote of every whole text, learnt from those at some places, and the score of each of these if unseen.

        Texts that show the signal weigh as much as those that do not, however many there are. A text scores what its
        highest piece scores, as where posts are read.
        """
        rows = self._wholes[places]
        share = np.where(shows, shows.mean(), 1 - shows.mean())
        table = self._alike[np.ix_(rows, rows)]
        table[np.diag_indices(rows.size)] += (_PENALTY * 2 * share).astype(np.float32)
        inverse = _inverse(table)
        told = inverse @ np.where(shows, 1, -1).astype(np.float32)
        owner = np.repeat(np.arange(places.size), [len(self._pieces[place]) for place in places])
        near = self._alike[np.ix_([piece for place in places for piece in self._pieces[place]], rows)]
        own_part = np.einsum("pt,pt->p", near, inverse[owner]) * (told / inverse.diagonal())[owner]
        scores = np.maximum.reduceat(near @ told - own_part, np.searchsorted(owner, np.arange(places.size)))
        votes = np.zeros(self._wholes.size, np.float32)
        votes[places] = told
        return votes, scores
