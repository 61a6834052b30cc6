"""Brings a document in: as the official text of a policy that is held, or as a policy of its own."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters import bootstrap
from adapters.documents.reading import read as read_document
from adapters.models.encoders import Encoder, encoder_for
from adapters.settings import Settings
from knowledge import official, policy_files
from knowledge.clauses import Force, Policy
from knowledge.editions import POLICY_FILE, Archive, Edition, EditionError, History, Standing
from knowledge.encoding import Floats
from knowledge.intake import settling
from knowledge.intake.aligning import Encode, State, align
from knowledge.intake.drafting import Contradiction, NothingToDraft, draft, slug
from knowledge.intake.people import people
from knowledge.intake.sentences import sentences
from knowledge.official import Settlement, Stored
from knowledge.vectors import Progress, VectorCache

_TRIES = 20  # to add to the history, while others do
_LEAST_FOUND = 0.25  # of the clauses; with fewer a document is not the text of the policy


class ImportRefused(Exception):
    """A document that cannot be brought in: why, and what to do. Nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The official text of an edition, as it is kept, and the policy file that stands beside it."""

    edition: Edition
    folder: Path
    policy: Policy
    document: Stored
    settlement: Settlement

    @property
    def alignment_file(self) -> Path:
        return self.folder / official.ALIGNMENT

    @property
    def aligned(self) -> list[str]:
        return [name for name, one in self.settlement.clauses.items() if one.use]

    @property
    def doubtful(self) -> list[str]:
        return [name for name, one in self.settlement.clauses.items() if one.use is None]

    @property
    def missing(self) -> list[str]:
        return [name for name, one in self.settlement.clauses.items() if one.use == []]

    @property
    def uncovered(self) -> list[int]:
        """The passages that stand behind no clause, nor may."""
        behind = {number for one in self.settlement.clauses.values() for number in (*(one.use or ()), *one.maybe)}
        return [number for number in self.document.passages if number not in behind]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: what is kept, whether it was kept before, and whether answers quote it now."""

    kept: Kept
    left_out: tuple[str, ...]
    already: bool
    in_force: bool


def import_official(
    settings: Settings, file: Path, policy_id: str, name: str | None, by: str, at: datetime, progress: Progress
) -> Imported:
    """Reads a document, sets the clauses of a policy beside it, and keeps both as an edition.

    It is put in force at once where no official text of the policy is, since it changes no ruling; else it waits.

    `name` is how answers name the edition, `by` a label for who brings it in.

    Raises:
        ImportRefused: no such policy is held, or the document is not its text.
        UnreadableDocument: the document cannot be read.
        EditionError: what is kept already is damaged, or something else was put in force meanwhile.
    """
    archive = bootstrap.archive(settings)
    history = archive.history()
    standing = _standing(bootstrap.in_force(settings), policy_id)
    policy = policy_files.read(standing.file)
    document = read_document(file, progress)
    read = sentences(document)
    encoder = encoder_for(settings.embeddings)
    alignment = align(policy.clauses, read.kept, _encode(settings, encoder, progress))
    found, sought = len(alignment.of(State.ALIGNED)), sum(clause.force is not Force.GAP for clause in policy.clauses)
    if found < _LEAST_FOUND * sought:
        what = f"holds {found} of the {sought} clauses of '{policy_id}', so it seems to be another document"
        raise ImportRefused(f"{file}: {what}; nothing was brought in")
    stored = settling.stored(document, read)
    settled = settling.settlement(alignment, people(document.text))
    content = file.read_bytes()
    before = _same(archive, standing, content)
    alignment_file = settling.alignment_yaml(policy_id, policy.clauses, settled, stored).encode()
    if before is not None:  # what people have settled of this text holds for it under another name too
        alignment_file = (archive.place(before) / official.ALIGNMENT).read_bytes()
    name = name or (before.name if before else f"{policy.edition}; official text brought in on {at.day} {at:%B %Y}")
    edition = archive.bring_in(
        {
            POLICY_FILE: standing.file.read_bytes(),
            official.DOCUMENT: (
                (archive.place(before) / official.DOCUMENT).read_bytes() if before else official.document_bytes(stored)
            ),
            official.ALIGNMENT: alignment_file,
        },
        name,
        file,
        content,
        by,
        at,
    )
    quoted = standing.edition is not None and official.DOCUMENT in standing.edition.files
    if not quoted:
        _put(archive, edition, by, at, history)
    in_force = not quoted or standing.edition == edition
    left_out = tuple(one.text for one in read.left_out)
    return Imported(kept(archive, edition), left_out, edition == before, in_force)


