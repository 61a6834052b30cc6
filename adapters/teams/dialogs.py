"""Forms and replies as dialogs: each as a whole, in place, to its end. Pure."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from adapters.chat import layout
from adapters.chat.buttons import Pressable, label_of
from adapters.chat.fields import Divider, Form, FormPart, Row
from adapters.chat.forms import form_for
from adapters.chat.kept import Kept
from adapters.chat.layout import Group
from adapters.chat.pieces import Rich, Small, quoted, said
from adapters.chat.shown_as_form import fitting, form_of, gives_back, without_trimming
from adapters.teams import carried_form
from adapters.teams import wording_of_dialogs as wording
from adapters.teams.actions import LONGEST_LABEL, Action, carried_by_card, fits_on_button, rows
from adapters.teams.elements import Element, card_of, shown, size
from adapters.teams.inputs import elements_of_field
from adapters.teams.invoke_answers import Body, opens
from adapters.teams.origin import Origin
from adapters.teams.outgoing import Card, Dialog
from bot.acts import Act, HandOver
from bot.replies import Listed, Reply, Told

# What comes back with a press in a dialog besides what was given.
KEPT, NONCE, FORM, DOES, ACT = "kept", "nonce", "form", "does", "act"
_LARGEST = 70_000  # bytes of a card as JSON
_LONGEST_KEPT = 3_000  # characters
_LONGEST_DATA = 16_000  # bytes of what comes back with a press that sends a form, but for what was given
_GIVEN_BACK = "given_back"  # the id of the element that says why something was not taken


def form_dialog(act: Act, conversation: str, nonce: str, card: str = "") -> Dialog:
    """The form that asks for what an act still needs. What comes of it belongs into this conversation; `nonce` tells
    this dialog from others, and `card` is the ticket on whose card at a desk it was asked for.

    Raises:
        ValueError: there is none for this act, which is carried out as it is; or it is too long for a dialog.
    """
    form = form_for(act, conversation, card)
    if not fits_dialog(form):
        raise ValueError("longer than a dialog holds")
    return dialog_of_form(form, nonce)


def dialog_of_form(form: Form, nonce: str, above: Sequence[Element] = ()) -> Dialog:
    """A form as a dialog; with `above` over all that it asks."""
    data = {KEPT: form.kept.as_text(), NONCE: nonce}
    carried = data | {FORM: carried_form.as_text(form)}
    fits = len(json.dumps(carried)) <= _LONGEST_DATA
    submit = {
        "type": "Action.Submit",
        "title": label_of(form.submit, LONGEST_LABEL),
        "style": "positive",
        "data": carried if fits else data,
    }
    body = [*above, *_elements(form.parts, form.kept, nonce)]
    return Dialog(form.title, _card(body) | {"actions": [submit]})


def fits_dialog(form: Form) -> bool:
    """Whether a dialog holds a form, and what it keeps."""
    if len(form.kept.as_text()) > _LONGEST_KEPT:
        return False
    return size(dialog_of_form(form, "").card) <= _LARGEST


def dialog_of(reply: Reply, origin: Origin, conversation: str) -> tuple[Dialog, bool]:
    """A reply as the dialog that waits for it at its origin, and whether that holds all of it: as a form where it asks
    for something that is written. What is pressed in it is answered in its place, and belongs into the conversation."""
    made = form_of(reply, origin.becomes, conversation, origin.card, fits_dialog)
    if made is not None:
        return dialog_of_form(made[0], origin.invoke), made[1]
    kept, above = Kept(conversation, origin.card), _given_back(reply)
    rest = replace(reply, text="") if above and isinstance(reply, Told) else reply

    def card_of_groups(groups: list[Group]) -> Card:
        return _card([*above, *(element for one in groups for element in _of_group(one, kept, origin.invoke))])

    def fits(groups: list[Group]) -> bool:
        return size(card_of_groups(groups)) <= _LARGEST

    found = without_trimming(reply, layout.groups_of(rest, fits_on_button))
    groups, whole = fitting(found, fits, wording.CONTINUED)
    card = card_of_groups(groups)
    return Dialog(_title_of(reply), card if card["body"] else _card(shown(said(wording.NOTHING)))), whole


def dialog_of_words(above: Sequence[Element], words: str) -> Dialog:
    """Words that somebody filled in, to be copied, where their form cannot be shown again; with `above` over them."""
    return Dialog(wording.TITLE, _card([*above, *shown(said(wording.WROTE), quoted(words))]))


def over_form(body: Body, again: Dialog | None) -> Body:
    """What a form is answered with: where that gives back what was written, the form as it was filled in, `again`, and
    above it what is said of that, with what can be pressed about it; anything else as it is."""
    shows = body.get("task", {}).get("value")
    if again is None or not isinstance(shows, Mapping):
        return body
    first, *others = shows["card"]["content"]["body"]
    if first.get("id") != _GIVEN_BACK:
        return body
    above = [first, *(one for one in others if one["type"] == "ActionSet")]
    return opens(replace(again, card=again.card | {"body": [*above, *again.card["body"]]}))


def _title_of(reply: Reply) -> str:
    entries = reply.entries if isinstance(reply, Listed) else ()
    hands_over = any(isinstance(button.act, HandOver) for one in entries for button in one.buttons)
    return wording.HAND_OVER if hands_over else wording.TITLE


def _given_back(reply: Reply) -> list[Element]:
    """What is said of words that are given back, as one element."""
    if not isinstance(reply, Told) or not gives_back(reply) or not reply.text.strip():
        return []
    return [{"type": "Container", "id": _GIVEN_BACK, "style": "attention", "items": shown(said(reply.text))}]


def _elements(parts: Sequence[FormPart], kept: Kept, nonce: str) -> list[Element]:
    elements: list[Element] = []
    divided = False
    for part in parts:
        found = _of_part(part, kept, nonce)
        if divided and found:
            found[0] = found[0] | {"separator": True, "spacing": "large"}
        divided = isinstance(part, Divider) or (divided and not found)
        elements += found
    return elements


def _of_part(part: FormPart, kept: Kept, nonce: str) -> list[Element]:
    match part:
        case Rich() | Small():
            return shown(part)
        case Row():
            return _row(part.buttons, kept, nonce)
        case Divider():
            return []
        case _:
            return elements_of_field(part)


def _of_group(group: Group, kept: Kept, nonce: str) -> list[Element]:
    return [*shown(*group.pieces), *(element for row in group.rows for element in _row(row, kept, nonce))]


def _row(offered: Sequence[Pressable], kept: Kept, nonce: str) -> list[Element]:
    return rows(offered, _pressing(kept, nonce))


def _pressing(kept: Kept, nonce: str) -> Callable[[Pressable], Action]:
    """What makes the action of a button in a dialog, which takes nothing along that was filled in."""

    def action_of(one: Pressable) -> Action:
        data = {DOES: str(one.does), ACT: carried_by_card(one.act), KEPT: kept.as_text(), NONCE: nonce}
        return {"type": "Action.Submit", "title": one.label, "data": data, "associatedInputs": "none"}

    return action_of


def _card(body: list[Element]) -> Card:
    return card_of(body, wording.OLD_CLIENT)
