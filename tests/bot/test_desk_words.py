"""What staff type at a desk, read as acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts import (
    Act,
    AddAdmin,
    AddStaff,
    AgreeTakeOver,
    AnswerQuery,
    ApproveRequest,
    AskBack,
    AskForName,
    Claim,
    Close,
    CloseEntry,
    HandOver,
    Invite,
    Join,
    KeepRuling,
    PutEntry,
    RemoveAdmin,
    RemoveStaff,
    ReopenEntry,
    ReopenTicket,
    Settle,
    ShowEntry,
    ShowGaps,
    ShowQueue,
    ShowRegister,
    ShowReviews,
    ShowRulings,
    ShowStaff,
    ShowTicket,
    ShowWrong,
    TakeUp,
    WithdrawRuling,
)
from bot.desk_words import GROUPS, LINES, act_from, typed_as
from bot.tickets import State

READ: dict[str, Act] = {
    "queue": ShowQueue(),
    "Queue mine": ShowQueue(mine=True),
    "queue all": ShowQueue(states=()),
    "queue answered logo": ShowQueue(states=(State.ANSWERED,), words="logo"),
    "queue on ipem/retweeting from trainee": ShowQueue(topic="ipem/retweeting", role="trainee"),
    "queue on the logo": ShowQueue(words="on the logo"),
    "queue blog from a patient": ShowQueue(words="blog from a patient"),
    "show 12": ShowTicket("12"),
    "show Q12": ShowTicket("12"),
    "Q12": ShowTicket("12"),
    "claim q12": Claim("12", 0),
    "  claim   12 ": Claim("12", 0),
    "hand 12 to slack:U123": HandOver("12", 0, "slack:U123"),
    "hand over 12 to slack:U123": HandOver("12", 0, "slack:U123"),
    "hand 12": HandOver("12", 0, ""),
    "answer 12": AnswerQuery("12", 0, ""),
    "answer 12: Yes, do.": AnswerQuery("12", 0, "Yes, do."),
    "ask 12 Which account is it?": AskBack("12", 0, "Which account is it?"),
    "ask 12": AskBack("12", 0, ""),
    "ask name 12": AskForName("12", 0),
    "close 12 not a question for us": Close("12", 0, "not a question for us"),
    "reopen 12": ReopenTicket("12", 0),
    "join 12 14 15": Join("12", 0, ("14", "15")),
    "join Q12 with Q14, Q15 and 16": Join("12", 0, ("14", "15", "16")),
    "join 12": Join("12", 0, ()),
    "show 9999999999": ShowTicket("9999999999"),  # the bot says that there is none
    "rulings": ShowRulings(),
    "withdraw ruling 3 it was too strict": WithdrawRuling("3", 0, "it was too strict"),
    "withdraw 3": WithdrawRuling("3", 0, ""),
    "keep ruling 3": KeepRuling("3", 0),
    "gaps": ShowGaps(),
    "wrong": ShowWrong(),
    "take up 7": TakeUp("7"),
    "settle 7": Settle("7"),
    "staff": ShowStaff(),
    "add staff slack:U123 Events Manager": AddStaff("", "slack:U123", title="Events Manager"),
    "add staff": AddStaff("", ""),
    "remove staff slack:U123": RemoveStaff("", "slack:U123"),
    "reviews": ShowReviews(),
    "register": ShowRegister(),
    "Register Unconfirmed": ShowRegister(only="unconfirmed"),
    "register admins": ShowRegister(only="admins"),
    "account @LARKS_CHOIR": ShowEntry("@LARKS_CHOIR"),
    "account of the young choir": ShowEntry("of the young choir"),
    "add account @larks_new": PutEntry("", handle="@larks_new"),
    "add account": PutEntry(""),
    "change account larks_new": PutEntry("", entry="larks_new"),
    "close account @larks_new": CloseEntry("@larks_new", 0),
    "close 12 account is gone": Close("12", 0, "account is gone"),
    "reopen account @larks_new": ReopenEntry("@larks_new", 0),
    "invite slack:U123 to @larks_new": Invite("@larks_new", "slack:U123"),
    "invite to @larks_new": Invite("@larks_new"),
    "add admin slack:U123 to @larks_new": AddAdmin("@larks_new", 0, "slack:U123"),
    "add admin to @larks_new": AddAdmin("@larks_new", 0),
    "remove admin slack:U123 from @larks_new": RemoveAdmin("@larks_new", 0, "slack:U123"),
    "agree Q12": AgreeTakeOver("12", 0),
    "approve 12": ApproveRequest("12", 0),
    "approve 12 @larks_new": ApproveRequest("12", 0, "@larks_new"),
    "approve 12 @larks_new on Blue Sky": ApproveRequest("12", 0, "@larks_new", "Blue Sky"),
}
NO_LINES = [
    "claim",
    "claim twelve",
    "claim 12 13",
    "show",
    "Q",
    "12",
    "answer",
    "hand to slack:U1",
    "join",
    "rulings 3",
    "keep",
    "register of births",
    "account",
    "change account",
    "close account",
    "invite slack:U123",
    "invite everybody to the party tonight",
    "add admin",
    "remove admin slack:U123",
    "agree to disagree",
    "approve of it",
]


@pytest.mark.parametrize("line", READ)
def test_a_line_is_read_as_its_act(line: str) -> None:
    assert act_from(line) == READ[line]


@pytest.mark.parametrize("line", [*NO_LINES, "", "queueing theory", "May I tape it?"])
def test_a_line_that_is_none_means_no_act(line: str) -> None:
    assert act_from(line) is None


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("claim the first one", "claim 12"),
        ("Withdraw", "withdraw ruling 3 REASON"),
        ("queueing theory", ""),
        ("May I tape it?", ""),
    ],
)
def test_a_known_word_is_shown_how_it_goes_on_and_one_that_only_begins_like_it_is_not(line: str, shown: str) -> None:
    assert typed_as(line) == shown


@pytest.mark.parametrize("shown", LINES)
def test_every_line_of_the_help_can_be_typed(shown: str) -> None:
    assert all(act_from(example) for example in shown.split(", "))


def test_every_line_stands_in_one_group_of_the_help() -> None:
    assert [line for _, lines in GROUPS for line in lines] == list(LINES)
    assert len(set(LINES)) == len(LINES)


@given(st.text())
def test_any_line_is_an_act_or_none(line: str) -> None:
    act_from(line)
    typed_as(line)


@given(
    st.sampled_from(
        [
            "claim ",
            "join ",
            "answer ",
            "hand ",
            "withdraw ruling ",
            "add staff ",
            "invite ",
            "approve ",
            "close account ",
        ]
    ),
    st.text(),
)
def test_whatever_follows_a_known_word_is_an_act_or_is_shown_how_it_is_typed(word: str, rest: str) -> None:
    assert act_from(word + rest) or typed_as(word + rest)
