"""What tests share: the shipped library with its encoder, and a small one whose index takes no time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot.assistant import Assistant
from bot.checking import Checking
from bot.office import Office, Offices
from bot.precedents import Precedents
from knowledge import policy_files
from knowledge.clauses import Policy
from knowledge.editions import Standing, as_files_stand
from knowledge.encoding import MiniLM
from knowledge.flows import files as flow_files
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.onboarding import files as checklist_files
from knowledge.onboarding.checklist import Checklists
from knowledge.posts.drafts import Checker, Reader
from knowledge.posts.post import PostReading
from knowledge.posts.reading import PostReader
from knowledge.posts.signals import Signal, load_signals
from knowledge.vectors import Progress
from tests.databases import (  # fixtures
    database as database,
)
from tests.databases import (
    database_url as database_url,
)
from tests.databases import (
    empty_url as empty_url,
)
from tests.databases import (
    postgres as postgres,
)
from tests.databases import (
    postgres_tables as postgres_tables,
)
from tests.databases import (
    postgres_url as postgres_url,
)
from tests.databases import (
    sqlite_template as sqlite_template,
)
from tests.databases import (
    sqlite_url as sqlite_url,
)
from tests.learning_once import shared
from tests.logged import log_watch as log_watch  # fixtures
from tests.logged import logs_hold_no_text as logs_hold_no_text
from tests.slowest_first import pytest_collection_modifyitems as pytest_collection_modifyitems  # a hook
from tests.warm_verse import warm_verse as warm_verse  # fixtures

KEPT = Path(__file__).parent / ".data"  # between runs; an index that no longer fits is built again by itself
SAMPLE = Path(__file__).parent / "sample_policies"
SAMPLE_FLOWS = SAMPLE / "flows"
SAMPLE_CHECKLISTS = SAMPLE / "onboarding"


def nothing_told(_stage: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@cache
def policies_of(*folders: Path) -> tuple[Policy, ...]:
    """The policies of some folders; whoever asks for the same ones is given what was read before."""
    return tuple(policy_files.load(list(folders)))


@cache
def shipped_signals() -> tuple[Signal, ...]:
    """The shipped signals, which are read once."""
    return load_signals()


def shipped(*folders: Path) -> list[Standing]:
    """The shipped policies and those of further folders, as their files stand."""
    return as_files_stand([policy_files.SHIPPED, *folders])


def guides_of(library: Library, encoder: MiniLM | None = None, folder: Path = flow_files.SHIPPED) -> Guides:
    """The flows of a folder that this library allows."""
    flows = flow_files.load([folder], library.index.clauses).flows
    return Guides(flows, library, KEPT, encoder, encoder.name if encoder else "none", nothing_told)


def checklists_of(library: Library, guides: Guides, folder: Path = checklist_files.SHIPPED) -> Checklists:
    """The checklists of a folder that this library and these flows allow."""
    return checklist_files.load([folder], library.index.clauses, guides.flows)[0]


def without_flows(library: Library) -> Guides:
    return Guides((), library, KEPT, None, "none", nothing_told)


class BlindReader:
    """Sees nothing in any text, for conversations that are not about posts."""

    @property
    def signals(self) -> dict[str, Signal]:
        return {}

    def read(self, text: str, _society: str) -> PostReading:
        """The text, with no sign in it."""
        return PostReading(text, ())


def assistant_of(
    library: Library,
    guides: Guides | None = None,
    store: MemoryStore | None = None,
    reader: Reader | None = None,
    kind: type[Assistant] = Assistant,
    offices: Offices | None = None,
    checklists: Checklists | None = None,
) -> Alone:
    """An assistant that has met nobody yet, without flows or checklists where none are given, and blind where no reader
    is. Offices are called as their policies call them, where none are given."""
    offices = offices or Offices({one.society: Office(one.society, one.office) for one in library.policies})
    guides, reader = guides or without_flows(library), reader or BlindReader()
    checking, sharing = Checking(library, Checker(library, reader), reader), Sharing(library, guides, reader)
    checklists = checklists or Checklists({})
    return Alone(kind(library, guides, checking, sharing, offices, Precedents(library), checklists), store)


@contextmanager
def unwatched() -> Iterator[Progress]:
    """Progress that nobody watches, where somebody could."""
    yield nothing_told


class _Remembering(MiniLM):
    """Gives the vector of a question that it was asked before, as many tests ask the same, without working it out."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._known: dict[str, list[float]] = {}

    def embed_query(self, text: str) -> list[float]:
        if text not in self._known:
            self._known[text] = super().embed_query(text)
        return list(self._known[text])


@cache
def _encoder() -> MiniLM:
    return _Remembering.installed()


@cache
def _library() -> Library:
    return Library.open(shipped(), KEPT, _encoder(), _encoder().name, nothing_told)


@cache
def _reader() -> PostReader:
    policies = policies_of(policy_files.SHIPPED)
    return PostReader.open(shipped_signals(), policies, KEPT, _encoder(), _encoder().name, nothing_told)


@cache
def _lexical_library() -> Library:
    return Library.open(shipped(), KEPT / "lexical", None, "none", nothing_told)


@cache
def _lexical_reader() -> PostReader:
    policies = policies_of(policy_files.SHIPPED)
    return PostReader.open(shipped_signals(), policies, KEPT / "lexical", None, "none", nothing_told)


_LESSONS = {
    "index": _library,
    "posts": _reader,
    "index by words": _lexical_library,
    "posts by words": _lexical_reader,
}


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    return _encoder()


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped policies as a user has them."""
    return cast(Library, shared("index", _LESSONS, KEPT))


@pytest.fixture(scope="session")
def guides(library: Library, encoder: MiniLM) -> Guides:
    """The shipped flows as a user has them."""
    return guides_of(library, encoder)


@pytest.fixture(scope="session")
def reader() -> PostReader:
    """What reads posts, as a user has it; learnt once and kept."""
    return cast(PostReader, shared("posts", _LESSONS, KEPT))


@pytest.fixture(scope="session")
def lexical_library() -> Library:
    """The shipped policies without an encoder."""
    return cast(Library, shared("index by words", _LESSONS, KEPT))


@pytest.fixture(scope="session")
def lexical_reader() -> PostReader:
    """What reads posts by words alone, and is kept beside the library that does."""
    return cast(PostReader, shared("posts by words", _LESSONS, KEPT))


@pytest.fixture(scope="session")
def sample_library() -> Library:
    """Two small policies of invented societies, by words alone."""
    standing = as_files_stand([SAMPLE])
    return Library.open(standing, KEPT / "samples", None, "none", nothing_told)


@pytest.fixture(scope="session")
def sample_guides(sample_library: Library) -> Guides:
    """Two small flows of one of these societies; the other has none."""
    return guides_of(sample_library, folder=SAMPLE_FLOWS)


@pytest.fixture(scope="session")
def sample_checklists(sample_library: Library, sample_guides: Guides) -> Checklists:
    """A small checklist of one of these societies; the other has none."""
    return checklists_of(sample_library, sample_guides, SAMPLE_CHECKLISTS)


@pytest.fixture(scope="session")
def checklists(library: Library, guides: Guides) -> Checklists:
    """The shipped checklists as a user has them."""
    return checklists_of(library, guides)
