"""A message for whoever runs an account: shown first, sent once, answered once, and nobody is named."""

import pytest

from adapters.console.blocks import overview
from adapters.slack.home import home_of as home_view
from bot import wording_of_messages as wording
from bot.accounts.answering_messages import LONGEST_ANSWER
from bot.accounts.messages_to_admins import LONGEST_MESSAGE
from bot.acts import (
    AddToQuery,
    AnswerMessage,
    LeaveUnsent,
    PassOn,
    ReopenQuery,
    ShowEntry,
    ShowHome,
    ShowMyQueries,
    ShowRegister,
)
from bot.following import Following
from bot.home import Home
from bot.messages import Message
from bot.people import NOBODY, Person
from bot.precedents import Precedents
from bot.register import AccountState
from bot.replies import NEWS, TO_ADMIN, Card, Listed, Overview, Reply, Told
from bot.suggesting import Suggesting
from bot.telling import buttons_of, in_plain_text
from bot.tickets import Dossier, State, Ticket, What, moved
from bot.wording_of_register import NO_ENTRY
from knowledge.clauses import Party
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.register_room import (
    CARO,
    DESK,
    FINCH,
    LARK,
    OFFICE,
    ROOK,
    WREN,
    WREN_ELSEWHERE,
    Registry,
    alone,
    at_desk,
    told,
)

WORDS = "Could you post our bell-ringing day?"
SEND = PassOn("1", WORDS, named=True, confirmed=True)


@pytest.fixture
def registry(sample_library: Library, sample_checklists: Checklists) -> Registry:
    registry = Registry(sample_library, sample_checklists)
    registry.runs(WREN, FINCH)
    return registry


def first(replies: list[Reply]) -> Told:
    assert isinstance(replies[0], Told)
    return replies[0]


def staff_move(registry: Registry, what: What, text: str = "", who: Person = ROOK) -> None:
    with registry.store.work() as work:
        held = work.tickets.get("1")
        assert held is not None
        assert work.tickets.move(*moved(held, what, who, work.now, text))


def test_it_is_shown_before_it_goes_with_or_without_a_name(registry: Registry) -> None:
    (shown,) = registry.does(PassOn("1", f"  {WORDS} "), LARK)
    assert isinstance(shown, Told)
    assert shown.words == WORDS
    assert shown.text.startswith("This would go to the people who run @larks_choir; the choir office sees it as well.")
    assert [one.act for one in shown.buttons] == [
        SEND,
        PassOn("1", WORDS, named=False, confirmed=True),
        LeaveUnsent(""),
    ]
    with registry.store.work() as work:
        assert work.tickets.waiting() == ()


def test_it_goes_to_everybody_who_runs_the_account_and_to_the_desk(registry: Registry) -> None:
    replies = registry.does(SEND, LARK, where="slack:D7:1")
    mine = first(replies)
    assert mine.conversation == "slack:D7:1"
    assert mine.about == What.SENT
    assert mine.text.startswith("Sent as Q1, with your name, to the people who run @larks_choir;")
    for admin in (WREN, FINCH):
        (heard,) = alone(replies, admin)
        assert heard.words == WORDS
        assert heard.text.startswith("Robin Fell writes to whoever runs @larks_choir, as Q1.")
        assert (heard.ticket, heard.about) == ("1", TO_ADMIN)
        assert heard.buttons[0].act == AnswerMessage("1")
    (card,) = [one for one in replies if isinstance(one, Card)]
    assert card.conversation == DESK
    assert [(part.heading, part.text) for part in card.parts] == [
        (wording.THE_MESSAGE, WORDS),
        (wording.FOR_WHOM, "@larks_choir, The choir"),
    ]
    ticket = registry.ticket()
    assert (ticket.asker, ticket.named, ticket.role) == (LARK, True, Party.MEMBER)
    assert ticket.dossier.clauses == ("larks/accounts/tone",)


def test_who_withholds_their_name_is_named_to_nobody(registry: Registry) -> None:
    replies = registry.does(PassOn("1", WORDS, named=False, confirmed=True), LARK)
    (heard,) = alone(replies, WREN)
    assert heard.text.startswith(f"{wording.SOMEBODY} writes to whoever runs @larks_choir")
    assert not any("Robin" in str(one) for one in replies if one.conversation != f"{LARK.account}:1")


def test_where_nobody_runs_the_account_the_office_passes_it_on(registry: Registry) -> None:
    assert "to the choir office, who will pass it on" in told(registry.does(PassOn("2", WORDS), LARK), LARK)
    replies = registry.does(PassOn("2", WORDS, confirmed=True), LARK)
    assert "to the choir office, who will pass it on to whoever runs @larks_young" in first(replies).text
    assert {one.conversation for one in replies} == {f"{LARK.account}:1", DESK}
    assert registry.ticket().waits


