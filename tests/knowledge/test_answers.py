"""What several parts of an answer come to together."""

import pytest

from knowledge.answers import common_verdict
from knowledge.clauses import Verdict

YES, NO, DEPENDS, INFO = Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO


@pytest.mark.parametrize(
    ("verdicts", "common"),
    [
        ([YES], YES),
        ([NO, NO], NO),
        ([YES, NO], DEPENDS),
        ([YES, DEPENDS], DEPENDS),
        ([YES, INFO], INFO),
        ([NO, DEPENDS, INFO], INFO),
    ],
)
def test_parts_that_agree_keep_their_verdict_and_others_inform_or_depend(
    verdicts: list[Verdict], common: Verdict
) -> None:
    assert common_verdict(verdicts) is common
