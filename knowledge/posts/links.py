"""Links that look broken by the way they are written. Nothing is fetched: where a link leads, nobody here knows."""

import re
from collections.abc import Iterable

from knowledge.posts.faults import Examined, Fault

_WORD = re.compile(r"\S+")
_OPENING, _CLOSING = "([{<\"'*_", ".,;:!?)]}>\"'*_"
_SCHEME = re.compile(r"(?P<scheme>[htps]{3,7})(?P<mark>[:;.,]{0,2})(?P<slashes>[/\\]{0,4})(?P<rest>.*)", re.I)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})", re.I)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\]", re.I)
_ENDING = r"(?:(?:co|ac|org|gov|nhs)\.uk|com|org|net|uk|eu|edu|gov|io|info|int|ie|ly|gl|me|tv|de|fr|ch)"
_MISTYPED_ENDING = re.compile(
    r"\.(?:con|cmo|ocm|comm|cpm|vom|xom|ogr|rog|orgg|orq|nett|couk|acuk|orguk|(?:co|ac|org|nhs|gov)\.(?:k|u|ku|ukk|ul))\Z",
    re.I,
)
_BARE = re.compile(
    r"(?P<name>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?P<mark>,|\.\.|,\.|\.)"
    rf"(?P<ending>{_ENDING})(?P<path>/\S*)?",
    re.I,
)
_WWW = re.compile(r"(?P<www>w{2,5})(?P<mark>[.,;:]{1,2})(?P<rest>.*)", re.I)
_SPACED_SCHEME = re.compile(r"\bhttps?(?: :|: ) ?/ ?/ ?\S*|\bhttps?:/ /\S*|\bhttps?:// \S+", re.I)
_SPACED_HOST = re.compile(
    r"\b(?:https?://|www\.)[\w.-]+ (?:\.[a-z]{2,}\b|/\w)\S*|\bwww (?:\.?[\w-]+\.)[a-z]{2,}\S*", re.I
)
_PLACEHOLDER = re.compile(
    r"[\[<{](?i:(?:insert |add |your |paste |put )?(?:the )?(?:link|url|hyperlink|web ?address|web ?link)"
    r"(?: (?:here|tbc|tba|to follow|goes here))?)[\]>}]"
    r"|\b(?:INSERT|ADD|PASTE) (?:THE )?(?:LINK|URL)(?: HERE)?\b"
    r"|\b(?:LINK|URL) (?:HERE|TBC|TBA)\b"
    r"|\b(?:insert|paste|add) (?:the )?(?:link|url) here\b|\blink goes here\b"
)
_LEFT_OPEN = re.compile(r"/(?:x{3,}|tbc|tba|todo|\?{2,}|…|\.\.\.|insert[\w-]*|your[-_]?link)(?:/|\Z)", re.I)


