"""What a terminal asks for before an act is carried out."""

from collections.abc import Sequence

import pytest

from adapters.console import asking
from adapters.console import wording_of_terminal as wording
from adapters.console.payload import ShownCard
from bot.acts import (
    Act,
    AddAdmin,
    AddStaff,
    AddToQuery,
    AgreeTakeOver,
    AnswerMessage,
    AnswerQuery,
    AnswerStep,
    ApproveRequest,
    AskBack,
    Claim,
    Close,
    CloseEntry,
    ConfirmEntry,
    DeclineInvitation,
    DropRequest,
    EndEnrolment,
    FillRequest,
    Invite,
    Join,
    Leave,
    Link,
    PassOn,
    PutEntry,
    Rate,
    RemoveAdmin,
    ReopenQuery,
    RulingDraft,
    ShowRegister,
    Unlink,
    WithdrawRuling,
)
from knowledge.clauses import Verdict

CARD = ShownCard("12", 3, "A drafted answer.", ("larks/a/b", "larks/a/c"))


def completed(
    act: Act,
    *typed: str,
    card: ShownCard | None = CARD,
    society: str = "larks",
    before: AnswerQuery | None = None,
    asks: bool = False,
    questions: list[str] | None = None,
) -> Act | None:
    """The act once all of this was typed, which has to be all that is asked for. The `questions` are noted."""
    lines, asked = list(typed), questions if questions is not None else []

    def answer(question: str) -> str:
        asked.append(question)
        return lines.pop(0)

    def choose(question: str, options: Sequence[str]) -> int:
        return min(int(answer(question) or 0), len(options))

    act_or_none = asking.complete(act, answer, choose, card, society, before, asks)
    assert not lines
    return act_or_none


def test_words_that_an_act_needs_are_asked_for() -> None:
    assert completed(AddToQuery("12", ""), "It is urgent.") == AddToQuery("12", "It is urgent.")
    assert completed(ReopenQuery("12"), "But why?") == ReopenQuery("12", "But why?")
    assert completed(AskBack("12", 3, ""), "Which account?") == AskBack("12", 3, "Which account?")
    assert completed(Close("12", 3, ""), "Sent twice.") == Close("12", 3, "Sent twice.")
    assert completed(Join("12", 3, ()), "Q14, 15") == Join("12", 3, ("14", "15"))


def test_an_act_that_has_its_words_is_asked_nothing() -> None:
    for act in (AddToQuery("12", "Now."), Close("12", 3, "Done."), Claim("12", 3), Rate("7", True)):
        assert completed(act) == act


def test_an_empty_line_leaves_it() -> None:
    for act in (
        AddToQuery("12", ""),
        AskBack("12", 3, ""),
        Close("12", 3, ""),
        AnswerQuery("12", 3, ""),
        AddStaff("", ""),
    ):
        assert completed(act, "") is None


def test_what_was_wrong_need_not_be_said() -> None:
    assert completed(Rate("7", False), "") == Rate("7", False)
    assert completed(Rate("7", False), "Too strict.") == Rate("7", False, "Too strict.")


def test_an_answer_for_this_case_only() -> None:
    assert completed(AnswerQuery("12", 3, ""), "Please do.", "1") == AnswerQuery("12", 3, "Please do.")


def test_a_drafted_answer_goes_only_where_somebody_asks_for_it() -> None:
    assert completed(AnswerQuery("12", 3, ""), "draft", "1") == AnswerQuery("12", 3, "A drafted answer.")
    assert completed(AnswerQuery("12", 3, ""), "draft", "1", card=None) == AnswerQuery("12", 3, "draft")
    assert completed(AnswerQuery("12", 3, ""), "") is None


def test_an_answer_that_is_a_ruling_for_all() -> None:
    ruling = RulingDraft("May a member film?", Verdict.NO, ("larks/x/y", "larks/x/z"), "No filming.")

    act = completed(
        AnswerQuery("12", 3, ""),
        "Please do not.",
        "2",
        "May a member film?",
        "2",
        "larks/x/y, [larks/x/z]",
        "No filming.",
    )

    assert act == AnswerQuery("12", 3, "Please do not.", ruling)


