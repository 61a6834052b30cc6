"""What a terminal asks for before an act is carried out."""

from adapters.console import asking
from adapters.console.payload import ShownCard
from bot.acts import (
    Act,
    AddStaff,
    AddToQuery,
    AnswerQuery,
    AskBack,
    Claim,
    Close,
    Join,
    Rate,
    ReopenQuery,
    RulingDraft,
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
) -> Act | None:
    """The act once all of this was typed, which has to be all that is asked for."""
    lines = list(typed)
    act_or_none = asking.complete(
        act,
        lambda _question: lines.pop(0),
        lambda _question, options: min(int(lines.pop(0) or 0), len(options)),
        card,
        society,
        before,
    )
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
