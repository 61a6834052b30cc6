"""What an office has decided: which posts a query goes to, and what holds where nothing was decided."""

import pytest

from bot.office import Office, Offices, Routing

OFFICE = Office(
    "larks",
    "the choir office",
    routing=(
        Routing(("larks/rehearsals/*", "larks/about/media"), ("Choir Secretary",)),
        Routing(("larks/*",), ("Chair", "Choir Secretary")),
    ),
)


@pytest.mark.parametrize(
    ("clauses", "posts"),
    [
        (("larks/rehearsals/recording",), ("Choir Secretary",)),
        (("larks/about/media",), ("Choir Secretary",)),
        (("larks/concerts/programme",), ("Chair", "Choir Secretary")),
        (("larks/concerts/programme", "larks/about/media"), ("Chair", "Choir Secretary")),  # the first clause decides
        (("oars/else", "larks/about/media"), ("Choir Secretary",)),
        (("oars/else",), ()),
        ((), ()),
        (("LARKS/about/media",), ()),
    ],
)
def test_a_query_goes_to_the_posts_that_the_table_names_first(clauses: tuple[str, ...], posts: tuple[str, ...]) -> None:
    assert OFFICE.posts_for(clauses) == posts


def test_each_society_has_its_own_office() -> None:
    offices = Offices({"larks": OFFICE})

    assert offices.of("larks") is OFFICE
    assert offices.of("oars").society == "oars"


def test_where_nothing_was_decided_the_office_has_hours_and_limits_but_no_desk() -> None:
    office = Offices({}).of("oars")

    assert office.name == "your society's office"
    assert (office.desk, office.posts_for(("oars/any",))) == ("", ())
    assert set(office.hours.days) == set(range(5))
    assert office.limits.messages_a_minute > 0
