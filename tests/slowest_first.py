"""The files that take longest are begun first, so that no worker of a run is left alone with one of them at the end."""

import pytest

# Each takes five seconds or more, about the longest first. All others come after them, in the order of the files.
SLOWEST = (
    "tests/test_readme.py",
    "tests/adapters/test_serve.py",
    "tests/golden/test_what_if.py",
    "tests/adapters/delivery/test_crashes.py",
    "tests/chaos/test_slack.py",
    "tests/chaos/test_teams.py",
    "tests/chaos/test_desk.py",
    "tests/chaos/test_onboarding.py",
    "tests/chaos/test_readers.py",
    "tests/adapters/test_privacy.py",
    "tests/adapters/slack/test_served.py",
    "tests/adapters/test_staff.py",
    "tests/adapters/test_doctor.py",
    "tests/golden/test_golden_posts.py",
    "tests/knowledge/test_index.py",
    "tests/adapters/storage/test_forgetting.py",
    "tests/adapters/test_command.py",
    "tests/adapters/test_policies.py",
    "tests/golden/test_golden.py",
    "tests/adapters/test_imports.py",
    "tests/bot/accounts/test_register_at_once.py",
    "tests/adapters/storage/test_forgetting_accounts.py",
    "tests/adapters/storage/test_backup.py",
    "tests/knowledge/posts/test_reading.py",
    "tests/adapters/test_flows.py",
    "tests/scenarios/test_slack_privacy.py",
    "tests/scenarios/test_slack_desk.py",
    "tests/scenarios/test_across_platforms.py",
    "tests/knowledge/intake/test_settling.py",
    "tests/knowledge/intake/test_drafting.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests of these files first."""
    place = {file: number for number, file in enumerate(SLOWEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(SLOWEST)))
