"""Rooms of Slack for tests: the whole bot with a small policy of an invented choir, and as it is shipped."""

import pytest

from bot.office import Office
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.posts.reading import PostReader
from tests.adapters.slack.room import DESK, Setting


@pytest.fixture
def larks(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Setting:
    """The choir's bot, with two people at its desk, and a channel in which everybody sees an answer."""
    office = Office("larks", "the choir office", f"slack:{DESK}", open_conversations=("slack:COPEN",))
    staff = {"UALEX": "Choir Secretary", "UBETH": "Treasurer"}
    return Setting(sample_library, sample_guides, "larks", office, staff, checklists=sample_checklists)


@pytest.fixture
def ipem(library: Library, guides: Guides, reader: PostReader, checklists: Checklists) -> Setting:
    """The shipped bot, with one person at the desk."""
    office = Office("ipem", "National Office", f"slack:{DESK}")
    return Setting(
        library, guides, "ipem", office, {"UALEX": "Communications and Development Manager"}, reader, checklists
    )
