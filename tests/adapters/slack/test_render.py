"""Replies as Slack is sent them: looked at in golden files, and held to its rules whatever they say."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.cutting import length
from adapters.chat.pieces import clean
from adapters.chat.pressing import Becomes, Does, Pressed
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Outgoing, escaped, outgoing_of
from adapters.slack.pressing import pressed
from adapters.slack.render import slack_payload
from adapters.slack.splitting import LONGEST_POST, LONGEST_TEXT, MOST_BLOCKS, size
from bot.acts import AnswerQuery, AskBack, Escalate, Refer, Say, ShareAnswer
from bot.replies import HELP, Asked, Button, FollowUp, Listed, Previewed, Reply, Told
from bot.tickets import Part, What
from knowledge.answers import Reason
from knowledge.library import Library
from tests.adapters.chat.goldens import agrees
from tests.adapters.chat.written import replies, texts
from tests.adapters.slack.block_kit import blocks_problems
from tests.adapters.slack.replies import (
    ALONE,
    ASK,
    AT_DESK,
    CARD,
    CITATION,
    DESK,
    DM,
    GUIDED,
    OPENLY,
    PREVIEW,
    answered,
    examples,
    not_answered,
)

HOSTILE = (
    "<!channel> <@U1> <#C1|x> <https://evil.example|here> *bold* &amp; :x: \u202ereversed\u200b\x00\ud800 `code` 👩‍👩‍👧"
)
KINDS = {"rich_text", "context", "actions"}


def rendered(reply: Reply, origin: str = "") -> Outgoing:
    payload = slack_payload(reply, origin)
    assert payload is not None
    return outgoing_of(json.loads(json.dumps(payload)))


def blocks_in(reply: Reply) -> list[dict[str, Any]]:
    return [block for post in rendered(reply).posts for block in post.blocks]


def buttons_in(reply: Reply) -> dict[str, Pressed]:
    return {
        button["text"]["text"]: pressed(button["action_id"], button["value"])
        for block in blocks_in(reply)
        if block["type"] == "actions"
        for button in block["elements"]
    }


def texts_in(node: Any) -> Iterator[str]:
    """Every text that is shown, in order."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from texts_in(one)


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


def shown_in(reply: Reply) -> str:
    """All that is shown of a reply but its buttons, without spaces."""
    return squeezed(
        "".join(text for block in blocks_in(reply) if block["type"] != "actions" for text in texts_in(block))
    )


def is_sound(reply: Reply) -> None:
    """Holds a reply to the limits, and to showing text only where it is literal."""
    posts = rendered(reply).posts
    for post in posts:
        assert blocks_problems(list(post.blocks)) == []
        assert 1 <= len(post.blocks) <= MOST_BLOCKS
        assert size(list(post.blocks)) <= LONGEST_POST
        assert 1 <= length(post.text) <= LONGEST_TEXT
        assert "<" not in post.text
        assert ">" not in post.text
        assert "\x00" not in json.dumps(post.blocks, ensure_ascii=False) + post.text
        assert {block["type"] for block in post.blocks} <= KINDS
        assert "mrkdwn" not in json.dumps(post.blocks)
        ids = [one["action_id"] for block in post.blocks if block["type"] == "actions" for one in block["elements"]]
        assert len(set(ids)) == len(ids)


NAMES = [
    "answer", "answer_alone_in_a_channel", "answer_in_an_open_thread", "answer_with_a_question_back", "not_answered",
    "ruled", "asked", "step", "step_on_the_way", "conclusion", "check", "preview", "card_open", "card_claimed",
    "card_answered", "card_closed", "card_joined", "listed", "told", "news", "overview", "mail",
    "lesson_invitation", "lesson_read", "lesson_judge", "lesson_play", "lesson_write", "lesson_last",
    "lesson_long_options",
]  # fmt: skip


