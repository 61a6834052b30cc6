"""Replies as Teams is sent them: looked at in golden files, and held to its rules whatever they say."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from adapters.chat.cutting import length
from adapters.chat.pieces import clean
from adapters.chat.pressing import Does
from adapters.storage.carried import act_from_json
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Card, Outgoing, Post, outgoing_of
from adapters.teams.render import teams_payload
from bot.acts import AnswerQuery, AskBack, Escalate, Rate, Refer, Say, ShowContext, Withdraw
from bot.replies import (
    HELP,
    Answered,
    Asked,
    Button,
    FollowUp,
    Overview,
    Paragraph,
    Previewed,
    Reply,
    Told,
)
from bot.tickets import Part, What
from knowledge.library import Library
from tests.adapters.chat.goldens import agrees
from tests.adapters.chat.written import replies, texts
from tests.adapters.slack import replies as choir
from tests.adapters.teams.card_rules import card_problems
from tests.adapters.teams.card_rules import texts as words_of
from tests.adapters.teams.replies import DESK, IN_CHANNEL, PERSON, PERSONAL, examples, in_teams

HOSTILE = "<at>Kim</at> **bold** [here](https://evil.example) `code` # x\n- y &amp; \u202ereversed\x00\ud800 👩‍👩‍👧 [1]"
GUIDED, PREVIEW = in_teams(choir.GUIDED), in_teams(choir.PREVIEW)
CARD, CONCLUDED = in_teams(choir.CARD), in_teams(choir.CONCLUDED)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {
    "paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "strong_open", "strong_close",
    "blockquote_open", "blockquote_close",
}  # fmt: skip
NAMES = [
    "answer", "answer_in_an_open_thread", "answer_with_a_question_back", "not_answered", "ruled", "asked", "step",
    "step_on_the_way", "conclusion", "check", "preview", "card_open", "card_claimed", "card_answered", "card_closed",
    "card_joined", "listed", "told", "news", "overview", "mail",
    "lesson_invitation", "lesson_read", "lesson_judge", "lesson_play", "lesson_write", "lesson_last",
    "lesson_long_options",
]  # fmt: skip


def rendered(reply: Reply, origin: Origin | None = None, further: bool = False) -> Outgoing:
    payload = teams_payload(reply, origin.as_text() if origin else "", further)
    assert payload is not None
    return outgoing_of(json.loads(json.dumps(payload)))


def post_of(reply: Reply, origin: Origin | None = None) -> Post:
    (post,) = rendered(reply, origin).posts
    return post


def card_in(post: Post) -> Card:
    """The card of a message, as it is with the ids of staff in it."""
    assert post.card is not None
    refresh = {"refresh": post.card["refresh"] | {"userIds": ["29:kim"]}} if "refresh" in post.card else {}
    return post.card | refresh


def actions_in(reply: Reply, origin: Origin | None = None) -> dict[str, dict[str, Any]]:
    """The buttons of a reply, by their labels."""
    cards = [card_in(post) for post in rendered(reply, origin).posts if post.card]
    elements = [element for card in cards for element in card["body"] if element["type"] == "ActionSet"]
    return {action["title"]: action for element in elements for action in element["actions"]}


def act_of(action: dict[str, Any]) -> Any:
    return act_from_json(action["data"]["act"])


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


def shown_in(reply: Reply) -> str:
    """All that is shown of a reply, without spaces."""
    posts = rendered(reply).posts
    told = [post.text or "".join(words_of(card_in(post))) if post.card or post.text else post.plain for post in posts]
    return squeezed("".join(told))


def is_sound(reply: Reply) -> None:
    """Holds a reply to the limits, and to showing text only where it is literal."""
    for post in rendered(reply).posts:
        assert post.card is None or card_problems(card_in(post)) == []
        assert post.plain.strip()
        assert (
            length(post.text) + length(json.dumps(post.card, ensure_ascii=False)) <= 45_000
        )  # of 50,000 UTF-16 units of a message
        tokens = [one for token in READER.parse(post.text) for one in (token, *(token.children or []))]
        assert {one.type for one in tokens} <= OURS
        assert len(post.sources) <= 20
        for source in post.sources:
            assert f"[{source.position}]" in post.text
            assert 1 <= length(source.name) <= 80
            assert 1 <= length(source.abstract) <= 160


def test_every_example_has_its_golden_file(sample_library: Library) -> None:
    assert list(examples(sample_library)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_reply_is_sent_as_it_was_looked_at(sample_library: Library, name: str) -> None:
    reply = examples(sample_library)[name]

    is_sound(reply)
    agrees("teams", name, teams_payload(reply))


# Answers


def test_an_answer_is_text_with_the_numbers_of_its_sources_and_these_stand_below_in_words(
    sample_library: Library,
) -> None:
    post = post_of(examples(sample_library)["answer"])

    assert post.text.split("\n\n") == [
        "**This is what the Larks' rules say.** [1]",
        "> Social media means any website where people post, and a choir's own noticeboard online.",
        "The Larks' rules, in our summary · What we mean · second edition [1]",
    ]
    (source,) = post.sources
    assert (source.position, source.name) == (1, "The Larks' rules · What we mean")
    assert source.abstract.startswith("Social media means any website")


def test_each_clause_and_each_ruling_has_one_number(sample_library: Library) -> None:
    answer = examples(sample_library)["answer_with_a_question_back"]
    assert isinstance(answer, Answered)
    twice = replace(answer, paragraphs=(*answer.paragraphs, answer.paragraphs[0]))
    post = post_of(twice)

    assert [one.position for one in post.sources] == [1, 2, 3, 4]
    assert post.text.count("[1]") == 4
    assert "Ruling of the choir office, 21 November 2026 [4]" in post.text


def test_only_the_societys_own_words_stand_in_quotation_marks(sample_library: Library) -> None:
    post = post_of(examples(sample_library)["answer_with_a_question_back"])

    assert "> Ask the conductor first." in post.text
    assert "> “No flash in concerts.”" in post.text
    assert [one.abstract for one in post.sources][:2] == ["Ask the conductor first.", "“No flash in concerts.”"]


def test_a_ruling_is_cited_as_clauses_are(sample_library: Library) -> None:
    post = post_of(examples(sample_library)["ruled"])

    assert post.text.startswith(
        "**No.** The choir office has ruled on this. By themselves, the rules leave it open. [1] [2]"
    )
    assert post.sources[0].name == "Ruling of the choir office, 21 November 2026"


def test_more_clauses_than_teams_takes_stand_below_in_words_all_the_same(sample_library: Library) -> None:
    answer = examples(sample_library)["answer"]
    assert isinstance(answer, Answered)
    cited = tuple(replace(choir.CITATION, clause=f"larks/a/{n}", quote=f"Rule number {n}.") for n in range(30))
    many = replace(answer, paragraphs=(Paragraph("Yes.", cited, ""),))

    assert sum(len(post.sources) for post in rendered(many).posts) == 20
    assert squeezed("Rule number 29.") in shown_in(many)
    is_sound(many)


def test_whether_an_answer_was_right_teams_asks_by_itself(sample_library: Library) -> None:
    answer = examples(sample_library)["answer"]

    assert post_of(answer).feedback
    assert rendered(answer).subject == "answer:7"
    assert list(actions_in(answer)) == ["Ask the choir office", "Show the clause in context"]
    assert not post_of(examples(sample_library)["not_answered"]).feedback
    assert rendered(examples(sample_library)["not_answered"]).subject == ""


def test_a_long_answer_comes_in_several_messages_each_with_its_own_sources(sample_library: Library) -> None:
    answer = examples(sample_library)["answer"]
    assert isinstance(answer, Answered)
    told = tuple(Paragraph("We sing. " * 400, (replace(choir.CITATION, clause=f"larks/a/{n}"),), "") for n in range(8))
    long = replace(answer, paragraphs=told)
    posts = rendered(long).posts

    assert len(posts) > 1
    assert [bool(post.card) for post in posts] == [False] * (len(posts) - 1) + [True]
    assert [post.feedback for post in posts] == [False] * (len(posts) - 1) + [True]
    assert [one.position for post in posts for one in post.sources] == list(range(1, 9))
    is_sound(long)


# Buttons


def test_what_is_pressed_is_an_execute_that_old_clients_submit(sample_library: Library) -> None:
    action = actions_in(GUIDED)["To post it"]

    assert action["type"] == "Action.Execute"
    assert action["verb"] == Does.STEP
    assert act_of(action) == Say("To post it")
    assert action["fallback"]["data"] == action["data"] | {"does": "step"}


def test_what_opens_a_dialog_is_fetched(sample_library: Library) -> None:
    actions = actions_in(examples(sample_library)["answer"])

    assert actions["Show the clause in context"]["type"] == "Action.Submit"
    assert actions["Show the clause in context"]["data"]["msteams"] == {"type": "task/fetch"}
    assert actions["Show the clause in context"]["data"]["does"] == Does.OPENS
    assert act_of(actions["Show the clause in context"]) == ShowContext("7")
    assert act_of(actions["Ask the choir office"]) == Escalate("7")
    assert actions_in(CARD)["Close it"]["data"]["does"] == Does.FORM


def test_before_everybody_a_button_says_whose_it_is(sample_library: Library) -> None:
    openly = actions_in(examples(sample_library)["answer_in_an_open_thread"])
    step = actions_in(examples(sample_library)["step_on_the_way"])["To post it"]

    assert {one["data"]["who"] for one in openly.values()} == {f"teams:{PERSON}"}
    assert step["data"]["who"] == step["fallback"]["data"]["who"] == f"teams:{PERSON}"
    assert "who" not in actions_in(GUIDED)["To post it"]["data"]
    assert "who" not in actions_in(CARD)["Claim it"]["data"]


def test_what_takes_something_away_at_once_is_asked_again_and_a_form_is_not(sample_library: Library) -> None:
    actions = actions_in(examples(sample_library)["told"])
    asked_again = actions["Take it back"]
    (sure,) = asked_again["card"]["actions"]

    assert asked_again["type"] == "Action.ShowCard"
    assert (sure["title"], sure["style"], act_of(sure)) == ("Yes, take it back", "destructive", Withdraw("12"))
    assert words_of(asked_again["card"])[0] == "Withdraw Q12? Nobody at the office will answer it then."
    assert {one["type"] for name, one in actions.items() if name != "Take it back"} <= {
        "Action.Execute",
        "Action.Submit",
    }
    assert "Action.ShowCard" not in {one["type"] for one in actions_in(CARD).values()}


def test_the_office_stands_out_only_where_the_bot_is_unsure(sample_library: Library) -> None:
    assert actions_in(examples(sample_library)["not_answered"])["Ask the choir office"]["style"] == "positive"
    assert "style" not in actions_in(examples(sample_library)["answer"])["Ask the choir office"]
    assert [name for name, one in actions_in(CARD).items() if "style" in one] == ["Claim it"]


def test_a_long_option_is_whole_in_the_card_and_in_what_it_says() -> None:
    option = "The recording is for everybody who sings with us, and for those who would like to begin next year"
    asked = Asked(PERSONAL, FollowUp("What is it for?", (option, "Not sure")))
    label, other = actions_in(asked)

    assert label.endswith("…")
    assert act_of(actions_in(asked)[label]) == Say(option)
    assert actions_in(asked)[label]["tooltip"] == option
    assert other == "Not sure"
    assert squeezed(f"1. {option}") in shown_in(asked)


def test_no_row_is_wider_than_a_card() -> None:
    long, short = ["Some words on a button"] * 3, ["Yes", "No", "Perhaps", "A", "B", "C", "D", "E", "F"]
    options = (*long, *short)
    (card,) = [card_in(post) for post in rendered(Asked(PERSONAL, FollowUp("Which?", options))).posts]
    rows = [element["actions"] for element in card["body"] if element["type"] == "ActionSet"]

    assert [len(row) for row in rows] == [2, 5, 5]


def test_many_options_stand_in_several_rows() -> None:
    asked = Asked(PERSONAL, FollowUp("Which?", tuple(f"This one, {number}" for number in range(60))))

    assert len(actions_in(asked)) == 60
    is_sound(asked)


def test_words_too_long_for_a_button_are_asked_for_again() -> None:
    long = "Sing on. " * 400
    again = Told(
        PERSONAL, "Somebody was first.", words=long, buttons=(Button("again", "Do it anyway", AskBack("12", 4, long)),)
    )
    answer = replace(again, buttons=(Button("again", "Do it anyway", AnswerQuery("12", 4, long)),))
    refer = replace(again, buttons=(Button("again", "Try again", Refer(long)), choir.ASK))

    assert act_of(actions_in(again)["Do it anyway"]) == AskBack("12", 4, "")
    assert actions_in(again)["Do it anyway"]["data"]["does"] == Does.FORM
    assert act_of(actions_in(answer)["Do it anyway"]) == AnswerQuery("12", 4, "")
    assert squeezed("will ask you for the words again") in shown_in(again)
    assert list(actions_in(refer)) == ["Ask the choir office"]
    assert squeezed("“Try again” does not fit on a button here.") in shown_in(refer)
    for reply in (again, answer, refer):
        is_sound(reply)


# What becomes of it


def test_a_mere_sentence_is_plain_text_alone(sample_library: Library) -> None:
    assert post_of(Told(PERSONAL, "Noted: you ask as a *trainee*.")) == Post("Noted: you ask as a *trainee*.")


def test_somebody_elses_words_are_quoted_in_a_card() -> None:
    post = post_of(Told(PERSONAL, "The choir office asks you:", words="When?"))

    assert post.text == ""
    assert words_of(card_in(post)) == ["The choir office asks you:", "When?"]
    assert card_in(post)["body"][1]["style"] == "emphasis"
    assert card_in(post)["fallbackText"] == post.plain == "The choir office asks you:\nWhen?"


def test_the_help_tells_what_can_be_done_here_and_what_can_be_asked() -> None:
    told = Told(PERSONAL, "I look things up.", about=HELP)

    assert "The menu of any message" in post_of(told).plain
    assert post_of(told).suggested == ("Home", "My queries")
    at_desk = post_of(told, Origin(at_desk=True)).plain
    assert "At the desk" in at_desk
    assert all(line in at_desk for line in ("add staff @NAME TITLE", "hand 12 to @NAME"))
    assert post_of(replace(told, conversation=DESK)).suggested == ()
    assert post_of(replace(told, conversation=IN_CHANNEL)).suggested  # it goes to the chat with its asker


def test_all_that_can_be_asked_first_stands_together_in_the_card(sample_library: Library) -> None:
    overview = examples(sample_library)["overview"]
    assert isinstance(overview, Overview)
    said = [*((f"May I, {n}?", f"May I, {n}?") for n in range(5)), ("The Larks", "larks")]
    first = replace(
        overview,
        suggestions=tuple(Button("suggest", label, Say(words)) for label, words in said),
    )

    assert post_of(first).suggested == ()
    assert {label for label, _ in said} <= actions_in(first).keys()
    assert "Questions to begin with" in words_of(card_in(post_of(first)))


def test_a_conclusion_in_place_of_its_step_is_a_card_alone() -> None:
    pressed = Origin(invoke="key", waits=Waits.CARD, activity="17", replaces=True)
    post = post_of(CONCLUDED, pressed)

    assert post.text == ""
    assert "Ask the conductor first." in words_of(card_in(post))
    assert rendered(CONCLUDED, pressed).origin == pressed
    assert post_of(CONCLUDED).text.startswith("**It depends.** Name the photographer")


def test_of_what_was_asked_before_everybody_only_the_answer_is_for_all(sample_library: Library) -> None:
    for name in ("answer", "not_answered", "ruled", "asked", "step", "conclusion", "check"):
        assert rendered(replace(examples(sample_library)[name], conversation=IN_CHANNEL)).conversation == IN_CHANNEL
    for name in ("told", "preview", "listed"):
        alone = rendered(replace(examples(sample_library)[name], conversation=IN_CHANNEL))
        assert alone.conversation == PERSONAL
    context = Told(IN_CHANNEL, "The clause stands here.", citations=(choir.CITATION,))
    assert rendered(context).conversation == IN_CHANNEL
    assert rendered(replace(context, citations=())).conversation == PERSONAL


def test_a_card_at_the_desk_is_the_state_of_its_query_and_what_is_told_there_goes_beside_it() -> None:
    told = Told(DESK, "The asker added a line to Q12.", ticket="12", about=What.ADDED)

    assert (rendered(CARD).subject, rendered(CARD).beside, rendered(CARD).for_staff) == ("card:12", "", True)
    assert (rendered(told).subject, rendered(told).beside, rendered(told).for_staff) == ("", "card:12", False)
    assert rendered(replace(CARD, conversation=PERSONAL)).subject == ""
    assert not rendered(replace(CARD, conversation=PERSONAL)).for_staff
    assert rendered(replace(told, conversation=PERSONAL)).beside == ""


def test_a_card_is_looked_up_for_who_looks_at_it() -> None:
    look = card_in(post_of(CARD))["refresh"]["action"]

    assert (look["type"], look["verb"], look["data"]) == ("Action.Execute", "look", {"ticket": "12"})


def test_a_card_that_was_pressed_goes_to_the_client_that_waits_and_nowhere_else() -> None:
    mine = replace(CARD, conversation=PERSONAL)
    pressed = Origin(invoke="key", waits=Waits.CARD, activity="17", at_desk=True, card="12")
    outgoing = rendered(mine, pressed)

    assert (outgoing.origin.waits, outgoing.origin.invoke, outgoing.for_staff) == (Waits.LOOK, "key", True)
    assert teams_payload(mine, replace(pressed, waits=Waits.NOTHING).as_text()) is None
    assert rendered(mine, pressed, further=True).origin.waits is Waits.LOOK
    assert teams_payload(mine, Origin(waits=Waits.DIALOG, card="12").as_text(), further=True) is None
    assert rendered(mine, replace(pressed, card="13")).origin.waits is Waits.CARD
    assert rendered(mine).conversation == PERSONAL


def test_only_a_card_goes_to_who_looks_at_one() -> None:
    look = Origin(invoke="key", waits=Waits.LOOK, at_desk=True)

    assert rendered(replace(CARD, conversation=PERSONAL), look).for_staff
    assert teams_payload(Told(PERSONAL, "I know no such query."), look.as_text()) is None


def test_a_card_fills_the_dialog_that_was_opened_on_it() -> None:
    pressed = Origin(invoke="key", waits=Waits.DIALOG, at_desk=True, card="12")
    outgoing = rendered(replace(CARD, conversation=PERSONAL), pressed)

    assert outgoing.dialog is not None
    assert outgoing.posts
    assert rendered(CARD).dialog is None


def test_what_comes_after_the_first_answers_nowhere_in_place() -> None:
    pressed = Origin(invoke="key", waits=Waits.CARD, activity="17", replaces=True, at_desk=True, card="12")

    assert rendered(GUIDED, pressed, further=True).origin == Origin(at_desk=True, card="12")


def test_a_conversation_that_is_none_of_teams_is_left_to_whoever_delivers() -> None:
    assert rendered(replace(CARD, conversation="teams:a b")).conversation == "teams:a b"


def test_options_stand_by_number_in_what_is_said_without_a_card(sample_library: Library) -> None:
    asked = "What is the recording for?\n1. To practise at home\n2. To post it\n3. Not sure"

    assert post_of(GUIDED).plain.endswith(asked)
    assert post_of(examples(sample_library)["answer_with_a_question_back"]).plain.endswith("2. No, or I have not asked")


def test_a_long_reply_comes_in_several_cards_with_its_buttons_on_the_last() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", f"{n}. " + "I sing high. " * 400) for n in range(9))
    long = replace(PREVIEW, parts=parts)
    posts = rendered(long).posts

    assert len(posts) > 1
    rows = [any(one["type"] == "ActionSet" for one in card_in(post)["body"]) for post in posts]
    assert rows == [False] * (len(rows) - 1) + [True]
    is_sound(long)


def test_rating_goes_with_the_answer_and_with_nothing_else(sample_library: Library) -> None:
    wrong = Told(PERSONAL, "Noted.", buttons=(Button("wrong", "It was wrong", Rate("7", False)),))

    assert not post_of(wrong).feedback
    assert list(actions_in(wrong)) == ["It was wrong"]


# Whatever they say

TEXTS = texts("<>&@!|#*_~`:[]()\\-+.1", HOSTILE)


@settings(max_examples=40, deadline=None)
@given(replies(TEXTS, [PERSONAL, IN_CHANNEL, DESK]))
def test_nothing_that_anybody_wrote_breaks_a_message_or_works_in_it(reply: Reply) -> None:
    is_sound(reply)


@settings(max_examples=15, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=6))
def test_no_word_is_lost_however_long_it_is(text: str, words: str, parts: list[str]) -> None:
    told = Told(PERSONAL, text, words=words or "x")
    shown = Previewed(PERSONAL, "7", text, tuple(Part("p", "H", one) for one in parts), words)

    for one in (text, words):
        assert squeezed(one) in shown_in(told)
    for one in (text, words, *parts):
        assert squeezed(one) in shown_in(shown)
