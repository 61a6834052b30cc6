"""The command `verse policies`: what is held, what would change, and what is in force."""

import getpass
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from adapters import imports
from adapters.bootstrap import archive, dependents, in_force, open_library, policy_folders
from adapters.console import changes, dialogue, inbound, render, showing
from adapters.console.terminal import progress_shown, write
from adapters.models.encoders import encoder_for
from adapters.office import office_of
from adapters.options import AsJson, not_held
from adapters.settings import Settings, from_environment
from knowledge import comparing, editions, official, policy_files
from knowledge.answers import Question
from knowledge.clauses import Party, Policy
from knowledge.comparing import Difference, Flip
from knowledge.dependents import resting_on
from knowledge.editions import Archive, EditionError, History, Standing
from knowledge.intake import settling
from knowledge.library import without_people
from knowledge.official import OfficialText
from knowledge.policy_markdown import PolicyFileError

UNUSABLE = 2  # exit status for input or settings that cannot be used
_AMENDED = ", as amended on "
_SHIPPED = "shipped"  # POLICY@shipped is the file of a policy as it stands

policies_app = typer.Typer(help="The policies that are held.", no_args_is_help=True, rich_markup_mode=None)

_Text = "an edition (its id, or how that begins), POLICY for what is in force, POLICY@shipped for its file, or a file"


@policies_app.command("list")
def list_policies() -> None:
    """The policies in force, with their clauses counted by force."""
    settings = from_environment()
    standing = in_force(settings)
    quoted = {one.policy for one in standing if one.edition and official.DOCUMENT in one.edition.files}
    write(render.visible(showing.policies(_policies(settings, standing), quoted)))


@policies_app.command("show")
def show_clause(
    clause: Annotated[str, typer.Argument(help="The id of a clause or a policy, e.g. ipem/personal/logo or icis.")],
) -> None:
    """A clause, or a policy with all its clauses."""
    settings = from_environment()
    standing = in_force(settings)
    official_texts = {one.policy: text for one in standing if (text := _official(settings, one)) is not None}
    shown = showing.clause_or_policy(_policies(settings, standing), clause, official_texts)
    if shown is None:
        raise inbound.BadInput(f"no clause or policy '{clause}' is held; `verse policies list` names the policies")
    write(render.visible(shown))


@policies_app.command("check")
def check_policies(
    files: Annotated[list[Path] | None, typer.Argument(help="Policy files; without any, all that are held.")] = None,
) -> None:
    """Read policy files over, and name file and line of every fault."""
    try:
        policies = policy_files.read_all(files) if files else policy_files.load(policy_folders(from_environment()))
    except PolicyFileError as error:
        for fault in error.faults:
            print(f"verse: {render.visible(str(fault))}", file=sys.stderr)
        raise typer.Exit(UNUSABLE) from error
    for policy in policies:
        write(render.visible(showing.count(policy)))


@policies_app.command("editions")
def list_editions(
    policy: Annotated[str | None, typer.Argument(help="The id of a policy; without one, all.")] = None,
) -> None:
    """The editions that are held, who brought them in, and which is in force since when."""
    settings = from_environment()
    kept = archive(settings)
    files = editions.as_files_stand(policy_folders(settings))
    held = kept.editions(policy)
    if policy is not None:
        files = [one for one in files if one.policy == policy]
        if not files and not held:
            raise inbound.BadInput(f"no policy '{policy}' is held; `verse policies list` names the policies")
    write(render.visible(changes.editions(held, kept.history().ruling(), files)))


@policies_app.command("diff")
def show_difference(
    old: Annotated[str, typer.Argument(help=f"What it was: {_Text}.")],
    new: Annotated[str, typer.Argument(help="What it is to be, named in the same ways.")],
    as_json: AsJson = False,
) -> None:
    """The clauses that are added, removed or changed from one text of a policy to another."""
    desk = _Desk.now()
    one, other = desk.named(old), desk.named(new)
    if one.policy != other.policy:
        raise inbound.BadInput(f"{old} is of '{one.policy}' and {new} of '{other.policy}'; name two of one policy")
    found = _compare(desk.settings, one, other)
    if as_json:
        write(json.dumps(changes.difference_as_json(one, other, found), ensure_ascii=False, indent=1))
    else:
        write(render.visible(f"{changes.title(one)}\n-> {changes.title(other)}\n\n{changes.difference(found)}"))


