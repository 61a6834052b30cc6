"""The command `verse`: what a person types, turned into calls; what comes back, printed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from adapters import doctor as examination
from adapters import evaluation
from adapters.bootstrap import Parts, put_together
from adapters.console import app as console
from adapters.console import inbound, render, showing
from adapters.settings import Settings, SettingsError, from_environment
from knowledge import policy_files
from knowledge.clauses import Policy
from knowledge.encoding import EncoderUnavailable
from knowledge.policy_markdown import PolicyFileError
from knowledge.vectors import Progress as ProgressTold

UNUSABLE = 2  # exit status for input or settings that cannot be used

app = typer.Typer(
    name="verse",
    help="Chapter & Verse: a verdict on what you are about to post, and the clause that it rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
policies_app = typer.Typer(help="The policies that are held.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(policies_app, name="policies")

Society = Annotated[
    str | None, typer.Option(help="Whose policy: ipem, icis or another that is held. Default: the setting SOCIETY.")
]
Role = Annotated[
    str | None, typer.Option(help="Who asks: member, staff, account_admin, group, fellow, trainee or anyone.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Runs the command. Unusable input ends it with status 2 and one line that says what to do."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code page may lack a quotation mark, and a pipe hold anything
    try:
        sys.exit(app(standalone_mode=False))
    except PolicyFileError as error:
        first, *others = error.faults
        _refuse(f"{first}{f' (and {len(others)} more: `verse policies check`)' if others else ''}")
    except (inbound.BadInput, SettingsError, EncoderUnavailable, evaluation.BadSet) as error:
        _refuse(str(error))
    except typer.TyperException as error:
        what = error.format_message()
        if what.startswith("Usage:"):  # a command without its words asks for its help
            print(what, file=sys.stderr)
            raise SystemExit(UNUSABLE) from error
        _refuse(f"{what} `verse --help` tells more.")
    except OSError as error:
        _refuse(f"{error.filename or 'the system'}: {error.strerror or error}; check the path, and DATA_DIR")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you would like to know, in your own words.")] = None,
    society: Society = None,
    role: Role = None,
    as_json: AsJson = False,
    jsonl: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Answer a file of questions ('-': standard input), a JSON object a line."),
    ] = None,
) -> None:
    """Answer a question, with the clauses that the answer rests on."""
    settings = from_environment()
    society, role = society or settings.society, role or "member"
    if (question is None) == (jsonl is None):
        raise inbound.BadInput("give one question in quotes, or --jsonl FILE")
    if jsonl is not None:
        with sys.stdin.buffer if jsonl == "-" else Path(jsonl).open("rb") as rows:
            lines = inbound.lines_from(rows, society, role)
            console.answer_lines(_parts(settings).assistant, lines, _print)
        return
    message = inbound.message_from(question or "", "ask", society, role)
    parts = _parts(settings)
    _check_society(parts, society)
    if society is None and len(parts.library.societies) > 1:
        held = " or ".join(parts.library.societies)
        raise inbound.BadInput(f"whose policy? Add --society with {held}, or set SOCIETY")
    replies, elapsed = console.ask(parts.assistant, message)
    if as_json:
        _print(console.as_line(render.as_json(replies[0], message, None, elapsed)))
    else:
        _print("\n\n".join(render.as_text(reply) for reply in replies))


@app.command()
def chat(society: Society = None, role: Role = None) -> None:
    """Talk to the bot in this terminal: options are numbers, and it remembers what you asked before."""
    settings = from_environment()
    society = society or settings.society
    inbound.role_from(role)
    parts = _parts(settings)
    _check_society(parts, society)
    office = parts.library.policy_of(society).office if society else "your society's office"
    console.chat(parts.assistant, society, role, sys.stdin, sys.stdout, office)


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="A folder with questions.jsonl.")], as_json: AsJson = False
) -> None:
    """Score the answers to a set of questions whose right answers are known."""
    questions = evaluation.read_questions(folder / "questions.jsonl")
    figures = evaluation.score(_parts(from_environment()).library, questions)
    if as_json:
        _print(evaluation.as_json(figures))
    else:
        Console(width=None if sys.stdout.isatty() else 120).print(evaluation.as_table(figures))


@app.command()
def doctor() -> None:
    """Check settings, policies, encoder and index, and say what to do about each fault."""
    with _progress() as progress:
        findings = examination.examine(progress)
    for finding in findings:
        _print(str(finding))
    if any(finding.fault for finding in findings):
        raise typer.Exit(1)


@policies_app.command("list")
def list_policies() -> None:
    """The policies that are held, with their clauses counted by force."""
    _print(render.visible(showing.policies(_policies())))


@policies_app.command("show")
def show_clause(
    clause: Annotated[str, typer.Argument(help="The id of a clause or a policy, e.g. ipem/personal/logo or icis.")],
) -> None:
    """A clause, or a policy with all its clauses."""
    shown = showing.clause_or_policy(_policies(), clause)
    if shown is None:
        raise inbound.BadInput(f"no clause or policy '{clause}' is held; `verse policies list` names the policies")
    _print(render.visible(shown))


@policies_app.command("check")
def check_policies(
    files: Annotated[list[Path] | None, typer.Argument(help="Policy files; without any, all that are held.")] = None,
) -> None:
    """Read policy files over, and name file and line of every fault."""
    try:
        policies = policy_files.read_all(files) if files else _policies()
    except PolicyFileError as error:
        for fault in error.faults:
            print(f"verse: {render.visible(str(fault))}", file=sys.stderr)
        raise typer.Exit(UNUSABLE) from error
    for policy in policies:
        _print(render.visible(showing.count(policy)))


def _policies() -> list[Policy]:
    return policy_files.load([policy_files.SHIPPED, *from_environment().policy_folders])


def _parts(settings: Settings) -> Parts:
    with _progress() as progress:
        return put_together(settings, progress)


def _check_society(parts: Parts, society: str | None) -> None:
    if society is not None and society not in parts.library.societies:
        held = ", ".join(parts.library.societies)
        raise inbound.BadInput(f"no policy of '{society}' is held; held are: {held}")


@contextmanager
def _progress() -> Iterator[ProgressTold]:
    """Shows long work on standard error: a bar in a terminal, a line a stage elsewhere, nothing where none is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    errors = Console(stderr=True)
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bars:

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=of)
                if not errors.is_terminal:
                    print(f"{stage} ...", file=sys.stderr, flush=True)
            bars.update(tasks[stage], completed=done)

        yield tell


def _print(text: str) -> None:
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")


def _refuse(what: str) -> NoReturn:
    print(f"verse: {' '.join(render.visible(what).split())}", file=sys.stderr)
    raise SystemExit(UNUSABLE)
