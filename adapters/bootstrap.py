"""The composition root: the one place where parts are chosen and put together."""

from dataclasses import dataclass

from adapters.models.encoders import Encoder, encoder_for
from adapters.settings import Settings
from adapters.storage.memory import MemoryConversations
from bot.assistant import Assistant
from knowledge.library import Library
from knowledge.vectors import Progress


@dataclass(frozen=True, slots=True)
class Parts:
    """A bot, put together."""

    settings: Settings
    encoder: Encoder
    library: Library
    assistant: Assistant


def put_together(settings: Settings, progress: Progress) -> Parts:
    """The bot that these settings describe. Builds the index where none fits, and says how far it is.

    Raises:
        PolicyFileError: a policy is faulty.
        EncoderUnavailable: the embedding model that is named cannot be used.
        OSError: the data folder cannot be written.
    """
    encoder = encoder_for(settings.embeddings)
    library = Library.open(settings.policy_folders, settings.data, encoder.model, encoder.name, progress)
    return Parts(settings, encoder, library, Assistant(library, MemoryConversations()))
