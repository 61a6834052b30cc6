"""The office's desk in Teams, and the loop from a question to a ruling that is cited the next time."""

from datetime import UTC, datetime

from adapters.storage.forgetting import forget
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.teams.fake_tenant import Node
from tests.adapters.teams.from_teams import called
from tests.adapters.teams.person import Person
from tests.adapters.teams.reading import read
from tests.adapters.teams.room import TeamsRoom, opened
from tests.scenarios.test_teams import INVITE, INVITED, UNKNOWN, sent_by

ADVERT = "Can I print an advert in the programme?"
GENERAL = "Can members print an advert in the programme?"


def people(room: TeamsRoom) -> tuple[Person, Person, Person]:
    """An asker, and the two who are at the desk."""
    return room.person("ann"), room.person("alex"), room.person("beth")


def cards(room: TeamsRoom) -> list[Node]:
    """The cards at the desk: what begins a thread there."""
    return [one for one in room.teams.tenant.said_in(room.desk) if one["thread"] == one["id"]]


async def whole_loop(room: TeamsRoom) -> None:
    """From a question by mention to a ruling that the next asker is given."""
    ann, alex, _ = people(room)
    await ann.mention(room.channel("tenors"), ADVERT)
    await ann.press("Ask the choir office")
    await ann.submit(Do_they_see_your_name="Send with my name")
    ann.close()
    card = alex.sees()
    assert "Q1" in card
    assert ADVERT in card

    await alex.press("Claim it")
    assert "has taken up" in read(room.teams.tenant.said_in(ann.chat)[-1])
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
    alex.close()
    assert len(cards(room)) == 1

    answer = ann.sees()
    assert "has answered Q1" in answer
    assert "One, if it is small." in answer
    assert ann.seen[-1]["chat"] == ann.chat.id

    ben = room.person("ben")
    await ben.dm(GENERAL)
    assert "The choir office has ruled on this." in ben.sees()
    await ann.press("Open it again")
    await ann.submit(What_is_still_unclear="Does that hold for the back page?")
    assert "open again" in ann.sees_all()
    ann.close()
    assert "Does that hold for the back page?" in alex.sees_all()


