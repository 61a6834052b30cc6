"""Who is answered at all: guests and people of other organisations only where the office admits them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.alone import Alone
from bot.acts import (
    AcceptInvitation,
    Act,
    CheckDraft,
    Escalate,
    Greet,
    Refer,
    Remark,
    Send,
    ShowHome,
    ShowMyQueries,
    ShowQueue,
)
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember, Standing
from bot.register import Change, RegisterEntry, RegisterMove
from bot.replies import Overview, Reply, Told
from knowledge.library import Library
from knowledge.questions import Account
from tests.conftest import assistant_of

EVE = Person("slack:U9", "Eve Guest")
STAFF = Person("slack:S1", "Rook Marsh")
HERE = "slack:D9:1"
LARKS = Office("larks", "the choir office", "slack:DESK:")
KINDS = [Standing.GUEST, Standing.OUTSIDER]


def alone(library: Library, office: Office = LARKS) -> Alone:
    return assistant_of(library, offices=Offices({"larks": office, "oars": Office("oars", "the boathouse")}))


def says(
    bot: Alone, text: str, standing: Standing, act: Act | None = None, society: str | None = "larks", who: Person = EVE
) -> list[Reply]:
    return bot.handle(Message(HERE, text, society, None, who, act, standing))


@pytest.mark.parametrize("standing", KINDS)
@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("May I bring a friend to an open rehearsal?", None),
        ("check: We are the best choir", None),
        ("home", None),
        ("my queries", None),
        ("", ShowHome()),
        ("", Greet()),
        ("", ShowMyQueries()),
        ("", Escalate("1")),
        ("", Send("1", True)),
        ("", CheckDraft("We are the best choir", Account.PERSONAL)),
        ("", Refer("What somebody else wrote")),
        ("", ShowQueue("larks")),
    ],
)
def test_who_is_not_admitted_is_told_who_can_help_them_and_nothing_else(
    sample_library: Library, standing: Standing, text: str, act: Act | None
) -> None:
    bot = alone(sample_library)
    (told,) = says(bot, text, standing, act)

    assert isinstance(told, Told)
    assert told.conversation == HERE
    assert "The choir office can help you" in told.text
    assert (told.buttons, told.citations) == ((), ())
    with bot.store.work() as work:
        assert work.exchanges.get("1") is None
        assert work.conversations.last(HERE, EVE.account) is None
        assert work.exchanges.heard(EVE.account) == 1


@pytest.mark.parametrize("standing", KINDS)
def test_what_broke_on_their_message_is_not_kept_either(sample_library: Library, standing: Standing) -> None:
    bot = alone(sample_library)
    with bot.store.work() as work:
        (told,) = bot.assistant.failed(Message(HERE, "May I?", "larks", None, EVE, None, standing), work, "1a2b")
        assert work.exchanges.get("1") is None

    assert isinstance(told, Told)
    assert "1a2b" not in told.text


def test_who_opens_a_conversation_again_and_again_is_turned_away_once(sample_library: Library) -> None:
    bot = alone(sample_library)
    first, second = (says(bot, "", Standing.GUEST, Greet()) for _ in range(2))

    assert len(first) == 1
    assert second == []
    assert len(says(bot, "And now?", Standing.GUEST)) == 1


def test_who_is_not_known_and_only_opens_one_is_told_nothing(sample_library: Library) -> None:
    assert says(alone(sample_library), "", Standing.GUEST, Greet(), who=NOBODY) == []


@pytest.mark.parametrize(
    ("office", "guest", "outsider"),
    [
        (LARKS, False, False),
        (replace(LARKS, admits_guests=True), True, False),
        (replace(LARKS, admits_outsiders=True), False, True),
        (replace(LARKS, admits_guests=True, admits_outsiders=True), True, True),
    ],
)
def test_an_office_admits_guests_and_outsiders_one_by_one(
    sample_library: Library, office: Office, guest: bool, outsider: bool
) -> None:
    bot = alone(sample_library, office)
    shown = {standing: says(bot, "", standing, ShowHome()) for standing in Standing}

    assert isinstance(shown[Standing.OWN][0], Overview)
    assert isinstance(shown[Standing.GUEST][0], Overview) is guest
    assert isinstance(shown[Standing.OUTSIDER][0], Overview) is outsider


def test_what_one_office_admits_another_does_not(sample_library: Library) -> None:
    bot = alone(sample_library, replace(LARKS, admits_guests=True))
    (told,) = says(bot, "", Standing.GUEST, ShowHome(), society="oars")

    assert isinstance(told, Told)
    assert "The boathouse can help you" in told.text


def test_where_it_is_not_known_whose_policy_is_meant_nobody_is_admitted(sample_library: Library) -> None:
    (told,) = says(alone(sample_library, replace(LARKS, admits_guests=True)), "", Standing.GUEST, ShowHome(), None)

    assert isinstance(told, Told)
    assert "Your society's office can help you" in told.text


@pytest.mark.parametrize("standing", KINDS)
def test_staff_of_the_society_are_always_answered(sample_library: Library, standing: Standing) -> None:
    bot = alone(sample_library)
    with bot.store.work() as work:
        work.staff.add(StaffMember(EVE, "larks", "Librarian"))

    assert isinstance(says(bot, "", standing, ShowHome())[0], Overview)
    assert isinstance(says(bot, "", standing, ShowHome(), None)[0], Overview)
    assert isinstance(says(bot, "", standing, ShowHome(), "oars")[0], Told)


@pytest.mark.parametrize("standing", KINDS)
def test_who_is_not_admitted_and_talks_with_others_beside_a_query_is_left_alone(
    sample_library: Library, standing: Standing
) -> None:
    assert says(alone(sample_library), "", standing, Remark("1", "I know him.")) == []


# Somebody invited to run an account who is turned away at the door


def invited(bot: Alone, who: Person = EVE) -> str:
    """The id of an invitation that staff gave to somebody."""
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    with bot.store.work() as work:
        added = RegisterMove("", 1, now, NOBODY, Change.ADDED)
        entry = work.register.add(RegisterEntry("", "larks", "@larks_choir", "Twitter", "The choir"), added)
        assert entry is not None
        enrolment = work.enrolments.add(
            Enrolment("", "larks", entry.id, who, STAFF, EnrolmentState.INVITED, now, now, f"{who.account}:")
        )
    assert enrolment is not None
    return enrolment.id


@pytest.mark.parametrize(
    ("standing", "said"), [(Standing.GUEST, "a guest"), (Standing.OUTSIDER, "of another organisation")]
)
def test_staff_hear_once_of_somebody_invited_whom_the_office_does_not_admit(
    sample_library: Library, standing: Standing, said: str
) -> None:
    bot = alone(sample_library)
    act = AcceptInvitation(invited(bot))
    refused, heard = says(bot, "", standing, act)
    assert isinstance(refused, Told)
    assert "I do not answer" in refused.text
    assert isinstance(heard, Told)
    assert heard.conversation == LARKS.desk
    assert f"would accept the invitation to run @larks_choir (The choir), and cannot: they are {said}" in heard.text
    assert "office.toml" in heard.text
    assert [one.conversation for one in says(bot, "", standing, act)] == [HERE]


def test_staff_hear_nothing_of_others_who_press_that(sample_library: Library) -> None:
    bot = alone(sample_library)
    act = AcceptInvitation(invited(bot, STAFF))
    for one in (act, AcceptInvitation("99")):
        assert [reply.conversation for reply in says(bot, "", Standing.GUEST, one)] == [HERE]
    with bot.store.work() as work:
        assert work.register.of("larks")[0].admins == ()
