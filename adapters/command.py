"""The command `verse`: what a person types, turned into calls; what comes back, printed."""

import logging
import sys
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from adapters import doctor as examination
from adapters import logs, posts
from adapters.alone import Alone
from adapters.backups import backup, restore
from adapters.bootstrap import Parts, put_together, standing_rulings
from adapters.console import app as console
from adapters.console import inbound, render
from adapters.console.chat import Chatter
from adapters.console.chat import chat as console_chat
from adapters.console.terminal import progress_shown, write
from adapters.documents.contract import UnreadableDocument
from adapters.evaluation import sets
from adapters.evaluation.figures import BadSet
from adapters.flows import flows_app
from adapters.gaps import gaps
from adapters.imports import ImportRefused
from adapters.manifests import manifest_app
from adapters.options import AsJson, Role, Society, only_society, see_that_it_is_held
from adapters.policies import UNUSABLE, end_of_day, policies_app
from adapters.privacy import export, forget
from adapters.register import register_app
from adapters.serve import serve
from adapters.settings import Settings, SettingsError, from_environment
from adapters.staff import staff_app
from adapters.storage.memory import MemoryStore
from bot import wording
from knowledge.editions import EditionError
from knowledge.encoding import EncoderUnavailable
from knowledge.policy_markdown import PolicyFileError

app = typer.Typer(
    name="verse",
    help="Chapter & Verse: a verdict on what you are about to post, and the clause that it rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(policies_app, name="policies")
app.add_typer(flows_app, name="flows")
app.add_typer(staff_app, name="staff")
app.add_typer(register_app, name="register")
app.add_typer(manifest_app, name="manifest")
app.command()(serve)
app.command()(gaps)
app.command()(forget)
app.command()(export)
app.command()(backup)
app.command()(restore)
app.command()(posts.retweet)
app.command()(posts.check)


def main() -> None:
    """Runs the command. Unusable input ends it with status 2 and one line that says what to do."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code page may lack a quotation mark, and a pipe hold anything
    logs.set_up(level=logging.ERROR)
    try:
        sys.exit(app(standalone_mode=False, prog_name="verse"))
    except PolicyFileError as error:
        first, *others = error.faults
        _refuse(f"{first}{f' (and {len(others)} more: `verse policies check`)' if others else ''}")
    except (
        inbound.BadInput,
        SettingsError,
        EncoderUnavailable,
        EditionError,
        ImportRefused,
        UnreadableDocument,
        BadSet,
    ) as error:
        _refuse(str(error))
    except typer.TyperException as error:
        what = error.format_message()
        if what.startswith("Usage:"):  # a command without its words asks for its help
            print(what, file=sys.stderr)
            raise SystemExit(UNUSABLE) from error
        of = getattr(error, "ctx", None)  # of the command that was called, where it was found
        _refuse(f"{what} `{of.command_path if of else 'verse'} --help` tells more.")
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
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Answer as on that day, e.g. 2026-05-31, at its end.")
    ] = None,
) -> None:
    """Answer a question, with the clauses that the answer rests on."""
    settings = from_environment()
    society, role = society or settings.society, role or "member"
    until = end_of_day(as_of) if as_of else None
    if (question is None) == (jsonl is None):
        raise inbound.BadInput("give one question in quotes, or --jsonl FILE")
    if jsonl is not None:
        with sys.stdin.buffer if jsonl == "-" else Path(jsonl).open("rb") as rows:
            lines = inbound.lines_from(rows, society, role)
            console.answer_lines(_with_rulings(_parts(settings, until), until), lines, write)
        return
    message = inbound.message_from(question or "", "ask", society, role)
    if society is None:
        only_society(settings, until)
    parts = _parts(settings, until)
    if society is not None:
        see_that_it_is_held(parts, society)
    replies, elapsed = console.ask(_with_rulings(parts, until), message)
    if as_json:
        write(console.as_line(render.as_json(replies[0], message, None, elapsed)))
    else:
        write("\n\n".join(render.as_text(reply) for reply in replies))


@app.command()
def chat(
    society: Society = None,
    role: Role = None,
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Who you are here. Default: your name on this system.")
    ] = None,
) -> None:
    """Talk to the bot in this terminal: options are numbers, and “desk” takes you to the office's side."""
    from adapters.console.stored import StoredTalk  # SQLAlchemy: no other command should wait for it
    from adapters.duties import attempt, tellings_of
    from adapters.opening import open_database, see_that_it_can_be_written
    from adapters.stored import stored

    settings = from_environment()
    society = society or settings.society
    party, named = inbound.role_from(role), inbound.name_from(name)
    see_that_it_can_be_written(settings.data)
    database = open_database(settings)  # before anything is learnt, which may take minutes
    try:
        parts = _parts(settings)
        if society is not None:
            see_that_it_is_held(parts, society)
        office = parts.library.policy_of(society).office if society else wording.SOME_OFFICE
        _ = parts.reader.opened  # while nobody waits for an answer yet
        who = Chatter(named, society, party, office)
        bot = stored(parts, database)
        for duty in tellings_of(bot):
            attempt(duty)
        with StoredTalk(bot.store, bot.inbox, bot.outbox, bot.handling, who.account) as talk:
            console_chat(talk, who, sys.stdin, sys.stdout)
    finally:
        database.close()


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="A folder with questions.jsonl, retweets.jsonl or drafts.jsonl.")],
    as_json: AsJson = False,
) -> None:
    """Score what is said of sets of questions, posts and drafts whose right answers are known."""
    held = sets.read_folder(folder)
    scores = sets.score(_parts(from_environment()), held)
    if as_json:
        write(sets.as_json(scores))
    else:
        shown = Console(width=None if sys.stdout.isatty() else 120)
        for table in sets.as_tables(scores):
            shown.print(table)


@app.command()
def doctor(
    again: Annotated[
        bool, typer.Option("--send-again", help="First have all sent again that could not be delivered.")
    ] = False,
) -> None:
    """Check settings, policies, index, database, office, e-mail and Slack, and say what to do about each fault."""
    if again:
        write(f"{examination.sent_again()} are tried again.")
    with progress_shown() as progress:
        findings = examination.examine(progress)
    for finding in findings:
        write(str(finding))
    if any(finding.fault for finding in findings):
        raise typer.Exit(1)


def _with_rulings(parts: Parts, until: datetime | None) -> Alone:
    """The bot by itself, with the rulings that the office had made by then and that stand."""
    standing = [one for one in standing_rulings(parts.settings) if until is None or one.made < until]
    return Alone(parts.assistant, MemoryStore(rulings=standing))


def _parts(settings: Settings, until: datetime | None = None) -> Parts:
    return put_together(settings, progress_shown, until)


def _refuse(what: str) -> NoReturn:
    print(f"verse: {' '.join(render.visible(what).split())}", file=sys.stderr)
    raise SystemExit(UNUSABLE)
