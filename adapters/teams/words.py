"""What somebody wrote in Teams, as a person reads it. Pure."""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from adapters.chat.bodies import list_in, part_of, words_in
from adapters.chat.pieces import clean

_MOST_MENTIONS = 50  # of a message; the text is gone through for each
_OPENS, _CLOSES = "\ue000", "\ue001"  # around the number of a mention; of private use, so that nobody types them
_MARK = re.compile(f"{_OPENS}([0-9]+){_CLOSES}")
_AT = re.compile(r"<at\b[^<>]*>.*</at>", re.DOTALL)
_REPLY = "schema.skype.com/Reply"  # how Teams marks the words of another message, above those of an answer to it
_LEFT_OUT = ("script", "style", "attachment", "systemeventmessage")
_BLOCKS = ("p", "div", "blockquote", "ul", "ol", "li", "pre", "table", "tr", *(f"h{number}" for number in range(1, 7)))
_EMOJI = ("Emoji", "emoji")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as an entity of a message has it: its text there, whose it is, and their name."""

    text: str
    user: str
    name: str


def mentions_in(activity: object) -> list[Mention]:
    """The mentions in a message, in order, as far as they can be read; so many of them at most."""
    found = []
    for entity in list_in(activity, "entities"):
        mentioned = part_of(entity, "mentioned")
        text, user = words_in(entity, "text"), words_in(mentioned, "id")
        if part_of(entity, "type") == "mention" and user and _AT.fullmatch(text):
            found.append(Mention(text, user, words_in(mentioned, "name") or _bare(text)))
        if len(found) == _MOST_MENTIONS:
            break
    return found


def words_of(
    text: str,
    mentions: Iterable[Mention],
    us: str,
    called: Callable[[Mention], str] = lambda mention: f"@{mention.name}",
    marked_up: bool = False,
) -> str:
    """The words of a message, without the mention of us (an id). Each mention is read once, where its own text stands:
    the same name in a sentence stays. `called` says what stands for somebody else; `marked_up` says that it is HTML."""
    text, others = _marked(text, list(mentions), us)
    ours = f"{_OPENS}{_CLOSES}"
    text = _text_in(text) if marked_up else html.unescape(text)
    text = re.sub(rf"\A\s*{ours}[,:]?\s*", "", _spaced(text))
    text = re.sub(rf"[^\S\n]?{ours}", "", text)
    return _MARK.sub(lambda found: called(others[int(found[1])]), text).strip()


def words_of_html(source: str) -> str:
    """The words of a message as its HTML has them; what it answers to is somebody else's, and left out."""
    return _spaced(_text_in(_without_marks(source))).strip()


def _marked(text: str, mentions: list[Mention], us: str) -> tuple[str, list[Mention]]:
    """A text with a mark in the place of each mention, that of us without a number; and who the others are."""
    text, others = _without_marks(text), list[Mention]()
    for mention in mentions:
        written = next((one for one in (mention.text, _escaped(mention.text)) if one in text), None)
        if written is None:
            continue
        number = "" if mention.user == us else str(len(others))
        text = text.replace(written, f"{_OPENS}{number}{_CLOSES}", 1)
        if number:
            others.append(mention)
    return text, others


def _escaped(text: str) -> str:
    """The text of a mention as it stands where the name in it is escaped."""
    opening, _, rest = text.partition(">")
    return f"{opening}>{html.escape(rest.removesuffix('</at>'), quote=False)}</at>"


def _bare(text: str) -> str:
    return html.unescape(text.partition(">")[2].removesuffix("</at>"))


def _without_marks(text: str) -> str:
    return text.replace(_OPENS, "").replace(_CLOSES, "")


def _spaced(text: str) -> str:
    """Text with lines and blanks as they are typed."""
    lines = text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines))


def _text_in(source: str) -> str:
    """The text of some HTML: a line for each block of it, a link with where it leads, an emoji as itself."""
    try:
        root = lxml_html.fragment_fromstring(clean(source), create_parent="div")
    except (etree.LxmlError, ValueError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", source))
    said: list[str] = []
    left_out: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start" and left_out is None:
            if _is_left_out(element):
                left_out = element
            else:
                said.append(_begun(element))
        elif event == "end" and left_out is not None and element is left_out:
            left_out = None
            said.append(_collapsed(element.tail))
        elif event != "start" and left_out is None:
            said.append((_ended(element) if event == "end" else "") + _collapsed(element.tail))
    return re.sub(r" ?\n[ \n]*", "\n", re.sub(r" {2,}", " ", "".join(said)))


def _is_left_out(element: etree._Element) -> bool:
    return element.tag in _LEFT_OUT or _REPLY in str(element.get("itemtype", ""))


def _begun(element: etree._Element) -> str:
    before = "\n" if element.tag in _BLOCKS or element.tag == "br" else ""
    if element.tag in ("img", "emoji"):
        is_emoji = element.tag == "emoji" or any(word in str(element.get("itemtype", "")) for word in _EMOJI)
        return str(element.get("alt", "")) if is_emoji else ""
    mark = "- " if element.tag == "li" else "@" if element.tag == "at" else ""
    return f"{before}{mark}{_collapsed(element.text)}"


def _ended(element: etree._Element) -> str:
    if element.tag == "a":
        return _led_to("".join(str(part) for part in element.itertext()), str(element.get("href", "")))
    return "\n" if element.tag in _BLOCKS else " " if element.tag in ("td", "th") else ""


def _led_to(label: str, address: str) -> str:
    """Where a link leads, unless its label says so already."""
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    typed = {bare, *(bare.removeprefix(scheme) for scheme in ("http://", "https://"))}
    shown = label.strip()
    return "" if not bare or {shown, f"{shown}/"} & typed else f" ({bare})" if shown else bare


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
