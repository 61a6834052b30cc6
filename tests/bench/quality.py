"""How good answers are, against known ones: cited clauses, verdicts, abstentions, and how far confidence is right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from adapters.evaluation import questions as known_questions
from adapters.evaluation.figures import Figure
from adapters.evaluation.questions import Known
from knowledge.answers import Answer, Question
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.bench.report import Goal, folder_named, shown, tell
from tests.conftest import KEPT, assistant_of, guides_of, shipped

GOLDEN = Path(__file__).parent.parent / "golden"
_SHIPPED = "with the encoder"
_F1 = "abstention F1"
_NONE = Goal(0, "count", at_most=True, limit=True)
GOALS = {
    "cites a right clause": Goal(0.95),
    "right clause first": Goal(0.88),
    "citations that fit": Goal(0.70),
    "right verdict": Goal(0.90),
    _F1: Goal(0.80),
    "no, answered yes": _NONE,
    "clauses of another society": _NONE,
}
_EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A confidence that was stated, and whether what it was stated of is so."""

    confidence: float
    right: bool


def show(console: Console) -> list[str]:
    """Prints the tables of every set at hand. Returns the limits that are broken."""
    encoder = MiniLM.installed()
    libraries = {
        _SHIPPED: Library.open(shipped(), KEPT, encoder, encoder.name, tell),
        "by words alone": Library.open(shipped(), KEPT / "lexical", None, "none", tell),
    }
    assistants = {
        kind: assistant_of(library, guides_of(library, encoder if kind == _SHIPPED else None))
        for kind, library in libraries.items()
    }
    broken: list[str] = []
    for name, file in _sets(console).items():
        questions = known_questions.read_questions(file)
        scored = {kind: known_questions.score(assistant, questions) for kind, assistant in assistants.items()}
        columns = {
            f"{group} {kind}": found
            for kind, figures in scored.items()
            for group, found in figures.items()
            if group == "all" or (group.startswith("society ") and kind == _SHIPPED)
        }
        console.print(_table(f"Quality on {name}", len(questions), columns))
        for kind, library in libraries.items():
            broken += [f"{name}, {kind}: {what}" for what in _broken(scored[kind]["all"])]
            _show_calibration(console, f"Confidence on {name}, {kind}", *claims(library, questions))
    return broken


def _sets(console: Console) -> dict[str, Path]:
    """The files of questions at hand, by the name that they go by."""
    files = {"golden questions": GOLDEN / "questions.jsonl", "tuning questions": GOLDEN / "tuning.jsonl"}
    folder = folder_named("EVALUATION_DIR")
    if folder is None:
        console.print("Quality on development questions: skipped; set EVALUATION_DIR to the folder of questions.jsonl")
    else:
        files = {"development questions": folder / "questions.jsonl", **files}
    return {name: file for name, file in files.items() if file.exists() or folder in file.parents}


def _table(title: str, count: int, columns: Mapping[str, Sequence[Figure]]) -> Table:
    how = (
        f"The first reply of the assistant to each of {count} questions, given alone, scored by "
        "adapters/evaluation/questions.py with its counts; `verse evaluate` gives the kinds too."
    )
    table = Table("figure", "goal", *columns, title=title, caption=how, title_justify="left", caption_justify="left")
    for place, figure in enumerate(next(iter(columns.values()))):
        goal = GOALS.get(figure.name)
        cells = (_cell(figures[place], goal) for figures in columns.values())
        table.add_row(figure.name, str(goal or ""), *cells)
    shares = (known_questions.f1(figures) for figures in columns.values())
    cells = ("-" if share is None else f"{shown(share)} {GOALS[_F1].told(share)}" for share in shares)
    table.add_row(_F1, str(GOALS[_F1]), *cells)
    return table


def _cell(figure: Figure, goal: Goal | None) -> str:
    if figure.share is None:
        return "-"
    standing = "" if goal is None else goal.told(figure.right if goal.limit else figure.share)
    return f"{shown(figure.share)} ({figure.right}/{figure.of}) {standing}".rstrip()


def _broken(figures: Iterable[Figure]) -> list[str]:
    limits = {name: goal for name, goal in GOALS.items() if goal.limit}
    return [
        f"{figure.name}: {figure.right} of {figure.of}"
        for figure in figures
        if figure.name in limits and not limits[figure.name].met(figure.right)
    ]


def claims(library: Library, questions: Sequence[Known]) -> tuple[list[Claim], list[Claim]]:
    """What answers claim (the first clause is right), and what refusals claim (no clause settles it)."""
    answered, refused = [], []
    for known in questions:
        result = library.answer(Question(known.question, known.society, known.role))
        if isinstance(result, Answer):
            answered.append(Claim(result.confidence, result.citations[0].clause in known.gold))
        else:
            refused.append(Claim(result.confidence, not known.answerable))
    return answered, refused


def calibration_error(made: Sequence[Claim]) -> float:
    """The expected calibration error: how far confidence is from the share that is right, over bins by their size."""
    gaps = (abs(sum(one.confidence - one.right for one in some)) for some in _bins(made))
    return sum(gaps) / max(len(made), 1)


def _bins(made: Sequence[Claim]) -> list[list[Claim]]:
    """Five bins of equal width; a confidence of 1 falls into the last."""
    return [
        [one for one in made if low <= one.confidence and (one.confidence < high or high == _EDGES[-1])]
        for low, high in pairwise(_EDGES)
    ]


def _show_calibration(console: Console, title: str, answered: Sequence[Claim], refused: Sequence[Claim]) -> None:
    how = (
        "Mean confidence, then the share that is right. An answer is right where its first clause is; a refusal, where "
        "no clause gives an answer."
    )
    table = Table("confidence", "answers", "refusals", title=title, caption=how)
    table.title_justify = table.caption_justify = "left"
    for (low, high), answers, refusals in zip(pairwise(_EDGES), _bins(answered), _bins(refused), strict=True):
        table.add_row(f"{low:.1f} to {high:.1f}", _reliability(answers), _reliability(refusals))
    table.add_section()
    errors = (shown(calibration_error(made)) for made in (answered, refused))
    table.add_row("expected calibration error", *errors)
    console.print(table)


def _reliability(some: Sequence[Claim]) -> str:
    if not some:
        return "-"
    right = sum(one.right for one in some)
    mean = sum(one.confidence for one in some) / len(some)
    return f"{shown(mean)}: {shown(right / len(some))} ({right}/{len(some)})"
