"""Quotes clauses, and checks every quote against what is held before anybody sees it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from knowledge.answers import Citation
from knowledge.clauses import Clause, Force, Policy
from knowledge.official import LEFT_OUT, Extract, OfficialText, normal

_MARKS = re.compile(rf"\[name\]|\[address\]|{re.escape(LEFT_OUT.strip())}")


class CitationFault(Exception):
    """A citation that does not stand in what is held word for word. An answer that holds one is not given."""


def cite(
    clauses: Iterable[Clause], policies: Mapping[str, Policy], official: Mapping[str, OfficialText]
) -> tuple[Citation, ...]:
    """Each clause once, in the order given; in the society's own words where the official text of its policy has them.

    A gap is cited in our words always: they say what the copy lacks.
    """
    once = {clause.id: clause for clause in clauses}
    return tuple(_cited(clause, policies[clause.policy], official.get(clause.policy)) for clause in once.values())


def _cited(clause: Clause, policy: Policy, text: OfficialText | None) -> Citation:
    extracts = text.extracts.get(clause.id, ()) if text and clause.force is not Force.GAP else ()
    return Citation(
        clause=clause.id,
        policy=clause.policy,
        known_as=policy.known_as,
        edition=text.edition if text else policy.edition,
        section=_section(clause, extracts),
        quote=text.quote(extracts) if text and extracts else clause.text,
        official=policy.official or bool(extracts),
        page=extracts[0].page if extracts else None,
        extracts=extracts,
        reviewed=policy.reviewed,
    )


def _section(clause: Clause, extracts: Sequence[Extract]) -> str:
    """As the clause names it, unless the official text has it under other headings."""
    named = {normal(heading) for heading in clause.section.split(" / ")}
    found = next((extract.section for extract in extracts), "")
    if not found or named & {normal(heading) for heading in found.split(" / ")}:
        return clause.section
    return found


def _stands(quote: str, text: str, extracts: Sequence[Extract]) -> bool:
    """Whether all words of a quote, but for its marks, stand between these places of a text, in their order."""
    whole, at = text[extracts[0].start : extracts[-1].end], 0
    for words in filter(None, map(str.strip, _MARKS.split(quote))):
        found = whole.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return bool(whole)


def check(
    citations: Iterable[Citation],
    clauses: Mapping[str, Clause],
    policies: Mapping[str, Policy],
    official: Mapping[str, OfficialText],
    society: str,
) -> None:
    """Sees that each citation is a clause of this society, in this edition, quoted word for word.

    An official quote is put together again from the stored text at its offsets.

    Raises:
        CitationFault: the first that is not.
    """
    for citation in citations:
        clause = clauses.get(citation.clause)
        if clause is None or clause.society != society or clause.policy != citation.policy:
            raise CitationFault(f"{citation.clause} is no clause of {society}")
        policy, text = policies[clause.policy], official.get(clause.policy)
        if citation.extracts:
            if text is None or citation.extracts != text.extracts.get(clause.id):
                raise CitationFault(f"{citation.clause} is quoted from places that are not its own")
            stands = _stands(citation.quote, text.text, citation.extracts)
            if not stands or citation.quote != text.quote(citation.extracts):
                raise CitationFault(f"{citation.clause} is not quoted as it stands in the official text")
        elif citation.quote != clause.text or citation.official != policy.official:
            raise CitationFault(f"{citation.clause} is not quoted as it stands in the index")
        if citation.section != _section(clause, citation.extracts):
            raise CitationFault(f"{citation.clause} is quoted under a heading that is not its own")
        if citation.edition != (text.edition if text else policy.edition):
            raise CitationFault(f"{citation.clause} is quoted from another edition")
        if citation != _cited(clause, policy, text):
            raise CitationFault(f"{citation.clause} is not cited as it is held")
