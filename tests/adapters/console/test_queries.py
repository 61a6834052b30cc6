"""Queries, cards and rulings as text for a terminal, and what is remembered of them there."""

import json
import unicodedata

from adapters.console import render
from adapters.console.payload import ShownCard, ShownPreview, arrival_from, console_payload, terminal_payload
from bot.acts import Claim, Escalate, Say, Send, ShowTicket
from bot.messages import Message
from bot.replies import (
    NEWS,
    Asked,
    Button,
    Card,
    CitedRuling,
    Entry,
    FollowUp,
    Listed,
    Mail,
    NotAnswered,
    Paragraph,
    Previewed,
    Reply,
    Ruled,
    Told,
)
from bot.telling import in_full, in_plain_text
from bot.tickets import Part, State
from knowledge.answers import Citation, Reason, Unanswered
from knowledge.clauses import Verdict
from knowledge.library import Library

HERE = "console:ann:a"
STEERING = "\x1b[31mred\x07\x9b2J\u202eleft\u2066\u200bhidden\r\x00"
CITATION = Citation("larks/a/b", "larks", "the Larks' rules", "second", "Rehearsals", "Ask first.", official=False)
RULING = CitedRuling(
    "3",
    "ruling of the choir office, 21 November 2026",
    "May a member film a rehearsal?",
    Verdict.NO,
    "No, not even a part of one.",
    ("larks/a/b",),
    "The choir office ruled on a question like yours.",
)
ASK = Button("escalate", "Ask the choir office", Escalate("7"))
PARTS = (
    Part("question", "Your question", "May I film?", can_go=False),
    Part("line:1:asked", "You asked", "Hello"),
    Part("told", "What I answered", "I find nothing."),
)
PREVIEW = Previewed(HERE, "7", "This would go to the choir office.", PARTS, "Nothing is sent yet.", (ASK,))
CARD = Card(
    HERE,
    "12",
    3,
    State.CLAIMED,
    "Q12 · claimed",
    ("Society: The Larks", "Asked by: a member, name withheld"),
    (Part("question", "The question", "May I film?\nAll of it?"),),
    (CITATION,),
    (Part("ruling:3", "An earlier ruling", "No."),),
    ("claimed by Robin, 21 Nov 10:04",),
    ("queued",),
    "No, please do not.",
    (Button("claim", "Claim it", Claim("12", 3)),),
    "3 h",
)
LISTED = Listed(
    HERE,
    "Two wait",
    (
        Entry("Q1 · 3 h", ("May I film?",), (Button("show", "Show it", ShowTicket("1")),)),
        Entry("Q2 · 4 h", ("May I sing?",), (Button("show", "Show it", ShowTicket("2")),)),
    ),
    "That is all.",
    (Button("next", "Next", Say("next")),),
)
RULED = Ruled(
    HERE, Paragraph("No. The choir office has ruled on this.", (CITATION,), "Go by it."), RULING, Verdict.NO, 0.9
)
MAIL = Mail("email:larks:Choir Secretary", "A query waits", "Q12 waits.\nIt is at the desk.", "12")
TOLD = Told(HERE, "It has answered Q12.", (CITATION,), "Please do.\nBut ask first.", "12", (ASK,))
ALL: tuple[Reply, ...] = (PREVIEW, CARD, LISTED, RULED, MAIL, TOLD)


def test_what_would_go_is_shown_with_a_letter_for_each_part_that_can_be_left_out() -> None:
    shown = render.as_text(PREVIEW)

    assert "   Your question\n    May I film?" in shown
    assert "a. You asked\n    Hello" in shown
    assert "b. What I answered\n    I find nothing." in shown
    assert "“leave out a”" in shown


def test_what_goes_in_any_case_offers_nothing_to_leave_out() -> None:
    alone = Previewed(HERE, "7", "This would go.", PARTS[:1], "", ())

    assert "leave out" not in render.as_text(alone)


def test_a_card_shows_the_query_what_helps_and_what_was_done() -> None:
    assert render.as_text(CARD) == (
        "Q12 · claimed · 3 h\n  Society: The Larks\n  Asked by: a member, name withheld\n\n"
        "The question\n  | May I film?\n  | All of it?\n\n"
        "The clauses that the bot cited\n\n"
        "  | Ask first.\n    Rehearsals [larks/a/b]\n\n    From the Larks' rules, in our summary (second).\n\n"
        "An earlier ruling\n  | No.\n\n"
        "Drafted from the nearest ruling, for you to change and send\n  | No, please do not.\n\n"
        "So far\n  claimed by Robin, 21 Nov 10:04\n\n"
        "What was sent\n  queued"
    )


def test_a_list_has_its_buttons_below_each_entry() -> None:
    blocks = render.as_blocks(LISTED)

    assert [block.text for block in blocks] == [
        "Two wait",
        "Q1 · 3 h\n  May I film?",
        "Q2 · 4 h\n  May I sing?",
        "That is all.",
    ]
    assert [[button.label for button in block.buttons] for block in blocks] == [[], ["Show it"], ["Show it"], ["Next"]]


