"""The figures of posts whose right outcomes are known, worked by hand."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from adapters.evaluation.figures import BadSet, Figure
from adapters.evaluation.retweets import (
    KnownPost,
    ScoredPost,
    as_json,
    as_tables,
    figures_by_group,
    figures_of,
    judge_all,
    outcomes_of,
    read_posts,
)
from knowledge.flows.sharing import Sharing, SharingOutcome
from knowledge.library import Library
from tests.knowledge.flows.sharing_choir import CREDIT, INVITE, TONE, choir_sharing

GOOD = {
    "id": "r1",
    "society": "larks",
    "post": "We are the finest choir.",
    "author": "company",
    "representing": True,
    "expected": "not_fine",
    "gold": [TONE],
}
SET = [
    GOOD,
    GOOD | {"id": "r2", "post": "It rained.", "author": "larks"},  # passed, though it should not be
    GOOD | {"id": "r3", "post": "Come along", "author": "member", "expected": "fine", "gold": [CREDIT]},
    GOOD | {"id": "r4", "post": "Come along to the finest? day", "author": "member", "expected": "fine", "gold": []},
    GOOD | {"id": "r5", "representing": False, "expected": "fine", "gold": [INVITE, CREDIT]},
    GOOD | {"id": "r6", "post": "The subscription", "author": "other", "expected": "ask_office", "gold": [CREDIT]},
]


@pytest.fixture(scope="module")
def sharing(sample_library: Library) -> Sharing:
    return choir_sharing(sample_library)


@pytest.fixture(scope="module")
def scored(sharing: Sharing) -> list[ScoredPost]:
    return judge_all(sharing, ["larks", "oars"], [KnownPost.model_validate(row) for row in SET])


def test_every_figure_is_what_it_is_by_hand(scored: list[ScoredPost]) -> None:
    assert figures_of(scored) == [
        Figure("right outcome", 4, 6),
        Figure("not_fine, passed as fine", 1, 2),
        Figure("gives a right clause", 4, 5),
    ]


def test_figures_are_given_by_author_and_by_whether_the_society_is_represented(scored: list[ScoredPost]) -> None:
    figures = figures_by_group(scored)

    assert list(figures) == [
        "all", "author company", "author larks", "author member", "author other", "representing yes", "representing no",
    ]  # fmt: skip
    assert figures["representing no"][0] == Figure("right outcome", 1, 1)
    assert figures["author larks"][1] == Figure("not_fine, passed as fine", 1, 1)


def test_the_table_of_outcomes_counts_every_post_once(scored: list[ScoredPost]) -> None:
    outcomes = outcomes_of(scored)

    assert outcomes["not_fine"] == {"fine": 1, "not_fine": 1, "judgement": 0, "ask_office": 0}
    assert outcomes["fine"] == {"fine": 2, "not_fine": 0, "judgement": 1, "ask_office": 0}
    assert sum(count for given in outcomes.values() for count in given.values()) == len(SET)


def test_the_json_has_the_figures_and_the_table(scored: list[ScoredPost]) -> None:
    shape = json.loads(json.dumps(as_json(scored)))

    assert shape["all"]["right outcome"] == {"share": pytest.approx(4 / 6), "right": 4, "of": 6}
    assert shape["expected, then given"]["ask_office"]["ask_office"] == 1


def test_the_tables_show_shares_with_their_counts(scored: list[ScoredPost]) -> None:
    console = Console(width=160, file=io.StringIO())
    with console.capture() as captured:
        for table in as_tables(scored):
            console.print(table)
    shown = captured.get()

    assert "0.667 (4/6)" in shown
    assert "given ask_office" in shown


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"society": "finches"}, "post r1: no policy of 'finches' is held"),
        ({"author": "a robin"}, "post r1: the author 'a robin' is unknown"),
        ({"post": " "}, "post r1: there is nothing in it"),
    ],
)
def test_a_post_that_cannot_be_judged_is_named(sharing: Sharing, row: dict[str, str], what: str) -> None:
    with pytest.raises(BadSet) as refused:
        judge_all(sharing, ["larks", "oars"], [KnownPost.model_validate(GOOD | row)])

    assert str(refused.value).startswith(what)


@pytest.mark.parametrize("row", [{"expected": "maybe"}, {"representing": "perhaps"}, {"gold": TONE}, {"post": ""}])
def test_a_bad_line_is_refused_with_file_and_line(tmp_path: Path, row: dict[str, object]) -> None:
    file = tmp_path / "retweets.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n{json.dumps(GOOD | row)}\n", encoding="utf-8")

    with pytest.raises(BadSet) as refused:
        read_posts(file)

    assert str(refused.value).startswith(f"{file}:2: {next(iter(row))}")


def test_outcomes_are_those_of_the_contract() -> None:
    assert list(SharingOutcome) == ["fine", "not_fine", "judgement", "ask_office"]
