"""Editions: policies as they were brought in, each kept whole and unchanged, and which of them was in force when.

An edition is a folder POLICY/ID with the policy file, the official text where one came with it, and `edition.json`,
which says what they are. `history/` holds a numbered file for each change of what is in force, and is only added to.
Each is made beside its place and put there in one step, so that a crash leaves what was there or what is new.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from knowledge import policy_files
from knowledge.clauses import Policy
from knowledge.official import ALIGNMENT, OfficialText, Settled, Settlement, load

POLICY_FILE = "policy.md"
_ABOUT = "edition.json"
_HISTORY = "history"
_MAKING = "making-"

_Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]  # also the name of a folder
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EditionError(Exception):
    """Editions that cannot be used or changed as asked: what is wrong, and what to do."""


class Edition(BaseModel):
    """What is known of an edition. `id` is unique within its policy; `name` is how an answer names it.

    `source` is the file that was brought in, `by` a label for who did it. `content` is one hash over the name and all
    files that are hashed, by which the same edition is known again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Name
    policy: _Name
    name: Annotated[str, Field(min_length=1)]
    brought_in: AwareDatetime
    by: str
    source: str
    source_sha256: _Digest
    content: _Digest
    files: dict[str, _Digest]

    def states(self, policy_file: bytes) -> bool:
        """Whether its policy file is this one."""
        return self.files.get(POLICY_FILE) == _digest(policy_file)


class Record(BaseModel):
    """A change of what is in force: from `at` on it is this edition, or none, which leaves the file as it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: _Name
    edition: _Name | None
    at: AwareDatetime
    by: str
    kind: Literal["put", "undo"]


@dataclass(frozen=True, slots=True)
class History:
    """Every change of what is in force, in order."""

    records: tuple[Record, ...] = ()

    def ruling(self, until: AwareDatetime | None = None) -> dict[str, Record]:
        """The last change of each policy: of all, or of those before a time."""
        return {record.policy: record for record in self.records if until is None or record.at < until}

    def put(self, policy: str) -> list[str]:
        """The editions of a policy that were put in force and not undone, the last of them in force."""
        standing: list[str] = []
        for record in self.records:
            if record.policy != policy:
                continue
            if record.kind == "undo":
                standing = standing[:-1]
            elif record.edition is not None:
                standing.append(record.edition)
        return standing


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy as one text states it: an edition, or a file that is none. Of a file that names no policy it is ''."""

    policy: str
    file: Path
    edition: Edition | None = None


