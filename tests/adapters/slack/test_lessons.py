"""The steps of a checklist in Slack: one takes the place of the one before, and what comes unasked is a message of its
own."""

import json
from dataclasses import replace
from typing import Any

import pytest

from adapters.chat.pressing import Does, Pressed
from adapters.slack.inbound import Pushed, Who
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Outgoing, outgoing_of
from adapters.slack.placing import placed
from adapters.slack.pressing import pressed
from adapters.slack.render import slack_payload
from adapters.workspace import Workspace
from bot.messages import own_place
from bot.replies import Lesson, Paragraph, Reply, Told
from bot.tickets import What
from tests.adapters.slack.block_kit import blocks_problems
from tests.adapters.slack.lessons import ALL_CLAUSES, INVITATION, JUDGE, LAST, LONG_OPTIONS, PLAY, READ, WRITE
from tests.adapters.slack.reading import read
from tests.adapters.slack.sending_out import Bench, at_bench, parcel

IN_CHANNEL = "slack:C1:17.1:U1:open"
OWN = own_place("slack:U1")


def rendered(reply: Reply, origin: Origin | None = None) -> Outgoing:
    payload = slack_payload(reply, origin.as_text() if origin else "")
    assert payload is not None
    return outgoing_of(json.loads(json.dumps(payload)))


def buttons_in(reply: Lesson) -> dict[str, dict[str, Any]]:
    blocks = [block for post in rendered(reply).posts for block in post.blocks if block["type"] == "actions"]
    return {one["text"]["text"]: one for block in blocks for one in block["elements"]}


def done_by(reply: Lesson) -> dict[str, Does]:
    return {label: pressed(one["action_id"], one["value"]).does for label, one in buttons_in(reply).items()}


def styles(reply: Lesson) -> list[str | None]:
    return [one.get("style") for one in buttons_in(reply).values()]


class TestWhatIsShown:
    def test_what_comes_of_the_last_answer_stands_first_and_what_is_asked_just_above_the_buttons(self) -> None:
        (post,) = rendered(JUDGE).posts
        said = read({"blocks": list(post.blocks[:-1])})

        assert said.index("Not quite") < said.index("No flash") < said.index("Step 4 of 9") < said.index("offered")
        assert said.index("offered") < said.index("An invented post:") < said.index("like angels")
        assert said.rstrip().endswith("Would you post it?")

    def test_an_invented_post_is_a_quotation(self) -> None:
        (post,) = rendered(PLAY).posts
        quotes = [
            part["elements"][0]["text"]
            for block in post.blocks
            if block["type"] == "rich_text"
            for part in block["elements"]
            if part["type"] == "rich_text_quote"
        ]

        assert quotes == ["“Listen to the Larks”, a recording by a listener."]

    def test_the_bar_says_what_is_done(self) -> None:
        def bar(reply: Lesson) -> str:
            (post,) = rendered(reply).posts
            return next(str(block["elements"][0]["text"]) for block in post.blocks if "Step" in json.dumps(block))

        assert bar(READ) == "▱▱▱▱▱▱▱▱▱▱  Step 1 of 9"
        assert bar(JUDGE) == "▰▰▰▱▱▱▱▱▱▱  Step 4 of 9"

    def test_the_main_button_stands_out_and_none_of_several_answers_does(self) -> None:
        assert [styles(one)[0] for one in (INVITATION, READ, WRITE, LAST)] == ["primary"] * 4
        assert {style for one in (JUDGE, PLAY) for style in styles(one)} == {None}

    def test_options_too_long_for_a_button_are_told_whole_above(self) -> None:
        (post,) = rendered(LONG_OPTIONS).posts
        said = read({"blocks": [block for block in post.blocks if block["type"] != "actions"]})

        *answers, later = LONG_OPTIONS.buttons
        assert all(f"{number}. {button.label}" in said for number, button in enumerate(answers, 1))
        assert later.label not in said
        assert len(buttons_in(LONG_OPTIONS)) == len(LONG_OPTIONS.buttons)

    @pytest.mark.parametrize(
        ("asked", "stands_out"),
        [
            ("It is a “should”. Would you post it?", ["Would you post it?"]),
            ("What is it for? The register shows it.", ["What is it for?"]),
            ("Such as: “Why us?” What is it for?", ["What is it for?"]),
            ("Is it? Or is it not?", ["Or is it not?"]),
            ("Nothing to ask.", []),
        ],
    )
    def test_the_last_question_stands_out(self, asked: str, stands_out: list[str]) -> None:
        lesson = replace(READ, title="", told=Paragraph("", (), asked))
        (post,) = rendered(lesson).posts
        leaves = [
            leaf
            for block in post.blocks
            if block["type"] == "rich_text"
            for part in block["elements"]
            for leaf in part["elements"]
        ]

        assert "".join(leaf["text"] for leaf in leaves) == asked
        assert [leaf["text"] for leaf in leaves if leaf.get("style")] == stands_out

    def test_all_clauses_of_a_long_checklist_are_shown_whole_with_the_button_below_the_last(self) -> None:
        posts = rendered(ALL_CLAUSES).posts

        assert all(blocks_problems(list(post.blocks)) == [] for post in posts)
        shown = " ".join(json.dumps(post.blocks) for post in posts)
        assert all(f"Rule {n}: Sing in tune" in shown for n in range(40))
        assert [any(block["type"] == "actions" for block in post.blocks) for post in posts] == [
            *[False] * (len(posts) - 1),
            True,
        ]
        assert "(it goes on below)" in posts[0].text
        assert "(it goes on below)" not in rendered(LAST).posts[0].text

    def test_from_home_or_a_form_it_is_shown_in_the_modal_alone(self) -> None:
        outgoing = rendered(replace(JUDGE, conversation="slack:U1:0fa2"), Origin(view="v1"))

        assert outgoing.view is not None
        assert "Would you post it?" in read(outgoing.view)
        assert not outgoing.posts_too


