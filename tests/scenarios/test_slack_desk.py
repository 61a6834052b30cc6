"""The office's desk in Slack, and the loop from a question to a ruling that is cited the next time."""

import pytest

from tests.adapters.slack.person import Person
from tests.adapters.slack.room import DESK, HTTP, SOCKET, Setting, SlackRoom, on_a_loop, opened
from tests.scenarios.test_slack import UNKNOWN, sent_by

WAYS = pytest.mark.parametrize("over", [HTTP, SOCKET])
ADVERT = "Can I print an advert in the programme?"
GENERAL = "Can members print an advert in the programme?"


def people(room: SlackRoom) -> tuple[Person, Person, Person]:
    """An asker, and the two who are at the desk."""
    return room.person("UANN"), room.person("UALEX"), room.person("UBETH")


async def whole_loop(room: SlackRoom) -> None:
    """From a question by mention to a ruling that the next asker is given."""
    ann, alex, _ = people(room)
    await ann.mention("C1", ADVERT)
    await ann.press("Ask the choir office")
    await ann.submit(Do_they_see_your_name="Send with my name")
    await ann.close()
    card = alex.sees()
    assert "Q1" in card
    assert ADVERT in card

    await alex.press("Claim it")
    assert "has taken up" in ann.sees_all()
    await alex.press("Answer")
    await alex.submit(
        Your_answer="One, if it is small.",
        Whom_is_it_for="A ruling for all",
        The_question_in_general_words=GENERAL,
        The_answer_to_it="Yes",
        Other_clauses="larks/accounts/tone",
    )
    assert "Confirm" in alex.sees()
    await alex.submit()
    await alex.close()
    assert len([one for one in room.slack.workspace.messages[DESK].values() if "thread_ts" not in one]) == 1

    answer = ann.sees()
    assert "has answered Q1" in answer
    assert "One, if it is small." in answer
    assert ann.seen[-1]["channel"] == "DANN"

    ben = room.person("UBEN")
    await ben.command(GENERAL)
    assert "The choir office has ruled on this." in ben.sees()
    await ann.press("Open it again")
    await ann.submit(What_is_still_unclear="Does that hold for the back page?")
    assert "open again" in ann.sees()
    assert "Does that hold for the back page?" in alex.sees_all()


@WAYS
@on_a_loop
async def test_the_whole_loop(larks: Setting, sqlite_url: str, over: str) -> None:
    async with opened(larks, sqlite_url, over) as room:
        await whole_loop(room)


@on_a_loop
async def test_the_whole_loop_on_postgresql(larks: Setting, postgres_url: str) -> None:
    async with opened(larks, postgres_url) as room:
        await whole_loop(room)


@on_a_loop
async def test_two_who_claim_at_once_get_one_claim_and_one_who_is_told_who_was_first(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, beth = people(room)
        await sent_by(ann)
        late = beth.aimed("Claim it")
        await alex.press("Claim it")
        await beth.pressed(late)

        assert "Alex" in beth.sees_all()
        assert "first" in beth.sees_all()


@on_a_loop
async def test_a_double_click_is_one_act(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        await alex.press("Claim it", twice=True)

        assert "already" not in alex.sees_all()


@on_a_loop
async def test_a_remark_beside_a_card_reaches_the_asker_only_by_send_to_the_asker(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        card = next(one for one in alex.seen if one.get("channel") == DESK)
        await alex.say(DESK, "He may, I should think.", card["ts"])
        assert "He may, I should think." not in ann.sees_all()

        await alex.press("Send to the asker as the answer")
        assert "He may, I should think." in ann.sees()


@on_a_loop
async def test_staff_ask_back_and_the_asker_replies(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        await alex.press("Claim it")
        await alex.press("Ask the asker")
        await alex.submit(What_would_you_like_to_ask="Which dinner?")
        await alex.close()
        assert "Which dinner?" in ann.sees()

        await ann.press("Reply")
        await ann.submit(What_would_you_like_to_add="The one in June.")
        assert "The one in June." in alex.sees_all()


@on_a_loop
async def test_a_query_is_handed_over_and_closed_with_a_reason(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, beth = people(room)
        await sent_by(ann)
        await alex.press("Claim it")
        await alex.press("Hand it over")
        await alex.press("Hand it to them")
        await alex.close()
        assert "Beth" in beth.sees_all()

        await beth.press("Close it")
        await beth.submit(Why_is_it_closed="It was asked in jest.")
        assert "It was asked in jest." in ann.sees()


@on_a_loop
async def test_lines_typed_at_the_desk_are_carried_out_for_staff_alone(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        await alex.mention(DESK, "queue")
        assert "At the desk of the choir office: 1 query" in alex.sees()


@on_a_loop
async def test_nobody_else_can_do_what_staff_do(larks: Setting, sqlite_url: str) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        eve = room.person("UEVE")
        await eve.pressed(eve.aimed("Claim it", shown=alex))

        assert "you are not on its list" in eve.sees()
        assert "claimed" not in alex.sees_all().lower().replace("nobody", "")


@on_a_loop
async def test_a_query_without_a_name_keeps_its_asker_hidden_everywhere_at_the_desk(
    larks: Setting, sqlite_url: str
) -> None:
    async with opened(larks, sqlite_url) as room:
        ann, alex, _ = people(room)
        await ann.dm(UNKNOWN)
        await ann.press("Ask the choir office")
        await ann.submit(Do_they_see_your_name="Send without my name")
        await ann.close()
        await alex.press("Claim it")
        await alex.mention(DESK, "queue")

        shown = [call.args for call in room.slack.calls if call.args.get("channel") == DESK]
        assert shown
        assert "UANN" not in str(shown)
        assert "Ann" not in str(shown)
