"""The form in which an asker sees what would go to the office, leaves out what need not, and sends it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from adapters.chat import wording_of_forms as wording
from adapters.chat.buttons import pressable
from adapters.chat.cutting import length, shortened
from adapters.chat.fields import LONGEST_GIVEN, Choice, Form, FormPart, Given, OneOf, Row, Ticked, Written
from adapters.chat.kept import keeping
from adapters.chat.pieces import clean, quoted, said
from bot import wording_of_queries
from bot.acts import LeaveUnsent, Send
from bot.dossiers import POST
from bot.following import LONGEST_LINE
from bot.replies import Previewed
from bot.tickets import Part

_SHORT = 1_000  # characters of each part that are shown where all of them are too long for a modal
_LONGEST_ID, _LONGEST_LABEL = 200, 200  # characters of a part's id, and of its heading
_NAMED, _UNNAMED, _ALONG = "named", "unnamed", "along"


def send_form(reply: Previewed, conversation: str, card: str, fits: Callable[[Form], bool]) -> tuple[Form, bool] | None:
    """The form for what would go, and whether all of that is shown in full. None where it is too much for a form (it
    does not `fit`): it is then sent or left as it is."""
    sends = {one.act.named: one.label for one in reply.buttons if isinstance(one.act, Send)}
    ids = tuple(part.id for part in reply.parts if part.can_go)
    if not sends or len(set(ids)) < len(ids) or any(length(name) > _LONGEST_ID for name in ids):
        return None
    for most in (None, _SHORT):
        posts = [part.text for part in reply.parts if _can_be_trimmed(part, most)]
        act, seen = Send(reply.exchange, named=False), _told_apart(posts[0]) if posts else ""
        kept = keeping(conversation, card, act, parts=ids, seen=seen)
        form = Form(wording.SEND_TITLE, wording.SEND, wording_of_queries.LEAVE, _parts(reply, sends, most), kept)
        if fits(form):
            return form, most is None
    return None


def sent_so(act: Send, parts: Sequence[str], seen: str, given: Given) -> Send:
    """The act with what was given: only the parts that are ticked go along, and of the post, where its words could be
    taken out (`seen` stands for them), what is left of them."""
    send_as = given.choice("send_as", wording.CHOOSE_NAME)
    post = given.words(_field(POST), LONGEST_GIVEN) if seen else ""
    ticked_ones = [name for name in parts if _ALONG in given.choices(_field(name))]
    along = {*ticked_ones, *([POST] if post else [])}
    left_out = tuple(name for name in parts if name not in along)
    shortened = post if post and _told_apart(post) != seen else ""
    return Send(act.exchange, send_as == _NAMED, left_out, given.words("line", LONGEST_LINE), shortened)


def _parts(reply: Previewed, sends: Mapping[bool, str], most: int | None) -> tuple[FormPart, ...]:
    others = tuple(pressable(one) for one in reply.buttons if not isinstance(one.act, Send | LeaveUnsent))
    names = tuple(Choice(_NAMED if named else _UNNAMED, label) for named, label in sends.items())
    return (
        *([said(wording.SHORTENED)] if most else []),
        said(reply.opening),
        *([Row(others)] if others else []),
        *(shown for part in reply.parts for shown in _part(part, most)),
        Written("line", wording.A_LINE, hint=wording.A_LINE_HINT, most=LONGEST_LINE, optional=True),
        OneOf("send_as", wording.SEND_AS, names),
        said(reply.remarks),
    )


def _part(part: Part, most: int | None) -> list[FormPart]:
    """A part of what would go; where it can be left out, with a box that is ticked at first."""
    heading = shortened(clean(part.heading).strip(), _LONGEST_LABEL) or wording.SEND_ALONG
    text = shortened(part.text, most) if most else part.text
    if _can_be_trimmed(part, most):
        return [Written(_field(part.id), heading, hint=wording.TRIM_POST_HINT, before=text, optional=True)]
    if not part.can_go:
        return [said(heading, bold=True), quoted(text)]
    return [Ticked(_field(part.id), heading, Choice(_ALONG, wording.SEND_ALONG), before=True), quoted(text)]


def _can_be_trimmed(part: Part, most: int | None) -> bool:
    """Whether a part is the post, and a field holds all of it."""
    return part.id == POST and part.can_go and 0 < length(clean(part.text).strip()) <= (most or LONGEST_GIVEN)


def _told_apart(text: str) -> str:
    """A short mark of a text, another for other words; how they are spaced makes none."""
    return sha256(" ".join(clean(text).split()).encode()).hexdigest()[:16]


def _field(part: str) -> str:
    return f"part:{part}"
