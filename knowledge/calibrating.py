"""Turns a score into the chance of being right (Platt 1999), learnt from cases held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.linear import Arrays, LinearModel, Row


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over one score."""

    slope: float
    offset: float

    @classmethod
    def fit(cls, scores: Sequence[float], right: Sequence[bool]) -> Self:
        """Without cases of both kinds there is nothing to learn, and the chance is even."""
        if len(set(right)) < 2:
            return cls(0.0, 0.0)
        rows = [Row(np.array([0]), np.array([score], np.float32)) for score in scores]
        model = LinearModel.fit(rows, ["right" if known else "wrong" for known in right], 1, strength=100.0)
        sign = 2 if model.classes[0] == "right" else -2
        return cls(float(model.weights[0, 0]) * sign, float(model.offsets[0]) * sign)

    def __call__(self, score: float) -> float:
        return float(1 / (1 + np.exp(-(self.slope * score + self.offset))))

    def arrays(self) -> Arrays:
        """The curve as an array to be kept."""
        return {"curve": np.array([self.slope, self.offset])}

    @classmethod
    def from_arrays(cls, kept: Arrays) -> Self:
        slope, offset = kept["curve"].tolist()
        return cls(slope, offset)


def log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return float(np.log(bounded / (1 - bounded)))
