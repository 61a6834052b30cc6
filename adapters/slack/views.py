"""Replies as modals: each as a whole, in place, to its end; and those that become a form. Pure."""

from dataclasses import dataclass

from adapters.chat.kept import Kept
from adapters.chat.layout import Group
from adapters.chat.shown_as_form import fitting, form_of, gives_back, without_trimming
from adapters.slack import wording_of_views as wording
from adapters.slack.blocks import numbered
from adapters.slack.body import blocks_of, groups_of
from adapters.slack.forms import fits_modal, view_of
from adapters.slack.framing import fits, modal
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Block, View
from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class Modal:
    """A reply as a modal. Where it does not hold the `whole` of it, it says that all comes as a direct message."""

    view: View
    whole: bool = True


def modal_of(reply: Reply, origin: Origin, conversation: str) -> Modal:
    """A reply as the modal that waits for it at its origin, as a form where it asks for something that is written. What
    is pressed in it is answered in its place, and belongs into the conversation."""
    made = form_of(reply, origin.form, conversation, origin.card, fits_modal)
    if made is None:
        return _shown(reply, origin, conversation)
    form, whole = made
    return Modal(view_of(form, origin.view), whole)


def _shown(reply: Reply, origin: Origin, conversation: str) -> Modal:
    """The reply as it is, with its buttons; what does not fit is left to a direct message."""
    groups, whole = fitting(without_trimming(reply, groups_of(reply)), _fit, wording.CONTINUED)
    # Words that are given back stay in the form beneath; after anything else that has done its work.
    kept, closes_all = Kept(conversation, origin.card), not gives_back(reply)
    return Modal(modal(_blocks(groups), kept, external_id=origin.view, closes_all=closes_all), whole)


def _fit(groups: list[Group]) -> bool:
    return fits(_blocks(groups))


def _blocks(groups: list[Group]) -> list[Block]:
    """The blocks of groups with their buttons."""
    return numbered([block for group in groups for block in blocks_of(group)])