@dataclass(frozen=True, slots=True)
class Made:
    """A policy made from a document: its file, for a person to go through, and the edition that answers already."""

    file: Path
    policy: Policy
    edition: Edition
    unsure: int
    contradictions: tuple[Contradiction, ...]


def new_policy(settings: Settings, file: Path, society: str, by: str, at: datetime, progress: Progress) -> Made:
    """Makes a policy from a document that nobody has restated, writes its file, and puts it in force, not yet reviewed.

    `society` is its name, in any spelling; the id is made from it.

    Raises:
        ImportRefused: no id can be made, the policy is held already, or the document holds no provision.
        UnreadableDocument: the document cannot be read.
        EditionError: something else was put in force meanwhile.
    """
    archive = bootstrap.archive(settings)
    history = archive.history()
    standing = bootstrap.in_force(settings)
    name = slug(society)
    if not name:
        raise ImportRefused(
            f"no id can be made of the society '{society}'; name it in letters, e.g. \"Riverside Choir\""
        )
    policy_id = name if all(one.policy != name for one in standing) else f"{name}-{slug(file.stem)}".rstrip("-")
    target = settings.own_policies / f"{policy_id}.md"
    if target.exists() or any(one.policy == policy_id for one in standing):
        raise ImportRefused(
            f"the policy '{policy_id}' is held already; change its file, or give this document another name"
        )
    document = read_document(file, progress)
    try:
        drafted = draft(
            document,
            name,
            organisation=society if society != name else "",
            policy=policy_id,
            edition=f"as brought in on {at.day} {at:%B %Y}",
        )
    except NothingToDraft as error:
        raise ImportRefused(f"{file}: {error}") from error
    source = drafted.source.encode()
    policy = policy_files.parse(drafted.source, target)
    held = {clause.id for one in standing if one.policy != policy_id for clause in policy_files.read(one.file).clauses}
    if twice := sorted(clause.id for clause in policy.clauses if clause.id in held):
        raise ImportRefused(
            f"{file}: the clause '{twice[0]}' is held already; is this document brought in a second time?"
        )
    stored, settled = settling.drafted(document.text, drafted.extracts, people(document.text))
    edition = archive.bring_in(
        {
            POLICY_FILE: source,
            official.DOCUMENT: official.document_bytes(stored),
            official.ALIGNMENT: settling.alignment_yaml(policy_id, policy.clauses, settled, stored).encode(),
        },
        None,
        file,
        file.read_bytes(),
        by,
        at,
    )
    folders = bootstrap.policy_folders(settings)
    with_it = archive.in_force(folders, instead={policy_id: archive.standing(edition)})
    bootstrap.open_library(settings, with_it, encoder_for(settings.embeddings), progress)  # so that nobody waits for it
    _write_new(target, source)
    try:
        _put(archive, edition, by, at, history)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Made(target, policy, edition, len(drafted.unsure), drafted.contradictions)


def kept(archive: Archive, edition: Edition) -> Kept:
    """The official text of an edition as it is kept.

    Raises:
        EditionError: the edition is damaged.
        PolicyFileError: its alignment has been spoilt.
    """
    standing = archive.standing(edition)
    folder = standing.file.parent
    return Kept(edition, folder, policy_files.read(standing.file), *official.read_aligned(folder))


