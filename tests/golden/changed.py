"""An invented change of the shipped IPEM policy: one clause removed, one added, six changed."""

import re
from pathlib import Path

from knowledge import policy_files

CHANGES = Path(__file__).parent / "changed_ipem.md"
_CLAUSE = re.compile(r"^(?=#{2,3} )", re.MULTILINE)


def changed_ipem() -> str:
    """The text of the changed policy file."""
    parts = _CLAUSE.split((policy_files.SHIPPED / "ipem.md").read_text(encoding="utf-8"))
    at = 0
    for change in _CLAUSE.split(CHANGES.read_text(encoding="utf-8")):
        if not change.startswith("### "):
            continue
        new = change.rstrip("\n") + "\n\n"
        found = next((place for place, part in enumerate(parts) if _id(part) == _id(change)), None)
        if found is None:
            at += 1
            parts.insert(at, new)
        elif "REMOVED" in change:
            del parts[found]
            at = found - 1
        else:
            parts[found] = new if "Asks:" in new else _with_asks_of(parts[found], new)
            at = found
    return "".join(parts)


def _id(part: str) -> str:
    return part.split("\n", 1)[0].lstrip("# ")


def _with_asks_of(old: str, new: str) -> str:
    """The new force, parties and words, with all else that stood there."""
    blocks, (_, fields, words) = old.split("\n\n"), new.strip().split("\n\n")
    for line in fields.splitlines():
        blocks[1] = re.sub(rf"^{line.split(':')[0]}: .*$", line, blocks[1], flags=re.MULTILINE)
    return "\n\n".join([blocks[0], blocks[1], words, *blocks[3:]])