@on_a_loop
async def test_the_whole_loop(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        await whole_loop(room)


@on_a_loop
async def test_the_whole_loop_on_postgresql(choir: Setting, postgres_url: str) -> None:
    async with opened(choir, postgres_url) as room:
        await whole_loop(room)


@on_a_loop
async def test_two_who_claim_at_once_get_one_claim_and_one_who_is_told_who_was_first(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, beth = people(room)
        await sent_by(ann)
        late = beth.aimed("Claim it")
        await alex.press("Claim it")
        await beth.pressed(late)

        assert "Alex" in beth.sees_all()
        assert "first" in beth.sees_all()
        assert len(cards(room)) == 1


@on_a_loop
async def test_a_double_click_is_one_act(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        await alex.press("Claim it", twice=True)

        assert "already" not in alex.sees_all()


@on_a_loop
async def test_a_pressed_card_is_the_new_one_for_who_pressed_and_for_everybody_at_the_desk(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, beth = people(room)
        await sent_by(ann)
        await alex.press("Claim it")

        (card,) = cards(room)
        assert "Alex" in read(card)
        assert alex.acknowledged[-1].body["type"] == "application/vnd.microsoft.card.adaptive"
        assert "Alex" in beth.sees()


@on_a_loop
async def test_staff_who_look_at_a_card_are_shown_it_as_it_is_for_them_and_nothing_is_said(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, beth = people(room)
        await beth.dm("queue")  # so that Teams' id of hers is known
        await sent_by(ann)
        (card,) = cards(room)
        refresh = card["attachments"][0]["content"]["refresh"]
        assert set(refresh["userIds"]) == {alex.user.id, beth.user.id}
        before = len(room.teams.calls_to("send"))
        await alex.looks()
        await beth.looks()

        assert len(room.teams.calls_to("send")) == before
        assert beth.acknowledged[-1].body["type"] == "application/vnd.microsoft.card.adaptive"
        assert UNKNOWN in beth.sees()


@on_a_loop
async def test_a_remark_beside_a_card_reaches_the_asker_only_by_send_to_the_asker(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        (card,) = cards(room)
        await alex.mention(room.desk, "He may, I should think.", card["id"])
        assert "He may, I should think." not in ann.sees_all()

        await alex.press("Send to the asker as the answer")
        assert "He may, I should think." in ann.sees()


@on_a_loop
async def test_who_is_not_staff_and_names_the_bot_beneath_a_card_is_answered(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        eve = room.person("eve")
        room.desk.members.add("eve")
        await sent_by(room.person("ann"))
        (card,) = cards(room)
        await eve.mention(room.desk, INVITE, card["id"])

        assert INVITED in read(room.teams.tenant.said_in(room.desk, card["id"])[-1])


@on_a_loop
async def test_staff_beneath_the_card_of_somebody_who_was_forgotten_are_told_that_nobody_waits(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        forget(room.bot.database, ann.user.account, datetime.now(UTC))
        (card,) = cards(room)
        await alex.mention(room.desk, "What became of this?", card["id"])

        assert "has no asker to whom it could be sent" in alex.sees()


@on_a_loop
async def test_staff_ask_back_and_the_asker_replies(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        await alex.press("Claim it")
        await alex.press("Ask the asker")
        await alex.submit(What_would_you_like_to_ask="Which dinner?")
        alex.close()
        assert "Which dinner?" in ann.sees()

        await ann.press("Reply")
        await ann.submit(What_would_you_like_to_add="The one in June.")
        assert "The one in June." in alex.sees_all()


@on_a_loop
async def test_a_query_is_handed_over_and_closed_with_a_reason(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, beth = people(room)
        await sent_by(ann)
        await alex.press("Claim it")
        await alex.press("Hand it over")
        assert alex.dialog["title"] == "Hand it over"
        await alex.press("Hand it to them")
        alex.close()
        assert "Beth" in beth.sees_all()

        await beth.press("Close it")
        await beth.submit(Why_is_it_closed="It was asked in jest.")
        beth.close()
        assert "It was asked in jest." in ann.sees()


@on_a_loop
async def test_lines_typed_at_the_desk_are_carried_out(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        await alex.mention(room.desk, "queue")
        assert "At the desk of the choir office: 1 query" in alex.sees_all()
        await alex.mention(room.desk, "claim 1")
        assert "Alex" in read(cards(room)[0])


@on_a_loop
async def test_somebody_is_named_by_a_mention_in_a_line_typed_at_the_desk(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, beth = people(room)
        await sent_by(ann)
        await alex.mention(room.desk, f"hand 1 to {called('Beth')}", naming=[beth.user])
        assert "Held by: Beth" in read(cards(room)[0])

        eve = room.person("eve")
        room.desk.members.add("eve")
        await alex.mention(room.desk, f"add staff {called('Eve')} Librarian", naming=[eve.user])
        await eve.mention(room.desk, "queue")
        assert "At the desk of the choir office: 1 query" in eve.sees_all()


@on_a_loop
async def test_nobody_else_can_do_what_staff_do(choir: Setting, sqlite_url: str) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann)
        eve = room.person("eve")
        await eve.pressed(eve.aimed("Claim it", shown=alex))

        assert "you are not on its list" in eve.sees_all()
        assert UNKNOWN not in eve.sees_all()
        assert "claimed" not in alex.sees_all().lower().replace("nobody", "")


@on_a_loop
async def test_a_query_without_a_name_keeps_its_asker_hidden_everywhere_at_the_desk(
    choir: Setting, sqlite_url: str
) -> None:
    async with opened(choir, sqlite_url) as room:
        ann, alex, _ = people(room)
        await sent_by(ann, named=False)
        await alex.press("Claim it")
        await alex.mention(room.desk, "queue")

        shown = str([call.body for call in room.teams.calls if call.conversation.startswith(room.desk.id)])
        assert UNKNOWN in shown
        assert ann.user.directory_id not in shown
        assert ann.user.id not in shown
        assert "Ann" not in shown
