"""Everything that is worked out from the policies before the first question, kept on disk as data, never as a pickle.

The folder of an index is named by what it was made from: the policy files, the encoder, and the code of this room. A
change of any of them is another folder; a folder whose files disagree with its manifest is made again.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from langchain_core.embeddings import Embeddings
from pydantic import TypeAdapter

from knowledge import policy_files
from knowledge.calibrating import Calibration
from knowledge.classifying import Classifier, learns_from
from knowledge.clauses import Clause, Policy
from knowledge.encoding import Floats
from knowledge.lexical import Bm25
from knowledge.linear import Arrays
from knowledge.vectors import Progress, VectorCache
from knowledge.verdicts import VerdictModel

_KEPT = 3  # indexes in a data folder; settings that take turns need not build in turn
LEXICAL_WEIGHT = 0.5  # of BM25 beside the cosine, where texts are compared
_POLICIES = TypeAdapter(list[Policy])
# What is learnt depends on how questions are read.
_ROOM = [*sorted(Path(__file__).parent.glob("*.py")), policy_files.UNANSWERABLE]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text by which a clause is found: its own, or an ask."""

    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Index:
    """What answering needs. `vectors` has one row an entry, and none where there is no encoder."""

    policies: tuple[Policy, ...]
    entries: tuple[Entry, ...]
    vectors: Floats
    lexicons: dict[str, Bm25]  # of each society's entries, in their order: another's words make none of its own rarer
    classifier: Classifier
    verdicts: VerdictModel
    confidence: Calibration  # from the log odds of a class
    likeness: Calibration  # from the likeness of a text
    learnt_from: str = ""  # names what the last four were learnt from

    @property
    def clauses(self) -> dict[str, Clause]:
        return {clause.id: clause for policy in self.policies for clause in policy.clauses}


def fingerprint(files: Sequence[Path], encoder: str) -> str:
    """Names what an index of these policy files, with this encoder, is made from. What they are called is no matter."""
    return _named([encoder.encode(), *(file.read_bytes() for file in [*_ROOM, *files])])


def open_index(
    files: Sequence[Path], data: Path, encoder: Embeddings | None, encoder_name: str, progress: Progress
) -> Index:
    """The index of these policy files, from `data` where it stands there, else built and put there in one step.

    Raises:
        PolicyFileError: a policy is faulty.
    """
    place = data / "index" / fingerprint(files, encoder_name)
    index = _load(place)
    if index is None:
        policies = policy_files.load_files(files)
        learnt_from = _named([encoder_name.encode(), *(file.read_bytes() for file in _ROOM), _lessons(policies)])
        before = _learnt_before(place.parent, learnt_from)
        cache = VectorCache(data / "vectors", encoder_name)
        index = replace(build(policies, encoder, cache, progress, before), learnt_from=learnt_from)
        _save(index, place)
    return index


def build(
    policies: Sequence[Policy],
    encoder: Embeddings | None,
    cache: VectorCache,
    progress: Progress,
    before: Index | None = None,
) -> Index:
    """Encodes every text and fits what is learnt from them. The same policies and encoder give the same index.

    A policy that nobody has reviewed teaches nothing. `before` is an index that learnt from just the same.
    """
    clauses = [clause for policy in policies for clause in policy.clauses]
    taught = _taught(policies)
    learnt = {clause.id for clause in taught if learns_from(clause)}
    own = {clause.id: clause.text if clause.id in learnt else _headed(clause) for clause in clauses}
    unanswerable = policy_files.read_unanswerable()
    entries = [Entry(text, c.id) for c in clauses for text in (own[c.id], *(ask.text for ask in c.asks))]
    texts = [entry.text for entry in entries]
    others = [text for some in unanswerable.values() for text in some]
    vectors = np.zeros((0, 0), np.float32)
    known: dict[str, Floats] = {}
    if encoder is not None:
        encoded = cache.encode([*texts, *others], encoder, progress)
        vectors = encoded[: len(texts)]
        known = dict(zip([*texts, *others], encoded, strict=True))
        known |= {clause.text: known[own[clause.id]] for clause in clauses}
    lexicons = {society: Bm25.fit(texts_of(entries, society)) for society in _societies(policies)}
    if before is not None:
        return replace(before, policies=tuple(policies), entries=tuple(entries), vectors=vectors, lexicons=lexicons)
    learning = "Learning from the asks"
    progress(learning, 0, 4)
    classifier = Classifier.fit(taught, unanswerable, known)
    progress(learning, 2, 4)
    confidence = Classifier.calibrate(taught, unanswerable, known)
    progress(learning, 3, 4)
    index = Index(
        policies=tuple(policies),
        entries=tuple(entries),
        vectors=vectors,
        lexicons=lexicons,
        classifier=classifier,
        verdicts=VerdictModel.fit(taught, known),
        confidence=confidence,
        likeness=_likeness(taught, known),
    )
    progress(learning, 4, 4)
    return index