def test_words_of_somebody_else_are_shown_as_theirs() -> None:
    assert "It has answered Q12.\n\n  | Please do.\n  | But ask first.\n\n  | Ask first." in render.as_text(TOLD)


def test_a_ruling_that_answers_stands_before_its_clauses_with_its_source() -> None:
    shown = render.as_text(RULED)

    assert shown.startswith(
        "No. The choir office has ruled on this.\n\n  | No, not even a part of one.\n"
        "    [ruling of the choir office, 21 November 2026]\n\n  | Ask first."
    )


def test_a_ruling_beside_an_ending_says_how_it_bears_on_it(sample_library: Library) -> None:
    unanswered = Unanswered("Hm", Reason.OUT_OF_SCOPE, sample_library.policies[0])
    beside = NotAnswered(HERE, Paragraph("I find nothing.", (), ""), unanswered.reason, unanswered, (RULING,))

    assert render.as_text(beside) == (
        "I find nothing.\n\nThe choir office ruled on a question like yours.\n  | May a member film a rehearsal?\n"
        "  | No, not even a part of one.\n    [ruling of the choir office, 21 November 2026]"
    )


def test_json_has_rulings_only_where_there_are_some() -> None:
    message = Message(HERE, "May I film?", "larks")

    ruled, told = (render.as_json(reply, message, "h1", 1.0) for reply in (RULED, TOLD))

    assert ruled["verdict"] == "no"
    assert [citation["clause"] for citation in ruled["citations"]] == ["larks/a/b"]
    assert ruled["rulings"] == [
        {
            "id": "3",
            "source": "ruling of the choir office, 21 November 2026",
            "question": "May a member film a rehearsal?",
            "verdict": "no",
            "words": "No, not even a part of one.",
            "clauses": ["larks/a/b"],
        }
    ]
    assert "rulings" not in told
    assert told["actions"] == ["escalate"]


def test_every_reply_goes_through_json_and_keeps_its_words_and_acts() -> None:
    for reply in ALL:
        arrival = arrival_from(json.loads(json.dumps(console_payload(reply))))

        assert "\n\n".join(text for text, _ in arrival.blocks if text) == render.as_text(reply)
        pressed = [press.act for _, presses in arrival.blocks for press in presses]
        assert pressed == [button.act for block in render.as_blocks(reply) for button in block.buttons]


def test_a_terminal_remembers_of_a_card_what_an_answer_starts_from() -> None:
    assert arrival_from(console_payload(CARD)).card == ShownCard("12", 3, "No, please do not.", ("larks/a/b",))


def test_a_terminal_remembers_which_parts_can_be_left_out() -> None:
    shown = arrival_from(console_payload(PREVIEW)).preview

    assert shown == ShownPreview("7", (("a", "line:1:asked"), ("b", "told")))


def test_nothing_in_a_query_can_steer_the_terminal() -> None:
    part = Part("x", STEERING, STEERING)
    button = Button("send", STEERING, Send("7", named=False))
    hostile: tuple[Reply, ...] = (
        Previewed(HERE, "7", STEERING, (part,), STEERING, (button,)),
        Card(HERE, "1", 1, State.OPEN, STEERING, (STEERING,), (part,), (), (part,), (STEERING,), (STEERING,), STEERING),
        Listed(HERE, STEERING, (Entry(STEERING, (STEERING,), (button,)),), STEERING, (button,)),
        Told(HERE, STEERING, words=STEERING, buttons=(button,)),
    )
    for reply in hostile:
        arrival = arrival_from(console_payload(reply))
        shown = [text for text, _ in arrival.blocks] + [one.label for _, presses in arrival.blocks for one in presses]
        assert not [c for text in shown for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")]


def test_every_reply_has_a_plain_text_with_all_that_it_says() -> None:
    for reply in ALL:
        assert in_plain_text(reply)
    assert "May I film?" in in_plain_text(PREVIEW)
    assert "No, please do not." in in_plain_text(CARD)
    assert "Q2" in in_plain_text(LISTED)
    assert "[ruling of the choir office, 21 November 2026]" in in_plain_text(RULED)
    assert "Please do." in in_plain_text(TOLD)


def test_what_is_kept_of_a_question_back_has_its_options() -> None:
    kept = in_full(Asked(HERE, FollowUp("Which society?", ("larks", "oars"))))

    assert kept == "Which society?\n1. larks\n2. oars"


def test_a_terminal_that_shows_each_card_whole_is_not_told_its_news_apart() -> None:
    assert terminal_payload(Told(HERE, "The asker added a line to Q12.", ticket="12", about=NEWS)) is None
    assert terminal_payload(Told(HERE, "Q12 waits.", ticket="12")) is not None
