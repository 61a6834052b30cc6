"""What a force means, and to whom a clause speaks."""

import pytest

from knowledge.clauses import ROLES, Clause, Force, Party


def a_clause(*binds: Party) -> Clause:
    return Clause("larks/rehearsals/recording", "larks", "Rehearsals", Force.MUST_NOT, binds, "Never record.")


@pytest.mark.parametrize(
    ("force", "forbids", "requires"),
    [
        (Force.MUST, False, True),
        (Force.SHOULD, False, True),
        (Force.MUST_NOT, True, False),
        (Force.SHOULD_NOT, True, False),
        (Force.MAY, False, False),
        (Force.FACT, False, False),
        (Force.GAP, False, False),
    ],
)
def test_a_fact_a_gap_and_a_permission_neither_forbid_nor_require(force: Force, forbids: bool, requires: bool) -> None:
    assert (force.forbids, force.requires) == (forbids, requires)


def test_the_society_and_the_group_of_a_clause_are_read_from_its_id() -> None:
    clause = a_clause(Party.MEMBER)
    assert clause.society == "larks"
    assert clause.group == "larks/rehearsals"


@pytest.mark.parametrize("role", [Party.MEMBER, Party.TRAINEE, Party.FELLOW])
def test_trainees_and_fellows_are_bound_as_members(role: Party) -> None:
    assert a_clause(Party.MEMBER).is_for(role)


@pytest.mark.parametrize("role", [Party.STAFF, Party.GROUP, Party.ACCOUNT_ADMIN, Party.ANYONE])
def test_nobody_else_is_bound_as_a_member(role: Party) -> None:
    assert not a_clause(Party.MEMBER).is_for(role)


def test_what_binds_trainees_alone_does_not_bind_members() -> None:
    assert a_clause(Party.TRAINEE).is_for(Party.TRAINEE)
    assert not a_clause(Party.TRAINEE).is_for(Party.MEMBER)


@pytest.mark.parametrize("role", ROLES)
def test_what_binds_anyone_is_for_every_role(role: Party) -> None:
    assert a_clause(Party.ANYONE).is_for(role)


def test_nobody_asks_as_the_office_or_the_trustees() -> None:
    assert not {Party.NATIONAL_OFFICE, Party.TRUSTEES} & set(ROLES)
