"""Rooms of Teams for tests: the whole bot with a small policy of an invented choir, and as it is shipped."""

import pytest

from bot.office import Office
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.posts.reading import PostReader
from tests.adapters.chat.running import Setting
from tests.adapters.teams.fake_tenant import DESK_CONVERSATION


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Setting:
    """The choir's bot, with two people at its desk."""
    office = Office("larks", "the choir office", DESK_CONVERSATION)
    return Setting(
        sample_library,
        sample_guides,
        "larks",
        office,
        {"alex": "Choir Secretary", "beth": "Treasurer"},
        checklists=sample_checklists,
    )


@pytest.fixture
def institute(library: Library, guides: Guides, reader: PostReader, checklists: Checklists) -> Setting:
    """The shipped bot, with one person at the desk."""
    office = Office("ipem", "National Office", DESK_CONVERSATION)
    return Setting(
        library, guides, "ipem", office, {"alex": "Communications and Development Manager"}, reader, checklists
    )
