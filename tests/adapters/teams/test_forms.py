"""Forms in dialogs, and what comes back of them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.pressing import Becomes, Does, Pressed
from adapters.teams.dialogs import form_dialog
from adapters.teams.outgoing import Dialog
from adapters.teams.submitted import Faults, PressedInDialog, Submitted, read_submission
from bot import acts
from bot.replies import Button
from bot.tickets import Part
from knowledge.clauses import Verdict
from knowledge.questions import Account
from tests.adapters.slack.views_shown import ANSWER, CARD, PREVIEWED, SECOND, TO_CONFIRM
from tests.adapters.teams.card_rules import DIALOG, card_problems
from tests.adapters.teams.dialogs_shown import ASKER, KEY, STAFF, dialog, sent, shape_of
from tests.adapters.teams.filled_in import Given
from tests.adapters.teams.reading import buttons_in, read

GUID = "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d"
MEANT = "May a member share a message from a company?"
WORDED: list[tuple[acts.Act, acts.Act]] = [
    (acts.AskBack("12", 3, ""), acts.AskBack("12", 3, "Which company?")),
    (acts.Close("12", 3, ""), acts.Close("12", 3, "Which company?")),
    (acts.AddToQuery("12", ""), acts.AddToQuery("12", "Which company?")),
    (acts.ReopenQuery("12"), acts.ReopenQuery("12", "Which company?")),
    (acts.Rate("7", right=False), acts.Rate("7", right=False, reason="Which company?")),
    (acts.WithdrawRuling("3", 1), acts.WithdrawRuling("3", 1, "Which company?")),
]
POST = "Our new scanner is out.  Order yours\nfrom Kite & Sons!"
WITH_POST = replace(PREVIEWED, parts=(*PREVIEWED.parts, Part("post", "The message", POST)))


def asked(act: acts.Act) -> Dialog:
    return form_dialog(act, STAFF, KEY, "12")


def act_of(shown: Dialog, **given: Given) -> acts.Act:
    read_back = read_submission(sent(shown, **given))
    assert isinstance(read_back, Submitted), read_back
    return read_back.act


def again_of(shown: Dialog, **given: Given) -> str:
    """What is shown of a form that cannot be taken."""
    read_back = read_submission(sent(shown, **given))
    assert isinstance(read_back, Faults), read_back
    assert card_problems(read_back.dialog.card, DIALOG) == []
    return read(shape_of(read_back.dialog))


@pytest.mark.parametrize(("bare", "whole"), WORDED)
def test_a_form_gives_the_act_with_the_words_that_were_written(bare: acts.Act, whole: acts.Act) -> None:
    shown = asked(bare)
    label = str(next(one for one in shown.card["body"] if one["type"] == "Input.Text")["label"])

    read_back = read_submission(sent(shown, **{label: "  Which company?\n"}))

    assert isinstance(read_back, Submitted)
    assert replace(read_back, again=None) == Submitted(whole, STAFF, "12", KEY, None)


@pytest.mark.parametrize("bare", [bare for bare, _ in WORDED if not isinstance(bare, acts.Rate)])
def test_a_form_that_needs_words_opens_again_where_they_are_blank(bare: acts.Act) -> None:
    assert "Nothing was sent yet." in again_of(asked(bare))


def test_who_withdraws_a_ruling_says_whether_those_are_told_whom_it_answered() -> None:
    shown = asked(acts.WithdrawRuling("3", 1, tell=True))

    assert act_of(shown, Why="Old.") == acts.WithdrawRuling("3", 1, "Old.", tell=True)
    assert act_of(shown, Why="Old.", Those=False) == acts.WithdrawRuling("3", 1, "Old.")


def test_a_draft_is_checked_for_the_account_that_was_chosen() -> None:
    shown = asked(acts.CheckDraft("A post", Account.PERSONAL))

    assert act_of(shown, Which="A group's account") == acts.CheckDraft("A post", Account.AFFILIATED)
    again = again_of(shown, Your_draft="Another post")
    assert "“Which account will it go out from?”: Choose the account" in again
    assert "Your draft: Another post" in again


@pytest.mark.parametrize("field", ["Who_may", "Or_the_id"])
@pytest.mark.parametrize("typed", [GUID, GUID.upper()])
def test_somebody_is_added_to_the_staff_by_who_they_are_in_the_directory(field: str, typed: str) -> None:
    added = act_of(asked(acts.AddStaff("ipem", "")), **{field: typed}, Their_job="External Relations Manager")

    assert added == acts.AddStaff("ipem", f"teams:{GUID}", title="External Relations Manager")


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Choose somebody."), ("robin@choir.example", "That is no id"), (GUID[1:], "no id")]
)
def test_nobody_is_added_who_is_not_named_by_an_id(typed: str, told: str) -> None:
    assert told in again_of(asked(acts.AddStaff("ipem", "")), Or_the_id=typed)


OTHER = "1c2d3e4f-5061-4b7c-8d9e-0f1a2b3c4d5e"


@pytest.mark.parametrize("field", ["Who_is_to", "Or_the_id"])
def test_somebody_is_invited_by_who_they_are_in_the_directory(field: str) -> None:
    assert act_of(asked(acts.Invite("7")), **{field: GUID}) == acts.Invite("7", f"teams:{GUID}")


@pytest.mark.parametrize(
    "given",
    [
        {"Who_else": f"{GUID},{OTHER}"},
        {"Or_the_ids": f" {GUID}, {OTHER};"},
        {"Who_else": GUID, "Or_the_ids": f"{OTHER}\n{GUID}"},
    ],
)
def test_several_can_be_named_in_one_field(given: dict[str, Given]) -> None:
    named = act_of(asked(acts.FillRequest("4", "admins")), **given)

    assert named == acts.FillRequest("4", "admins", f"teams:{GUID} teams:{OTHER}")


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Choose somebody."), (" , ", "Choose somebody."), (f"{GUID} robin@choir.example", "no id")]
)
def test_nobody_is_named_where_one_of_several_is_no_id_and_what_was_typed_stays(typed: str, told: str) -> None:
    again = again_of(asked(acts.FillRequest("4", "admins")), Or_the_ids=typed)

    assert told in again
    assert typed.strip(" ,") in again


def test_somebody_who_was_chosen_stays_where_the_form_opens_again() -> None:
    data = sent(asked(acts.AddStaff("ipem", "")), Who_may=GUID) | {"given.title": "x" * 101}

    read_back = read_submission(data)

    assert isinstance(read_back, Faults)
    assert GUID in read(shape_of(read_back.dialog))


def test_a_person_is_one_person() -> None:
    assert "no id" in again_of(asked(acts.Invite("7")), Or_the_id=f"{GUID} {OTHER}"[:60])


def test_all_about_an_account_stands_in_its_form_and_comes_back_changed() -> None:
    change = acts.PutEntry("ipem", "7", 3, "@our_group", "Twitter", "The group", "News", "Members")

    assert act_of(asked(change)) == change
    assert act_of(asked(change), What_is_it_for="Meetings") == replace(change, purpose="Meetings")


def test_an_account_is_confirmed_as_it_stands_or_otherwise() -> None:
    shown = asked(acts.ConfirmEntry("7", 3))

    assert act_of(shown, How_many="Two or more") == acts.ConfirmEntry("7", 3, access="two")
    assert act_of(shown, Is_the_account="No, it is not") == acts.ConfirmEntry("7", 3, active=False)
    assert "Say how many people can get into it." in again_of(shown, What_is_it="Meetings")


def test_all_that_is_ticked_goes_and_nothing_else() -> None:
    shown = dialog(PREVIEWED, Becomes.SEND)

    whole = act_of(shown, Do_they="Send with my name")
    trimmed = act_of(shown, Do_they="Send without", What_I=False, Add_a_line="It is for our group.")

    assert whole == acts.Send("7", named=True)
    assert trimmed == acts.Send("7", named=False, left_out=("told",), added="It is for our group.")


def test_nothing_goes_along_that_did_not_come_back_ticked() -> None:
    data = sent(dialog(PREVIEWED, Becomes.SEND), Do_they="Send without")
    bare = {name: value for name, value in data.items() if not name.startswith("given.part")}

    read_back = read_submission(bare)

    assert isinstance(read_back, Submitted)
    assert read_back.act == acts.Send("7", False, ("line:6:asked", "told"))


def test_words_can_be_taken_out_of_a_post_before_it_goes() -> None:
    shown = dialog(WITH_POST, Becomes.SEND)

    assert act_of(shown, Do_they="Send with my") == acts.Send("7", named=True)
    trimmed = act_of(shown, Do_they="Send with my", The_message="Our new scanner is out.")
    assert trimmed == acts.Send("7", named=True, shortened="Our new scanner is out.")
    emptied = act_of(shown, Do_they="Send with my", The_message="")
    assert emptied == acts.Send("7", named=True, left_out=("post",))


def test_what_would_go_stands_there_as_it_was_left_where_the_name_has_to_be_settled() -> None:
    again = again_of(dialog(WITH_POST, Becomes.SEND), What_I=False, The_message="Our new scanner is out.")

    assert "Say whether your name goes with it." in again
    assert "And what about a private person?" in again
    assert "The message: Our new scanner is out." in again
    assert "What I answered: no" in again


def test_an_answer_for_this_case_makes_no_ruling() -> None:
    shown = dialog(CARD, Becomes.ANSWER, "12")

    assert act_of(shown, Your_answer="You may.", The_question_in=MEANT) == acts.AnswerQuery("12", 3, "You may.")
    assert act_of(shown) == acts.AnswerQuery("12", 3, CARD.draft)


def test_a_ruling_takes_clauses_from_the_menu_and_by_their_ids() -> None:
    answer = act_of(
        dialog(CARD, Becomes.ANSWER, "12"),
        Your_answer="You may.",
        Whom_is="A ruling for all",
        The_question_in=MEANT,
        The_answer_to="Yes",
        The_clauses=["Retweeting"],
        Other_clauses="[ipem/personal/logo]; ipem/retweeting/private-persons",
        The_ruling="Yes, they may.",
    )

    clauses = ("ipem/retweeting/private-persons", "ipem/personal/logo")
    assert answer == acts.AnswerQuery(
        "12", 3, "You may.", acts.RulingDraft(MEANT, Verdict.YES, clauses, "Yes, they may.")
    )


def test_a_ruling_that_lacks_something_is_shown_again_with_all_that_was_given() -> None:
    again = again_of(
        dialog(CARD, Becomes.ANSWER, "12"), Whom_is="A ruling for all", The_clauses=["Retweeting"], The_ruling="Yes."
    )

    assert "“The question in general words”: " in again
    assert "“The answer to it”: " in again
    assert "“Other clauses”" not in again
    assert f"Your answer: {CARD.draft}" in again
    assert "(x) A ruling for all" in again
    assert "(x) Retweeting: " in again
    assert "The ruling in general words: Yes." in again
    assert CARD.parts[0].text in again


def test_a_form_that_was_mended_is_taken() -> None:
    first = read_submission(sent(dialog(CARD, Becomes.ANSWER, "12"), Whom_is="A ruling", The_clauses=["Retweeting"]))
    assert isinstance(first, Faults)

    answer = act_of(first.dialog, The_question_in=MEANT, The_answer_to="No")

    ruling = acts.RulingDraft(MEANT, Verdict.NO, ("ipem/retweeting/private-persons",), CARD.draft)
    assert answer == acts.AnswerQuery("12", 3, CARD.draft, ruling)


def test_buttons_beside_a_form_are_there_when_it_opens_again() -> None:
    assert "[Add to Q12]" in again_of(dialog(PREVIEWED, Becomes.SEND))


def test_words_are_given_back_to_be_copied_where_the_form_is_too_long_to_come_along() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", "word " * 300) for n in range(15))
    shown = dialog(replace(PREVIEWED, parts=parts), Becomes.SEND)
    assert "form" not in shown.card["actions"][0]["data"]

    again = again_of(shown, Add_a_line="It is for our group.")

    assert "Say whether your name goes with it." in again
    assert "It is for our group." in again


def test_what_was_shown_to_be_confirmed_is_confirmed_by_sending_it() -> None:
    assert act_of(dialog(TO_CONFIRM, card="12")) == ANSWER


@pytest.mark.parametrize(
    "changed",
    [
        {"Your_answer": "Yes, and so may your colleagues."},
        {"The_question": "May a Fellow share a message from a company?"},
        {"The_answer_to": "No"},
        {"Other_clauses": "ipem/personal/logo"},
        {"The_ruling": "Yes, always."},
    ],
)
def test_what_was_changed_since_is_shown_once_more(changed: dict[str, Given]) -> None:
    answer = act_of(dialog(TO_CONFIRM, card="12"), **changed)

    assert isinstance(answer, acts.AnswerQuery)
    assert answer.ruling is not None
    assert not answer.confirmed


def test_an_answer_that_came_second_keeps_its_ruling() -> None:
    again = replace(SECOND, buttons=(Button("again", "Do it all the same", ANSWER),))

    assert act_of(dialog(again)) == ANSWER


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=120))
def test_whatever_was_shown_is_confirmed_as_long_as_nobody_changes_it(text: str, words: str) -> None:
    first = read_submission(
        sent(
            dialog(CARD, Becomes.ANSWER),
            Your_answer=text,
            Whom="A ruling",
            The_question=words,
            The_answer_to="Neither",
            Other="a/b/c",
        )
    )
    if isinstance(first, Faults):  # nothing but marks that cannot be seen
        assert card_problems(json.loads(json.dumps(first.dialog.card)), DIALOG) == []
        return
    assert isinstance(first, Submitted)
    assert isinstance(first.act, acts.AnswerQuery)
    shown = replace(first.act, confirmed=True)
    to_confirm = replace(TO_CONFIRM, buttons=(Button("answer", "Keep the ruling and send the answer", shown),))

    assert act_of(dialog(to_confirm)) == shown


def test_nothing_that_was_written_is_kept_in_what_a_form_keeps() -> None:
    secret = "Something that nobody else should read"

    assert secret not in str(asked(acts.Close("12", 3, secret)).card["actions"])
    assert ANSWER.text not in str(dialog(TO_CONFIRM, card="12").card["actions"])


def test_a_press_in_a_dialog_comes_with_what_that_keeps() -> None:
    (answer, *_) = buttons_in(shape_of(dialog(CARD, card="12")))

    pressed = read_submission(answer.action["data"])

    assert isinstance(pressed, PressedInDialog)
    assert pressed.what == Pressed(Does.OPENS, acts.AnswerQuery("12", 3, ""))
    assert (pressed.kept.conversation, pressed.kept.card, pressed.nonce) == (STAFF, "12", KEY)


KEPT = '{"conversation": "teams:x"}'
BROKEN: list[dict[str, Any]] = [
    {},
    {"kept": "{"},
    {"kept": 7, "nonce": "n"},
    {"kept": KEPT},
    {"kept": KEPT, "nonce": None},
    {"kept": KEPT, "nonce": "n"},
    {"kept": '{"conversation": 7}', "nonce": "n"},
    {"kept": '{"conversation": "x", "act": {"act": "Nothing"}}', "nonce": "n"},
    {"kept": '{"conversation": "x", "act": {"act": "ShowHome"}}', "nonce": "n"},
    {"kept": KEPT, "nonce": "n", "does": "act"},
    {"kept": KEPT, "nonce": "n", "does": "act", "act": "ShowHome"},
    {"kept": KEPT, "nonce": "n", "does": "flies", "act": {"act": "ShowHome"}},
    {"kept": KEPT, "nonce": "n", "does": ["act"], "act": {"act": "ShowHome"}},
    {"kept": KEPT, "nonce": "n", "does": "act", "act": {"act": "Claim", "ticket": {}}},
    {"kept": "[" * 100_000, "nonce": "n"},
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_form_that_is_none_of_ours_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_submission(data)


@pytest.mark.parametrize(
    "form", ["", "{", "7", "[]", '["a", "b", "c", 7]', '["a", "b", "c", [{"part": "Bomb"}]]', "[" * 100_000, 7, None]
)
def test_a_form_that_came_back_broken_is_done_without(form: Any) -> None:
    data = sent(asked(acts.AddToQuery("12", ""))) | {"form": form}

    assert isinstance(read_submission(data), Faults)
    assert isinstance(read_submission(data | {"given.words": "For our group."}), Submitted)


@pytest.mark.parametrize("broken", [None, 7, [], {}, True])
def test_fields_that_came_back_broken_count_as_empty(broken: Any) -> None:
    shown = asked(acts.AddToQuery("12", ""))

    assert isinstance(read_submission(sent(shown) | {"given.words": broken}), Faults)
    assert isinstance(read_submission(sent(asked(acts.AddStaff("ipem", ""))) | {"person.who": broken}), Faults)


DEEP: dict[str, Any] = {"act": "Say"}
for _ in range(2_000):
    DEEP = {"act": "Say", "text": DEEP}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_an_act_of_any_depth_is_refused() -> None:
    with pytest.raises(ValueError, match="no act"):
        read_submission({"kept": KEPT, "nonce": "n", "does": "act", "act": DEEP})


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_a_client_makes_of_a_form_it_is_read_shown_again_or_refused(data: st.DataObject) -> None:
    came = sent(data.draw(st.sampled_from([dialog(CARD, Becomes.ANSWER), dialog(WITH_POST, Becomes.SEND)])))
    for name in data.draw(st.lists(st.sampled_from(sorted(came)), max_size=3)):
        came[name] = data.draw(anything)
    if isinstance(came.get("form"), str) and len(came["form"]) > 1_000:  # it is still the form
        *named, parts = json.loads(came["form"])
        part = data.draw(st.sampled_from(parts))
        part[data.draw(st.sampled_from(sorted(part)))] = data.draw(anything)
        came["form"] = json.dumps([*named, parts])
    try:
        read_submission(came)
    except ValueError:
        return


def test_where_a_form_belongs_is_read_from_it() -> None:
    read_back = read_submission(sent(dialog(PREVIEWED, Becomes.SEND, "12"), Do_they="Send with my"))

    assert isinstance(read_back, Submitted)
    assert (read_back.conversation, read_back.card, read_back.nonce) == (ASKER, "12", KEY)
