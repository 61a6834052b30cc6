"""What a reply says, in groups of pieces that belong together, with what can be pressed below each. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from adapters.chat import wording_of_messages as wording
from adapters.chat.buttons import Pressable, Style, in_one_line, pressables, steps
from adapters.chat.card_layout import buttons_of_card, pieces_of_card
from adapters.chat.lessons import buttons_of_lesson, pieces_of_lesson
from adapters.chat.pieces import Piece, clean, context, filled, preformatted, quoted, rich, said, section, words
from adapters.chat.pressing import Does
from adapters.chat.quoting import citation, citations, led, opening, paragraph, part, ruling, ruling_beside
from bot import wording_of_flows, wording_of_posts
from bot.acts import Escalate, Say
from bot.replies import (
    HELP,
    OWN,
    Answered,
    Asked,
    Button,
    Card,
    Checked,
    Concluded,
    Entry,
    FollowUp,
    Guided,
    Lesson,
    Listed,
    Mail,
    NotAnswered,
    Overview,
    Previewed,
    Reply,
    Ruled,
    Said,
    Told,
)
from bot.telling import follow_up_of
from bot.tickets import What

Fits = Callable[[str], bool]

_MOST_FINDINGS = 20  # shown; the rest is counted


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces that belong together, and rows of what can be pressed below them."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Pressable, ...], ...] = ()


def groups_of(
    reply: Reply, fits: Fits, help_lines: Sequence[str] = (), also: tuple[Pressable, ...] = ()
) -> list[Group]:
    """All of a reply, in order. `fits` says whether a button shows the whole of a label; `help_lines` are what can be
    done on the platform besides, said below the help, and `also` are buttons that the platform adds."""
    match reply:
        case Listed():
            return _listed(reply)
        case Overview():
            return _overview(reply)
        case _:
            rows = tuple(filter(None, [_options(reply), (*_buttons(reply), *also)]))
            shown = [tuple(pieces) for group in _said(reply, fits) if (pieces := filled(*group))] or [()]
            if isinstance(reply, Told) and reply.about == HELP:
                shown += [(context(line),) for line in help_lines]
            return [*map(Group, shown[:-1]), Group(shown[-1], rows)]


def options_in_words(reply: Reply) -> str:
    """The options of a question back by number, as they are typed; empty where nothing is asked."""
    asked = follow_up_of(reply)
    return "\n".join(f"{number}. {clean(option)}" for number, option in enumerate(asked.options, 1)) if asked else ""


def is_for_all(reply: Reply) -> bool:
    """Whether a reply answers what was asked before everybody. What becomes of somebody's queries is theirs alone."""
    match reply:
        case Answered() | NotAnswered() | Ruled() | Asked() | Guided() | Concluded() | Checked():
            return True
        case Told():
            return bool(reply.citations) and not reply.ticket and reply.about != OWN
        case _:
            return False


def is_found_later(reply: Reply) -> bool:
    """Whether what a dialog shows is said in the chat as well, where it is found once that is closed: that a query was
    sent, with its number, the day by which to expect an answer, and what can be done about it."""
    return isinstance(reply, Told) and reply.about == What.SENT


def _said(reply: Reply, fits: Fits) -> list[Sequence[Piece]]:
    """What is said in a reply that is one text, in groups."""
    match reply:
        case Answered():
            told = [group for one in reply.paragraphs for group in paragraph(one)]
            beside = [ruling_beside(one) for one in reply.rulings]
            return [*told, *beside, [said(reply.next_step), *_question(reply.follow_up, fits)]]
        case NotAnswered():
            return [*paragraph(reply.paragraph), *(ruling_beside(one) for one in reply.rulings)]
        case Ruled():
            return [[*opening(reply.told), *ruling(reply.ruling)], *citations(reply.told.citations)]
        case Asked():
            return [_question(reply.follow_up, fits)]
        case Told():
            return [[said(reply.text), quoted(reply.words)], *citations(reply.citations)]
        case Guided():
            return _guided(reply, fits)
        case Concluded():
            return _concluded(reply)
        case Checked():
            return _checked(reply, fits)
        case Lesson():
            return pieces_of_lesson(reply, fits)
        case Previewed():
            return [[said(reply.opening)], *map(part, reply.parts), [said(reply.remarks)]]
        case Card():
            return pieces_of_card(reply)
        case Mail():
            return [[said(reply.subject, bold=True), said(reply.text)]]
        case Listed() | Overview():
            return []  # several things, each with what can be done about it
        case _:
            assert_never(reply)


def _guided(reply: Guided, fits: Fits) -> list[Sequence[Piece]]:
    """A step. A button changes an answer, so that the hint is for where there is none."""
    hint = "" if any(button.name == "change" for button in reply.buttons) else reply.hint
    told = " ".join(filter(None, [reply.told.opening, reply.told.remarks]))
    return [
        [said(reply.title, bold=True), said(told)],
        *citations(reply.told.citations),
        _answers(reply.said, hint),
        _question(reply.follow_up, fits),
    ]


