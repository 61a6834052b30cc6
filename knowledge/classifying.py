"""Which clause a question is about, or why none: learnt from the asks and from what is known to be unanswerable."""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.calibrating import Calibration, log_odds
from knowledge.clauses import Clause
from knowledge.encoding import Floats
from knowledge.linear import Arrays, Grams, LinearModel, Row, letter_grams, packed, unpacked, word_pairs

OUT_OF_SCOPE = "out_of_scope"  # the reason that clauses themselves can suggest, by being unlike the question
REASON = "~"  # opens the name of a class that is a reason for not answering; no clause id can
_FEWEST_ASKS = 5
_STRENGTH, _WORDS_WEIGHT = 10.0, 0.7  # chosen on questions held back from the asks; between 5 and 30 little changes


class Classifier:
    """Multinomial logistic regression over the vector of a question, its letter runs and its words."""

    def __init__(self, letters: Grams, words: Grams, model: LinearModel, dimensions: int) -> None:
        self._letters, self._words, self._model, self._dimensions = letters, words, model, dimensions

    @property
    def classes(self) -> list[str]:
        """Clause ids, and reasons opening with `REASON`."""
        return self._model.classes

    @classmethod
    def fit(
        cls, clauses: Sequence[Clause], unanswerable: Mapping[str, Sequence[str]], vectors: Mapping[str, Floats]
    ) -> Self:
        """`vectors` holds the vector of every text, or nothing where there is no encoder."""
        return cls._learn(_examples(clauses, unanswerable), vectors, tolerance=1e-3)

    @classmethod
    def calibrate(
        cls, clauses: Sequence[Clause], unanswerable: Mapping[str, Sequence[str]], vectors: Mapping[str, Floats]
    ) -> Calibration:
        """How far to trust the log odds of a society's likeliest clause, told by every fifth example held back."""
        examples = _examples(clauses, unanswerable)
        kept = [example for number, example in enumerate(examples) if number % 5]
        if len({name for _, name in kept}) < 2:
            return Calibration(1.0, 0.0)
        classifier = cls._learn(kept, vectors, tolerance=1e-2)
        societies = list(dict.fromkeys(clause.society for clause in clauses))
        scores: list[float] = []
        right: list[bool] = []
        for text, name in examples[::5]:
            chances = dict(
                zip(classifier.classes, classifier.probabilities(text, vectors.get(text)).tolist(), strict=True)
            )
            if sum(chance for other, chance in chances.items() if other.startswith(REASON)) >= 0.5:
                continue  # such a question is not answered, so nobody asks how sure the answer is
            for society in societies if name.startswith(REASON) else [name.split("/")[0]]:
                own = {other: chance for other, chance in chances.items() if other.startswith(f"{society}/")}
                best = max(own, key=lambda other: own[other], default="")
                scores.append(log_odds(own.get(best, 0.0)))
                right.append(best == name)
        return Calibration.fit(scores, right)

    @classmethod
    def _learn(cls, examples: Sequence[tuple[str, str]], vectors: Mapping[str, Floats], tolerance: float) -> Self:
        texts = [text for text, _ in examples]
        letters, words = Grams.fit(letter_grams, texts), Grams.fit(word_pairs, texts)
        dimensions = next(iter(vectors.values())).size if vectors else 0
        learner = cls(letters, words, LinearModel.blank(), dimensions)
        rows = [learner._row(text, vectors.get(text)) for text in texts]
        learner._model = LinearModel.fit(rows, [name for _, name in examples], learner._width, _STRENGTH, tolerance)
        return learner

    def probabilities(self, question: str, vector: Floats | None) -> npt.NDArray[np.float32]:
        """How likely each of `classes` is what the question is about; they sum to 1."""
        return self._model.probabilities(self._row(question, vector))

    @property
    def _width(self) -> int:
        return self._dimensions + len(self._letters) + len(self._words)

    def _row(self, text: str, vector: Floats | None) -> Row:
        rows = [] if vector is None or not self._dimensions else [Row.of(vector)]
        rows.append(self._letters(text).moved(self._dimensions))
        rows.append(self._words(text).times(_WORDS_WEIGHT).moved(self._dimensions + len(self._letters)))
        return Row.joined(rows)

    def arrays(self) -> Arrays:
        """Everything that was learnt, as arrays to be kept."""
        return {
            "letters": packed(self._letters.vocabulary),
            "letters_rarity": self._letters.rarity,
            "words": packed(self._words.vocabulary),
            "words_rarity": self._words.rarity,
            "dimensions": np.array(self._dimensions),
            **self._model.arrays(),
        }

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        return cls(
            Grams(letter_grams, unpacked(kept["letters"]), kept["letters_rarity"]),
            Grams(word_pairs, unpacked(kept["words"]), kept["words_rarity"]),
            LinearModel.from_arrays(kept),
            int(kept["dimensions"]),
        )


def learns_from(clause: Clause) -> bool:
    """Whether a clause has asks enough to learn from; one with fewer is found by likeness alone."""
    return len(clause.asks) >= _FEWEST_ASKS


def _examples(clauses: Sequence[Clause], unanswerable: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    examples = [
        (text, clause.id)
        for clause in clauses
        if learns_from(clause)
        for text in (clause.text, *(ask.text for ask in clause.asks))
    ]
    return examples + [(text, REASON + reason) for reason, texts in unanswerable.items() for text in texts]