def test_pressing_it_again_sends_nothing_again_not_even_past_midnight(registry: Registry) -> None:
    registry.does(SEND, LARK)
    (again,) = registry.does(SEND, LARK)
    assert isinstance(again, Told)
    assert again.text == wording.sent_before(registry.ticket(), "@larks_choir")
    registry.later(hours=20)
    assert len(registry.does(SEND, LARK)) == 1
    registry.later(days=2)
    assert registry.does(SEND, LARK)[0].ticket == "2"  # type: ignore[union-attr]


def test_the_same_words_of_two_people_are_two_messages(registry: Registry) -> None:
    registry.does(SEND, LARK)
    assert first(registry.does(SEND, Person("slack:U8", "Lin Ash"))).ticket == "2"


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "\x00"])
def test_without_words_it_is_asked_for_them(registry: Registry, words: str) -> None:
    shown = first(registry.does(PassOn("1", words, confirmed=True), LARK))
    assert shown.text == wording.WHAT_TO_SAY
    assert shown.buttons[0].act == PassOn("1")


def test_what_is_too_long_is_given_back(registry: Registry) -> None:
    words = "a" * (LONGEST_MESSAGE + 1)
    shown = first(registry.does(PassOn("1", words), LARK))
    assert shown.words == words
    assert "501 characters" in shown.text


def test_nothing_goes_to_an_account_that_is_closed_not_there_or_of_another_society(registry: Registry) -> None:
    registry.changes("2", state=AccountState.CLOSED)
    assert told(registry.does(PassOn("2", WORDS, confirmed=True), LARK), LARK).startswith(
        wording.not_used("@larks_young", OFFICE)
    )
    for name in ("4", "99", ""):
        assert first(registry.does(PassOn(name, WORDS, confirmed=True), LARK)).text == NO_ENTRY
    with registry.store.work() as work:
        assert work.tickets.waiting() == ()


def test_messages_count_among_what_one_person_may_send(registry: Registry) -> None:
    for number in range(3):
        assert first(registry.does(PassOn("1", f"{WORDS} {number}", confirmed=True), LARK)).ticket
    refused = first(registry.does(PassOn("1", "Once more", confirmed=True), LARK))
    assert "3 queries in 24 hours" in refused.text
    assert refused.words == "Once more"


# The answer


def test_an_answer_goes_back_as_from_those_who_run_the_account(registry: Registry) -> None:
    registry.does(SEND, LARK, where="slack:D7:1")
    replies = registry.does(AnswerMessage("Q1", " Gladly.\nOn Friday. "), WREN)
    assert first(replies).text == "Your answer to Q1 goes to whoever wrote, without your name."
    (heard,) = [one for one in replies if one.conversation == "slack:D7:1"]
    assert isinstance(heard, Told)
    assert heard.text == "The people who run @larks_choir have answered Q1:"
    assert (heard.words, heard.ticket, heard.about) == ("Gladly.\nOn Friday.", "1", What.ANSWERED)
    assert "Wren" not in str(heard)
    ticket = registry.ticket()
    assert (ticket.state, ticket.answer) == (State.ANSWERED, "Gladly.\nOn Friday.")
    (news,) = at_desk(replies)
    assert (news.text, news.about) == ("Q1 is answered by Wren Ashby, who runs @larks_choir.", NEWS)
    assert [one.state for one in replies if isinstance(one, Card)] == [State.ANSWERED]


def test_the_second_admin_is_told_that_another_was_first_and_not_who(registry: Registry) -> None:
    registry.does(SEND, LARK)
    registry.does(AnswerMessage("1", "Gladly."), WREN)
    second = first(registry.does(AnswerMessage("1", "Rather not."), FINCH))
    assert second.text.startswith("Another admin answered Q1 first, at 10:02")
    assert second.words == "Rather not."
    assert first(registry.does(AnswerMessage("1", "Gladly."), WREN)).text.startswith("You answered Q1 already")
    assert registry.ticket().answer == "Gladly."


def test_an_admin_answers_by_a_linked_account(registry: Registry) -> None:
    registry.link(WREN, WREN_ELSEWHERE)
    registry.does(SEND, LARK)
    registry.does(AnswerMessage("1", "Gladly."), WREN_ELSEWHERE)
    assert registry.ticket().state is State.ANSWERED
    assert first(registry.does(AnswerMessage("1", "Gladly."), WREN)).text.startswith("You answered Q1 already")


