"""The one door: a message in, a list of replies out, each addressed to a conversation."""

from dataclasses import replace

from bot import wording
from bot.messages import Message
from bot.ports import Conversations, Turn
from bot.replies import Answered, Asked, NotAnswered, Reply, Told
from bot.routing import Way, route
from knowledge.answers import Question, Unanswered
from knowledge.clauses import Party
from knowledge.library import Library

_SHORTEST_QUESTION = 2  # words; what is no longer than that, while the society is asked for, is no new question


class Assistant:
    """Answers from a library and remembers the turn before."""

    def __init__(self, library: Library, conversations: Conversations) -> None:
        self._library, self._conversations = library, conversations

    def handle(self, message: Message) -> list[Reply]:
        """What to say to a message. The society is asked for where neither message nor conversation tells it."""
        turn = self._conversations.last(message.conversation)
        taken = route(message.text, turn, self._library.societies)
        society = message.society or (turn.society if turn else "") or self._only_society()
        role = (turn.role if turn else None) or message.role or Party.MEMBER
        now = replace(turn, society=society, role=role) if turn else Turn(society, role)
        choosing = not now.society and taken.way is Way.OPTION
        if (taken.way is Way.SOCIETY or choosing) and message.society is None:
            return self._take_society(message.conversation, now, taken.text)
        match taken.way:
            case Way.ROLE if taken.role is not None:
                return self._take_role(message.conversation, now, taken.role)
            case Way.HELP:
                policy = self._library.policy_of(society) if society else None
                return [Told(message.conversation, wording.help_text(policy))]
            case Way.NO_OPTION:
                return [Told(message.conversation, wording.no_such_option(len(now.options)))]
            case _ if not society:
                return [self._ask_society(message.conversation, now, message.text)]
            case Way.OPTION:
                return self._answer(message.conversation, now, now.question, (*now.chosen, taken.text))
            case Way.ADDITION:
                return self._answer(message.conversation, now, taken.text, ())
            case Way.WHY | Way.SOURCE:
                policy = self._library.policy_of(society)
                told = wording.why(policy.office) if taken.way is Way.WHY else wording.who_says(policy, now.citations)
                return [Told(message.conversation, told, now.citations)]
            case _:
                asked = taken.text or message.text
                return self._answer(message.conversation, replace(now, base=asked), asked, ())

    def _answer(self, conversation: str, now: Turn, text: str, chosen: tuple[str, ...]) -> list[Reply]:
        result = self._library.answer(Question(text, now.society, now.role, chosen))
        if isinstance(result, Unanswered):
            self._remember(conversation, replace(now, question=text, chosen=(), options=(), citations=result.citations))
            return [NotAnswered(conversation, wording.not_answered(result), result.reason, result)]
        asked = wording.follow_up(result)
        self._remember(
            conversation,
            replace(
                now, question=text, chosen=chosen, options=asked.options if asked else (), citations=result.citations
            ),
        )
        told = wording.paragraphs(result, wording.platform_unnamed(result, text))
        return [Answered(conversation, told, wording.next_step(result), asked, result)]

    def _take_role(self, conversation: str, now: Turn, role: Party) -> list[Reply]:
        changed = replace(now, role=role)
        self._remember(conversation, changed)
        noted: list[Reply] = [Told(conversation, wording.role_taken(role))]
        if not now.question:
            return noted
        if not now.society:
            return [*noted, Asked(conversation, wording.which_society(self._library.societies))]
        return noted + self._answer(conversation, changed, now.question, now.chosen)

    def _take_society(self, conversation: str, now: Turn, society: str) -> list[Reply]:
        waiting = now.question if not now.society else ""
        changed = replace(now, society=society, question="", base=waiting, options=(), citations=())
        self._remember(conversation, changed)
        noted: list[Reply] = [Told(conversation, wording.society_taken(self._library.policy_of(society)))]
        return noted + (self._answer(conversation, changed, waiting, ()) if waiting else [])

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
