"""Whatever askers and staff do in whatever order, nothing is answered twice, lost, or told to somebody else."""

from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.acts import (
    Act,
    AddToQuery,
    AnswerQuery,
    AskBack,
    AskForName,
    Claim,
    Close,
    GiveName,
    HandOver,
    Join,
    ReopenQuery,
    ReopenTicket,
    Withdraw,
)
from bot.people import Person
from bot.replies import Reply, Told
from bot.telling import in_plain_text
from bot.tickets import Ticket, What
from knowledge.library import Library
from tests.bot.desk_room import ALEX, ANN, BEN, BETH, CARO, DAN, STRANGER, Room

ASKERS = (ANN, BEN, DAN)
AT_THE_DESK = (ALEX, BETH)
queries = st.sampled_from([str(number) for number in range(1, 7)])
behind = st.sampled_from((None, 0, 0, 0, 1))  # how far what somebody saw is behind; None where it is not known
staff = st.sampled_from(AT_THE_DESK)


def secret(person: Person, number: int) -> str:
    """Words that only one asker knows."""
    return f"secret-of-{person.name.split()[0]}-{number}"


class AskersAndStaff(RuleBasedStateMachine):
    """Two desks, three askers, and everybody who presses everything."""

    library: Library

    def __init__(self) -> None:
        super().__init__()
        self.room = Room(self.library)
        self.added: list[tuple[str, str]] = []
        self.said = 10

    def tickets(self) -> list[Ticket]:
        with self.room.store.work() as work:
            return [one for name in map(str, range(1, 7)) if (one := work.tickets.get(name))]

    def words(self, name: str) -> str:
        """New words of the asker of a query."""
        self.said += 1
        return secret(self.room.ticket(name).asker, self.said)

    def does(self, act: Act, who: Person) -> list[Reply]:
        before = {one.id: one for one in self.tickets()}
        replies = self.room.does(act, who, f"chat:room-of-{who.name}:1")
        answered = [one for one in self.tickets() if one.answer and one.version != before[one.id].version]
        told = [one for one in replies if isinstance(one, Told) and one.words.startswith("answer-")]
        self.check_answers(act, before, [one for one in answered if _last(self.room, one) is What.ANSWERED], told)
        self.check_confidence(replies)
        return replies

    def check_answers(self, act: Act, before: dict[str, Ticket], answered: list[Ticket], told: list[Told]) -> None:
        """An answer goes to exactly those who asked what it answers, and only by answering."""
        mine = [one for one in told if any(one.conversation == ticket.conversation for ticket in before.values())]
        assert {one.ticket for one in mine} == {one.id for one in answered}
        assert len(mine) == len(answered)
        if not answered:
            return
        assert isinstance(act, AnswerQuery)
        led = {one.id for one in before.values() if one.joined_to == act.ticket and one.waits}
        assert {one.id for one in answered} == {act.ticket, *led}
        assert all(before[one.id].waits for one in answered)

    def check_confidence(self, replies: list[Reply]) -> None:
        """An asker's conversation has nothing in it that another asker said, nor who they are."""
        mine = {one.conversation: one.asker for one in self.tickets()}
        for reply in replies:
            if reply.conversation in mine:
                text = str(reply) + in_plain_text(reply)
                for other in ASKERS:
                    if other != mine[reply.conversation]:
                        assert other.name not in text
                        assert f"secret-of-{other.name.split()[0]}-" not in text

    def seen(self, name: str, late: int | None) -> int:
        return 0 if late is None else max(self.room.ticket(name).version - late, 0)

    @initialize(named=st.lists(st.booleans(), min_size=6, max_size=6))
    def six_queries_are_sent(self, named: list[bool]) -> None:
        for number, (shown, society) in enumerate(zip(named, ("larks",) * 5 + ("oars",), strict=True)):
            who = ASKERS[number % 3]
            self.room.sends(who, f"May I? {secret(who, number)}", named=shown, society=society)

    @rule(name=queries)
    def asker_adds(self, name: str) -> None:
        words = self.words(name)
        self.does(AddToQuery(name, words), self.room.ticket(name).asker)
        self.added.append((name, words))

    @rule(name=queries, act=st.sampled_from((Withdraw, ReopenQuery, GiveName)))
    def asker_does(self, name: str, act: type[Withdraw]) -> None:
        self.does(act(name), self.room.ticket(name).asker)

    @rule(name=queries, late=behind, who=staff)
    def claims(self, name: str, late: int | None, who: Person) -> None:
        self.does(Claim(name, self.seen(name, late)), who)

    @rule(name=queries, late=behind, who=staff)
    def answers_it(self, name: str, late: int | None, who: Person) -> None:
        self.said += 1
        self.does(AnswerQuery(name, self.seen(name, late), f"answer-{self.said}"), who)

    @rule(name=queries, late=behind, who=staff, to=st.sampled_from((*AT_THE_DESK, CARO, STRANGER)))
    def hands_over(self, name: str, late: int | None, who: Person, to: Person) -> None:
        self.does(HandOver(name, self.seen(name, late), to.account), who)

    @rule(name=queries, late=behind, who=staff)
    def asks(self, name: str, late: int | None, who: Person) -> None:
        self.does(AskBack(name, self.seen(name, late), "When?"), who)
        self.does(AskForName(name, self.seen(name, late)), who)

    @rule(name=queries, late=behind, who=staff)
    def closes(self, name: str, late: int | None, who: Person) -> None:
        self.does(Close(name, self.seen(name, late), "Settled."), who)

    @rule(name=queries, late=behind, who=staff)
    def reopens(self, name: str, late: int | None, who: Person) -> None:
        self.does(ReopenTicket(name, self.seen(name, late)), who)

    @rule(
        name=queries,
        others=st.lists(queries, min_size=1, max_size=4),
        who=staff,
        confirmed=st.sampled_from((True, True, False)),
    )
    def joins(self, name: str, others: list[str], who: Person, confirmed: bool) -> None:
        before = self.tickets()
        self.does(Join(name, 0, tuple(others), confirmed), who)
        assert confirmed or before == self.tickets()

    @rule(others=st.permutations([str(number) for number in range(1, 7)]), who=staff, between=st.booleans())
    def joins_and_answers(self, others: list[str], who: Person, between: bool) -> None:
        self.does(Join(others[0], 0, tuple(others[1:4]), confirmed=True), who)
        if between:
            self.does(Withdraw(others[1]), self.room.ticket(others[1]).asker)
        self.said += 1
        self.does(AnswerQuery(others[0], 0, f"answer-{self.said}"), who)

    @rule(
        name=queries, act=st.sampled_from((Claim, ReopenTicket, AskForName)), who=st.sampled_from((STRANGER, *ASKERS))
    )
    def stranger_does(self, name: str, act: type[Claim], who: Person) -> None:
        before = self.tickets()
        self.does(act(name, 0), who)
        assert before == self.tickets()

    @invariant()
    def every_history_is_whole(self) -> None:
        for one in self.tickets():
            moves = self.room.history(one.id)
            assert [move.version for move in moves] == list(range(1, one.version + 1))
            assert [move.at for move in moves] == sorted(move.at for move in moves)

    @invariant()
    def nothing_is_answered_twice_without_being_opened_between(self) -> None:
        for one in self.tickets():
            moves = [move.what for move in self.room.history(one.id) if move.what in (What.ANSWERED, What.REOPENED)]
            assert (What.ANSWERED, What.ANSWERED) not in pairwise(moves)

    @invariant()
    def no_asker_s_words_are_lost(self) -> None:
        for name, words in self.added:
            assert words in [move.text for move in self.room.history(name)]

    @invariant()
    def staff_of_one_society_never_touched_another_s(self) -> None:
        for one in self.tickets():
            if one.society == "oars":
                movers = {move.who.account for move in self.room.history(one.id)}
                assert movers == {one.asker.account}

    @invariant()
    def nothing_that_waits_is_out_of_reach(self) -> None:
        """Each query that waits can be answered: by itself, or by one that can."""
        known = {one.id: one for one in self.tickets()}
        for one in known.values():
            lead = known.get(one.joined_to)
            if one.waits and lead is not None and lead.waits:
                further = known.get(lead.joined_to)
                assert further is None or not further.waits
                assert lead.id != one.id
                assert lead.society == one.society


def _last(room: Room, ticket: Ticket) -> What:
    return room.history(ticket.id)[-1].what


def test_any_sequence_of_acts_keeps_what_was_promised(sample_library: Library) -> None:
    class Here(AskersAndStaff):
        library = sample_library

    chosen = settings(
        max_examples=20,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(Here, settings=chosen)
