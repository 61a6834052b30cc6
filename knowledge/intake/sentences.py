"""Cuts a document into sentences, each with the section that it stands in; what belongs to a website is left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.intake.documents import Block, Document, Kind
from knowledge.intake.forces import names_people

# A full stop, then what can open a sentence. "no. 5" has none; other abbreviations are told apart afterwards.
_BREAK = re.compile(r"(?<=[.!?])(?:(?<!\b[Nn]o\.)(?<!\b[Nn]os\.)|(?!\s+\d))[\"'’”)\]]*\s+(?=[\"'‘“(\[]*[A-Z0-9@#])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|viz|approx|para|paras|sec|art|fig|st|mr|mrs|ms|dr|prof|rev|ltd|inc|co|dept)"
    r"|\b[A-Z])\.$",
    re.IGNORECASE,
)
_LONGEST_LABEL, _LONGEST_FRAGMENT = 5, 6  # words
_LABEL = re.compile(
    r"(?!(?:The|An?|Our|Your|This|These)\b)([^.:?!@]{2,60}?)(?:\.|(?::|\s[–—-])(?=(?:\s+\S+){6}))\s+(?=[\"'‘“(\[]*[A-Z0-9])"
)
# What opens as a label does and says for whom, or when, all that follows it holds: without it that would say more.
_SCOPE = re.compile(r"([^.:?!@]{2,60}?)(?:\.|:|\s[–—-])\s+(?=[\"'‘“(\[]*[A-Z0-9])")
_LIMITING = re.compile(
    r"\b(?:only|except|excluding|unless|if|when|whenever|where|until|till|while|once|provided|without|for)\b"
    r"(?! example| instance)",
    re.IGNORECASE,
)
# Words that make a sentence of what is otherwise as short as a label.
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|don['’]t|did|can|may|must|shall|should|will|would|never|always|please"
    r"|no|not|if|we|you|they|it|remember|think|avoid|use|keep|check|ask|stop|post|share"
    r"|respect|protect|tell|read|write|say|speak|hide|show|give|take|make|get|let|add|send)\b",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"\b(?:must|shall|should|may|never|not permitted|not allowed|required|do not|don['’]t)\b", re.IGNORECASE
)
_OF_THE_SITE = re.compile(
    r"(?:members?['’]? (?:area|login)|(?:corporate |our )?sponsors?(?:hip)?|(?:latest|other|recent) news(?: items)?"
    r"|news|related (?:links|pages|content|articles)|share(?: this(?: page)?)?|follow us|quick links|site ?map|menu"
    r"|navigation|breadcrumbs?|on this page|table of contents|contents)",
    re.IGNORECASE,
)
_SITE_LINE = re.compile(
    r"[»›]|\b(?:read more|back to top|skip to (?:main )?content|print this page|all rights reserved|cookies? settings"
    r"|development site)\b|^©|^page \d+(?: of \d+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one item or row where these hold none, at `start` up to `end` of its document's text.

    `section` are the headings above it, outermost first, the document's title not among them; a label that opens its
    paragraph ("Privacy. Do not ...") is the last. `lead` is the number of the sentence that leads into the list.
    """

    number: int
    text: str
    start: int
    end: int
    section: tuple[str, ...]
    block: int
    kind: Kind
    level: int = 0
    page: int | None = None
    lead: int | None = None

    @property
    def announces(self) -> bool:
        """Whether a list should follow it."""
        return self.text.endswith(":")


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a document says, in order, its title, and what was left out as belonging to the website."""

    title: str
    kept: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]


def sentences(document: Document) -> Sentences:
    """The sentences of a document. Those that are kept are numbered from 1; those left out bear 0."""
    title = _title(document)
    path: list[tuple[int, str]] = []
    kept: list[Sentence] = []
    left_out: list[Sentence] = []
    open_ended = False
    leads: dict[int, int] = {}  # by depth of the list, the number of the sentence that leads into it
    for place, (block, start) in enumerate(zip(document.blocks, document.starts, strict=True)):
        if block.kind is Kind.HEADING:
            path = [(level, text) for level, text in path if level < block.level]
            if block.text != title:
                path.append((block.level, block.text))
            leads = {}
            continue
        depth = block.level if block.kind in (Kind.ITEM, Kind.ROW) else 0
        leads = {deep: number for deep, number in leads.items() if deep <= depth and depth}
        section = tuple(text for _, text in path)
        for one in _cut(block, start, section, place):
            if _belongs_to_site(one, section):
                left_out.append(one)
                continue
            kept.append(replace(one, number=len(kept) + 1, lead=leads[max(leads)] if leads else None))
            open_ended = block.kind is Kind.ROW or not re.search(r"[.!?][\"'’”)\]]*$", one.text)
        if kept and kept[-1].block == place and open_ended:
            leads[depth + 1] = len(kept)
    return Sentences(title, tuple(kept), tuple(left_out))


def _title(document: Document) -> str:
    """The one heading of the first level, if there is just one; else none of them is the title."""
    first = [block.text for block in document.blocks if block.kind is Kind.HEADING and block.level == 1]
    return first[0] if len(first) == 1 else ""


def _cut(block: Block, start: int, section: tuple[str, ...], place: int) -> Iterator[Sentence]:
    """The sentences of one block, a label at its head made a part of the section."""
    begin = 0
    limits = _limits(block)
    label = _LABEL.match(block.text) if block.kind in (Kind.PARAGRAPH, Kind.ITEM) and not limits else None
    abbreviated = label and _ABBREVIATED.search(label[0].rstrip())  # "Dr. Example will ..."
    if label and len(label[1].split()) <= _LONGEST_LABEL and not _VERB.search(label[1]) and not abbreviated:
        section, begin = (*section, label[1].strip()), label.end()
    whole = Sentence(0, "", start, start, section, place, block.kind, block.level, block.page)
    if block.kind is Kind.ROW or limits:
        yield replace(whole, text=block.text, end=start + len(block.text))
        return
    ends = [match.start() for match in _BREAK.finditer(block.text, begin)]
    for end in [*ends, len(block.text)]:
        said = block.text[begin:end]
        if end < len(block.text) and _ABBREVIATED.search(said):
            continue
        rest = len(block.text) if end == len(block.text) else _BREAK.match(block.text, end).end()  # type: ignore[union-attr]
        closing = block.text[end:rest].rstrip()  # a quotation mark after the full stop
        said += closing
        if said.strip():
            indent = len(said) - len(said.lstrip())
            first = start + begin + indent
            yield replace(whole, text=said.strip(), start=first, end=first + len(said.strip()))
        begin = rest


def _limits(block: Block) -> bool:
    """Whether a block opens with a few words that limit the rest ("Trustees only:"): it is then one sentence."""
    scope = _SCOPE.match(block.text) if block.kind in (Kind.PARAGRAPH, Kind.ITEM) else None
    if scope is None or len(scope[1].split()) > _LONGEST_LABEL or _ABBREVIATED.search(scope[0].rstrip()):
        return False
    limiting = _LIMITING.search(scope[1])
    if limiting or _VERB.search(scope[1]):
        return limiting is not None and (limiting.start() == 0 or not _VERB.search(scope[1]))
    return names_people(scope[1])


def _belongs_to_site(sentence: Sentence, headings: Sequence[str]) -> bool:
    """Whether it is navigation, news or sponsors: what a copied page brings along. A label is no heading of a site."""
    if _SITE_LINE.search(sentence.text) or any(_OF_THE_SITE.fullmatch(heading.strip(" :")) for heading in headings):
        return not _RULES.search(sentence.text)
    bare = sentence.kind is Kind.PARAGRAPH and not re.search(r"[.!?:;,@][\"'’”)\]]*$|:|@", sentence.text)
    return bare and len(sentence.text.split()) <= _LONGEST_FRAGMENT and not _VERB.search(sentence.text)
