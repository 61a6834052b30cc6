"""Links that look broken, and sound ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.posts.links import broken_links
from tests.knowledge.posts.examining import examined, mends, spans


@pytest.mark.parametrize(
    ("text", "link", "meant"),
    [
        ("see http:/example.org/x", "http:/example.org/x", "http://example.org/x"),
        ("(htp://example.org)", "htp://example.org", "http://example.org"),
        ("htps://example.org/a.", "htps://example.org/a", "https://example.org/a"),
        ("https//example.org", "https//example.org", "https://example.org"),
        ("https;//example.org", "https;//example.org", "https://example.org"),
        ("https:example.org", "https:example.org", "https://example.org"),
        ("https:\\\\example.org", "https:\\\\example.org", "https://example.org"),
        ("https://https://example.org", "https://https://example.org", "https://example.org"),
        ("https:// example.org/x", "https:// example.org/x", "https://example.org/x"),
        ("https://example .org/x", "https://example .org/x", "https://example.org/x"),
        ("https://example.org /report", "https://example.org /report", "https://example.org/report"),
        ("https://example..org/a", "https://example..org/a", "https://example.org/a"),
        ("https://example,org/a", "https://example,org/a", "https://example.org/a"),
        ("www,example.org", "www,example.org", "www.example.org"),
        ("ww.example.org", "ww.example.org", "www.example.org"),
        ("www example.org", "www example.org", "www.example.org"),
        ("example..org", "example..org", "example.org"),
    ],
)
def test_a_slip_in_a_link_is_found_and_mended(text: str, link: str, meant: str) -> None:
    assert mends(broken_links, text) == {link: meant}


@pytest.mark.parametrize(
    "text",
    [
        "https://",
        "https://example",
        "www.example",
        "https://example.org:99999/a",
        "https://example.org:port/",
        "https://example.org:\u1369/",
        "https://-example.org",
        "https://example.con/x",
        "https://www.example.co.k",
        "https://example.org/rep…",
        "https://example.org/rep...",
        "https://bit.ly/XXXX",
        "bit.ly/xxxx",
        "https://example.org/TBC",
        "[link]",
        "<insert link>",
        "LINK HERE",
    ],
)
def test_a_link_that_is_unfinished_or_cannot_be_is_found_and_has_no_mend(text: str) -> None:
    assert mends(broken_links, f"Book now: {text}") == {text: None}


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org, http://example.org/a?b=c#d. (https://example.org/a_(b)) www.example.org!",
        "https://example.org:8080/x https://user:word@example.org/ https://192.168.0.1/x https://[2001:db8::1]/x",
        "https://xn--bcher-kva.example/ https://example.org//x https://example.org/xxx-rays %20",
        "example.org/report, bit.ly/3abcD, info@example.org, @handle, #tag",
        "HTTP/2 is fast, and/or, wait..what, 3,000 people, e.g. this, Leeds,org chart",
        "Link in bio. See the link below: https",
        "So you read https://example.org...? Hello… [image: a linac]",
    ],
)
def test_a_sound_link_and_what_is_no_link_are_left_alone(text: str) -> None:
    assert spans(broken_links, text) == []


@given(st.text(alphabet="htps:/w.,;\\ aéx-[]()@#…0…\n", max_size=80))
def test_whatever_looks_like_a_link_gives_faults_that_lie_inside_it(text: str) -> None:
    for fault in broken_links(examined(text)):
        assert 0 <= fault.start < fault.end <= len(text)
        assert fault.mend != text[fault.start : fault.end]
