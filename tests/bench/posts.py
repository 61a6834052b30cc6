"""How well signals are seen in texts that were held back, and how long the reading of a post takes on one core."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from knowledge import policy_files
from knowledge.encoding import Floats, MiniLM
from knowledge.posts.learning import HeldBack, Lessons, held_back, learn
from knowledge.posts.reading import PostReader
from knowledge.posts.signals import SOCIETY, load_ordinary, load_signals
from knowledge.vectors import VectorCache
from tests.bench import launcher
from tests.bench.report import Goal, shown, tell
from tests.conftest import KEPT

_AIM = Goal(30, "ms", at_most=True)
_WARMING = 5  # posts that are not counted
_SHORT, _LONG = 140, 280  # characters of the posts that are timed, at most
_ROOT = Path(__file__).parent.parent.parent


def show(console: Console) -> list[str]:
    """Prints what is seen of each signal, and the times. There are no limits here, so none is ever broken."""
    lessons = Lessons(load_signals(), load_ordinary())
    encoder = MiniLM.installed()
    encoded = VectorCache(KEPT / "vectors", encoder.name).encode(lessons.texts, encoder, tell)
    vectors = dict(zip(lessons.texts, encoded, strict=True))
    for title, known in (("with the encoder", vectors), ("by words alone", {})):
        console.print(_seen(title, lessons, known))
    console.print(_times())
    return []


def _seen(title: str, lessons: Lessons, vectors: dict[str, Floats]) -> Table:
    how = (
        "Each text is judged by a model that had not learnt from it; thresholds were set on the same texts. Texts that "
        "do not show a signal are its near misses, examples of others, and ordinary posts. Rules are left out."
    )
    table = Table(
        "signal", "texts", "sure: recall", "precision", "perhaps: recall", "precision", title=f"Signs {title}"
    )
    table.caption, table.title_justify, table.caption_justify = how, "left", "left"
    learnt = learn(lessons, vectors, tell)
    figures = []
    for name, found in held_back(lessons, vectors).items():
        place = learnt.names.index(name)
        row = [*_figures(found, learnt.sure[place]), *_figures(found, learnt.perhaps[place])]
        figures.append(row)
        table.add_row(name, f"{found.shows.sum()}/{found.shows.size}", *map(shown, row))
    table.add_section()
    table.add_row("mean", "", *map(shown, np.mean(figures, axis=0).tolist()))
    return table


def _figures(found: HeldBack, least: float) -> tuple[float, float]:
    """Recall and precision of chances from a threshold on."""
    seen = found.chances >= least
    right = float((seen & found.shows).sum())
    return right / max(int(found.shows.sum()), 1), right / max(int(seen.sum()), 1)


def _times() -> Table:
    table = Table("posts", "of them", "p50", "p95", "aim", title="Milliseconds to read a post")
    table.caption = f"In a process held to one core, with one thread; each once, after {_WARMING} to warm up."
    table.title_justify = table.caption_justify = "left"
    with tempfile.NamedTemporaryFile() as result:
        command = [sys.executable, "-I", "-S", launcher.__file__, result.name, sys.executable, "-m", __name__]
        ran = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    for name, count, half, most in json.loads(ran.stdout):
        table.add_row(name, shown(count, "count"), shown(half, "ms"), shown(most, "ms"), _AIM.told(half))
    return table


def main() -> None:
    """Prints the times of reading as JSON: what was read, how many posts, and what half and 95 % take at most."""
    encoder = MiniLM.installed()
    policies = policy_files.load([policy_files.SHIPPED])
    ordinary = [post.replace(SOCIETY, "IPEM") for post in load_ordinary()]
    short = [post for post in ordinary if len(post) <= _SHORT]
    joined = [f"{one} {other}" for one, other in zip(ordinary[::2], ordinary[1::2], strict=False)]
    longer = [post for post in joined if _SHORT < len(post) <= _LONG]
    told = []
    for kind, used in (("with the encoder", encoder), ("by words alone", None)):
        data = KEPT if used else KEPT / "lexical"
        reader = PostReader.open(load_signals(), policies, data, used, encoder.name if used else "none", tell)
        for size, posts in ((f"up to {_SHORT}", short), (f"up to {_LONG}", longer)):
            told.append([f"{size} characters, {kind}", *_timed(reader, posts)])
    print(json.dumps(told))


def _timed(reader: PostReader, posts: Sequence[str]) -> tuple[float, float, float]:
    taken = []
    for place, post in enumerate(posts):
        started = time.perf_counter()
        reader.read(post, "ipem")
        if place >= _WARMING:
            taken.append((time.perf_counter() - started) * 1000)
    half, most = np.percentile(taken, [50, 95]).tolist()
    return len(posts), half, most


if __name__ == "__main__":
    main()
