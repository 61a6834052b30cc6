"""A draft that comes by itself, from a form, with the account that it will go out from."""

import pytest

from adapters.alone import Alone
from bot.acts import CheckDraft, Escalate
from bot.exchanges import Ending
from bot.messages import Message
from bot.office import Limits, Office, Offices
from bot.people import Person
from bot.replies import Asked, Button, Checked, Concluded, Guided, Previewed, Reply, Told
from bot.telling import buttons_of, in_full
from bot.wording_of_posts import PASTE_DRAFT
from knowledge.library import Library
from knowledge.questions import Account
from tests.conftest import assistant_of
from tests.knowledge.flows.sharing_choir import WordReader, choir_guides

ANN = Person("slack:U1", "Ann Asker")
HERE = "slack:U1:form"
OF_GROUP = "A group's account that carries the society's name"
DRAFT = "We are the finest choir in town."


class Writer:
    """Somebody with drafts."""

    def __init__(self, library: Library, society: str | None = "larks", limits: Limits | None = None) -> None:
        office = Office("larks", "the choir office", limits=limits or Limits())
        offices = Offices({"larks": office})
        self.bot: Alone = assistant_of(library, choir_guides(library), reader=WordReader(), offices=offices)
        self._society = society

    def checks(self, draft: str, account: Account = Account.AFFILIATED) -> list[Reply]:
        return self.bot.handle(Message(HERE, "", self._society, None, ANN, CheckDraft(draft, account)))

    def says(self, text: str) -> list[Reply]:
        return self.bot.handle(Message(HERE, text, self._society, None, ANN))

    def presses(self, button: Button) -> list[Reply]:
        return self.bot.handle(Message(HERE, "", self._society, None, ANN, button.act))


@pytest.fixture
def ann(sample_library: Library) -> Writer:
    return Writer(sample_library)


def checked(replies: list[Reply]) -> Checked:
    (reply,) = replies
    assert isinstance(reply, Checked)
    return reply


def test_it_is_checked_at_once_for_the_account_that_was_said(ann: Writer) -> None:
    found = checked(ann.checks(DRAFT))

    assert (found.draft.text, found.draft.account) == (DRAFT, Account.AFFILIATED)
    assert [one.finding.span for one in found.findings] == ["finest"]


def test_it_comes_to_the_same_as_if_it_had_been_typed(sample_library: Library) -> None:
    typed, sent = Writer(sample_library), Writer(sample_library)
    typed.says(f"check: {DRAFT}")
    by_words = typed.says(OF_GROUP)
    by_act = sent.checks(DRAFT)

    assert isinstance(by_words[0], Checked)
    assert in_full(by_act[0]) == in_full(by_words[0])
    assert [one.name for one in buttons_of(by_act[0])] == [one.name for one in buttons_of(by_words[0])]


def test_it_is_kept_like_any_other_exchange(ann: Writer) -> None:
    ann.checks(DRAFT)

    with ann.bot.store.work() as work:
        kept, turn = work.exchanges.get("1"), work.conversations.last(HERE, ANN.account)
    assert kept is not None
    assert turn is not None
    assert (kept.asked, kept.post, kept.ending) == (f"check: {DRAFT}", DRAFT, Ending.CHECKED)
    assert turn.exchange == "1"


def test_what_was_found_can_be_sent_on(ann: Writer) -> None:
    found = checked(ann.checks(DRAFT))
    (ask,) = (one for one in buttons_of(found) if isinstance(one.act, Escalate))
    (shown,) = ann.presses(ask)

    assert isinstance(shown, Previewed)
    assert any(DRAFT in part.text for part in shown.parts)


def test_one_draft_takes_the_place_of_another(ann: Writer) -> None:
    ann.says("check: Come to the petition")
    found = checked(ann.checks(DRAFT, Account.PERSONAL))

    assert (found.draft.text, found.draft.account) == (DRAFT, Account.PERSONAL)


@pytest.mark.parametrize("draft", ["stop", "1", "help", "check: me", "no", "home", "I am a trainee", "larks"])
def test_a_draft_is_a_draft_whatever_it_says(ann: Writer, draft: str) -> None:
    assert checked(ann.checks(draft)).draft.text == draft


@pytest.mark.parametrize("draft", ["", "  \n ", "\u200b"])
def test_where_there_is_none_it_is_asked_for_and_then_checked(ann: Writer, draft: str) -> None:
    (told,) = ann.checks(draft)
    found = checked(ann.says(DRAFT))

    assert isinstance(told, Told)
    assert told.text == PASTE_DRAFT
    assert found.draft.account is Account.AFFILIATED


def test_a_flow_goes_on_after_it(ann: Writer) -> None:
    (begun,) = ann.says("can i share this")
    replies = ann.checks("We sang on Sunday.")

    assert isinstance(begun, Guided)
    assert isinstance(replies[0], Checked)
    assert not any(isinstance(one, Concluded) for one in replies)
    assert any(isinstance(one, Guided) for one in ann.says("go on"))


def test_whose_policy_is_meant_is_asked_where_nothing_tells_it(sample_library: Library) -> None:
    ann = Writer(sample_library, society=None)
    (asked,) = ann.checks(DRAFT)
    after = ann.says("larks")

    assert isinstance(asked, Asked)
    assert asked.follow_up.options == ("larks", "oars")
    assert isinstance(after[-1], Asked)  # the account; the draft was kept
    assert checked(ann.says(OF_GROUP)).draft.text == DRAFT


def test_a_draft_of_somebody_who_asks_too_much_is_given_back(sample_library: Library) -> None:
    ann = Writer(sample_library, limits=Limits(messages_a_minute=1))
    ann.checks("We sang on Sunday.")
    (told,) = ann.checks(DRAFT)

    assert isinstance(told, Told)
    assert told.text.startswith("1 message in a minute")
    assert told.words == DRAFT


def test_where_it_breaks_it_can_be_tried_again(ann: Writer) -> None:
    act = CheckDraft(DRAFT, Account.OFFICIAL)
    with ann.bot.store.work() as work:
        (told,) = ann.bot.assistant.failed(Message(HERE, "", "larks", None, ANN, act), work, "1a2b")

    assert isinstance(told, Told)
    assert [button.act for button in told.buttons] == [act]