def test_every_example_has_its_golden_file(sample_library: Library) -> None:
    assert list(examples(sample_library)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_reply_is_sent_as_it_was_looked_at(sample_library: Library, name: str) -> None:
    reply = examples(sample_library)[name]

    is_sound(reply)
    agrees("slack", name, slack_payload(reply))


def test_an_answer_begins_with_its_verdict_and_quotes_each_clause_with_its_place(sample_library: Library) -> None:
    first, quote, place, *_ = blocks_in(answered(sample_library))

    assert first["elements"][0]["elements"][0] == {
        "type": "text",
        "text": "This is what the Larks' rules say.",
        "style": {"bold": True},
    }
    assert quote["elements"][0]["type"] == "rich_text_quote"
    assert place["elements"][0]["text"] == "The Larks' rules, in our summary · What we mean · second edition"


def test_only_the_societys_own_words_stand_in_quotation_marks(sample_library: Library) -> None:
    shown = list(texts_in(blocks_in(examples(sample_library)["answer_with_a_question_back"])))

    assert "Ask the conductor first." in shown
    assert "“No flash in concerts.”" in shown
    assert "The Larks' rules · Concerts, page 4 · second edition" in shown


def test_the_office_stands_out_only_where_the_bot_is_unsure(sample_library: Library) -> None:
    def styles(reply: Reply) -> dict[str, str | None]:
        rows = [block["elements"] for block in blocks_in(reply) if block["type"] == "actions"]
        return {button["text"]["text"]: button.get("style") for row in rows for button in row}

    assert styles(not_answered(sample_library)) == {"Ask the choir office": "primary"}
    assert set(styles(answered(sample_library)).values()) == {None}
    assert set(styles(GUIDED).values()) == {None}
    assert [name for name, style in styles(CARD).items() if style] == ["Claim it"]
    assert set(styles(examples(sample_library)["told"]).values()) == {None}


def test_what_takes_something_away_at_once_is_asked_again_and_a_form_is_not(sample_library: Library) -> None:
    def asked_again(reply: Reply) -> list[str]:
        rows = [block["elements"] for block in blocks_in(reply) if block["type"] == "actions"]
        return [one["confirm"]["confirm"]["text"] for row in rows for one in row if "confirm" in one]

    assert asked_again(examples(sample_library)["told"]) == ["Take it back"]
    assert asked_again(CARD) == []


def test_what_a_button_does_is_in_its_id(sample_library: Library) -> None:
    of_answer = {label: one.does for label, one in buttons_in(answered(sample_library)).items()}
    of_step = {label: one.does for label, one in buttons_in(GUIDED).items()}
    of_card = {label: one.does for label, one in buttons_in(CARD).items()}

    assert of_answer == {
        "This is right": Does.ACT,
        "This is wrong": Does.FORM,
        "Ask the choir office": Does.OPENS,
        "Show the clause in context": Does.OPENS,
    }
    assert of_step["To post it"] is of_step["Change an answer"] is of_step["Stop"] is Does.STEP
    assert of_step["Ask the choir office"] is Does.OPENS
    assert of_card == {
        "Claim it": Does.ACT,
        "Answer": Does.OPENS,
        "Ask the asker": Does.FORM,
        "Hand it over": Does.OPENS,
        "Ask for their name": Does.ACT,
        "Join those that ask the same": Does.OPENS,
        "Close it": Does.FORM,
    }


def test_what_is_about_an_answer_stands_together_before_the_ways_on(sample_library: Library) -> None:
    assert list(buttons_in(examples(sample_library)["ruled"]))[-2:] == [
        "Show the clause in context",
        "Go through it step by step",
    ]


def test_a_suggestion_is_answered_beside_the_welcome_that_it_stands_in() -> None:
    welcome = Told(DM, "Welcome.", buttons=(Button("suggest", "May I?", Say("May I?")),))

    assert buttons_in(welcome)["May I?"].does is Does.ACT


def test_what_is_seen_by_one_person_alone_can_be_shared_from_there(sample_library: Library) -> None:
    alone = buttons_in(replace(answered(sample_library), conversation=ALONE))

    assert list(alone)[-1] == "Share with the channel"
    assert alone["Share with the channel"].act == ShareAnswer("7", "slack:C1:17.1")
    for conversation in (DM, OPENLY):
        assert "Share with the channel" not in buttons_in(replace(answered(sample_library), conversation=conversation))
    assert "Share with the channel" not in buttons_in(replace(GUIDED, conversation=ALONE))


def test_what_was_asked_by_a_command_is_shared_with_the_channel_itself(sample_library: Library) -> None:
    alone = buttons_in(replace(not_answered(sample_library), conversation="slack:C1::U1"))

    assert alone["Share with the channel"].act == ShareAnswer("7", "slack:C1")


def test_in_a_thread_that_all_read_every_button_says_whose_it_is(sample_library: Library) -> None:
    openly = buttons_in(replace(answered(sample_library), conversation=OPENLY))

    assert {one.who for one in openly.values()} == {"U1"}
    assert {one.who for one in buttons_in(answered(sample_library)).values()} == {""}


def test_each_row_of_buttons_tells_its_conversation(sample_library: Library) -> None:
    rows = [one for one in blocks_in(replace(GUIDED, conversation=ALONE)) if one["type"] == "actions"]

    assert {row["block_id"].partition("|")[0] for row in rows} == {ALONE}
    assert len({row["block_id"] for row in rows}) == len(rows) == 2


def test_a_long_option_is_whole_in_the_text_and_in_what_it_says() -> None:
    option = "The recording is for everybody who sings with us, and for those who would like to begin next year"
    asked = Asked(DM, FollowUp("What is it for?", (option, "Not sure")))
    (label, other) = buttons_in(asked)

    assert label.endswith("…")
    assert option.startswith(label.rstrip(" …"))
    assert length(label) <= 75
    assert buttons_in(asked)[label].act == Say(option)
    assert other == "Not sure"
    assert squeezed(f"1. {option}\n2. Not sure") in shown_in(asked)


def test_many_options_stand_in_several_rows() -> None:
    asked = Asked(DM, FollowUp("Which?", tuple(f"This one, {number}" for number in range(60))))

    assert len(buttons_in(asked)) == 60
    is_sound(asked)


def test_a_hint_on_what_to_type_is_left_out_where_a_button_does_it() -> None:
    assert "say“change”" not in shown_in(GUIDED)
    assert "say“change”" in shown_in(replace(GUIDED, buttons=()))


def test_words_too_long_for_a_button_are_asked_for_again() -> None:
    long = "Sing on. " * 400
    again = Told(
        DM, "Somebody was first.", words=long, buttons=(Button("again", "Do it anyway", AskBack("12", 4, long)),)
    )
    answer = Told(DM, "Somebody was first.", buttons=(Button("again", "Do it anyway", AnswerQuery("12", 4, long)),))
    refer = Told(DM, "Something broke.", buttons=(Button("again", "Try again", Refer(long)), ASK))

    assert buttons_in(again)["Do it anyway"] == Pressed(Does.FORM, AskBack("12", 4, ""))
    assert buttons_in(answer)["Do it anyway"] == Pressed(Does.OPENS, AnswerQuery("12", 4, ""))
    assert squeezed("will ask you for the words again") in shown_in(again)
    assert list(buttons_in(refer)) == ["Ask the choir office"]
    assert squeezed("“Try again” does not fit on a button here.") in shown_in(refer)
    for reply in (again, answer, refer):
        is_sound(reply)


def test_a_button_whose_words_are_there_sends_them() -> None:
    told = Told(DM, "Sent to nobody.", buttons=(Button("ask_back", "Ask the asker this", AskBack("12", 4, "When?")),))

    assert buttons_in(told)["Ask the asker this"] == Pressed(Does.ACT, AskBack("12", 4, "When?"))


def test_a_preview_can_be_trimmed_and_its_last_button_leaves_it() -> None:
    assert list(buttons_in(PREVIEW)) == [
        "Send with my name",
        "Send without my name",
        "Leave something out, or add a line",
        "Leave it",
    ]
    assert buttons_in(PREVIEW)["Leave something out, or add a line"] == Pressed(Does.OPENS, Escalate("7"))


def test_news_of_a_query_lasts_and_an_answer_need_not(sample_library: Library) -> None:
    news = Told(ALONE, "The office has answered Q12.", ticket="12", about=What.ANSWERED)

    assert rendered(news).lasting
    assert not rendered(replace(news, about="")).lasting
    assert not rendered(answered(sample_library)).lasting


def test_a_card_at_the_desk_is_the_state_of_its_query_and_what_is_told_there_goes_beside_it() -> None:
    told = Told(DESK, "The asker added a line to Q12.", ticket="12")

    assert (rendered(CARD).subject, rendered(CARD).beside) == ("card:12", "")
    assert (rendered(told).subject, rendered(told).beside) == ("", "card:12")
    assert rendered(replace(CARD, conversation=DM)).subject == ""
    assert rendered(replace(told, conversation=AT_DESK)).beside == ""


def test_a_card_is_not_shown_again_to_whoever_pressed_on_it() -> None:
    mine = replace(CARD, conversation=AT_DESK)
    on_it, on_another = Origin(card="12").as_text(), Origin(card="13").as_text()

    assert slack_payload(mine, on_it) is None
    assert slack_payload(mine, "") is None  # beside what they are told
    assert slack_payload(mine, on_another) is not None
    assert slack_payload(mine, Origin().as_text()) is not None
    assert slack_payload(replace(CARD, conversation=DM), "") is not None


def test_a_card_fills_the_modal_that_was_opened_on_it() -> None:
    outgoing = rendered(replace(CARD, conversation=AT_DESK), Origin(card="12", view="key").as_text())

    assert outgoing.view is not None
    assert outgoing.view["external_id"] == "key"
    assert outgoing.posts


def test_home_is_where_an_overview_or_a_refusal_is_shown(sample_library: Library) -> None:
    overview = replace(examples(sample_library)["overview"], conversation="slack:U1:home")
    refusal = Told("slack:U1:home", "I answer members only.")

    for reply in (overview, refusal):
        view = rendered(reply).view
        assert view is not None
        assert view["type"] == "home"
    assert rendered(replace(GUIDED, conversation="slack:U1:home")).view is None
    assert rendered(examples(sample_library)["overview"]).view is None


def test_the_origin_goes_along() -> None:
    origin = Origin(url="https://hooks.example/1", ts="17.3", replaces=True)

    assert rendered(GUIDED, origin.as_text()).origin == origin


def test_a_conversation_that_is_none_of_slack_is_left_to_whoever_delivers() -> None:
    assert rendered(replace(CARD, conversation="slack:general")).conversation == "slack:general"


def test_what_stands_for_the_blocks_is_all_that_is_said(sample_library: Library) -> None:
    for reply in examples(sample_library).values():
        (post,) = rendered(reply).posts
        shown = [text for block in post.blocks if block["type"] != "actions" for text in texts_in(block)]
        assert all(escaped(text).strip() in post.text for text in shown)


def test_options_are_in_the_text_by_number_as_they_are_typed() -> None:
    (post,) = rendered(GUIDED).posts

    assert post.text.endswith("What is the recording for?\n1. To practise at home\n2. To post it\n3. Not sure")


def test_a_long_reply_comes_in_several_messages_with_its_buttons_on_the_last() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", f"{n}. " + "I sing high. " * 200) for n in range(9))
    long = replace(PREVIEW, parts=parts)
    outgoing = rendered(long)

    assert len(outgoing.posts) > 2
    rows = [any(block["type"] == "actions" for block in post.blocks) for post in outgoing.posts]
    assert rows == [False] * (len(rows) - 1) + [True]
    is_sound(long)


# Whatever they say

TEXTS = texts("<>&@!|#*_~`:", HOSTILE)


@settings(max_examples=60, deadline=None)
@given(replies(TEXTS, [DM, ALONE, OPENLY, DESK]))
def test_nothing_that_anybody_wrote_breaks_a_message_or_works_in_it(reply: Reply) -> None:
    is_sound(reply)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=6))
