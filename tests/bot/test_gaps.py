"""What the policy leaves open, and answers called wrong: how staff see them, and what they make of them."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.memory import MemoryStore
from bot import wording_of_desk, wording_of_gaps
from bot.acts import Act, Settle, ShowGaps, ShowTicket, ShowWrong, TakeUp
from bot.exchanges import Ending, Exchange, Rating
from bot.gaps import Gap, gaps
from bot.gaps_desk import LISTED, GapsDesk
from bot.messages import Message
from bot.office import Office, Offices, Routing
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.replies import Card, Listed, Mail, Reply, Told
from bot.rulings import Ruling, withdrawn
from bot.tickets import Dossier, Ticket, What, moved
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict
from knowledge.library import Library

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAM, KIM, ROBIN = Person("slack:U1", "Sam Ridley"), Person("slack:U2", "Kim Dale"), Person("slack:S1", "Robin Wetherby")
OFFICE = Office(
    "larks",
    "the choir office",
    desk="slack:C1:",
    addresses={"": "desk@larks.example"},
    routing=(Routing(("larks/concerts/*",), ("Choir Secretary",)),),
    hide_names=("Jay Fenwick",),
)
PARTS = "What about parting gifts for the conductor?"


class Room:
    """A desk of the Larks, at which Robin is staff."""

    def __init__(self, library: Library) -> None:
        self.now, self.library = NOW, library
        self.store = MemoryStore(lambda: self.now)
        self.precedents = Precedents(library)
        self.offices = Offices({"larks": OFFICE})
        with self.store.work() as work:
            work.staff.add(StaffMember(ROBIN, "larks", "Choir Secretary"))

    def asked(
        self, text: str, ending: str = Reason.OUT_OF_SCOPE, who: Person = SAM, society: str = "larks", **more: object
    ) -> Exchange:
        """Something that was asked an hour after what was asked before."""
        self.now += timedelta(hours=1)
        exchange = Exchange("", f"slack:D{who.account}:", who, society, Party.MEMBER, self.now, text, "I said.", ending)
        with self.store.work() as work:
            return work.exchanges.add(replace(exchange, **more))  # type: ignore[arg-type]

    def sent(self, exchange: Exchange, ruled: Verdict | None = None) -> Ticket:
        """The ticket that its asker made of an exchange; answered with a ruling where one is given."""
        with self.store.work() as work:
            ticket, _ = work.tickets.open(
                Ticket(
                    "",
                    f"exchange:{exchange.id}",
                    exchange.society,
                    Party.MEMBER,
                    exchange.person,
                    False,
                    exchange.conversation,
                    (),
                    Dossier(exchange.asked),
                    self.now,
                )
            )
            if ruled:
                ruling = work.rulings.add(
                    Ruling(
                        "",
                        exchange.society,
                        "Something in general words, quite unlike what was asked?",
                        ruled,
                        "So it is.",
                        ("larks/accounts/tone",),
                        ("?",),
                        ticket.id,
                        "Choir Secretary",
                        self.now,
                        ROBIN,
                        date(2027, 11, 1),
                        Party.MEMBER,
                    )
                )
                ticket, move = moved(ticket, What.ANSWERED, ROBIN, self.now, "So.", ruling=ruling.id)
                assert work.tickets.move(ticket, move)
        return ticket

    def rated(self, exchange: Exchange, reason: str = "It is out of date.") -> None:
        with self.store.work() as work:
            work.ratings.put(Rating(exchange, exchange.person, False, reason, self.now))

    def gaps(self, society: str = "larks") -> list[Gap]:
        with self.store.work() as work:
            return gaps(society, work, self.library, OFFICE, self.precedents)

    def act(self, act: Act, who: Person = ROBIN, where: str = "slack:C1:") -> list[Reply]:
        with self.store.work() as work:
            message = Message(where, "", person=who, act=act)
            return GapsDesk(self.library, self.offices, self.precedents, work).act(message)

    def listed(self, act: Act) -> Listed:
        [reply] = self.act(act)
        assert isinstance(reply, Listed)
        return reply


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


class TestGaps:
    @pytest.mark.parametrize("ending", [Reason.OUT_OF_SCOPE, Reason.GAP, Reason.OTHER_SOCIETY, Reason.VAGUE])
    def test_what_ended_unanswered_is_one(self, room: Room, ending: Reason) -> None:
        room.asked(PARTS, ending)

        [gap] = room.gaps()

        assert (gap.question, gap.count, gap.askers, gap.endings) == (PARTS, 1, 1, {ending: 1})

    @pytest.mark.parametrize("ending", [Verdict.YES, Verdict.INFO, Reason.SMALL_TALK, Reason.MANIPULATION, "told"])
    def test_what_was_answered_is_one_only_where_it_was_sent_on(self, room: Room, ending: str) -> None:
        exchange = room.asked(PARTS, ending)
        assert room.gaps() == []

        ticket = room.sent(exchange)

        assert [gap.tickets for gap in room.gaps()] == [(ticket.id,)]

    def test_alike_questions_are_one_with_those_who_asked_counted(self, room: Room) -> None:
        room.asked("What about parting gifts for our conductor?")
        room.asked(PARTS, who=KIM)
        room.asked(PARTS.upper(), Reason.VAGUE, who=KIM)
        room.asked("May the choir buy a boat?")

        first, second = room.gaps()

        assert (first.count, first.askers) == (3, 2)
        assert first.endings == {Reason.OUT_OF_SCOPE: 2, Reason.VAGUE: 1}
        assert first.question.casefold() == PARTS.casefold()  # asked most often
        assert first.latest == NOW + timedelta(hours=3)
        assert (second.question, second.count) == ("May the choir buy a boat?", 1)

    def test_nothing_that_identifies_anybody_is_shown(self, room: Room) -> None:
        room.asked("May Sam Ridley ask Jay Fenwick at j@fenwick.example or @jay about gifts?")

        [gap] = room.gaps()

        assert not any(word in gap.question for word in ("Sam", "Ridley", "Fenwick", "@"))

    def test_the_nearest_clause_is_the_one_that_the_answer_named(self, room: Room) -> None:
        room.asked("Which adverts may stand there?", Reason.GAP, clauses=("larks/concerts/programme",))

        [gap] = room.gaps()

        assert (gap.clause, gap.section) == ("larks/concerts/programme", "Concerts")

    def test_where_it_named_none_retrieval_finds_it(self, room: Room) -> None:
        room.asked("Photographs backstage in the van?")
        room.asked("Photographs backstage in the van, long ago?", clauses=("larks/gone/away",))

        assert {gap.clause for gap in room.gaps()} == {"larks/concerts/photographs"}

    def test_societies_do_not_mix(self, room: Room) -> None:
        room.asked(PARTS, society="oars")

        assert room.gaps() == []
        assert len(room.gaps("oars")) == 1

    def test_of_a_guided_decision_what_was_answered_last_is_shown(self, room: Room) -> None:
        said = (("Who posted it?", "A member"), ("Is it about the choir?", "No"))
        room.sent(room.asked("no", Ending.GUIDED, said=said))

        assert [gap.question for gap in room.gaps()] == ["Is it about the choir? No"]

    def test_what_was_answered_by_a_ruling_drops_out_until_that_is_withdrawn(self, room: Room) -> None:
        room.sent(room.asked(PARTS), Verdict.NO)
        assert room.gaps() == []

        with room.store.work() as work:
            [ruling] = work.rulings.standing()
            assert work.rulings.change(withdrawn(ruling, NOW))

        assert len(room.gaps()) == 1

    def test_what_a_standing_ruling_settles_drops_out_whoever_asks_it(self, room: Room) -> None:
        clause = room.library.clause("larks/accounts/tone")
        assert clause is not None
        room.asked("May we sell parting gifts to the conductor?", who=KIM)
        assert len(room.gaps()) == 1

        with room.store.work() as work:
            ruling = Ruling(
                "",
                "larks",
                "May we sell parting gifts to the conductor?",
                Verdict.NO,
                "No.",
                (clause.id,),
                (clause.text,),
                "9",
                "Choir Secretary",
                NOW,
                ROBIN,
                date(2027, 11, 1),
                Party.MEMBER,
            )
            work.rulings.add(ruling)

        assert room.gaps() == []

    def test_a_society_whose_policy_is_gone_has_no_nearest_clause(self, room: Room) -> None:
        room.asked(PARTS, society="kites")

        assert [gap.clause for gap in room.gaps("kites")] == [""]

    @settings(max_examples=30, deadline=None)
    @given(texts=st.lists(st.text(max_size=60), max_size=12))
    def test_whatever_was_asked_is_counted_once(self, sample_library: Library, texts: list[str]) -> None:
        room = Room(sample_library)
        for text in texts:
            room.asked(text)

        found = room.gaps()

        assert sum(gap.count for gap in found) == sum(bool(text.strip()) for text in texts)
        assert all(a.count >= b.count for a, b in itertools.pairwise(found))

    def test_with_an_encoder_meaning_counts_and_is_remembered(self, library: Library) -> None:
        room = Room(library)
        room.asked("May I run a marathon in the society's colours?", society="ipem")
        room.asked("Is it all right to wear the society's colours in a marathon?", society="ipem")
        room.asked("Who pays for the biscuits at meetings?", society="ipem")

        assert [gap.count for gap in room.gaps("ipem")] == [2, 1]
        assert room.gaps("ipem") == room.gaps("ipem")


class TestShown:
    def test_staff_see_the_kinds_with_what_can_be_done(self, room: Room) -> None:
        sent = room.sent(room.asked(PARTS, Reason.GAP))
        lone = room.asked("May the choir buy a boat?")

        listed = room.listed(ShowGaps())

        assert listed.heading == "What the policy leaves open: 2 questions of 2 kinds for the choir office"
        boat, gifts = listed.entries
        assert boat.lines[0] == "Asked once, last just now"
        assert [button.act for button in boat.buttons] == [TakeUp(lone.id)]
        assert gifts.lines[:2] == ("Asked once, last 1 h ago", "How it ended: the copy held lacks it (1)")
        assert gifts.lines[2].startswith("Nearest clause: ")
        assert [button.act for button in gifts.buttons] == [ShowTicket(sent.id)]

    def test_a_long_list_says_how_many_more_there_are(self, sample_library: Library) -> None:
        room = Room(sample_library)
        things = ["boat", "harp", "kettle", "ladder", "mirror", "needle", "onion", "piano", "quilt", "rocket", "saddle"]
        things += [
            "tent",
            "umbrella",
            "violin",
            "wagon",
            "yacht",
            "zither",
            "anvil",
            "barrel",
            "candle",
            "drum",
            "easel",
        ]
        for thing in things:
            room.asked(f"{thing} {thing}wards?")

        listed = room.listed(ShowGaps())

        assert len(listed.entries) == LISTED
        assert listed.remarks.endswith("Not listed: 2 more.")

    def test_an_empty_list_is_kindly_said(self, room: Room) -> None:
        assert room.act(ShowGaps()) == [Told("slack:C1:", wording_of_gaps.NO_GAPS)]
        assert room.act(ShowWrong()) == [Told("slack:C1:", wording_of_gaps.NO_WRONG)]

    def test_an_answer_called_wrong_is_shown_with_its_reason_and_its_clauses_and_nobodys_name(self, room: Room) -> None:
        exchange = room.asked(
            "May I, Sam Ridley, be rude?", Verdict.NO, clauses=("larks/accounts/tone", "larks/gone/away")
        )
        room.rated(exchange, "Sam Ridley may, says s@ridley.example.")

        listed = room.listed(ShowWrong("larks"))

        [entry] = listed.entries
        assert [button.act for button in entry.buttons] == [TakeUp(exchange.id), Settle(exchange.id)]
        assert "The answer (no): I said." in entry.lines
        assert any("[larks/accounts/tone], [larks/gone/away], which is no longer held" in line for line in entry.lines)
        assert "Ridley" not in str((entry.heading, entry.lines))
        assert entry.heading.startswith(f"#{exchange.id} · ")  # by which it can be named

    @pytest.mark.parametrize("ending", [Reason.GAP, Verdict.NO])
    def test_staff_see_no_word_of_a_post_that_its_asker_has_not_sent(self, room: Room, ending: str) -> None:
        post = "By far the finest KITE of all"
        exchange = room.asked(f"May we share this?\n> {post}", ending, post=post, told=f"No. “{post}”: it boasts.")
        room.rated(exchange)

        seen = [*room.act(ShowGaps()), *room.act(ShowWrong()), *room.act(TakeUp(exchange.id))]

        assert "May we share this?" in repr(seen)
        assert "it boasts" in repr(seen)
        assert "KITE" not in repr(seen)

    def test_an_option_or_a_role_is_listed_under_the_question_that_it_belongs_to(self, room: Room) -> None:
        called_wrong = room.asked("1", Verdict.NO, question="May we host a tombola?")
        room.rated(called_wrong)
        room.asked("member", question=PARTS)

        assert room.listed(ShowWrong()).entries[0].heading.endswith("May we host a tombola?")
        assert [gap.question for gap in room.gaps()] == [PARTS]

    @pytest.mark.parametrize(
        "act", [ShowGaps("larks"), ShowGaps(), ShowWrong("larks"), TakeUp("1"), Settle("1"), TakeUp("9")]
    )
    @pytest.mark.parametrize("who", [SAM, NOBODY])
    def test_whoever_is_not_staff_is_refused_and_nothing_is_done(self, room: Room, act: Act, who: Person) -> None:
        room.rated(room.asked(PARTS))

        assert room.act(act, who) == [Told("slack:C1:", wording_of_desk.REFUSED)]
        with room.store.work() as work:
            assert len(work.ratings.wrong("larks", 9)) == 1
            assert work.tickets.waiting() == ()

    @pytest.mark.parametrize("kind", [TakeUp, Settle])
    def test_staff_of_one_society_do_nothing_at_another(self, room: Room, kind: type[TakeUp] | type[Settle]) -> None:
        exchange = room.asked(PARTS, society="oars")
        room.rated(exchange)

        assert room.act(kind(exchange.id)) == [Told("slack:C1:", wording_of_desk.REFUSED)]


class TestTakenUp:
    def test_an_answer_called_wrong_becomes_a_query_and_its_asker_is_told(self, room: Room) -> None:
        room.asked("Something quite private, said before")
        exchange = room.asked(
            "May Sam Ridley post from backstage?", Verdict.NO, clauses=("larks/concerts/photographs",)
        )
        room.rated(exchange, "Sam Ridley asked the conductor.")

        replies = room.act(TakeUp(exchange.id), where="slack:S1:")

        with room.store.work() as work:
            [ticket] = work.tickets.waiting()
            assert work.ratings.wrong("larks", 9) == ()
        assert (ticket.key, ticket.asker, ticket.named) == (f"exchange:{exchange.id}", SAM, False)
        assert ticket.to == ("Choir Secretary",)
        assert ticket.dossier.added == "[name] asked the conductor."
        assert "Ridley" not in str(ticket.dossier)
        assert "private" not in str(ticket.dossier)
        assert [(type(reply), reply.conversation) for reply in replies] == [
            (Card, "slack:S1:"),
            (Card, "slack:C1:"),
            (Told, exchange.conversation),
            (Mail, "email:larks:"),
        ]
        [told] = [reply for reply in replies if isinstance(reply, Told)]
        assert "Q1" in told.text
        assert told.ticket == ticket.id
        assert told.about == What.TAKEN_UP

    def test_neither_a_part_of_its_askers_name_nor_anybody_else_stands_in_it(self, room: Room) -> None:
        exchange = room.asked("May Ridley and Dr Zorn post for Fenwick?", Verdict.NO, told="No, Ridley may not.")
        room.rated(exchange, "Ridley wrote to z@zorn.example, and Fenwick agrees.")

        replies = room.act(TakeUp(exchange.id))

        with room.store.work() as work:
            [ticket] = work.tickets.waiting()
        assert ticket.dossier.question == "May [name] and [name] post for [name]?"
        assert ticket.dossier.added == "[name] wrote to [address], and [name] agrees."
        assert [part.text for part in ticket.dossier.parts] == [ticket.dossier.question, "No, [name] may not."]
        assert not any(name in str(replies) for name in ("Ridley", "Zorn", "Fenwick", "z@"))

    def test_who_made_a_query_stands_in_its_history_and_its_asker_has_sent_none(self, room: Room) -> None:
        exchange = room.asked(PARTS)
        room.rated(exchange)
        room.act(TakeUp(exchange.id))

        with room.store.work() as work:
            [move] = work.tickets.history("1")
            assert (move.who, move.what) == (ROBIN, What.TAKEN_UP)
            assert work.tickets.opened(SAM.account, room.now - timedelta(days=1)) == 0

    def test_a_second_press_makes_no_second_query(self, room: Room) -> None:
        exchange = room.asked(PARTS)
        room.rated(exchange)
        room.act(TakeUp(exchange.id))

        told, card = room.act(TakeUp(exchange.id))

        assert isinstance(told, Told)
        assert isinstance(card, Card)
        assert told.text == "There is a query of it already: Q1."
        with room.store.work() as work:
            assert len(work.tickets.waiting()) == 1

    def test_where_its_asker_sent_it_on_themselves_that_query_is_shown(self, room: Room) -> None:
        exchange = room.asked(PARTS, Verdict.NO)
        ticket = room.sent(exchange)
        room.rated(exchange)

        told, card = room.act(TakeUp(exchange.id))

        assert isinstance(told, Told)
        assert isinstance(card, Card)
        assert told.ticket == card.ticket == ticket.id
        assert room.act(ShowWrong()) == [Told("slack:C1:", wording_of_gaps.NO_WRONG)]

    def test_an_open_question_becomes_a_query_that_has_no_asker(self, room: Room) -> None:
        exchange = room.asked("May Sam Ridley buy a boat?")

        replies = room.act(TakeUp(exchange.id))

        with room.store.work() as work:
            [ticket] = work.tickets.waiting()
        assert (ticket.asker, ticket.conversation, ticket.dossier.question) == (NOBODY, "", "May [name] buy a boat?")
        assert all(reply.conversation != exchange.conversation for reply in replies)
        [gap] = room.gaps()
        assert gap.tickets == (ticket.id,)

    def test_a_query_of_an_option_that_was_taken_asks_the_question_that_it_belongs_to(self, room: Room) -> None:
        room.act(TakeUp(room.asked("1", question=PARTS).id))

        with room.store.work() as work:
            [ticket] = work.tickets.waiting()
        assert ticket.dossier.question == PARTS

    def test_its_asker_can_still_send_it_on(self, room: Room) -> None:
        exchange = room.asked(PARTS)
        room.act(TakeUp(exchange.id))

        assert room.sent(exchange).asker == SAM
        assert [gap.tickets for gap in room.gaps()] == [("2", "1")]

    @pytest.mark.parametrize("ending", [Verdict.YES, Reason.SMALL_TALK])
    def test_what_nobody_called_wrong_and_was_answered_is_left_alone(self, room: Room, ending: str) -> None:
        exchange = room.asked(PARTS, ending)

        assert room.act(TakeUp(exchange.id)) == [Told("slack:C1:", wording_of_gaps.NOT_THERE)]

    @pytest.mark.parametrize("act", [TakeUp("99"), Settle("99"), TakeUp("'; --")])
    def test_what_is_no_longer_kept_is_said_to_be_so(self, room: Room, act: Act) -> None:
        assert room.act(act) == [Told("slack:C1:", wording_of_gaps.NOT_THERE)]


class TestSettled:
    def test_it_leaves_the_list_and_a_second_is_told_so(self, room: Room) -> None:
        exchange = room.asked(PARTS, Verdict.NO)
        room.rated(exchange)

        assert room.act(Settle(exchange.id)) == [Told("slack:C1:", wording_of_gaps.SETTLED)]
        assert room.act(Settle(exchange.id)) == [Told("slack:C1:", wording_of_gaps.SETTLED_BEFORE)]
        assert room.act(ShowWrong()) == [Told("slack:C1:", wording_of_gaps.NO_WRONG)]
