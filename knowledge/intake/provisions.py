"""Cuts a document into provisions: each the smallest part that can be cited, with all that belongs to it.

A sentence with a rule of its own is one; what only explains it, or makes an exception to it, stays with it. An item of
a list is one together with the words that lead into it, a row of a table together with the row that heads it. A
heading is never one. The words of a provision are stretches of the document, so that they can be quoted as they stand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.intake.documents import Document, Kind
from knowledge.intake.forces import rules
from knowledge.intake.sentences import Sentence, Sentences, sentences

# Opens a sentence that makes an exception to the one before, or completes it, whatever rule it has of its own.
_QUALIFIES = re.compile(
    r"(?:however|unless|except\b|otherwise|(?:the|an|any) (?:only )?exceptions?|exceptions?\b|this (?:does"
    r"|do) not apply"
    r"|(?:this|the same) (?:also )?applies|if so|if not|in (?:such|these|those|that|this) (?:a )?cases?"
    r"|in such circumstances"
    r"|if (?:this|that|it) (?:is|does|has)|even then|nevertheless|even so)\b",
    re.IGNORECASE,
)
# Opens a sentence that, without a rule of its own, explains the one before.
_EXPLAINS = re.compile(
    r"(?:(?:this|that|these|those)(?! (?:polic|guid|document|rule|page|code|standard))|it|they|such"
    r"|for (?:example|instance)|examples?|e\.g|i\.e|that is|in other words|because|so"
    r"|here|there|then|doing so|instead|also|again|similarly|likewise|in particular|particularly|specifically"
    r"|remember"
    r"|as a result|therefore|thus|hence|equally|of course|in doing so|both|either|note|but|and|or|not all)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:(?:this|that|these|those)(?! (?:polic|guid|document|rule|page|code|standard))|it|they|such|he or she"
    r"|the above|both)"
    r"\b",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(
    r"\b(?:unless|except|if|when|where|provided|providing|either|(?:any|all|one"
    r"|some) of the following(?: conditions?)?)"
    r"(?: (?:that|and|or|it|they|the|you|is|are|in|for|apply|applies|met|true|cases|circumstances)){0,4}\W*$",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\b(?:for example|for instance|such as|e\.g\.|including|includes?)\W*$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\d+(?:\.\d+)+\.?|\d+[.)]|\((?:[a-z]|[ivx]+|\d+)\)|[a-z]\))(?: \||\t| )\s*(?=\S)", re.IGNORECASE
)
_NUMBER_CELL = re.compile(r"\d+(?:\.\d+)*\.? \| ")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document's text, from `start` up to `end`, on a page where it has pages."""

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision. `lead` are the stretches that lead into it, outermost first, `own` those that are its alone.

    `rule` is the sentence of its own that makes it what it is; `heads` says whether `lead` heads a table. `points_back`
    says that its first word points to what stands before it.
    """

    section: tuple[str, ...]
    lead: tuple[Stretch, ...]
    own: tuple[Stretch, ...]
    rule: Stretch
    kind: Kind
    heads: bool = False
    points_back: bool = False

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return self.lead + self.own

    def words(self, text: str) -> str:
        """Its words, taken from the document's text; the row that heads a table is a paragraph of its own."""
        lead, own = (" ".join(text[one.start : one.end] for one in some) for some in (self.lead, self.own))
        return ("\n\n" if self.heads else " ").join(filter(None, (lead, own)))


@dataclass(slots=True)
class _Open:
    """A provision to which sentences may still be added."""

    first: Sentence
    lead: tuple[Sentence, ...]
    own: list[Sentence]
    rule: Sentence


def provisions(document: Document) -> list[Provision]:
    """Every provision of a document, in order."""
    return provisions_in(sentences(document))


