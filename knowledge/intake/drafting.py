"""Makes a policy file of a document that nobody here has seen, for a person to go through.

Each provision becomes a clause in the document's own words, with a proposed force, whom it binds, and asks made by
template. The file says of itself that it is not reviewed; what is unsure stands beside the clause and never in an
answer, and clauses that seem to contradict each other are listed at its head.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge import policy_markdown
from knowledge.clauses import Ask, Force, Party
from knowledge.intake.asking import asks_for
from knowledge.intake.documents import Document
from knowledge.intake.forces import Proposal, audience_of, limited, propose
from knowledge.intake.people import people
from knowledge.intake.provisions import Provision, provisions_in
from knowledge.intake.sentences import sentences
from knowledge.lexical import terms
from knowledge.official import Extract, masked

_SLUG_WORDS, _MORE_SLUG_WORDS = 4, 8
_LONGEST_SLUG = 60
_ALIKE = 0.6  # share of their telling words in common from which opposite clauses may contradict each other
_NO_HEADING = "Opening text"
_SMALL_WORDS = (
    "a an and any are as at be been being but by can could did do does for from had has have if in into is it its "
    "may might must no nor not of on or our shall should so such than that the their them then there these they "
    "this those to up was we were what when where which while who will with without would you your also always "
    "never only please allowed permitted prohibited required welcome because free fine ok okay acceptable "
    "forbidden "
)
_SMALL = frozenset(_SMALL_WORDS.split())
_PEOPLE = "members staff volunteers everyone anyone people following"
_SMALL_TERMS = frozenset(terms(f"{_SMALL_WORDS} {_PEOPLE}"))
_EXCEPTION = "it makes an exception; say by “Turns on:” when that holds"
_POINTS_BACK = "it points back to what stands before it; say here what it means"


class NothingToDraft(Exception):
    """Raised for a document in which no provision is found."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two clauses, by id, that say the opposite in nearly the same words."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A policy file as text, where each clause stands in the document, and what its reviewer has to look at.

    `texts` are the words of the clauses, by id, `extracts` the stretches that they are made of, `unsure` why of each
    that is.
    """

    source: str
    texts: Mapping[str, str]
    extracts: Mapping[str, tuple[Extract, ...]]
    unsure: Mapping[str, str]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    id: str
    section: str
    text: str
    rule: str  # the sentence that makes it what it is, without what leads into it
    proposal: Proposal
    asks: tuple[Ask, ...]
    extracts: tuple[Extract, ...]


def draft(
    document: Document,
    society: str,
    organisation: str = "",
    policy: str = "",
    title: str = "",
    edition: str = "as brought in, not yet reviewed",
) -> Draft:
    """A policy of `society` (lower-case words joined by hyphens) made from a document; `policy` is its id.

    Raises:
        NothingToDraft: no provision is found.
    """
    read = sentences(document)
    found = provisions_in(read)
    if not found:
        raise NothingToDraft("no sentence was found in it that could be a clause; see that it is the right file")
    organisation = organisation or society.replace("-", " ").title()
    audience = audience_of([one.text for one in read.kept])
    clauses = _clauses(found, document.text, society, audience)
    contradictions = tuple(_contradictions(clauses))
    front = {
        "id": policy or society,
        "society": society,
        "organisation": organisation,
        "title": title or read.title or "Social media policy",
        "known_as": f"{organisation}{'’' if organisation.endswith('s') else '’s'} policy",
        "edition": edition,
        "office": f"the office of {organisation}",
        "official": False,  # its words are quoted by their places in the document that is kept with it
        "reviewed": False,
    }
    parts = [
        f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)}---",
        _guide(clauses, contradictions),
    ]
    section = None
    for clause in clauses:
        if clause.section != section:
            section = clause.section
            parts.append(f"## {section}")
        parts.append(_written(clause))
    return Draft(
        source="\n\n".join(parts) + "\n",
        texts={clause.id: clause.text for clause in clauses},
        extracts={clause.id: clause.extracts for clause in clauses},
        unsure={clause.id: clause.proposal.unsure for clause in clauses if clause.proposal.unsure},
        contradictions=contradictions,
    )


def _clauses(found: Sequence[Provision], text: str, society: str, audience: Sequence[Party]) -> list[_Clause]:
    clauses: list[_Clause] = []
    used: set[str] = set()
    names = people(text)
    for provision in found:
        section = " / ".join(map(_heading, provision.section)) or _NO_HEADING
        lead = " ".join(text[one.start : one.end] for one in provision.lead)
        rule = text[provision.rule.start : provision.rule.end]
        proposal = propose(rule, lead, "\n".join(provision.section), audience)
        if provision.points_back and proposal.force is not Force.FACT and not proposal.unsure:
            proposal = Proposal(proposal.force, proposal.binds, _POINTS_BACK)
        own = " ".join(text[one.start : one.end] for one in provision.own)
        rest = own.replace(rule, "", 1)
        other = propose(rest, audience=audience).force
        differs = other is not Force.FACT and other.forbids != proposal.force.forbids
        if (differs or (proposal.force is Force.MAY and limited(rest))) and not proposal.unsure:
            proposal = Proposal(proposal.force, proposal.binds, _EXCEPTION)
        heading = _nameless(provision.section[-1], names) if provision.section else ""
        place = f"{society}/{_slug(heading, 3) or 'opening'}"
        name = _unique(place, _nameless(own, names), used)
        used.add(name)
        asks = asks_for(rule, proposal.force, "" if provision.heads else lead, sure=not proposal.unsure)
        extracts = tuple(Extract(one.start, one.end, section, one.page) for one in provision.stretches)
        clauses.append(_Clause(name, section, provision.words(text), rule, proposal, asks, extracts))
    return clauses


def _heading(heading: str) -> str:
    """As Markdown gives it back: marks that close a heading are no part of it."""
    return re.sub(r"(?:^|\s+)#+\s*$", "", heading).strip() or _NO_HEADING


def _unique(place: str, text: str, used: set[str]) -> str:
    """An id of telling words, with more of them where another clause has the same, and only then with a number."""
    for many in range(_SLUG_WORDS, _MORE_SLUG_WORDS + 1):
        name = f"{place}/{_slug(text, many) or 'clause'}"
        if name not in used:
            return name
    number = 2
    while f"{name}-{number}" in used:
        number += 1
    return f"{name}-{number}"


def _nameless(text: str, names: Sequence[str]) -> str:
    """The words of which an id may be made: nothing in their place tells of people."""
    return re.sub(r"\[(?:name|address)\]", " ", masked(text, names))


def slug(words: str) -> str:
    """Lower-case words joined by hyphens, as ids are made of; empty where there is no letter to make them of."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", words.casefold())).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _slug(text: str, most: int) -> str:
    words = slug(text).split("-")
    telling = [word for word in dict.fromkeys(words) if word not in _SMALL] or words
    return "-".join(telling[:most] if telling is not words else words[:_MORE_SLUG_WORDS])[:_LONGEST_SLUG].strip("-")


