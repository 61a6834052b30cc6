"""How fast it is and how much memory it takes, each figure from processes of its own that are held to one core."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from knowledge import policy_files
from tests.bench import launcher, one_core
from tests.bench.one_core import CLAUSES_EACH, COUNT, POLICIES, STORED, Found
from tests.bench.report import Goal, shown
from tests.conftest import KEPT

_ROOT = Path(__file__).parent.parent.parent
_VERSE = str(Path(sys.executable).with_name("verse"))
_RUNS = 5  # of the whole command, after one that is not counted
_OURS = ("SOCIETY", "POLICY_DIR", "EMBEDDINGS")  # settings that would change what is measured


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in its unit, what it is to be, and how it was made."""

    name: str
    value: float
    unit: str
    how: str
    at_most: float | None = None

    @property
    def goal(self) -> Goal | None:
        return None if self.at_most is None else Goal(self.at_most, self.unit, at_most=True)


@dataclass(frozen=True, slots=True)
class Run:
    """A process that has ended well: its seconds, the most memory it held in MB, and what it printed."""

    seconds: float
    peak: float
    printed: str

    @property
    def found(self) -> Found:
        found: Found = json.loads(self.printed)
        return found


def show(console: Console) -> list[str]:
    """Prints one table. There are no limits here, so none is ever broken."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        measured = [*_answers(folder), *_command(folder), *_builds(folder), *_large(folder), *_search(folder)]
    how = "Each in a process of its own held to one core, with one thread (OPENBLAS_NUM_THREADS=1, OMP_NUM_THREADS=1)."
    table = Table("figure", "measured", "aim", "", "how", title="Speed", caption=how)
    table.title_justify = table.caption_justify = "left"
    for one in measured:
        goal = one.goal
        aims = ("", "") if goal is None else (f"at most {goal.value:g} {goal.unit}", goal.told(one.value))
        table.add_row(one.name, shown(one.value, one.unit), *aims, one.how)
    console.print(table)
    return []


def _answers(folder: Path) -> Iterable[Measured]:
    found = _measure("answers", folder).found
    how = f"Library.answer in process, {COUNT} different asks of the policies, after 5 to warm up"
    yield Measured("answer, p50", found["answer_p50"], "ms", how, 12)
    yield Measured("answer, p95", found["answer_p95"], "ms", "the same", 25)


def _command(folder: Path) -> Iterable[Measured]:
    ask = [_VERSE, "ask", "--society", "ipem", "Can I retweet this?"]
    _run(ask, folder)
    runs = [_run(ask, folder) for _ in range(_RUNS)]
    how = f"the whole process, median of {_RUNS} after a warm-up, index built before"
    yield Measured("verse ask, wall", median(run.seconds for run in runs), "s", how, 1.5)
    yield Measured("verse ask, peak memory", max(run.peak for run in runs), "MB", "resident, the highest of these", 400)
    file = folder / "questions.jsonl"
    rows = ({"id": str(n), **question} for n, question in enumerate(_questions()))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run = _run([_VERSE, "ask", "--jsonl", str(file)], folder)
    if len(run.printed.splitlines()) != COUNT:
        raise RuntimeError(f"verse ask --jsonl wrote {len(run.printed.splitlines())} lines for {COUNT}")
    yield Measured(f"verse ask --jsonl, {COUNT} questions", run.seconds, "s", "the whole process, once", 10)


def _builds(folder: Path) -> Iterable[Measured]:
    run = _measure("builds", folder)
    yield Measured("index from nothing", run.found["from_nothing"], "s", "shipped policies, empty data folder")
    yield Measured("index, vectors kept", run.found["vectors_kept"], "s", "the same, index deleted, vectors not")
    yield Measured("index, peak memory", run.peak, "MB", "resident, of the process that made both")


def _large(folder: Path) -> Iterable[Measured]:
    place = folder / "large"
    build, queries = _measure("large_build", place), _measure("large_queries", place)
    library = f"{POLICIES * CLAUSES_EACH:,} clauses"
    how = f"generated text in {POLICIES} policies of one society, no asks; the shipped ones beside, vectors kept"
    yield Measured(f"{library}: build", build.found["seconds"], "s", how)
    yield Measured(f"{library}: build, peak memory", build.peak, "MB", "resident")
    yield Measured(f"{library}: open", queries.found["open"], "s", "Library.open of the index that was built")
    yield Measured(f"{library}: in use, peak memory", queries.peak, "MB", "resident, opened and asked")
    how = f"Retrieval.rank, {COUNT} generated questions"
    yield Measured(f"{library}: ranking, p50", queries.found["rank_p50"], "ms", how)
    yield Measured(f"{library}: ranking, p95", queries.found["rank_p95"], "ms", "the same", 50)
    yield Measured(f"{library}: answer, p50", queries.found["answer_p50"], "ms", "Library.answer, the same questions")
    yield Measured(f"{library}: answer, p95", queries.found["answer_p95"], "ms", "the same", 50)


def _search(folder: Path) -> Iterable[Measured]:
    found = _measure("search", folder).found
    for among, name in (("all", "all"), ("one", "one society of ten")):
        how = f"FaissVectors.nearest, the 64 nearest of random unit vectors, {COUNT} searches"
        yield Measured(f"search of {STORED:,} vectors, {name}, p50", found[f"{among}_p50"], "ms", how)
        yield Measured(f"search of {STORED:,} vectors, {name}, p95", found[f"{among}_p95"], "ms", "the same")


def _questions() -> list[dict[str, str]]:
    asked = one_core.asked(policy_files.load([policy_files.SHIPPED]))
    return [{"society": question.society, "role": question.role, "question": question.text} for question in asked]


def _measure(name: str, folder: Path) -> Run:
    return _run([sys.executable, "-m", one_core.__name__, name, str(folder)], _ROOT)


def _run(command: Sequence[str], within: Path) -> Run:
    """Runs a command by the launcher.

    Raises:
        RuntimeError: it failed.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    with tempfile.NamedTemporaryFile() as result:
        ran = subprocess.run(
            [sys.executable, "-I", "-S", launcher.__file__, result.name, *command],
            env={**kept, "DATA_DIR": str(KEPT)},
            cwd=within,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        told = json.loads(Path(result.name).read_bytes())
    if told["status"] != 0:
        raise RuntimeError(f"{' '.join(command)} ended with status {told['status']}")
    return Run(told["seconds"], told["peak_mb"], ran.stdout)
