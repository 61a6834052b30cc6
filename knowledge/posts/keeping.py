"""Keeps what was learnt on disk, as arrays beside a manifest: a folder stands there whole or not at all, no pickle."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.linear import Arrays

_KEPT = 4  # in a data folder; with and without an encoder, and one from before each
_ARRAYS, _MANIFEST = "learnt.npz", "manifest.txt"


def name_of(contents: Sequence[bytes]) -> str:
    """A name that only the same contents have."""
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()[:32]


def load(place: Path) -> Arrays | None:
    """The arrays in a folder; None where there are none, or they are not what the manifest says."""
    try:
        if (place / _MANIFEST).read_text(encoding="utf-8") != _digest(place / _ARRAYS):
            return None
        with np.load(place / _ARRAYS, allow_pickle=False) as kept:
            return dict(kept)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def save(arrays: Arrays, place: Path) -> None:
    """Puts arrays into a folder in one step, and drops the oldest of too many folders beside it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=place.parent, prefix="making-"))
    try:
        np.savez(making / _ARRAYS, **arrays)  # type: ignore[arg-type]  # its stub wants a bool among them
        (making / _MANIFEST).write_text(_digest(making / _ARRAYS), encoding="utf-8")
        if place.exists():
            os.replace(place, making / "replaced")
        os.replace(making, place)
        shutil.rmtree(place / "replaced", ignore_errors=True)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOENT):
            raise  # else another process has just put the same in place
    finally:
        shutil.rmtree(making, ignore_errors=True)
    older = [folder for folder in place.parent.iterdir() if not folder.name.startswith("making-")]
    for folder in sorted(older, key=lambda folder: folder.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
