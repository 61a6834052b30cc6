"""What somebody sees first, and the welcome to who has just come."""

import re
import shutil
from pathlib import Path

import pytest

from adapters.alone import Alone
from adapters.console import render
from bot import wording_of_home as wording
from bot.acts import (
    Act,
    Escalate,
    Greet,
    Rate,
    Say,
    Send,
    ShowGaps,
    ShowHome,
    ShowOnboarding,
    ShowRegister,
    ShowRulings,
    ShowStaff,
    ShowTicket,
    ShowWrong,
    TakeOver,
)
from bot.enrolments import Enrolment, EnrolmentState
from bot.messages import Message
from bot.office import Limits, Office, Offices
from bot.people import NOBODY, Person, StaffMember, Standing
from bot.replies import Answered, Asked, Guided, Listed, Overview, Previewed, Reply, Told
from bot.telling import buttons_of, cited_in, follow_up_of, in_full, in_plain_text
from bot.wording_of_queries import NO_QUERIES, YOUR_QUERIES
from knowledge import policy_files
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.index import build
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.vectors import VectorCache
from tests.conftest import KEPT, SAMPLE, assistant_of, nothing_told

ANN, BEN = Person("slack:U1", "Ann Asker"), Person("slack:U2", "Ben Other")
HERE, HOME = "slack:D1:1", "slack:U1:home"
OFFICES = Offices(
    {
        "larks": Office("larks", "the choir office", limits=Limits(messages_a_minute=6)),
        "oars": Office("oars", "the boathouse"),
    }
)


class Visitor:
    """Somebody, and what the bot says to them."""

    def __init__(self, bot: Alone, who: Person = ANN, society: str | None = "larks") -> None:
        self.bot, self._who, self._society = bot, who, society

    def says(self, text: str, conversation: str = HERE) -> list[Reply]:
        return self.bot.handle(Message(conversation, text, self._society, None, self._who))

    def does(self, act: Act, conversation: str = HERE) -> list[Reply]:
        return self.bot.handle(Message(conversation, "", self._society, None, self._who, act))

    def home(self, conversation: str = HOME) -> Overview:
        (shown,) = self.does(ShowHome(), conversation)
        assert isinstance(shown, Overview)
        return shown

    def escalates(self) -> None:
        (answered,) = self.says("May I bring a friend to an open rehearsal?")
        escalate = next(one.act for one in buttons_of(answered) if isinstance(one.act, Escalate))
        self.does(Send(escalate.exchange, True))


@pytest.fixture
def bot(sample_library: Library, sample_guides: Guides) -> Alone:
    return assistant_of(sample_library, sample_guides, offices=OFFICES)


@pytest.fixture
def ann(bot: Alone) -> Visitor:
    return Visitor(bot)


def employ(bot: Alone, society: str = "larks", who: Person = ANN) -> None:
    with bot.store.work() as work:
        work.staff.add(StaffMember(who, society, "Librarian"))


def test_it_says_in_two_sentences_what_it_does_and_that_nothing_goes_unasked(ann: Visitor) -> None:
    opening = ann.home().opening

    assert len(re.findall(r"\.(?:\s|$)", opening)) == 2
    assert "the Larks' rules" in opening
    assert "No query goes to the choir office until you have seen it and said so;" in opening
    assert "they see what I could not answer" in opening


def test_what_is_suggested_can_be_pressed_and_is_answered(ann: Visitor) -> None:
    suggestions = ann.home().suggestions

    assert 1 < len(suggestions) <= 4
    for button in suggestions:
        assert button.name == "suggest"
        assert isinstance(button.act, Say)
        assert button.act.text == button.label
        assert isinstance(ann.does(button.act)[0], Answered | Guided)


def test_who_takes_over_an_account_is_led_to_an_answer(library: Library) -> None:
    ann = Visitor(assistant_of(library), society="ipem")
    shown = ann.home().onboarding
    (button,) = shown.buttons
    (answered,) = ann.does(button.act)

    assert shown.heading == "Taking over an account?"
    assert isinstance(answered, Answered)
    assert "ipem/principles/status" in [citation.clause for citation in answered.answer.citations]


@pytest.fixture
def sees_checklists(sample_library: Library, sample_guides: Guides, sample_checklists: Checklists) -> Visitor:
    """Somebody whose society takes whoever takes over an account through a checklist."""
    return Visitor(assistant_of(sample_library, sample_guides, offices=OFFICES, checklists=sample_checklists))


def test_who_takes_over_an_account_begins_with_the_checklist_where_one_is_held(sees_checklists: Visitor) -> None:
    (button,) = sees_checklists.home().onboarding.buttons

    assert (button.name, button.act) == ("onboarding", TakeOver())
    assert sees_checklists.does(button.act)


def test_a_society_without_a_checklist_begins_with_a_question(sees_checklists: Visitor) -> None:
    rower = Visitor(sees_checklists.bot, society="oars")

    (button,) = rower.home().onboarding.buttons
    assert isinstance(button.act, Say)


