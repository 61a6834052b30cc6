"""How a question is put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.questions import LONGEST, Account, Mood, Reading, divide, plain, read, spelt_out


@pytest.mark.parametrize(
    ("question", "mood"),
    [
        ("Can I record it?", Mood.PERMISSION),
        ("may we post this", Mood.PERMISSION),
        ("could I put it online", Mood.PERMISSION),
        ("Is it ok to share a picture?", Mood.PERMISSION),
        ("I'd like to post a picture of the boat. Is that all right?", Mood.PERMISSION),
        ("Can't I post it?", Mood.PERMISSION),
        ("cant i post it", Mood.PERMISSION),
        ("are we allowed to sing in the street", Mood.PERMISSION),
        ("I'd like to post a picture of the boat. Would that be fine?", Mood.PERMISSION),
        ("Do I have to ask her?", Mood.DUTY),
        ("should we tell the office", Mood.DUTY),
        ("Am I supposed to check links?", Mood.DUTY),
        ("must the profile say so", Mood.DUTY),
        ("is consent required", Mood.DUTY),
        ("Is it a problem if I post a picture?", Mood.CONCERN),
        ("does it matter that nobody asked", Mood.CONCERN),
        ("Surely blogs are exempt, right?", Mood.BELIEF),
        ("I take it we may post it", Mood.BELIEF),
        ("The choir has no website, correct?", Mood.BELIEF),
        ("Is it the choir or the club?", Mood.CHOICE),
        ("Who runs the account?", Mood.OPEN),
        ("what counts as a website", Mood.OPEN),
        ("how do I report it", Mood.OPEN),
        ("tell me about cameras", Mood.OPEN),
        ("Does the policy cover blogs?", Mood.FACT),
        ("Is there a list?", Mood.FACT),
        ("I posted a picture yesterday.", Mood.STATEMENT),
        ("", Mood.STATEMENT),
    ],
)
def test_the_mood_is_what_a_question_asks_for(question: str, mood: Mood) -> None:
    assert read(question).mood is mood


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Can I post it?", False),
        ("Can I not post it?", True),
        ("Don't I have to ask?", True),
        ("May I post it without her name?", True),
        ("is it never allowed", True),
        ("He never rows on Sundays. Can I post a picture of him?", False),
    ],
)
def test_only_the_sentence_that_asks_is_negated(question: str, negated: bool) -> None:
    assert read(question).negated is negated


@pytest.mark.parametrize(
    ("question", "lacks", "has"),
    [
        ("I never asked her. Can I post it?", True, False),
        ("can I post it without asking", True, False),
        ("nobody has checked the facts, may I post", True, False),
        ("I forgot to look at the links, may I post", True, False),
        ("She has agreed. May I post it?", False, True),
        ("we got permission from the owner, can we post", False, True),
        ("Can I post a picture?", False, False),
    ],
)
def test_what_the_asker_lacks_or_has_is_read_from_the_whole_message(question: str, lacks: bool, has: bool) -> None:
    assert (read(question).lacks, read(question).has) == (lacks, has)


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("on my own account, may I swear", Account.PERSONAL),
        ("can I post from my personal Facebook page", Account.PERSONAL),
        ("is my private blog bound", Account.PERSONAL),
        ("our SIG account wants a picture", Account.AFFILIATED),
        ("I run the group's feed, may I post", Account.AFFILIATED),
        ("can I tweet it from @ipemnews", Account.OFFICIAL),
        ("can I post it", None),
    ],
)
def test_the_account_is_the_one_that_is_spoken_of(question: str, account: Account | None) -> None:
    assert read(question).account is account


@pytest.mark.parametrize(
    ("question", "represents"),
    [
        ("I represent IPEM; may I?", True),
        ("retweeting on behalf of ICIS", True),
        ("I'm not representing anyone. may I retweet?", False),
        ("I am an ordinary member, may I retweet?", False),
        ("it is a purely personal matter", False),
        ("may I retweet this?", None),
    ],
)
def test_whether_the_asker_represents_the_society_is_known_only_where_it_is_said(
    question: str, represents: bool | None
) -> None:
    assert read(question).represents is represents


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't", "do not"),
        ("I didn’t", "i did not"),
        ("isnt it", "is not it"),
        ("pls", "please"),
        ("u wanna post", "you want to post"),
        ("What's that", "what is that"),
        ("cannot", "can not"),
        ("can't", "can not"),
        ("cant", "can not"),
        ("won't", "will not"),
        ("w/o", "without"),
    ],
)
def test_contractions_and_text_speak_are_spelt_out(text: str, words: str) -> None:
    assert spelt_out(text) == words


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Can I post it?", ["Can I post it?"]),
        ("Can I post it? And who decides?", ["Can I post it?", "And who decides?"]),
        ("Can I post a picture and who do I ask about it?", ["Can I post a picture", "who do I ask about it?"]),
        ("I took a picture. Can I post it?", ["I took a picture. Can I post it?"]),
        ("Can I post it?\nWho decides on that?", ["Can I post it?", "Who decides on that?"]),
        (
            "Can I post it? And who decides on it? She asked me not to.",
            ["Can I post it?", "And who decides on it? She asked me not to."],
        ),
        ("may I sing and dance", ["may I sing and dance"]),
        ("hello", ["hello"]),
        ("", [""]),
    ],
)
def test_a_message_is_divided_where_it_asks_another_thing(text: str, pieces: list[str]) -> None:
    assert divide(text) == pieces


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  may \t I\u00a0post  ", "may I post"),
        ("po\u200bst", "post"),
        ("a\u202eb\u2066c", "abc"),
        ("\x00\x1b[31mred", "[31mred"),
        ("ﬁne", "fine"),
        ("one\ntwo", "one\ntwo"),
        ("👨\u200d👩", "👨\u200d👩"),
        (" \n ", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out_of_a_message(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize("text", ["x" * 20_000, "ﷺ" * 20_000, "may I " * 20_000])
def test_a_message_is_read_to_a_bounded_length(text: str) -> None:
    assert len(plain(text)) <= LONGEST


@given(st.text(max_size=400))
def test_any_text_has_a_reading_and_pieces(text: str) -> None:
    words = plain(text)
    assert isinstance(read(words), Reading)
    pieces = divide(words)
    assert pieces
    assert set(" ".join(pieces).split()) <= set(words.split())
    assert plain(words) == words


WORDS = st.sampled_from(
    ["can I", "do I have to", "not", "?", "? ", ". ", "\n", "and", "who", "post", "or", "my own", "right", ", ", "if"]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_no_piece_has_a_word_that_the_message_lacks(text: str) -> None:
    for piece in divide(text):
        assert set(piece.split()) <= set(text.split())


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_reading_twice_reads_the_same(text: str) -> None:
    assert read(text) == read(text)
