"""Proposes which words of a text are the names of people, for a person to confirm."""

import re

_NAME = r"(?:[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-?[A-ZÀ-Þ][a-zà-ÿ'’]+)*)"
_INITIAL = r"(?:[A-Z]\.?\s)"
_OPENS = r"(?:Tell|Ask|Reach|Write|See|Contact|Call|Phone|Ring|Thank|Inform|Notify|Consult|Send|Both|And|But|When|Then)"
_FULL = rf"(?!{_OPENS}\s){_NAME}\s(?:{_INITIAL}|{_NAME}\s)?{_NAME}"
_ADDRESS = r"[\w.+%'’-]+@[\w-]+(?:\.[\w-]+)+"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Revd)\.?"
_POST = (
    r"(?:Manager|Officer|Secretary|Director|Chair(?:man|woman|person)?|President|Editor|Administrator|Coordinator"
    r"|Co-ordinator|Lead)"
)
_BEFORE = r"(?:[Cc]ontact|[Ee]-?mail|[Cc]all|[Tt]elephone|[Ww]ritten by|[Aa]uthor:|[Aa]pproved by|[Oo]wner:)"
_PATTERNS = (
    re.compile(rf"\b{_TITLE}\s({_NAME}(?:\s{_NAME}){{0,2}})"),
    re.compile(rf"({_FULL})\s?[,(<\[:–-]*\s?(?:e-?mail:?|at|on)?\s?{_ADDRESS}"),
    re.compile(rf"\b{_POST},\s({_FULL})(?=\s?[,.;:()]|\s(?:who|at|on|or|and|will|can)\b)"),
    re.compile(rf"({_FULL})\s?[,(–-]\s?(?:[Tt]he\s|[Oo]ur\s)?(?:[A-Z]\w+\s(?:(?:and|of)\s)?){{0,4}}{_POST}\b"),
    re.compile(rf"\b{_BEFORE}\s({_FULL})"),
)
# Words that are capitalised in a policy and no part of a name.
_NO_NAME = re.compile(
    r"\b(?:Office|Manager|Officer|Secretary|Director|Chair\w*|President|Editor|Network|Society|Institut\w+|Team|Committee"
    r"|Group|Department|Policy|University|Council|Services?|Communications?|Relations|Development|Media|Social|Human"
    r"|Resources|Board|Trustees?|Members?|Staff|Code|Conduct|Head|Press|Digital|Support|Desk|Data|Protection|National"
    r"|The|Our|Your|This|Please|If|Any|All|For|Website|Internet|Page|College|School|Trust|Association|Unit|Centre)\b"
)


def people(text: str) -> tuple[str, ...]:
    """The names that stand beside a title, a post or an address, in the order of the text."""
    found = [(match.start(1), " ".join(match[1].split())) for pattern in _PATTERNS for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(name for _, name in sorted(found) if not _NO_NAME.search(name)))