def _taught(policies: Sequence[Policy]) -> list[Clause]:
    """The clauses that are learnt from."""
    return [clause for policy in policies if policy.reviewed for clause in policy.clauses]


def _lessons(policies: Sequence[Policy]) -> bytes:
    return _POLICIES.dump_json([policy for policy in policies if policy.reviewed])


def _learnt_before(folder: Path, learnt_from: str) -> Index | None:
    """An index kept there that learnt from the same; None where there is none."""
    places = sorted(folder.iterdir()) if folder.is_dir() else []
    found = (_load(place) for place in places if not place.name.startswith("making-"))
    return next((index for index in found if index is not None and index.learnt_from == learnt_from), None)


def _headed(clause: Clause) -> str:
    """A clause's text under its heading, which says what it is about, since nothing is learnt of how people ask."""
    return f"{clause.section}\n{clause.text}"


def texts_of(entries: Sequence[Entry], society: str) -> list[str]:
    return [entry.text for entry in entries if entry.clause.startswith(f"{society}/")]


def _societies(policies: Sequence[Policy]) -> list[str]:
    return list(dict.fromkeys(policy.society for policy in policies))


def _likeness(clauses: Sequence[Clause], vectors: Mapping[str, Floats]) -> Calibration:
    """How likely the text most like a question is the right one: told by asks, beside their society's texts alone."""
    scores: list[float] = []
    right: list[bool] = []
    for society in dict.fromkeys(clause.society for clause in clauses):
        own = [clause for clause in clauses if clause.society == society]
        if not any(clause.asks for clause in own):
            continue
        lexicon = Bm25.fit([clause.text for clause in own])
        of_texts = np.array([vectors[clause.text] for clause in own]) if vectors else None
        for place, clause in enumerate(own):
            for ask in clause.asks:
                alike = LEXICAL_WEIGHT * lexicon.scores(ask.text)
                if of_texts is not None:
                    alike += of_texts @ vectors[ask.text]
                scores.append(float(alike.max()))
                right.append(int(alike.argmax()) == place)
    return Calibration.fit(scores, right)


def _save(index: Index, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=place.parent, prefix="making-"))
    try:
        (making / "policies.json").write_bytes(_POLICIES.dump_json(list(index.policies)))
        entries = [[entry.text, entry.clause] for entry in index.entries]
        (making / "learnt_from.txt").write_text(index.learnt_from, encoding="utf-8")
        (making / "entries.json").write_text(json.dumps(entries), encoding="utf-8")
        np.save(making / "vectors.npy", index.vectors)
        for name, arrays in _parts(index).items():
            np.savez(making / f"{name}.npz", **arrays)  # type: ignore[arg-type]  # its stub wants a bool among them
        manifest = {file.name: _digest(file) for file in sorted(making.iterdir())}
        (making / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        if place.exists():
            os.replace(place, making / "replaced")
        os.replace(making, place)
        shutil.rmtree(place / "replaced", ignore_errors=True)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise  # else another process has just put the same index in place
    finally:
        shutil.rmtree(making, ignore_errors=True)
    older = [folder for folder in place.parent.iterdir() if not folder.name.startswith("making-")]
    for folder in sorted(older, key=lambda folder: folder.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _load(place: Path) -> Index | None:
    """The index in a folder; None where there is none, or its files are not what its manifest says."""
    try:
        manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        found = {file.name: _digest(file) for file in place.iterdir() if file.name != "manifest.json"}
        if manifest != found:
            return None
        entries = json.loads((place / "entries.json").read_text(encoding="utf-8"))
        return Index(
            policies=tuple(_POLICIES.validate_json((place / "policies.json").read_bytes())),
            entries=tuple(Entry(text, clause) for text, clause in entries),
            vectors=np.load(place / "vectors.npy", allow_pickle=False),
            lexicons={
                file.stem.removeprefix("lexicon-"): Bm25.from_arrays(_arrays(file))
                for file in sorted(place.glob("lexicon-*.npz"))
            },
            classifier=Classifier.from_arrays(_arrays(place / "classifier.npz")),
            verdicts=VerdictModel.from_arrays(_arrays(place / "verdicts.npz")),
            confidence=Calibration.from_arrays(_arrays(place / "confidence.npz")),
            likeness=Calibration.from_arrays(_arrays(place / "likeness.npz")),
            learnt_from=(place / "learnt_from.txt").read_text(encoding="utf-8"),
        )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _parts(index: Index) -> dict[str, Arrays]:
    return {
        **{f"lexicon-{society}": lexicon.arrays() for society, lexicon in index.lexicons.items()},
        "classifier": index.classifier.arrays(),
        "verdicts": index.verdicts.arrays(),
        "confidence": index.confidence.arrays(),
        "likeness": index.likeness.arrays(),
    }


def _arrays(file: Path) -> Arrays:
    with np.load(file, allow_pickle=False) as kept:
        return dict(kept)


def _named(contents: Sequence[bytes]) -> str:
    """A name that only the same contents have."""
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()[:32]


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
