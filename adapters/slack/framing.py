"""The frame of a modal: its title, what it keeps while it is open, and how much it holds. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from adapters.slack import wording_of_views as wording
from adapters.slack.blocks import filled, numbered
from adapters.slack.outgoing import Block, View
from adapters.slack.splitting import within
from adapters.storage.carried import act_from_json, act_to_json
from bot.acts import Act

CALLBACK = "verse"  # the callback id of every modal of ours
MOST_BLOCKS = 100
LONGEST_LABEL = 24  # characters of a title and of what submits or closes
DIVIDER: Block = {"type": "divider"}
_LARGEST = 240_000  # bytes of a view as JSON; Slack takes 250 kB
_LONGEST_KEPT = 3_000  # characters of private metadata


@dataclass(frozen=True, slots=True)
class Kept:
    """What a modal keeps from when it opens until it is submitted: ids and versions, and nothing that anybody wrote.

    `conversation` is where what comes of it belongs, and `card` the ticket on whose card it was opened. `act` is what
    submitting it does, without its words; None where there is nothing to submit. `parts` are those that can be left
    out, and `seen` stands for the words that were shown to be confirmed. A form that `stays` is kept open beneath what
    it is answered with; modals stand at most three deep, so that few do.
    """

    conversation: str
    card: str = ""
    act: dict[str, Any] | None = None
    parts: tuple[str, ...] = ()
    seen: str = ""
    stays: bool = False

    @classmethod
    def of(cls, view: dict[str, Any]) -> "Kept":
        """What a modal of ours kept, from the `view` of a payload.

        Raises:
            ValueError: it is none of ours.
        """
        if not isinstance(view, dict) or view.get("callback_id") != CALLBACK:
            raise ValueError("no modal of ours")
        try:
            return _KEPT.validate_json(view.get("private_metadata") or "")
        except (ValidationError, TypeError) as error:
            raise ValueError("no modal of ours") from error

    def does(self) -> Act:
        """What submitting it does, without its words.

        Raises:
            ValueError: nothing, or nothing that is known here.
        """
        if self.act is None:
            raise ValueError("there is nothing to submit")
        return act_from_json(self.act)

    def as_text(self) -> str:
        """The same as JSON.

        Raises:
            ValueError: it is longer than a modal keeps.
        """
        if not self.fits:
            raise ValueError("longer than a modal keeps")
        return _KEPT.dump_json(self, exclude_defaults=True).decode()

    @property
    def fits(self) -> bool:
        """Whether a modal can keep it."""
        return len(_KEPT.dump_json(self, exclude_defaults=True)) <= _LONGEST_KEPT


_KEPT: TypeAdapter[Kept] = TypeAdapter(Kept)


def keeping(
    conversation: str, card: str, act: Act, *, parts: tuple[str, ...] = (), seen: str = "", stays: bool = False
) -> Kept:
    """What a form keeps; its act has to be without words."""
    return Kept(conversation, card, act_to_json(act), parts, seen, stays)


def modal(
    blocks: Sequence[Block],
    kept: Kept,
    *,
    title: str = wording.TITLE,
    submit: str = "",
    close: str = wording.CLOSE,
    external_id: str = "",
    closes_all: bool = False,
) -> View:
    """A modal. `closes_all` closes those beneath it as well when it is closed.

    Raises:
        ValueError: it would keep more than a modal does.
    """
    view: View = {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": labelled(title),
        "close": labelled(close),
        "blocks": list(blocks),
        "private_metadata": kept.as_text(),
    }
    if submit:
        view["submit"] = labelled(submit)
    if external_id:
        view["external_id"] = external_id
    if closes_all:
        view["clear_on_close"] = True
    return view


def loading_view(external_id: str) -> View:
    """A modal that is opened at once, and becomes what is asked for: that has the same external id."""
    blocks = [{"type": "context", "elements": [labelled(wording.MOMENT)]}]
    return modal(blocks, Kept(""), external_id=external_id)


def labelled(text: str) -> dict[str, Any]:
    """A text that is shown as it stands."""
    return {"type": "plain_text", "text": text, "emoji": False}


def tidy(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that show something, none too long, with all that can be pressed in them told apart."""
    found: list[Block] = []
    for block in blocks:
        if block["type"] in ("rich_text", "context"):
            found += filled(*within(block))
        else:
            found.append(block)
    return numbered(found)


def fits(blocks: Sequence[Block]) -> bool:
    """Whether a view holds these blocks beside its frame."""
    return 0 < len(blocks) <= MOST_BLOCKS and size(blocks) <= _LARGEST - _LONGEST_KEPT - 1_000


def size(blocks: Sequence[Block]) -> int:
    """How many bytes blocks take as JSON."""
    return len(json.dumps(list(blocks)))
