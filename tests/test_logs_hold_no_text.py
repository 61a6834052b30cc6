"""What people write never comes into a log: the watch over all tests sees every event."""

import logging

import pytest
import structlog

from tests.logged import Watch, faults_in, faults_of


@pytest.mark.parametrize(
    "logged",
    [
        'log.info("message handled", ticket=1, question="May I?")',
        'log.info("message handled", reference="May I share this?")',
        'log.info("message handled", fault="no such person: Ann")',
        'log.info("message handled", conversation="ann@choir.example")',
        'log.info("message handled", worker="Ann")',
        'log.info("message handled", ticket=["May I?"])',
        'log.info("Ann Example asked: may I share this?")',
        'log.bind(name="Ann").info("message handled")',
        'logging.getLogger("x").warning("may %s be shared?", "Ann Example\'s post")',
    ],
)
@pytest.mark.parametrize("room", ["adapters.planted", "bot.planted", "knowledge.planted"])
def test_a_text_that_our_own_code_logs_is_seen(log_watch: Watch, room: str, logged: str) -> None:
    run_in(room, logged)

    assert log_watch.taken() != []


@pytest.mark.parametrize(
    "logged",
    [
        'log.info("message handled", ticket=12, conversation="slack:C1:17.3", event_id="Ev-1", attempt=1)',
        'log.error("duty failed", duty="remind", exc_info=ValueError("May I share this?"))',
        'log.warning("database away", fault="OperationalError", seconds=0.5, ticket="")',
    ],
)
def test_ids_numbers_and_names_of_classes_may_be_logged(log_watch: Watch, logged: str) -> None:
    run_in("adapters.planted", logged)

    assert log_watch.taken() == []


def test_what_a_test_logs_is_not_looked_at(log_watch: Watch) -> None:
    run_in("tests.planted", 'log.info("Ann Example asked")')

    assert log_watch.taken() == []


def test_the_log_of_a_process_is_looked_at_line_by_line() -> None:
    good = '{"event": "delivered", "level": "info", "ticket": "1", "timestamp": "2026-11-21T12:00:00.1Z"}'
    trace = '{"event": "duty failed", "level": "error", "fault": "KeyError", "trace": "a.py:1:f < b.py:2:<module>"}'

    assert faults_in(f"{good}\n{trace}\n") == []
    assert len(faults_in(f'{good}\nTraceback\n[1]\n{{"event": "May I?"}}\n{{"event": "a", "name": "Ann"}}')) == 4


def test_a_key_that_may_be_logged_is_not_enough() -> None:
    assert faults_of("message handled", {"stage": "Ann Example"}) != []
    assert faults_of("message handled", {"stage": "sent"}) == []


def run_in(room: str, line: str) -> None:
    """Runs a line as if it stood in a module of a room."""
    file = f"{__file__.rpartition('/tests/')[0]}/{room.replace('.', '/')}.py"
    exec(compile(line, file, "exec"), {"__name__": room, "log": structlog.get_logger(), "logging": logging})