def broken_links(draft: Examined) -> Iterable[Fault]:
    """Each link that cannot be right as it is written, with a mend where only one thing can have been meant."""
    text = draft.folded.text
    seen_to = 0
    spaced = [*_SPACED_SCHEME.finditer(text), *_SPACED_HOST.finditer(text), *_PLACEHOLDER.finditer(text)]
    for match in sorted(spaced, key=lambda one: (one.start(), -one.end())):
        if match.start() >= seen_to:
            seen_to = match.end()
            end = match.start() + len(match[0].rstrip(_CLOSING)) if match[0][:1] not in "[<{" else match.end()
            yield Fault(*draft.folded.original(match.start(), end), mend=_closed_up(text[match.start() : end]))
    taken = [(match.start(), match.end()) for match in spaced]
    for word in _WORD.finditer(text):
        start, end = _trimmed(text, *word.span())
        if start < end and not any(begin < end and start < finish for begin, finish in taken):
            faulty, mend = _judged(text[start:end])
            if faulty:
                yield Fault(*draft.folded.original(start, end), mend=mend)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a word without the punctuation around it; an ellipsis that cuts a link short stays with it."""
    while start < end and text[start] in _OPENING:
        start += 1
    while start < end and text[end - 1] in _CLOSING:
        cut_short = text[max(start, end - 3) : end] == "..." and "/" in text[start:end].replace("//", "")
        unfinished = text[start:end].lower() in ("www.", "http:", "https:")
        ipv6 = text[end - 1] == "]" and "//[" in text[start:end]
        if (cut_short and _opens_link(text[start:end])) or unfinished or ipv6:
            break
        end -= 1
    return start, end


def _opens_link(word: str) -> bool:
    return word.lower().startswith(("http", "www."))


def _judged(word: str) -> tuple[bool, str | None]:
    """Whether a word is a link that looks broken, and what was surely meant."""
    if word.startswith(("@", "#")) or ("@" in word and "//" not in word):
        return False, None
    with_scheme = _SCHEME.fullmatch(word)
    if with_scheme and _means_scheme(with_scheme):
        return _with_scheme(with_scheme)
    www = _WWW.fullmatch(word)
    if www and (www["www"].lower() == "www" or _HOST.match(www["rest"])):
        if len(www["www"]) != 3 or www["mark"] != ".":
            meant = f"www.{www['rest']}"
            return True, meant if not _wrong_after_scheme(meant) else None
        return _wrong_after_scheme(word), _mended_host(word)
    bare = _BARE.fullmatch(word)
    if bare and bare["mark"] == ".":
        return bool(_LEFT_OPEN.search(bare["path"] or "")), None
    sure = word.islower() and bare is not None and bare["ending"] in ("org", "com")
    if bare and (sure or bare["mark"] != "," or "/" in word or "." in bare["ending"]):
        return True, f"{bare['name']}.{bare['ending']}{bare['path'] or ''}"
    return False, None


def _means_scheme(match: re.Match[str]) -> bool:
    """Whether a word opens with what was meant as http:// or https://."""
    scheme, mark, slashes = match["scheme"].lower(), match["mark"], match["slashes"]
    if not re.fullmatch(r"h{0,2}t{1,3}h?p{1,2}s{0,2}|ht?ps?|hptts?|http?sp?|htpts?", scheme) or not (mark or slashes):
        return False
    if scheme in ("http", "https") and mark == ":":
        return bool(slashes) or bool(_HOST.match(match["rest"])) or not match["rest"]
    return len(slashes) > 1 or (bool(slashes or mark == ":") and bool(_HOST.match(match["rest"])))


def _with_scheme(match: re.Match[str]) -> tuple[bool, str | None]:
    scheme, rest = match["scheme"].lower(), match["rest"]
    right = scheme in ("http", "https") and match["mark"] == ":" and match["slashes"] == "//"
    meant = f"{'https' if scheme.endswith('s') else 'http'}://{rest}"
    if right and re.match(r"https?:?/", rest, re.I):  # the scheme stands there twice
        inner = re.sub(r"\Ahttps?:?/{1,2}", "", rest, flags=re.I)
        return True, None if _wrong_after_scheme(inner) else f"{scheme}://{inner}"
    if right:
        mended = _mended_host(rest)
        return _wrong_after_scheme(rest), mended and f"{scheme}://{mended}"
    return True, None if _wrong_after_scheme(rest) else meant


def _wrong_after_scheme(rest: str) -> bool:
    """Whether what follows the scheme has no sound host or port, is cut short, or was never filled in."""
    host_and_port, path = _divided(rest)
    host, port = _host_and_port(host_and_port)
    labels = host.lower().split(".")
    return bool(
        not (_HOST.fullmatch(host) or _ADDRESS.fullmatch(host))
        or (labels[0] == "www" and len(labels) < 3)
        or _MISTYPED_ENDING.search(host)
        or (port is not None and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536))
        or path.endswith(("...", "…"))
        or _LEFT_OPEN.search(path)
    )


def _mended_host(rest: str) -> str | None:
    """With a comma or a doubled dot in the host put right, if nothing else is wrong."""
    host, path = _divided(rest)
    mended = re.sub(r"[.,]{2,}|,", ".", host) + path
    return mended if mended != rest and not _wrong_after_scheme(mended) else None


def _divided(rest: str) -> tuple[str, str]:
    at = next((at for at, letter in enumerate(rest) if letter in "/?#"), len(rest))
    return rest[:at], rest[at:]


def _host_and_port(text: str) -> tuple[str, str | None]:
    text = text.rsplit("@", 1)[-1]
    if text.startswith("["):
        host, bracket, port = text.partition("]")
        return host + bracket, port[1:] if port.startswith(":") else None
    host, colon, port = text.partition(":")
    return host, port if colon else None


def _closed_up(text: str) -> str | None:
    """Without the spaces, if that makes a sound link."""
    mended = re.sub(r"\s", "", text)
    if mended.lower().startswith("www") and not mended.lower().startswith("www."):
        mended = f"www.{mended[3:]}"
    rest = re.sub(r"\Ahttps?://", "", mended, flags=re.I)
    return mended if mended != text and not _wrong_after_scheme(rest) else None