def kept_text(archive: Archive, named: str, standing: Sequence[Standing]) -> Kept:
    """The official text of an edition (POLICY@EDITION), or of a policy: what is in force, or else was brought in last.

    Raises:
        ImportRefused: none has been brought in.
        EditionError: there is no such edition.
    """
    policy_id, at, edition_id = named.partition("@")
    if at:
        editions = [archive.find(edition_id, policy_id)]
    else:
        in_force = next((one.edition for one in standing if one.policy == policy_id and one.edition), None)
        editions = [*archive.editions(policy_id), *([in_force] if in_force else [])]
    found = [edition for edition in editions if official.DOCUMENT in edition.files]
    if not found:
        what = f"no official text of '{named}' has been brought in"
        raise ImportRefused(f"{what}; `verse policies import FILE --policy {policy_id}` does that")
    return kept(archive, found[-1])


class Settling:
    """Writes down what is settled of a text, each time whole or not at all; the next answer goes by it."""

    def __init__(self, kept: Kept) -> None:
        self._kept, self._last = kept, kept.settlement.model_copy(deep=True)

    def save(self, settlement: Settlement) -> None:
        """Puts it in the place of what was read or saved before.

        Raises:
            ImportRefused: somebody else has changed the file meanwhile.
        """
        kept, file = self._kept, self._kept.alignment_file
        if official.read_settlement(file) != self._last:
            raise ImportRefused(
                f"{file} was changed by somebody else meanwhile; this answer was not kept, so begin again"
            )
        text = settling.alignment_yaml(kept.edition.policy, kept.policy.clauses, settlement, kept.document)
        handle, making = tempfile.mkstemp(dir=kept.folder.parent, prefix="making-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(text)
            shutil.copymode(file, making)
            os.replace(making, file)
        finally:
            Path(making).unlink(missing_ok=True)
        self._last = settlement.model_copy(deep=True)


def _write_new(file: Path, content: bytes) -> None:
    """Writes a file that must not be there yet, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, making = tempfile.mkstemp(dir=file.parent, prefix=".making-")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        os.chmod(making, 0o644)
        os.link(making, file)
    finally:
        Path(making).unlink(missing_ok=True)


def _put(archive: Archive, edition: Edition, by: str, at: datetime, history: History) -> None:
    """Puts an edition in force. What has been done to other policies meanwhile is no hindrance.

    Raises:
        EditionError: something else was put in force of this policy meanwhile.
    """
    for _ in range(_TRIES):
        try:
            return archive.put_in_force(edition, by, at, history)
        except EditionError:
            now = archive.history()
            if now.put(edition.policy) != history.put(edition.policy) or len(now.records) == len(history.records):
                raise
            history = now
    return archive.put_in_force(edition, by, at, history)


def _standing(standing: Sequence[Standing], policy_id: str) -> Standing:
    found = next((one for one in standing if one.policy == policy_id), None)
    if found is None:
        held = ", ".join(one.policy for one in standing)
        raise ImportRefused(f"no policy '{policy_id}' is held; held are: {held}")
    return found


def _same(archive: Archive, standing: Standing, content: bytes) -> Edition | None:
    """The edition that was made of this very document and policy file, if any."""
    of_policy, of_document = (hashlib.sha256(some).hexdigest() for some in (standing.file.read_bytes(), content))
    return next(
        (
            edition
            for edition in archive.editions(standing.policy)
            if edition.source_sha256 == of_document and edition.files[POLICY_FILE] == of_policy
        ),
        None,
    )


def _encode(settings: Settings, encoder: Encoder, progress: Progress) -> Encode | None:
    model = encoder.model
    if model is None:
        return None
    cache = VectorCache(settings.data / "vectors", encoder.name)

    def encode(texts: Sequence[str]) -> Floats:
        return cache.encode(texts, model, progress)

    return encode
