"""By what accounts on the register and codes of links are found again. Pure, but for the making of a code."""

import re
import secrets
from hashlib import sha256

from bot.link_codes import ALPHABET, HALF

_BETWEEN = re.compile(r"[\s\u2010-\u2015-]+")  # blanks, and hyphens and dashes as keyboards write them


def key_of_handle(handle: str) -> str:
    """What a handle is told from others by: capitals, blanks around it and a leading @ make no difference."""
    return handle.strip().removeprefix("@").strip().casefold()


def new_code() -> str:
    """A code that nobody can guess, in two halves: "AB2C-3DEF"."""
    first, second = ("".join(secrets.choice(ALPHABET) for _ in range(HALF)) for _ in range(2))
    return f"{first}-{second}"


def hash_of_code(typed: str) -> str:
    """By which a code is known again, in whatever capitals it was typed, with blanks and hyphens or without."""
    return sha256(_BETWEEN.sub("", typed).upper().encode("utf-8", "surrogatepass")).hexdigest()