def test_a_ruling_rests_on_the_clauses_of_the_query_and_says_what_the_answer_says_unless_it_is_said_otherwise() -> None:
    act = completed(AnswerQuery("12", 3, "Please do."), "2", "May a member film?", "1", "", "")

    assert act == AnswerQuery(
        "12", 3, "Please do.", RulingDraft("May a member film?", Verdict.YES, CARD.clauses, "Please do.")
    )


def test_a_ruling_can_be_left_at_each_step() -> None:
    answer = AnswerQuery("12", 3, "Please do.")

    assert completed(answer, "") is None
    assert completed(answer, "2", "") is None
    assert completed(answer, "2", "May a member film?", "") is None
    assert completed(answer, "2", "May a member film?", "1", "", card=None) is None


def test_a_confirmed_answer_is_asked_nothing_more() -> None:
    ruling = RulingDraft("May a member film?", Verdict.NO, ("larks/x/y",), "No.")
    confirmed = AnswerQuery("12", 3, "No.", ruling, confirmed=True)

    assert completed(confirmed) == confirmed


def test_taking_a_ruling_back_asks_for_the_reason_and_whether_askers_are_told() -> None:
    assert completed(WithdrawRuling("3", 1), "Too strict.", "1") == WithdrawRuling("3", 1, "Too strict.", True)
    assert completed(WithdrawRuling("3", 1), "Too strict.", "2") == WithdrawRuling("3", 1, "Too strict.")
    assert completed(WithdrawRuling("3", 1), "") is None


def test_staff_are_added_at_the_desk_where_one_is() -> None:
    assert completed(AddStaff("", "slack:U1", title="Events Manager")) == AddStaff(
        "larks", "slack:U1", title="Events Manager"
    )
    assert completed(AddStaff("oars", ""), "slack:U1") == AddStaff("oars", "slack:U1")
    assert completed(AddStaff("", "slack:U1"), society="") == AddStaff("", "slack:U1")


def test_what_became_no_ruling_need_not_be_typed_again() -> None:
    ruling = RulingDraft("May a member film?", Verdict.NO, ("larks/no/such",), "No filming.")
    before = AnswerQuery("12", 3, "Please do not.", ruling)

    again = completed(AnswerQuery("12", 4, ""), "", "2", "", "2", "larks/x/y", "", before=before)

    assert again == AnswerQuery(
        "12",
        4,
        "Please do not.",
        RulingDraft("May a member film?", Verdict.NO, ("larks/x/y",), "No filming."),
    )


def test_words_about_an_account_are_asked_for() -> None:
    step = AnswerStep("5", "purpose", "words")

    assert completed(step, "News of the choir") == AnswerStep("5", "purpose", "words", "News of the choir")
    assert completed(PassOn("7"), "Hello") == PassOn("7", "Hello")
    assert completed(AnswerMessage("12"), "Hello") == AnswerMessage("12", "Hello")
    assert completed(FillRequest("4", "group"), "The choir") == FillRequest("4", "group", "The choir")
    assert completed(Link(""), "AB2C-3DEF") == Link("AB2C-3DEF")


def test_people_are_named_by_their_accounts() -> None:
    assert completed(Invite("7"), "slack:U7") == Invite("7", "slack:U7")
    assert completed(AddAdmin("7", 3), "console:ann") == AddAdmin("7", 3, "console:ann")
    several = completed(FillRequest("4", "admins"), "slack:U7, console:ann")
    assert several == FillRequest("4", "admins", "slack:U7 console:ann")


def test_who_cannot_be_reached_so_is_asked_for_again() -> None:
    questions = list[str]()
    assert completed(Invite("7"), "wren", "foo:bar", "slack:wren", "console:wren", questions=questions) == Invite(
        "7", "console:wren"
    )
    assert all(one.startswith(wording.NOBODYS_ACCOUNT) for one in questions[1:])
    assert completed(Invite("7"), "wren", "") is None
    assert completed(FillRequest("4", "admins"), "me and wren", "me and console:ann") == FillRequest(
        "4", "admins", "me and console:ann"
    )


