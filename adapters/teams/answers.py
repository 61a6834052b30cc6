"""Answers as messages of text with Teams' own citations, and the sources in plain words below. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.chat.cutting import CUT, dealt, length, shortened, text_of
from adapters.chat.layout import Group
from adapters.chat.pieces import Piece, clean
from adapters.chat.quoting import citation, opening, ruling, ruling_beside
from adapters.chat.wording_of_messages import CHOOSE, source
from adapters.teams import markdown
from adapters.teams import wording_of_messages as wording
from adapters.teams.cards import cards_of
from adapters.teams.elements import cut
from adapters.teams.outgoing import Post, Source
from bot.replies import Answered, CitedRuling, Concluded, NotAnswered, Paragraph, Ruled
from bot.wording import quoted
from knowledge.answers import Citation

Answer = Answered | NotAnswered | Ruled | Concluded

_MOST_SOURCES, _LONGEST_NAME, _LONGEST_ABSTRACT = 20, 80, 160
_LONGEST_TEXT = 12_000  # characters of a message; what is escaped in it is at most five times as long
_MARK = " [{}]"  # Teams shows the source of that number there


@dataclass(frozen=True, slots=True)
class _Said:
    """Some text in markdown, what it says, and the numbers of the sources that it names."""

    text: str
    plain: str
    numbers: tuple[int, ...] = ()


class _Sources:
    """What an answer rests on, by the numbers in it: each clause and each ruling once, in order."""

    def __init__(self) -> None:
        self._known: list[Citation | CitedRuling] = []

    def numbers(self, *several: Citation | CitedRuling) -> tuple[int, ...]:
        for one in several:
            if one not in self._known:
                self._known.append(one)
        return tuple(self._known.index(one) + 1 for one in several)

    def of(self, numbers: Sequence[int]) -> tuple[Source, ...]:
        """As Teams shows them. It takes so many, and what is behind the others stands below in words all the same."""
        return tuple(_source(one, self._known[one - 1]) for one in sorted(set(numbers)) if one <= _MOST_SOURCES)


def posts_of_answer(reply: Answer, groups: Sequence[Group], who: str, options: str, rated: bool) -> tuple[Post, ...]:
    """An answer as messages of text, the buttons in a card below the last, which `who` may press. `rated` has Teams ask
    whether it helped."""
    sources = _Sources()
    rests_on = _numbers(reply, sources)
    units: list[list[list[_Said]]] = []
    for group in groups:
        units.append([])
        for piece in group.pieces:
            numbers = rests_on.pop(0)[1] if rests_on and rests_on[0][0] == piece else ()
            units[-1] += [[one] for one in _said(piece, numbers)]
    posts = [_post(several, sources) for several in dealt(units, _fits)]
    last = posts.pop() if posts else Post(CHOOSE)
    plain = f"{last.plain}\n{options}" if options else last.plain
    first, *more = cards_of([Group((), group.rows) for group in groups if group.rows], who) or (Post(""),)
    return (*posts, replace(last, plain=plain, card=first.card, feedback=rated), *more)


def _numbers(reply: Answer, sources: _Sources) -> list[tuple[Piece, tuple[int, ...]]]:
    """The pieces that end in the numbers of what they rest on, in order."""
    found: list[tuple[list[Piece], tuple[int, ...]]] = []

    def told(paragraph: Paragraph, above: tuple[CitedRuling, ...] = ()) -> None:
        found.append((opening(paragraph), sources.numbers(*above, *paragraph.citations)))
        found.extend((ruling(one), sources.numbers(one)) for one in above)
        found.extend((citation(one), sources.numbers(one)) for one in paragraph.citations)

    match reply:
        case Answered():
            for one in reply.paragraphs:
                told(one)
        case NotAnswered():
            told(reply.paragraph)
        case Ruled():
            told(reply.told, (reply.ruling,))
        case Concluded():
            told(reply.told)
    if isinstance(reply, Answered | NotAnswered):
        found += [(ruling_beside(one), sources.numbers(one)) for one in reply.rulings]
    return [(pieces[-1], numbers) for pieces, numbers in found if pieces]


def _said(piece: Piece, numbers: tuple[int, ...]) -> list[_Said]:
    """A piece in paragraphs; the last ends in the numbers of what it rests on."""
    said = [_Said(markdown.text_of(part), text_of([part])) for part in cut(piece)]
    marks = "".join(map(_MARK.format, dict.fromkeys(numbers)))
    return [*said[:-1], _Said(said[-1].text + marks, said[-1].plain, numbers)]


def _fits(several: Sequence[_Said]) -> bool:
    return sum(length(one.text) for one in several) <= _LONGEST_TEXT


def _post(several: Sequence[_Said], sources: _Sources) -> Post:
    numbers = [number for one in several for number in one.numbers]
    return Post(
        "\n".join(one.plain for one in several),
        text="\n\n".join(one.text for one in several),
        sources=sources.of(numbers),
    )


def _source(number: int, one: Citation | CitedRuling) -> Source:
    if isinstance(one, CitedRuling):
        name, words = source(one.source), one.words
    else:
        name, words = wording.name_of(one), quoted(one)
    return Source(number, shortened(_line(name), _LONGEST_NAME), shortened(_line(words), _LONGEST_ABSTRACT))


def _line(text: str) -> str:
    return " ".join(clean(text).split()) or CUT