def _concluded(reply: Concluded) -> list[Sequence[Piece]]:
    """The end of a flow: the ruling, a line to copy, how it was reached, and a text for the office."""
    copied = [said(wording_of_flows.TO_COPY), rich(preformatted(reply.copy))] if reply.copy else []
    reached = [context(reply.title), *_answers(reply.said, "")] if reply.said else []
    letter = [said(reply.next_step), rich(preformatted(reply.letter))]
    return [*paragraph(reply.told), copied, reached, letter]


def _answers(answers: Sequence[Said], hint: str) -> list[Piece]:
    if not answers:
        return []
    lines = [f"• {wording_of_flows.answered(one)}" for one in answers]
    return [said("\n".join(filter(None, [wording_of_flows.YOU_SAID, *lines, hint])))]


def _checked(reply: Checked, fits: Fits) -> list[Sequence[Piece]]:
    """Each finding with its place, and the clause under the first that rests on it."""
    draft = [said(wording_of_posts.MENDED), quoted(reply.draft.text)] if reply.mended else []
    groups: list[Sequence[Piece]] = [draft, [rich(led(reply.opening))]]
    shown: set[str] = set()
    for one in reply.findings[:_MOST_FINDINGS]:
        found = section(words(wording.finding(one), bold=True))
        pieces = [rich(found, section(words(wording_of_posts.found_in_words(one))), section(words(one.mend)))]
        clause = one.finding.clause
        groups.append(
            [*pieces, *([context(wording.cited(one.citation))] if clause in shown else citation(one.citation))]
        )
        shown.add(clause)
    more = len(reply.findings[_MOST_FINDINGS:])
    closing = [said(wording_of_posts.further_findings(more))] if more else []
    return [*groups, [*closing, said(reply.remarks)], _question(reply.follow_up, fits)]


def _question(follow_up: FollowUp | None, fits: Fits) -> list[Piece]:
    """A question back; with its options where not all of them can be read on the buttons."""
    if follow_up is None:
        return []
    whole = all(fits(in_one_line(option)) for option in follow_up.options)
    options = [] if whole else [f"{number}. {option}" for number, option in enumerate(follow_up.options, 1)]
    return [rich(section(words(follow_up.text, bold=True)), section(words("\n".join(options))))]


def _options(reply: Reply) -> tuple[Pressable, ...]:
    asked = reply.follow_up if isinstance(reply, Answered | Asked | Guided | Checked) else None
    return steps(asked) if asked else ()


def _buttons(reply: Reply) -> tuple[Pressable, ...]:
    match reply:
        case Card():
            return buttons_of_card(reply)
        case Previewed():
            trim = Pressable(wording.TRIM, Escalate(reply.exchange), Does.OPENS)
            found = pressables(reply.buttons)
            return (*found[:-1], trim, *found[-1:])  # to leave it stays last
        case Asked() | Mail() | Overview():
            return ()
        case Lesson():
            return buttons_of_lesson(reply)
        case Guided() | Checked():
            return _ways_on_last(pressables(reply.buttons, in_place=True))
        case Concluded():
            return _a_person_first(_ways_on_last(pressables(reply.buttons, in_place=True)))
        case Answered() | NotAnswered() | Ruled():
            return _a_person_first(_ways_on_last(pressables(reply.buttons)))
        case _:
            return pressables(reply.buttons)


def _ways_on_last(buttons: tuple[Pressable, ...]) -> tuple[Pressable, ...]:
    """The buttons, those last that go on in the conversation: what is about the answer stays together."""
    return tuple(sorted(buttons, key=lambda one: isinstance(one.act, Say)))


def _a_person_first(buttons: tuple[Pressable, ...]) -> tuple[Pressable, ...]:
    """The buttons, the first of which stands out where it has a person answer: it is first where the bot is unsure."""
    if not buttons or not isinstance(buttons[0].act, Escalate):
        return buttons
    return (replace(buttons[0], style=Style.PRIMARY), *buttons[1:])


def _listed(reply: Listed) -> list[Group]:
    heading = _group(said(reply.heading, bold=True))
    return [heading, *map(_entry, reply.entries), _group(said(reply.remarks), buttons=reply.buttons)]


def _entry(entry: Entry) -> Group:
    lines = section(words("\n".join(filter(None, entry.lines))))
    return _group(rich(section(words(entry.heading, bold=True)), lines), buttons=entry.buttons)


def _overview(reply: Overview) -> list[Group]:
    messages, desk = (_listed(one) if one else [] for one in (reply.messages, reply.desk))
    asks = [_group(said(wording.TO_BEGIN_WITH, bold=True), buttons=reply.suggestions)] if reply.suggestions else []
    return [_group(said(reply.opening)), *asks, _entry(reply.onboarding), *messages, *_listed(reply.queries), *desk]


def _group(*pieces: Piece, buttons: Sequence[Button] = ()) -> Group:
    row = pressables(buttons)
    return Group(tuple(filled(*pieces)), (row,) if row else ())
