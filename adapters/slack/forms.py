"""Forms as modals, and what comes back when one is submitted. Pure."""

from dataclasses import replace
from typing import Any

from adapters.chat import forms
from adapters.chat.fields import Divider, Form, FormPart, Row
from adapters.chat.forms import Faults, Submitted
from adapters.chat.pieces import Rich, Small
from adapters.slack.blocks import numbered, shown
from adapters.slack.buttons import actions
from adapters.slack.framing import DIVIDER, fits, keeps, kept_of, loading_view, modal
from adapters.slack.inputs import blocks_of_field, given_in
from adapters.slack.outgoing import Block, View
from adapters.slack.places import account_of


def view_of(form: Form, external_id: str = "") -> View:
    """A form as a modal.

    Raises:
        ValueError: it would keep more than a modal does.
    """
    return modal(
        _blocks(form), form.kept, title=form.title, submit=form.submit, close=form.close, external_id=external_id
    )


def fits_modal(form: Form) -> bool:
    """Whether a modal holds a form, and what it keeps."""
    return fits(_blocks(form)) and keeps(form.kept)


def submitted(view: dict[str, Any]) -> Submitted | Faults:
    """What a form was submitted for, from the `view` of the payload, or what is wrong with what was given in it.

    Raises:
        ValueError: it is none of ours.
    """
    read = forms.submitted(kept_of(view), given_in(view), account_of)
    if isinstance(read, Submitted) and not _can_stay(view):
        return replace(read, keeps_form=False)
    return read


def acknowledgement(read: Submitted | Faults, external_id: str) -> dict[str, Any]:
    """What Slack is told at once of a form that was submitted: what is wrong with it, or to wait in a modal of this
    external id."""
    if isinstance(read, Faults):
        return {"response_action": "errors", "errors": read.by_field}
    return {"response_action": "push" if read.keeps_form else "update", "view": loading_view(external_id)}


def _can_stay(view: dict[str, Any]) -> bool:
    """Whether a view can be put on top of this one: Slack shows three at most."""
    return view.get("previous_view_id") in (None, "", view.get("root_view_id"))


def _blocks(form: Form) -> list[Block]:
    return numbered([block for part in form.parts for block in _blocks_of_part(part)])


def _blocks_of_part(part: FormPart) -> list[Block]:
    match part:
        case Rich() | Small():
            return shown(part)
        case Row():
            return actions(part.buttons)
        case Divider():
            return [DIVIDER]
        case _:
            return blocks_of_field(part)
