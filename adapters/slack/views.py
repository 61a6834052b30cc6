"""Replies as modals: each as a whole, in place, to its end; and those that become a form. Pure."""

from dataclasses import dataclass, replace

from adapters.slack import wording_of_views as wording
from adapters.slack.answer_form import answer_again, answer_form, to_confirm
from adapters.slack.blocks import numbered, said
from adapters.slack.body import Group, blocks_of, groups_of
from adapters.slack.forms import form_for
from adapters.slack.framing import LONGEST_LABEL, MOST_BLOCKS, Kept, fits, modal, tidy
from adapters.slack.origin import Form, Origin
from adapters.slack.outgoing import Block, View
from adapters.slack.send_form import send_form
from adapters.slack.splitting import length
from bot.acts import AnswerQuery, AskBack, Close, Escalate
from bot.replies import Card, Listed, Previewed, Reply, Told

_AGAIN = "again"  # the name of a button that does what came second all the same


@dataclass(frozen=True, slots=True)
class Modal:
    """A reply as a modal. Where it does not hold the `whole` of it, it says that all comes as a direct message."""

    view: View
    whole: bool = True


def modal_of(reply: Reply, origin: Origin, conversation: str) -> Modal:
    """A reply as the modal that waits for it at its origin. What is pressed in it is answered in its place, and
    belongs into the conversation."""
    try:
        made = _form(reply, origin, conversation)
    except ValueError:  # it would keep more than a modal does
        made = None
    return made or _shown(reply, origin, conversation)


def _form(reply: Reply, origin: Origin, conversation: str) -> Modal | None:
    """The reply as a form, where it asks for something that is written."""
    match reply:
        case Previewed() if origin.form is Form.SEND:
            sent = send_form(reply, conversation, origin.card, origin.view)
            return Modal(*sent) if sent else None
        case Card() if origin.form is Form.ANSWER:
            view = answer_form(reply, conversation, origin.view)
        case Listed():
            view = _to_confirm(reply, origin, conversation)
        case Told():
            view = _again(reply, origin, conversation)
        case _:
            return None
    return Modal(view) if view and fits(view["blocks"]) else None


def _to_confirm(reply: Listed, origin: Origin, conversation: str) -> View | None:
    """What becomes a ruling, with what is to be thought of before."""
    asked = to_confirm(reply)
    if asked is None:
        return None
    act, entries = asked
    above = _whole(groups_of(replace(reply, entries=entries, buttons=())))
    return answer_again(act, above, conversation, origin.card, origin.view)


def _again(reply: Told, origin: Origin, conversation: str) -> View | None:
    """An act that came second, with its words, to be done all the same or changed."""
    button = next((one for one in reply.buttons if one.name == _AGAIN), None)
    if button is None:
        return None
    above, label = [said(reply.text)], button.label if length(button.label) <= LONGEST_LABEL else ""
    match button.act:
        case AnswerQuery() as act:
            return answer_again(act, above, conversation, origin.card, origin.view, label)
        case AskBack() | Close() as act:
            return form_for(act, conversation, origin.card, above=above, external_id=origin.view, submit=label)
        case _:
            return None


def _shown(reply: Reply, origin: Origin, conversation: str) -> Modal:
    """The reply as it is, with its buttons; what does not fit is left to a direct message."""
    blocks, whole = _fitting(_groups(reply))
    # Words that are given back stay in the form beneath; after anything else that has done its work.
    given_back = isinstance(reply, Told) and bool(reply.words)
    kept = Kept(conversation, origin.card)
    return Modal(modal(blocks, kept, external_id=origin.view, closes_all=not given_back), whole)


def _groups(reply: Reply) -> list[Group]:
    groups = groups_of(reply)
    if isinstance(reply, Previewed):  # it was too long for the form in which it is trimmed
        groups = [
            Group(
                one.blocks, tuple(tuple(each for each in row if not isinstance(each.act, Escalate)) for row in one.rows)
            )
            for one in groups
        ]
    return groups


def _fitting(groups: list[Group]) -> tuple[list[Block], bool]:
    """As many groups as a modal holds, and whether these are all. What is offered at the end is kept, if it can be."""
    whole = _whole(groups)
    if fits(whole):
        return whole, True
    continued, last = said(wording.CONTINUED), _whole([Group((), groups[-1].rows)])
    end = [continued, *(last if fits([continued, *last]) and len(last) < MOST_BLOCKS // 2 else [])]
    shown: list[Block] = []
    for group in groups:
        more = [*shown, *_whole([group])]
        if not fits([*more, *end]):
            break
        shown = more
    return numbered([*shown, *end]), False


def _whole(groups: list[Group]) -> list[Block]:
    """The blocks of groups with their buttons."""
    return tidy(block for group in groups for block in blocks_of(group))
