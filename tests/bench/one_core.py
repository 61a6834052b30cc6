"""Measurements inside one process, which `launcher.py` holds to one core: prints what it found as one line of JSON."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from langchain_core.documents import Document

from knowledge.answers import Question
from knowledge.clauses import Policy
from knowledge.encoding import DIMENSIONS, Floats, MiniLM
from knowledge.library import Library
from knowledge.vectors import FaissVectors, Progress, unit
from tests.bench import generated
from tests.bench.report import tell
from tests.conftest import KEPT, shipped

COUNT = 260  # questions, as many as the set that others score
POLICIES, CLAUSES_EACH = 10, 1_000
STORED = 100_000  # vectors
_NEAREST = 64  # as many as retrieval looks at
_WARMING = 5  # questions that are not counted

Found = dict[str, float]
_Case = TypeVar("_Case")


def main() -> None:
    """Takes the name of a measurement and the folder that it may use."""
    name, folder = sys.argv[1:]
    print(json.dumps(_MEASUREMENTS[name](Path(folder))))


def asked(policies: Iterable[Policy]) -> list[Question]:
    """As many different questions as are wanted, spread over the asks of the policies."""
    asks = {ask.text: clause.society for policy in policies for clause in policy.clauses for ask in clause.asks}
    questions = [Question(text, society) for text, society in asks.items()]
    return [questions[place * len(questions) // COUNT] for place in range(COUNT)]


def answers(_folder: Path) -> Found:
    """Milliseconds of one answer, over the shipped policies."""
    library = _open([], KEPT)
    return _percentiles("answer", library.answer, asked(library.policies))


def builds(folder: Path) -> Found:
    """Seconds to build the index of the shipped policies, from nothing and again when the vectors are kept."""
    from_nothing = _seconds(lambda: _open([], folder / "data"))
    shutil.rmtree(folder / "data" / "index")
    return {"from_nothing": from_nothing, "vectors_kept": _seconds(lambda: _open([], folder / "data"))}


def large_build(folder: Path) -> Found:
    """Seconds to build the index of the generated library; only the vectors of the shipped policies are kept."""
    shutil.copytree(KEPT / "vectors", folder / "data" / "vectors")
    generated.write_policies(folder / "policies", POLICIES, CLAUSES_EACH)
    return {"seconds": _seconds(lambda: _open([folder / "policies"], folder / "data"))}


def large_queries(folder: Path) -> Found:
    """Seconds to open the generated library that `large_build` left, and milliseconds of a ranking and of an answer."""
    started = time.perf_counter()
    library = _open([folder / "policies"], folder / "data", _refuse_to_build)
    seconds = time.perf_counter() - started
    questions = generated.questions(COUNT)
    ranked = _percentiles("rank", lambda text: library.retrieval.rank(text, generated.SOCIETY), questions)
    whole = [Question(text, generated.SOCIETY) for text in questions]
    return {"open": seconds} | ranked | _percentiles("answer", library.answer, whole)


def search(_folder: Path) -> Found:
    """Milliseconds of an exact search over random unit vectors, among all of them and among one society of ten."""
    random = np.random.default_rng(7)
    vectors = unit(random.standard_normal((STORED, DIMENSIONS), np.float32))
    store = FaissVectors(MiniLM.installed())
    documents = (Document(page_content="", metadata={"society": f"society-{n % 10}"}) for n in range(STORED))
    store.add_vectors(list(documents), vectors)
    queries: list[Floats] = list(unit(random.standard_normal((COUNT, DIMENSIONS), np.float32)))
    among_all = _percentiles("all", lambda vector: store.nearest(vector, _NEAREST), queries)
    return among_all | _percentiles("one", lambda vector: store.nearest(vector, _NEAREST, "society-3"), queries)


def _open(folders: list[Path], data: Path, progress: Progress = tell) -> Library:
    encoder = MiniLM.installed()
    return Library.open(shipped(*folders), data, encoder, encoder.name, progress)


def _refuse_to_build(_stage: str, _done: int, _of: int) -> None:
    raise RuntimeError("the shipped policies were edited while this ran: the index no longer fits; run it again")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _percentiles(name: str, work: Callable[[_Case], object], cases: list[_Case]) -> Found:
    """Milliseconds that half and that 95 % of the cases take at most."""
    for case in cases[:_WARMING]:
        work(case)
    taken = [_seconds(partial(work, case)) * 1000 for case in cases]
    half, most = np.percentile(taken, [50, 95])
    return {f"{name}_p50": float(half), f"{name}_p95": float(most)}


_MEASUREMENTS: dict[str, Callable[[Path], Found]] = {
    measurement.__name__: measurement for measurement in (answers, builds, large_build, large_queries, search)
}


if __name__ == "__main__":
    main()
