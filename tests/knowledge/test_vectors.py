"""Vectors on disk and the store that searches them."""

import threading
from pathlib import Path

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.vectorstores import VectorStore

from knowledge import vectors
from knowledge.vectors import FaissVectors, VectorCache, unit
from tests.conftest import nothing_told
from tests.knowledge.hashed_words import DIMENSIONS, HashedWords, Unplugged

# numpy leaves the file of a broken archive open until it is collected
LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TEXTS = [f"song number {number}" for number in range(10)]


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_AT_ONCE", 4)


def test_only_texts_that_were_never_seen_are_encoded(tmp_path: Path) -> None:
    encoder = HashedWords()
    first = VectorCache(tmp_path, "hashed").encode(TEXTS[:6], encoder, nothing_told)
    again = VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert encoder.encoded == TEXTS
    assert again[:6].tolist() == first.tolist()


def test_a_text_that_stands_twice_is_encoded_once(tmp_path: Path) -> None:
    encoder = HashedWords()
    found = VectorCache(tmp_path, "hashed").encode(["sing", "row", "sing"], encoder, nothing_told)
    assert encoder.encoded == ["sing", "row"]
    assert found[0].tolist() == found[2].tolist()


def test_rows_stand_in_the_order_of_the_texts_and_have_length_one(tmp_path: Path) -> None:
    encoder = HashedWords()
    cache = VectorCache(tmp_path, "hashed")
    cache.encode(TEXTS, encoder, nothing_told)
    backwards = cache.encode(TEXTS[::-1], encoder, nothing_told)
    assert backwards == pytest.approx(unit(encoder.embed_documents(TEXTS[::-1])))
    assert np.linalg.norm(backwards, axis=1) == pytest.approx(np.ones(10))


def test_vectors_of_one_encoder_are_not_taken_for_anothers(tmp_path: Path) -> None:
    encoder = HashedWords()
    VectorCache(tmp_path, "one").encode(TEXTS, encoder, nothing_told)
    VectorCache(tmp_path, "another").encode(TEXTS, encoder, nothing_told)
    assert len(encoder.encoded) == 2 * len(TEXTS)


@pytest.mark.usefixtures("few_at_once")
def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        VectorCache(tmp_path, "hashed").encode(TEXTS, Unplugged(batches=2), nothing_told)
    encoder = HashedWords()
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert encoder.encoded == TEXTS[8:]


@pytest.mark.usefixtures("few_at_once")
def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cache = VectorCache(tmp_path, "hashed")
    cache.encode(TEXTS, HashedWords(), lambda _stage, done, of: told.append((done, of)))
    assert told == [(0, 10), (4, 10), (8, 10), (10, 10)]
    told.clear()
    cache.encode(TEXTS, HashedWords(), lambda _stage, done, of: told.append((done, of)))
    assert told == []


@LEFT_OPEN
@pytest.mark.parametrize("damage", [b"", b"not a segment", b"\x93NUMPY broken", b"PK\x03\x04 broken"])
def test_the_texts_of_a_damaged_segment_are_encoded_again(tmp_path: Path, damage: bytes) -> None:
    encoder = HashedWords()
    before = VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    (segment,) = tmp_path.rglob("*.npz")
    segment.write_bytes(damage)
    after = VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert encoder.encoded == TEXTS * 2
    assert after.tolist() == before.tolist()
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert len(encoder.encoded) == 2 * len(TEXTS)


@LEFT_OPEN
@pytest.mark.parametrize("kept", [-30, 100, 400])
def test_the_texts_of_a_segment_that_was_cut_short_are_encoded_again(tmp_path: Path, kept: int) -> None:
    VectorCache(tmp_path, "hashed").encode(TEXTS, HashedWords(), nothing_told)
    (segment,) = tmp_path.rglob("*.npz")
    segment.write_bytes(segment.read_bytes()[:kept])
    encoder = HashedWords()
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert encoder.encoded == TEXTS


def test_a_segment_with_a_flipped_byte_is_encoded_again(tmp_path: Path) -> None:
    VectorCache(tmp_path, "hashed").encode(TEXTS, HashedWords(), nothing_told)
    (segment,) = tmp_path.rglob("*.npz")
    good = segment.read_bytes()
    segment.write_bytes(good[:400] + bytes([good[400] ^ 255]) + good[401:])
    encoder = HashedWords()
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert encoder.encoded == TEXTS


def test_a_segment_of_pickles_is_not_loaded(tmp_path: Path) -> None:
    encoder = HashedWords()
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    (segment,) = tmp_path.rglob("*.npz")
    np.savez(segment, keys=np.array([{"a": 1}], dtype=object), vectors=np.zeros((1, DIMENSIONS), np.float32))
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert len(encoder.encoded) == 2 * len(TEXTS)


