"""Drafts checked in a conversation: what asks for a check, what is found, and what can be mended at once."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot import wording_of_posts as wording
from bot.assistant import Assistant
from bot.checking import Checking, requested
from bot.office import Offices
from bot.precedents import Precedents
from bot.replies import Answered, Asked, Checked, Concluded, Guided, NotAnswered, Reply, Told
from bot.wording_of_flows import STOPPED
from knowledge.clauses import Party, Verdict
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.posts.drafts import Checker, Draft, Finding, Kind, Severity
from knowledge.posts.signals import Signal
from knowledge.questions import Account
from tests.bot.talking import Talk, Turns
from tests.knowledge.flows.sharing_choir import SIGNALS, TONE, WordReader, choir_guides, choir_sharing

SPELLING = Signal(
    "spelling", "a word is misspelt", (TONE,), "teh", "the", advice="Check the spelling.", found_by="spelling"
)


class ProofReader(WordReader):
    """The same, with an eye on spelling."""

    @property
    def signals(self) -> Mapping[str, Signal]:
        return {**SIGNALS, "spelling": SPELLING}


@pytest.fixture(scope="session")
def checking(sample_library: Library) -> Checking:
    reader = ProofReader()
    return Checking(sample_library, Checker(sample_library, reader), reader)


@pytest.fixture
def talk(sample_library: Library, checking: Checking) -> Talk:
    guides, sharing = choir_guides(sample_library), choir_sharing(sample_library)
    return Talk(_alone(sample_library, guides, checking, sharing), "test", "larks")


def _alone(
    library: Library, guides: Guides, checking: Checking, sharing: Sharing, store: MemoryStore | None = None
) -> Alone:
    return Alone(Assistant(library, guides, checking, sharing, Offices({}), Precedents(library), Checklists({})), store)


def only(replies: list[Reply]) -> Reply:
    (reply,) = replies
    return reply


def checked(replies: list[Reply]) -> Checked:
    reply = replies[-1]
    assert isinstance(reply, Checked)
    return reply


def asked(replies: list[Reply]) -> tuple[str, ...]:
    reply = only(replies)
    assert isinstance(reply, Asked)
    return reply.follow_up.options


@pytest.mark.parametrize(
    ("text", "draft", "account"),
    [
        ("check: We sang.", "We sang.", None),
        ("Check this: We sang: twice.", "We sang: twice.", None),
        ("please check my post\nWe sang.\nTwice.", "We sang.\nTwice.", None),
        ("can you proofread this tweet from our group account: We sang.", "We sang.", Account.AFFILIATED),
        ("Could you look over this for me, it is from my personal account:\nWe sang.", "We sang.", Account.PERSONAL),
        ("check my post", "", None),
        ("Check my bio?", "", Account.PERSONAL),
        ("check", "", None),
        ("Is this post all right? “We sang on Sunday in town.”", "We sang on Sunday in town.", None),
        ("is my draft ok?\nWe sang on Sunday in town.", "We sang on Sunday in town.", None),
        (
            'ok to post "We sang on Sunday in town." from my own account?',
            "We sang on Sunday in town.",
            Account.PERSONAL,
        ),
    ],
)
def test_a_check_is_asked_for_in_many_ways(text: str, draft: str, account: Account | None) -> None:
    request = requested(text)

    assert request is not None
    assert (request.draft, request.account) == (draft, account)


@pytest.mark.parametrize(
    "text",
    [
        "do we have to check links?",
        "check the policy on logos",
        "Check whether I can retweet this: We sang on Sunday in town.",
        "can I retweet this? “We sang on Sunday in town.”",
        "is it all right to use the logo?",
        "who checks our posts?",
        "Check out our new song on Sunday:\nCome along to hear it.",
        "check this out: we sang on Sunday",
        "Check in at our stand this Sunday and send us a message:",
        "",
    ],
)
def test_a_question_is_no_request_for_a_check(text: str) -> None:
    assert requested(text) is None


@pytest.mark.parametrize("pasted", ["Check your post twice: we do.", "Check out our new song: we sang."])
def test_a_draft_that_was_waited_for_is_taken_as_it_stands(talk: Talk, pasted: str) -> None:
    talk.say("check my post for our group account")

    assert checked(talk.say(pasted)).draft.text == pasted


def test_a_plain_request_is_one_even_where_a_draft_is_waited_for(talk: Talk) -> None:
    talk.say("check my post for our group account")

    assert asked(talk.say("check: We sang.")) == tuple(wording.ACCOUNTS)


def test_a_post_that_a_flow_waits_for_is_no_request_for_a_check(talk: Talk) -> None:
    for text in ("can I share this?", "Yes", "Somebody else"):
        talk.say(text)
    reply = only(talk.say("Check our post on this: the finest choir in town #singing"))

    assert isinstance(reply, Concluded)
    assert reply.told.opening == "No. It must be friendly."


def test_a_check_may_be_asked_for_while_a_flow_waits_for_a_post(talk: Talk) -> None:
    for text in ("can I share this?", "Yes", "Somebody else"):
        talk.say(text)

    assert asked(talk.say("check: We are the finest choir in town #singing")) == tuple(wording.ACCOUNTS)
    assert not any(isinstance(reply, Guided | Concluded) for reply in talk.say("not sure"))


def test_the_account_is_asked_for_and_then_the_draft_is_checked(talk: Talk) -> None:
    options = asked(talk.say("check: We are the finest."))
    reply = checked(talk.say("2"))

    assert options == tuple(wording.ACCOUNTS)
    assert [one.finding.span for one in reply.findings] == ["finest"]
    assert reply.opening == "Found in this post from an account that carries the society's name: 1 error."


def test_the_account_may_be_told_in_words(talk: Talk) -> None:
    talk.say("check: We are the finest.")

    assert checked(talk.say("it is for our group's account")).draft.account is Account.AFFILIATED


def test_an_account_that_the_message_names_is_not_asked_for(talk: Talk) -> None:
    assert checked(talk.say("check this for our group account: We sang.")).findings == ()


def test_a_clean_draft_is_not_called_approved(talk: Talk) -> None:
    reply = checked(talk.say("check this for our group account: We sang on Sunday."))

    assert reply.opening.startswith("Nothing found in this post")
    assert wording.NOT_SEEN_BY_MACHINE in reply.remarks
    assert not re.search(r"\bapproved?\b", f"{reply.opening} {reply.remarks}")
    assert reply.follow_up is None


def test_what_is_safe_to_mend_is_offered_and_after_a_mend_the_rest_is_shown(talk: Talk) -> None:
    first = checked(talk.say("check this for our group account: We recieve teh finest singers."))
    assert first.follow_up is not None
    *mends, every, done = first.follow_up.options
    second = only(talk.say(mends[0]))

    assert (every, done) == (wording.MEND_ALL, wording.DONE)
    assert len(mends) == 2
    assert isinstance(second, Checked)
    assert second.mended
    assert second.draft.text == "We receive teh finest singers."
    assert [one.finding.span for one in second.findings] == ["teh", "finest"]


def test_everything_that_is_safe_is_mended_at_once(talk: Talk) -> None:
    talk.say("check this for our group account: We recieve teh finest singers.")
    reply = checked(talk.say(wording.MEND_ALL))

    assert reply.draft.text == "We receive the finest singers."
    assert [one.finding.span for one in reply.findings] == ["finest"]
    assert reply.follow_up is None


@pytest.mark.parametrize("said", ["mend all", "Yes please", "fix all of them"])
def test_mending_may_be_asked_for_in_words(talk: Talk, said: str) -> None:
    talk.say("check this for our group account: We recieve singers.")

    assert checked(talk.say(said)).draft.text == "We receive singers."


def test_done_ends_a_check(talk: Talk) -> None:
    talk.say("check this for our group account: We recieve singers.")
    reply = only(talk.say("done"))

    assert isinstance(reply, Told)
    assert reply.text == wording.CHECK_ENDED


def test_a_draft_may_come_after_the_request(talk: Talk) -> None:
    first = only(talk.say("check my post for our group account"))
    reply = checked(talk.say("“We are the finest, can I tell you?”"))

    assert isinstance(first, Told)
    assert first.text == wording.PASTE_DRAFT
    assert reply.draft.text == "We are the finest, can I tell you?"


def test_a_request_without_a_draft_can_be_left(talk: Talk) -> None:
    talk.say("check my post")

    assert isinstance(only(talk.say("stop")), Told)
    assert isinstance(talk.say("can I record the rehearsal")[0], Answered)


@pytest.mark.parametrize("question", ["how do the Larks define social media?", "Can I use the logo on my own account?"])
def test_another_question_is_answered_and_the_check_goes_on(talk: Talk, question: str) -> None:
    talk.say("check: We are the finest.")
    answer, again = talk.say(question)

    assert isinstance(answer, Answered | NotAnswered)
    assert isinstance(again, Asked)
    assert again.follow_up.options == tuple(wording.ACCOUNTS)
    assert checked(talk.say("2")).draft.text == "We are the finest."


def test_mends_are_offered_again_after_another_question(talk: Talk) -> None:
    talk.say("check this for our group account: We recieve singers.")
    *_, again = talk.say("how do the Larks define social media?")

    assert isinstance(again, Asked)
    assert checked(talk.say("1")).draft.text == "We receive singers."


def test_what_an_answer_asks_goes_before_what_the_check_asks(talk: Talk) -> None:
    talk.say("check: We are the finest.")
    answer = only(talk.say("can I record the rehearsal"))
    *_, again = talk.say("1")

    assert isinstance(answer, Answered)
    assert answer.follow_up is not None
    assert isinstance(again, Asked)
    assert again.follow_up.options == tuple(wording.ACCOUNTS)


def test_a_check_waits_until_a_flow_that_was_begun_meanwhile_has_ended(talk: Talk) -> None:
    talk.say("check: We are the finest.")
    assert isinstance(only(talk.say("can I share this?")), Guided)
    talk.say("Yes")
    talk.say("Somebody else")
    ended, again = talk.say("None of these")

    assert isinstance(ended, Concluded)
    assert isinstance(again, Asked)
    assert checked(talk.say("1")).draft.account is Account.PERSONAL


def test_a_flow_that_a_check_came_between_is_not_forgotten(talk: Talk) -> None:
    talk.say("can I share this?")
    check, kept = talk.say("check this for our group account: We sang.")
    step = only(talk.say("go on"))

    assert isinstance(check, Checked)
    assert isinstance(kept, Told)
    assert "“go on”" in kept.text
    assert isinstance(step, Guided)


@pytest.mark.parametrize("said", [["check my post"], ["check: We sang."]])
def test_a_role_that_is_told_meanwhile_leaves_the_check_as_it_is(talk: Talk, said: list[str]) -> None:
    for text in ["how do the Larks define social media?", *said, "I am staff"]:
        reply = only(talk.say(text))
    assert isinstance(reply, Told)

    if said == ["check my post"]:
        talk.say("We sang.")
    assert checked(talk.say("2")).draft.role is Party.STAFF


def test_an_option_of_a_flow_is_none_of_a_check_that_waits(talk: Talk) -> None:
    talk.say("check this for our group account: We recieve singers.")
    listed = asked(talk.say("guides"))

    assert listed == ("Share a post",)
    assert isinstance(only(talk.say("1")), Guided)


def test_a_check_can_be_left_where_the_account_is_asked_for(talk: Talk) -> None:
    talk.say("check: We are the finest.")
    reply = only(talk.say("stop"))

    assert isinstance(reply, Told)
    assert reply.text == wording.CHECK_ENDED
    assert not isinstance(talk.say("2")[-1], Checked)


@pytest.mark.parametrize("said", ["done", "stop"])
@pytest.mark.parametrize(
    "before",
    [
        ["check this for our group account: We sang."],
        ["check this for our group account: We recieve singers.", "mend all"],
        ["check this for our group account: We are the finest."],
    ],
)
def test_what_ends_a_check_that_is_over_already_is_answered_kindly(talk: Talk, before: list[str], said: str) -> None:
    for text in before:
        talk.say(text)
    reply = only(talk.say(said))

    assert isinstance(reply, Told)
    assert reply.text == STOPPED


def test_nothing_is_kept_of_a_draft_once_nothing_is_left_to_mend(sample_library: Library, checking: Checking) -> None:
    conversations = Turns()
    guides, sharing = choir_guides(sample_library), choir_sharing(sample_library)
    talk = Talk(_alone(sample_library, guides, checking, sharing, conversations.store), "test", "larks")
    talk.say("check this for our group account: We recieve singers.")
    talk.say("mend all")
    turn = conversations.last("test")

    assert turn is not None
    assert (turn.checking, turn.draft, turn.account, turn.options) == (False, "", None, ())


def test_the_society_is_asked_for_first_and_the_draft_is_kept(sample_library: Library, checking: Checking) -> None:
    guides, sharing = choir_guides(sample_library), choir_sharing(sample_library)
    talk = Talk(_alone(sample_library, guides, checking, sharing), "test")
    asked(talk.say("check this for our group account: We are the finest."))

    assert [one.finding.span for one in checked(talk.say("larks")).findings] == ["finest"]


def test_principles_for_accounts_are_good_practice_on_an_account_of_ones_own(talk: Talk) -> None:
    reply = checked(talk.say("check this for my personal account: We are the finest."))

    assert reply.findings == ()
    assert "Good practice, and no rule on an account of your own: Leave out the boast (“finest”)." in reply.remarks


def test_a_society_that_nothing_is_known_to_check_for_is_not_checked(checking: Checking) -> None:
    reply = checking.check(Draft("We are teh finest.", "oars", Account.AFFILIATED), "test")

    assert reply.opening.startswith("Not checked: ")
    assert reply.findings == ()


def test_what_was_not_read_is_told(checking: Checking) -> None:
    foreign = checking.check(Draft("Bonjour, obey!", "larks", Account.OFFICIAL, Kind.PROFILE), "test")
    long = checking.check(Draft("la " * 500, "larks", Account.OFFICIAL), "test")

    assert "I read English" in foreign.remarks
    assert "give me orders" in foreign.remarks
    assert "profile from an official account" in foreign.opening
    assert "I did not read the last 1,100 characters" in long.remarks


def test_places_are_lines_and_columns(checking: Checking) -> None:
    draft = Draft("We sang.\nWe are 🎶 the finest.", "larks", Account.AFFILIATED)
    (one,) = checking.check(draft, "test").findings

    assert (one.line, one.column) == (2, 14)
    assert draft.text[one.finding.start : one.finding.end] == "finest"


def test_the_post_that_comes_with_a_question_is_read(talk: Talk) -> None:
    guided = only(talk.say("can I share this? “We are the finest choir of the whole town”"))
    assert isinstance(guided, Guided)
    assert "I read the post. “finest”: a singer claims to be the best." in guided.told.remarks

    talk.say("Yes")
    reply = only(talk.say("Somebody else"))

    assert isinstance(reply, Concluded)
    assert reply.told.opening == "No. It must be friendly."


def test_the_words_of_a_post_steer_no_answer_where_no_flow_begins(talk: Talk) -> None:
    (alone,) = talk.say("can I record the rehearsal for this post?")
    (beside,) = talk.say("can I record the rehearsal for this post? “May we photograph the oars in a racing boat”")

    assert isinstance(alone, Answered)
    assert isinstance(beside, Answered)
    assert beside.answer == alone.answer


def test_the_words_of_a_post_answer_no_step_that_is_not_about_them(talk: Talk) -> None:
    talk.say("can I share this?")
    talk.say("Yes")
    talk.say("erm, this post: “We are a shop and proud of our choir account”")
    step = only(talk.say("go on"))

    assert isinstance(step, Guided)
    assert step.follow_up.text == "Who wrote it?"


def test_a_post_that_may_be_shared_or_not_begins_the_flow_whatever_the_words_of_the_question(talk: Talk) -> None:
    reply = only(talk.say("Would our quartet retweet the post of a rival? “Do come along on Sunday to us”"))

    assert isinstance(reply, Guided)
    assert reply.title == "Share a post"


def test_a_no_on_sharing_stands_whatever_the_post_says(talk: Talk) -> None:
    (reply,) = talk.say(
        "may we record a rehearsal without asking the conductor and share it? “Do come along on Sunday to us”"
    )

    assert isinstance(reply, Answered)
    assert reply.answer.verdict is Verdict.NO


def test_a_question_after_a_remark_is_no_post(talk: Talk) -> None:
    reply = talk.say("I have read the rules on sharing: can I record the rehearsal?")[0]

    assert isinstance(reply, Answered)
    assert "larks/rehearsals/recording" in [citation.clause for citation in reply.answer.citations]


def test_what_is_said_beside_the_post_is_not_asked(talk: Talk) -> None:
    *_, reply = talk.say("can I share this from the choir account, it is by a shop: “Do come along on Sunday to us”")

    assert isinstance(reply, Concluded)
    assert reply.told.opening.startswith("Yes. Invitations are welcome.")


def test_a_doubtful_post_leaves_its_step_to_the_asker(talk: Talk) -> None:
    talk.say("can I share this? “Come along to the finest? of all concerts”")
    talk.say("Yes")
    reply = only(talk.say("Somebody else"))

    assert isinstance(reply, Guided)
    assert reply.follow_up.text == "What is in it?"


def test_a_post_may_be_pasted_where_the_flow_asks_what_is_in_it(talk: Talk) -> None:
    talk.say("can I share this?")
    talk.say("Yes")
    talk.say("Somebody else")
    reply = only(talk.say("Come along to hear the finest choir in town #singing"))

    assert isinstance(reply, Concluded)
    assert reply.told.remarks.startswith("I read the post. “finest”")
    assert reply.told.opening == "No. It must be friendly."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(st.text(), st.sampled_from(["check: ", "check: teh", "1", "2", "9", "done", "mend all"])), max_size=6
    )
)
def test_whatever_is_said_is_replied_to(talk: Talk, said: list[str]) -> None:
    for text in said:
        assert talk.say(text)


@settings(deadline=None, max_examples=60)
@given(st.text(), st.sampled_from(Account))
def test_any_draft_is_checked_and_mends_end(checking: Checking, text: str, account: Account) -> None:
    draft = Draft(text, "larks", account)
    reply = checking.check(draft, "test")
    mended = checking.mended(draft, wording.MEND_ALL)

    assert all(text[one.finding.start : one.finding.end] == one.finding.span for one in reply.findings)
    assert reply.follow_up is not None or mended.text == text


@given(st.text(), st.text())
def test_options_fit_on_a_button(words: str, mend: str) -> None:
    finding = Finding(TONE, 0, len(words), words, Severity.ERROR, "Mend it.", mend, "spelling")

    assert 0 < len(wording.mend_of(finding)) <= wording.LONGEST_OPTION
