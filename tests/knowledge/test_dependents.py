"""What rests on clauses is found by the clauses that change."""

from knowledge.dependents import Dependent, resting_on

QUIZ = Dependent("the quiz for new coxes", frozenset({"oars/bank/bell", "oars/water/times"}))
SIGN = Dependent("the sign on the gate", frozenset({"oars/bank/towpath"}))


def test_each_is_told_with_the_clauses_that_it_rests_on_among_those_asked_for() -> None:
    found = resting_on([QUIZ, SIGN], {"oars/bank/bell", "oars/bank/blazers"})
    assert found == [Dependent("the quiz for new coxes", frozenset({"oars/bank/bell"}))]


def test_nothing_rests_on_what_nobody_named() -> None:
    assert resting_on([QUIZ, SIGN], {"larks/concerts/credit"}) == []
    assert resting_on([], {"oars/bank/bell"}) == []
