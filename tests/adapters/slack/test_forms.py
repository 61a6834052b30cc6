"""Forms, and what comes back of them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.forms import Faults, Submitted
from adapters.chat.kept import Kept
from adapters.chat.pressing import Becomes
from adapters.slack.forms import acknowledgement, submitted
from adapters.slack.framing import kept_of
from adapters.slack.outgoing import View
from bot import acts
from bot.replies import Button
from bot.tickets import Part
from knowledge.clauses import Verdict
from knowledge.questions import Account
from tests.adapters.slack.block_kit import view_problems
from tests.adapters.slack.filling import Given, filled
from tests.adapters.slack.views_shown import (
    ANSWER,
    ASKER,
    CARD,
    DESK,
    KEY,
    PREVIEWED,
    SECOND,
    TO_CONFIRM,
    form_for,
    modal,
)

WORDED: list[tuple[acts.Act, acts.Act]] = [
    (acts.AskBack("12", 3, ""), acts.AskBack("12", 3, "Which company?")),
    (acts.Close("12", 3, ""), acts.Close("12", 3, "Which company?")),
    (acts.AddToQuery("12", ""), acts.AddToQuery("12", "Which company?")),
    (acts.ReopenQuery("12"), acts.ReopenQuery("12", "Which company?")),
    (acts.Rate("7", right=False), acts.Rate("7", right=False, reason="Which company?")),
    (acts.WithdrawRuling("3", 1), acts.WithdrawRuling("3", 1, "Which company?")),
]
MEANT = "May a member share a message from a company?"


def act_of(view: View, **given: Given) -> acts.Act:
    read = submitted(filled(view, **given))
    assert isinstance(read, Submitted), read
    return read.act


def faults_of(view: View, **given: Given) -> dict[str, str]:
    read = submitted(filled(view, **given))
    assert isinstance(read, Faults), read
    return read.by_field


@pytest.mark.parametrize(("bare", "whole"), WORDED)
def test_a_form_gives_the_act_with_the_words_that_were_written(bare: acts.Act, whole: acts.Act) -> None:
    view = form_for(bare, DESK, "12")

    assert submitted(filled(view, words="  Which company?\n")) == Submitted(whole, DESK, "12")


@pytest.mark.parametrize("bare", [bare for bare, _ in WORDED if not isinstance(bare, acts.Rate)])
def test_a_form_that_needs_words_says_so_where_they_are_blank(bare: acts.Act) -> None:
    assert faults_of(form_for(bare, DESK), words=" \n ").keys() == {"words"}


def test_the_reason_why_an_answer_is_wrong_may_be_left_out() -> None:
    assert act_of(form_for(acts.Rate("7", right=False), ASKER)) == acts.Rate("7", right=False)


@pytest.mark.parametrize("many", [1, 3_000, 3_500])
def test_words_that_were_there_before_stand_in_the_form_or_above_it(many: int) -> None:
    view = form_for(acts.AskBack("12", 3, "¿" * many), DESK)

    assert str(view["blocks"]).count("¿") == many
    assert view_problems(view) == []


def test_who_withdraws_a_ruling_says_whether_those_are_told_whom_it_answered() -> None:
    view = form_for(acts.WithdrawRuling("3", 1, tell=True), DESK)

    assert act_of(view, words="It is out of date.") == acts.WithdrawRuling("3", 1, "It is out of date.", tell=True)
    assert act_of(view, words="It is out of date.", tell=[]) == acts.WithdrawRuling("3", 1, "It is out of date.")


def test_a_draft_is_checked_for_the_account_that_was_chosen() -> None:
    view = form_for(acts.CheckDraft("", Account.PERSONAL), ASKER)

    assert act_of(view, draft="A post", account="affiliated") == acts.CheckDraft("A post", Account.AFFILIATED)
    assert faults_of(view, draft="", account=None).keys() == {"draft", "account"}


def test_somebody_is_added_to_the_staff_by_who_they_are_in_the_workspace() -> None:
    view = form_for(acts.AddStaff("ipem", ""), DESK)

    added = act_of(view, who="U7", title="External Relations Manager")

    assert added == acts.AddStaff("ipem", "slack:U7", title="External Relations Manager")
    assert faults_of(view, who=None).keys() == {"who"}


def test_somebody_is_invited_by_who_they_are_in_the_workspace() -> None:
    view = form_for(acts.Invite("7"), DESK)

    assert act_of(view, who="U7") == acts.Invite("7", "slack:U7")
    assert faults_of(view, who=None).keys() == {"who"}


def test_several_can_be_named_in_one_field() -> None:
    view = form_for(acts.FillRequest("4", "admins"), ASKER)

    assert act_of(view, who=["U7", "U8"]) == acts.FillRequest("4", "admins", "slack:U7 slack:U8")
    assert faults_of(view, who=[]).keys() == {"who"}


def test_all_about_an_account_stands_in_its_form_and_comes_back_changed() -> None:
    change = acts.PutEntry("ipem", "7", 3, "@our_group", "Twitter", "The group", "News", "Members")

    assert act_of(form_for(change, DESK)) == change
    assert act_of(form_for(change, DESK), purpose="Meetings") == replace(change, purpose="Meetings")


def test_an_account_is_confirmed_as_it_stands_or_otherwise() -> None:
    view = form_for(acts.ConfirmEntry("7", 3), ASKER)

    assert act_of(view, access="two") == acts.ConfirmEntry("7", 3, access="two")
    assert act_of(view, active="no") == acts.ConfirmEntry("7", 3, active=False)
    assert faults_of(view).keys() == {"access"}


def test_what_is_asked_about_an_account_stays_beneath_its_answer_as_long_as_there_is_room() -> None:
    first = filled(form_for(acts.Link(""), ASKER), code="AB2C-3DEF") | {"root_view_id": "V1"}
    second = first | {"id": "V2", "previous_view_id": "V1"}
    third = first | {"id": "V3", "previous_view_id": "V2"}

    actions = [acknowledgement(submitted(view), KEY)["response_action"] for view in (first, second, third)]
    assert actions == ["push", "push", "update"]


def test_an_act_that_needs_nothing_has_no_form() -> None:
    with pytest.raises(ValueError, match="no form"):
        form_for(acts.Claim("12", 3), DESK)


def test_all_that_is_ticked_goes_and_nothing_else() -> None:
    view = modal(PREVIEWED, Becomes.SEND)

    whole = act_of(view, send_as="named")
    trimmed = act_of(view, send_as="unnamed", part__told=[], line="It is for our group.")

    assert whole == acts.Send("7", named=True)
    assert trimmed == acts.Send("7", named=False, left_out=("told",), added="It is for our group.")


def test_nothing_goes_along_that_did_not_come_back_ticked() -> None:
    view = filled(modal(PREVIEWED, Becomes.SEND), send_as="unnamed")
    view["state"]["values"] = {"send_as": view["state"]["values"]["send_as"]}

    assert submitted(view) == Submitted(acts.Send("7", False, ("line:6:asked", "told")), ASKER)


POST = "Our new scanner is out.  Order yours\nfrom Kite & Sons!"
WITH_POST = replace(PREVIEWED, parts=(*PREVIEWED.parts, Part("post", "The message", POST)))


def test_words_can_be_taken_out_of_a_post_before_it_goes() -> None:
    view = modal(WITH_POST, Becomes.SEND)

    assert act_of(view, send_as="named") == acts.Send("7", named=True)
    assert act_of(view, send_as="named", part__post=" ".join(POST.split())) == acts.Send("7", named=True)
    trimmed = act_of(view, send_as="named", part__post="Our new scanner is out.")
    assert trimmed == acts.Send("7", named=True, shortened="Our new scanner is out.")
    assert act_of(view, send_as="named", part__post=" ") == acts.Send("7", named=True, left_out=("post",))


def test_a_post_too_long_for_a_field_goes_as_a_whole_or_not_at_all() -> None:
    long = replace(PREVIEWED, parts=(*PREVIEWED.parts, Part("post", "The message", "Buy! " * 700)))
    view = modal(long, Becomes.SEND)

    assert act_of(view, send_as="named") == acts.Send("7", named=True)
    assert act_of(view, send_as="named", part__post=[]) == acts.Send("7", named=True, left_out=("post",))


def test_whether_a_name_goes_along_has_to_be_said() -> None:
    assert faults_of(modal(PREVIEWED, Becomes.SEND)).keys() == {"send_as"}


def test_an_answer_for_this_case_makes_no_ruling() -> None:
    view = modal(CARD, Becomes.ANSWER, "12")

    read = submitted(filled(view, text="You may.", question=MEANT))

    assert read == Submitted(acts.AnswerQuery("12", 3, "You may."), DESK, "12", keeps_form=True)


def test_the_drafted_answer_stands_in_the_form_as_a_draft() -> None:
    view = modal(CARD, Becomes.ANSWER, "12")

    assert act_of(view) == acts.AnswerQuery("12", 3, CARD.draft)
    assert "This is a draft" in str(view)


def test_a_ruling_takes_clauses_from_the_menu_and_by_their_ids() -> None:
    given: dict[str, Given] = {
        "text": "You may.",
        "whom": "all",
        "question": MEANT,
        "verdict": "yes",
        "clauses": ["ipem/retweeting/private-persons"],
        "more_clauses": "[ipem/personal/logo]; ipem/retweeting/private-persons",
        "words": "Yes, they may.",
    }

    answer = act_of(modal(CARD, Becomes.ANSWER, "12"), **given)

    clauses = ("ipem/retweeting/private-persons", "ipem/personal/logo")
    ruling = acts.RulingDraft(MEANT, Verdict.YES, clauses, "Yes, they may.")
    assert answer == acts.AnswerQuery("12", 3, "You may.", ruling)


def test_a_ruling_without_words_of_its_own_reads_like_the_answer() -> None:
    given: dict[str, Given] = {"text": "You may.", "question": MEANT, "verdict": "yes", "more_clauses": "ipem/a/b"}

    answer = act_of(modal(CARD, Becomes.ANSWER, "12"), whom="all", **given)

    assert isinstance(answer, acts.AnswerQuery)
    assert answer.ruling == acts.RulingDraft(MEANT, Verdict.YES, ("ipem/a/b",), "You may.")


def test_a_ruling_that_lacks_something_is_told_so_field_by_field() -> None:
    view = modal(CARD, Becomes.ANSWER, "12")

    assert faults_of(view, whom="all").keys() == {"question", "verdict", "more_clauses"}
    assert faults_of(view, text="").keys() == {"text"}
    assert faults_of(view, whom="all", question=MEANT, verdict="no", more_clauses="a b c d e f").keys() == {
        "more_clauses"
    }


def test_what_was_shown_to_be_confirmed_is_confirmed_by_sending_it() -> None:
    assert submitted(filled(modal(TO_CONFIRM, card="12"))) == Submitted(ANSWER, DESK, "12")


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Yes, and so may your colleagues."},
        {"question": "May a Fellow share a message from a company?"},
        {"verdict": "no"},
        {"more_clauses": "ipem/personal/logo"},
        {"words": "Yes, always."},
    ],
)
def test_what_was_changed_since_is_shown_once_more(changed: dict[str, Given]) -> None:
    answer = act_of(modal(TO_CONFIRM, card="12"), **changed)

    assert isinstance(answer, acts.AnswerQuery)
    assert answer.ruling is not None
    assert not answer.confirmed


def test_in_place_of_a_ruling_the_answer_can_go_to_this_case_only() -> None:
    assert act_of(modal(TO_CONFIRM), whom="case") == acts.AnswerQuery("12", 3, ANSWER.text)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=120))
def test_whatever_was_shown_is_confirmed_as_long_as_nobody_changes_it(text: str, words: str) -> None:
    first = filled(
        modal(CARD, Becomes.ANSWER), text=text, whom="all", question=words, verdict="info", more_clauses="a/b/c"
    )
    read = submitted(first)
    if isinstance(read, Faults):  # nothing but marks that cannot be seen
        return
    assert isinstance(read.act, acts.AnswerQuery)
    shown = replace(read.act, confirmed=True)
    asked = replace(TO_CONFIRM, buttons=(Button("answer", "Keep the ruling and send the answer", shown),))

    assert act_of(modal(asked)) == shown


def test_an_answer_keeps_its_form_beneath_until_it_is_confirmed() -> None:
    first = submitted(filled(modal(CARD, Becomes.ANSWER, "12")))
    second = submitted(filled(modal(TO_CONFIRM, card="12")))
    again = replace(SECOND, buttons=(Button("again", "Do it all the same", acts.AnswerQuery("12", 4, "Yes.")),))

    assert acknowledgement(submitted(filled(modal(again))), KEY)["response_action"] == "update"
    assert acknowledgement(first, KEY)["response_action"] == "push"
    assert acknowledgement(second, KEY)["response_action"] == "update"
    assert acknowledgement(second, KEY)["view"]["external_id"] == KEY


def test_what_is_wrong_is_told_at_the_field() -> None:
    read = submitted(filled(form_for(acts.AskBack("12", 3, ""), DESK)))

    assert acknowledgement(read, KEY) == {
        "response_action": "errors",
        "errors": {"words": "Write the question that goes to the asker."},
    }


def test_nothing_that_was_written_is_kept_with_a_form() -> None:
    secret = "Something that nobody else should read"
    asked = form_for(acts.Close("12", 3, secret), DESK)
    confirmed = modal(TO_CONFIRM, card="12")

    assert secret not in asked["private_metadata"]
    assert ANSWER.text not in confirmed["private_metadata"]
    assert MEANT not in confirmed["private_metadata"]


BROKEN: list[Any] = [
    None,
    [],
    {},
    {"callback_id": "verse"},
    {"callback_id": "verse", "private_metadata": "{"},
    {"callback_id": "verse", "private_metadata": '{"conversation": 7}'},
    {"callback_id": "verse", "private_metadata": '{"conversation": "slack:D1"}', "state": {"values": {}}},
    {
        "callback_id": "verse",
        "private_metadata": '{"conversation": "x", "act": {"act": "Nothing"}}',
        "state": {"values": {}},
    },
    {
        "callback_id": "verse",
        "private_metadata": '{"conversation": "x", "act": {"act": "ShowHome"}}',
        "state": {"values": {}},
    },
    {"callback_id": "verse", "private_metadata": '{"conversation": "x", "act": {"act": "ShowHome"}}', "state": []},
    {"callback_id": "of another app", "private_metadata": "{}"},
]


@pytest.mark.parametrize("view", BROKEN)
def test_a_form_that_is_none_of_ours_is_refused(view: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        submitted(view)


@pytest.mark.parametrize("broken", [None, 7, "x", [], {}, {"words": None}, {"words": []}, {"words": {"value": 7}}])
def test_fields_that_came_back_broken_count_as_empty(broken: Any) -> None:
    view = filled(form_for(acts.AddToQuery("12", ""), ASKER))
    view["state"]["values"]["words"] = broken

    assert isinstance(submitted(view), Faults)


def test_where_a_modal_belongs_is_read_from_it() -> None:
    assert kept_of(modal(CARD, card="12")) == Kept(DESK, "12")