def test_no_word_is_lost_however_long_it_is(text: str, words: str, parts: list[str]) -> None:
    told, shown = (
        Told(DM, text, words=words),
        Previewed(DM, "7", text, tuple(Part("p", "H", one) for one in parts), words),
    )

    assert shown_in(told) == squeezed(text) + squeezed(words)
    expected = [squeezed(text), *("H" + squeezed(one) for one in parts), squeezed(words)]
    assert shown_in(shown) == "".join(expected)


def test_forty_thousand_characters_are_said_whole() -> None:
    told = Told(DM, "The office says:", words=(HOSTILE + " ") * (40_000 // len(HOSTILE)))

    is_sound(told)
    assert shown_in(told) == squeezed(told.text + told.words)


def test_in_an_open_thread_only_what_answers_a_question_is_for_all(sample_library: Library) -> None:
    cited = Told(OPENLY, "So it stands.", (CITATION,))
    for reply in (answered(sample_library), not_answered(sample_library), GUIDED, cited):
        openly = replace(reply, conversation=OPENLY)
        assert rendered(openly).conversation == OPENLY

    news = replace(cited, ticket="12", about=What.CLAIMED)
    for alone in (PREVIEW, news, Told(OPENLY, "Noted."), Listed(OPENLY, "Your queries", ())):
        assert rendered(replace(alone, conversation=OPENLY)).conversation == ALONE


def test_what_is_for_its_asker_alone_in_an_open_thread_is_as_anywhere_else() -> None:
    for reply in (PREVIEW, Told(OPENLY, "Hm.", ticket="12", about=What.ANSWERED, buttons=(ASK,))):
        openly, alone = (rendered(replace(reply, conversation=one)) for one in (OPENLY, ALONE))

        assert openly == alone


def test_what_is_said_besides_goes_where_a_message_was_written_and_answers_nothing_in_place() -> None:
    origin = Origin(
        "https://hooks.slack.example/1", "17.5", True, "V1", Becomes.SEND, in_thread=True, card="12"
    ).as_text()
    payload = slack_payload(Told(ALONE, "What you told me is kept."), origin, True)

    assert payload is not None
    besides = outgoing_of(payload)
    assert besides.origin == Origin("https://hooks.slack.example/1", in_thread=True)
    assert besides.view is None
    assert slack_payload(replace(CARD, conversation=ALONE), origin, True) is None


def test_what_was_not_understood_is_not_to_be_shared(sample_library: Library) -> None:
    missing = replace(not_answered(sample_library), conversation=ALONE)

    assert "Share with the channel" in buttons_in(replace(missing, reason=Reason.GAP))
    for reason in (Reason.VAGUE, Reason.SMALL_TALK, Reason.MANIPULATION):
        assert "Share with the channel" not in buttons_in(replace(missing, reason=reason))


def test_the_help_tells_what_can_be_done_in_slack_and_at_the_desk_what_staff_can_type() -> None:
    told = Told(ALONE, "Ask me what you may post.", about=HELP)
    here = rendered(told).posts[0].text
    at_desk = rendered(told, Origin(at_desk=True).as_text()).posts[0].text

    for name in ("/policy check", "/policy queries", "Can I retweet this?", "refers it to the office", "Home"):
        assert name in here
        assert name not in at_desk
    assert escaped("hand 12 to @NAME") in at_desk
    assert "Home" not in rendered(replace(told, about="")).posts[0].text
