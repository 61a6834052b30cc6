"""Acts of askers and moves of staff in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.acts import (
    AddToQuery,
    GiveName,
    ReopenQuery,
    Send,
    ShowMyQueries,
    Withdraw,
)
from bot.people import Person
from bot.telling import in_plain_text
from bot.tickets import WAITING, MoveRefused, State, What
from knowledge.library import Library
from tests.bot.asking import FINCH, WREN, Choir, cards, told

ASKERS = (WREN, FINCH)
MOVES = st.one_of(
    st.tuples(st.just("send"), st.sampled_from(ASKERS), st.integers(1, 4)),
    st.tuples(st.just("add"), st.sampled_from(ASKERS), st.integers(1, 5)),
    st.tuples(st.just("reopen"), st.sampled_from(ASKERS), st.integers(1, 5)),
    st.tuples(st.just("withdraw"), st.sampled_from(ASKERS), st.integers(1, 5)),
    st.tuples(st.just("name"), st.sampled_from(ASKERS), st.integers(1, 5)),
    st.tuples(st.sampled_from(list(What)), st.just(FINCH), st.integers(1, 4)),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(MOVES, min_size=8, max_size=30))
def test_no_order_of_acts_loses_a_line_makes_a_second_query_or_shows_anothers(
    sample_library: Library, moves: list[tuple[str, Person, int]]
) -> None:
    choir = Choir(sample_library)
    owners = {str(n): who for n, who in ((1, WREN), (2, WREN), (3, FINCH), (4, FINCH))}
    for name, who in owners.items():
        choir.heard(f"{who.name} asks {name}?", who=who)
    lines: dict[str, str] = {}  # said to have been taken, and by which query
    for number, (what, who, target) in enumerate(moves):
        choir.later(hours=9)
        words = f"{who.name} says {number}"
        match what:
            case "send":
                replies = choir.does(Send(str(target), False), who)
            case "add":
                replies = choir.does(AddToQuery(str(target), words), who)
            case "reopen":
                replies = choir.does(ReopenQuery(str(target), words), who)
            case "withdraw":
                replies = choir.does(Withdraw(str(target)), who)
            case "name":
                replies = choir.does(GiveName(str(target)), who)
            case _:
                try_staff(choir, str(target), What(what))
                continue
        other = FINCH if who is WREN else WREN
        assert other.name not in in_plain_text(told(replies))
        if what in ("add", "reopen") and cards(replies):
            lines[words] = str(target)
        (mine,) = choir.does(ShowMyQueries(), who)
        assert other.name not in in_plain_text(mine)
    with choir.store.work() as work:
        tickets = [ticket for name in owners if (ticket := work.tickets.of_key(f"exchange:{name}"))]
        assert len({ticket.id for ticket in tickets}) == len(tickets)
        for words, name in lines.items():
            assert [move.text for move in work.tickets.history(name)].count(words) == 1
        for ticket in tickets:
            history = work.tickets.history(ticket.id)
            assert [move.version for move in history] == list(range(1, ticket.version + 1))
            if history[-1].text in lines:
                assert ticket.state in WAITING


def try_staff(choir: Choir, name: str, what: What) -> None:
    """A move of staff, where there is such a query and it allows that."""
    if what not in (What.CLAIMED, What.HANDED_OVER, What.ASKED_BACK, What.ANSWERED, What.CLOSED):
        return
    with choir.store.work() as work:
        there = work.tickets.get(name) is not None
    if there:
        try:
            choir.staff(name, what, "Staff say so.")
        except MoveRefused:
            assert choir.ticket(name).state is not State.OPEN
