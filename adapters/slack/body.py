"""What a reply says in Slack, as blocks in groups that belong together, with what can be pressed below each. Pure."""

from adapters.chat import layout
from adapters.chat import wording_of_messages as wording_of_chat
from adapters.chat.buttons import Pressable
from adapters.chat.layout import Group
from adapters.chat.pressing import Does
from adapters.slack import wording_of_messages as wording
from adapters.slack.blocks import shown
from adapters.slack.buttons import actions, fits_on_button
from adapters.slack.outgoing import Block
from adapters.slack.places import Place
from bot import desk_words
from bot.acts import Escalate, Rate, ShareAnswer, ShowContext
from bot.replies import Answered, Concluded, NotAnswered, Reply, Ruled
from bot.sharing_answers import SHARED


def groups_of(reply: Reply, place: Place | None = None, at_desk: bool = False) -> list[Group]:
    """All of a reply, in order. In a place where it is seen by one person alone, an answer can be shared from there;
    `at_desk` the help tells staff what they can type."""
    help_lines = (wording_of_chat.help_of_desk(desk_words.GROUPS),) if at_desk else wording.HELP_HERE
    return layout.groups_of(reply, fits_on_button, help_lines, _sharing(reply, place))


def blocks_of(group: Group, who: str = "") -> list[Block]:
    """The blocks of a group with its buttons below it; their ids are still alike."""
    return [*shown(*group.pieces), *(block for row in group.rows for block in actions(row, who))]


def _sharing(reply: Reply, place: Place | None) -> tuple[Pressable, ...]:
    """What shows an answer to everybody who reads where it was asked for."""
    if place is None or not place.alone or not isinstance(reply, Answered | NotAnswered | Ruled | Concluded):
        return ()
    if isinstance(reply, NotAnswered) and reply.reason not in SHARED:
        return ()
    acts = (button.act for button in reply.buttons)
    exchange = next((act.exchange for act in acts if isinstance(act, Escalate | Rate | ShowContext)), "")
    share = ShareAnswer(exchange, place.everybody.conversation)
    return (Pressable(wording.SHARE, share, Does.ACT),) if exchange else ()
