"""Posts that stay out of what goes to the office: of the question, of what was said before, and of what quotes them."""

import re

import pytest

from bot.acts import Escalate, Send
from bot.dossiers import dossier_of, said_in
from bot.exchanges import Ending, Exchange
from bot.posts_left_out import apart, is_shortened, without_quotes
from bot.replies import Previewed
from bot.tickets import Dossier
from knowledge.library import Library
from tests.bot.asking import Choir, told

POST = "By far the finest choir: KITE sings “Sea Drift”, 20% off!"
ASKED = f"Can I share this?\n> {POST}"
TOLD = f"I read the post. “By far the finest”: it boasts. “{POST}”: it sells.\n\nWhose is it?\n1. Ours\n2. Theirs"


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


def guided(choir: Choir) -> Exchange:
    return choir.heard(ASKED, Ending.GUIDED, told=TOLD, post=POST)


def dossier(choir: Choir, exchange: Exchange, *left_out: str, shortened: str = "") -> Dossier:
    with choir.store.work() as work:
        return dossier_of(exchange, work, "", left_out, shortened)


def parts(dossier: Dossier) -> dict[str, str]:
    return {part.id: part.text for part in dossier.parts}


def test_the_post_is_in_a_part_of_its_own_and_not_in_the_question(choir: Choir) -> None:
    whole = dossier(choir, guided(choir))

    assert (whole.question, parts(whole)["question"]) == ("Can I share this?", "Can I share this?")
    assert parts(whole)["post"] == POST
    assert parts(whole)["told"] == TOLD  # which goes as it was said, where the post goes


def test_no_word_of_a_post_that_is_left_out_goes(choir: Choir) -> None:
    guided(choir)
    exchange = choir.heard("2", Ending.GUIDED, question=ASKED, said=(("Whose?", "Mend: “By far the fin…”"),), told=TOLD)

    left = dossier(choir, exchange, "post")

    assert not re.search("KITE|finest|Drift|20%", repr(left))
    assert parts(left)["told"].startswith("I read the post. “[left out]”: it boasts. “[left out]”: it sells.")
    assert parts(left)["line:1:asked"] == "Can I share this?"


@pytest.mark.parametrize("asked", ["check: {}", "check {}", "Please check my post: {}"])
def test_no_word_of_a_draft_that_quotes_something_goes_either(choir: Choir, asked: str) -> None:
    draft = "RT @zither: “the finest choir we have ever heard” says Kite of the Larks"
    exchange = choir.heard(asked.format(draft), Ending.CHECKED, post=draft)

    assert not re.search("zither|finest|Kite|Larks", repr(dossier(choir, exchange, "post")))
    assert not re.search(
        "zither|Kite", repr(dossier(choir, exchange, shortened="“the finest choir we have ever heard”"))
    )


def test_of_a_shortened_post_only_what_is_left_is_quoted(choir: Choir) -> None:
    left = dossier(choir, guided(choir), shortened="By far the finest choir")

    assert parts(left)["post"] == "By far the finest choir"
    assert "“By far the finest”: it boasts. “[left out]”: it sells." in parts(left)["told"]
    assert "KITE" not in repr(left)
    assert next(part.heading for part in left.parts if part.id == "post") == "The post or draft, which you shortened"


def test_a_post_of_another_question_goes_nowhere(choir: Choir) -> None:
    guided(choir)

    assert "KITE" not in repr(dossier(choir, choir.heard("What may I wear?", "info")))


@pytest.mark.parametrize("draft", [POST, "Sing KITE"])
def test_a_draft_that_was_mended_is_left_out_wherever_it_stands(choir: Choir, draft: str) -> None:
    choir.heard(draft, Ending.ASKED, post=draft, told="Which account?")
    mended = f"{draft}!"
    said = f"Mended; it now reads:\n{mended}\n\nShall I mend?\n1. Mend: take out “{draft}”"
    exchange = choir.heard("1", Ending.CHECKED, post=mended, question=f"check: {draft}", told=said)

    left = dossier(choir, exchange, "post")

    assert "KITE" not in repr(left)
    assert left.question == "Please look at this post or draft."


def test_a_question_that_came_with_a_post_never_says_all_by_itself(choir: Choir) -> None:
    exchange = guided(choir)

    assert not dossier(choir, exchange, "post").alone


