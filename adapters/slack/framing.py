"""The frame of a modal: its title, what it keeps while it is open, and how much it holds. Pure."""

import json
from collections.abc import Sequence
from typing import Any

from adapters.chat.kept import Kept
from adapters.slack import wording_of_views as wording
from adapters.slack.outgoing import Block, View

CALLBACK = "verse"  # the callback id of every modal of ours
MOST_BLOCKS = 100
DIVIDER: Block = {"type": "divider"}
_LARGEST = 240_000  # bytes of a view as JSON; Slack takes 250 kB
_LONGEST_KEPT = 3_000  # characters of private metadata


def kept_of(view: dict[str, Any]) -> Kept:
    """What a modal of ours kept, from the `view` of a payload.

    Raises:
        ValueError: it is none of ours.
    """
    if not isinstance(view, dict) or view.get("callback_id") != CALLBACK:
        raise ValueError("no modal of ours")
    return Kept.of(view.get("private_metadata") or "")


def keeps(kept: Kept) -> bool:
    """Whether a modal can keep it. Modals stand at most three deep, so that few forms stay beneath others."""
    return len(kept.as_text().encode()) <= _LONGEST_KEPT


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
    if not keeps(kept):
        raise ValueError("longer than a modal keeps")
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


def fits(blocks: Sequence[Block]) -> bool:
    """Whether a view holds these blocks beside its frame."""
    return 0 < len(blocks) <= MOST_BLOCKS and size(blocks) <= _LARGEST - _LONGEST_KEPT - 1_000


def size(blocks: Sequence[Block]) -> int:
    """How many bytes blocks take as JSON."""
    return len(json.dumps(list(blocks)))