class TestWhereItIsShown:
    def test_an_answer_goes_on_in_place_and_words_are_asked_for_in_a_form(self) -> None:
        assert done_by(INVITATION) == {"Accept": Does.STEP, "Decline": Does.ACT}
        assert done_by(READ) == {"I have read this": Does.STEP, "Later": Does.ACT}
        assert done_by(JUDGE) == {"Fine to post": Does.STEP, "Better not": Does.STEP, "Later": Does.ACT}
        assert done_by(WRITE) == {"Write it": Does.FORM, "Later": Does.ACT}
        assert done_by(LAST) == {"I have read these": Does.STEP, "Later": Does.ACT}

    def test_what_is_asked_before_everybody_is_shown_to_its_asker_alone(self) -> None:
        assert rendered(replace(READ, conversation=IN_CHANNEL)).conversation == "slack:C1:17.1:U1"

    def test_unasked_it_comes_as_a_message_of_its_own_to_the_chat_with_them(self) -> None:
        async def say(at: Bench) -> None:
            receipt = await at.platform.deliver(parcel(OWN, "one", key="1"))
            await at.platform.deliver(parcel(OWN, "two", key="2"))

            assert receipt.startswith("D1:")
            assert at.texts("D1") == ["one", "two"]

        at_bench(say)

    def test_pressed_there_the_next_takes_its_place_on_and_on(self) -> None:
        async def say(at: Bench) -> None:
            channel, _, ts = (await at.platform.deliver(parcel(OWN, "one", key="1"))).partition(":")
            for number in ("two", "three"):
                push = Pushed("k", Who("U1"), None, "", "", channel, ts)
                come_to = placed(push, Pressed(Does.STEP, READ.buttons[0].act), Workspace("larks"), "")
                assert come_to.conversation == f"slack:D1:{ts}"
                await at.platform.deliver(
                    parcel(come_to.conversation, number, key=number, origin=come_to.origin),
                )

            assert at.texts("D1") == ["three"]

        at_bench(say)

    @pytest.mark.parametrize("about", [What.ANSWERED, What.CLOSED])
    def test_what_is_told_of_a_ticket_there_goes_beside_no_card(self, about: What) -> None:
        outgoing = rendered(Told(OWN, "They have agreed.", ticket="12", about=about))

        assert (outgoing.beside, outgoing.subject) == ("", "")
