"""One conversation, and what its replies say and cite."""

from adapters.alone import Alone
from adapters.console import render
from adapters.storage.memory import MemoryStore
from bot.messages import Message
from bot.ports import Turn
from bot.replies import Reply
from knowledge.clauses import Party


class Turns:
    """The last turn of each conversation, as a store keeps it."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = store or MemoryStore()

    def last(self, conversation: str) -> Turn | None:
        with self.store.work() as work:
            return work.conversations.last(conversation, "")

    def put(self, conversation: str, turn: Turn) -> None:
        with self.store.work() as work:
            work.conversations.put(conversation, turn)


class Talk:
    """One conversation with an assistant, as a platform would hold it."""

    def __init__(self, assistant: Alone, name: str, society: str | None = None, role: Party | None = None) -> None:
        self._assistant, self.name, self._society, self._role = assistant, name, society, role

    def say(self, text: str) -> list[Reply]:
        return self._assistant.handle(Message(self.name, text, self._society, self._role))


def text_of(reply: Reply) -> str:
    """Its words, as somebody has them where nothing but text can be shown."""
    return str(render.as_json(reply, Message(reply.conversation, ""), None, 0.0)["text"])


def cited(reply: Reply) -> list[str]:
    """The clauses that it quotes, in order."""
    shape = render.as_json(reply, Message(reply.conversation, ""), None, 0.0)
    return [citation["clause"] for citation in shape["citations"]]