@pytest.mark.parametrize("who", [LARK, CARO, ROOK, Person("slack:U9")])
@pytest.mark.parametrize("name", ["1", "2", "99", "x"])
def test_to_whoever_does_not_run_the_account_there_is_no_such_message(
    registry: Registry, who: Person, name: str
) -> None:
    registry.does(SEND, LARK)
    assert first(registry.does(AnswerMessage(name, "Gladly."), who)).text == wording.NO_SUCH_MESSAGE
    assert registry.ticket().state is State.OPEN


def test_who_no_longer_runs_it_answers_nothing(registry: Registry) -> None:
    registry.does(SEND, LARK)
    registry.changes("1", admins=())
    assert first(registry.does(AnswerMessage("1", "Gladly."), WREN)).text == wording.NO_SUCH_MESSAGE


def test_a_query_that_is_no_message_is_answered_by_no_admin(registry: Registry) -> None:
    with registry.store.work() as work:
        work.tickets.open(
            Ticket("", "exchange:1", "larks", Party.MEMBER, LARK, True, "x:y:", (), Dossier("May I?"), registry.now)
        )
    assert first(registry.does(AnswerMessage("1", "Yes."), WREN)).text == wording.NO_SUCH_MESSAGE


def test_staff_may_take_it_up_and_an_admin_answer_it_all_the_same(registry: Registry) -> None:
    registry.does(SEND, LARK)
    staff_move(registry, What.CLAIMED)
    registry.does(AnswerMessage("1", "Gladly."), WREN)
    assert registry.ticket().state is State.ANSWERED


@pytest.mark.parametrize(
    ("what", "who", "why"),
    [
        (What.ANSWERED, ROOK, "The choir office answered Q1 first"),
        (What.CLOSED, ROOK, "The choir office closed Q1"),
        (What.WITHDRAWN, LARK, "Whoever wrote Q1 took it back"),
    ],
)
def test_what_became_of_it_meanwhile_is_told_with_what_was_written(
    registry: Registry, what: What, who: Person, why: str
) -> None:
    registry.does(SEND, LARK)
    staff_move(registry, what, "Done.", who)
    second = first(registry.does(AnswerMessage("1", "Gladly."), WREN))
    assert second.text.startswith(why)
    assert second.words == "Gladly."
    assert registry.ticket().answer == ("Done." if what is What.ANSWERED else "")


def test_an_answer_needs_words_and_not_too_many(registry: Registry) -> None:
    registry.does(SEND, LARK)
    asked = first(registry.does(AnswerMessage("1"), WREN))
    assert (asked.text, asked.buttons[0].act) == (wording.WHAT_TO_ANSWER, AnswerMessage("1"))
    long = first(registry.does(AnswerMessage("1", "a" * (LONGEST_ANSWER + 1)), WREN))
    assert "1,001 characters" in long.text
    assert len(long.words) == LONGEST_ANSWER + 1
    assert registry.ticket().state is State.OPEN


def test_whoever_was_forgotten_is_not_answered(registry: Registry) -> None:
    registry.does(SEND, LARK)
    with registry.store.work() as work:
        held = work.tickets.get("1")
        assert held is not None
        work._kept.tickets["1"] = Ticket(
            "1", held.key, "larks", Party.MEMBER, NOBODY, False, "", (), held.dossier, held.opened
        )
    assert first(registry.does(AnswerMessage("1", "Gladly."), WREN)).text.startswith("Whoever wrote Q1 is no longer")


def test_the_key_of_a_message_says_neither_whose_nor_what(registry: Registry) -> None:
    registry.does(SEND, LARK)
    key = registry.ticket().key
    assert key.startswith("message:1:")
    assert LARK.account not in key


@pytest.mark.parametrize(
    ("by", "said"), [(WREN, "Those who run the account say: “Gladly.”"), (ROOK, "The choir office says: “Gladly.”")]
)
def test_my_queries_say_who_answered_and_name_nobody(registry: Registry, by: Person, said: str) -> None:
    registry.does(SEND, LARK)
    staff_move(registry, What.ANSWERED, "Gladly.", by)
    with registry.store.work() as work:
        following = Following(registry.library, registry.offices, Precedents(registry.library), work)
        (listed,) = following.act(Message("slack:D7:1", "", "larks", None, LARK), ShowMyQueries())
    text = in_plain_text(listed)
    assert said in text
    assert "Wren" not in text


def test_only_the_office_promises_when_it_answers(registry: Registry) -> None:
    assert "When they answer is up to them." in told(registry.does(PassOn("1", WORDS), LARK), LARK)
    assert "You can expect an answer by" in told(registry.does(PassOn("2", WORDS), LARK), LARK)


# What its writer adds, and what waits


