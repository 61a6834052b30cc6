"""Each reply reaches its place in Teams, takes the place of what it answers, or goes to the client that waits."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from adapters.delivery.platforms import Later, Parcel, Refused
from adapters.teams.invoke_answers import CARD
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Dialog, Post, Source
from adapters.teams.references import Reference, Scope
from adapters.teams.wording_of_messages import ASK_BY_TYPING
from bot.wording import repeated
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_connector import Limits
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_rules import problems
from tests.adapters.teams.fake_tenant import AMER, EMEA, User
from tests.adapters.teams.sending_out import BOT, Bench, at_bench, card, desk, parcel, shown

ANN = User("ann").account
DESK = desk()
LOOKS = {"action": {"type": "Action.Execute", "verb": "look", "data": {"ticket": "12"}}}
WAITED = 0.01  # seconds; what is given was given before


def asked_in(thread: str, name: str = "desk") -> str:
    """The conversation of what Ann asks by mention in a thread."""
    return f"{desk(name)}:{thread}:{User('ann').directory_id}:open"


class TestPlaces:
    def test_in_the_personal_chat_it_is_said_part_by_part(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            receipt = await at.platform.deliver(parcel(ANN, "one", "two"))

            first, second = at.teams.tenant.said_in(chat)
            assert receipt == f"{chat.id} {first['id']}"
            assert (first["text"], first["textFormat"], second["text"]) == ("one", "plain", "two")
            assert at.app.over_in == [ANN]

        at_bench(sqlite_url, say)

    def test_in_a_dialogs_own_place_it_is_said_in_the_personal_chat(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            await at.platform.deliver(parcel(f"{ANN}:3fd2", "one"))

            assert at.texts(chat) == ["one"]

        at_bench(sqlite_url, say)

    def test_what_was_asked_in_a_channel_is_answered_in_its_thread_and_the_rest_to_its_asker(
        self, sqlite_url: str
    ) -> None:
        async def say(at: Bench) -> None:
            chat, channel = at.meet("ann"), at.channel()
            asked = at.teams.tenant.typed(channel, "ann", "May we?")["id"]
            await at.platform.deliver(parcel(asked_in(asked), "Yes", key="1"))
            await at.platform.deliver(parcel(asked_in(asked), "What would go", key="2", to=ANN))

            assert (at.texts(channel, asked), at.texts(chat)) == (["Yes"], ["What would go"])

        at_bench(sqlite_url, say)

    def test_a_group_chat_has_no_threads(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ann")
            group = at.teams.tenant.group("tenors", {"ann"})
            place = "teams:19%3Atenors%40thread.v2"
            await at.platform.deliver(parcel(f"{place}::{User('ann').directory_id}:open", "Yes", key="1"))
            await at.platform.deliver(parcel(place, "beside", key="2", beside="card:12", earlier=f"{group.id} 17"))

            assert at.texts(group) == ["Yes", "beside"]

        at_bench(sqlite_url, say)

    def test_where_the_thread_is_gone_its_asker_is_told_alone(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat, channel = at.meet("ann"), at.channel()
            await at.platform.deliver(parcel(asked_in("17"), "Yes"))

            assert (at.texts(channel), at.texts(chat)) == ([], ["Yes"])

        at_bench(sqlite_url, say)

    def test_each_is_reached_by_their_own_service_url(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ann")
            at.meet("ben", region=AMER)
            await at.platform.deliver(parcel(ANN, "one", key="1"))
            await at.platform.deliver(parcel(User("ben").account, "two", key="2"))

            assert [call.region for call in at.teams.calls_to("send")] == [EMEA, AMER]

        at_bench(sqlite_url, say)


class TestThoseWhoAreNotKnownYet:
    def test_a_chat_is_begun_with_who_has_none_and_kept(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ben")
            at.teams.tenant.person("ann")
            for key in "12":
                await at.platform.deliver(parcel(ANN, key, key=key))

            assert at.texts(at.teams.tenant.personal("ann")) == ["1", "2"]
            (opened,) = at.teams.calls_to("create")
            assert opened.body["members"] == [{"id": User("ann").directory_id}]
            kept = at.references.of(ANN)
            assert kept is not None
            assert (kept.scope, kept.conversation, kept.user) == (Scope.PERSONAL, "a:1ann", "")

        at_bench(sqlite_url, say)

    def test_with_who_wrote_in_a_channel_it_is_begun_by_the_id_that_is_known(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            ann = at.teams.tenant.person("ann")
            at.keep(ANN, "", Scope.PERSONAL, user=ann.id)
            await at.platform.deliver(parcel(ANN, "one"))

            assert at.teams.calls_to("create")[0].body["members"] == [{"id": ann.id}]
            assert at.texts(at.teams.tenant.personal("ann")) == ["one"]

        at_bench(sqlite_url, say)

    @pytest.mark.parametrize("known", [{"installed": False}, {"region": AMER}])
    def test_who_cannot_be_written_to_first_is_given_up_with_a_word_for_staff(
        self, sqlite_url: str, known: dict[str, Any]
    ) -> None:
        async def say(at: Bench) -> None:
            at.meet("ben")
            at.teams.tenant.person("ann", **known)
            ended = await at.ends(parcel(ANN, "secret words"))

            assert isinstance(ended, Refused)
            assert "no chat could be begun" in ended.why
            assert "secret" not in ended.why + ended.what_to_do

        at_bench(sqlite_url, say)

    @pytest.mark.parametrize("known", [{"installed": False}, {"blocks": True}])
    def test_who_has_taken_the_app_away_or_blocked_it_is_given_up_the_second_time_with_a_word_for_staff(
        self, sqlite_url: str, known: dict[str, Any]
    ) -> None:
        async def say(at: Bench) -> None:
            at.meet("ann", **known)
            one = parcel(ANN, "one")
            first, second = await at.ends(one), await at.ends(one)

            assert isinstance(first, Later)
            assert (first.after, first.in_doubt, first.everywhere) == (60, False, False)
            assert isinstance(second, Refused)
            assert "cannot be written to" in second.why

        at_bench(sqlite_url, say)

    def test_a_desk_from_which_nothing_came_yet_is_reached_as_others_of_the_tenant_are(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ben")
            channel = at.teams.tenant.channel("desk")
            receipt = await at.platform.deliver(parcel(DESK, shown("Q12 is open"), subject="card:12"))

            (message,) = at.teams.tenant.said_in(channel)
            assert receipt == f"{channel.id} {message['id']}"

        at_bench(sqlite_url, say)

    def test_while_nobody_has_written_all_waits(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            for place in (DESK, ANN):
                ended = await at.ends(parcel(place, "one"))
                assert isinstance(ended, Later)
                assert (ended.after, ended.in_doubt, ended.everywhere) == (300, False, False)

        at_bench(sqlite_url, say)

    @pytest.mark.parametrize("about", [{"subject": "card:12"}, {"beside": "card:12"}])
    def test_what_is_about_a_query_waits_until_the_app_is_added_to_the_desk(
        self, sqlite_url: str, about: dict[str, Any]
    ) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            channel.installed = False
            ended = await at.ends(parcel(DESK, "Q12", **about))

            assert isinstance(ended, Later)
            assert (ended.after, ended.in_doubt, ended.everywhere) == (300, False, False)
            assert isinstance(await at.ends(parcel(DESK, "a digest", key="2")), Refused)
            channel.installed = True
            await at.platform.deliver(parcel(DESK, "Q12", **about))
            assert at.texts(channel) == ["Q12"]

        at_bench(sqlite_url, say)


class TestInPlace:
    def test_a_card_is_edited_and_what_belongs_to_it_hangs_in_its_thread(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            receipt = await at.platform.deliver(parcel(DESK, shown("open"), subject="card:12", key="1"))
            after = parcel(DESK, shown("claimed"), "further", subject="card:12", earlier=receipt, key="2")
            assert await at.platform.deliver(after) == receipt
            await at.platform.deliver(parcel(DESK, "beside", beside="card:12", earlier=receipt, key="3"))

            assert at.texts(channel, receipt.split()[1]) == ["claimed", "further", "beside"]

        at_bench(sqlite_url, say)

    def test_a_card_that_somebody_took_away_is_posted_anew(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            receipt = await at.platform.deliver(
                parcel(DESK, shown("claimed"), subject="card:12", earlier=f"{channel.id} 17")
            )
            await at.platform.deliver(parcel(DESK, "beside", beside="card:12", earlier=f"{channel.id} 17", key="2"))

            assert at.texts(channel) == ["claimed", "beside"]
            assert receipt.split()[1] != "17"

        at_bench(sqlite_url, say)

    def test_an_answer_does_not_take_the_place_of_an_earlier_one(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            before = await at.platform.deliver(parcel(ANN, "one", key="1"))
            await at.platform.deliver(parcel(ANN, "two", subject="answer:7", earlier=before, key="2"))

            assert at.texts(chat) == ["one", "two"]

        at_bench(sqlite_url, say)

    def test_a_step_takes_the_place_of_what_was_pressed_and_whoever_waits_has_it_at_once(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            receipt = await at.platform.deliver(parcel(ANN, shown("Whose is it?"), key="1"))
            origin = Origin("i1", Waits.CARD, receipt.split()[1], replaces=True)
            at.waiting.expect("i1")
            assert await at.platform.deliver(parcel(ANN, shown("Is it true?"), origin=origin, key="2")) == receipt

            assert at.texts(chat) == ["Is it true?"]
            given = await at.waiting.answer("i1", WAITED)
            assert given == {"statusCode": 200, "type": CARD, "value": card("Is it true?")}

        at_bench(sqlite_url, say)

    def test_an_answer_with_text_alone_takes_that_place_too(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            receipt = await at.platform.deliver(parcel(ANN, shown("Whose is it?"), key="1"))
            origin = Origin("i1", Waits.CARD, receipt.split()[1], replaces=True)
            at.waiting.expect("i1")
            await at.platform.deliver(parcel(ANN, "No. " * 100, origin=origin, key="2"))

            (message,) = at.teams.tenant.said_in(chat)
            assert (message["text"], "attachments" in message) == ("No. " * 100, False)
            given = await at.waiting.answer("i1", WAITED)
            assert given is not None
            assert given["value"].startswith("No. No.")
            assert len(given["value"]) <= 200

        at_bench(sqlite_url, say)

    def test_what_is_for_its_asker_alone_never_takes_the_place_of_what_all_see(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat, channel = at.meet("ann"), at.channel()
            asked = at.teams.tenant.typed(channel, "ann", "May we?")["id"]
            step = await at.platform.deliver(parcel(asked_in(asked), shown("Whose is it?"), key="1"))
            origin = Origin("i1", Waits.CARD, step.split()[1], replaces=True)
            at.waiting.expect("i1")
            await at.platform.deliver(parcel(asked_in(asked), shown("Noted"), origin=origin, to=ANN, key="2"))

            assert (at.texts(channel, asked), at.texts(chat)) == (["Whose is it?"], ["Noted"])
            assert await at.waiting.answer("i1", WAITED) is None

        at_bench(sqlite_url, say)

    def test_before_others_it_takes_only_the_place_of_what_was_said_to_the_same_person(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            asked = at.teams.tenant.typed(channel, "ann", "May we?")["id"]
            step = await at.platform.deliver(parcel(asked_in(asked), shown("Whose is it?"), key="1"))
            origin = Origin("i1", Waits.CARD, step.split()[1], replaces=True)
            at.waiting.expect("i1")
            await at.platform.deliver(parcel(asked_in(asked), shown("Not hers"), origin=origin, key="2"))
            assert at.texts(channel, asked) == ["Whose is it?", "Not hers"]
            assert await at.waiting.answer("i1", WAITED) is None

            at.app.said.add((asked_in(asked), step))
            await at.platform.deliver(parcel(asked_in(asked), shown("Is it true?"), origin=origin, key="3"))
            assert at.texts(channel, asked) == ["Is it true?", "Not hers"]

        at_bench(sqlite_url, say)

    def test_an_edit_that_teams_turns_down_twice_in_an_unknown_way_is_said_anew(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            receipt = await at.platform.deliver(parcel(DESK, shown("open"), subject="card:12", key="1"))
            at.teams.faults = [Fault("update", times=2, status=418)]
            claimed = parcel(DESK, shown("claimed"), subject="card:12", earlier=receipt, key="2")
            first = await at.ends(claimed)
            assert isinstance(first, Later)
            assert (first.after, first.away) == (None, False)
            await at.platform.deliver(replace(claimed, attempt=2))

            assert at.texts(channel) == ["open", "claimed"]

        at_bench(sqlite_url, say)


class TestWhoeverWaits:
    def test_a_dialog_goes_to_the_client_that_waits_and_is_said_nowhere_else(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.waiting.expect("i1")
            origin, dialog = Origin("i1", Waits.DIALOG), Dialog("Policy", card("Yes"))
            assert await at.platform.deliver(parcel(f"{ANN}:3f", "Yes", origin=origin, dialog=dialog)) == ""

            given = await at.waiting.answer("i1", WAITED)
            assert given is not None
            assert given["task"]["value"]["title"] == "Policy"
            assert at.texts(chat) == []

        at_bench(sqlite_url, say)

    def test_what_a_dialog_cannot_hold_is_said_besides(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.waiting.expect("i1")
            origin, dialog = Origin("i1", Waits.DIALOG), Dialog("Policy", card("Yes"))
            at.teams.faults = [Fault("send", status=503)]
            long = parcel(f"{ANN}:3f", "Yes", origin=origin, dialog=dialog, posts_too=True)
            ended = await at.ends(long)
            assert isinstance(ended, Later)
            await at.platform.deliver(long)

            assert await at.waiting.answer("i1", WAITED) is not None
            assert at.texts(chat)[-1].endswith("Yes")

        at_bench(sqlite_url, say)

    def test_where_nobody_waits_any_more_it_comes_as_a_message(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            origin, dialog = Origin("i1", Waits.DIALOG), Dialog("Policy", card("Yes"))
            await at.platform.deliver(parcel(f"{ANN}:3f", "Yes", origin=origin, dialog=dialog))

            assert at.texts(chat) == ["Yes"]

        at_bench(sqlite_url, say)

    def test_a_card_that_is_looked_at_goes_to_who_looks_and_to_nobody_else(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.waiting.expect("i1")
            for key in "12":  # the second one comes too late
                look = parcel(ANN, shown("Q12"), origin=Origin("i1", Waits.LOOK), for_staff=True, key=key)
                assert await at.platform.deliver(look) == ""

            assert at.texts(chat) == []
            assert await at.waiting.answer("i1", WAITED) == {"statusCode": 200, "type": CARD, "value": card("Q12")}

        at_bench(sqlite_url, say)


class TestWhoeverPressedOnACardAtTheDesk:
    def test_is_shown_the_new_one_as_soon_as_it_is_there(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ann")
            channel = at.channel()
            for key, ticket in (("i1", "12"), ("i2", "13")):
                at.waiting.expect(key, ticket)
            pressed = Origin("i1", Waits.CARD, "17", at_desk=True, card="12")
            await at.platform.deliver(parcel(ANN, "You have it", origin=pressed, key="1"))
            await at.platform.deliver(parcel(DESK, shown("Ann has it"), subject="card:12", key="2"))

            given = await at.waiting.answer("i1", WAITED)
            assert given == {"statusCode": 200, "type": CARD, "value": card("Ann has it")}
            assert await at.waiting.answer("i2", WAITED) is None
            assert at.texts(channel) == ["Ann has it"]

        at_bench(sqlite_url, say)

    def test_is_told_what_came_of_it_where_the_card_stays_as_it_is(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.waiting.expect("i1", "12")
            pressed = Origin("i1", Waits.CARD, "17", at_desk=True, card="12")
            await at.platform.deliver(parcel(ANN, "Ben has it", origin=pressed))

            given = await at.waiting.answer("i1", 2.0)
            assert given is not None
            assert given["value"] == "Ben has it"
            assert at.texts(chat) == ["Ben has it"]

        at_bench(sqlite_url, say)


class TestCardsForStaff:
    def test_a_desk_card_is_looked_up_for_those_at_the_desk_who_are_known(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            for name in ("ann", "ben"):
                at.meet(name)
            at.app.staff = [ANN, User("cleo").account, "slack:U1"]
            post = shown("Q12", refresh=LOOKS)
            await at.platform.deliver(parcel(DESK, post, subject="card:12", for_staff=True))

            (message,) = at.teams.tenant.said_in(channel)
            refresh = message["attachments"][0]["content"]["refresh"]
            assert refresh == LOOKS | {"userIds": [User("ann").id]}

        at_bench(sqlite_url, say)

    def test_for_sixty_at_most(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            for number in range(70):
                at.meet(f"clerk{number}")
                at.app.staff.append(User(f"clerk{number}").account)
            post = shown("Q12", refresh=LOOKS)
            await at.platform.deliver(parcel(DESK, post, subject="card:12", for_staff=True))

            (message,) = at.teams.tenant.said_in(channel)
            assert len(message["attachments"][0]["content"]["refresh"]["userIds"]) == 60

        at_bench(sqlite_url, say)

    def test_where_nobody_is_known_it_is_looked_up_for_nobody(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            post = shown("Q12", refresh=LOOKS)
            await at.platform.deliver(parcel(DESK, post, subject="card:12", for_staff=True))

            (message,) = at.teams.tenant.said_in(channel)
            assert "refresh" not in message["attachments"][0]["content"]

        at_bench(sqlite_url, say)


class TestMessages:
    def test_an_answer_has_its_sources_and_asks_whether_it_helped(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            sources = tuple(Source(number, "Larks' rules, 4.2 " * 9, "Say whose it is. " * 20) for number in (1, 2))
            text = "Yes [1], but see [2]."
            yes = Post("Yes", text, card("buttons"), sources, ("And a photo?", "And a poster?"), feedback=True)
            receipt = await at.platform.deliver(parcel(ANN, "Before", yes, subject="answer:7"))

            message = at.teams.tenant.said_in(chat)[1]
            assert receipt == f"{chat.id} {message['id']}"
            assert problems(message) == []
            (entity,) = message["entities"]
            assert "additionalType" not in entity
            assert [one["position"] for one in entity["citation"]] == [1, 2]
            assert (message["text"], message["textFormat"], message["summary"]) == (text, "markdown", "Yes")
            assert message["channelData"] == {"feedbackLoop": {"type": "default"}}
            assert [one["value"] for one in message["suggestedActions"]["actions"]] == ["And a photo?", "And a poster?"]
            assert "importance" not in message

        at_bench(sqlite_url, say)

    def test_a_form_that_is_not_taken_is_said_plainly_and_whole_in_pieces(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            words = "Rehearsals & *concerts*.\n\n" * 1_000
            await at.platform.deliver(parcel(ANN, Post(words, "", {"type": "Nonsense"}), "the end"))

            said = at.texts(chat)
            assert said[-1] == "the end"
            assert "".join("".join(said[:-1]).split()) == "".join(words.split())
            assert [one["textFormat"] for one in at.teams.tenant.said_in(chat)] == ["plain"] * len(said)

        at_bench(sqlite_url, say)

    def test_what_is_too_long_is_said_in_pieces(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            await at.ends_at_last(parcel(ANN, "word " * 20_000))

            assert " ".join(at.texts(chat)).split() == ["word"] * 20_000

        at_bench(sqlite_url, say)

    def test_a_card_whose_form_is_not_taken_is_edited_as_plain_text_and_goes_on_in_its_thread(
        self, sqlite_url: str
    ) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            receipt = await at.platform.deliver(parcel(DESK, shown("open"), subject="card:12", key="1"))
            faulty = Post("word " * 3_000, card={"type": "Nonsense"})
            await at.platform.deliver(parcel(DESK, faulty, subject="card:12", earlier=receipt, key="2"))

            assert len(at.texts(channel, receipt.split()[1])) == 2
            assert " ".join(at.texts(channel)).split() == ["word"] * 3_000

        at_bench(sqlite_url, say)

    def test_what_is_not_even_taken_as_plain_text_is_given_up(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ann")
            at.teams.faults = [Fault("send", times=2, status=400, error="BadSyntax")]
            ended = await at.ends(parcel(ANN, "one"))

            assert isinstance(ended, Refused)
            assert "BadSyntax" in ended.why

        at_bench(sqlite_url, say)

    @pytest.mark.parametrize("payload", [{}, {"conversation": "nowhere", "posts": []}, {"posts": 3}])
    def test_what_another_edition_made_is_refused(self, sqlite_url: str, payload: dict[str, Any]) -> None:
        async def say(at: Bench) -> None:
            assert isinstance(await at.ends(Parcel("1", "teams", ANN, payload)), Refused)

        at_bench(sqlite_url, say)

    def test_a_mere_sentence_can_suggest_what_to_ask_next(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            await at.platform.deliver(parcel(ANN, Post("Ask.", suggested=("a", "b", "c", "d"), feedback=True)))

            (message,) = at.teams.tenant.said_in(chat)
            assert [one["title"] for one in message["suggestedActions"]["actions"]] == ["a", "b", "c"]
            assert (message["textFormat"], "channelData" in message) == ("plain", True)

        at_bench(sqlite_url, say)

    def test_a_plain_sentence_is_said(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            await at.platform.deliver(Parcel("1", "teams", ANN, {"conversation": ANN, "text": "*Sorry*"}))

            (message,) = at.teams.tenant.said_in(chat)
            assert (message["text"], message["textFormat"]) == ("*Sorry*", "plain")

        at_bench(sqlite_url, say)


class TestInTrouble:
    def test_a_second_attempt_goes_on_where_the_first_stopped(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            whole = parcel(ANN, "one", "two", "three")
            at.teams.faults = [Fault("send"), Fault("send", status=429, retry_after=5)]
            ended = await at.ends(whole)
            assert isinstance(ended, Later)
            assert (ended.after, ended.in_doubt, ended.everywhere) == (5, False, False)
            at.clock.now += 5
            receipt = await at.platform.deliver(replace(whole, attempt=2))

            assert at.texts(chat) == ["one", "two", "three"]  # none is marked: it is known what was done
            assert receipt == f"{chat.id} {at.teams.tenant.said_in(chat)[0]['id']}"

        at_bench(sqlite_url, say)

    def test_what_was_cut_off_in_the_middle_goes_on_with_a_word_for_what_may_have_arrived(
        self, sqlite_url: str
    ) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.teams.faults = [Fault("send"), Fault("send", delay=30, applied=True)]
            whole = parcel(ANN, "one", "two", "three")
            going = asyncio.create_task(at.platform.deliver(whole))
            async with asyncio.timeout(5):
                while len(at.teams.calls_to("send")) < 2:
                    await asyncio.sleep(0.005)
            going.cancel()
            await asyncio.gather(going, return_exceptions=True)
            await at.platform.deliver(replace(whole, attempt=2))

            assert at.texts(chat)[0] == "one"
            assert at.texts(chat)[-2:] == [f"{repeated()}\n\ntwo", "three"]

        at_bench(sqlite_url, say)

    def test_a_turn_that_comes_soon_is_waited_for(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.platform._pacing.rest(chat.id, 0.05)
            asyncio.get_running_loop().call_later(0.01, at.clock.pass_by, 0.05)
            await at.platform.deliver(parcel(ANN, "one"))

            assert at.texts(chat) == ["one"]

        at_bench(sqlite_url, say)

    def test_what_may_have_arrived_is_said_again_with_a_word_for_that(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.teams.faults = [Fault("send", drop=True, applied=True)]
            both = parcel(ANN, shown("one"), "two")
            ended = await at.ends(both)
            assert isinstance(ended, Later)
            assert ended.in_doubt
            await at.platform.deliver(replace(both, attempt=2))

            first, second, third = at.teams.tenant.said_in(chat)
            assert (first.get("text"), second["text"], third["text"]) == (None, repeated(), "two")
            assert second["attachments"] == first["attachments"]

        at_bench(sqlite_url, say)

    def test_an_edit_is_made_again_without_a_word(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            channel = at.channel()
            receipt = await at.platform.deliver(parcel(DESK, shown("open"), subject="card:12", key="1"))
            at.teams.faults = [Fault("update", times=2, drop=True, applied=True)]
            claimed = parcel(DESK, shown("claimed"), subject="card:12", earlier=receipt, key="2")
            assert isinstance(await at.ends(claimed), Later)
            await at.platform.deliver(replace(claimed, doubtful=True))

            (message,) = at.teams.tenant.said_in(channel)
            assert "text" not in message

        at_bench(sqlite_url, say)

    def test_a_conversation_that_teams_asks_to_leave_alone_is(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            at.meet("ann")
            ben = at.meet("ben")
            at.teams.faults = [Fault("send", status=429, retry_after=7)]
            for key in "12":
                ended = await at.ends(parcel(ANN, "one", key=key))
                assert isinstance(ended, Later)
                assert (ended.after, ended.everywhere) == (7, False)
            await at.platform.deliver(parcel(User("ben").account, "one", key="3"))

            assert at.texts(ben) == ["one"]
            assert len(at.teams.calls_to("send")) == 2

        at_bench(sqlite_url, say)

    def test_no_more_is_sent_to_a_conversation_than_it_takes(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat, at.teams.limits = at.meet("ann"), Limits(at.clock)
            ended = [await at.ends(parcel(ANN, "one", key=str(number))) for number in range(9)]

            waits = [one.after for one in ended if isinstance(one, Later)]
            assert (len(at.texts(chat)), waits) == (7, [1, 2])
            at.clock.now += 1
            assert isinstance(await at.ends(parcel(ANN, "one", key="7")), str)

        at_bench(sqlite_url, say)

    def test_who_cannot_be_written_to_just_once_is_reached_a_minute_later(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.teams.faults = [Fault("send", status=403)]
            assert await at.ends_at_last(parcel(ANN, "one")) != ""

            assert at.texts(chat) == ["one"]

        at_bench(sqlite_url, say)

    def test_an_answer_whose_form_is_not_taken_says_how_to_ask_without_its_button(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            submit = {"type": "Action.Submit", "title": "Ask", "data": {"act": {"act": "Escalate", "exchange": "7"}}}
            buttons = card("Yes") | {"body": [{"type": "ActionSet", "actions": [submit]}]}
            at.teams.faults = [Fault("send", times=1, status=400)]
            await at.platform.deliver(parcel(ANN, Post("Yes", "Yes", buttons)))
            at.teams.faults = [Fault("send", times=1, status=413)]
            await at.platform.deliver(parcel(ANN, Post("No", "No", card("No")), key="2"))

            assert at.texts(chat) == [f"Yes\n\n{ASK_BY_TYPING}", "No"]

        at_bench(sqlite_url, say)

    @pytest.mark.parametrize("status", [412, 500, 502, 503, 504])
    def test_while_teams_is_away_it_waits(self, sqlite_url: str, status: int) -> None:
        async def say(at: Bench) -> None:
            chat = at.meet("ann")
            at.teams.faults = [Fault("send", status=status)]
            assert isinstance(await at.ends(parcel(ANN, "one")), Later)
            await at.platform.deliver(parcel(ANN, "one"))

            assert at.texts(chat) == ["one"]

        at_bench(sqlite_url, say)

    def test_while_the_database_is_away_it_waits_as_well(self, sqlite_url: str) -> None:
        async def say(at: Bench) -> None:
            database = at.references._database
            database.close()
            with database.transaction() as connection:
                connection.exec_driver_sql("DROP TABLE reference")
            ended = await at.ends(parcel(ANN, "one"))

            assert isinstance(ended, Later)
            assert (ended.after, ended.in_doubt, ended.away) == (None, False, True)

        at_bench(sqlite_url, say)


def test_several_are_delivered_at_once(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        names = [f"singer{number}" for number in range(8)]
        chats = [at.meet(name) for name in names]
        await asyncio.gather(*(at.platform.deliver(parcel(User(name).account, name, key=name)) for name in names))

        assert [at.texts(chat) for chat in chats] == [[name] for name in names]

    at_bench(sqlite_url, say)


def test_a_reference_names_the_bot_and_its_tenant_as_they_are_kept(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        at.references.keep(ANN, Reference(at.teams.service_url(), TENANT, Scope.PERSONAL, "", BOT, User("ann").id))
        at.teams.tenant.person("ann")
        await at.platform.deliver(parcel(ANN, "one"))

        opened = at.teams.calls_to("create")[0].body
        assert (opened["bot"], opened["tenantId"]) == ({"id": BOT}, TENANT)

    at_bench(sqlite_url, say)