def _contradictions(clauses: Sequence[_Clause]) -> Iterator[Contradiction]:
    """Pairs of opposite force that share most of their telling words, looked for where they share a rare one."""
    telling = [frozenset(terms(clause.rule)) - _SMALL_TERMS for clause in clauses]
    holding: dict[str, list[int]] = {}
    for place, words in enumerate(telling):
        if clauses[place].proposal.force is not Force.FACT:
            for word in words:
                holding.setdefault(word, []).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holding.values():
        forbidding = [place for place in places if clauses[place].proposal.force.forbids]
        others = [place for place in places if not clauses[place].proposal.force.forbids]
        shared.update((min(a, b), max(a, b)) for a in forbidding for b in others)
    for (a, b), many in sorted(shared.items()):
        if many >= _ALIKE * len(telling[a] | telling[b]):
            yield Contradiction(clauses[a].id, clauses[b].id)


def _guide(clauses: Sequence[_Clause], contradictions: Sequence[Contradiction]) -> str:
    unsure = sum(bool(clause.proposal.unsure) for clause in clauses)
    lines = [
        "This file was made from a document by a program, and nobody has gone through it yet. It answers already, and "
        "says each time that it is not reviewed.",
        "To review it: read each clause beside the document; see that `force:` is as strong as the words and no "
        "stronger, and that `binds:` names those it speaks to; mend the asks, and add some in your people's words. "
        "Where a line `unsure:` says what the program doubts, settle it and take the line out: until then the clause "
        "informs, and gives neither yes nor no. At the end, take `reviewed: false` out of the lines above, see what "
        "`verse policies check` says of this file, and put it in force with `verse policies put-in-force`.",
        f"Clauses: {len(clauses)}. Unsure: {unsure}. Possible contradictions: {len(contradictions)}.",
    ]
    if contradictions:
        lines.append("These say the opposite in nearly the same words, and may contradict each other:")
        lines.append("\n".join(f"- {one.first} and {one.second}" for one in contradictions))
    return "\n\n".join(lines)


def _written(clause: _Clause) -> str:
    proposal = clause.proposal
    fields = [f"force: {proposal.force}", f"binds: {', '.join(proposal.binds)}"]
    if proposal.unsure:
        fields.append(f"unsure: {proposal.unsure}")
    parts = [f"### {clause.id}", "\n".join(fields), *map(_as_it_stands, clause.text.split("\n\n"))]
    if clause.asks:
        parts += ["Asks:", "\n".join(f"- {ask.verdict}: {ask.text}" for ask in clause.asks)]
    return "\n\n".join(parts)


def _as_it_stands(paragraph: str) -> str:
    """A paragraph that is read as these very words: between fences where Markdown, or the form, reads more in it."""
    body = f"## S\n\n### s/s/s\n\nforce: fact\nbinds: anyone\n\n{paragraph}\n\nAsks:\n\n- info: x"
    faults: list[policy_markdown.Fault] = []
    read = policy_markdown.clauses_in(body, "s", "s", Path(), 1, faults)
    if not faults and [(clause.text, len(clause.asks)) for clause in read] == [(paragraph, 1)]:
        return paragraph
    longest = max((len(ticks) for ticks in re.findall("`+", paragraph)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{paragraph}\n{fence}"
