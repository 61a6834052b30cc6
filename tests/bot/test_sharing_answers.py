"""An answer that its asker shows to everybody where it was asked."""

from dataclasses import replace
from datetime import date

import pytest

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot.acts import ShareAnswer
from bot.exchanges import Ending, Exchange
from bot.messages import Message
from bot.people import NOBODY, Person
from bot.replies import Answered, Concluded, NotAnswered, Reply, Ruled, Told
from bot.rulings import Ruling, withdrawn
from bot.telling import buttons_of, cited_in, follow_up_of, in_full, in_plain_text
from bot.wording_of_context import NOT_THERE, SHARED
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.asking import FINCH, MONDAY, WREN
from tests.conftest import assistant_of

ALL, MINE = "slack:C1:9", "slack:C1:9:U1"
SECRETLY = "can I record a rehearsal without asking the conductor"  # no
RECORD = "can I record the rehearsal"  # it depends
ADVERT = "Can a member print an advert in the programme?"  # what the policy says of it is missing


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: MONDAY)


@pytest.fixture
def choir(sample_library: Library, store: MemoryStore) -> Alone:
    return assistant_of(sample_library, store=store)


@pytest.fixture
def guided(sample_library: Library, sample_guides: Guides, store: MemoryStore) -> Alone:
    return assistant_of(sample_library, sample_guides, store)


def asked(choir: Alone, *said: str, where: str = MINE, who: Person = WREN) -> tuple[Exchange, Reply]:
    """What is kept of the last of some messages, and what was replied to it."""
    replies: list[Reply] = []
    for text in said:
        replies = choir.handle(Message(where, text, "larks", None, who))
    with choir.store.work() as work:
        turn = work.conversations.last(where, who.account)
        kept = work.exchanges.get(turn.exchange) if turn else None
    assert kept is not None
    return kept, replies[-1]


def shares(choir: Alone, exchange: Exchange, to: str = ALL, who: Person = WREN, where: str = MINE) -> list[Reply]:
    return choir.handle(Message(where, "", "larks", None, who, ShareAnswer(exchange.id, to)))


def kept(store: MemoryStore, told: str = "I said.", ending: str = Verdict.NO, **more: object) -> Exchange:
    plain = Exchange("", MINE, WREN, "larks", Party.MEMBER, MONDAY, "May I tape it?", told, ending)
    with store.work() as work:
        return work.exchanges.add(replace(plain, **more))  # type: ignore[arg-type]


def only(replies: list[Reply]) -> str:
    """The one thing said, to who pressed."""
    (reply,) = replies
    assert isinstance(reply, Told)
    assert reply.conversation == MINE
    return reply.text


def test_an_answer_is_shown_to_all_as_it_was_given_below_what_was_asked(choir: Alone) -> None:
    exchange, given = asked(choir, SECRETLY)

    shown, told = shares(choir, exchange)

    assert isinstance(shown, Answered)
    assert shown.conversation == ALL
    assert in_plain_text(shown).startswith(
        f"Somebody here asked: “{SECRETLY}” This is what I answered, shared by them."
    )
    assert in_plain_text(shown).endswith(in_plain_text(given))
    assert cited_in(shown) == cited_in(given)
    assert (told.conversation, in_plain_text(told)) == (MINE, SHARED)


def test_nothing_in_what_is_shown_tells_who_asked(choir: Alone) -> None:
    shown, _ = shares(choir, asked(choir, SECRETLY)[0])

    assert not any(word in repr(shown) for word in ("Wren", "Ashby", WREN.account))


def test_others_can_press_nothing_in_it_and_are_asked_nothing(choir: Alone) -> None:
    exchange, given = asked(choir, RECORD)
    assert follow_up_of(given)
    assert buttons_of(given)

    shown, _ = shares(choir, exchange)

    assert isinstance(shown, Answered)
    assert (buttons_of(shown), follow_up_of(shown)) == ((), None)


