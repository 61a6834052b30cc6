"""Where a list of responses has led is found by replaying it, and nothing else is kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import policy_files
from knowledge.clauses import ROLES, Party
from knowledge.flows.files import load
from knowledge.flows.flow import NOT_SURE, Flow, Option, Position, Response, ResponseError, Step, position
from tests.conftest import SAMPLE


def flow_named(name: str) -> Flow:
    clauses = {clause.id: clause for policy in policy_files.load([SAMPLE]) for clause in policy.clauses}
    (found,) = load([SAMPLE / "flows"], clauses).named(name)
    return found


RECORDING = flow_named("larks/recording")
CONSENTED = Response("consent", "Yes, the conductor has")
REFUSED = Response("consent", "No, or I have not asked")
AT_HOME = Response("use", "To practise at home")
WITH_A_FRIEND = Response("use", "To invite a friend to the next one")


def after(*responses: Response, role: Party = Party.MEMBER) -> Position:
    return position(RECORDING, responses, role)


def ended(*responses: Response, role: Party = Party.MEMBER) -> str:
    outcome = after(*responses, role=role).outcome
    assert outcome is not None
    return outcome.id


def test_it_begins_at_the_first_step() -> None:
    assert after() == Position((), step=RECORDING.steps[0])


def test_a_response_leads_to_the_step_that_its_option_names() -> None:
    assert after(CONSENTED) == Position((CONSENTED,), step=RECORDING.step("use"))


def test_the_last_response_leads_to_an_outcome() -> None:
    assert after(CONSENTED, AT_HOME) == Position((CONSENTED, AT_HOME), outcome=RECORDING.outcome("practice"))


def test_the_order_in_which_responses_were_given_changes_nothing() -> None:
    assert after(AT_HOME, CONSENTED) == after(CONSENTED, AT_HOME)


def test_an_earlier_response_is_changed_by_giving_another_to_the_same_step() -> None:
    assert ended(CONSENTED, AT_HOME, Response("use", WITH_A_FRIEND.label)) == "friend"
    assert ended(CONSENTED, AT_HOME, REFUSED) == "secret"


def test_a_response_off_the_way_is_kept_out_of_the_path_and_counts_again_once_the_way_leads_there() -> None:
    assert after(AT_HOME, REFUSED).path == (REFUSED,)
    assert after(AT_HOME, REFUSED, CONSENTED).path == (CONSENTED, AT_HOME)


@pytest.mark.parametrize("before", [(), (CONSENTED,)])
def test_not_sure_is_an_option_of_every_step_and_ends_without_an_outcome(before: tuple[Response, ...]) -> None:
    at = after(*before).step
    assert at is not None
    assert at.labels[-1] == NOT_SURE

    unsure = after(*before, Response(at.id, NOT_SURE))

    assert unsure.unsure
    assert unsure.path == (*before, Response(at.id, NOT_SURE))


def test_not_sure_can_be_changed_too() -> None:
    assert ended(Response("consent", NOT_SURE), REFUSED) == "secret"


def test_where_it_leads_can_turn_on_the_role() -> None:
    assert ended(REFUSED, role=Party.STAFF) == "paid"
    assert ended(REFUSED, role=Party.TRAINEE) == "secret"


def test_a_response_to_no_step_is_an_error_that_names_it() -> None:
    with pytest.raises(ResponseError, match="'tempo' is no step of larks/recording"):
        after(CONSENTED, Response("tempo", "Fast"))


def test_a_response_that_is_no_option_is_an_error_even_off_the_way() -> None:
    with pytest.raises(ResponseError, match="'Loud' is no option of the step 'use' of larks/recording"):
        after(REFUSED, Response("use", "Loud"))


def test_a_flow_that_runs_in_a_circle_is_an_error_and_no_endless_loop() -> None:
    back = replace(RECORDING.steps[1], options=(Option("Again", "consent"), Option("Once more", "consent")))
    circle = replace(RECORDING, steps=(RECORDING.steps[0], back))

    with pytest.raises(ResponseError, match="leads back to 'consent'"):
        position(circle, [CONSENTED, Response("use", "Again")], Party.MEMBER)


def test_a_flow_that_leads_nowhere_is_an_error() -> None:
    astray = replace(RECORDING, steps=(Step("consent", "?", (Option("On", "nowhere"), Option("Off", "secret"))),))

    with pytest.raises(ResponseError, match="leads to 'nowhere', which it does not have"):
        position(astray, [Response("consent", "On")], Party.MEMBER)


def test_every_clause_that_it_rests_on_is_named_once() -> None:
    assert RECORDING.clauses == (
        "larks/rehearsals/recording",
        "larks/accounts/employees",
        "larks/accounts/tone",
        "larks/concerts/credit",
        "larks/rehearsals/invite",
    )


_NAMES = st.sampled_from([step.id for step in RECORDING.steps]) | st.text(max_size=8)
_LABELS = st.sampled_from([label for step in RECORDING.steps for label in step.labels]) | st.text(max_size=8)
_VALID = st.sampled_from([Response(step.id, label) for step in RECORDING.steps for label in step.labels])


@given(st.lists(_VALID | st.builds(Response, _NAMES, _LABELS), max_size=12), st.sampled_from(ROLES))
def test_any_responses_give_a_position_or_an_error_and_nothing_else(responses: list[Response], role: Party) -> None:
    try:
        at = position(RECORDING, responses, role)
    except ResponseError:
        assert not all(response in _every_response() for response in responses)
    else:
        assert [at.step is not None, at.outcome is not None, at.unsure].count(True) == 1
        assert set(at.path) <= set(responses)
        assert position(RECORDING, at.path, role) == at


def _every_response() -> list[Response]:
    return [Response(step.id, label) for step in RECORDING.steps for label in step.labels]
