"""Modals that open by themselves, with nothing that the bot has to say first. Pure."""

from typing import Any

from adapters.chat import forms, wording_of_intake
from adapters.chat.kept import Kept
from adapters.slack import manifest
from adapters.slack import wording_of_slack as wording
from adapters.slack.forms import view_of
from adapters.slack.framing import CALLBACK, labelled, modal
from adapters.slack.inbound import Picked
from adapters.slack.outgoing import View
from adapters.slack.places import Place
from adapters.slack.placing import Placed


def form_of_press(come_to: Placed) -> View | None:
    """The form that asks for what an act still needs; None where it is carried out as it is."""
    if not come_to.asks:
        return None
    try:
        return view_of(forms.form_for(come_to.act, come_to.conversation, come_to.origin.card))
    except ValueError:
        return None


def form_of_shortcut(picked: Picked, place: Place) -> View | None:
    """The modal of a shortcut; None where it waits for what the bot says."""
    if picked.name == manifest.CHECK_POST:
        return check_form("", place)
    if picked.words:
        return None
    return modal([{"type": "section", "text": labelled(wording_of_intake.ONLY_WORDS)}], Kept(place.conversation))


def check_form(draft: str, place: Place) -> View:
    """The form for a draft that is to be checked."""
    return view_of(forms.check_form(draft, place.conversation))


def unread(view: dict[str, Any], place: Place) -> dict[str, Any]:
    """What Slack is told of a form that cannot be read: one of ours stays beneath the modal that says so, with all that
    was typed; any other is closed."""
    if view.get("callback_id") != CALLBACK:
        return {"response_action": "clear"}
    told = modal([{"type": "section", "text": labelled(wording.OLD_FORM)}], Kept(place.conversation))
    return {"response_action": "push", "view": told}