def test_what_followed_from_an_option_is_shown_with_the_question_that_it_answers(choir: Alone) -> None:
    exchange, given = asked(choir, RECORD, "2")

    shown, _ = shares(choir, exchange)

    assert isinstance(shown, Answered)
    assert shown.answer.verdict is Verdict.NO
    assert f"“{RECORD}”" in in_plain_text(shown)
    assert in_plain_text(shown).endswith(in_plain_text(given))


def test_a_question_that_the_policy_leaves_open_can_be_shared(choir: Alone) -> None:
    shown, _ = shares(choir, asked(choir, ADVERT)[0])

    assert isinstance(shown, NotAnswered)
    assert shown.paragraph.opening.startswith("Somebody here asked:")


def test_notes_around_an_answer_are_not_shared(choir: Alone) -> None:
    exchange, _ = asked(choir, SECRETLY, "I am a trainee")

    shown, _ = shares(choir, exchange)

    assert isinstance(shown, Answered)
    assert "Noted: you ask as" not in in_full(shown)


def test_the_end_of_a_flow_is_shared_in_the_words_in_which_it_was_told_with_its_clauses_once(guided: Alone) -> None:
    exchange, given = asked(guided, "may I tape this rehearsal tonight?", "1", "3")
    assert isinstance(given, Concluded)

    shown, _ = shares(guided, exchange)

    assert isinstance(shown, Told)
    assert cited_in(shown) == cited_in(given)
    assert given.told.opening in shown.text
    assert not any(one.quote in shown.text for one in cited_in(given))
    assert given.hint in in_full(given)
    assert given.hint not in shown.text  # it is for who may change an answer


def test_a_ruling_is_shared_and_one_that_was_withdrawn_since_is_not(
    choir: Alone, store: MemoryStore, sample_library: Library
) -> None:
    programme = "larks/concerts/programme"
    texts = (sample_library.index.clauses[programme].text,)
    with store.work() as work:
        ruling = work.rulings.add(
            Ruling(
                "",
                "larks",
                ADVERT,
                Verdict.NO,
                "No adverts of our own.",
                (programme,),
                texts,
                "",
                "Choir Secretary",
                MONDAY,
                FINCH,
                date(2027, 1, 1),
                Party.MEMBER,
            )
        )
    exchange, given = asked(choir, ADVERT)
    assert isinstance(given, Ruled)
    (shown, _) = shares(choir, exchange)
    assert "No adverts of our own." in in_plain_text(shown)

    with store.work() as work:
        assert work.rulings.change(withdrawn(ruling, MONDAY))

    assert "has changed since" in only(shares(choir, exchange))


@pytest.mark.parametrize(("mine", "everybodys"), [(MINE, ALL), ("slack:C1::U1", "slack:C1")])
def test_it_is_shared_once_with_everybody_who_reads_where_it_was_asked(
    choir: Alone, mine: str, everybodys: str
) -> None:
    exchange, _ = asked(choir, SECRETLY, where=mine)

    shown, _ = shares(choir, exchange, everybodys, where=mine)
    (again,) = shares(choir, exchange, everybodys, where=mine)

    assert shown.conversation == everybodys
    assert in_plain_text(again) == "You have shared this here already."


@pytest.mark.parametrize("who", [FINCH, NOBODY, Person("", "Wren Ashby")])
def test_nobody_shares_the_answer_of_somebody_else(choir: Alone, who: Person) -> None:
    exchange, _ = asked(choir, SECRETLY)

    assert only(shares(choir, exchange, who=who)).startswith("I find no such answer of yours")
    assert len(shares(choir, exchange)) == 2  # nothing of it was marked as shared


@pytest.mark.parametrize(
    "to", ["", "slack", "slack:C", "slack:C1", "slack:C2", "slack:C1:8", MINE, "email:larks:", "slack:C1:9:"]
)
def test_it_is_shared_nowhere_but_where_it_was_asked(choir: Alone, to: str) -> None:
    exchange, _ = asked(choir, SECRETLY)

    assert "can only be shared where you asked" in only(shares(choir, exchange, to))


@pytest.mark.parametrize(
    "ending",
    [
        *(one for one in Ending),
        Reason.VAGUE,
        Reason.SMALL_TALK,
        Reason.ABUSE,
        Reason.MANIPULATION,
    ],
)
def test_what_is_no_answer_is_not_shared(choir: Alone, store: MemoryStore, ending: str) -> None:
    assert only(shares(choir, kept(store, ending=ending))) == "There is no answer here that could be shared."


