"""Policies and clauses as text, for whoever looks after them. Pure."""

from collections import Counter
from collections.abc import Sequence

from knowledge.clauses import Clause, Policy


def policies(held: Sequence[Policy]) -> str:
    """Every policy in a few lines."""
    return "\n\n".join(_policy(policy) for policy in held)


def clause_or_policy(held: Sequence[Policy], name: str) -> str | None:
    """A clause in full, or a policy with its clauses; None where nothing has that id."""
    for policy in held:
        if policy.id == name:
            lines = [f"{clause.id:44} {clause.force:10} {clause.section}" for clause in policy.clauses]
            return "\n".join([_policy(policy), "", *lines])
        for clause in policy.clauses:
            if clause.id == name:
                return _clause(clause, policy)
    return None


def count(policy: Policy) -> str:
    asks = sum(len(clause.asks) for clause in policy.clauses)
    return f"{policy.id}: no fault in clauses ({len(policy.clauses)}) and asks ({asks})"


def _policy(policy: Policy) -> str:
    forces = Counter(str(clause.force) for clause in policy.clauses)
    lines = [
        f"{policy.id}: {policy.title}, {policy.organisation}",
        f"  edition: {policy.edition}",
        *(f"  {name}: {date}" for name, date in policy.dates),
        f"  text: {'the official text' if policy.official else 'restated in our own words'}",
        f"  {len(policy.clauses)} clauses: {', '.join(f'{number} {force}' for force, number in forces.most_common())}",
    ]
    return "\n".join(lines)


def _clause(clause: Clause, policy: Policy) -> str:
    lines = [
        clause.id,
        f"  {policy.known_as}: {clause.section} ({policy.edition})",
        f"  force: {clause.force}; binds: {', '.join(clause.binds)}",
        "",
        clause.text,
    ]
    if clause.turns_on:
        lines += ["", f"Turns on: {clause.turns_on.question}"]
        lines += [f"  {option.verdict}: {option.label}" for option in clause.turns_on.options]
    if clause.see_also:
        lines += ["", f"Always cited with: {', '.join(clause.see_also)}"]
    lines += ["", f"{len(clause.asks)} asks, for instance:"]
    lines += [f"  {ask.verdict or '-'}: {ask.text}" for ask in clause.asks[:5]]
    return "\n".join(lines)
