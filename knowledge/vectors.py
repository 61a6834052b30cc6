"""Vectors of texts: kept on disk by content, and searched by FAISS behind LangChain's `VectorStore`."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile

import faiss
import numpy as np
import numpy.typing as npt
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from knowledge.encoding import Floats

Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done, how much there is
_ENCODING = "Encoding texts"
_AT_ONCE = 256  # texts between two writes: what an interrupted build loses at most


class VectorCache:
    """Vectors by the content of their text. Segments are written whole or not at all, so any number may write."""

    def __init__(self, folder: Path, encoder: str) -> None:
        self._folder = folder / hashlib.sha256(encoder.encode()).hexdigest()[:16]
        self._vectors: dict[str, Floats] = {}

    def encode(self, texts: Sequence[str], encoder: Embeddings, progress: Progress) -> Floats:
        """One row of length one a text; only texts that were never seen are encoded, with progress shown."""
        self._read()
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}.items())
        for start in range(0, len(missing), _AT_ONCE):
            progress(_ENCODING, start, len(missing))
            some = missing[start : start + _AT_ONCE]
            vectors = unit(encoder.embed_documents([text for _, text in some]))
            self._write([key for key, _ in some], vectors)
        if missing:
            progress(_ENCODING, len(missing), len(missing))
        return np.array([self._vectors[key] for key in keys], np.float32)

    def _read(self) -> None:
        for segment in sorted(self._folder.glob("*.npz")):
            try:
                with np.load(segment, allow_pickle=False) as kept:
                    self._vectors.update(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
            except (OSError, ValueError, KeyError, EOFError, BadZipFile):
                segment.unlink(missing_ok=True)  # damaged; its texts are encoded again

    def _write(self, keys: list[str], vectors: Floats) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, keys=np.array(keys), vectors=vectors)
        os.replace(name, self._folder / f"{hashlib.sha256(''.join(keys).encode()).hexdigest()[:32]}.npz")
        self._vectors.update(zip(keys, vectors, strict=True))


def unit(vectors: Sequence[Sequence[float]] | Floats) -> Floats:
    """The vectors at length one, so that an inner product is a cosine."""
    array = np.asarray(vectors, np.float32)
    scaled: Floats = array / np.maximum(np.linalg.norm(array, axis=1, keepdims=True), 1e-12)
    return scaled


class FaissVectors(VectorStore):
    """Exact search by cosine over documents in memory. `filter` is {"society": ...}, a value of their metadata."""

    def __init__(self, encoder: Embeddings) -> None:
        self._encoder = encoder
        self._documents: list[Document] = []
        self._index: Any = None
        self._of_society: dict[str, npt.NDArray[np.int64]] = {}

    @property
    def embeddings(self) -> Embeddings:
        return self._encoder

    def add_vectors(self, documents: Sequence[Document], vectors: Floats) -> None:
        """Adds documents whose vectors, of length one, are known."""
        if self._index is None:
            self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors, np.float32))
        self._documents += documents
        societies = np.array([document.metadata.get("society", "") for document in self._documents])
        self._of_society = {str(name): np.flatnonzero(societies == name) for name in np.unique(societies)}

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,
    ) -> list[str]:
        texts = list(texts)
        names = ids or [str(len(self._documents) + number) for number in range(len(texts))]
        documents = [
            Document(page_content=text, metadata=metadata, id=name)
            for text, metadata, name in zip(texts, metadatas or [{} for _ in texts], names, strict=True)
        ]
        if documents:
            self.add_vectors(documents, unit(self._encoder.embed_documents(texts)))
        return names

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:
        return [document for document, _ in self.similarity_search_with_score(query, k, **kwargs)]

    def similarity_search_with_score(self, query: str, k: int = 4, **kwargs: Any) -> list[tuple[Document, float]]:
        vector = unit([self._encoder.embed_query(query)])[0]
        places, cosines = self.nearest(vector, k, (kwargs.get("filter") or {}).get("society"))
        return [(self._documents[place], float(cosine)) for place, cosine in zip(places, cosines, strict=True)]

    def nearest(self, vector: Floats, k: int, society: str | None = None) -> tuple[npt.NDArray[np.int64], Floats]:
        """Places and cosines of the nearest documents, best first."""
        nothing = np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._index is None or k < 1:
            return nothing
        parameters = None
        if society is not None:
            among = self._of_society.get(society)
            if among is None:
                return nothing
            k = min(k, among.size)
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(among))  # type: ignore[call-arg]  # its stub knows none
        cosines, places = self._index.search(
            vector[None].astype(np.float32), min(k, len(self._documents)), params=parameters
        )
        found = places[0] >= 0
        return places[0][found], cosines[0][found]

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,
    ) -> Self:
        store = cls(embedding)
        store.add_texts(texts, metadatas, ids=ids)
        return store
