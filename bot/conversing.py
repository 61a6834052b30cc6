"""What words come to: an answer, a step of a flow, a check, or a question back. Remembers the turn before."""

from dataclasses import replace

from bot import wording
from bot.checking import Checking
from bot.guiding import Guiding, Replies
from bot.messages import Message
from bot.ports import Turn, Work
from bot.posts_in_messages import without_post
from bot.precedents import Precedents
from bot.replies import HELP, Answered, Asked, NotAnswered, Reply, Ruled, Told
from bot.routing import Route, Way, route
from bot.telling_answers import told_of
from knowledge.answers import Question, Reason
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.questions import Account, plain

_SHORTEST_QUESTION = 2  # words; what is no longer than that, while the society is asked for, is no new question


class Conversing:
    """Answers from a library, guides through what only the asker can tell, and remembers the turn before."""

    def __init__(
        self,
        library: Library,
        guides: Guides,
        checking: Checking,
        sharing: Sharing,
        precedents: Precedents,
        checklists: Checklists,
        work: Work,
    ) -> None:
        self._library, self._checking, self._precedents, self._work = library, checking, precedents, work
        self._checklists = checklists
        self._conversations = work.conversations
        self._guiding = Guiding(library, guides, sharing)

    def handle(self, message: Message) -> list[Reply]:
        """What to say to a message. The society is asked for where neither message nor conversation tells it."""
        now = self._now(message)
        taken = route(message.text, now, self._library.societies)
        choosing = not now.society and taken.way is Way.OPTION
        if (taken.way is Way.SOCIETY or choosing) and message.society is None:
            return self._take_society(message.conversation, now, taken.text)
        return self._take(message.conversation, now, taken, message.text)

    def check(self, message: Message, draft: str, account: Account) -> list[Reply]:
        """What is found in a draft that will go out from this account; `message` asks for it in words."""
        now = self._now(message)
        if not now.society:
            return [self._ask_society(message.conversation, now, message.text)]
        return self._checked(message.conversation, *self._checking.begin(draft, account, now, message.conversation))

    def _now(self, message: Message) -> Turn:
        """The turn before a message, with the society and the role that it is taken with."""
        conversation, account = message.conversation, message.person.account
        turn = self._conversations.last(conversation, account)
        society = message.society or (turn.society if turn else "") or self._only_society()
        if turn is None:
            said = None if message.role else self._conversations.role_of(account, society)
            return Turn(society, message.role or said or Party.MEMBER, by=account, role_said=said is not None)
        if message.society and message.society != turn.society:  # nothing said of one bears on another
            return Turn(society, turn.role, by=account)
        return replace(turn, society=society)

    def _take(self, conversation: str, now: Turn, taken: Route, text: str) -> list[Reply]:
        pasted = self._guiding.awaits(now, text)
        checked = self._checking.take(text, taken, now, conversation, pasted) if now.society else None
        if checked is not None:
            return self._checked(conversation, *checked)
        match taken.way:
            case Way.ROLE if taken.role is not None:
                return self._take_role(conversation, now, taken.role)
            case Way.HELP:
                policy = self._library.policy_of(now.society) if now.society else None
                sets_up = self._checklists.of(now.society) is not None
                told = wording.help_text(policy, self._guiding.holds_any(now.society), sets_up)
                return [Told(conversation, told, about=HELP)]
            case Way.NO_OPTION if now.options or now.society:
                return [Told(conversation, wording.no_such_option(len(now.options)))]
            case _ if not now.society:
                return [self._ask_society(conversation, now, text)]
            case Way.FLOWS:
                return self._then_check(conversation, self._guiding.listed(conversation, now))
            case Way.CHANGE | Way.BACK | Way.AGAIN | Way.STOP | Way.GO_ON:
                return self._then_check(conversation, self._guiding.moved(conversation, now, taken.way))
            case Way.OPTION | Way.QUESTION | Way.ADDITION:
                in_flow = self._take_in_flow(conversation, now, taken, text)
                return in_flow or self._ask(conversation, now, self._without_post(now, taken, text), text)
            case Way.WHY | Way.SOURCE:
                policy = self._library.policy_of(now.society)
                told = wording.why(policy.office) if taken.way is Way.WHY else wording.who_says(policy, now.citations)
                return [Told(conversation, told, now.citations)]
            case _:
                return self._ask(conversation, now, taken, text)

    def _checked(self, conversation: str, after: Turn, replies: list[Reply]) -> list[Reply]:
        """What a check says, and where it is over, the flow that it came in between."""
        self._remember(conversation, after)
        return replies if after.checking else [*replies, *self._guiding.kept(conversation, after)]

    def _take_in_flow(self, conversation: str, now: Turn, taken: Route, text: str) -> list[Reply]:
        """What a message comes to as the title of a flow, or as a response in one; nothing where it is neither."""
        flow = self._guiding.titled(now.society, taken.text)
        if flow is not None:
            return self._then_check(conversation, self._guiding.begin(conversation, now, flow))
        if taken.way is Way.OPTION:
            chosen = self._guiding.chosen(conversation, now, taken.text) if now.guided else None
            return self._then_check(conversation, chosen) if chosen else []
        labelled = self._guiding.labelled(now, text)
        by_post = None if labelled else self._guiding.by_post(conversation, now, text)
        if by_post is not None:
            return self._then_check(conversation, by_post)
        responses = (
            (labelled,) if labelled else self._guiding.said_in(now, without_post(text), taken.way is Way.ADDITION)
        )
        return self._then_check(conversation, self._guiding.given(conversation, now, responses)) if responses else []

    def _without_post(self, now: Turn, taken: Route, text: str) -> Route:
        """The way of what is asked, without the words of a post that came along with it: they steer no answer."""
        asked = without_post(text)
        if taken.way is Way.OPTION or asked == text:
            return taken
        again = route(asked, now, self._library.societies)
        return again if again.way is Way.ADDITION else Route(Way.QUESTION, plain(asked))

    def _ask(self, conversation: str, now: Turn, taken: Route, text: str) -> list[Reply]:
        """Asks the library, together with the question before where it is an option or an addition to that."""
        if taken.way is Way.OPTION:
            return self._answer(conversation, now, now.question, (*now.chosen, taken.text))
        if taken.way is Way.ADDITION:
            return self._answer(conversation, now, taken.text, ())
        asked = taken.text or text
        return self._answer(conversation, replace(now, base=asked), asked, (), now)

    def _answer(
        self, conversation: str, now: Turn, text: str, chosen: tuple[str, ...], before: Turn | None = None
    ) -> list[Reply]:
        """The answer to a question; after a courtesy what was spoken of `before` goes on."""
        question = Question(text, now.society, now.role, chosen)
        result = self._library.answer(question)
        guided = None if chosen else self._guiding.instead(conversation, now, question, result)
        if guided is not None:
            return self._then_check(conversation, self._with_rulings(question, conversation, guided, now))
        answered = told_of(result, text, conversation)
        asked = answered.follow_up if isinstance(answered, Answered) else None
        turn = replace(
            now,
            question=text,
            chosen=chosen if isinstance(answered, Answered) else (),
            options=asked.options if asked else (),
            citations=result.citations,
        )
        if before and before.question and isinstance(answered, NotAnswered) and answered.reason is Reason.SMALL_TALK:
            turn = replace(before, options=())
        replies, turn = self._with_rulings(question, conversation, ([answered], turn), now)
        return self._then_check(conversation, ([*replies, *self._guiding.kept(conversation, now)], turn))

    def _with_rulings(self, question: Question, conversation: str, said: Replies, now: Turn) -> Replies:
        """What is said with the rulings of the office that bear on it; one may take the place of what is left open."""
        replies, turn = said
        told = self._precedents.taken_into(replies, question, conversation, self._work)
        ruled = next((reply for reply in told if isinstance(reply, Ruled)), None)
        if ruled is not None:
            turn = replace(now, question=question.text, chosen=(), options=(), citations=ruled.told.citations)
        return told, turn

    def _take_role(self, conversation: str, now: Turn, role: Party) -> list[Reply]:
        changed = replace(now, role=role, role_said=True)
        self._remember(conversation, changed)
        noted: list[Reply] = [Told(conversation, wording.role_taken(role))]
        if now.guided:
            return noted + self._then_check(conversation, self._guiding.resumed(conversation, changed))
        if now.checking or not now.question:
            return noted
        if not now.society:
            return [*noted, Asked(conversation, wording.which_society(self._library.societies))]
        return noted + self._answer(conversation, changed, now.question, now.chosen)

    def _take_society(self, conversation: str, now: Turn, society: str) -> list[Reply]:
        waiting = now.question if not now.society else ""
        kept = now.role_said and not now.society  # said before it was known whose policy is meant
        said = now.role if kept else self._conversations.role_of(now.by, society)
        changed = Turn(society, said or now.role, by=now.by, role_said=said is not None)
        self._remember(conversation, changed)
        noted: list[Reply] = [Told(conversation, wording.society_taken(self._library.policy_of(society)))]
        if not waiting:
            return noted
        return noted + self._take(conversation, changed, route(waiting, changed, self._library.societies), waiting)

    def _then_check(self, conversation: str, said: Replies) -> list[Reply]:
        """What is said, and after it what the check of a draft still asks, where nothing else is asked by it."""
        replies, turn = said
        waiting = None if turn.options else self._checking.waiting(turn)
        if waiting is not None:
            replies, turn = [*replies, Asked(conversation, waiting)], replace(turn, options=waiting.options)
        self._remember(conversation, replace(turn, checking=waiting is not None))
        return replies

    def _ask_society(self, conversation: str, now: Turn, text: str) -> Asked:
        """Asks whose policy is meant, and keeps the question until that is answered or a new one is asked."""
        asked = wording.which_society(self._library.societies)
        waiting = text if not now.question or len(text.split()) > _SHORTEST_QUESTION else now.question
        self._remember(conversation, replace(now, question=waiting, options=asked.options))
        return Asked(conversation, asked)

    def _only_society(self) -> str:
        return self._library.societies[0] if len(self._library.societies) == 1 else ""

    def _remember(self, conversation: str, turn: Turn) -> None:
        self._conversations.put(conversation, turn)
