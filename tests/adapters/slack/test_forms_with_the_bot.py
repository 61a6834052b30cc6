"""Forms filled in from what the bot really says, and what it makes of them."""

import pytest

from adapters.alone import Alone
from adapters.chat.forms import Submitted
from adapters.chat.pressing import Becomes
from adapters.slack.forms import submitted
from adapters.slack.origin import Origin
from adapters.slack.outgoing import View
from adapters.slack.views import modal_of
from bot import acts
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.replies import Card, Reply
from bot.telling import buttons_of
from knowledge.library import Library
from tests.adapters.slack.block_kit import view_problems
from tests.adapters.slack.filling import Given, filled
from tests.adapters.slack.reading import read
from tests.conftest import assistant_of

SOCIETY, DESK = "larks", "slack:CDESK"
ASKER, STAFF = Person("slack:U1", "Robin Asker"), Person("slack:U9", "Sam Desk")
ASKED_IN, PRESSED_IN = "slack:D1:1.2", "slack:CDESK:1.3:U9"
QUESTION = "May we put our newsletter behind a login?"


@pytest.fixture
def bot(sample_library: Library) -> Alone:
    """The bot of a society with one member of staff."""
    offices = Offices({SOCIETY: Office(SOCIETY, "the office", desk=DESK)})
    bot = assistant_of(sample_library, offices=offices)
    with bot.store.work() as work:
        work.staff.add(StaffMember(STAFF, SOCIETY, "Secretary"))
    return bot


def does(bot: Alone, act: acts.Act, who: Person = STAFF, where: str = PRESSED_IN) -> list[Reply]:
    return bot.handle(Message(where, "", SOCIETY, person=who, act=act))


def shown(reply: Reply, form: Becomes | None = None) -> View:
    view = modal_of(reply, Origin(view="k", form=form), reply.conversation).view
    assert view_problems(view) == []
    return view


def submit(bot: Alone, view: View, who: Person = STAFF, /, **given: Given) -> list[Reply]:
    came = submitted(filled(view, **given))
    assert isinstance(came, Submitted), came
    return does(bot, came.act, who, came.conversation)


def query(bot: Alone, **given: Given) -> Card:
    """A query that was asked, and sent by the form; its card at the desk."""
    (told, *_) = bot.handle(Message(ASKED_IN, QUESTION, SOCIETY, person=ASKER))
    exchange = next(one.act.exchange for one in buttons_of(told) if isinstance(one.act, acts.Escalate))
    (preview,) = does(bot, acts.Escalate(exchange), ASKER, ASKED_IN)
    replies = submit(bot, shown(preview, Becomes.SEND), ASKER, **given)
    return next(one for one in replies if isinstance(one, Card))


def test_what_is_not_ticked_never_reaches_the_desk(bot: Alone) -> None:
    card = query(bot, send_as="unnamed", part__told=[], line="It is for the choir.")

    assert "It is for the choir." in read(shown(card))
    assert "What the bot answered" not in read(shown(card))
    assert ASKER.name not in read(shown(card))


def test_an_answer_for_one_case_goes_to_its_asker(bot: Alone) -> None:
    card = query(bot, send_as="named")
    (latest,) = does(bot, acts.ShowTicket(card.ticket))

    told = submit(bot, shown(latest, Becomes.ANSWER), text="Yes, you may.")

    assert any(one.conversation == ASKED_IN and "Yes, you may." in read(shown(one)) for one in told)


def test_a_ruling_is_shown_without_names_and_made_by_confirming_what_was_shown(bot: Alone) -> None:
    card = query(bot, send_as="named")
    (latest,) = does(bot, acts.ShowTicket(card.ticket))
    given: dict[str, Given] = {
        "text": "Yes, you may.",
        "whom": "all",
        "question": "May a group put its newsletter behind a login, as Robin Asker did?",
        "verdict": "yes",
        "clause": "larks/rehearsals/invite",
        "words": "Yes, a newsletter may be for members.",
    }

    (proposed,) = submit(bot, shown(latest, Becomes.ANSWER), **given)
    form = shown(proposed)
    assert form["submit"]["text"] == "Confirm and send"
    assert "Robin Asker did" not in str([block for block in form["blocks"] if block["type"] == "input"])
    told = submit(bot, form)

    assert any(one.conversation == ASKED_IN and "ruling for everybody" in read(shown(one)) for one in told)


def test_a_clause_that_there_is_not_is_named_and_nothing_is_sent(bot: Alone) -> None:
    card = query(bot, send_as="named")
    (latest,) = does(bot, acts.ShowTicket(card.ticket))
    given: dict[str, Given] = {
        "text": "Yes.",
        "whom": "all",
        "question": QUESTION,
        "verdict": "yes",
        "more_clauses": "a/b",
    }

    (told,) = submit(bot, shown(latest, Becomes.ANSWER), **given)

    assert "There is no clause “a/b”" in read(shown(told))
    assert "clear_on_close" not in shown(told)


def test_who_answers_second_finds_their_words_in_the_form_again(bot: Alone) -> None:
    card = query(bot, send_as="named")
    (latest,) = does(bot, acts.ShowTicket(card.ticket))
    form = shown(latest, Becomes.ANSWER)
    does(bot, acts.Claim(card.ticket, card.version))

    (second, *_) = submit(bot, form, text="Yes, you may.")
    told = submit(bot, shown(second))

    assert shown(second)["submit"]["text"] == "Do it all the same"
    assert any(one.conversation == ASKED_IN and "Yes, you may." in read(shown(one)) for one in told)
