"""The conversation of a guided decision: from the turn before and what is said now to replies and the turn after.

What is known of a flow is in the turn: its id, the question it began with, and the responses. Where they have led is
found by replaying them each time, so that any of them can be changed.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot import wording_of_flows as wording
from bot.acts import Say
from bot.ports import Turn
from bot.posts_in_messages import is_like_a_post, is_marked_as_post, speaks_of_sharing, with_post
from bot.replies import Asked, Button, Concluded, FollowUp, Guided, Paragraph, Reply, Told
from bot.routing import Way
from bot.telling_flows import CHANGE, Telling
from bot.wording import UNSURE
from bot.wording_of_posts import seen_in_post
from knowledge.answers import Answer, Question, Reason, Unanswered
from knowledge.clauses import Verdict
from knowledge.flows.filling import understood
from knowledge.flows.flow import Flow, Position, Response, ResponseError, Step, position
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.posts.post import NOTHING
from knowledge.questions import Mood, plain, read

STOP = Button("stop", "Stop", Say("stop"))
_A_WORD = 2  # or two: no question of its own, while a step is open
_NOT_UNDERSTOOD = (Reason.VAGUE, Reason.OUT_OF_SCOPE)
_LEFT_OPEN = (*_NOT_UNDERSTOOD, Reason.GAP)
_SURE = 1.0  # of what the asker answered, nothing is guessed

Replies = tuple[list[Reply], Turn]


class Guiding:
    """Takes askers through the flows of their society."""

    def __init__(self, library: Library, guides: Guides, sharing: Sharing) -> None:
        self._library, self._guides, self._sharing, self._telling = library, guides, sharing, Telling(library)

    def titled(self, society: str, text: str) -> Flow | None:
        """The flow of a society whose title this is."""
        said = plain(text).casefold().rstrip(".?!")
        return next((flow for flow in self._guides.of(society) if flow.title.casefold() == said), None)

    def holds_any(self, society: str) -> bool:
        return bool(self._guides.of(society))

    def instead(self, conversation: str, now: Turn, question: Question, result: Answer | Unanswered) -> Replies | None:
        """What is said instead of what the library found; None where its result is to be said.

        That is the beginning of a flow which settles the question better, or the open step once more, where a remark
        answers it in no way that can be told.
        """
        flow = self._guides.started_by(question, result)
        addition = now.guided and question.text != now.base  # to what the flow is about: that would begin it anew
        if flow is not None and _is_about_all_of(flow, result) and not (addition and flow.id == now.flow):
            cited = result.citations if isinstance(result, Answer) else ()
            opening = self._telling.beginning(flow, cited)
            turn = _with_flow(now, flow, question.text, understood(flow, question.text))
            return self._stand(conversation, turn, flow, opening, turn.responses, result.confidence)
        answers = result.confidence >= UNSURE if isinstance(result, Answer) else result.reason not in _NOT_UNDERSTOOD
        return None if answers else self._not_understood(conversation, now, question.text)

    def by_post(self, conversation: str, now: Turn, text: str) -> Replies | None:
        """What follows from a post, attached to a question or pasted where a flow asks what is in it; None without."""
        return self._attached(conversation, now, text) or self._pasted(conversation, now, text)

    def awaits(self, now: Turn, text: str) -> bool:
        """Whether this is like a post, and the step that is open asks what is in one."""
        step = self._open(now)[1]
        return step is not None and _asks_what_it_holds(step) and is_like_a_post(text)

    def begin(self, conversation: str, now: Turn, flow: Flow) -> Replies:
        """The beginning of a flow that was asked for by its title."""
        opening = self._telling.beginning(flow, None)
        turn = _with_flow(replace(now, base=flow.title), flow, flow.title, ())
        return self._stand(conversation, turn, flow, opening)

    def listed(self, conversation: str, now: Turn) -> Replies:
        """The flows of the society, to choose from."""
        flows = self._guides.of(now.society)
        if not flows:
            return [Told(conversation, wording.no_flows(self._library.policy_of(now.society)))], now
        asked = wording.which_flow(flows)
        return [Asked(conversation, asked)], replace(now, options=asked.options)

    def moved(self, conversation: str, now: Turn, way: Way) -> Replies:
        """What becomes of a flow that somebody changes, leaves, or takes up again."""
        flow = self._guides.named(now.flow)
        if flow is None:
            return self._gone(conversation, now)
        now = replace(now, question=now.about, base=now.about, chosen=())
        path = self._replayed(now, flow)[1].path
        match way:
            case Way.STOP:
                return [Told(conversation, wording.STOPPED)], without_flow(now)
            case Way.AGAIN:
                return self._stand(conversation, replace(now, responses=()), flow)
            case Way.BACK if path:
                return self._stand(conversation, _asked_again(now, path[-1].step), flow)
            case Way.CHANGE if path:
                options = wording.answers_to_change(wording.said(flow, path))
                asked = Asked(conversation, FollowUp(wording.WHICH_ANSWER, options))
                return [asked], replace(now, options=options)
            case Way.BACK | Way.CHANGE:
                told = wording.NOTHING_BEFORE if way is Way.BACK else wording.NOTHING_TO_CHANGE
                return self._after(Told(conversation, told), self._stand(conversation, now, flow))
            case _:
                opening = Paragraph(wording.TAKEN_UP, (), "")
                return self._stand(conversation, now, flow, opening, path)

    def resumed(self, conversation: str, now: Turn) -> Replies:
        """Where the flow stands, said once more: the role of the asker may have changed it."""
        flow = self._guides.named(now.flow)
        return self._stand(conversation, now, flow) if flow else self._gone(conversation, now)

    def chosen(self, conversation: str, now: Turn, option: str) -> Replies:
        """What follows from an option that was offered in a flow, or in the list of what could be changed."""
        flow = self._guides.named(now.flow)
        if flow is None:
            return self._gone(conversation, now)
        now, reached, fitted = self._replayed(now, flow)
        offered = wording.answers_to_change(wording.said(flow, reached.path))
        if now.options == offered and option in offered:
            asked_again = _asked_again(now, reached.path[offered.index(option)].step)
            return self._stand(conversation, asked_again, flow)
        if reached.step is None or option not in reached.step.labels:
            told = Told(conversation, wording.CHANGED_FLOW)
            return self._after(told, self._stand(conversation, now, flow))
        return self._given(conversation, now, flow, (Response(reached.step.id, option),), by_option=fitted)

    def labelled(self, now: Turn, text: str) -> Response | None:
        """The response that a whole label gives, to the step that is open or else to the last one answered."""
        flow = self._guides.named(now.flow) if now.guided else None
        if flow is None:
            return None
        reached = self._replayed(now, flow)[1]
        step = reached.step or (flow.step(reached.path[-1].step) if reached.path else None)
        said = plain(text).casefold().rstrip(".!")
        found = [label for label in step.labels if label.casefold().rstrip(".!") == said] if step else []
        return Response(step.id, found[0]) if step and len(found) == 1 else None

    def said_in(self, now: Turn, text: str, addition: bool) -> tuple[Response, ...]:
        """The responses that words give which answer what was asked, or add to it; a question of its own gives none."""
        flow = self._guides.named(now.flow)
        if flow is None or not now.guided:
            return ()
        answers = self._replayed(now, flow)[1].step is not None and read(plain(text)).mood is Mood.STATEMENT
        return understood(flow, text) if answers or addition else ()

    def given(self, conversation: str, now: Turn, responses: Sequence[Response]) -> Replies:
        """Where responses lead that were understood from words, or read off a post. They go before earlier ones."""
        flow = self._guides.named(now.flow)
        if flow is None:
            return self._gone(conversation, now)
        now = replace(now, question=now.about, base=now.about, chosen=())
        return self._given(conversation, now, flow, responses, by_option=False)

    def kept(self, conversation: str, before: Turn) -> list[Reply]:
        """That a flow waits, said when it is first left for another question."""
        flow, step = self._open(before)
        return [Told(conversation, wording.kept(flow))] if flow and step else []

    def _attached(self, conversation: str, now: Turn, text: str) -> Replies | None:
        """The beginning of the flow on sharing, where a message asks about a post that it holds."""
        came, flow = with_post(text), self._sharing.flow_of(now.society)
        if came is None or flow is None:
            return None
        question = Question(came.ask, now.society, now.role)
        result = self._library.answer(question)
        started = self._guides.started_by(question, result)
        if started != flow and (started is not None or not _may_be_about_sharing(came.ask, result)):
            return None
        read, said = self._sharing.read(flow, came.post), understood(flow, came.ask)
        turn = _with_flow(replace(now, base=came.ask), flow, came.ask, (*read.responses, *said))
        cited = result.citations if isinstance(result, Answer) else ()
        stands = self._stand(conversation, turn, flow, self._telling.beginning(flow, cited), said, result.confidence)
        return _remarked(stands, seen_in_post(read.deciding, self._sharing.signals))

    def _pasted(self, conversation: str, now: Turn, text: str) -> Replies | None:
        """What a post answers of the step that is open, where that asks what is in it."""
        flow, step = self._open(now)
        if flow is None or step is None or not self.awaits(now, text):
            return None
        read = self._sharing.read(flow, text)
        if not read.deciding and understood(flow, text) and not is_marked_as_post(text):
            return None  # somebody says in words of their own what it holds
        given = [response for response in read.responses if response.step == step.id]
        stands = self._given(conversation, now, flow, given, by_option=False)
        return _remarked(stands, seen_in_post(read.deciding, self._sharing.signals))

    def _not_understood(self, conversation: str, now: Turn, text: str) -> Replies | None:
        flow, step = self._open(now)
        remark = read(plain(text)).mood is Mood.STATEMENT or (len(text.split()) <= _A_WORD and "?" not in text)
        if flow is None or not remark or step is None:
            return None
        return self._after(Told(conversation, wording.WHICH_OPTION), self._stand(conversation, now, flow))

    def _given(
        self, conversation: str, now: Turn, flow: Flow, responses: Sequence[Response], by_option: bool
    ) -> Replies:
        before = self._replayed(now, flow)[1].path
        steps = {response.step for response in responses}
        kept = [response for response in now.responses if response.step not in steps]
        now = replace(now, responses=(*kept, *responses))
        path = self._replayed(now, flow)[1].path
        new = tuple(response for response in path if response not in before)
        told = () if by_option and new == tuple(responses) else new
        return self._stand(conversation, now, flow, said=told)

    def _stand(
        self,
        conversation: str,
        now: Turn,
        flow: Flow,
        opening: Paragraph | None = None,
        said: Sequence[Response] = (),
        confidence: float = _SURE,
    ) -> Replies:
        """Where the flow stands: its next step, with what is to be said of the way there, or its end."""
        now, reached, fitted = self._replayed(now, flow)
        noted: list[Reply] = [] if fitted else [Told(conversation, wording.CHANGED_FLOW)]
        if reached.step is None:
            ended = self._telling.end(conversation, now, flow, reached, confidence)
            now = replace(now, options=(), citations=ended.told.citations)
            return [*noted, ended], now
        asked = wording.question(reached.step)
        told = wording.said(flow, [response for response in said if response in reached.path])
        guided = Guided(
            conversation=conversation,
            title=flow.title,
            told=opening or Paragraph("", (), ""),
            said=told,
            hint=wording.TO_CHANGE if told else "",
            follow_up=asked,
            confidence=confidence,
            settles=flow.settles,
            buttons=(CHANGE, STOP) if reached.path else (STOP,),
        )
        cited = opening.citations if opening and opening.citations else now.citations
        return [*noted, guided], replace(now, options=asked.options, citations=cited)

    def _open(self, now: Turn) -> tuple[Flow | None, Step | None]:
        """The flow that what was said last belongs to, and its open step."""
        flow = self._guides.named(now.flow) if now.guided else None
        return flow, self._replayed(now, flow)[1].step if flow else None

    def _replayed(self, now: Turn, flow: Flow) -> tuple[Turn, Position, bool]:
        """The turn with the responses that still fit the flow, where they lead, and whether all of them fit."""
        fitting = tuple(response for response in now.responses if _fits(flow, response))
        try:
            reached = position(flow, fitting, now.role)
        except ResponseError:
            fitting, reached = (), position(flow, (), now.role)
        return replace(now, responses=fitting), reached, fitting == now.responses

    def _gone(self, conversation: str, now: Turn) -> Replies:
        office = self._library.policy_of(now.society).office
        return [Told(conversation, wording.gone(office))], without_flow(now)

    def _after(self, first: Reply, then: Replies) -> Replies:
        replies, turn = then
        return [first, *replies], turn


def _is_about_all_of(flow: Flow, result: Answer | Unanswered) -> bool:
    """Whether of several questions none would be passed over."""
    if isinstance(result, Unanswered) or len(result.parts) + len(result.unanswered) == 1:
        return True
    asked_nothing = all(part.reason in (Reason.SMALL_TALK, Reason.VAGUE) for part in result.unanswered)
    return asked_nothing and all(part.clauses[0].id in flow.clauses for part in result.parts)


def _with_flow(now: Turn, flow: Flow, about: str, responses: tuple[Response, ...]) -> Turn:
    return replace(now, flow=flow.id, about=about, responses=responses, question=about, chosen=())


def without_flow(now: Turn) -> Turn:
    """The turn as if nothing had been asked."""
    return replace(now, flow="", about="", responses=(), options=(), question="", base="", citations=())


def _remarked(stands: Replies, remark: str) -> Replies:
    """Where a flow stands, with a remark beside what is told of it."""
    replies, turn = stands
    return [
        replace(reply, told=_with_remark(reply.told, remark)) if isinstance(reply, Guided | Concluded) else reply
        for reply in replies
    ], turn


def _with_remark(told: Paragraph, remark: str) -> Paragraph:
    if not told.opening:
        return Paragraph(remark, told.citations, told.remarks)
    return replace(told, remarks=f"{remark} {told.remarks}".strip())


def _asks_what_it_holds(step: Step) -> bool:
    return any(NOTHING in option.shows for option in step.options)


def _may_be_about_sharing(asked: str, result: Answer | Unanswered) -> bool:
    """Whether somebody asks about sharing, and nothing that the library says of it is a no."""
    if read(plain(asked)).mood is Mood.OPEN or not speaks_of_sharing(asked):
        return False
    return result.verdict is not Verdict.NO if isinstance(result, Answer) else result.reason in _LEFT_OPEN


def _asked_again(now: Turn, step: str) -> Turn:
    """The turn without what was answered to a step; what was answered after it is kept, and counts where it fits."""
    return replace(now, responses=tuple(response for response in now.responses if response.step != step))


def _fits(flow: Flow, response: Response) -> bool:
    step = flow.step(response.step)
    return step is not None and response.label in step.labels
