"""The composition root: the one place where parts are chosen and put together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.models.encoders import Encoder, encoder_for
from adapters.office import office_of
from adapters.settings import Settings
from adapters.storage.memory import MemoryConversations
from bot.assistant import Assistant
from knowledge import policy_files
from knowledge.dependents import Dependent
from knowledge.editions import Archive, Standing
from knowledge.library import Library
from knowledge.vectors import Progress

# Whatever rests on clauses says here which they are, so that an edition that drops one of them is noticed in time.
DEPENDENTS: tuple[Callable[[Settings], Iterable[Dependent]], ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A bot, put together."""

    settings: Settings
    encoder: Encoder
    library: Library
    assistant: Assistant


def put_together(settings: Settings, progress: Progress, until: datetime | None = None) -> Parts:
    """The bot that these settings describe, with the policies in force now, or just before a time.

    Builds the index where none fits, and says how far it is.

    Raises:
        PolicyFileError: a policy is faulty.
        EditionError: the history or an edition in force is damaged.
        EncoderUnavailable: the embedding model that is named cannot be used.
        OSError: the data folder cannot be written.
    """
    encoder = encoder_for(settings.embeddings)
    library = open_library(settings, in_force(settings, until), encoder, progress)
    return Parts(settings, encoder, library, Assistant(library, MemoryConversations()))


def archive(settings: Settings) -> Archive:
    return Archive(settings.data / "editions")


def policy_folders(settings: Settings) -> list[Path]:
    return [policy_files.SHIPPED, *settings.policy_folders]


def in_force(settings: Settings, until: datetime | None = None) -> list[Standing]:
    """The policies in force now, or just before a time.

    Raises:
        PolicyFileError: a folder of policies cannot be read.
        EditionError: the history or an edition in force is damaged.
    """
    return archive(settings).in_force(policy_folders(settings), until)


def open_library(settings: Settings, standing: Sequence[Standing], encoder: Encoder, progress: Progress) -> Library:
    """A library of these policies. Raises as `put_together` does."""
    hidden = office_of(settings).hide_names
    return Library.open(standing, settings.data, encoder.model, encoder.name, progress, hidden)


def dependents(settings: Settings) -> list[Dependent]:
    """All that rests on clauses."""
    return [one for declare in DEPENDENTS for one in declare(settings)]
