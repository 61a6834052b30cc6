"""Where what was pressed belongs, and what it comes to there. Pure."""

from dataclasses import dataclass, replace

from adapters.chat.placing import name_of, shown_first
from adapters.chat.pressing import Becomes, Does, Pressed
from adapters.slack.framing import kept_of
from adapters.slack.inbound import Pushed
from adapters.slack.origin import Origin
from adapters.slack.places import Place
from adapters.workspace import Workspace
from bot.acts import Act, Say


@dataclass(frozen=True, slots=True)
class Placed:
    """What a press comes to. With `asks` a form opens that asks for what the act still needs; with `opens` a modal
    opens and waits; `over` is the id of the modal that either belongs on top of."""

    act: Act
    conversation: str
    origin: Origin
    asks: bool = False
    opens: bool = False
    over: str = ""


def placed(push: Pushed, what: Pressed, workspace: Workspace, card: str) -> Placed:
    """What a press comes to. `card` is the ticket on whose card at a desk it was; in a modal the conversation is the
    one that this keeps, as yet unseen whose it is.

    Raises:
        ValueError: it was in a modal that is none of ours.
    """
    act, form = shown_first(what.act)
    asks = what.does is Does.FORM
    if push.view is not None:
        return _in_view(push, push.view, act, form, asks)
    opens = what.does is Does.OPENS
    origin = Origin(
        url=push.url,
        ts=push.ts,
        replaces=what.does is Does.STEP,
        view=push.key if opens else "",
        form=form if opens else None,
        in_thread=bool(push.thread),
        card=card,
    )
    return Placed(act, _place(push, act, workspace).conversation, origin, asks, opens)


def kept_place(conversation: str, user: str) -> Place | None:
    """The place that a modal keeps, as far as it can be whoever acts in it: what it keeps comes through their client.

    None where it is somebody else's, or a channel's. Of a thread of direct messages nothing in its name says whose it
    is, so that this has to be looked up. It is never for everybody to see.
    """
    try:
        place = Place.of(conversation)
    except ValueError:
        return None
    if place.person not in ("", user) or (place.channel[0] in "UW" and place.channel != user):
        return None
    return replace(place, openly=False) if place.person or place.direct else None


def own_place(user: str, key: str) -> Place:
    """The place of a modal that somebody opened, by the key of the event."""
    return Place(user, name_of(key))


def _in_view(push: Pushed, view: dict[str, object], act: Act, form: Becomes | None, asks: bool) -> Placed:
    """In a modal the answer takes the place of what it shows; from Home everything opens one."""
    if view.get("type") == "home":
        place = own_place(push.who.user, push.key)
        return Placed(act, place.conversation, Origin(view=push.key, form=form), asks, opens=not asks)
    kept, shown, over = kept_of(view), view.get("external_id"), str(view.get("id") or "")
    waits = isinstance(shown, str) and bool(shown)  # a form that is to be submitted does not: it stays beneath
    origin = Origin(view=str(shown) if waits else push.key, form=form, card=kept.card)
    conversation = kept.conversation or own_place(push.who.user, push.key).conversation
    return Placed(act, conversation, origin, asks, opens=not asks and not waits, over=over)


def _place(push: Pushed, act: Act, workspace: Workspace) -> Place:
    """Where a press in a message belongs. What the button says of that comes through the client of whoever pressed."""
    user, root, named = push.who.user, push.thread or push.ts, push.place
    if push.channel[0] == "D":
        owner = "" if push.ts else user
        fits = named is not None and named.person == owner and not named.openly
        return named if named is not None and fits else Place(push.channel, root, "" if root else user)
    channel = Place(push.channel).conversation
    if named is None or (workspace.is_desk(channel) and push.ts):
        return Place(push.channel, root, user)
    goes_on = named.openly and named.person == user and isinstance(act, Say) and workspace.is_open(channel)
    return named if goes_on else replace(named, person=user, openly=False)
