"""Dates and times that cannot be, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.posts.dates import impossible_dates
from tests.knowledge.posts.examining import examined, spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Join us on 31 April", "31 April"),
        ("Closes 31st of September.", "31st of September"),
        ("by 30/02 at the latest", "30/02"),
        ("on 31/4", "31/4"),
        ("30.02.2026", "30.02.2026"),
        ("32/01/2026", "32/01/2026"),
        ("2026-02-30", "2026-02-30"),
        ("2026-13-01", "2026-13-01"),
        ("Saturday 29 February 2027", "Saturday 29 February 2027"),
        ("29/02/2025", "29/02/2025"),
        ("April 31st, 2026", "April 31st, 2026"),
        ("28–31 June 2026", "28–31 June 2026"),
        ("the course, 28-31 June", "28-31 June"),
        ("30-31 Feb.", "30-31 Feb"),
        ("Monday 3 March 2026", "Monday 3 March 2026"),
        ("Tues 3 Mar '27", "Tues 3 Mar '27"),
        ("5 May 2026 (Monday)", "5 May 2026"),
        ("Wed 4 - Thu 6 March 2026", "Wed 4 - Thu 6 March 2026"),
        ("See you on Monday 32nd", "Monday 32nd"),
        ("doors at 25:00", "25:00"),
        ("lunch 13:75 sharp", "13:75"),
        ("14:00 - 25:00", "25:00"),
        ("from 9:65pm", "9:65pm"),
        ("tea at 13pm", "13pm"),
    ],
)
def test_a_date_or_time_that_cannot_be_is_found(text: str, words: str) -> None:
    assert spans(impossible_dates, text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday 3 March 2026, 13:45 to 24:00, or 12.30pm",
        "29 February 2028, 29 Feb, 28-30 June, 31 December",
        "Mon 2 - Wed 4 March 2026, 5 May 2026 (Tuesday)",
        "long ago, on 1 March 1999",
        "the 32nd annual meeting, June 2031, April 20 to 22",
        "24/7, a 50/50 chance, 12-10, 1:64, John 3:75",
        "12/25/2026, as an American writes it",
        "a 60:40 split, an 80:20 rule, 75:30 min",
        "2.75 Gy at 10.65 MV, £13pm, version 3.31.2, section 31.4",
        "In 45 March applications; 36 may attend, and we march 100 miles.",
        "https://example.org/2026-02-30",
    ],
)
def test_what_can_be_and_what_is_no_date_is_left_alone(text: str) -> None:
    assert spans(impossible_dates, text) == []


def test_an_impossible_date_has_no_mend_since_nobody_can_tell_which_part_is_wrong() -> None:
    assert [fault.mend for fault in impossible_dates(examined("Monday 3 March 2026"))] == [None]


@given(st.from_regex(r"([A-Z][a-z]{2,8} )?\d{1,3}(st|th)?[ /.:-]\d{0,2}( ?(May|Feb|June))?[ /.-]?\d{0,5}(pm)?"))
def test_whatever_looks_like_a_date_gives_faults_that_lie_inside_it(text: str) -> None:
    for fault in impossible_dates(examined(text)):
        assert 0 <= fault.start < fault.end <= len(text)
