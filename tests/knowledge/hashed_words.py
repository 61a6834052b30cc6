"""An encoder for tests: it knows nothing of meaning, only which words a text has, and it counts what it encodes."""

import hashlib
import re

from langchain_core.embeddings import Embeddings

DIMENSIONS = 256


class HashedWords(Embeddings):
    """Each word adds one to a place that its hash names; texts that share words lie near one another."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.encoded += texts
        return [_vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return _vector(text)


class Unplugged(HashedWords):
    """Encodes a number of batches and then is interrupted, as a person does with Control-C."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        return super().embed_documents(texts)


def _vector(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.lower()):
        vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % DIMENSIONS] += 1.0
    return vector if any(vector) else [1.0] * DIMENSIONS
