"""Policies and clauses as text, for whoever looks after them. Pure."""

import textwrap
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from adapters.imports import Imported, Made
from knowledge.clauses import Clause, Force, Policy
from knowledge.official import OfficialText

_MOST_LISTED = 12  # passages shown before the rest is counted
_COLUMN = 46  # characters of each side


def policies(held: Sequence[Policy], quoted: Collection[str]) -> str:
    """Every policy in a few lines; `quoted` are those beside which an official text stands."""
    return "\n\n".join(_policy(policy, policy.id in quoted) for policy in held)


def clause_or_policy(held: Sequence[Policy], name: str, official: Mapping[str, OfficialText]) -> str | None:
    """A clause in full beside the official words that it restates, or a policy with its clauses.

    None where nothing has that id.
    """
    for policy in held:
        if policy.id == name:
            lines = [f"{clause.id:44} {clause.force:10} {clause.section}" for clause in policy.clauses]
            return "\n".join([_policy(policy, policy.id in official), "", *lines])
        for clause in policy.clauses:
            if clause.id == name:
                return _clause(clause, policy, official.get(policy.id))
    return None


def count(policy: Policy) -> str:
    asks = sum(len(clause.asks) for clause in policy.clauses)
    unsure = sum(bool(clause.unsure) for clause in policy.clauses)
    doubts = f"; still unsure ({unsure}), which give neither yes nor no" if unsure else ""
    return f"{policy.id}: no fault in clauses ({len(policy.clauses)}) and asks ({asks}){doubts}"


def imported(imported: Imported) -> str:
    """What an import came to, and what there is to do."""
    kept = imported.kept
    settlement, document, policy = kept.settlement, kept.document, kept.edition.policy
    lines = [
        f"Clauses of {policy}: {len(kept.aligned)} beside their passages, {len(kept.doubtful)} doubtful,"
        f" {len(kept.missing)} missing from the text."
    ]
    if kept.doubtful:
        lines += ["", "Doubtful, and cited in our summary until settled:"]
        for name in kept.doubtful:
            lines.append(f"  {name}: {settlement.clauses[name].why}")
            lines += [f"    {number}: {document.words(number)}" for number in settlement.clauses[name].maybe]
    if kept.missing:
        lines += ["", "Missing from the text, and cited in our summary:"]
        lines += [f"  {name}: {settlement.clauses[name].why}" for name in kept.missing]
    if kept.uncovered:
        lines += ["", "Passages that no clause covers:"]
        lines += [f"  {number}: {document.words(number)}" for number in kept.uncovered[:_MOST_LISTED]]
        lines += _more(len(kept.uncovered), f"; {kept.alignment_file} lists them all")
    if imported.left_out:
        lines += ["", "Left out, as what a website puts round a text:"]
        lines += [f"  {words}" for words in imported.left_out[:_MOST_LISTED]]
        lines += _more(len(imported.left_out), "")
    if settlement.names:
        lines += ["", "Taken for names of people, and shown as [name]:", f"  {', '.join(settlement.names)}"]
    return "\n".join([*lines, "", *_next(imported)])


def _more(many: int, where: str) -> list[str]:
    return [f"  and {many - _MOST_LISTED} more{where}"] if many > _MOST_LISTED else []


def imported_as_json(imported: Imported) -> dict[str, Any]:
    """The shape of the contract, and which edition it is."""
    kept = imported.kept
    return {
        "aligned": len(kept.aligned),
        "doubtful": len(kept.doubtful),
        "missing": kept.missing,
        "uncovered": len(kept.uncovered),
        "edition": kept.edition.id,
        "in_force": imported.in_force,
    }


def made(made: Made) -> str:
    """What was made of a document, and what there is to do."""
    lines = [
        f"Made {made.policy.id} with {len(made.policy.clauses)} clauses, and it answers now, as not yet reviewed.",
        f"Clauses that the program was unsure of, which give neither yes nor no: {made.unsure}.",
    ]
    if made.contradictions:
        lines += ["", "These say the opposite in nearly the same words, and may contradict each other:"]
        lines += [f"  {one.first} and {one.second}" for one in made.contradictions[:_MOST_LISTED]]
        lines += _more(len(made.contradictions), f"; {made.file} lists them all")
    lines += [
        "",
        f"To review it, go through {made.file}, then:",
        f"  verse policies check {made.file}",
        f"  verse policies put-in-force {made.file}",
    ]
    return "\n".join(lines)


def _next(imported: Imported) -> list[str]:
    edition, kept = imported.kept.edition, imported.kept
    lines = []
    if imported.already:
        lines.append(f"This document was brought in before, as the edition {edition.id}.")
    if imported.in_force:
        lines.append(f"In force: answers quote “{edition.name}” ({edition.id}).")
    else:
        lines += [
            f"Kept as {edition.policy}@{edition.id}, and not in force: another official text is. To see what changes:",
            f"  verse policies diff {edition.policy} {edition.policy}@{edition.id}",
            f"  verse policies put-in-force {edition.policy}@{edition.id}",
        ]
    if kept.doubtful or "?" in kept.settlement.names.values():
        named = edition.policy if imported.in_force else f"{edition.policy}@{edition.id}"
        lines.append(f"To settle what is open: `verse policies settle {named}`, or edit {kept.alignment_file}")
    return lines


def _words(clause: Clause, official: OfficialText | None) -> list[str]:
    """The clause, and beside it the official words where a text has been brought in."""
    if official is None:
        return [clause.text]
    extracts = official.extracts.get(clause.id, ())
    theirs = [] if clause.force is Force.GAP else official.quote(extracts).splitlines()
    left = [line for words in clause.text.split("\n\n") for line in textwrap.wrap(words, _COLUMN)]
    right = [line for words in theirs or ["(no passage)"] for line in textwrap.wrap(words, _COLUMN)]
    rows = zip_longest(["in our summary", "", *left], ["in the official text", "", *right], fillvalue="")
    return [f"{ours:{_COLUMN}}  |  {their}".rstrip() for ours, their in rows]


def _policy(policy: Policy, quoted: bool) -> str:
    forces = Counter(str(clause.force) for clause in policy.clauses)
    lines = [
        f"{policy.id}: {policy.title}, {policy.organisation}",
        f"  edition: {policy.edition}",
        *(f"  {name}: {date}" for name, date in policy.dates),
        f"  text: {_text(policy, quoted)}",
        f"  {len(policy.clauses)} clauses: {', '.join(f'{number} {force}' for force, number in forces.most_common())}",
    ]
    return "\n".join(lines)


def _text(policy: Policy, quoted: bool) -> str:
    if not policy.reviewed:
        return "made from a document, not yet reviewed"
    if policy.official:
        return "the official text"
    return "restated in our own words" + (", quoted from the official text" if quoted else "")


def _clause(clause: Clause, policy: Policy, official: OfficialText | None) -> str:
    lines = [
        clause.id,
        f"  {policy.known_as}: {clause.section} ({policy.edition})",
        f"  force: {clause.force}; binds: {', '.join(clause.binds)}",
        "",
        *_words(clause, official),
    ]
    if clause.turns_on:
        lines += ["", f"Turns on: {clause.turns_on.question}"]
        lines += [f"  {option.verdict}: {option.label}" for option in clause.turns_on.options]
    if clause.see_also:
        lines += ["", f"Always cited with: {', '.join(clause.see_also)}"]
    lines += ["", f"{len(clause.asks)} asks, for instance:"]
    lines += [f"  {ask.verdict or '-'}: {ask.text}" for ask in clause.asks[:5]]
    return "\n".join(lines)
