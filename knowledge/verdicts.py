"""What a clause rules on a question, given how strong it is, whom it binds and which way the question is put.

How often which verdict is honest is learnt from the asks, whose verdicts are stated in the policy files, over three
kinds of evidence: how the question is put crossed with the force of the clause, its words crossed with that force, and
its meaning within the clause. What is learnt for a force serves every clause of that force, of any society.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.clauses import Clause, Force, Verdict
from knowledge.encoding import Floats
from knowledge.linear import Arrays, Grams, LinearModel, Row, packed, unpacked, word_triples
from knowledge.questions import Account, Mood, Reading, read, spelt_out

_KINDS = ("requires", "forbids", "permits", "informs")
_MOODS, _ACCOUNTS = list(Mood), (None, *Account)
_PUT_WIDTH = (4 * len(_MOODS) + len(_ACCOUNTS)) * (len(_KINDS) + 1)
_STRENGTH = 2.0
_DEPENDS_BESIDE_ASKS = 0.6  # asks that leave a fact open are written more often than they are asked
# A yes that people act on needs more than to be likelier than no: the most that may be said for a no beside it. Set on
# asks held back in turn and on questions written for it. A belief put with a not ("so none of this applies?") is told
# what the clause says, and never yes: of such, few are right, and the words that make the difference are small.
_MOST_NO = {Mood.PERMISSION: 0.2, Mood.BELIEF: 0.12}
_MOST_NO_ELSE = 0.25


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each verdict is to be the honest one; they sum to 1."""

    yes: float = 0.0
    no: float = 0.0
    depends: float = 0.0
    info: float = 0.0

    @classmethod
    def mixed(cls, weighed: Sequence[tuple[float, "Chances"]]) -> Self:
        """The chances over several clauses, each weighed by how likely the question is about it."""
        total = sum(weight for weight, _ in weighed)
        return cls(
            **{
                name: sum(w * getattr(some, name) for w, some in weighed) / total
                for name in ("yes", "no", "depends", "info")
            }
        )

    @property
    def likeliest(self) -> Verdict:
        return max(
            (Verdict.NO, Verdict.DEPENDS, Verdict.INFO, Verdict.YES), key=lambda v: float(getattr(self, v.value))
        )

    def verdict(self, reading: Reading) -> Verdict:
        """The likeliest, but a yes only where a no is unlikely: elsewhere nobody is told yes."""
        if self.likeliest is not Verdict.YES:
            return self.likeliest
        if reading.mood is Mood.BELIEF and reading.negated:
            return Verdict.INFO
        if self.no <= _MOST_NO.get(reading.mood, _MOST_NO_ELSE):
            return Verdict.YES
        return Verdict.INFO if reading.mood is Mood.BELIEF else Verdict.DEPENDS


class VerdictModel:
    """Chances of each verdict for a question and a clause."""

    def __init__(self, words: Grams, clauses: list[str], model: LinearModel, dimensions: int) -> None:
        self._words, self._model, self._dimensions = words, model, dimensions
        self._clauses = {name: place for place, name in enumerate(clauses)}

    @classmethod
    def fit(cls, clauses: Sequence[Clause], vectors: Mapping[str, Floats]) -> Self:
        """Learns from every ask whose verdict is stated. `vectors` holds theirs, or nothing without an encoder."""
        stated = [
            (ask, clause) for clause in clauses for ask in clause.asks if ask.verdict and clause.force != Force.GAP
        ]
        words = Grams.fit(word_triples, [spelt_out(ask.text) for ask, _ in stated])
        dimensions = next(iter(vectors.values())).size if vectors else 0
        learnt = sorted({clause.id for _, clause in stated})
        learner = cls(words, learnt, LinearModel.blank(), dimensions)
        rows = [
            learner._row(ask.text, read(ask.text), clause, vectors.get(ask.text), vectors.get(clause.text))
            for ask, clause in stated
        ]
        labels = [str(ask.verdict) for ask, _ in stated]
        learner._model = LinearModel.fit(rows, labels, learner._width, _STRENGTH)
        return learner

    def chances(
        self, question: str, reading: Reading, clause: Clause, vector: Floats | None, of_text: Floats | None
    ) -> Chances:
        """`vector` is the question's, `of_text` the clause's; both None where there is no encoder."""
        found = self._model.probabilities(self._row(question, reading, clause, vector, of_text))
        odds = dict(zip(self._model.classes, found.tolist(), strict=True))
        odds["depends"] = odds.get("depends", 0.0) * _DEPENDS_BESIDE_ASKS
        total = sum(odds.values())
        return Chances(**{name: chance / total for name, chance in odds.items()})

    @property
    def _width(self) -> int:
        kinds = len(_KINDS)
        parts = (2 * _PUT_WIDTH, len(self._clauses) + kinds, len(self._words) * (kinds + 1))
        return sum(parts) + self._dimensions * (kinds + 1 + len(self._clauses))

    def _row(
        self, question: str, reading: Reading, clause: Clause, vector: Floats | None, of_text: Floats | None
    ) -> Row:
        kind, place = _kind(clause.force), self._clauses.get(clause.id)
        put = Row.ones(_put(reading, kind))
        rows = [put]
        if vector is not None and of_text is not None:  # a question in the clause's own words leaves nothing open
            rows.append(put.times(float(vector @ of_text)).moved(_PUT_WIDTH))
        start = 2 * _PUT_WIDTH
        about = [start + len(self._clauses) + kind] + ([] if place is None else [start + place])
        rows.append(Row.ones(about).times(0.5))
        start += len(self._clauses) + len(_KINDS)
        words = self._words(spelt_out(question))
        rows += [words.moved(start), words.moved(start + len(self._words) * (1 + kind))]
        start += len(self._words) * (len(_KINDS) + 1)
        if vector is not None and self._dimensions:
            meaning = Row.of(vector)
            rows += [meaning.moved(start), meaning.moved(start + self._dimensions * (1 + kind))]
            start += self._dimensions * (len(_KINDS) + 1)
            if place is not None:
                rows.append(meaning.moved(start + self._dimensions * place))
        return Row.joined(rows)

    def arrays(self) -> Arrays:
        """Everything that was learnt, as arrays to be kept."""
        return {
            "words": packed(self._words.vocabulary),
            "words_rarity": self._words.rarity,
            "clauses": np.array(list(self._clauses)),
            "dimensions": np.array(self._dimensions),
            **self._model.arrays(),
        }

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        words = Grams(word_triples, unpacked(kept["words"]), kept["words_rarity"])
        return cls(words, kept["clauses"].tolist(), LinearModel.from_arrays(kept), int(kept["dimensions"]))


def _kind(force: Force) -> int:
    if force.requires:
        return 0
    if force.forbids:
        return 1
    return 2 if force is Force.MAY else 3


def _put(reading: Reading, kind: int) -> list[int]:
    """How a question is put, as places of ones: alone, and crossed with the kind of force."""
    mood, moods = _MOODS.index(reading.mood), len(_MOODS)
    traits = [2 * mood + reading.negated]
    if reading.lacks:
        traits.append(2 * moods + mood)
    if reading.has:
        traits.append(3 * moods + mood)
    traits.append(4 * moods + _ACCOUNTS.index(reading.account))
    width = len(_KINDS) + 1
    return [trait * width + place for trait in traits for place in (kind, len(_KINDS))]
