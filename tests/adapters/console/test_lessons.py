"""The steps of a checklist in a terminal."""

from dataclasses import replace

from adapters.console.payload import arrival_from, console_payload
from adapters.console.render import as_json, as_text
from bot.messages import Message
from bot.replies import Lesson, Paragraph
from tests.adapters.slack.lessons import INVITATION, JUDGE, PLAY, READ


def test_a_step_reads_from_what_came_of_the_last_answer_to_what_is_asked() -> None:
    assert as_text(JUDGE) == (
        "Not quite. Nobody asked the conductor.\n"
        "\n"
        "  | “No flash in concerts.”\n"
        "    Concerts, page 4 [larks/a/c]\n"
        "\n"
        "    From the Larks' rules (second edition).\n"
        "\n"
        "It is practice, so here is another one.\n"
        "\n"
        "Running @larks_sing for the altos · Step 4 of 9  [######..............]\n"
        "\n"
        "These are offered as points that may help.\n"
        "\n"
        "  | Ask the conductor first.\n"
        "    Rehearsals [larks/a/b]\n"
        "\n"
        "    From the Larks' rules, in our summary (second edition).\n"
        "\n"
        "An invented post:\n"
        "  | We sang like angels last night!\n"
        "  | Here is all of it, and the tenors' faces.\n"
        "\n"
        "Would you post it?"
    )


def test_what_was_answered_about_a_post_stands_below_it() -> None:
    assert "recording by a listener.\n\nSo far:\n• Has the conductor consented? Yes" in as_text(PLAY)


def test_what_is_not_there_leaves_no_gap() -> None:
    assert as_text(INVITATION).split("\n\n") == [
        "Running @larks_sing for the altos",
        "You are invited to run this account. It takes some twenty minutes, whenever you like.",
    ]


def test_what_can_be_pressed_comes_with_it() -> None:
    ((_, buttons),) = arrival_from(console_payload(JUDGE)).blocks

    assert [(one.label, one.act) for one in buttons] == [(one.label, one.act) for one in JUDGE.buttons]


def test_nothing_in_it_steers_the_terminal() -> None:
    hostile = "\x1b[2J\u202e" + "long " * 60
    paragraph = Paragraph(hostile, (), hostile)
    lesson = Lesson("console:ann:1", hostile, hostile, paragraph, paragraph, hostile)
    shown = as_text(lesson)

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert max(map(len, shown.splitlines())) <= 96


def test_its_lines_stay_lines() -> None:
    lines = replace(READ, told=Paragraph("1. “Sing.”\n2. “Hum.”", (), ""))

    assert "\n1. “Sing.”\n2. “Hum.”" in as_text(lines)


def test_as_json_it_rules_nothing() -> None:
    shape = as_json(READ, Message("console:ann:1", "onboarding", "larks"), "h1", 1.0)

    assert (shape["verdict"], shape["unanswered"]) == ("not_covered", "small_talk")
    assert [one["clause"] for one in shape["citations"]] == ["larks/a/b"]
