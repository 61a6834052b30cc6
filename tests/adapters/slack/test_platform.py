"""Each reply reaches its place in Slack, or takes the place of what it answers."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.delivery.platforms import Parcel, Refused
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Outgoing, Post, payload_of
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.sending_out import Bench, at_bench, block, modal, parcel

DM, ALONE, OPEN, COMMAND = "slack:D1:17.3", "slack:C1:17.3:U1", "slack:C1:17.3:U1:open", "slack:C1::U1"
MODAL, HOME, DESK = "slack:U1:V1", "slack:U1:home", "slack:CDESK"


class TestPlaces:
    def test_in_direct_messages_it_is_said_in_the_thread(self) -> None:
        async def say(at: Bench) -> None:
            receipt = await at.platform.deliver(parcel(DM, "one", "two"))

            first, second = at.slack.workspace.thread("D1", "17.3")
            assert receipt == f"D1:{first['ts']}"
            assert (first["text"], second["text"]) == ("one", "two")
            assert first["blocks"][0]["elements"] == block("one")["elements"]
            for call in at.slack.calls_to("chat.postMessage"):
                assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)
            assert at.app.over_in == [DM]

        at_bench(say)

    def test_in_a_channel_its_asker_alone_sees_it_and_in_a_thread_where_that_is_shown(self) -> None:
        async def say(at: Bench) -> None:
            assert await at.platform.deliver(parcel(ALONE, "one")) == ""
            await at.platform.deliver(parcel(ALONE, "two", origin=Origin(in_thread=True)))

            first, second = at.slack.workspace.ephemerals
            assert (first["to"], first["channel"], "thread_ts" in first) == ("U1", "C1", False)
            assert second["thread_ts"] == "17.3"
            assert at.texts("C1") == []

        at_bench(say)

    def test_in_a_channel_that_is_open_everybody_reads_it_in_the_thread(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(OPEN, "one"))

            assert at.texts("C1", "17.3") == ["one"]

        at_bench(say)

    def test_what_is_for_its_asker_alone_there_is_said_to_them_alone(self) -> None:
        async def say(at: Bench) -> None:
            for key, origin, lasting in (
                ("1", Origin(), False),
                ("2", Origin(in_thread=True), False),
                ("3", Origin(), True),
            ):
                there = parcel(ALONE, key, key=key, origin=origin, lasting=lasting)
                await at.platform.deliver(replace(there, conversation=OPEN))

            first, second = at.slack.workspace.ephemerals
            assert (first["to"], first["text"], "thread_ts" in first) == ("U1", "1", False)
            assert (second["text"], second["thread_ts"]) == ("2", "17.3")
            assert (at.texts("D1"), at.texts("C1", "17.3")) == (["3"], [])

        at_bench(say)

    def test_it_never_takes_the_place_of_what_all_see_there(self) -> None:
        async def say(at: Bench) -> None:
            step = await at.platform.deliver(parcel(OPEN, "Whose is it?", key="1"))
            url, ts = at.slack.response_url("C1", "U1", "17.5"), step.partition(":")[2]
            noted = parcel(ALONE, "Noted.", origin=Origin(url, ts, replaces=True, in_thread=True), key="2")
            await at.platform.deliver(replace(noted, conversation=OPEN))

            assert at.texts("C1", "17.3") == ["Whose is it?"]
            assert at.whispers("U1") == ["Noted."]

        at_bench(say)

    def test_nothing_in_a_text_is_made_a_link(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "@here #general", subject="card:12"))
            await at.platform.deliver(parcel(DESK, "@here", subject="card:12", earlier=card, key="2"))
            await at.platform.deliver(parcel(ALONE, "@here", key="3"))

            assert at.calls == ["chat.postMessage", "chat.update", "chat.postEphemeral"]
            assert [call.args["parse"] for call in at.slack.calls] == ["none"] * 3

        at_bench(say)

    @pytest.mark.parametrize("conversation", [ALONE, COMMAND, MODAL, HOME])
    def test_what_lasts_comes_to_one_person_as_a_direct_message(self, conversation: str) -> None:
        async def say(at: Bench) -> None:
            receipt = await at.platform.deliver(parcel(conversation, "ruled", lasting=True))
            await at.platform.deliver(parcel(conversation, "again", lasting=True, key="other"))

            assert receipt.startswith("D1:")
            assert at.texts("D1") == ["ruled", "again"]
            assert at.calls.count("conversations.open") == 1

        at_bench(say)

    def test_a_command_is_answered_by_its_response_url(self) -> None:
        async def say(at: Bench) -> None:
            url = at.slack.response_url("C1", "U1")
            await at.platform.deliver(parcel(COMMAND, "one", "two", origin=Origin(url=url)))

            assert at.whispers("U1") == ["one", "two"]
            assert at.calls == ["response_url", "response_url"]

        at_bench(say)

    def test_where_the_response_url_is_used_up_it_is_said_all_the_same(self) -> None:
        async def say(at: Bench) -> None:
            url = at.slack.response_url("C1", "U1")
            texts = [str(number) for number in range(7)]
            await at.platform.deliver(parcel(COMMAND, *texts, origin=Origin(url=url)))

            assert at.whispers("U1") == texts
            assert at.calls.count("chat.postEphemeral") == 2

        at_bench(say)

    @pytest.mark.parametrize(
        "url",
        [
            "https://attacker.example/response/1",
            "http://hooks.slack.com/commands/1",
            "https://hooks.slack.com.attacker.example/1",
            "https://hooks.slack.com@attacker.example/1",
            "https://hooks.slack.com:444/1",
            "http://127.0.0.1:1/response/1",
            "http://[::1",
            "file:///etc/passwd",
        ],
    )
    def test_nothing_is_posted_to_a_url_that_is_not_slacks(self, url: str) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(COMMAND, "one", origin=Origin(url=url)))

            assert at.calls == ["chat.postEphemeral"]

        at_bench(say)

    def test_a_stand_in_elsewhere_than_here_makes_no_other_host_good(self) -> None:
        async def say(at: Bench) -> None:
            at.platform._client.base_url = "https://slack.example/api/"
            assert not at.platform._calling._is_of_slack("https://slack.example/response/1")
            assert at.platform._calling._is_of_slack("https://hooks.slack.com/commands/T1/2/x")

        at_bench(say)

    def test_a_plain_sentence_is_said_too_with_no_mention_in_it(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(
                Parcel("k", "slack", DM, {"conversation": DM, "text": "<!channel> & <@U2> <https://x.example|y>"})
            )

            assert at.texts("D1", "17.3") == ["&lt;!channel&gt; &amp; &lt;@U2&gt; &lt;https://x.example|y&gt;"]

        at_bench(say)

    @pytest.mark.parametrize("payload", [{}, {"posts": 3}, {"conversation": "slack:C1", "posts": "one"}])
    def test_what_cannot_be_read_is_refused(self, payload: dict[str, Any]) -> None:
        async def say(at: Bench) -> None:
            assert isinstance(await at.ends(Parcel("k", "slack", DM, payload)), Refused)
            assert isinstance(await at.ends(parcel("chat:D1", "one")), Refused)
            assert at.calls == []

        at_bench(say)


class TestAnsweringInPlace:
    def test_a_step_takes_the_place_of_the_message_and_what_it_cannot_hold_comes_after_it(self) -> None:
        async def say(at: Bench) -> None:
            asked = await at.platform.deliver(parcel(DM, "Whose is it?", key="first"))
            ts = asked.partition(":")[2]
            receipt = await at.platform.deliver(parcel(DM, "Then", "so", origin=Origin(ts=ts, replaces=True)))

            assert at.texts("D1", "17.3") == ["Then", "so"]
            assert receipt == asked

        at_bench(say)

    def test_a_step_that_one_person_alone_sees_is_replaced_by_the_response_url(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(ALONE, "Whose is it?"))
            ts = at.slack.workspace.ephemerals[0]["ts"]
            url = at.slack.response_url("C1", "U1", ts, ephemeral=True)
            await at.platform.deliver(parcel(ALONE, "Then", "so", origin=Origin(url=url, replaces=True)))

            assert at.whispers("U1") == ["Then", "so"]
            assert at.slack.workspace.ephemerals[0]["ts"] == ts

        at_bench(say)

    def test_where_what_was_pressed_is_gone_it_is_said_anew(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(DM, "Then", origin=Origin(ts="16.1", replaces=True)))
            gone = f"{at.slack.address}/response/gone"
            await at.platform.deliver(parcel(ALONE, "Then", origin=Origin(url=gone, replaces=True)))

            assert at.texts("D1", "17.3") == ["Then"]
            assert at.whispers("U1") == ["Then"]

        at_bench(say)

    def test_what_is_for_one_person_never_takes_the_place_of_what_all_see(self) -> None:
        async def say(at: Bench) -> None:
            shown = at.slack.workspace.keep("C1", {"ts": "17.5", "text": "for all", "user": "U0BOT0001", "bot_id": "B"})
            await at.platform.deliver(parcel(ALONE, "secret", origin=Origin(ts="17.5", replaces=True)))

            assert shown["text"] == "for all"
            assert at.whispers("U1") == ["secret"]

        at_bench(say)

    def test_a_card_is_edited_and_what_belongs_to_it_goes_into_its_thread_for_all_to_see(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            again = await at.platform.deliver(parcel(DESK, "Q12 is claimed", subject="card:12", earlier=card, key="2"))
            await at.platform.deliver(parcel(DESK, "The asker added", beside="card:12", earlier=card, key="3"))

            ts = card.partition(":")[2]
            (there,) = at.texts("CDESK")
            (beside,) = at.slack.workspace.thread("CDESK", ts)
            assert (there, again) == ("Q12 is claimed", card)
            assert (beside["text"], beside["subtype"]) == ("The asker added", "thread_broadcast")

        at_bench(say)

    @pytest.mark.parametrize("earlier", ["CDESK:16.1", "", "CDESK", "nonsense"])
    def test_a_card_that_is_gone_is_posted_anew(self, earlier: str) -> None:
        async def say(at: Bench) -> None:
            receipt = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12", earlier=earlier))

            assert at.texts("CDESK") == ["Q12 is open"]
            assert receipt.startswith("CDESK:17")

        at_bench(say)

    def test_without_blocks_those_of_before_go(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            bare = Outgoing(DESK, (Post("Q12 is closed"),), subject="card:12")
            await at.platform.deliver(Parcel("2", "slack", DESK, payload_of(bare), earlier=card))

            (there,) = at.slack.workspace.messages["CDESK"].values()
            assert there["text"] == "Q12 is closed"
            assert not there.get("blocks")

        at_bench(say)

    def test_what_hangs_from_a_message_that_is_gone_is_said_beside(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.faults = [Fault("chat.postMessage", error="thread_not_found")]
            await at.platform.deliver(parcel(DESK, "The asker added", beside="card:12", earlier="CDESK:16.1"))
            at.slack.faults = [Fault("chat.postMessage", error="cannot_reply_to_message")]
            await at.platform.deliver(parcel(OPEN, "one", key="2"))

            assert at.texts("CDESK") == ["The asker added"]
            assert at.texts("C1") == []
            assert at.texts("D1") == ["one"]

        at_bench(say)


class TestViews:
    def test_a_modal_that_waits_is_filled_by_its_hash(self) -> None:
        async def say(at: Bench) -> None:
            view = at.slack.workspace.show(modal("One moment", "e1"), "U1")
            at.views.known["e1"] = (view["id"], view["hash"])
            for words in ("Answer", "More"):
                filled = parcel(MODAL, "as posts", origin=Origin(view="e1"), view=modal(words, "e1"))
                assert await at.platform.deliver(filled) == ""

            (shown,) = at.slack.workspace.views.values()
            assert shown["blocks"][0]["elements"] == block("More")["elements"]
            assert at.views.known["e1"] == (view["id"], shown["hash"])
            assert at.calls == ["views.update"] * 2
            assert all(call.args["hash"] for call in at.slack.calls)

        at_bench(say)

    def test_one_that_changed_meanwhile_is_filled_all_the_same(self) -> None:
        async def say(at: Bench) -> None:
            view = at.slack.workspace.show(modal("One moment", "e1"), "U1")
            at.views.known["e1"] = (view["id"], "an old hash")
            await at.platform.deliver(parcel(MODAL, "post", origin=Origin(view="e1"), view=modal("Answer", "e1")))

            (shown,) = at.slack.workspace.views.values()
            assert shown["blocks"][0]["elements"] == block("Answer")["elements"]
            assert [call.error for call in at.slack.calls] == ["hash_conflict", ""]

        at_bench(say)

    def test_one_that_another_process_opened_is_found_by_its_name(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.show(modal("One moment", "e1"), "U1")
            await at.platform.deliver(parcel(MODAL, "post", origin=Origin(view="e1"), view=modal("Answer", "e1")))

            (shown,) = at.slack.workspace.views.values()
            assert shown["blocks"][0]["elements"] == block("Answer")["elements"]

        at_bench(say)

    @pytest.mark.parametrize("early", [1, 2])
    def test_one_that_another_process_is_still_opening_is_waited_for(self, early: int) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.show(modal("One moment", "e1"), "U1")
            at.slack.faults = [Fault("views.update", times=early, error="not_found")]
            await at.platform.deliver(parcel(MODAL, "post", origin=Origin(view="e1"), view=modal("Answer", "e1")))

            (shown,) = at.slack.workspace.views.values()
            assert shown["blocks"][0]["elements"] == block("Answer")["elements"]
            assert at.calls == ["views.update"] * (early + 1)

        at_bench(say)

    def test_one_that_was_opened_here_and_is_gone_is_not_waited_for(self) -> None:
        async def say(at: Bench) -> None:
            at.views.known["e1"] = ("V1", "")
            await at.platform.deliver(parcel(MODAL, "one", origin=Origin(view="e1"), view=modal("x", "e1")))

            assert at.calls.count("views.update") == 1
            assert at.texts("D1") == ["one"]

        at_bench(say)

    @pytest.mark.parametrize(("conversation", "direct", "whispered"), [(MODAL, ["one"], []), (ALONE, [], ["one"])])
    def test_where_it_is_not_open_any_more_it_is_posted(
        self, conversation: str, direct: list[str], whispered: list[str]
    ) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(conversation, "one", origin=Origin(view="e1"), view=modal("x", "e1")))

            assert (at.texts("D1"), at.whispers("U1")) == (direct, whispered)

        at_bench(say)

    def test_a_view_that_slack_does_not_take_is_posted(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.show(modal("One moment", "e1"), "U1")
            faulty = modal("Answer", "e1") | {"title": {"type": "plain_text", "text": "x" * 50}}
            await at.platform.deliver(parcel(MODAL, "one", origin=Origin(view="e1"), view=faulty))

            assert at.texts("D1") == ["one"]

        at_bench(say)

    @pytest.mark.parametrize(
        ("conversation", "channel", "thread"), [(MODAL, "D1", ""), (ALONE, "D1", ""), (DM, "D1", "17.3")]
    )
    def test_what_a_view_cannot_hold_comes_as_a_message_too(self, conversation: str, channel: str, thread: str) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.show(modal("One moment", "e1"), "U1")
            filled = parcel(conversation, "one", origin=Origin(view="e1"), view=modal("x", "e1"), posts_too=True)
            await at.platform.deliver(filled)

            (shown,) = at.slack.workspace.views.values()
            assert shown["blocks"][0]["elements"] == block("x")["elements"]
            assert at.texts(channel, thread) == ["one"]

        at_bench(say)

    def test_home_is_published_for_whose_it_is(self) -> None:
        async def say(at: Bench) -> None:
            home = {"type": "home", "blocks": [block("My queries")]}
            assert await at.platform.deliver(parcel(HOME, "My queries", view=home)) == ""

            assert at.slack.workspace.homes["U1"]["blocks"][0]["elements"] == block("My queries")["elements"]
            assert at.calls == ["views.publish"]

        at_bench(say)

    @pytest.mark.parametrize("code", ["view_too_large", "not_enabled", "invalid_arguments", "some_new_error"])
    def test_a_home_that_slack_does_not_take_is_not_said_instead(self, code: str) -> None:
        async def say(at: Bench) -> None:
            at.slack.faults = [Fault("views.publish", error=code)]
            home = {"type": "home", "blocks": [block("My queries")]}
            assert await at.platform.deliver(parcel(HOME, "My queries", view=home)) == ""

            assert at.calls == ["views.publish"]

        at_bench(say)
