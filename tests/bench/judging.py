"""How well posts to share and drafts are judged, against known ones, with the encoder and by words alone."""

from pathlib import Path

from rich.console import Console

from adapters.evaluation import drafts, retweets
from adapters.evaluation.figures import Figure
from knowledge.encoding import MiniLM
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.posts.drafts import Checker
from knowledge.posts.reading import PostReader
from knowledge.posts.signals import load_signals
from tests.bench.report import Goal, folder_named, tell
from tests.conftest import KEPT, guides_of, shipped

GOLDEN = Path(__file__).parent.parent / "golden"
GOALS = {
    "right outcome": Goal(0.90),
    "not_fine, passed as fine": Goal(0, "count", at_most=True, limit=True),
    "clean drafts found clean": Goal(1.0),
    drafts.F1: Goal(0.85),
}


def show(console: Console) -> list[str]:
    """Prints the tables of every set at hand. Returns the limits that are broken."""
    encoder = MiniLM.installed()
    broken: list[str] = []
    for kind, model in (("with the encoder", encoder), ("by words alone", None)):
        data, name = (KEPT, encoder.name) if model else (KEPT / "lexical", "none")
        library = Library.open(shipped(), data, model, name, tell)
        reader = PostReader.open(load_signals(), library.policies, data, model, name, tell)
        sharing = Sharing(library, guides_of(library, model), reader)
        for held, folder in _folders(console).items():
            broken += _show(console, f"{held}, {kind}", folder, sharing, Checker(library, reader), library)
    return broken


def _show(console: Console, name: str, folder: Path, sharing: Sharing, checker: Checker, library: Library) -> list[str]:
    judged = retweets.judge_all(sharing, library.societies, retweets.read_posts(folder / "retweets.jsonl"))
    checked = drafts.check_all(checker, library.societies, drafts.read_drafts(folder / "drafts.jsonl"))
    console.print(f"Posts and drafts of {name}")
    for table in (*retweets.as_tables(judged), drafts.as_table(checked)):
        console.print(table)
    figures = [*retweets.figures_of(judged), *drafts.figures_of(checked)]
    for figure in figures:
        if figure.name in GOALS and figure.share is not None:
            goal = GOALS[figure.name]
            console.print(f"{figure.name}: {goal} {goal.told(_measured(figure, goal))}")
    share = drafts.f1(drafts.figures_of(checked))
    if share is not None:
        console.print(f"{drafts.F1}: {GOALS[drafts.F1]} {GOALS[drafts.F1].told(share)}")
    limits = [(figure, GOALS[figure.name]) for figure in figures if figure.name in GOALS and GOALS[figure.name].limit]
    return [f"{name}: {one.name}: {one.right} of {one.of}" for one, goal in limits if not goal.met(one.right)]


def _measured(figure: Figure, goal: Goal) -> float:
    return figure.right if goal.limit else figure.share or 0.0


def _folders(console: Console) -> dict[str, Path]:
    """The folders that hold both sets, by the name that they go by."""
    folders = {"the golden sets": GOLDEN}
    development = folder_named("EVALUATION_DIR")
    if development is None:
        console.print("Development posts and drafts: skipped; set EVALUATION_DIR to the folder of retweets.jsonl")
    else:
        folders = {"the development sets": development, **folders}
    return {
        name: folder
        for name, folder in folders.items()
        if (folder / "retweets.jsonl").is_file() and (folder / "drafts.jsonl").is_file()
    }
