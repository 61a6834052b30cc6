"""Editions, and what changes from one to another, as text and as JSON. Pure."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.clauses import Clause
from knowledge.comparing import ChangedWords, Difference, Flip, Outcome
from knowledge.dependents import Dependent
from knowledge.editions import Edition, Record, Standing

_WIDTH = 96


def title(standing: Standing | None) -> str:
    """What is compared, in a few words."""
    if standing is None:
        return "no policy"
    if standing.edition is None:
        return f"{standing.policy}, as {standing.file.name} stands"
    return f"{standing.policy}, {standing.edition.name} ({standing.edition.id})"


def editions(held: Sequence[Edition], ruling: Mapping[str, Record], files: Sequence[Standing]) -> str:
    """Each policy with its editions and its file, and which of them is in force since when."""
    blocks = []
    for policy in dict.fromkeys([*(one.policy for one in files), *(edition.policy for edition in held)]):
        last = ruling.get(policy)
        of_policy = [edition for edition in held if edition.policy == policy]
        lines = [f"{policy}:", *(_edition(edition, last) for edition in of_policy)]
        for one in files:
            if one.policy == policy:
                now = "" if last and last.edition else f"; in force{_since(last)}"
                lines.append(f"  {policy}@shipped: the file {one.file.name} as it stands{now}")
        if len(lines) == len(of_policy) + 1 and not (last and last.edition):
            lines.append("  none of them is in force")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _edition(edition: Edition, last: Record | None) -> str:
    brought = f"brought in on {edition.brought_in:%Y-%m-%d} by {edition.by} from {edition.source}"
    now = f"; in force{_since(last)}" if last and last.edition == edition.id else ""
    return f"  {edition.id}: {edition.name}; {brought}{now}"


def _since(last: Record | None) -> str:
    if last is None:
        return ""
    return f" since {last.at:%Y-%m-%d %H:%M %z}, {'undone' if last.kind == 'undo' else 'put'} by {last.by}"


def difference(found: Difference) -> str:
    """All that differs, old words and new ones."""
    if not found:
        return "They say the same."
    blocks = []
    if found.front_matter:
        blocks.append("\n".join(["Of the policy as a whole:", *_words(found.front_matter)]))
    for heading, clauses in (("Added", found.added), ("Removed", found.removed)):
        blocks += [f"{heading}: {_clause(clause)}" for clause in clauses]
    for change in found.changed:
        names = ", ".join(one.what for one in change.differences)
        blocks.append("\n".join([f"Changed in {names}: {change.clause}", *_words(change.differences)]))
    for words in found.official:
        blocks.append("\n".join([f"Changed in the official text: {words.what}", *_both(words)]))
    counts = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    return "\n\n".join([*blocks, f"Clauses: {counts}."])


def flips(found: Sequence[tuple[str | int, Flip]]) -> str:
    """The questions that would be answered otherwise, each with its id; ends in an empty line where there are any."""
    blocks = []
    for name, flip in found:
        lines = [f"{name}: {flip.question.text}"]
        if flip.old.verdict != flip.new.verdict:
            lines.append(f"  verdict: {flip.old.verdict} -> {flip.new.verdict}")
        lines += [f"  no longer cited: {clause}" for clause in flip.gone]
        lines += [f"  newly cited: {clause}" for clause in flip.come]
        for quote in flip.quotes:
            lines += [f"  cited in other words: {quote.what}", *_both(quote)]
        blocks.append("\n".join(lines) + "\n\n")
    return "".join(blocks)


def resting(dependents: Sequence[Dependent]) -> str:
    return "; ".join(f"{one.what} (on {', '.join(sorted(one.clauses))})" for one in dependents)


def difference_as_json(old: Standing | None, new: Standing | None, found: Difference) -> dict[str, Any]:
    return {
        "old": title(old),
        "new": title(new),
        "policy": [_as_json(change) for change in found.front_matter],
        "added": [_clause_as_json(clause) for clause in found.added],
        "removed": [_clause_as_json(clause) for clause in found.removed],
        "changed": [
            {"clause": change.clause, "differences": [_as_json(one) for one in change.differences]}
            for change in found.changed
        ],
        "official": [{"clause": change.what, "old": change.old, "new": change.new} for change in found.official],
    }


def flip_as_json(name: str | int, flip: Flip) -> dict[str, Any]:
    return {
        "id": name,
        "question": flip.question.text,
        "society": flip.question.society,
        "role": str(flip.question.role),
        "old": _outcome_as_json(flip.old),
        "new": _outcome_as_json(flip.new),
        "gone": list(flip.gone),
        "come": list(flip.come),
        "quotes": [{"clause": one.what, "old": one.old, "new": one.new} for one in flip.quotes],
    }


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    return {"verdict": outcome.verdict, "citations": [citation.clause for citation in outcome.citations]}


def _as_json(change: ChangedWords) -> dict[str, str]:
    return {"what": change.what, "old": change.old, "new": change.new}


def _clause_as_json(clause: Clause) -> dict[str, Any]:
    binds = [str(party) for party in clause.binds]
    return {"clause": clause.id, "force": str(clause.force), "binds": binds, "words": clause.text}


def _clause(clause: Clause) -> str:
    return f"{clause.id} (force: {clause.force}; binds: {', '.join(clause.binds)})\n{_wrapped(clause.text)}"


def _words(changes: Sequence[ChangedWords]) -> list[str]:
    lines = []
    for change in changes:
        if change.what == "words":
            lines += _both(change)
        else:
            lines.append(_wrapped(f"{change.what}: {change.old} -> {change.new}"))
    return lines


def _both(change: ChangedWords) -> list[str]:
    return [_wrapped(f"old: {change.old}"), _wrapped(f"new: {change.new}")]


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