@policies_app.command("what-if")
def replay(
    new: Annotated[str, typer.Argument(help=f"What is to be in force: {_Text}.")],
    questions: Annotated[Path, typer.Argument(help='A file of {"id", "society", "role", "question"}, a line each.')],
    as_json: AsJson = False,
) -> None:
    """Ask a file of questions now and as if NEW were in force, and list every answer that would flip."""
    desk = _Desk.now()
    with questions.open("rb") as rows:
        lines = list(inbound.lines_from(rows, desk.settings.society, None))
    if not lines:
        raise inbound.BadInput(f"{questions}: holds no question; each line is {{'id', 'society', 'role', 'question'}}")
    flips: list[tuple[str | int, Flip]] = []
    bad: list[tuple[str | int, str]] = []
    with tempfile.TemporaryDirectory() as passing, progress_shown() as progress:
        standing, _ = desk.as_edition(desk.named(new), Archive(Path(passing)))
        encoder = encoder_for(desk.settings.embeddings)
        now = open_library(desk.settings, desk.kept.in_force(desk.folders), encoder, progress)
        changed = desk.kept.in_force(desk.folders, instead={standing.policy: standing})
        then = open_library(desk.settings, changed, encoder, progress)
        for number, line in enumerate(lines):
            progress("Asking the questions", number, len(lines))
            message = line.message
            if message is None or message.society is None:
                bad.append((line.id, line.error or inbound.NO_SOCIETY))
                continue
            try:
                question = Question(message.text, message.society, message.role or Party.MEMBER)
                flip = comparing.flip(now, then, question)
            except KeyError:
                bad.append((line.id, not_held(message.society)))
                continue
            if flip is not None:
                flips.append((line.id, flip))
        progress("Asking the questions", len(lines), len(lines))
    asked = len(lines) - len(bad)
    if not asked:
        name, what = bad[0]
        raise inbound.BadInput(f"{questions}: no line can be asked, the first ({name}) because of this: {what}")
    if as_json:
        shape = {
            "questions": asked,
            "flips": [changes.flip_as_json(name, flip) for name, flip in flips],
            "bad": [{"id": name, "error": what} for name, what in bad],
        }
        write(json.dumps(shape, ensure_ascii=False, indent=1))
        return
    for name, what in bad:
        print(f"verse: {render.visible(f'{name}: {what}')}", file=sys.stderr)
    write(render.visible(changes.flips(flips)) + f"{len(flips)} of {asked} answers would change.")


@policies_app.command("put-in-force")
def put_in_force(new: Annotated[str, typer.Argument(help=f"What is to be in force: {_Text}.")]) -> None:
    """Answer from NEW from now on. A policy file is kept as an edition first. `undo` goes back."""
    desk = _Desk.now()
    chosen = desk.named(new)
    old = desk.in_force(chosen.policy)
    if chosen == old:
        write(render.visible(f"{changes.title(chosen)} is in force already; nothing was changed."))
        return
    found = _compare(desk.settings, old, chosen)
    _weigh(desk.settings, found)
    standing, lost = desk.as_edition(chosen, desk.kept)
    edition = standing.edition
    if edition is None or (old and old.edition and old.edition.id == edition.id):
        write(render.visible(f"{changes.title(standing)} is in force already; nothing was changed."))
        return
    _build(desk, standing.policy, standing)
    desk.kept.put_in_force(edition, _login(), _now(), desk.history)
    told = [changes.difference(found), f"In force now: {changes.title(standing)}."]
    if lost:
        told.append(f"No longer quoted in the society's own words, until it is settled again: {', '.join(lost)}.")
    write(render.visible("\n\n".join(told)))


