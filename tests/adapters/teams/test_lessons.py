"""The steps of a checklist in Teams: one takes the place of the one before, and what comes unasked is a message of its
own in the chat with them."""

import json
from dataclasses import replace
from typing import Any

from adapters.chat.pressing import Becomes, Does, Pressed
from adapters.teams.inbound import Pushed
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Outgoing, outgoing_of
from adapters.teams.places import Place
from adapters.teams.placing import placed
from adapters.teams.references import Scope
from adapters.teams.render import teams_payload
from adapters.teams.whereabouts import Chat, Who
from bot.messages import own_place
from bot.replies import Lesson, Reply, Told
from bot.tickets import What
from tests.adapters.slack import lessons as choir
from tests.adapters.teams.card_rules import card_problems
from tests.adapters.teams.card_rules import texts as words_of
from tests.adapters.teams.fake_tenant import User
from tests.adapters.teams.replies import IN_CHANNEL, PERSONAL, in_teams
from tests.adapters.teams.sending_out import Bench, at_bench, parcel, shown

ANN = User("ann").account
INVITATION, READ, JUDGE = in_teams(choir.INVITATION), in_teams(choir.READ), in_teams(choir.JUDGE)
PLAY, WRITE, LAST = in_teams(choir.PLAY), in_teams(choir.WRITE), in_teams(choir.LAST)
LONG_OPTIONS, ALL_CLAUSES = in_teams(choir.LONG_OPTIONS), in_teams(choir.ALL_CLAUSES)


def rendered(reply: Reply, origin: Origin | None = None) -> Outgoing:
    payload = teams_payload(reply, origin.as_text() if origin else "")
    assert payload is not None
    return outgoing_of(json.loads(json.dumps(payload)))


def actions_in(reply: Lesson) -> dict[str, dict[str, Any]]:
    cards = [post.card for post in rendered(reply).posts if post.card]
    sets = [element for card in cards for element in card["body"] if element["type"] == "ActionSet"]
    return {one["title"]: one for each in sets for one in each["actions"]}


def done_by(reply: Lesson) -> dict[str, str]:
    return {label: one.get("verb") or one["data"]["does"] for label, one in actions_in(reply).items()}


class TestWhatIsShown:
    def test_what_comes_of_the_last_answer_stands_first_and_what_is_asked_just_above_the_buttons(self) -> None:
        (post,) = rendered(JUDGE).posts
        assert post.card is not None
        said = list(words_of({**post.card, "body": post.card["body"][:-1]}))

        assert said[0] == "Not quite."
        assert said.index("“No flash in concerts.”") < said.index("Running @larks_sing for the altos")
        assert said.index("An invented post:") < said.index("We sang like angels last night!")
        assert "Would you post it?" in said[-2:]

    def test_the_main_button_stands_out_and_none_of_several_answers_does(self) -> None:
        def styles(reply: Lesson) -> list[str | None]:
            return [one.get("style") for one in actions_in(reply).values()]

        assert [styles(one)[0] for one in (INVITATION, READ, WRITE, LAST)] == ["positive"] * 4
        assert {style for one in (JUDGE, PLAY) for style in styles(one)} == {None}

    def test_options_too_long_for_a_button_are_told_whole_above(self) -> None:
        (post,) = rendered(LONG_OPTIONS).posts

        *answers, later = LONG_OPTIONS.buttons
        assert all(f"{number}. {button.label}" in post.plain for number, button in enumerate(answers, 1))
        assert later.label not in post.plain
        assert len(actions_in(LONG_OPTIONS)) == len(LONG_OPTIONS.buttons)

    def test_all_clauses_of_a_long_checklist_are_shown_whole_with_the_button_below_the_last(self) -> None:
        posts = rendered(ALL_CLAUSES).posts

        assert all(post.card is not None and card_problems(post.card) == [] for post in posts)
        assert all(f"Rule {n}: Sing in tune" in " ".join(post.plain for post in posts) for n in range(40))
        assert ["I have read these" in json.dumps(post.card) for post in posts] == [*[False] * (len(posts) - 1), True]

    def test_in_a_dialog_it_is_shown_there_alone(self) -> None:
        outgoing = rendered(JUDGE, Origin(invoke="k", waits=Waits.DIALOG, becomes=Becomes.SEND))

        assert outgoing.dialog is not None
        assert "Would you post it?" in list(words_of(outgoing.dialog.card))
        assert not outgoing.posts_too


class TestWhereItIsShown:
    def test_an_answer_goes_on_in_place_and_words_are_asked_for_in_a_form(self) -> None:
        assert done_by(READ) == {"I have read this": Does.STEP, "Later": Does.ACT}
        assert done_by(JUDGE) == {"Fine to post": Does.STEP, "Better not": Does.STEP, "Later": Does.ACT}
        assert done_by(WRITE) == {"Write it": Does.FORM, "Later": Does.ACT}
        assert done_by(LAST) == {"I have read these": Does.STEP, "Later": Does.ACT}

    def test_what_is_asked_before_everybody_is_shown_in_the_chat_with_its_asker(self) -> None:
        assert rendered(replace(READ, conversation=IN_CHANNEL)).conversation == PERSONAL

    def test_unasked_it_comes_as_a_message_of_its_own_to_the_chat_with_them(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            await at.platform.deliver(parcel(own_place(ANN), shown("one"), key="1"))
            await at.platform.deliver(parcel(own_place(ANN), shown("two"), key="2"))

            assert at.texts(chat) == ["one", "two"]

        at_bench(sqlite_url, say)

    def test_who_has_never_written_is_reached_as_well(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ben")
            at.teams.tenant.person("ann")
            await at.platform.deliver(parcel(own_place(ANN), shown("one")))

            assert at.texts(at.teams.tenant.personal("ann")) == ["one"]

        at_bench(sqlite_url, say)

    def test_pressed_there_the_next_takes_its_place_on_and_on(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            activity = (await at.platform.deliver(parcel(own_place(ANN), shown("one"), key="1"))).partition(" ")[2]
            for number in ("two", "three"):
                push = Pushed("k", Who(ANN, "29:ann"), Chat(chat.id, "", Scope.PERSONAL), None, activity)
                come_to = placed(push, Pressed(Does.STEP, READ.buttons[0].act), "", at_desk=False)
                assert come_to.conversation == Place.of(own_place(ANN)).conversation
                next_one = parcel(come_to.conversation, shown(number), key=number, origin=come_to.origin)
                await at.platform.deliver(next_one)

            assert at.texts(chat) == ["three"]

        at_bench(sqlite_url, say)

    def test_what_is_told_of_a_ticket_there_goes_beside_no_card(self) -> None:
        outgoing = rendered(Told(own_place(ANN), "They have agreed.", ticket="12", about=What.ANSWERED))

        assert (outgoing.beside, outgoing.subject) == ("", "")
