"""What a code looks like by which accounts are linked: two halves of four, of letters and digits that nobody mistakes
for others. Pure."""

import re

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF = 4  # characters
_CODE = re.compile(rf"(?P<one>[{ALPHABET}]{{{HALF}}})(?P<between>[\s\u2010-\u2015-]?)(?P<other>[{ALPHABET}]{{{HALF}}})")


def is_code(text: str) -> bool:
    """Whether a text has the shape of a code, in any capitals; eight letters without a digit or a hyphen are words."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        return False
    return bool(found["between"].strip()) or any(one.isdecimal() for one in found["one"] + found["other"])