class Archive:
    """The editions that are kept in one folder, and the history of what is in force."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def bring_in(
        self, files: Mapping[str, bytes], name: str | None, source: Path, content: bytes, by: str, at: AwareDatetime
    ) -> Edition:
        """Keeps a policy file (`policy.md`) and what came with it as an edition. It is not in force by that.

        `name` is how answers name it, by default as the policy file does; `source` and `content` are the file that was
        brought in. What is kept already is that edition again, whenever it was brought in.

        Raises:
            PolicyFileError: the policy file is faulty; faults are told of `source`.
            EditionError: the policy's id cannot be used.
            OSError: the folder cannot be written.
        """
        policy = policy_files.parse(policy_files.decoded(files[POLICY_FILE], source), source)
        if policy.id == _HISTORY:
            raise EditionError(f"the id '{_HISTORY}' names the folder of the history; give the policy another id")
        name = name or policy.edition
        # Staff settle doubtful passages in the alignment, so it may change.
        digests = {file: _digest(held) for file, held in sorted(files.items()) if file != ALIGNMENT}
        whole = _content(policy.id, name, digests)
        kept = next((edition for edition in self.editions(policy.id) if edition.content == whole), None)
        if kept is not None:
            return kept
        edition = Edition(
            id=f"{at:%Y-%m-%d}-{whole[:8]}",
            policy=policy.id,
            name=name,
            brought_in=at,
            by=by,
            source=source.name,
            source_sha256=_digest(content),
            content=whole,
            files=digests,
        )
        self._keep(edition, files)
        return edition

    def editions(self, policy: str | None = None) -> list[Edition]:
        """The editions of a policy, or of all, in the order in which they were brought in, without damaged ones."""
        found = []
        for place in self._places():
            if policy in (None, place.parent.name):
                try:
                    found.append(self._about(place))
                except EditionError:
                    continue  # `faults` tells of it
        return sorted(found, key=lambda edition: (edition.policy, edition.brought_in))

    def find(self, name: str, policy: str | None = None) -> Edition:
        """The edition whose id begins so.

        Raises:
            EditionError: there is none, or several.
        """
        found = [edition for edition in self.editions(policy) if edition.id.startswith(name)]
        if len(found) != 1:
            several = " or ".join(f"{edition.policy}@{edition.id}" for edition in found)
            what = f"'{name}' begins the id of several editions: name {several}" if found else f"no edition '{name}'"
            raise EditionError(what if found else f"{what} is held; `verse policies editions` lists them")
        return found[0]

    def standing(self, edition: Edition) -> Standing:
        """An edition with its policy file, all of it seen to be as it was brought in.

        Raises:
            EditionError: it is damaged.
        """
        place = self.place(edition)
        for name, digest in edition.files.items():
            try:
                intact = _digest((place / name).read_bytes()) == digest
            except OSError:
                intact = False
            if not intact:
                raise _damaged(place, f"{name} is not as it was brought in")
        return Standing(edition.policy, place / POLICY_FILE, edition)

    def place(self, edition: Edition) -> Path:
        return self.folder / edition.policy / edition.id

    def faults(self) -> list[str]:
        """What is wrong with the history and with each edition, and what to do."""
        faults = []
        try:
            self.history()
        except EditionError as error:
            faults.append(str(error))
        for place in self._places():
            try:
                self.standing(self._about(place))
            except EditionError as error:
                faults.append(str(error))
        return faults

    def history(self) -> History:
        """What was put in force and undone.

        Raises:
            EditionError: a record is damaged or missing.
        """
        records = []
        for number, file in enumerate(sorted((self.folder / _HISTORY).glob("*.json")), 1):
            try:
                if file.name != _record_name(number):
                    raise ValueError(file.name)
                records.append(Record.model_validate_json(file.read_bytes()))
            except (OSError, ValueError) as error:
                what = f"{file.parent / _record_name(number)} is missing or damaged, so what is in force is not known"
                raise EditionError(f"{what}; restore this folder from a backup") from error
        return History(tuple(records))

    def in_force(
        self,
        folders: Sequence[Path],
        until: AwareDatetime | None = None,
        instead: Mapping[str, Standing | None] | None = None,
    ) -> list[Standing]:
        """What is in force now, or was just before a time, policy by policy.

        A policy of which no edition is in force stands as its file in one of the folders does, in the file's place,
        unless that was made from a document and nobody has reviewed it; policies that have no file follow the others.
        `instead` are editions to take for those in force, by policy, None for none.

        Raises:
            PolicyFileError: a folder cannot be read.
            EditionError: the history or an edition in force is damaged.
        """
        chosen = dict(instead or {})
        for policy, record in self.history().ruling(until).items():
            if policy not in chosen and record.edition is not None:
                chosen[policy] = self.standing(self._about(self.folder / policy / record.edition))
        stand: list[Standing] = []
        for one in as_files_stand(folders):
            edition = chosen.pop(one.policy, None)
            if edition is not None or policy_files.is_reviewed(one.file):
                stand.append(edition or one)
        return [*stand, *(one for _, one in sorted(chosen.items()) if one)]

    def put_in_force(self, edition: Edition, by: str, at: AwareDatetime, history: History) -> None:
        """Adds to the history that an edition is in force from now on. `history` is what the change was decided on.

        Raises:
            EditionError: it is damaged, or something else has been put in force meanwhile.
        """
        self.standing(edition)
        self._record(Record(policy=edition.policy, edition=edition.id, at=at, by=by, kind="put"), history)

    def before(self, policy: str, history: History) -> Standing | None:
        """What undoing goes back to: an edition, or None for the file as it stands.

        Raises:
            EditionError: no edition is in force, or the one before is damaged.
        """
        put = history.put(policy)
        if not put:
            what = f"no edition of '{policy}' is in force, so there is nothing to undo"
            raise EditionError(f"{what}; `verse policies editions` lists what is held")
        return self.standing(self._about(self.folder / policy / put[-2])) if len(put) > 1 else None

    def undo(self, policy: str, by: str, at: AwareDatetime, history: History) -> None:
        """Adds to the history that what was in force before is in force again; done again, it goes further back.

        Raises:
            EditionError: as `before`, or something else has been put in force meanwhile.
        """
        back = self.before(policy, history)
        edition = back.edition.id if back and back.edition else None
        self._record(Record(policy=policy, edition=edition, at=at, by=by, kind="undo"), history)

    def _places(self) -> Iterator[Path]:
        for folder in sorted(self.folder.glob("*")):
            if folder.name != _HISTORY and folder.is_dir():
                yield from (place for place in sorted(folder.iterdir()) if not place.name.startswith(_MAKING))

    def _about(self, place: Path) -> Edition:
        try:
            edition = Edition.model_validate_json((place / _ABOUT).read_bytes())
        except (OSError, ValidationError) as error:
            raise _damaged(place, f"{_ABOUT} is missing or cannot be read") from error
        whole = _content(edition.policy, edition.name, edition.files)
        if (edition.policy, edition.id, edition.content) != (place.parent.name, place.name, whole):
            raise _damaged(place, f"{_ABOUT} is not as it was written")
        return edition

    def _keep(self, edition: Edition, files: Mapping[str, bytes]) -> None:
        place = self.place(edition)
        place.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=place.parent, prefix=_MAKING))
        try:
            for name, content in files.items():
                _write(making / name, content)
            _write(making / _ABOUT, edition.model_dump_json(indent=1).encode())
            _sync(making)
            os.rename(making, place)
            _sync(place.parent)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise
            self.standing(self._about(place))  # another process has just kept the same, or what is there is damaged
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def _record(self, record: Record, history: History) -> None:
        folder = self.folder / _HISTORY
        folder.mkdir(parents=True, exist_ok=True)
        handle, making = tempfile.mkstemp(dir=folder, prefix=_MAKING)
        os.close(handle)
        try:
            _write(Path(making), record.model_dump_json().encode())
            os.link(making, folder / _record_name(len(history.records) + 1))  # refuses to replace a file
            _sync(folder)
        except FileExistsError as error:
            what = "something else has been put in force or undone meanwhile, and nothing was changed by this"
            raise EditionError(f"{what}; look at `verse policies editions` and try again") from error
        finally:
            Path(making).unlink(missing_ok=True)


def as_files_stand(folders: Sequence[Path]) -> list[Standing]:
    """The policy files of some folders.

    Raises:
        PolicyFileError: a folder cannot be read.
    """
    return [Standing(policy_files.id_of(file) or "", file) for file in policy_files.files_in(folders)]


def named(policies: Sequence[Policy], standing: Sequence[Standing]) -> tuple[Policy, ...]:
    """Policies with their edition named as it was brought in."""
    names = {one.policy: one.edition.name for one in standing if one.edition}
    return tuple(replace(policy, edition=names.get(policy.id, policy.edition)) for policy in policies)


def read(standing: Sequence[Standing]) -> list[Policy]:
    """The policies, read from their files.

    Raises:
        PolicyFileError: a file is faulty, or two files claim one policy or one clause.
    """
    return list(named(policy_files.load_files([one.file for one in standing]), standing))


def official_text(standing: Standing, hidden: Sequence[str] = ()) -> OfficialText | None:
    """The society's own words as far as they came with an edition and are settled; `hidden` are names of people.

    Raises:
        PolicyFileError: a file of the official text cannot be used.
    """
    return load(standing.file.parent, standing.edition.name, hidden) if standing.edition else None


def carry(settlement: Settlement, dropped: Collection[str], reworded: Collection[str]) -> tuple[Settlement, list[str]]:
    """What is settled of an official text, for a policy that has changed; and the clauses no longer quoted from it.

    A clause that was dropped goes. One that says it in other words is open again, with its passages as those that it
    may restate.
    """
    quoted = {name: settled.use for name, settled in settlement.clauses.items() if settled.use}
    lost = sorted(name for name in {*dropped, *reworded} if name in quoted)
    clauses = {name: settled for name, settled in settlement.clauses.items() if name not in dropped}
    for name in clauses.keys() & set(lost):
        clauses[name] = Settled(use=None, maybe=quoted[name], why="the clause has other words than when it was settled")
    return Settlement(clauses=clauses, names=settlement.names), lost


def _damaged(place: Path, what: str) -> EditionError:
    policy = place.parent.name
    return EditionError(
        f"the edition {place.name} of {policy} is damaged: {what}; restore {place} from a backup, "
        f"or, if it is in force, go back with `verse policies undo {policy}`"
    )


def _content(policy: str, name: str, digests: Mapping[str, str]) -> str:
    told = "\0".join([policy, name, *(part for pair in sorted(digests.items()) for part in pair)])
    return _digest(told.encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record_name(number: int) -> str:
    return f"{number:06}.json"


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _sync(folder: Path) -> None:
    """Sees that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
