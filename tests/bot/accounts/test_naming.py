"""Which account some words name, by what the register itself says of each."""

import pytest

from bot.accounts.naming import find, is_handle_of, named
from bot.register import RegisterEntry

ROWS = (
    ("@GUILD_WXL_SIG", "Weaving and Non-dyeing Cross-Loom SIG"),
    ("@GUILD_OG_SIG", "Old Glass SIG"),
    ("@GUILD_BR_SIG", "Bell Ringing Images SIG"),
    ("@GUILD_GP_SIG", "Glass Protection SIG"),
    ("@GUILD_RTSIG", "Ropetwisting SIG"),
    ("@BOKSIG_GUILD", "Bookbinding, Oiling & Kilning SIG"),
    ("@GUILD_smithnet", "Smiths Advisory Group"),
    ("@GUILDLoupe", "Loupe magazine"),
    ("@GUILDMeetings", "National Office meeting team"),
)
ENTRIES = tuple(
    RegisterEntry(str(number), "guild", handle, "Twitter", group, former=("@GUILD_BRI",) if "_BR_" in handle else ())
    for number, (handle, group) in enumerate(ROWS, 1)
)


def handles(text: str, only: bool = False) -> list[str]:
    return [entry.handle for entry in (named if only else find)(text, ENTRIES)]


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("@GUILD_BR_SIG", "@GUILD_BR_SIG"),
        ("guild_br_sig", "@GUILD_BR_SIG"),
        ("the GUILD BR SIG", "@GUILD_BR_SIG"),
        ("@GUILD_RT_SIG", "@GUILD_RTSIG"),  # as people write it from memory
        ("@GUILD_BRI", "@GUILD_BR_SIG"),  # what it was called
        ("BR", "@GUILD_BR_SIG"),
        ("the br account", "@GUILD_BR_SIG"),
        ("BRI", "@GUILD_BR_SIG"),
        ("bell ringing", "@GUILD_BR_SIG"),
        ("OG", "@GUILD_OG_SIG"),
        ("RT", "@GUILD_RTSIG"),
        ("rtsig", "@GUILD_RTSIG"),
        ("BOK", "@BOKSIG_GUILD"),
        ("the BOKSIG page", "@BOKSIG_GUILD"),
        ("bookbind account", "@BOKSIG_GUILD"),
        ("smithnet", "@GUILD_smithnet"),
        ("SAG", "@GUILD_smithnet"),
        ("Loupe", "@GUILDLoupe"),
        ("the meetings account", "@GUILDMeetings"),
        ("glass protection", "@GUILD_GP_SIG"),
        ("non-dyeing", "@GUILD_WXL_SIG"),
    ],
)
def test_an_account_is_named_by_its_handle_its_group_or_what_these_are_shortened_to(text: str, handle: str) -> None:
    assert handles(text) == handles(text, only=True) == [handle]


def test_words_that_fit_several_accounts_give_all_of_them_in_order() -> None:
    assert handles("glass") == ["@GUILD_OG_SIG", "@GUILD_GP_SIG"]


@pytest.mark.parametrize(
    "text", ["", "@nobody", "@GUILD_XX the BR one", "the SIG account", "GUILD", "Mr Br Jones", "knitting", "\u202e\x00"]
)
def test_what_names_no_account_gives_none(text: str) -> None:
    assert handles(text) == []


def test_an_account_is_found_within_a_sentence_but_is_not_all_that_it_names() -> None:
    text = "I have just taken over the BR account from Kim"
    assert handles(text) == ["@GUILD_BR_SIG"]
    assert handles(text, only=True) == []
    assert handles("the BR foundry in Leeds", only=True) == []


def test_the_one_that_bears_a_handle_now_comes_before_the_one_that_bore_it() -> None:
    new = RegisterEntry("10", "guild", "@GUILD_BRI", "Twitter", "Brass SIG")
    assert find("@guild_bri", (*ENTRIES, new)) == (new,)


def test_on_a_register_of_one_the_name_of_the_society_does_not_name_that_account() -> None:
    assert find("guild", ENTRIES[:1]) == ()
    assert find("weaving", ENTRIES[:1]) == ENTRIES[:1]


def test_a_handle_is_the_same_however_it_is_written() -> None:
    assert is_handle_of("guild_rt_sig", ENTRIES[4])
    assert not is_handle_of("GUILD", ENTRIES[4])
