"""From bytes to characters, and to white space that is one space."""

import codecs
import re
import unicodedata

from adapters.documents.contract import UnreadableDocument

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JOINERS = "\u200c\u200d"  # they shape letters and emoji; what else is unseen goes
_UNSEEN = re.compile(r"[^\S ]|[^ -\x7e\u00a1-\u00ac\u00ae-\u05ff\u2010-\u2027\u2030-\u205e\u3001-\ud7ff]")


def decoded(content: bytes, declared: str = "utf-8") -> str:
    """The text of some bytes, by the mark that they open with, else as declared.

    Raises:
        UnreadableDocument: they are none in that encoding, or no text at all.
    """
    encoding = next((name for mark, name in _MARKED if content.startswith(mark)), declared)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"byte {error.start + 1} is not {encoding.upper()}; open it in an editor and save it as UTF-8"
        raise UnreadableDocument(what) from error
    except LookupError as error:
        raise UnreadableDocument(f"its encoding '{encoding}' is unknown; save it as UTF-8") from error
    if "\0" in text:
        raise UnreadableDocument(
            f"character {text.index(chr(0)) + 1} is a zero, so it is no text; save it as text in UTF-8"
        )
    return text.removeprefix("\ufeff")


def spaced(text: str) -> str:
    """A text on one line, its white space one space, without characters that nobody sees."""
    return " ".join(_UNSEEN.sub(_seen, text).split())


def _seen(match: re.Match[str]) -> str:
    character = match[0]
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cs":
        return "\ufffd"  # half of a character cannot be stored
    if unicodedata.category(character) in ("Cc", "Cf") and character not in _JOINERS:
        return ""
    return character
