"""Messages and acts come back from JSON as what they were."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.storage.carried import act_from_json, act_to_json, as_text, message_from_json, message_to_json
from bot.acts import Act, AnswerQuery, RulingDraft, Say, Send, ShowQueue, ShowTicket, Withdraw
from bot.messages import Message
from bot.people import Person
from bot.tickets import State
from knowledge.clauses import Party, Verdict

_ACTS = st.one_of(*(st.from_type(kind) for kind in get_args(Act)))


@given(_ACTS)
def test_every_act_comes_back_as_what_it_was(act: Act) -> None:
    carried = json.loads(json.dumps(act_to_json(act)))

    assert act_from_json(carried) == act


@given(
    st.builds(Message, st.text(), st.text(), person=st.builds(Person, st.text(), st.text()), act=st.none() | _ACTS),
)
def test_every_message_comes_back_as_what_it_was(message: Message) -> None:
    assert message_from_json(json.loads(as_text(message_to_json(message)))) == message


def test_acts_with_the_same_fields_stay_apart() -> None:
    assert act_from_json(act_to_json(Withdraw("12"))) == Withdraw("12")
    assert act_from_json(act_to_json(ShowTicket("12"))) == ShowTicket("12")


def test_what_an_act_holds_keeps_its_kinds() -> None:
    ruling = RulingDraft("May choirs share?", Verdict.NO, ("larks/sharing/tickets",), "No.")
    message = Message("t:1", "", "larks", Party.STAFF, act=AnswerQuery("1", 2, "No.", ruling))
    came = message_from_json(message_to_json(message))

    assert came == message
    assert isinstance(came.role, Party)
    assert act_from_json(act_to_json(ShowQueue(states=(State.OPEN,)))) == ShowQueue(states=(State.OPEN,))


@pytest.mark.parametrize(
    "hostile",
    [{}, {"act": "Fly"}, {"act": "Claim"}, {"act": "Claim", "ticket": "1", "version": "x"}, {"act": ["Claim"]}],
)
def test_what_is_no_act_is_refused(hostile: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        act_from_json(hostile)


def test_halves_of_characters_do_not_reach_the_database() -> None:
    sent = Message("t:1", "caf\ud800e", act=Send("1", True, ("line:\udc00",), "\ud83d"))
    came = message_from_json(json.loads(as_text(message_to_json(sent))))

    assert came == Message("t:1", "caf?e", act=Send("1", True, ("line:?",), "?"))


def test_words_that_were_said_by_a_button_stay_words() -> None:
    assert act_from_json(act_to_json(Say('{"act": "Claim"}'))) == Say('{"act": "Claim"}')