def test_a_new_account_goes_onto_the_register_of_the_desk_at_which_one_is() -> None:
    added = completed(PutEntry(""), "@larks_new", "Twitter", "The choir", "", "Whoever sings")

    assert added == PutEntry("larks", "", 0, "@larks_new", "Twitter", "The choir", "", "Whoever sings")


def test_what_was_typed_already_is_not_asked_for() -> None:
    added = completed(PutEntry("", handle="@larks_new"), "Twitter", "The choir", "", "")

    assert added == PutEntry("larks", "", 0, "@larks_new", "Twitter", "The choir")
    assert completed(ApproveRequest("12", 3, "@larks_new"), "Twitter", "") == ApproveRequest(
        "12", 3, "@larks_new", "Twitter"
    )


def test_what_was_typed_and_is_too_long_is_asked_for_with_why() -> None:
    long, questions = PutEntry("larks", handle="x" * 70), list[str]()

    assert completed(long, "Twitter", "The choir", "", "", "@larks_new", questions=questions) == PutEntry(
        "larks", "", 0, "@larks_new", "Twitter", "The choir"
    )
    assert questions[-1].startswith("Please keep it to 60 characters.")


def test_of_an_account_that_is_changed_an_empty_line_keeps_what_there_is() -> None:
    act = PutEntry("larks", "7", 3, "@larks", "Twitter", "The choir", "News", "")

    assert completed(act, "", "", "The young choir", "", "", asks=True) == PutEntry(
        "larks", "7", 3, "@larks", "Twitter", "The young choir", "News", ""
    )
    assert completed(act) == act


def test_a_request_is_approved_as_it_is_proposed_or_otherwise() -> None:
    proposed, questions = ApproveRequest("12", 3, "@larks_new", "Twitter"), list[str]()

    assert completed(proposed, "", "Bluesky", "Well done.", asks=True, questions=questions) == ApproveRequest(
        "12", 3, "@larks_new", "Bluesky", "Well done."
    )
    assert "An empty line takes this: @larks_new" in questions[0]
    assert completed(proposed) == proposed


def test_an_account_is_confirmed_question_by_question() -> None:
    assert completed(ConfirmEntry("7", 3), "1", "", "1") == ConfirmEntry("7", 3, access="two")
    assert completed(ConfirmEntry("7", 3), "1", "Concerts", "2") == ConfirmEntry("7", 3, True, "Concerts", "fewer")
    assert completed(ConfirmEntry("7", 3), "2") == ConfirmEntry("7", 3, active=False)
    assert completed(ConfirmEntry("7", 3, access="two")) == ConfirmEntry("7", 3, access="two")


@pytest.mark.parametrize(
    "act",
    [AnswerStep("5", "purpose", "words"), Invite("7"), PutEntry("larks"), ConfirmEntry("7", 3), PassOn("7"), Link("")],
)
def test_an_empty_line_leaves_what_is_asked_about_an_account(act: Act) -> None:
    assert completed(act, "") is None


def test_what_is_too_long_is_asked_again_with_why() -> None:
    questions = list[str]()

    assert completed(Link(""), "x" * 50, "AB2C-3DEF", questions=questions) == Link("AB2C-3DEF")
    assert questions[1].startswith("Please keep it to 40 characters.")
    assert completed(Link(""), "x" * 50, "") is None


@pytest.mark.parametrize(
    "act",
    [
        DeclineInvitation("5"),
        EndEnrolment("5", 2),
        RemoveAdmin("7", 3, "slack:U7"),
        CloseEntry("7", 3),
        Leave("7"),
        DropRequest("4"),
        Unlink(),
    ],
)
def test_what_takes_something_away_is_asked_again(act: Act) -> None:
    assert completed(act, "1") == act
    assert completed(act, "2") is None
    assert completed(act, "") is None


@pytest.mark.parametrize("act", [AgreeTakeOver("12", 3), ShowRegister("larks"), Invite("7", "slack:U7")])
def test_what_needs_nothing_more_is_asked_nothing(act: Act) -> None:
    assert completed(act) == act
