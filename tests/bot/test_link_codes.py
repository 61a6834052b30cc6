"""The shape of the codes by which accounts are linked."""

import pytest

from adapters.storage.account_keys import new_code
from bot.link_codes import is_code


def test_every_code_that_is_given_has_the_shape_in_any_capitals_and_also_without_its_hyphen_but_for_words() -> None:
    for code in (new_code() for _ in range(200)):
        assert is_code(code)
        assert is_code(f" {code.lower()} ")
        assert is_code(code.replace("-", "\u2013"))
        bare = code.replace("-", "")
        assert is_code(bare) is any(one.isdecimal() for one in bare)


@pytest.mark.parametrize(
    "text", ["standard", "outdated", "IPEM-2024", "code", "AB2C-3DE", "AB2C--3DEF", "\u0661" * 8, ""]
)
def test_words_and_years_have_it_not(text: str) -> None:
    assert not is_code(text)
