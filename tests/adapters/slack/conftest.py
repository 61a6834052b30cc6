"""Rooms of Slack for tests: the whole bot with a small policy of an invented choir."""

from typing import TYPE_CHECKING

import pytest

from bot.office import Office
from knowledge.flows.matching import Guides
from knowledge.library import Library

if TYPE_CHECKING:
    from tests.adapters.slack.room import Setting


@pytest.fixture
def larks(sample_library: Library, sample_guides: Guides) -> "Setting":
    from tests.adapters.slack.room import DESK, Setting

    """The choir's bot, with two people at its desk."""
    office = Office("larks", "the choir office", f"slack:{DESK}", open_conversations=("slack:COPEN",))
    staff = {"UALEX": "Choir Secretary", "UBETH": "Treasurer"}
    return Setting(sample_library, sample_guides, "larks", office, staff)
