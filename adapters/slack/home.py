"""Somebody's Home tab: what they can ask, what became of their queries, and for staff what waits. Pure."""

from collections.abc import Sequence

from adapters.chat.buttons import pressable
from adapters.chat.pieces import clean, rich, said, section, words
from adapters.slack import wording_of_views as wording
from adapters.slack.blocks import numbered, shown
from adapters.slack.buttons import actions
from adapters.slack.framing import DIVIDER, fits, labelled
from adapters.slack.outgoing import Block, View
from adapters.slack.splitting import shortened
from bot.acts import Act, ShowMyQueries, ShowQueue, ShowRegister
from bot.replies import Button, Entry, Listed, Overview, Told
from bot.wording_of_register import SHOW_REGISTER

_ENTRIES = (10, 5, 2, 0)  # of each list: as many as Home holds
_MOST_BUTTONS = 25  # of each row
_LONGEST_HEADING, _LONGEST_LINE, _LONGEST_TEXT = 150, 1_000, 3_000  # characters


def home_of(reply: Overview | Told) -> View:
    """The Home tab; of a sentence, where that is all that somebody is told. A list is shortened where it is long, with
    a button that shows all of it."""
    if isinstance(reply, Told):
        told = [*_text(reply.text), *_text(reply.words)]
        blocks = next((found for found in (numbered([*told, *_row(reply.buttons)]), told) if fits(found)), [])
    else:
        overviews = (_overview(reply, most) for most in _ENTRIES)
        blocks = next((found for found in overviews if fits(found)), _text(reply.opening))
    return {"type": "home", "blocks": blocks or shown(said(wording.ASK_IN_WORDS))}


def _overview(reply: Overview, most: int) -> list[Block]:
    mine = _list(reply.queries, most, wording.NO_QUERIES, Button("my_queries", wording.ALL_MY_QUERIES, ShowMyQueries()))
    blocks = _text(reply.opening)
    if reply.suggestions:
        blocks += [*_heading(wording.ASK_ME), *_row(reply.suggestions), _small(wording.ASK_IN_WORDS)]
    blocks += [DIVIDER, *_heading(reply.onboarding.heading), *_entry_below_heading(reply.onboarding)]
    if reply.messages is not None:
        register = Button("register", SHOW_REGISTER, ShowRegister())
        blocks += [DIVIDER, *_list(reply.messages, most, "", register)]
    blocks += [DIVIDER, *mine]
    if reply.desk is not None:
        queue = Button("queue", wording.THE_WHOLE_QUEUE, ShowQueue())
        blocks += [DIVIDER, *_list(reply.desk, most, wording.NOTHING_WAITS, queue)]
    return numbered(blocks)


def _list(listed: Listed, most: int, empty: str, all_of_it: Button) -> list[Block]:
    """Several things below their heading; where there are none, what is said of that."""
    blocks = _heading(listed.heading)
    for entry in listed.entries[:most]:
        heading = words(shortened(entry.heading, _LONGEST_LINE), bold=True)
        blocks += [*shown(rich(section(heading, words(f"\n{_lines(entry)}")))), *_row(entry.buttons)]
    more = len(listed.entries) - most
    remarks = listed.remarks or ("" if listed.entries else empty)
    blocks += [_small(wording.and_more(more))] if more > 0 else []
    known: list[Act] = [button.act for button in listed.buttons]
    last = (all_of_it,) if more > 0 and all_of_it.act not in known else ()
    return [*blocks, *_text(remarks), *_row((*last, *listed.buttons))]


def _entry_below_heading(entry: Entry) -> list[Block]:
    return [*_text(_lines(entry)), *_row(entry.buttons)]


def _lines(entry: Entry) -> str:
    return shortened("\n".join(shortened(line, _LONGEST_LINE) for line in entry.lines if line), _LONGEST_TEXT)


def _heading(text: str) -> list[Block]:
    line = shortened(" ".join(clean(text).split()), _LONGEST_HEADING)
    return [{"type": "header", "text": labelled(line)}] if line else []


def _text(text: str) -> list[Block]:
    return shown(said(shortened(text, _LONGEST_TEXT)))


def _small(text: str) -> Block:
    return {"type": "context", "elements": [labelled(text)]}


def _row(buttons: Sequence[Button]) -> list[Block]:
    return actions([pressable(button) for button in buttons[:_MOST_BUTTONS]])
