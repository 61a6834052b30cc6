"""Which reader is for which file, by its name, with its content agreeing."""

import re

from adapters.documents import docx, html, md, pdf, txt
from adapters.documents.contract import Reader, Tell, UnreadableDocument
from knowledge.intake.documents import Document

_READERS: dict[str, Reader] = {
    ".txt": txt.read,
    ".md": md.read,
    ".markdown": md.read,
    ".html": html.read,
    ".htm": html.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
}
_MOST_CHARACTERS = 10_000_000  # some 3,000 pages


def read(suffix: str, content: bytes, tell: Tell) -> Document:
    """The document in the content of a file whose name ends so.

    Raises:
        UnreadableDocument: always that, whatever goes wrong.
    """
    reader = _reader(suffix.lower(), content)
    try:
        document = reader(content, tell)
    except UnreadableDocument:
        raise
    except MemoryError as error:
        raise UnreadableDocument(
            "reading it takes more memory than it may; split it, or save it without pictures"
        ) from error
    except Exception as error:  # the libraries fail in as many ways as files are broken
        what = f"it is damaged, or made in an unknown way ({type(error).__name__}); open it and save it again"
        raise UnreadableDocument(what) from error
    if not document.blocks:
        raise UnreadableDocument(
            "it holds no text that can be read; if it is a scan, have its text recognised (OCR) first"
        )
    if sum(len(block.text) for block in document.blocks) > _MOST_CHARACTERS:
        raise UnreadableDocument(
            f"it holds more than {_MOST_CHARACTERS:,} characters, more than a policy does; split it"
        )
    return document


def _reader(suffix: str, content: bytes) -> Reader:
    if suffix not in _READERS:
        kind = f"{suffix} files are not read" if suffix else "its name does not end in what it is"
        raise UnreadableDocument(f"{kind}; save it as .docx or PDF (.txt, .md and .html are read too)")
    if not content:
        raise UnreadableDocument("it is empty; look whether it was saved or copied whole")
    found = _found(content)
    if found == ".doc":
        raise UnreadableDocument("it is an old Word file, or locked by a password; save it as .docx without a password")
    if found == ".rtf":
        raise UnreadableDocument("it is rich text (RTF); save it as .docx or PDF")
    wanted = {".docx", ".pdf"} & {suffix}
    if found == ".html" and suffix == ".txt":
        raise UnreadableDocument("it holds HTML; rename it to end in .html")
    if found in (".docx", ".pdf") and found != suffix:
        raise UnreadableDocument(
            f"its name ends in {suffix}, but it holds what a {found} file does; rename it if it is one"
        )
    if wanted and found != suffix:
        raise UnreadableDocument(f"its name ends in {suffix}, but its content is something else; get a proper copy")
    return _READERS[suffix]


def _found(content: bytes) -> str:
    """What the first bytes say that a file is, "" where they say nothing."""
    if content.startswith(b"PK\x03\x04"):
        return ".docx"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ".doc"
    if content.startswith(b"{\\rtf"):
        return ".rtf"
    if content[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n\f").startswith(b"%PDF-"):
        return ".pdf"
    if re.match(rb"[\xef\xbb\xbf\s]*<(?:!doctype\s+html|html)\b", content[:1024], re.IGNORECASE):
        return ".html"
    return ""
