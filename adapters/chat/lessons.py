"""The steps of a checklist, in pieces. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from adapters.chat.buttons import Pressable, Style, in_one_line, pressables
from adapters.chat.pieces import Piece, Section, context, quote, rich, said, section, words
from adapters.chat.quoting import citations, opening
from adapters.chat.wording_of_messages import cited_together
from bot.replies import Lesson
from bot.wording import place_of, quoted
from bot.wording_of_lessons import INVENTED_POST, how_far, lines_of
from knowledge.answers import Citation

_QUESTION = re.compile(r"(?:^|(?<=[.!?:…”\n]\s))[^.!?:…”\n]+\?(?=\s|$)")
_MOST_APART = 6  # clauses that are quoted each with where it stands
_LENGTH = 10  # characters of the bar
_BEHIND, _AHEAD = "▰", "▱"


def pieces_of_lesson(reply: Lesson, fits: Callable[[str], bool]) -> list[Sequence[Piece]]:
    """A step in groups: what is said to the last answer, how far one is, the step with its clauses, the invented post,
    and last what is asked. `fits` says whether a button shows the whole of a label."""
    post = rich(section(words(INVENTED_POST, bold=True)), quote(reply.post)) if reply.post else rich()
    return [
        opening(reply.before),
        *citations(reply.before.citations),
        [said(reply.title, bold=True), context(_progress(reply.progress)), said(reply.told.opening)],
        *_clauses(reply.told.citations),
        [post, said("\n".join(lines_of(reply.said)))],
        [rich(_asked(reply.told.remarks), section(words("\n".join(_choices(reply, fits)))))],
    ]


def buttons_of_lesson(reply: Lesson) -> tuple[Pressable, ...]:
    """What can be pressed below a step. The first stands out, where it is not one of several that answer the same."""
    found = pressables(reply.buttons, in_place=True)
    alike = len(found) > 1 and type(found[0].act) is type(found[1].act)
    return found if alike or not found else (replace(found[0], style=Style.PRIMARY), *found[1:])


def _asked(text: str) -> Section:
    """What is asked, the last question of which stands out."""
    found = list(_QUESTION.finditer(text))
    start, end = found[-1].span() if found else (len(text), len(text))
    return section(words(text[:start]), words(text[start:end], bold=True), words(text[end:]))


def _clauses(several: Sequence[Citation]) -> list[Sequence[Piece]]:
    """Clauses; of many, those of a section together, and where they all come from said once."""
    if len(several) <= _MOST_APART:
        return [*citations(several)]
    sections: dict[str, list[Citation]] = {}
    for one in several:
        sections.setdefault(place_of(one), []).append(one)
    told = [
        [rich(section(words(place, bold=True)), *(quote(quoted(one)) for one in those))]
        for place, those in sections.items()
    ]
    return [*told, [context(source) for source in dict.fromkeys(map(cited_together, several))]]


def _progress(progress: str) -> str:
    far = how_far(progress, _LENGTH)
    return f"{_BEHIND * far[0]}{_AHEAD * far[1]}  {progress}" if far else progress


def _choices(reply: Lesson, fits: Callable[[str], bool]) -> list[str]:
    """The answers by number, as they are typed, where not all of them can be read on the buttons."""
    labels = [button.label for button in reply.buttons if type(button.act) is type(reply.buttons[0].act)]
    whole = all(fits(in_one_line(label)) for label in labels)
    return [] if whole else [f"{number}. {label}" for number, label in enumerate(labels, 1)]
