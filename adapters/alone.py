"""An assistant with a store that forgets when the process ends: for one question, for scores, and for tests."""

from adapters.storage.memory import MemoryStore
from bot.assistant import Assistant
from bot.messages import Message
from bot.replies import Reply


class Alone:
    """Answers messages one by one, each in a unit of work of its own."""

    def __init__(self, assistant: Assistant, store: MemoryStore | None = None) -> None:
        self.assistant, self.store = assistant, store or MemoryStore()

    @property
    def societies(self) -> tuple[str, ...]:
        return self.assistant.societies

    def handle(self, message: Message) -> list[Reply]:
        with self.store.work() as work:
            return self.assistant.handle(message, work)