def test_who_has_begun_can_go_on(sees_checklists: Visitor) -> None:
    with sees_checklists.bot.store.work() as work:
        work.enrolments.add(
            Enrolment("", "larks", "1", ANN, BEN, EnrolmentState.UNDER_WAY, work.now, work.now, "slack:U1:")
        )

    shown = sees_checklists.home().onboarding

    assert [button.act for button in shown.buttons] == [ShowOnboarding(), TakeOver()]
    assert Visitor(sees_checklists.bot, BEN).home().onboarding.lines == (wording.STEP_BY_STEP,)


def test_help_says_how_to_take_over_an_account_where_a_checklist_is_held(sees_checklists: Visitor) -> None:
    (told,) = sees_checklists.says("help")
    (of_oars,) = Visitor(sees_checklists.bot, society="oars").says("help")

    assert "I have taken over @OUR_GROUP" in in_plain_text(told)
    assert "taken over" not in in_plain_text(of_oars)


def test_who_has_sent_nothing_is_told_so(ann: Visitor) -> None:
    queries = ann.home().queries

    assert (queries.heading, queries.entries, queries.remarks) == (YOUR_QUERIES, (), NO_QUERIES)


def test_it_shows_what_became_of_ones_own_queries_and_of_nobody_elses(ann: Visitor) -> None:
    Visitor(ann.bot, BEN).escalates()
    ann.escalates()

    (entry,) = ann.home().queries.entries
    assert entry.heading.startswith("Q2")
    assert [button.name for button in entry.buttons] == ["add", "withdraw"]


def test_who_is_not_staff_sees_no_desk(ann: Visitor) -> None:
    employ(ann.bot, "oars")
    employ(ann.bot, "larks", BEN)

    assert ann.home().desk is None


def test_staff_see_what_waits_and_where_the_rest_is(ann: Visitor) -> None:
    Visitor(ann.bot, BEN).escalates()
    employ(ann.bot)

    desk = ann.home().desk

    assert desk is not None
    assert desk.heading == "At the desk of the choir office: 1 query (open or claimed), oldest first"
    assert desk.entries[0].buttons[0].act == ShowTicket("1")
    assert [button.act for button in desk.buttons] == [
        ShowRulings("larks"),
        ShowGaps("larks"),
        ShowWrong("larks"),
        ShowRegister("larks"),
        ShowStaff("larks"),
    ]
    assert all(isinstance(ann.does(button.act)[0], Listed | Told) for button in desk.buttons)


def test_where_it_is_not_known_whose_policy_is_meant_that_is_asked_first(bot: Alone) -> None:
    ann = Visitor(bot, society=None)
    employ(bot, "oars")
    shown = ann.home(HERE)

    assert [button.act for button in shown.suggestions] == [Say("larks"), Say("oars")]
    assert wording.WHOSE_POLICY in shown.opening
    assert shown.desk is not None
    assert shown.desk.heading == "At the desk of the boathouse"
    ann.does(shown.suggestions[0].act)
    assert "the Larks' rules" in ann.home(HERE).opening


def test_the_only_society_need_not_be_named(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "oars.md", tmp_path)
    index = build(policy_files.load([tmp_path]), None, VectorCache(KEPT, "none"), nothing_told)

    shown = Visitor(assistant_of(Library(index, None)), society=None).home()

    assert shown.opening.startswith("Ask me what you may post")
    assert wording.WHOSE_POLICY not in shown.opening


def test_it_is_shown_to_somebody_who_is_not_known(bot: Alone) -> None:
    shown = Visitor(bot, NOBODY).home("console:1")

    assert shown.queries.entries == ()
    assert shown.desk is None


@pytest.mark.parametrize("text", ["home", "Home", "home.", " show me home ", "go home", "Home page"])
def test_the_word_alone_shows_it(ann: Visitor, text: str) -> None:
    (shown,) = ann.says(text)

    assert isinstance(shown, Overview)
    assert shown.conversation == HERE


@pytest.mark.parametrize("text", ["May I post from home?", "home recording", "home?", "I sing at home."])
def test_a_question_that_speaks_of_a_home_is_one_like_any_other(ann: Visitor, text: str) -> None:
    assert not any(isinstance(one, Overview) for one in ann.says(text))


def test_in_a_flow_the_word_may_name_an_option(ann: Visitor) -> None:
    ann.says("Record a rehearsal")
    (asked,) = ann.says("Yes, the conductor has")
    follow_up = follow_up_of(asked)
    assert follow_up is not None
    assert any("home" in option.casefold() for option in follow_up.options)

    assert not any(isinstance(one, Overview) for one in ann.says("home"))


def test_asking_for_it_in_words_counts_as_a_message_and_opening_it_does_not(ann: Visitor) -> None:
    for _ in range(10):
        ann.home()
    shown = [ann.says("home")[0] for _ in range(7)]

    assert [isinstance(one, Overview) for one in shown] == [True] * 6 + [False]