def test_what_rests_on_a_clause_that_is_no_longer_held_or_reads_otherwise_now_is_not_shared(
    choir: Alone, store: MemoryStore
) -> None:
    gone = kept(store, clauses=("larks/gone/clause",))
    foreign = kept(store, clauses=("oars/water/cameras",))
    changed = kept(store, "No: record whatever you like.", clauses=("larks/rehearsals/recording",))

    for exchange in (gone, foreign, changed):
        assert "has changed since" in only(shares(choir, exchange))


@pytest.mark.parametrize(
    ("asked_with", "post"),
    [("Can I share this?", "We are by far the finest choir"), ("We are by far the finest choir", "")],
)
def test_what_quotes_a_post_stays_with_whoever_showed_it(
    choir: Alone, store: MemoryStore, asked_with: str, post: str
) -> None:
    told = "No. I read the post. “by far the finest”: it boasts."
    exchange = kept(store, told, asked=asked_with, post=post, question="Can I share this?")

    assert "quotes the post" in only(shares(choir, exchange))


@pytest.mark.parametrize(
    ("asked_in", "to"),
    [
        ("teams:0b1c", "teams"),
        ("teams:0b1c:3f", "teams:0b1c"),
        ("teams:19%3Aa:1690:0b1c:open", "teams:19%3Aa:1690:0b1c"),
        ("teams:19%3Aa:1690:0b1c:open", "teams:19%3Aa:1690"),
        ("slack:D1", "slack"),
        ("slack:::U1", "slack"),
        ("chat:", "chat"),
        ("", ""),
    ],
)
def test_what_was_asked_before_nobody_else_or_before_everybody_is_shared_nowhere(
    choir: Alone, store: MemoryStore, asked_in: str, to: str
) -> None:
    assert only(shares(choir, kept(store, conversation=asked_in), to)) == NOT_THERE


def test_a_question_is_shown_without_the_post_that_came_with_it(choir: Alone, store: MemoryStore) -> None:
    exchange = kept(
        store, "No, you should not.", asked="Can I share this? “Our own Wednesday is the best of all”", post="Our own"
    )

    shown, _ = shares(choir, exchange)

    assert "Wednesday" not in in_full(shown)
    assert "“Can I share this?”" in in_full(shown)


def test_a_very_long_question_is_shown_by_its_beginning(choir: Alone, store: MemoryStore) -> None:
    shown, _ = shares(choir, kept(store, asked="May I " + "sing " * 2_000))

    assert len(in_full(shown)) < 500


def test_hostile_words_in_a_question_are_shown_and_do_nothing(choir: Alone, store: MemoryStore) -> None:
    shown, _ = shares(choir, kept(store, asked="<!channel> \x00 *May* I?"))

    assert "<!channel>" in in_full(shown)


def test_what_adds_to_a_question_is_shared_as_it_was_answered_without_what_was_said_beside_it(guided: Alone) -> None:
    exchange, _ = asked(guided, "can I record the rehearsal", "What may I wear?", "and on a tour?")
    beside, _ = asked(guided, "can I record the rehearsal", "What may I wear?", where="slack:C1:8:U1")
    assert "is kept. To take it up again" in beside.told

    added, _ = shares(guided, exchange)
    noted, _ = shares(guided, beside, "slack:C1:8")

    assert "“What may I wear, and on a tour?”" in in_full(added)
    for shown in (added, noted):
        assert isinstance(shown, Answered | NotAnswered)
        assert "is kept" not in in_full(shown)


def test_what_is_shared_in_words_holds_nothing_that_was_said_beside_it(choir: Alone, store: MemoryStore) -> None:
    told = "Noted: you ask as a trainee.\n\nNo, you should not.\n\nWhich account?\n1. Mend: “Our Wednesday”"

    shown, _ = shares(choir, kept(store, told, main="No, you should not."))

    assert isinstance(shown, Told)
    assert shown.text.endswith("\n\nNo, you should not.")
