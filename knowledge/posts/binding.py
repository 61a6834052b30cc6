"""Which clause a writer breaks by what a signal shows, if any: what is a rule for one is only advice for another."""

from knowledge.clauses import Clause, Party
from knowledge.library import Library
from knowledge.posts.signals import Signal
from knowledge.questions import Account

_PEOPLE = (Party.MEMBER, Party.STAFF, Party.FELLOW, Party.TRAINEE)


class Binding:
    """The clauses of a library as they bind whoever writes a draft."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def breaks(self, signal: Signal, society: str, account: Account, role: Party) -> Clause | None:
        """The clause that a draft showing this signal breaks; None where it breaks none that binds its writer.

        Who runs an account that carries the society's name is bound as its admin, whatever else they are, or as a
        member where the policy has no rules for admins. On an account of one's own only the foremost clause of the
        signal counts, so that no lesser one takes the place of a rule that is for others.
        """
        own = (self._library.clause(name) for name in signal.clauses if name.startswith(f"{society}/"))
        clauses = [clause for clause in own if clause is not None]
        if not clauses:
            return None
        if account is Account.PERSONAL:
            return self._breaks_in_person(clauses[0], role if role in _PEOPLE else Party.MEMBER)
        party = Party.ACCOUNT_ADMIN if self._has_rules_for_admins(society) else Party.MEMBER
        rules = [clause for clause in clauses if _rules(clause) and clause.is_for(party)]
        exemplified = {name for clause in rules for name in clause.see_also}  # an example gives way to its rule
        return next((rule for rule in rules if rule.id in exemplified), rules[0] if rules else None)

    def _breaks_in_person(self, clause: Clause, role: Party) -> Clause | None:
        if not _rules(clause) or clause.if_representing:
            return None
        if clause.is_for(role):
            return clause
        every_clause = self._library.index.clauses.values()
        held = (one for one in every_clause if one.holds_to == clause.group and role in one.binds and _rules(one))
        return next(held, None)

    def _has_rules_for_admins(self, society: str) -> bool:
        return any(
            Party.ACCOUNT_ADMIN in clause.binds and _rules(clause)
            for policy in self._library.policies
            if policy.society == society
            for clause in policy.clauses
        )


def _rules(clause: Clause) -> bool:
    """Whether it can be broken: nobody breaks a fact, a permission, a gap, or what is not yet settled."""
    return (clause.force.forbids or clause.force.requires) and not clause.unsure