def test_it_goes_on_with_what_was_said_before_in_the_conversation(ann: Visitor) -> None:
    (asked,) = ann.says("can I record the rehearsal")
    ann.says("home")
    after = ann.says("1")[0]

    assert follow_up_of(asked)
    assert not isinstance(after, Overview | Asked)


def test_a_suggestion_that_names_a_hidden_person_is_left_out(sample_library: Library) -> None:
    plain = Visitor(assistant_of(sample_library, offices=OFFICES)).home().suggestions
    hidden = " ".join(plain[0].label.split()[:2])
    offices = Offices({"larks": Office("larks", "the choir office", hide_names=(hidden,))})

    shown = Visitor(assistant_of(sample_library, offices=offices)).home().suggestions

    assert plain[0] not in shown
    assert all(hidden not in button.label for button in shown)


class TestWelcome:
    def test_it_says_what_to_ask_and_how_the_office_is_reached(self, ann: Visitor) -> None:
        (told,) = ann.does(Greet())

        assert isinstance(told, Told)
        assert told.conversation == HERE
        assert "the Larks' rules" in told.text
        assert "“Ask the choir office”" in told.text
        assert [button.name for button in told.buttons] == ["suggest"] * len(told.buttons)
        assert 1 < len(told.buttons) <= 4

    def test_it_is_said_once_to_each_person(self, ann: Visitor) -> None:
        ann.does(Greet())

        assert ann.does(Greet(), "slack:D1:2") == []
        assert Visitor(ann.bot, society="oars").does(Greet()) == []
        assert len(Visitor(ann.bot, BEN).does(Greet())) == 1

    def test_who_is_not_known_is_not_welcomed_again_and_again(self, bot: Alone) -> None:
        assert Visitor(bot, NOBODY).does(Greet()) == []

    def test_where_it_is_not_known_whose_policy_is_meant_the_societies_are_offered(self, bot: Alone) -> None:
        (told,) = Visitor(bot, society=None).does(Greet())

        assert isinstance(told, Told)
        assert [button.act for button in told.buttons] == [Say("larks"), Say("oars")]


def sentences(library: Library) -> list[str]:
    """All that is said here."""
    said = [wording.opening_of_several(), wording.welcome_of_several()]
    for policy in library.policies:
        office = Office(policy.society, policy.office)
        said += [wording.opening(policy, office), wording.welcome(policy, office)]
        said += [wording.not_admitted(standing, office) for standing in (Standing.GUEST, Standing.OUTSIDER)]
    return said


def test_every_sentence_is_fit_to_be_read(sample_library: Library) -> None:
    for said in sentences(sample_library):
        assert re.fullmatch(r"[A-Z].*[.?]", said), said
        assert not re.search(r"\s\s|\.\.|\{|\bNone\b", said), said


def test_it_is_told_in_plain_text_without_its_buttons(ann: Visitor) -> None:
    ann.escalates()
    employ(ann.bot)
    shown = ann.home()
    text = in_plain_text(shown)

    for words in (shown.opening, "Taking over an account?", YOUR_QUERIES, "Q1 · waiting", "At the desk of"):
        assert words in text
    assert shown.suggestions[0].label not in text
    assert in_full(shown) == text
    assert cited_in(shown) == ()


def test_its_buttons_are_told_in_the_order_in_which_they_are_shown(ann: Visitor) -> None:
    ann.escalates()
    employ(ann.bot)
    shown = ann.home()
    names = [button.name for button in buttons_of(shown)]

    first = ["suggest"] * len(shown.suggestions) + ["onboarding"]
    assert names == [*first, "add", "withdraw", "show", "claim", "rulings", "gaps", "wrong", "register", "staff"]
    blocks = render.as_blocks(shown)
    assert [button for block in blocks for button in block.buttons] == list(buttons_of(shown))


def test_a_terminal_shows_it_in_blocks(ann: Visitor) -> None:
    text = render.as_text(ann.home())

    assert text.splitlines()[0].startswith("Ask me what you may post, share or retweet")
    assert "\n\nTaking over an account?\n  Begin with this question:\n\nYour queries\n\nYou have sent no" in text


def test_as_json_it_is_a_reply_like_any_other(ann: Visitor) -> None:
    shape = render.as_json(ann.home(), Message(HERE, "home", "larks", Party.MEMBER), None, 1.0)

    assert (shape["verdict"], shape["unanswered"]) == ("not_covered", "small_talk")
    assert shape["actions"][-1] == "onboarding"


def test_nothing_is_sent_or_rated_by_looking_at_it(ann: Visitor) -> None:
    (answered,) = ann.says("May I bring a friend to an open rehearsal?")
    ann.says("home")
    (shown,) = ann.says("ask the choir office")

    assert any(isinstance(one.act, Rate) for one in buttons_of(answered))
    assert isinstance(shown, Previewed)
    assert "open rehearsal" in shown.parts[0].text
