"""Rulings of an office beside its policy's answers, and in place of what the policy leaves open."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot import wording_of_rulings as wording
from bot.acts import Say
from bot.people import Person
from bot.precedents import Precedents, contradicted
from bot.replies import Answered, Guided, NotAnswered, Paragraph, Reply, Ruled
from bot.rulings import Ruling, flagged, withdrawn
from bot.tickets import Dossier, Part, Ticket, What, moved
from knowledge.answers import Question, Reason
from knowledge.clauses import Party, Verdict
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.talking import Talk, cited, text_of
from tests.conftest import assistant_of

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ADVERT = "Can a member print an advert in the programme?"  # what the policy says of it is missing
FRIEND = "can I invite a friend to an open rehearsal"  # told what the policy says, and no more
SECRETLY = "can I record a rehearsal without asking the conductor"  # no
RECORD = "can I record the rehearsal"  # it depends; where there are flows, one begins
PROGRAMME, INVITE, RECORDING = "larks/concerts/programme", "larks/rehearsals/invite", "larks/rehearsals/recording"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: NOW)


@pytest.fixture
def assistant(sample_library: Library, store: MemoryStore) -> Alone:
    return assistant_of(sample_library, store=store)


@pytest.fixture
def choir(assistant: Alone) -> Talk:
    return Talk(assistant, "console:choir:1", "larks", Party.MEMBER)


@pytest.fixture
def guided_choir(sample_library: Library, sample_guides: Guides, store: MemoryStore) -> Talk:
    return Talk(assistant_of(sample_library, sample_guides, store), "console:choir:2", "larks", Party.MEMBER)


def ruling(
    library: Library, question: str, verdict: Verdict, *clauses: str, ticket: str = "", role: Party = Party.MEMBER
) -> Ruling:
    return Ruling(
        id="",
        society=clauses[0].split("/", 1)[0],
        question=question,
        verdict=verdict,
        words="That is how it is.",
        clauses=clauses,
        texts=tuple(library.index.clauses[name].text for name in clauses),
        ticket=ticket,
        owner="Choir Secretary",
        made=NOW,
        by=Person("console:staff"),
        review=date(2027, 11, 21),
        role=role,
    )


def keep(store: MemoryStore, made: Ruling) -> Ruling:
    with store.work() as work:
        return work.rulings.add(made)


def change(store: MemoryStore, after: Ruling) -> None:
    with store.work() as work:
        assert work.rulings.change(after)


def main(replies: list[Reply]) -> Reply:
    return replies[-1]


def beside(reply: Reply) -> list[str]:
    assert isinstance(reply, Answered | NotAnswered), reply
    return [one.remark for one in reply.rulings]


def test_what_the_policy_leaves_open_is_answered_by_the_ruling(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    assert isinstance(main(choir.say(ADVERT)), NotAnswered)
    kept = keep(store, ruling(sample_library, ADVERT, Verdict.NO, PROGRAMME))
    reply = main(choir.say("Hello, may I print an advert in the programme please?"))

    assert isinstance(reply, Ruled)
    assert reply.told.opening == "No. The choir office has ruled on this."
    assert (reply.verdict, reply.ruling.id) == (Verdict.NO, kept.id)
    assert reply.ruling.source == "ruling of the choir office, 21 November 2026"
    assert cited(reply) == [PROGRAMME]
    assert "That is how it is." in text_of(reply)


def test_a_ruling_is_there_at_once_and_gone_at_once(choir: Talk, store: MemoryStore, sample_library: Library) -> None:
    kept = keep(store, ruling(sample_library, FRIEND, Verdict.YES, INVITE))
    assert isinstance(main(choir.say(FRIEND)), Ruled)

    change(store, withdrawn(kept, NOW))
    reply = main(choir.say(FRIEND))

    assert isinstance(reply, Answered)
    assert reply.rulings == ()


def test_a_ruling_that_agrees_stands_beside_the_clause(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, SECRETLY, Verdict.NO, RECORDING))
    reply = main(choir.say(SECRETLY))

    assert isinstance(reply, Answered)
    assert reply.answer.verdict is Verdict.NO
    assert beside(reply) == ["The choir office has ruled the same."]
    assert not contradicted(reply)


def test_a_ruling_never_takes_the_place_of_a_clause_that_says_otherwise(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, SECRETLY, Verdict.YES, INVITE))
    reply = main(choir.say(SECRETLY))

    assert isinstance(reply, Answered)
    assert reply.answer.verdict is Verdict.NO
    assert cited(reply)[0] == RECORDING
    assert beside(reply) == [wording.contradicts("the choir office")]
    assert contradicted(reply)


def test_a_yes_that_rests_on_a_clause_which_forbids_answers_nobody(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, FRIEND, Verdict.YES, RECORDING))
    reply = main(choir.say(FRIEND))

    assert isinstance(reply, Answered)
    assert contradicted(reply)


def test_a_yes_does_not_settle_what_a_clause_forbids_unless_a_fact_is_known(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, RECORD, Verdict.YES, INVITE))
    reply = main(choir.say(RECORD))

    assert isinstance(reply, Answered)
    assert reply.answer.verdict is Verdict.DEPENDS
    assert contradicted(reply)


@pytest.mark.parametrize("how", ["flagged", "changed", "gone"])
def test_a_ruling_whose_clause_has_changed_is_only_shown(
    choir: Talk, store: MemoryStore, sample_library: Library, how: str
) -> None:
    made = ruling(sample_library, ADVERT, Verdict.NO, PROGRAMME)
    if how == "changed":
        made = replace(made, texts=("It read otherwise.",))
    if how == "gone":
        made = replace(made, clauses=("larks/concerts/gone",))
    kept = keep(store, made)
    if how == "flagged":
        change(store, flagged(kept, (PROGRAMME,)))
    reply = main(choir.say(ADVERT))

    assert isinstance(reply, NotAnswered)
    assert reply.reason is Reason.GAP
    assert beside(reply) == [wording.out_of_date("the choir office")]


def test_rulings_that_differ_answer_nobody(choir: Talk, store: MemoryStore, sample_library: Library) -> None:
    keep(store, ruling(sample_library, ADVERT, Verdict.NO, PROGRAMME))
    keep(store, ruling(sample_library, ADVERT, Verdict.YES, PROGRAMME))
    reply = main(choir.say(ADVERT))

    assert beside(reply) == [wording.differ("the choir office")] * 2


@pytest.mark.parametrize(
    "question",
    [
        "Can I print an advert for a company in the programme?",
        "Can I print an advert with a picture of a patient in the programme?",
        "Can I print a political advert in the programme?",
        "Can we print an advert in the programme?",
    ],
)
def test_an_added_fact_is_never_ruled_on(
    choir: Talk, store: MemoryStore, sample_library: Library, question: str
) -> None:
    keep(store, ruling(sample_library, ADVERT, Verdict.YES, PROGRAMME))
    reply = main(choir.say(question))

    assert not isinstance(reply, Ruled)
    assert beside(reply) in ([], [wording.like("the choir office")])


def test_no_more_than_two_like_rulings_are_shown(choir: Talk, store: MemoryStore, sample_library: Library) -> None:
    for what in ("company", "charity", "school"):
        question = f"Can a member print an advert of a {what} in the programme?"
        keep(store, ruling(sample_library, question, Verdict.NO, PROGRAMME))
    reply = main(choir.say("Can a member print an advert of a shop in the programme?"))

    assert beside(reply) == [wording.like("the choir office")] * 2


def test_a_ruling_of_another_society_is_never_shown(choir: Talk, store: MemoryStore, sample_library: Library) -> None:
    keep(store, ruling(sample_library, ADVERT, Verdict.YES, "oars/bank/cheering"))

    assert beside(main(choir.say(ADVERT))) == []


def test_a_ruling_for_members_does_not_answer_somebody_else(
    assistant: Alone, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, ADVERT, Verdict.YES, PROGRAMME))
    outsider = Talk(assistant, "console:outside:1", "larks", Party.ANYONE)

    assert isinstance(main(outsider.say("Can I print an advert in the programme?")), NotAnswered)


@pytest.mark.parametrize("reason", [Reason.SMALL_TALK, Reason.MANIPULATION, Reason.ABUSE])
def test_small_talk_tricks_and_abuse_bring_no_ruling(
    choir: Talk, store: MemoryStore, sample_library: Library, reason: Reason
) -> None:
    left_open = main(choir.say(ADVERT))
    assert isinstance(left_open, NotAnswered)
    refused = replace(left_open, reason=reason)
    keep(store, ruling(sample_library, ADVERT, Verdict.YES, INVITE))

    with store.work() as work:
        taken = Precedents(sample_library).taken_into([refused], Question(ADVERT, "larks"), refused.conversation, work)
    assert taken == [refused]


def test_a_flow_that_turns_on_what_a_clause_forbids_begins_with_the_ruling_beside(
    guided_choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, RECORD, Verdict.NO, RECORDING))
    reply = main(guided_choir.say(RECORD))

    assert isinstance(reply, Guided)
    assert reply.settles == (RECORDING,)
    assert contradicted(reply)


def test_where_nothing_is_required_or_forbidden_the_ruling_answers_and_offers_the_flow(
    guided_choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    begun = main(guided_choir.say(RECORD))
    assert isinstance(begun, Guided)
    opening = Paragraph("This turns on a few things.", sample_library.cite((INVITE,), "larks"), "")
    keep(store, ruling(sample_library, RECORD, Verdict.DEPENDS, INVITE))

    def taken(settles: str) -> Reply:
        flow = replace(begun, told=opening, settles=(settles,))
        with store.work() as work:
            return Precedents(sample_library).taken_into([flow], Question(RECORD, "larks"), "c", work)[0]

    assert isinstance(taken(RECORDING), Guided)
    reply = taken(INVITE)
    assert isinstance(reply, Ruled)
    offered = next(button for button in reply.buttons if button.label == wording.STEP_BY_STEP)
    assert isinstance(offered.act, Say)
    assert isinstance(main(guided_choir.say(offered.act.text)), Guided)


def test_a_no_does_not_take_the_place_of_what_depends_on_a_clause_that_forbids(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, RECORD, Verdict.NO, RECORDING))
    reply = main(choir.say(RECORD))

    assert isinstance(reply, Answered)
    assert reply.answer.verdict is Verdict.DEPENDS
    assert contradicted(reply)


def test_a_yes_does_not_take_the_place_of_a_gap_beside_a_clause_that_forbids(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    gap = main(choir.say(ADVERT))
    assert isinstance(gap, NotAnswered)
    cited = replace(gap.unanswered, citations=sample_library.cite((RECORDING,), "larks"))
    keep(store, ruling(sample_library, ADVERT, Verdict.YES, INVITE))

    with store.work() as work:
        taken = Precedents(sample_library).taken_into(
            [replace(gap, unanswered=cited)], Question(ADVERT, "larks"), "c", work
        )
    assert contradicted(taken[0])


def test_a_yes_does_not_cut_a_flow_short_that_turns_on_what_a_clause_forbids(
    guided_choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, RECORD, Verdict.YES, INVITE))
    reply = main(guided_choir.say(RECORD))

    assert isinstance(reply, Guided)
    assert contradicted(reply)
    assert "That is how it is. [ruling of the choir office, 21 November 2026]" in reply.told.remarks


WORDS = "Do you object to an ad in the programme?"
STAFF = Person("console:staff")


def asked_by(
    store: MemoryStore,
    question: str,
    *parts: Part,
    key: str = "",
    added: str = "",
    role: Party = Party.MEMBER,
    alone: bool = True,
) -> str:
    dossier = Dossier(question, (Part("question", "Your question", question, False), *parts), added=added, alone=alone)
    asker = Person("console:somebody", "Somebody")
    ticket = Ticket("", key or question, "larks", role, asker, True, "console:1:1", (), dossier, NOW)
    with store.work() as work:
        return work.tickets.open(ticket)[0].id


def move(store: MemoryStore, name: str, what: What, *, ruling: str = "", joined_to: str = "") -> None:
    with store.work() as work:
        held = work.tickets.get(name)
        assert held is not None
        assert work.tickets.move(*moved(held, what, STAFF, NOW, "So.", ruling=ruling, joined_to=joined_to))


def answered_with_ruling(store: MemoryStore, library: Library, ticket: str, role: Party = Party.MEMBER) -> Ruling:
    """A ruling in general words, made with the answer to a query."""
    kept = keep(store, ruling(library, ADVERT, Verdict.NO, PROGRAMME, ticket=ticket, role=role))
    move(store, ticket, What.ANSWERED, ruling=kept.id)
    return kept


def test_whoever_asks_in_the_words_that_were_ruled_on_is_answered(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    answered_with_ruling(store, sample_library, asked_by(store, WORDS))

    assert isinstance(main(choir.say(WORDS)), Ruled)


def test_words_that_followed_others_are_answered_for_nobody_else_whatever_was_left_out(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    answered_with_ruling(store, sample_library, asked_by(store, WORDS, alone=False))

    assert not isinstance(main(choir.say(WORDS)), Ruled)


def test_a_no_does_not_take_the_place_of_a_clause_that_allows(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    keep(store, ruling(sample_library, FRIEND, Verdict.NO, INVITE))

    assert isinstance(main(choir.say(FRIEND)), Answered)


@pytest.mark.parametrize("part", ["post", "responses"])
def test_words_that_came_with_more_are_answered_for_nobody_else(
    choir: Talk, store: MemoryStore, sample_library: Library, part: str
) -> None:
    answered_with_ruling(store, sample_library, asked_by(store, WORDS, Part(part, "Before", "Buy now!")))

    assert not isinstance(main(choir.say(WORDS)), Ruled)


def test_words_to_which_something_was_added_are_answered_for_nobody_else(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    answered_with_ruling(store, sample_library, asked_by(store, WORDS, added="It is for a charity."))

    assert not isinstance(main(choir.say(WORDS)), Ruled)


@pytest.mark.parametrize("what", [What.ADDED, What.ASKED_BACK])
def test_words_that_were_asked_about_are_answered_for_nobody_else(
    choir: Talk, store: MemoryStore, sample_library: Library, what: What
) -> None:
    ticket = asked_by(store, WORDS)
    move(store, ticket, what)
    answered_with_ruling(store, sample_library, ticket)

    assert not isinstance(main(choir.say(WORDS)), Ruled)


def test_words_that_point_to_something_are_answered_for_nobody_else(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    words = "Can I print them too in the programme?"
    answered_with_ruling(store, sample_library, asked_by(store, words))

    assert not isinstance(main(choir.say(words)), Ruled)


def test_who_asks_in_the_words_of_a_ruling_that_point_to_something_is_told_why_it_may_differ(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    pointing = "Can a member print this advert in the programme?"
    ticket = asked_by(store, WORDS)
    kept = keep(store, ruling(sample_library, pointing, Verdict.NO, PROGRAMME, ticket=ticket))
    move(store, ticket, What.ANSWERED, ruling=kept.id)

    assert beside(main(choir.say(f"{pointing}!"))) == [wording.in_same_words("the choir office")]
    assert isinstance(main(choir.say(WORDS)), Ruled)


def test_words_of_a_query_that_was_joined_and_closed_are_not_ruled_on(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    first, other = asked_by(store, ADVERT), asked_by(store, WORDS)
    move(store, other, What.JOINED, joined_to=first)
    move(store, other, What.CLOSED)
    answered_with_ruling(store, sample_library, first)

    assert not isinstance(main(choir.say(WORDS)), Ruled)


def test_words_of_a_query_that_joins_after_the_ruling_are_not_ruled_on_in_any_process(
    choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    first = asked_by(store, ADVERT)
    answered_with_ruling(store, sample_library, first)
    move(store, first, What.REOPENED)
    move(store, asked_by(store, WORDS), What.JOINED, joined_to=first)

    for talk in (choir, Talk(assistant_of(sample_library, store=store), "console:choir:9", "larks", Party.MEMBER)):
        assert not isinstance(main(talk.say(WORDS)), Ruled)


@pytest.mark.parametrize("again", ["", "9"])
def test_words_of_a_query_that_was_reopened_or_answered_otherwise_are_at_once_ruled_on_no_more(
    choir: Talk, store: MemoryStore, sample_library: Library, again: str
) -> None:
    ticket = asked_by(store, WORDS)
    answered_with_ruling(store, sample_library, ticket)
    assert isinstance(main(choir.say(WORDS)), Ruled)
    move(store, ticket, What.REOPENED)
    if again:
        move(store, ticket, What.ANSWERED, ruling=again)

    assert not isinstance(main(choir.say(WORDS)), Ruled)
    with store.work() as work:
        assert not Precedents(sample_library).covers(WORDS, "larks", work)


def test_a_ruling_for_one_role_is_for_no_other_once_its_query_is_gone(
    assistant: Alone, choir: Talk, store: MemoryStore, sample_library: Library
) -> None:
    question = "Is it OK to print an advert in the programme?"
    made = ruling(sample_library, question, Verdict.YES, INVITE, ticket="999", role=Party.ACCOUNT_ADMIN)
    keep(store, made)
    admin = Talk(assistant, "console:admin:1", "larks", Party.ACCOUNT_ADMIN)

    assert not isinstance(main(choir.say(question)), Ruled)
    assert isinstance(main(admin.say(question)), Ruled)


def test_the_nearest_ruling_that_holds_drafts_an_answer(store: MemoryStore, sample_library: Library) -> None:
    kept = keep(store, ruling(sample_library, ADVERT, Verdict.NO, PROGRAMME))
    old = keep(store, replace(ruling(sample_library, ADVERT, Verdict.YES, PROGRAMME), texts=("otherwise",)))
    precedents = Precedents(sample_library)

    with store.work() as work:
        near = precedents.nearest("may one print an advert for a shop in the programme", "larks", work)
        assert near is not None
        assert near.id == kept.id != old.id
        assert precedents.nearest("who conducts on Tuesdays", "larks", work) is None
        assert precedents.covers("Can I print an advert in the programme?", "larks", work)
        assert not precedents.covers("Can I print a company advert in the programme?", "larks", work)


def test_what_was_read_in_a_work_that_is_undone_is_not_remembered(store: MemoryStore, sample_library: Library) -> None:
    precedents = Precedents(sample_library)

    def undone() -> None:
        with store.work() as work:
            precedents.unsettled(work)
            work.rulings.add(ruling(sample_library, ADVERT, Verdict.YES, PROGRAMME))
            assert precedents.covers(ADVERT, "larks", work)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    keep(store, ruling(sample_library, FRIEND, Verdict.YES, INVITE))

    with store.work() as work:
        assert not precedents.covers(ADVERT, "larks", work)
        assert precedents.covers(FRIEND, "larks", work)
