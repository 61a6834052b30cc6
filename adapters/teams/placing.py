"""Where what was pressed belongs, and what it comes to there. Pure."""

from dataclasses import dataclass

from adapters.chat.kept import Kept
from adapters.chat.placing import name_of, shown_first
from adapters.chat.pressing import Does, Pressed
from adapters.teams.inbound import Pushed
from adapters.teams.origin import Origin, Waits
from adapters.teams.places import Place
from adapters.teams.references import Scope
from adapters.teams.whereabouts import Who
from bot.acts import Act, Say


@dataclass(frozen=True, slots=True)
class Placed:
    """What a press comes to. With `asks` a form opens that asks for what the act still needs."""

    act: Act
    conversation: str
    origin: Origin
    asks: bool = False


def placed(push: Pushed, what: Pressed, card: str, at_desk: bool) -> Placed:
    """What a press in a message comes to. `card` is the ticket on whose card at a desk it was."""
    opens = push.opens and what.does in (Does.OPENS, Does.FORM)
    act, becomes = shown_first(what.act)
    replaces = what.does is Does.STEP
    waits = Waits.DIALOG if opens else Waits.CARD if push.waits and (replaces or card) else Waits.NOTHING
    origin = Origin(
        invoke=push.key if waits else "",
        waits=waits,
        activity=push.activity,
        replaces=replaces,
        becomes=becomes if opens else None,
        card=card,
    )
    asks = opens and what.does is Does.FORM
    return Placed(act, _place(push, what.act, at_desk).conversation, origin, asks)


def placed_in_dialog(what: Pressed, kept: Kept, who: Who, key: str) -> Placed:
    """What a press in a dialog comes to: the answer takes the place of what that shows. It belongs where the dialog
    says, if that is theirs who pressed."""
    act, becomes = shown_first(what.act)
    origin = Origin(invoke=key, waits=Waits.DIALOG, becomes=becomes, card=kept.card)
    return Placed(act, kept_place(kept.conversation, who, key).conversation, origin, asks=what.does is Does.FORM)


def kept_place(conversation: str, who: Who, key: str) -> Place:
    """The place that a dialog keeps, as far as it is that of whoever acts in it: what it keeps comes through their
    client. A place of their own where it is somebody else's, or a channel's; it is never for everybody to see."""
    return Place.of(conversation).alone if whose(conversation) == who.person else own_place(who, key)


def whose(conversation: str) -> str:
    """What stands for the person whom a conversation is with; empty where it is none of Teams."""
    try:
        place = Place.of(conversation)
    except ValueError:
        return ""
    return place.person or place.channel


def own_place(who: Who, key: str) -> Place:
    """The place of a dialog that somebody opened, by the key of the event."""
    return Place(who.person, name_of(key))


def _place(push: Pushed, act: Act, at_desk: bool) -> Place:
    """Where a press in a message belongs: a question goes on before everybody who saw it; whatever else is pressed is
    between the bot and them. Of what came too late for a dialog, the button says to which of theirs it belongs."""
    if push.chat.scope is not Scope.PERSONAL:
        return push.chat.place(push.who) if isinstance(act, Say) and not at_desk else push.who.own
    try:
        named = Place.of(push.place)
    except ValueError:
        return push.who.own
    return named if named.channel == push.who.person and not named.person else push.who.own
