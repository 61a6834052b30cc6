"""Where a reply cannot be said in its place it is said elsewhere, and where it may have been said, not again."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.delivery.platforms import Later, Parcel, Refused
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Outgoing, Post, payload_of
from bot.wording import repeated
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.fake_workspace import Channel, User
from tests.adapters.slack.sending_out import Bench, at_bench, block, parcel

DM, ALONE, OPEN, COMMAND = "slack:D1:17.3", "slack:C1:17.3:U1", "slack:C1:17.3:U1:open", "slack:C1::U1"
MODAL, DESK = "slack:U1:V1", "slack:CDESK"
DROPPED = Fault("chat.postMessage", drop=True, applied=True)


class TestFallingBack:
    @pytest.mark.parametrize("conversation", [ALONE, OPEN, COMMAND])
    @pytest.mark.parametrize(
        "channel", [Channel(bot_in=False), Channel(private=True, bot_in=False), Channel(archived=True)]
    )
    def test_a_person_is_told_by_direct_message_where_the_app_cannot_post(
        self, conversation: str, channel: Channel
    ) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.channels["C1"] = channel
            await at.platform.deliver(parcel(conversation, "one"))

            assert at.texts("D1") == ["one"]

        at_bench(say)

    def test_who_has_left_the_channel_is_told_by_direct_message(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.channels["C1"] = Channel(members={"U2"})
            await at.platform.deliver(parcel(ALONE, "one"))

            assert at.texts("D1") == ["one"]

        at_bench(say)

    @pytest.mark.parametrize(
        "channel", [Channel(bot_in=False), Channel(private=True, bot_in=False), Channel(archived=True)]
    )
    def test_the_desk_is_told_to_invite_the_app(self, channel: Channel) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.channels["CDESK"] = channel
            ended = await at.ends(parcel(DESK, "secret words"))

            assert isinstance(ended, Refused)
            assert "cannot post in this channel" in ended.why
            assert "/invite" in ended.what_to_do
            assert "secret" not in ended.why + ended.what_to_do

        at_bench(say)

    @pytest.mark.parametrize("about", [{"subject": "card:12"}, {"beside": "card:12"}])
    def test_what_is_about_a_query_waits_until_the_app_is_invited_to_the_desk(self, about: dict[str, Any]) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.channels["CDESK"] = Channel(private=True, bot_in=False)
            ended = await at.ends(parcel(DESK, "Q12", **about))

            assert isinstance(ended, Later)
            assert (ended.after, ended.in_doubt, ended.everywhere) == (300, False, False)
            at.slack.workspace.channels["CDESK"].bot_in = True
            assert (
                await at.ends(parcel(DESK, "Q12", **about))
                == f"CDESK:{next(iter(at.slack.workspace.messages['CDESK']))}"
            )

        at_bench(say)

    @pytest.mark.parametrize(
        ("who", "code"), [(User("U1", gone=True), "user_disabled"), (User("U1", bot=True), "cannot_dm_bot")]
    )
    def test_who_cannot_be_written_to_is_given_up_with_a_word_for_staff(self, who: User, code: str) -> None:
        async def say(at: Bench) -> None:
            at.slack.workspace.users["U1"] = who
            for place in (MODAL, *([ALONE, DM] if who.gone else [])):
                ended = await at.ends(parcel(place, "one"))
                assert isinstance(ended, Refused)
                assert code in ended.why

            at.slack.workspace.nobody.add("U1")
            ended = await at.ends(parcel(MODAL, "one"))
            assert isinstance(ended, Refused)
            assert "user_not_found" in ended.why

        at_bench(say)

    def test_direct_messages_that_are_gone_are_opened_anew_the_next_time(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(MODAL, "one"))
            at.slack.faults = [Fault("chat.postMessage", error="channel_not_found")]
            assert isinstance(await at.ends(parcel(MODAL, "two", key="2")), Refused)
            await at.platform.deliver(parcel(MODAL, "three", key="3"))

            assert at.calls.count("conversations.open") == 2

        at_bench(say)

    def test_where_a_thread_is_gone_once_a_step_was_edited_the_rest_is_said_beside(self) -> None:
        async def say(at: Bench) -> None:
            ts = (await at.platform.deliver(parcel(DM, "Whose?", key="first"))).partition(":")[2]
            at.slack.faults = [Fault("chat.postMessage", times=2, error="thread_not_found")]
            await at.platform.deliver(parcel(DM, "Then", "so", origin=Origin(ts=ts, replaces=True)))

            assert (at.texts("D1", "17.3"), at.texts("D1")) == (["Then"], ["so"])

        at_bench(say)

    def test_a_form_that_is_not_taken_is_said_as_plain_text_in_pieces(self) -> None:
        async def say(at: Bench) -> None:
            words = "Rehearsals &amp; concerts.\n\n" * 300
            faulty = Post(words, ({"type": "section"},))
            for conversation in (DM, ALONE):
                outgoing = Outgoing(conversation, (faulty, Post("the end", (block("the end"),))))
                await at.platform.deliver(Parcel(conversation, "slack", conversation, payload_of(outgoing)))

            said = at.texts("D1", "17.3")
            assert said == at.whispers("U1")
            assert said[-1] == "the end"
            assert "".join("".join(said[:-1]).split()) == "".join(words.split())
            assert max(map(len, said)) <= 3_500

        at_bench(say)

    def test_a_card_whose_form_is_not_taken_is_edited_as_plain_text_and_goes_on_in_its_thread(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            outgoing = Outgoing(DESK, (Post("word " * 1_000, ({"type": "section"},)),), subject="card:12")
            await at.platform.deliver(Parcel("2", "slack", DESK, payload_of(outgoing), earlier=card))

            (first,) = at.texts("CDESK")
            (rest,) = at.texts("CDESK", card.partition(":")[2])
            assert f"{first} {rest}".split() == ["word"] * 1_000

        at_bench(say)

    def test_an_edit_that_slack_turns_down_twice_in_unknown_words_is_said_anew(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            at.slack.faults = [Fault("chat.update", times=2, error="update_failed")]
            claimed = parcel(DESK, "Q12 is claimed", subject="card:12", earlier=card, key="2")
            first = await at.ends(claimed)
            assert isinstance(first, Later)
            assert (first.after, first.away) == (None, False)
            receipt = await at.platform.deliver(replace(claimed, attempt=2))

            assert at.texts("CDESK") == ["Q12 is open", "Q12 is claimed"]
            assert receipt not in ("", card)

        at_bench(say)

    def test_one_part_that_slack_does_not_take_is_no_reason_to_edit_anew(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            at.slack.faults = [Fault("chat.postMessage", error="some_new_error")]
            claimed = parcel(DESK, "Q12 is claimed", "by whom", subject="card:12", earlier=card, key="2")
            assert isinstance(await at.ends(replace(claimed, attempt=2)), Later)
            await at.platform.deliver(replace(claimed, attempt=3, doubtful=True))

            assert at.texts("CDESK") == ["Q12 is claimed"]
            assert at.texts("CDESK", card.partition(":")[2]) == ["by whom"]

        at_bench(say)

    def test_what_is_not_even_taken_as_plain_text_is_given_up(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.faults = [Fault("chat.postMessage", times=2, error="invalid_blocks")]
            ended = await at.ends(parcel(DM, "one"))

            assert isinstance(ended, Refused)
            assert "invalid_blocks" in ended.why

        at_bench(say)


class TestWhereNobodyKnowsWhetherItArrived:
    def test_what_is_there_is_not_posted_again(self) -> None:
        async def say(at: Bench) -> None:
            for conversation, channel, thread in (
                (DM, "D1", "17.3"),
                (OPEN, "C1", "17.3"),
                (DESK, "CDESK", ""),
                (MODAL, "D1", ""),
            ):
                at.slack.faults = [replace(DROPPED)]
                key = f"{conversation}:0"
                ended = await at.ends(parcel(conversation, "one", key=key))
                assert isinstance(ended, Later)
                assert ended.in_doubt
                receipt = await at.platform.deliver(parcel(conversation, "one", key=key, doubtful=True))

                assert at.texts(channel, thread).count("one") == 1
                (ts,) = (one["ts"] for one in at.slack.workspace.messages[channel].values() if one["text"] == "one")
                assert receipt == f"{channel}:{ts}"
                at.slack.workspace.messages[channel].clear()

        at_bench(say)

    def test_only_the_parts_that_are_missing_are_posted_by_whichever_process(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.faults = [replace(DROPPED)]
            await at.ends(parcel(DM, "one", "two", "three"))
            assert at.texts("D1", "17.3") == ["one"]
            at.slack.faults = [Fault("chat.postMessage", status=503)]
            await at.ends(parcel(DM, "one", "two", "three", doubtful=True))
            at.platform._begun.clear()  # as in another process
            at.clock.now += 10
            await at.platform.deliver(parcel(DM, "one", "two", "three", doubtful=True))

            assert at.texts("D1", "17.3") == ["one", "two", "three"]

        at_bench(say)

    def test_pieces_of_plain_text_are_looked_for_too(self) -> None:
        async def say(at: Bench) -> None:
            faulty = Outgoing(DM, (Post("word " * 1_500, ({"type": "section"},)),))
            first = Parcel("k", "slack", DM, payload_of(faulty))
            real = at.platform._client.chat_postMessage

            async def cut_off(**given: Any) -> Any:
                if given["metadata"]["event_payload"]["part"] == "0.1":
                    await real(**given)
                    raise TimeoutError
                return await real(**given)

            at.platform._client.chat_postMessage = cut_off  # type: ignore[method-assign]
            assert isinstance(await at.ends(first), Later)
            at.platform._client.chat_postMessage = real  # type: ignore[method-assign]
            at.platform._begun.clear()
            await at.platform.deliver(replace(first, doubtful=True))

            assert " ".join(at.texts("D1", "17.3")).split() == ["word"] * 1_500

        at_bench(say)

    def test_it_is_found_among_many_that_came_since(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.faults = [replace(DROPPED)]
            await at.ends(parcel(DESK, "one"))
            for number in range(450):
                at.slack.workspace.typed("CDESK", "U2", str(number))
            await at.platform.deliver(parcel(DESK, "one", doubtful=True))

            assert at.texts("CDESK") == ["one"]

        at_bench(say)

    def test_a_like_message_of_another_reply_is_not_taken_for_it(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(DM, "one", key="another"))
            await at.platform.deliver(parcel(DM, "one", doubtful=True))

            assert at.texts("D1", "17.3") == ["one", "one"]

        at_bench(say)

    def test_what_messages_bear_unseen_tells_nobodys_id(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(DESK, "one", key="slack:V1:17.2:act.1:U77:1"))

            assert "U77" not in str(at.slack.workspace.messages)

        at_bench(say)

    def test_what_one_person_alone_saw_cannot_be_looked_for_and_says_so(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(ALONE, "one", "two", doubtful=True))

            first, second = at.slack.workspace.ephemerals
            assert first["text"] == f"{repeated()}\n\none"
            assert first["blocks"][0]["text"]["text"] == repeated()
            assert second["text"] == "two"

        at_bench(say)

    def test_where_the_app_may_not_look_whoever_gets_it_is_told(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.methods.scopes = frozenset({"chat:write"})
            await at.platform.deliver(parcel(DM, "one", doubtful=True))

            assert at.texts("D1", "17.3") == [f"{repeated()}\n\none"]

        at_bench(say)

    def test_editing_and_replacing_are_done_again_without_a_word(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            at.slack.faults = [Fault("chat.update", drop=True, applied=True)]
            claimed = parcel(DESK, "Q12 is claimed", subject="card:12", earlier=card, key="2")
            assert isinstance(await at.ends(claimed), Later)
            await at.platform.deliver(replace(claimed, doubtful=True))
            assert at.texts("CDESK") == ["Q12 is claimed"]

            await at.platform.deliver(parcel(ALONE, "Whose?"))
            url = at.slack.response_url("C1", "U1", at.slack.workspace.ephemerals[0]["ts"], ephemeral=True)
            at.slack.faults = [Fault("response_url", drop=True, applied=True)]
            step = parcel(ALONE, "Then", origin=Origin(url=url, replaces=True), key="3")
            assert isinstance(await at.ends(step), Later)
            await at.platform.deliver(replace(step, doubtful=True))
            assert at.whispers("U1") == ["Then"]

        at_bench(say)

    def test_an_edit_bears_no_such_word_even_where_nobody_can_look(self) -> None:
        async def say(at: Bench) -> None:
            card = await at.platform.deliver(parcel(DESK, "Q12 is open", subject="card:12"))
            at.slack.methods.scopes = frozenset({"chat:write"})
            await at.platform.deliver(
                parcel(DESK, "Q12 is claimed", "by whom", subject="card:12", earlier=card, key="2", doubtful=True)
            )

            assert at.texts("CDESK") == ["Q12 is claimed"]
            assert at.texts("CDESK", card.partition(":")[2]) == ["by whom"]

        at_bench(say)

    def test_parts_that_were_said_before_a_limit_are_not_said_again(self) -> None:
        async def say(at: Bench) -> None:
            await at.platform.deliver(parcel(ALONE, "one", key="first"))
            real = at.platform._client.chat_postEphemeral

            async def limited(**given: Any) -> Any:
                if given["text"] == "two":
                    at.slack.faults = [Fault("chat.postEphemeral", status=429, retry_after=3)]
                return await real(**given)

            at.platform._client.chat_postEphemeral = limited  # type: ignore[method-assign]
            ended = await at.ends(parcel(ALONE, "one", "two"))
            at.platform._client.chat_postEphemeral = real  # type: ignore[method-assign]
            assert isinstance(ended, Later)
            assert (ended.after, ended.in_doubt) == (3, True)
            await at.platform.deliver(parcel(ALONE, "one", "two", doubtful=True))

            assert at.whispers("U1") == ["one", "one", f"{repeated()}\n\ntwo"]

        at_bench(say)


class TestPace:
    def test_a_channel_bears_five_at_once_and_one_a_second_from_then_on(self) -> None:
        async def say(at: Bench) -> None:
            ends = [await at.ends(parcel(f"slack:C1:1{n}.0:U{n}:open", "one", key=f"k{n}")) for n in range(8)]
            waits = [end for end in ends if isinstance(end, Later)]
            assert [round(wait.after or 0, 3) for wait in waits] == [1, 2, 3]
            assert not any(wait.in_doubt or wait.everywhere for wait in waits)
            assert not isinstance(await at.ends(parcel("slack:C2:1.0:U1:open", "one", key="c2")), Later)

            at.clock.now += 1
            again = [await at.ends(parcel(f"slack:C1:1{n}.0:U{n}:open", "one", key=f"k{n}")) for n in range(5, 8)]
            assert [isinstance(end, Later) for end in again] == [False, True, True]

        at_bench(say)

    def test_a_channel_that_slack_itself_limits_is_left_alone_and_others_are_not(self) -> None:
        async def say(at: Bench) -> None:
            at.slack.faults = [Fault("chat.postMessage", status=429, retry_after=7)]
            ended = await at.ends(parcel(OPEN, "one"))
            assert isinstance(ended, Later)
            assert (ended.after, ended.in_doubt, ended.everywhere) == (7, False, False)
            other = await at.ends(parcel("slack:C1:18.1:U2:open", "one", key="2"))
            assert isinstance(other, Later)
            assert 7 <= (other.after or 0) < 8.5
            assert not isinstance(await at.ends(parcel(DM, "one", key="3")), Later)

        at_bench(say)

    def test_a_reply_of_many_parts_is_not_cut_by_it(self) -> None:
        async def say(at: Bench) -> None:
            texts = [str(number) for number in range(7)]
            await at.platform.deliver(parcel(DM, *texts))
            assert at.texts("D1", "17.3") == texts
            ended = await at.ends(parcel(DM, "more", key="2"))
            assert isinstance(ended, Later)
            assert ended.after == 3

        at_bench(say)