def test_queries_on_different_posts_are_not_taken_for_one(choir: Choir) -> None:
    choir.does(Send(guided(choir).id, named=False))
    other = choir.heard("Can I share this?\n> Quite another post of theirs", Ending.GUIDED, post="Quite another")

    (shown,) = choir.does(Escalate(other.id))

    assert isinstance(shown, Previewed)
    assert "already" not in shown.opening
    assert said_in(choir.ticket().dossier) == f"Can I share this?\n{POST}"


def test_the_preview_says_that_what_quotes_the_post_stays_out_with_it(choir: Choir) -> None:
    (with_post,) = choir.does(Escalate(guided(choir).id))
    choir.later(days=2)
    (without,) = choir.does(Escalate(choir.heard(conversation="slack:D2:").id))

    assert isinstance(with_post, Previewed)
    assert isinstance(without, Previewed)
    assert "I leave out what quotes those" in with_post.remarks
    assert "I leave out what quotes those" not in without.remarks


def test_what_goes_without_the_post_is_what_the_desk_has(choir: Choir) -> None:
    replies = choir.does(Send(guided(choir).id, named=False, left_out=("post",)))

    assert "KITE" not in repr(replies)
    assert "KITE" not in repr(choir.ticket())


def test_words_added_to_a_shortened_post_are_refused_and_given_back(choir: Choir) -> None:
    replies = choir.does(Send(guided(choir).id, named=False, shortened="By far the finest choir, they say"))

    assert told(replies).text.startswith("I can only pass that on with words left out")
    assert told(replies).words == "By far the finest choir, they say"
    assert isinstance(replies[1], Previewed)
    with choir.store.work() as work:
        assert work.tickets.waiting() == ()


def test_the_desk_sees_that_a_post_was_shortened(choir: Choir) -> None:
    _, card, *_ = choir.does(Send(guided(choir).id, named=False, shortened="By far the finest choir"))

    assert "The post or draft, shortened by the asker" in repr(card)
    assert "KITE" not in repr(card)


def test_a_shortened_post_is_no_matter_where_the_post_is_left_out(choir: Choir) -> None:
    choir.does(Send(guided(choir).id, named=False, left_out=("post",), shortened="By far"))

    assert "post" not in parts(choir.ticket().dossier)


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("", True),
        (POST, True),
        ("By far the choir: sings 20% off", True),
        ("by far", False),
        ("choir By far", False),
        ("By far far the finest", False),
        ("By far the fine", False),
        ("By far the finest choir\u200b", True),
    ],
)
def test_a_shortened_post_has_its_words_in_its_order_and_no_others(words: str, fits: bool) -> None:
    assert is_shortened(words, POST) is fits


@pytest.mark.parametrize(
    ("asked", "post", "left"),
    [
        ("Can I use the logo?", "logo", "Can I use the logo?"),
        ("check: Hi all", "Hi all", "Please look at this post or draft."),
        ("We sang in town today", "We sang in town today", "Please look at this post or draft."),
        ("Can I say “hello” there?", "", "Can I say “hello” there?"),
        ("Is it fine: We sang in town", "We sang in town", "Is it fine"),
    ],
)
def test_what_is_asked_is_left_without_the_post(asked: str, post: str, left: str) -> None:
    assert apart(asked, (post,)) == left


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("“By far the  FINEST”: so.", "“[left out]”: so."),
        ("“By far the fin…”: so.", "“[left out]”: so."),
        ("“sings “Sea Drift”, 20%”: so.", "“[left out]”: so."),
        ("“To change it”, say “far”.", "“To change it”, say “[left out]”."),
        ("“” and “", "“” and “"),
    ],
)
def test_quotes_of_a_post_are_masked_and_no_others(said: str, masked: str) -> None:
    assert without_quotes(said, (POST,)) == masked


def test_marks_without_words_are_masked_too() -> None:
    assert without_quotes("“🔥🔥”: it shouts.", ("Sing 🔥🔥 with us",)) == "“[left out]”: it shouts."


def test_hostile_quotation_marks_are_read_quickly() -> None:
    post = "“”" * 5_000

    assert "KITE" not in without_quotes(f"“KITE {post}”", (f"KITE {post}",))
