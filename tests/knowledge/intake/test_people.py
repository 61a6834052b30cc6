"""Names of people are proposed where a text shows that they are names; posts and offices are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.people import people
from tests.knowledge.intake.otters import NAME, PUBLISHED


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ask Mr. Example or Dr Ann Sample.", ("Example", "Ann Sample")),
        ("The chair is Professor J'Ann O'Sample.", ("J'Ann O'Sample",)),
        ("Write to Ann Example (ann.example@example.org).", ("Ann Example",)),
        ("Ben Q. Sample, e-mail: ben@example.org", ("Ben Q. Sample",)),
        ("Reach Zoë Sample-Example at zoe@example.org.", ("Zoë Sample-Example",)),
        ("Tell the Press Officer, Ann Example, who will reply.", ("Ann Example",)),
        ("Tell Ann Example, Press Officer, on Monday.", ("Ann Example",)),
        ("Ann Example (the Swim Secretary) and Ben Sample – Editor – agreed.", ("Ann Example", "Ben Sample")),
        ("Approved by Ann Example", ("Ann Example",)),
        ("Questions? Contact Ben Sample or e-mail Ann Example.", ("Ben Sample", "Ann Example")),
        ("Contact: Ann Example", ("Ann Example",)),
        ("Contact Ann Example or Ben Sample.", ("Ann Example", "Ben Sample")),
        ("Contact Ann Example's desk.", ("Ann Example",)),
        ("Approved by: Ann Example", ("Ann Example",)),
        ("Policy owner | Ann Example", ("Ann Example",)),
        ("Communications Manager: Ann Example", ("Ann Example",)),
        ("Ann Example | Media Officer | ann@example.org", ("Ann Example",)),
        ("Media Officer | Ann Example | ann@example.org", ("Ann Example",)),
        ("Social Media Manager Ann Example (ann@example.org)", ("Ann Example",)),
        ("Ann Example on 020 7946 0000", ("Ann Example",)),
        ("The Chair (Ann Example) decides.", ("Ann Example",)),
        ("Ann Example is the Press Officer.", ("Ann Example",)),
        ("Ann Example, who is our Press Officer, decides.", ("Ann Example",)),
        ("The Press Officer is Ann Example-O'Sample.", ("Ann Example-O'Sample",)),
        ("A. B. Example, Editor", ("A. B. Example",)),
        ("Contact Ann van der Example.", ("Ann van der Example",)),
        ("Written by Dr van der Example", ("van der Example",)),
        ("Contact Łexandra Šample or Éxa Ñample.", ("Łexandra Šample", "Éxa Ñample")),
        ("Ask Mr May and Dr Page.", ("May", "Page")),
    ],
)
def test_a_name_beside_a_title_a_post_or_an_address_is_proposed(text: str, names: tuple[str, ...]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Contact National Office before you post.",
        "Contact the Press Office at press@example.org.",
        "The Swim Secretary, the Junior Captain and the Treasurer agree.",
        "Swim Club Committee, Press Officer",
        "E-mail Human Resources (hr@example.org).",
        "Loch Lethe is deep and cold.",
        "The External Relations Manager: National Office",
        "Contact: Code of Conduct, Vice President",
        "Nuclear Medicine, Lead Officer",
        "Contact Otter Swim Club.",
        "Approved by: Board of Trustees",
        "Communications Officer (Social Media)",
        "Contact Ann\nExample in haste.",
        "Contact\nSwim Cap",
        "We answer at swim@example.org and as @otternews.",
        "",
    ],
)
def test_offices_posts_and_places_are_no_names(text: str) -> None:
    assert people(text) == ()


def test_each_name_is_proposed_once_in_the_order_of_the_text() -> None:
    text = "Contact Ben Sample. Contact Ann Example. Dr Ben Sample agrees."

    assert people(text) == ("Ben Sample", "Ann Example")


def test_the_post_holder_of_the_otters_is_found() -> None:
    assert people(PUBLISHED.text) == (NAME,)


@given(st.text(st.sampled_from("AbC.,@ \n'-’(Dr)Example")))
def test_what_is_proposed_stands_in_the_text_but_for_white_space(text: str) -> None:
    spaced = " ".join(text.split())
    for name in people(text):
        assert name
        assert name in spaced


def test_a_post_in_small_letters_is_a_post_all_the_same() -> None:
    text = "Ask the press officer, Anne-Marie O'Example, first.\nchair: Bo Example; treasurer Cy Example.\n"

    assert people(text) == ("Anne-Marie O'Example", "Bo Example", "Cy Example")
