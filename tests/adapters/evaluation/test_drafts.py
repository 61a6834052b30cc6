"""The figures of drafts whose faults are known, worked by hand."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from adapters.evaluation.drafts import (
    KnownDraft,
    ScoredDraft,
    as_json,
    as_table,
    check_all,
    f1,
    figures_by_group,
    figures_of,
    read_drafts,
)
from adapters.evaluation.figures import BadSet, Figure
from knowledge.posts.drafts import Draft, Finding, Kind, Severity

ONE, TWO = "larks/a/one", "larks/a/two"
GOOD = {"id": "d1", "society": "larks", "account": "affiliated", "draft": "We are teh finest.", "findings": []}


def fault(clause: str, span: str) -> dict[str, str]:
    return {"clause": clause, "span": span}


SET = [
    GOOD | {"findings": [fault(ONE, "teh"), fault(ONE, "finest")]},  # two faults of one clause, one of them found
    GOOD | {"id": "d2", "findings": [fault(TWO, "")]},  # something is missing, and that is found
    GOOD | {"id": "d3", "draft": "We sang.", "account": "personal"},  # clean, and found clean
    GOOD | {"id": "d4", "draft": "We hummed.", "society": "oars"},  # clean, and two faults are found
]


class PreparedChecker:
    """Finds what is laid down beforehand."""

    def __init__(self) -> None:
        self.asked: list[Draft] = []

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        self.asked.append(draft)
        match draft.text:
            case "We sang.":
                return ()
            case "We hummed.":
                return _found(ONE, draft.text, "We"), _found(ONE, draft.text, "hummed")
            case _ if len(self.asked) == 1:
                return (_found(ONE, draft.text, "the finest"[4:]),)
            case _:
                return (_found(TWO, draft.text, ""),)


def _found(clause: str, text: str, span: str) -> Finding:
    start = text.find(span) if span else len(text)
    return Finding(clause, start, start + len(span), span, Severity.ERROR, "Mend it.", None, "spelling")


@pytest.fixture
def scored() -> list[ScoredDraft]:
    return check_all(PreparedChecker(), ["larks", "oars"], [KnownDraft.model_validate(row) for row in SET])


def test_every_figure_is_what_it_is_by_hand(scored: list[ScoredDraft]) -> None:
    assert figures_of(scored) == [
        Figure("precision of findings", 2, 3),
        Figure("recall of findings", 2, 2),
        Figure("clean drafts found clean", 1, 2),
        Figure("false findings on clean drafts", 2, 2),
        Figure("words at fault agree", 2, 3),
    ]
    assert f1(figures_of(scored)) == pytest.approx(0.8)


def test_figures_are_given_by_society_and_by_account(scored: list[ScoredDraft]) -> None:
    figures = figures_by_group(scored)

    assert list(figures) == ["all", "society larks", "society oars", "account affiliated", "account personal"]
    assert figures["account personal"][2] == Figure("clean drafts found clean", 1, 1)


def test_a_draft_is_checked_as_it_is_known() -> None:
    checker = PreparedChecker()
    check_all(checker, ["larks"], [KnownDraft.model_validate(GOOD | {"kind": "profile", "role": "staff"})])

    (draft,) = checker.asked
    assert (draft.kind, draft.role, draft.account) == (Kind.PROFILE, "staff", "affiliated")


def test_the_json_has_every_figure_with_its_counts(scored: list[ScoredDraft]) -> None:
    shape = json.loads(json.dumps(as_json(scored)))

    assert shape["all"]["precision of findings"] == {"share": pytest.approx(2 / 3), "right": 2, "of": 3}
    assert shape["all"]["F1 of findings"] == pytest.approx(0.8)


def test_the_table_shows_share_and_counts(scored: list[ScoredDraft]) -> None:
    console = Console(width=160, file=io.StringIO())
    with console.capture() as captured:
        console.print(as_table(scored))

    assert "0.667 (2/3)" in captured.get()
    assert "F1 of findings" in captured.get()


def test_a_society_that_is_not_held_is_named() -> None:
    with pytest.raises(BadSet, match="draft d1: no policy of 'larks' is held"):
        check_all(PreparedChecker(), ["oars"], [KnownDraft.model_validate(GOOD)])


@pytest.mark.parametrize(
    "row",
    [
        {"findings": [fault(ONE, "nowhere")]},
        {"findings": [fault(ONE, "e")]},
        {"findings": [{"clause": ONE}]},
        {"account": "borrowed"},
        {"draft": ""},
        {"kind": "poem"},
    ],
)
def test_a_bad_line_is_refused_with_file_and_line(tmp_path: Path, row: dict[str, object]) -> None:
    file = tmp_path / "drafts.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n\n{json.dumps(GOOD | row)}\n", encoding="utf-8")

    with pytest.raises(BadSet) as refused:
        read_drafts(file)

    assert str(refused.value).startswith(f"{file}:3: ")
    assert "\n" not in str(refused.value)
