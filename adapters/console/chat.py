"""The whole bot in one terminal: its asker's side, and the desk for those on the staff list."""

import re
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TextIO, TypeVar

from adapters.chat.acts_to_fill import asks_when_pressed, lacks_words
from adapters.console import asking
from adapters.console import wording_of_terminal as wording
from adapters.console.layout import in_lines, numbered
from adapters.console.lines import LEAVING, Lines
from adapters.console.payload import Arrival, Press, ShownCard
from adapters.console.talk import DESK, Talk
from adapters.console.trimming import Trimming
from bot import desk_words
from bot import wording as bot_wording
from bot.acts import Act, AnswerQuery, ApproveRequest, ShowQueue, ShowTicket, WithdrawRuling
from bot.messages import Message
from bot.people import Person
from knowledge.clauses import Party

Got = TypeVar("Got")
_LONGEST_NUMBER = 9  # digits
_TO_DESK = ("desk", "switch to the desk", "go to the desk", "the desk", "to the desk")
_BACK = ("back", "leave the desk", "leave desk", "switch back", "back to the asker")


@dataclass(frozen=True, slots=True)
class Chatter:
    """Who is at a terminal, and as what. `office` is who is named where the bot itself fails."""

    name: str
    society: str | None
    role: Party | None
    office: str

    @property
    def account(self) -> str:
        return account_of(self.name)


def account_of(name: str) -> str:
    """The account of whoever goes by this name at a terminal."""
    return f"console:{name}"


def chat(talk: Talk, who: Chatter, source: TextIO, out: TextIO) -> None:
    """A conversation, line by line, until the source ends or somebody says quit. Reads a terminal or a pipe."""
    Chat(talk, who, Lines(source, out)).run()


class _Side(Enum):
    """Which of the two sides somebody sits at."""

    ASKER = "> "
    DESK = "desk> "


@dataclass(slots=True)
class _Shown:
    """What one side has before it: the options and buttons that its numbers stand for."""

    conversation: str
    options: int = 0
    buttons: list[Press] = field(default_factory=list)
    passing: bool = False  # whether they stand only until there is something else to choose from


