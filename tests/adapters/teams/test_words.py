"""What somebody wrote in Teams, as a person reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.words import Mention, mentions_in, words_of, words_of_html

US = "28:bot"
OURS = Mention("<at>Policy</at>", US, "Policy")
ANN = Mention("<at>Ann</at>", "29:ann", "Ann")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<at>Policy</at> May I?", "May I?"),
        ("<at>Policy</at>, may I?", "may I?"),
        ("May I, <at>Policy</at>?", "May I,?"),
        ("Hello <at>Policy</at> may I?", "Hello may I?"),
        ("<at>Policy</at>", ""),
    ],
)
def test_the_mention_of_us_is_left_out(text: str, words: str) -> None:
    assert words_of(text, [OURS], US) == words


def test_our_name_stays_wherever_it_is_no_mention() -> None:
    asked = "<at>Policy</at> what is the Policy on retweets? Policymakers ask."

    assert words_of(asked, [OURS], US) == "what is the Policy on retweets? Policymakers ask."


def test_each_mention_is_cut_once() -> None:
    typed = "<at>Policy</at> <at>Policy</at> may I?"

    assert words_of(typed, [OURS, OURS], US) == "may I?"
    assert words_of(typed, [OURS], US) == "<at>Policy</at> may I?"


def test_a_mention_that_stands_nowhere_in_the_text_changes_nothing() -> None:
    assert words_of("Policy or not?", [OURS], US) == "Policy or not?"


def test_a_name_that_is_escaped_in_the_text_is_found() -> None:
    ours = Mention("<at>Chapter & Verse</at>", US, "Chapter & Verse")

    assert words_of("<at>Chapter &amp; Verse</at> may I?", [ours], US) == "may I?"
    assert words_of("<at>Chapter & Verse</at> may I?", [ours], US) == "may I?"


def test_somebody_else_is_read_as_their_name_or_as_what_stands_for_them() -> None:
    typed = "<at>Policy</at> hand 12 to <at>Ann</at>"

    assert words_of(typed, [OURS, ANN], US) == "hand 12 to @Ann"
    assert words_of(typed, [OURS, ANN], US, lambda mention: mention.user) == "hand 12 to 29:ann"


def test_what_was_typed_as_marks_is_read_as_it_was_typed() -> None:
    assert words_of("a &lt;b&gt; &amp; c&nbsp;d\r\ne", [], US) == "a <b> & c d\ne"


def test_marked_up_text_is_read_without_its_marks() -> None:
    text = "<p><at>Policy</at> may <b>we</b> share?</p><p>Soon</p>"

    assert words_of(text, [OURS], US, marked_up=True) == "may we share?\nSoon"


@pytest.mark.parametrize(
    "entity",
    [
        None,
        "mention",
        {"type": "mention"},
        {"type": "mention", "mentioned": None, "text": "<at>Policy</at>"},
        {"type": "mention", "mentioned": {"id": US}, "text": "Policy"},
        {"type": "mention", "mentioned": {"id": US}, "text": None},
        {"type": "mention", "mentioned": {"id": 5}, "text": "<at>Policy</at>"},
        {"type": "clientInfo", "mentioned": {"id": US}, "text": "<at>Policy</at>"},
    ],
)
def test_what_is_no_whole_mention_is_none(entity: object) -> None:
    assert mentions_in({"entities": [entity]}) == []


def test_a_mention_without_a_name_has_that_of_its_text() -> None:
    entity = {"type": "mention", "mentioned": {"id": "29:ann"}, "text": '<at id="0">Ann &amp; Co</at>'}

    assert mentions_in({"entities": [entity]}) == [Mention('<at id="0">Ann &amp; Co</at>', "29:ann", "Ann & Co")]


def test_no_more_mentions_are_read_than_anybody_makes() -> None:
    entity = {"type": "mention", "mentioned": {"id": "29:ann"}, "text": "<at>Ann</at>"}

    assert len(mentions_in({"entities": [entity] * 9_000})) == 50


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>We won!</p><p>At last</p>", "We won!\nAt last"),
        ("<div>one<br>two</div>", "one\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ('Well <img alt="🎉" itemtype="http://schema.skype.com/Emoji"> done', "Well 🎉 done"),
        ('<emoji alt="🙂"></emoji>', "🙂"),
        ('<img alt="image" src="https://choir.example/1.png">', ""),
        ('<at id="0">Ann</at> sings', "@Ann sings"),
        ('<a href="https://choir.example/">choir.example</a>', "choir.example"),
        ('<a href="https://choir.example/a">here</a>', "here (https://choir.example/a)"),
        ('<a href="mailto:post@choir.example">post@choir.example</a>', "post@choir.example"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<script>alert(1)</script>words", "words"),
        ("plain   words\n here", "plain words here"),
        ("x<b> </b><i> </i><u> </u>y", "x y"),
        ("x<b> </b><i> </i><br> <br> <i> </i>y", "x\ny"),
        ("", ""),
    ],
)
def test_the_words_of_html(source: str, words: str) -> None:
    assert words_of_html(source) == words


def test_what_a_message_answers_to_is_somebody_elses_and_left_out() -> None:
    reply = '<blockquote itemscope="" itemtype="http://schema.skype.com/Reply"><p>Secret</p></blockquote>'

    assert words_of_html(f"<div>{reply}<p>I agree</p></div>") == "I agree"


def test_a_quote_that_somebody_made_stays() -> None:
    assert words_of_html("<blockquote>Sing!</blockquote><p>May I?</p>") == "Sing!\nMay I?"


@given(st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet="<>&;/ap\x00t![]-\ud800\ue000", max_size=40))
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_is_read_as_something(text: str) -> None:
    words_of_html(text)
    words_of(text, [OURS, ANN], US)
    words_of(text, [OURS, ANN], US, marked_up=True)
