"""The encoder that a setting names."""

from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from knowledge.encoding import EncoderUnavailable, MiniLM


@dataclass(frozen=True, slots=True)
class Encoder:
    """An embedding model and the name under which its vectors are kept; `missing` says why there is none."""

    model: Embeddings | None
    name: str
    missing: str = ""


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
            return Encoder(MiniLM.installed(), MiniLM.name)
        except EncoderUnavailable as error:
            return Encoder(None, "none", str(error))
    from langchain.embeddings import init_embeddings  # slow to import, and needed by few

    try:
        model = init_embeddings(setting)
    except (ValueError, ImportError) as error:
        first_line = str(error).strip().splitlines()[0]
        raise EncoderUnavailable(f"EMBEDDINGS={setting}: {first_line}") from error
    if not isinstance(model, Embeddings):
        raise EncoderUnavailable(f"EMBEDDINGS={setting}: this is no embedding model")
    return Encoder(model, setting)