def follows(registry: Registry, act: AddToQuery | ReopenQuery, who: Person = LARK) -> list[Reply]:
    """What comes of what the writer does about their message."""
    registry.later(minutes=1)
    with registry.store.work() as work:
        following = Following(registry.library, registry.offices, Precedents(registry.library), work)
        return following.act(Message(f"{who.account}:1", "", "larks", None, who), act)


def test_what_its_writer_adds_reaches_everybody_who_runs_the_account(registry: Registry) -> None:
    registry.does(PassOn("1", WORDS, named=False, confirmed=True), LARK)
    replies = follows(registry, AddToQuery("1", "It is on Friday."))
    for admin in (WREN, FINCH):
        (heard,) = alone(replies, admin)
        assert heard.text == "Whoever wrote Q1 to the people who run @larks_choir has added to it:"
        assert (heard.words, heard.about, heard.buttons[0].act) == ("It is on Friday.", TO_ADMIN, AnswerMessage("1"))
        assert "Robin" not in str(heard)
    again = follows(registry, AddToQuery("1", "It is on Friday."))
    assert alone(again, WREN) == []


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (ReopenQuery("1"), ""),
        (ReopenQuery("1", "On which page?"), "On which page?"),
        (AddToQuery("1", "When?"), "When?"),
    ],
)
def test_a_message_that_is_opened_again_alerts_them(
    registry: Registry, act: AddToQuery | ReopenQuery, words: str
) -> None:
    registry.does(SEND, LARK)
    registry.does(AnswerMessage("1", "Gladly."), WREN)
    (heard,) = alone(follows(registry, act), FINCH)
    assert "is open again: whoever wrote it asks for more" in heard.text
    assert heard.words == words
    registry.does(AnswerMessage("1", "On Friday."), FINCH)
    assert registry.ticket().answer == "On Friday."


def test_what_is_added_to_any_other_query_reaches_no_admin(registry: Registry) -> None:
    with registry.store.work() as work:
        work.tickets.open(
            Ticket("", "exchange:1", "larks", Party.MEMBER, LARK, True, "x:y:", (), Dossier("May I?"), registry.now)
        )
    assert alone(follows(registry, AddToQuery("1", "Please.")), WREN) == []


@pytest.mark.parametrize("act", [ShowEntry("1"), ShowRegister()])
def test_whoever_runs_the_account_finds_what_waits_for_an_answer(
    registry: Registry, act: ShowEntry | ShowRegister
) -> None:
    registry.does(PassOn("1", WORDS, named=False, confirmed=True), LARK)
    registry.does(PassOn("3", "Not for them.", confirmed=True), LARK)
    follows(registry, AddToQuery("1", "It is on Friday."))
    registry.link(WREN, WREN_ELSEWHERE)
    shown = registry.does(act, WREN_ELSEWHERE)[-1]
    assert isinstance(shown, Listed)
    assert shown.heading == wording.WAITING
    (entry,) = shown.entries
    assert entry.heading == "Q1, for @larks_choir, from somebody who does not give their name"
    assert entry.lines == (f"“{WORDS}”", "“It is on Friday.”")
    assert [one.act for one in entry.buttons] == [AnswerMessage("1")]
    registry.does(AnswerMessage("1", "Gladly."), WREN)
    assert wording.WAITING not in told(registry.does(act, WREN), WREN)


def test_nobody_else_finds_what_waits_for_them(registry: Registry) -> None:
    registry.does(SEND, LARK)
    for who in (LARK, ROOK):
        for act in (ShowEntry("1"), ShowRegister()):
            assert wording.WAITING not in told(registry.does(act, who), who)


def test_the_overview_lists_what_waits_for_whoever_runs_an_account(registry: Registry) -> None:
    registry.does(SEND, LARK)
    precedents = Precedents(registry.library)

    def home_of(who: Person, society: str | None = "larks") -> Overview:
        with registry.store.work() as work:
            home = Home(
                registry.library,
                Suggesting(registry.library),
                registry.offices,
                precedents,
                registry.checklists,
                work,
            )
            (shown,) = home.act(Message(f"{who.account}:1", "", society, None, who), ShowHome())
        assert isinstance(shown, Overview)
        return shown

    shown = home_of(WREN)
    assert shown.messages is not None
    assert [one.act for one in shown.messages.entries[0].buttons] == [AnswerMessage("1")]
    assert "Q1, for @larks_choir, from Robin Fell" in in_plain_text(shown)
    assert AnswerMessage("1") in [one.act for one in buttons_of(shown)]
    assert any(wording.ANSWER in str(block.buttons) for block in overview(shown))
    assert WORDS in str(home_view(shown))
    assert [home_of(who).messages for who in (LARK, NOBODY)] == [None, None]
    assert home_of(WREN, "oars").messages is None