def provisions_in(read: Sentences) -> list[Provision]:
    """The provisions made of the sentences that were kept of a document."""
    by_number = {one.number: one for one in read.kept}
    leading = {one.lead for one in read.kept if one.lead is not None}
    found: list[_Open] = []
    asked: Sentence | None = None
    for one in read.kept:
        if one.number in leading and not _listed_as_one(one, by_number):
            continue  # it comes with each of its items
        # Only the first sentence of an item goes on from the words before the list.
        lead = () if one.number > 1 and by_number[one.number - 1].block == one.block else _lead(one, by_number)
        last = found[-1] if found else None
        if asked is not None and asked.section == one.section and one.kind is Kind.PARAGRAPH:
            lead = (*lead, asked)
        asked = one if one.text.endswith("?") and one.kind is Kind.PARAGRAPH and not lead else None
        if last is not None and _belongs(one, last, by_number):
            last.own.append(one)
            # A verb below "You will be dismissed if you:" is no order.
            below = one.lead is not None and one.lead != last.first.lead
            if not rules(last.rule.text) and rules(one.text) and not below:
                last.rule = one
        elif asked is None or _is_last_of_its_section(one, read.kept):
            found.append(_Open(one, lead, [one], one))
    return [_closed(one) for one in found]


def _lead(one: Sentence, by_number: dict[int, Sentence]) -> tuple[Sentence, ...]:
    """The sentences that lead into it, outermost first."""
    lead: list[Sentence] = []
    number = one.lead
    while number is not None:
        lead.insert(0, by_number[number])
        number = by_number[number].lead
    return tuple(lead)


def _listed_as_one(one: Sentence, by_number: dict[int, Sentence]) -> bool:
    """Whether a list, or what is below it, states conditions of one rule: such a list is never cut."""
    while True:
        if _CONDITIONS.search(one.text) and one.kind is not Kind.ROW:
            return True
        if _EXAMPLES.search(one.text) and one.kind is Kind.ITEM:
            return True
        if one.lead is None:
            return False
        one = by_number[one.lead]


def _belongs(one: Sentence, last: _Open, by_number: dict[int, Sentence]) -> bool:
    """Whether a sentence completes, qualifies or explains the provision before it."""
    if one.lead is not None and _listed_as_one(by_number[one.lead], by_number):
        return True
    if Kind.ROW in (one.kind, last.first.kind) or one.section != last.first.section:
        return False
    same_block = one.block == last.own[-1].block
    if _QUALIFIES.match(one.text) and one.kind is not Kind.ITEM:
        return same_block or one.block == last.own[-1].block + 1
    if not same_block:
        return False
    return _QUALIFIES.match(one.text) is not None or (_EXPLAINS.match(one.text) is not None and not rules(one.text))


def _is_last_of_its_section(one: Sentence, kept: Sequence[Sentence]) -> bool:
    """Whether nothing follows that could answer it."""
    return (
        one.number == len(kept)
        or kept[one.number].section != one.section
        or kept[one.number].kind is not Kind.PARAGRAPH
    )


def _closed(one: _Open) -> Provision:
    return Provision(
        section=one.first.section,
        lead=_stretches(one.lead),
        own=_stretches(one.own),
        rule=_stretches([one.rule])[0],
        kind=one.first.kind,
        heads=bool(one.lead) and one.lead[-1].kind is Kind.ROW,
        points_back=_POINTS_BACK.match(one.first.text) is not None and not one.lead,
    )


def _stretches(some: Sequence[Sentence]) -> tuple[Stretch, ...]:
    """The places of sentences, neighbours of one block as one stretch, without the number that opens a block."""
    found: list[Stretch] = []
    last: Sentence | None = None
    for one in some:
        if last is not None and last.block == one.block and last.number + 1 == one.number:
            found[-1] = Stretch(found[-1].start, one.end, found[-1].page)
        else:
            number = (_NUMBER_CELL if one.kind is Kind.ROW else _NUMBER).match(one.text)
            found.append(Stretch(one.start + (number.end() if number else 0), one.end, one.page))
        last = one
    return tuple(found)