class Chat:
    """A conversation, line by line, until the source ends or somebody says quit."""

    def __init__(self, talk: Talk, who: Chatter, lines: Lines) -> None:
        self._talk, self._who, self._lines = talk, who, lines
        here = uuid.uuid4().hex[:12]
        self._side = _Side.ASKER
        self._sides = {
            _Side.ASKER: _Shown(f"{who.account}:{here}"),
            _Side.DESK: _Shown(f"{who.account}:{DESK}-{here}"),
        }
        self._cards: dict[str, ShownCard] = {}
        self._typed: dict[str, AnswerQuery] = {}  # by ticket, so that what cannot be a ruling yet is not typed twice
        self._trimming = Trimming()
        self._announced = 0  # how many are known to wait on the other side
        self._at = ""  # the society at whose desk this is; "" where it may be several

    def run(self) -> None:
        """Reads, answers and shows, to the end."""
        self._lines.write(bot_wording.welcome())
        if self._desks():
            self._tell(wording.ON_THE_LIST)
        if self._waiting(_Side.ASKER):
            self._tell(wording.AWAY)
        self._show()
        while (line := self._lines.read(self._side.value)) is not None:
            if line.strip().casefold() in LEAVING:
                break
            self._take(line.strip())
            self._show()
        self._lines.write(bot_wording.goodbye())

    @property
    def _shown(self) -> _Shown:
        return self._sides[self._side]

    def _take(self, line: str) -> None:
        plain = line.casefold().rstrip(".!")
        trimmed = self._trimming.take(line) if self._side is _Side.ASKER else None
        if not line:
            return
        if trimmed is not None:
            self._tell(f"{trimmed}\n{self._numbers(self._shown.buttons, self._shown.options + 1)}")
        elif plain in _TO_DESK and self._side is _Side.ASKER:
            self._to_desk()
        elif plain in _BACK and self._side is _Side.DESK:
            self._sit(_Side.ASKER)
            self._tell(wording.AS_ASKER)
        elif plain.isdecimal() and len(plain) < _LONGEST_NUMBER and self._takes_number(int(plain)):
            return
        elif self._side is _Side.ASKER:
            self._send(line)
        else:
            self._take_at_desk(line)

    def _takes_number(self, number: int) -> bool:
        """Whether a number is taken care of here: what is pressed, or that there is no such number."""
        shown = self._shown
        if number in range(shown.options + 1, shown.options + len(shown.buttons) + 1):
            pressed = shown.buttons[number - shown.options - 1].act
            self._do(pressed, asks_when_pressed(pressed))
            return True
        if number <= shown.options or not (shown.buttons or self._side is _Side.DESK):
            return False
        self._tell(wording.no_such_number(shown.options + len(shown.buttons)))
        return True

    def _sit(self, side: _Side) -> None:
        """Goes over to a side; what was to be pressed there before is no longer in sight."""
        self._side = side
        self._shown.buttons = []

    def _to_desk(self) -> None:
        desks = self._desks()
        if desks is None:
            return
        if not desks:
            self._tell(wording.not_on_the_list(self._who.account, self._who.society))
            return
        self._sit(_Side.DESK)
        own = self._who.society or ""
        self._at = own if own in desks else desks[0] if len(desks) == 1 else ""
        self._tell(wording.AT_DESK)
        self._do(ShowQueue())

    def _desks(self) -> Sequence[str] | None:
        """The societies at whose desks this person may act; None where that cannot be told."""
        return self._reached(lambda: self._talk.desks(self._who.account), None)

    def _take_at_desk(self, line: str) -> None:
        if line.casefold() in ("help", "?"):
            self._tell(wording.desk_help(desk_words.GROUPS))
            return
        act = desk_words.act_from(line)
        if act is None:
            self._tell(wording.no_line(desk_words.typed_as(line)))
            return
        if isinstance(act, AnswerQuery | ApproveRequest) and act.ticket not in self._cards:
            self._do(ShowTicket(act.ticket))  # nobody answers what they have not seen
            self._show()
            if act.ticket not in self._cards:
                return
        self._do(self._as_shown(act), isinstance(act, ApproveRequest) and lacks_words(act))

    def _as_shown(self, act: Act) -> Act:
        """A typed act on a query in the version that was shown, so that what has moved on since is noticed; a request
        is approved as it is proposed there, where nothing else is typed."""
        if isinstance(act, ApproveRequest):
            pressed = (one.act for one in self._shown.buttons if isinstance(one.act, ApproveRequest))
            there = next((one for one in pressed if one.ticket == act.ticket), act)
            act = replace(act, handle=act.handle or there.handle, platform=act.platform or there.platform)
        if isinstance(act, asking.ON_A_CARD):
            card = self._cards.get(act.ticket)
            return replace(act, version=card.version) if card else act
        return act

    def _do(self, act: Act, asks: bool = False) -> None:
        """Carries an act out, once all is said that it needs; with `asks`, somebody looks over what it has first."""
        if isinstance(act, asking.OF_A_DESK):
            self._at = act.society or self._at
            act = replace(act, society=self._at)
        card = self._cards.get(act.ticket) if isinstance(act, AnswerQuery) else None
        before = self._typed.get(act.ticket) if isinstance(act, AnswerQuery) else None
        ruling = act.ruling if isinstance(act, WithdrawRuling) else ""
        there = not ruling or self._reached(lambda: self._talk.has_ruling(ruling), True)
        complete = asking.complete(act, self._ask, self._choose, card, self._at, before, asks) if there else act
        if complete is None:
            self._tell(wording.LEFT)
        else:
            if isinstance(complete, AnswerQuery) and complete.ruling and not complete.confirmed:
                self._typed[complete.ticket] = complete
            self._send("", self._trimming.applied(complete))

    def _send(self, text: str, act: Act | None = None) -> None:
        """Hands words or an act to the bot."""
        who, shown = self._who, self._shown
        shown.passing = True
        self._trimming.rest()
        message = Message(shown.conversation, text, who.society, who.role, Person(who.account, who.name), act)
        self._reached(lambda: self._talk.say(message), None)

    def _reached(self, call: Callable[[], Got], otherwise: Got) -> Got:
        """What a call of the bot gives. The bot is never silent, whatever broke."""
        try:
            return call()
        except Exception as error:
            reference = uuid.uuid4().hex[:8]
            print(f"{reference}: {type(error).__name__} while answering", file=sys.stderr)
            self._tell(bot_wording.broken(reference, self._who.office))
            return otherwise

    def _tell(self, text: str) -> None:
        """Says something of the terminal's own, in lines that fit."""
        self._lines.show(in_lines(text))

    def _waiting(self, side: _Side) -> int:
        return self._reached(lambda: self._talk.waiting(side is _Side.DESK), 0)

    def _show(self) -> None:
        """Shows what has come for this side, and says how much waits on the other."""
        while (arrival := self._reached(lambda: self._talk.arrived(self._side is _Side.DESK), None)) is not None:
            self._show_one(arrival)
            self._lines.flush()
            self._reached(self._talk.shown, None)
        other = _Side.DESK if self._side is _Side.ASKER else _Side.ASKER
        many = self._waiting(other)
        if many > self._announced:
            told = wording.waits_at_desk if other is _Side.DESK else wording.waits_for_asker
            self._tell(told(many))
        self._announced = many

    def _show_one(self, arrival: Arrival) -> None:
        shown = self._shown
        if shown.passing and (arrival.options or any(buttons for _, buttons in arrival.blocks)):
            shown.options, shown.buttons, shown.passing = 0, [], False
        if arrival.options and not shown.buttons:
            shown.options = arrival.options
        if arrival.card:
            self._cards[arrival.card.ticket] = arrival.card
        if arrival.preview:
            self._trimming.show(arrival.preview)
        if arrival.repeat:
            self._tell(bot_wording.repeated())
        for text, buttons in arrival.blocks:
            numbers = self._numbers(buttons, shown.options + len(shown.buttons) + 1)
            shown.buttons += buttons
            self._lines.show(
                "\n".join(filter(None, [text, numbers])) if len(arrival.blocks) > 1 else _apart(text, numbers)
            )

    def _numbers(self, buttons: Sequence[Press], first: int) -> str:
        return numbered([button.label for button in buttons], first) if buttons else ""

    def _ask(self, question: str) -> str:
        """What is typed in answer to a question of the terminal's own; "" where nothing is."""
        self._tell(question)
        return (self._lines.read(self._side.value) or "").strip()

    def _choose(self, question: str, options: Sequence[str]) -> int:
        """The number of the option that is chosen, by its number or some of its words; 0 where that is left."""
        listed = "\n".join(f"  {number}. {option}" for number, option in enumerate(options, 1))
        said = self._ask(f"{question}\n{listed}")
        while said:
            if said.isdecimal() and said.isascii() and 0 < int(said[:_LONGEST_NUMBER]) <= len(options):
                return int(said)
            meant = [number for number, option in enumerate(options, 1) if _words(said) <= _words(option)]
            if len(meant) == 1:
                return meant[0]
            said = self._ask(wording.please_choose(len(options)))
        return 0


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _apart(text: str, numbers: str) -> str:
    return "\n\n".join(filter(None, [text, numbers]))