def test_what_an_interrupted_write_left_behind_is_not_read(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, "hashed")
    cache.encode(TEXTS[:1], HashedWords(), nothing_told)
    (segment,) = tmp_path.rglob("*.npz")
    (segment.parent / "half.part").write_bytes(segment.read_bytes()[:20])
    encoder = HashedWords()
    VectorCache(tmp_path, "hashed").encode(TEXTS[:1], encoder, nothing_told)
    assert encoder.encoded == []


@pytest.mark.usefixtures("few_at_once")
def test_two_writers_do_not_disturb_each_other(tmp_path: Path) -> None:
    start = threading.Barrier(2)
    found: dict[int, list[list[float]]] = {}

    def encode(number: int) -> None:
        start.wait()
        found[number] = VectorCache(tmp_path, "hashed").encode(TEXTS, HashedWords(), nothing_told).tolist()

    writers = [threading.Thread(target=encode, args=(number,)) for number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert found[0] == found[1]
    encoder = HashedWords()
    VectorCache(tmp_path, "hashed").encode(TEXTS, encoder, nothing_told)
    assert encoder.encoded == []


SONGS = ["sing loud", "sing soft", "row hard", "row far", "rest"]
SOCIETIES = [{"society": name} for name in ("larks", "larks", "oars", "oars", "larks")]


@pytest.fixture
def store() -> FaissVectors:
    return FaissVectors.from_texts(SONGS, HashedWords(), SOCIETIES, ids=["a", "b", "c", "d", "e"])


def test_the_store_is_langchains(store: FaissVectors) -> None:
    assert isinstance(store, VectorStore)
    assert isinstance(store.embeddings, HashedWords)


def test_it_finds_the_nearest_text_first(store: FaissVectors) -> None:
    found = store.similarity_search_with_score("row far", k=2)
    assert [(document.page_content, document.id) for document, _ in found] == [("row far", "d"), ("row hard", "c")]
    assert found[0][1] == pytest.approx(1, abs=1e-5)
    assert found[0][1] > found[1][1]


def test_search_and_search_with_score_agree(store: FaissVectors) -> None:
    with_score = [document for document, _ in store.similarity_search_with_score("sing far", k=3)]
    assert store.similarity_search("sing far", k=3) == with_score


@pytest.mark.parametrize("society", ["larks", "oars"])
def test_a_filter_lets_only_one_society_through(store: FaissVectors, society: str) -> None:
    found = store.similarity_search("row sing loud hard", k=10, filter={"society": society})
    assert found
    assert {document.metadata["society"] for document in found} == {society}


def test_a_society_that_is_not_held_has_nothing(store: FaissVectors) -> None:
    assert store.similarity_search("sing", k=3, filter={"society": "herons"}) == []


def test_asking_for_more_than_there_is_gives_all(store: FaissVectors) -> None:
    assert len(store.similarity_search("sing", k=99)) == len(SONGS)
    assert store.similarity_search("sing", k=0) == []
    assert len(store.similarity_search("sing", k=99, filter={"society": "oars"})) == 2


def test_an_empty_store_finds_nothing() -> None:
    assert FaissVectors(HashedWords()).similarity_search("sing") == []
    assert FaissVectors.from_texts([], HashedWords()).similarity_search("sing") == []


def test_documents_can_be_added_later(store: FaissVectors) -> None:
    assert store.add_documents([Document("hum", id="f", metadata={"society": "herons"})]) == ["f"]
    assert [document.id for document in store.similarity_search("hum", k=1)] == ["f"]
    assert [document.id for document in store.similarity_search("sing", k=9, filter={"society": "herons"})] == ["f"]
    assert len(store.similarity_search("sing", k=9, filter={"society": "larks"})) == 3


def test_texts_without_names_or_metadata_are_numbered_on() -> None:
    store = FaissVectors.from_texts(["sing"], HashedWords())
    assert store.add_texts(["row", "rest"]) == ["1", "2"]
    assert store.add_texts([]) == []
    assert store.similarity_search("row", k=1)[0].metadata == {}


def test_it_serves_as_a_langchain_retriever(store: FaissVectors) -> None:
    retriever = store.as_retriever(search_kwargs={"k": 1, "filter": {"society": "larks"}})
    assert [document.page_content for document in retriever.invoke("row hard and sing loud")] == ["sing loud"]


def test_a_vector_of_nothing_stays_nothing() -> None:
    assert unit([[0.0, 0.0], [3.0, 4.0]]).tolist() == [[0.0, 0.0], [pytest.approx(0.6), pytest.approx(0.8)]]
