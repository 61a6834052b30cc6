"""What comes back when something is sent off or pressed in a dialog. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.chat import forms
from adapters.chat.fields import Form, Given
from adapters.chat.kept import Kept
from adapters.chat.pieces import rich, section, words
from adapters.chat.pressing import Does, Pressed
from adapters.teams import wording_of_dialogs as wording
from adapters.teams.carried_form import filled, form_from, labels_of
from adapters.teams.dialogs import ACT, DOES, FORM, KEPT, NONCE, dialog_of_form, dialog_of_words
from adapters.teams.elements import Element, shown
from adapters.teams.inbound import act_in
from adapters.teams.inputs import given_in
from adapters.teams.outgoing import Dialog
from adapters.teams.places import account_of
from bot.acts import Act


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a form was submitted for. `conversation` is where what comes of it belongs, and `card` the ticket on whose
    card it was opened; `nonce` tells the dialog from others. `again` is the form with all that was given in it, for
    where the bot cannot take that; None where it is too long to have come along."""

    act: Act
    conversation: str
    card: str
    nonce: str
    again: Dialog | None


@dataclass(frozen=True, slots=True)
class PressedInDialog:
    """A button in a dialog, with what that keeps."""

    what: Pressed
    kept: Kept
    nonce: str


@dataclass(frozen=True, slots=True)
class Faults:
    """A form that cannot be taken as it is: the same dialog, with what is wrong above and all that was given. The bot
    is told nothing of it."""

    dialog: Dialog


def read_submission(data: Mapping[str, Any]) -> Submitted | PressedInDialog | Faults:
    """What the data of a press in a dialog means.

    Raises:
        ValueError: it is none of ours, or of an older version.
    """
    kept, nonce = Kept.of(_text_in(data, KEPT)), _text_in(data, NONCE)
    if DOES in data:
        return PressedInDialog(Pressed(Does(_text_in(data, DOES)), act_in(data.get(ACT))), kept, nonce)
    given = given_in(data)
    read = forms.submitted(kept, given, lambda person: account_of(person, person))
    form = _form_in(data, kept)
    if isinstance(read, forms.Faults):
        return Faults(_mended(form, given, read.by_field, nonce))
    again = dialog_of_form(filled(form, given), nonce) if form is not None else None
    return Submitted(read.act, read.conversation, read.card, nonce, again)


def _text_in(data: Mapping[str, Any], name: str) -> str:
    text = data.get(name)
    if not isinstance(text, str):
        raise ValueError(f"no {name} of ours")
    return text


def _form_in(data: Mapping[str, Any], kept: Kept) -> Form | None:
    """The form that was filled in; None where it did not come along, being too long."""
    try:
        return form_from(_text_in(data, FORM), kept)
    except ValueError:
        return None


def _mended(form: Form | None, given: Given, faults: Mapping[str, str], nonce: str) -> Dialog:
    """The form with what was given, below what is wrong with that; where it cannot be, the words that were given."""
    labels = labels_of(form) if form else {}
    lines = [wording.fault(labels[name], told) if name in labels else f"• {told}" for name, told in faults.items()]
    above = _in_a_box("\n".join(lines))
    if form is None:  # what is chosen comes back as one word, which says nothing to anybody
        return dialog_of_words(above, "\n".join(one for one in given.typed.values() if " " in one.strip()))
    return dialog_of_form(filled(form, given), nonce, above)


def _in_a_box(lines: str) -> list[Element]:
    told = rich(section(words(wording.MEND, bold=True)), section(words(lines)))
    return [{"type": "Container", "style": "attention", "items": shown(told)}]
