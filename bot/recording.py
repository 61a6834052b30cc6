"""What is kept of a message and of what was said to it, and which of its replies bears the buttons. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.acts import PassOn
from bot.exchanges import Ending, Exchange
from bot.messages import Message
from bot.ports import Turn
from bot.posts_in_messages import is_like_a_post, with_post
from bot.posts_left_out import question_apart
from bot.replies import Answered, Asked, Button, Checked, Concluded, Guided, NotAnswered, Reply, Ruled, Said, Told
from bot.routing import Route, Way
from bot.telling import cited_in, in_full
from knowledge.clauses import Verdict

_ASKING = (Ending.GUIDED, Ending.ASKED, Verdict.DEPENDS)  # endings with which the bot asked something back
_LONGEST_RESPONSE = 12  # words of what can be a response to that
_RULING = Ruled | Answered | NotAnswered | Concluded | Guided | Checked


def recorded(
    message: Message,
    turn: Turn,
    replies: Sequence[Reply],
    said: Sequence[Said],
    at: datetime,
    question: str = "",
    pasted: bool = False,
) -> Exchange:
    """The exchange that these replies to a message make, still without an id. `said` is what was answered in a flow
    that it belongs to, or chosen; `question` is what `question_before` gives, and `pasted` says that the message is a
    post and nothing else."""
    main = _main(replies)
    return Exchange(
        id="",
        conversation=message.conversation,
        person=message.person,
        society=turn.society,
        role=turn.role,
        at=at,
        asked=message.text,
        told="\n\n".join(in_full(reply) for reply in replies),
        ending=ending_of(replies),
        clauses=tuple(dict.fromkeys(citation.clause for reply in replies for citation in cited_in(reply))),
        said=tuple((one.ask, one.label) for one in said),
        post=_post(message.text, turn, main, pasted),
        confidence=_confidence(main),
        ruling=main.ruling.id if isinstance(main, Ruled) else "",
        question=question,
        main=in_full(main) if len(replies) > 1 and isinstance(main, _RULING) else "",
    )


def is_pasted(text: str, taken: Route, before: Turn | None, after: Turn) -> bool:
    """Whether a message is like a post, and was taken for what it says of the flow that was open."""
    in_flow = before is not None and before.guided and after.guided and before.about == after.about
    in_words = taken.way in (Way.QUESTION, Way.ADDITION)
    return in_flow and in_words and with_post(text) is None and is_like_a_post(text)


def question_before(text: str, taken: Route, before: Turn | None, after: Turn | None, last: Exchange | None) -> str:
    """The question that a message belongs to which takes an option, names a role, or responds to what the bot had asked
    back, with what it adds; empty where it asks one itself. The turns are the person's before and after it, `last` what
    was said before. No words of a post that came with that are in it.
    """
    if after and is_pasted(text, taken, before, after):
        return after.about
    if taken.way in (Way.QUESTION, Way.ADDITION):
        responds = last is not None and last.ending in _ASKING and not text.rstrip().endswith("?")
        if last and responds and len(text.split()) <= _LONGEST_RESPONSE:
            return f"{question_apart(last)}\n{text}"
        return taken.text if taken.way is Way.ADDITION else ""
    if after and after.guided and not (before and before.guided and before.about == after.about):
        return after.about  # a flow that was chosen, or gone back to
    return question_apart(last) if last and taken.way is not Way.FLOWS else ""


def with_buttons(replies: Sequence[Reply], buttons: tuple[Button, ...]) -> list[Reply]:
    """The replies, the one that matters most with these buttons; its own come after the first of them, but for what
    reaches whoever runs an account that was asked after."""
    main = _main(replies)
    if not isinstance(main, _RULING | Told):
        return list(replies)
    first = tuple(one for one in main.buttons if isinstance(one.act, PassOn))
    others = tuple(one for one in main.buttons if one not in first)
    with_all = replace(main, buttons=(*first, *buttons[:1], *others, *buttons[1:]))
    return [with_all if reply is main else reply for reply in replies]


def ending_of(replies: Sequence[Reply]) -> str:
    """How a message ended that these are the replies to: a verdict, a reason for none, or an `Ending`."""
    return _ending(_main(replies))


def _post(text: str, turn: Turn, main: Reply, pasted: bool) -> str:
    """The post or draft that a message holds or is, or that was checked."""
    if isinstance(main, Checked):
        return main.draft.text
    if isinstance(main, Asked) and turn.checking:
        return turn.draft  # whose account is asked for
    came = with_post(text)
    return text.strip() if pasted else came.post if came else ""


def _main(replies: Sequence[Reply]) -> Reply:
    """The reply that the others go with."""
    return next((reply for reply in replies if isinstance(reply, _RULING)), replies[0])


def _ending(main: Reply) -> str:
    match main:
        case Answered():
            return str(main.answer.verdict)
        case NotAnswered():
            return str(main.reason)
        case Ruled() | Concluded():
            return str(main.verdict)
        case Guided():
            return Ending.GUIDED
        case Checked():
            return Ending.CHECKED
        case Asked():
            return Ending.ASKED
        case _:
            return Ending.TOLD


def _confidence(main: Reply) -> float:
    match main:
        case Answered():
            return main.answer.confidence
        case NotAnswered():
            return main.unanswered.confidence
        case Ruled() | Guided() | Concluded():
            return main.confidence
        case _:
            return 1.0
