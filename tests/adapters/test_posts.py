"""The commands `verse retweet` and `verse check`, really run, and what they turn away."""

import json

import pytest

from knowledge.posts.reading import PostReader
from tests.adapters.test_command import bare, environment, refused, verse

__all__ = ["bare", "environment"]

BOAST = "We are the world leader in dosimetry equipment."
DRAFT = "We look forward to seeing you on 31 April."


@pytest.mark.usefixtures("bare")
class TestRefusals:
    """Unusable input ends with status 2 and one line that says what is wrong and what to do."""

    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (["retweet"], "give one post in quotes, or '-' to read it from standard input, or --jsonl FILE"),
            (["retweet", "Hello", "--jsonl", "-"], "give one post in quotes"),
            (["retweet", " ", "--society", "ipem"], "the post is empty; give its words"),
            (["retweet", "Hello", "--author", "a robin", "--society", "ipem"], "the author 'a robin' is unknown"),
            (["retweet", "Hello", "--role", "king", "--society", "ipem"], "the role 'king' is unknown"),
            (["retweet", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
            (["retweet", "Hello"], "whose policy? Add --society with icis or ipem, or set SOCIETY"),
            (["check"], "give one draft in quotes, or '-' to read it from standard input, or --jsonl FILE"),
            (["check", "Hello"], "which account will it go out from? It is one of personal, affiliated, official"),
            (["check", "Hello", "--account", "borrowed"], "the account 'borrowed' is unknown"),
            (["check", "", "--account", "personal", "--society", "ipem"], "the draft is empty; give its words"),
            (["check", "Hello", "--account", "personal", "--kind", "poem", "--society", "ipem"], "the kind 'poem' is"),
        ],
    )
    def test_input_that_cannot_be_used(
        self, words: list[str], line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert line in refused(capsys, monkeypatch, *words)

    @pytest.mark.parametrize("words", [["retweet", "Hello"], ["check", "Hello", "--account", "personal"]])
    def test_a_society_that_is_not_held(
        self,
        words: list[str],
        reader: PostReader,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        line = refused(capsys, monkeypatch, *words, "--society", "finches")

        assert line == "no policy of 'finches' is held; held are: icis, ipem"


def test_a_post_is_judged_verdict_first(environment: dict[str, str]) -> None:
    ran = verse(environment, "retweet", BOAST, "--author", "company", "--representing", "--society", "ipem")

    assert ran.status == 0
    assert ran.out.startswith("Not fine to share")
    assert "world leader" in ran.out.split("\n\n")[1]
    assert "[ipem/retweeting/example-not-fine]" in ran.out


def test_a_post_on_an_account_of_ones_own_is_not_limited(environment: dict[str, str]) -> None:
    ran = verse(environment, "retweet", "-", "--author", "company", "--personal", "--society", "ipem", "--json",
                read=BOAST.encode())  # fmt: skip

    (shape,) = ran.shapes
    assert shape["outcome"] == "fine"
    assert shape["id"] is None


def test_lines_are_judged_in_order_and_a_bad_one_does_not_stop_the_rest(environment: dict[str, str]) -> None:
    rows = [
        {"id": "r1", "post": BOAST, "author": "company", "representing": True},
        {"id": "r2"},
        {"id": "r3", "society": "finches", "post": BOAST},
        {"id": "r4", "society": "icis", "post": BOAST},
    ]
    text = "\n".join(json.dumps(row) for row in rows).encode()
    ran = verse(environment, "retweet", "--jsonl", "-", "--society", "ipem", read=text)

    assert [shape["id"] for shape in ran.shapes] == ["r1", "r2", "r3", "r4"]
    assert [shape.get("outcome") for shape in ran.shapes] == ["not_fine", None, None, "ask_office"]
    assert ran.shapes[2]["error"] == "no policy of 'finches' is held"
    assert ran.shapes[3]["citations"][0]["clause"] == "icis/professional/you-will-not"


def test_a_draft_is_checked_with_place_and_clause(environment: dict[str, str]) -> None:
    ran = verse(environment, "check", DRAFT, "--account", "affiliated", "--society", "ipem")

    assert ran.status == 0
    assert ran.out.startswith("Found in this post from an account that carries the society's name: ")
    assert "“31 April”" in ran.out
    assert "[ipem/principles/accuracy]" in ran.out


def test_a_mended_draft_is_printed_with_what_is_left(environment: dict[str, str]) -> None:
    draft = f"Bio: Fellow of ICIS. {DRAFT}"
    ran = verse(environment, "check", draft, "--account", "personal", "--society", "icis", "--mend")

    assert ran.out.startswith(f"{draft}\nThe views in this posting do not represent the views of ICIS")
    assert "icis/professional/disclaimer" not in ran.out


def test_drafts_of_a_file_are_checked_in_order(environment: dict[str, str]) -> None:
    rows = [
        {"id": "d1", "account": "affiliated", "draft": DRAFT},
        {"id": "d2", "draft": DRAFT},
        {"id": "d3", "society": "icis", "account": "personal", "draft": "A lovely walk by the river today."},
    ]
    text = "\n".join(json.dumps(row) for row in rows).encode()
    ran = verse(environment, "check", "--jsonl", "-", "--society", "ipem", read=text)

    assert [shape["id"] for shape in ran.shapes] == ["d1", "d2", "d3"]
    assert ran.shapes[0]["findings"][0]["clause"] == "ipem/principles/accuracy"
    assert ran.shapes[1]["error"].startswith("which account")
    assert ran.shapes[2]["findings"] == []
