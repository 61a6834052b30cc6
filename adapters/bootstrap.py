"""The composition root: the one place where parts are chosen and put together."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.models.encoders import Encoder, encoder_for
from adapters.office import office_of, offices_of
from adapters.settings import Settings
from bot.assistant import Assistant
from bot.checking import Checking
from bot.office import Offices
from bot.precedents import Precedents
from bot.rulings import Ruling
from knowledge import editions, policy_files
from knowledge.clauses import Clause
from knowledge.dependents import Dependent
from knowledge.editions import Archive, Standing
from knowledge.flows import files as flow_files
from knowledge.flows.files import Flows
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.onboarding import files as checklist_files
from knowledge.onboarding.checklist import Checklists
from knowledge.policy_markdown import Fault
from knowledge.posts.drafts import Checker
from knowledge.posts.reading import PostReader, ReaderOnDemand
from knowledge.posts.signals import load_signals
from knowledge.vectors import Progress

ProgressShown = Callable[[], AbstractContextManager[Progress]]  # within it, progress can be told


def _resting_flows(settings: Settings) -> list[Dependent]:
    return [Dependent(f"the flow '{flow.title}'", frozenset(flow.clauses)) for flow in open_flows(settings).flows]


def _resting_checklists(settings: Settings) -> list[Dependent]:
    checklists, _ = open_checklists(settings)
    return [
        Dependent(f"the checklist of {one.society}", frozenset(one.rests_on)) for one in checklists.by_society.values()
    ]


def standing_rulings(settings: Settings) -> tuple[Ruling, ...]:
    """The rulings of every society that are cited; none where nothing was ever kept.

    Raises:
        SettingsError: the database cannot be used.
    """
    if not settings.may_hold_queries:
        return ()
    from adapters import opening  # SQLAlchemy: who has no database should not wait for it

    return opening.standing_rulings(settings)


def _resting_rulings(settings: Settings) -> list[Dependent]:
    standing = standing_rulings(settings)
    return [Dependent(f"ruling {ruling.id} of {ruling.society}", frozenset(ruling.clauses)) for ruling in standing]


# Whatever rests on clauses says here which they are, so that an edition that drops one of them is noticed in time.
DEPENDENTS: tuple[Callable[[Settings], Iterable[Dependent]], ...] = (
    _resting_flows,
    _resting_checklists,
    _resting_rulings,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A bot, put together."""

    settings: Settings
    encoder: Encoder
    library: Library
    reader: ReaderOnDemand
    sharing: Sharing
    checker: Checker
    checking: Checking
    offices: Offices
    precedents: Precedents
    checklists: Checklists
    assistant: Assistant


def put_together(settings: Settings, shown: ProgressShown, until: datetime | None = None) -> Parts:
    """The bot that these settings describe, with the policies in force now, or just before a time.

    Builds the index where none fits, and says how far it is; what reads posts learns when it is first needed.

    Raises:
        PolicyFileError: a policy is faulty.
        EditionError: the history or an edition in force is damaged.
        EncoderUnavailable: the embedding model that is named cannot be used.
        OSError: the data folder cannot be written.
    """
    encoder = encoder_for(settings.embeddings)
    with shown() as progress:
        library = open_library(settings, in_force(settings, until), encoder, progress)
        flows = flow_files.load(flow_folders(settings), library.index.clauses).flows
        checklists, _ = checklist_files.load(checklist_folders(settings), library.index.clauses, flows)
        guides = Guides(flows, library, settings.data, encoder.model, encoder.name, progress)

    def open_reader() -> PostReader:
        with shown() as progress:
            return PostReader.open(
                load_signals(), library.policies, settings.data, encoder.model, encoder.name, progress
            )

    reader = ReaderOnDemand(open_reader)
    sharing, checker = Sharing(library, guides, reader), Checker(library, reader)
    checking = Checking(library, checker, reader)
    offices = offices_of(settings, library.policies)
    precedents = Precedents(library, offices)
    assistant = Assistant(library, guides, checking, sharing, offices, precedents, checklists)
    return Parts(
        settings, encoder, library, reader, sharing, checker, checking, offices, precedents, checklists, assistant
    )


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


def flow_folders(settings: Settings) -> list[Path]:
    """The folders that hold flows: the shipped one, and `flows` in each folder of further policies."""
    return [flow_files.SHIPPED, *(folder / "flows" for folder in settings.policy_folders)]


def clauses_in_force(settings: Settings) -> dict[str, Clause]:
    """Every clause in force, by id. Raises as `in_force` does."""
    return {clause.id: clause for policy in editions.read(in_force(settings)) for clause in policy.clauses}


def open_flows(settings: Settings) -> Flows:
    """The flows that the policies in force allow, and what is wrong with the others. Raises as `in_force` does."""
    return flow_files.load(flow_folders(settings), clauses_in_force(settings))


def checklist_folders(settings: Settings) -> list[Path]:
    """The folders that hold checklists: the shipped one, and `onboarding` in each folder of further policies."""
    return [checklist_files.SHIPPED, *(folder / "onboarding" for folder in settings.policy_folders)]


def open_checklists(settings: Settings) -> tuple[Checklists, tuple[Fault, ...]]:
    """The checklists that can be used, and what is wrong with one. Raises as `in_force` does."""
    clauses = clauses_in_force(settings)
    return checklist_files.load(
        checklist_folders(settings), clauses, flow_files.load(flow_folders(settings), clauses).flows
    )
