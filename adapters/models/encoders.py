"""The encoder that a setting names."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from langchain_core.embeddings import Embeddings

from knowledge.encoding import EncoderUnavailable, MiniLM

_REMEMBERED = 512  # questions

_Asked = TypeVar("_Asked", str, list[str])
_Vectors = TypeVar("_Vectors", list[float], list[list[float]])


@dataclass(frozen=True, slots=True)
class Encoder:
    """An embedding model and the name under which its vectors are kept; `missing` says why there is none."""

    model: Embeddings | None
    name: str
    missing: str = ""


class Hosted(Embeddings):
    """A model behind a provider. Whatever it raises is told as what it is: the named model cannot be used."""

    def __init__(self, model: Embeddings, setting: str) -> None:
        self._model, self._setting = model, setting

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._told(self._model.embed_documents, texts)

    def embed_query(self, text: str) -> list[float]:
        return self._told(self._model.embed_query, text)

    def _told(self, embed: Callable[[_Asked], _Vectors], asked: _Asked) -> _Vectors:
        try:
            return embed(asked)
        except Exception as error:  # each provider's package has its own
            what = " ".join(str(error).split()) or type(error).__name__
            raise EncoderUnavailable(f"EMBEDDINGS={self._setting}: {what[:300]}; see to the provider") from error


class Remembering(Embeddings):
    """A model that encodes a question once which is met several times on its way: before its transaction begins, so
    that nobody waits for that who wants to write, and in it. `as_documents` says that it encodes a question as it does
    a document, so that several can be encoded together."""

    def __init__(self, model: Embeddings, as_documents: bool = False) -> None:
        self._model, self._as_documents = model, as_documents
        self._known: OrderedDict[str, list[float]] = OrderedDict()  # the one met last is last
        self._one_at_a_time = Lock()

    def knows(self, text: str) -> bool:
        """Whether a question has been encoded, and is remembered."""
        return text in self._known

    def encode_together(self, texts: Sequence[str]) -> None:
        """Encodes at once those of some questions that are not known, where the model can. Several take little
        longer than one does: its weights are what is long to read."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if self._as_documents and fresh:
            for text, vector in zip(fresh, self._model.embed_documents(fresh), strict=True):
                self._remember(text, vector)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        vector = self._known.get(text)  # another thread may forget it meanwhile
        return list(self._remember(text, self._model.embed_query(text) if vector is None else vector))

    def _remember(self, text: str, vector: list[float]) -> list[float]:
        with self._one_at_a_time:
            self._known[text] = vector
            self._known.move_to_end(text)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return vector


def encoder_for(setting: str) -> Encoder:
    """`minilm` or `none`, or a LangChain embedding model as PROVIDER:MODEL.

    Without the weights of MiniLM there is no encoder and `missing` says so; a hosted model that cannot be had is an
    error, since whoever named it means it.

    Raises:
        EncoderUnavailable: a named model or its package cannot be used.
    """
    if setting == "none":
        return Encoder(None, "none", "EMBEDDINGS is none: clauses are found by their words alone")
    if setting == "minilm":
        try:
            return Encoder(Remembering(MiniLM.installed(), as_documents=True), MiniLM.name)
        except EncoderUnavailable as error:
            return Encoder(None, "none", str(error))
    if ":" not in setting:
        raise EncoderUnavailable(f"EMBEDDINGS={setting}: write minilm, none, or PROVIDER:MODEL of a LangChain model")
    from langchain.embeddings import init_embeddings  # slow to import, and needed by few

    try:
        model = init_embeddings(setting)
    except (ValueError, ImportError, OSError) as error:
        first_line = str(error).strip().splitlines()[0]
        raise EncoderUnavailable(f"EMBEDDINGS={setting}: {first_line}") from error
    if not isinstance(model, Embeddings):
        raise EncoderUnavailable(f"EMBEDDINGS={setting}: this is no embedding model")
    return Encoder(Remembering(Hosted(model, setting)), setting)