@policies_app.command("undo")
def undo(policy: Annotated[str, typer.Argument(help="The id of a policy.")]) -> None:
    """Answer again from what was in force before. Done again, it goes further back."""
    desk = _Desk.now()
    before = desk.kept.before(policy, desk.history)
    file = desk.file(policy)
    back = before or (file if file and policy_files.is_reviewed(file.file) else None)
    told = ""
    try:
        found = _compare(desk.settings, desk.in_force(policy), back)
    except EditionError as error:  # going back is what helps
        print(f"verse: what changes cannot be told: {render.visible(str(error))}", file=sys.stderr)
    else:
        _weigh(desk.settings, found)
        told = f"{changes.difference(found)}\n\n"
    _build(desk, policy, before)
    desk.kept.undo(policy, _login(), _now(), desk.history)
    write(render.visible(f"{told}In force now: {changes.title(back)}."))


@policies_app.command("import")
def import_text(
    file: Annotated[Path, typer.Argument(help="The society's own text: .txt, .md, .html, .docx or .pdf.")],
    policy: Annotated[str, typer.Option(help="The policy whose text it is, e.g. ipem.")],
    edition: Annotated[
        str | None, typer.Option(help="How answers name this edition, e.g. 'second edition, May 2026'.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring in the official text of a policy, so that answers quote it word for word."""
    with progress_shown() as progress:
        found = imports.import_official(from_environment(), file, policy, edition, _login(), _now(), progress)
    if as_json:
        write(json.dumps(showing.imported_as_json(found), ensure_ascii=False))
    else:
        write(render.visible(showing.imported(found)))


@policies_app.command("settle")
def settle(
    policy: Annotated[str, typer.Argument(help="A policy whose official text was brought in, or POLICY@EDITION.")],
) -> None:
    """Settle in a dialogue what an import left doubtful, and which words are names of people."""
    settings = from_environment()
    kept = imports.kept_text(archive(settings), policy, in_force(settings))
    dialogue.settle(kept, sys.stdin, sys.stdout, imports.Settling(kept).save)


@policies_app.command("new")
def new(
    file: Annotated[Path, typer.Argument(help="The policy of a society: .txt, .md, .html, .docx or .pdf.")],
    society: Annotated[str, typer.Option(help='Whose it is, e.g. "Riverside Choir".')],
) -> None:
    """Make a policy from a document. It answers at once, as not yet reviewed."""
    with progress_shown() as progress:
        made = imports.new_policy(from_environment(), file, society, _login(), _now(), progress)
    write(render.visible(showing.made(made)))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a change is decided on; the history as it was when the command began."""

    settings: Settings
    kept: Archive
    history: History
    folders: list[Path]

    @classmethod
    def now(cls) -> "_Desk":
        settings = from_environment()
        kept = archive(settings)
        return cls(settings, kept, kept.history(), policy_folders(settings))

    def file(self, policy: str) -> Standing | None:
        return next((one for one in editions.as_files_stand(self.folders) if one.policy == policy), None)

    def in_force(self, policy: str) -> Standing | None:
        return next((one for one in self.kept.in_force(self.folders) if one.policy == policy), None)

    def named(self, text: str) -> Standing:
        """What somebody calls an edition, a policy or a file.

        Raises:
            EditionError: nothing is called that.
            PolicyFileError: it is a file without a policy.
        """
        policy, at, which = text.partition("@")
        if at and which == _SHIPPED:
            found = self.file(policy)
            if found is None:
                raise EditionError(f"no file of a policy '{policy}' is held; `verse policies list` names the policies")
            return found
        if text.endswith(".md") or Path(text).is_file():
            return Standing(policy_files.read(Path(text)).id, Path(text))
        in_force_now = self.in_force(text)
        if in_force_now is not None:
            return in_force_now
        return self.kept.standing(self.kept.find(which, policy) if at else self.kept.find(text))

    def as_edition(self, chosen: Standing, kept: Archive) -> tuple[Standing, list[str]]:
        """A policy file as an edition kept there, with the official text of what is in force as far as it fits.

        The second is the clauses that are no longer quoted from it. An edition is what it is.
        """
        if chosen.edition is not None:
            return chosen, []
        content = chosen.file.read_bytes()
        files, name, lost = {editions.POLICY_FILE: content}, None, list[str]()
        old = self.in_force(chosen.policy)
        if old and old.edition and old.edition.states(content):
            return old, []
        if old and old.edition and official.DOCUMENT in old.edition.files:
            name = _amended(old, chosen)
            document, alignment = (old.file.parent / name for name in (official.DOCUMENT, official.ALIGNMENT))
            found, clauses = _compare(self.settings, old, chosen), editions.read([chosen])[0].clauses
            settled, lost = editions.carry(official.read_settlement(alignment), found.dropped, found.reworded)
            files[document.name] = document.read_bytes()
            stored = official.read_document(document)
            files[alignment.name] = settling.alignment_yaml(old.policy, clauses, settled, stored).encode()
        edition = kept.bring_in(files, name, chosen.file, content, _login(), _now())
        return kept.standing(edition), lost


def end_of_day(text: str) -> datetime:
    """The moment at which a day ends here.

    Raises:
        BadInput: it is no day, or one that is still to come.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise inbound.BadInput(f"'{text}' is no date; write it as 2026-05-31") from error
    if day > _now().date():
        raise inbound.BadInput(f"{text} is still to come; leave --as-of out for what is in force now")
    return datetime.combine(day + timedelta(days=1), time()).astimezone()


def _policies(settings: Settings, standing: Sequence[Standing]) -> list[Policy]:
    """The policies as they may be shown: people are masked, in the asks as well."""
    hidden = office_of(settings).hide_names
    shown = []
    for policy, one in zip(editions.read(standing), standing, strict=True):
        text = editions.official_text(one, hidden)
        names = text.names if text else hidden
        clauses = [
            replace(clause, asks=tuple(replace(ask, text=official.masked(ask.text, names)) for ask in clause.asks))
            for clause in policy.clauses
        ]
        shown.append(without_people(replace(policy, clauses=tuple(clauses)), text, hidden))
    return shown


def _compare(settings: Settings, old: Standing | None, new: Standing | None) -> Difference:
    before, after = (_policies(settings, [one])[0] if one else None for one in (old, new))
    return comparing.compare(before, after, (_official(settings, old), _official(settings, new)))


def _official(settings: Settings, standing: Standing | None) -> OfficialText | None:
    return editions.official_text(standing, office_of(settings).hide_names) if standing else None


def _amended(old: Standing, new: Standing) -> str | None:
    """How answers name a changed policy file beside the same official text; None where the file names its edition."""
    before, after = (policy_files.read(one.file).edition for one in (old, new))
    if old.edition is None or before != after:
        return None
    now = _now()
    return f"{old.edition.name.split(_AMENDED)[0]}{_AMENDED}{now.day} {now:%B %Y}"


def _weigh(settings: Settings, found: Difference) -> None:
    """Sees what rests on the clauses that change.

    Raises:
        EditionError: something rests on one that is dropped.
    """
    resting = dependents(settings)
    if left := resting_on(resting, found.dropped):
        what = f"nothing was changed, because something rests on clauses that would go: {changes.resting(left)}"
        raise EditionError(f"{what}; keep these clauses, or change first what rests on them")
    if touched := resting_on(resting, found.altered):
        write(render.visible(f"Look over what rests on clauses that change: {changes.resting(touched)}.\n"))


def _build(desk: _Desk, policy: str, edition: Standing | None) -> None:
    """Makes the index ready, so that nobody waits for it, and a policy that cannot be used is never in force."""
    standing = desk.kept.in_force(desk.folders, instead={policy: edition})
    with progress_shown() as progress:
        open_library(desk.settings, standing, encoder_for(desk.settings.embeddings), progress)


def _now() -> datetime:
    return datetime.now().astimezone()


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"  # a container may run as a user without a name
