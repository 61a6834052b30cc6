"""Posts and drafts, read from lines of a file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console.inbound import (
    BadInput,
    DraftLine,
    PostLine,
    account_from,
    author_from,
    draft_from,
    drafts_from,
    kind_from,
    posts_from,
    shared_post_from,
)
from knowledge.clauses import Party
from knowledge.flows.sharing import SharedPost, is_blank
from knowledge.posts.drafts import Draft, Kind
from knowledge.posts.post import Author
from knowledge.questions import Account


def posts(*rows: object, author: str | None = None, representing: bool | None = None) -> list[PostLine]:
    return list(posts_from((json.dumps(row).encode() for row in rows), "larks", author, representing, None))


def drafts(*rows: object, account: str | None = None, kind: str | None = None) -> list[DraftLine]:
    return list(drafts_from((json.dumps(row).encode() for row in rows), "larks", account, kind, None))


def test_a_whole_line_is_a_post() -> None:
    row = {"id": "r1", "society": "oars", "post": "We rowed.", "author": "Charity", "representing": False}
    (line,) = posts(row | {"role": "staff"}, author="company", representing=True)

    assert line == PostLine("r1", SharedPost("We rowed.", "oars", Author.CHARITY, False, Party.STAFF))


def test_what_a_line_of_a_post_leaves_out_comes_from_the_command_or_stays_open() -> None:
    (told,) = posts({"post": "We sang."}, author="company", representing=True)
    (open_,) = posts({"post": "We sang.", "author": None, "representing": None})

    assert told == PostLine("line 1", SharedPost("We sang.", "larks", Author.COMPANY, True))
    assert open_ == PostLine("line 1", SharedPost("We sang.", "larks", None, None))


def test_a_society_is_an_author_by_its_own_id() -> None:
    assert author_from("larks", "larks") is Author.SOCIETY
    assert author_from("society", "larks") is Author.SOCIETY
    with pytest.raises(BadInput, match="the author 'oars' is unknown; it is one of company, charity"):
        author_from("oars", "larks")


def test_a_whole_line_is_a_draft() -> None:
    row = {"id": 7, "society": "oars", "account": "official", "draft": "Bio: we row.", "kind": "profile"}
    (line,) = drafts(row | {"role": "fellow"}, account="personal")

    assert line == DraftLine(7, Draft("Bio: we row.", "oars", Account.OFFICIAL, Kind.PROFILE, Party.FELLOW))


def test_what_a_line_of_a_draft_leaves_out_comes_from_the_command() -> None:
    (line,) = drafts({"draft": "We sang."}, account="personal", kind="post")

    assert line == DraftLine("line 1", Draft("We sang.", "larks", Account.PERSONAL, Kind.POST))


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ([], "not a JSON object; each line is {'id', 'society', 'post', 'author', 'representing'}"),
        ({}, "'post' is missing or is not text"),
        ({"post": 17}, "'post' is missing or is not text"),
        ({"post": " \u200b"}, "the post is empty; give its words"),
        ({"post": "We sang.", "author": "a robin"}, "the author 'a robin' is unknown"),
        ({"post": "We sang.", "author": 17}, "'author' is not text"),
        ({"post": "We sang.", "representing": "yes"}, "'representing' is neither true nor false"),
        ({"post": "We sang.", "society": 17}, "'society' is not text"),
        ({"post": "We sang.", "role": "king"}, "the role 'king' is unknown"),
    ],
)
def test_a_bad_line_of_a_post_says_what_is_wrong_and_the_rest_goes_on(row: object, error: str) -> None:
    bad, good = posts(row, {"post": "We sang."})

    assert bad.post is None
    assert bad.error.startswith(error)
    assert good.post is not None


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({}, "'draft' is missing or is not text"),
        ({"draft": "We sang."}, "which account will it go out from? It is one of personal, affiliated, official"),
        ({"draft": "We sang.", "account": "borrowed"}, "the account 'borrowed' is unknown"),
        ({"draft": "We sang.", "account": "personal", "kind": "poem"}, "the kind 'poem' is unknown"),
        ({"draft": "", "account": "personal"}, "the draft is empty; give its words"),
    ],
)
def test_a_bad_line_of_a_draft_says_what_is_wrong_and_the_rest_goes_on(row: object, error: str) -> None:
    bad, good = drafts(row, {"draft": "We sang.", "account": "personal"})

    assert bad.draft is None
    assert bad.error.startswith(error)
    assert good.draft is not None


def test_no_society_is_an_error_of_the_line() -> None:
    (line,) = posts_from([b'{"post": "We sang."}'], None, None, None, None)

    assert line.error == "no 'society', and the setting SOCIETY is not set"


def test_what_nobody_says_stays_open() -> None:
    assert author_from(None, "larks") is None
    assert kind_from(None) is None
    with pytest.raises(BadInput):
        account_from(None)


@given(st.binary(), st.binary())
def test_any_bytes_are_a_post_and_a_draft_or_an_error(first: bytes, second: bytes) -> None:
    for line in posts_from([first, second], "larks", None, None, None):
        assert (line.post is None) == bool(line.error)
    for draft in drafts_from([first, second], "larks", "personal", None, None):
        assert (draft.draft is None) == bool(draft.error)


@given(st.text())
def test_any_text_in_which_something_can_be_seen_is_a_post_and_a_draft(text: str) -> None:
    if is_blank(text):
        return
    post = shared_post_from(text, "larks", None, None, None)

    assert post.text == draft_from(text, "larks", "official", None, None).text == text
