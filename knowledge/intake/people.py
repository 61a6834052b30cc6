"""Proposes which words of a text are the names of people, for a person to confirm."""

import re
from functools import cache

from knowledge.official import ADDRESS, PARTICLE, TELEPHONE, TITLE

_LETTERS = [chr(code) for code in range(0x1F00) if chr(code).isalpha()]  # Latin, Greek and Cyrillic, with all accents
_BIG = f"[{''.join(filter(str.isupper, _LETTERS))}]"
_SMALL = f"[{''.join(filter(str.islower, _LETTERS))}\u0300-\u036f]"
# Words that are capitalised in a policy and no part of a name.
_NO_NAME = (
    r"(?:Offices?|Manager|Officer|Secretary|Director|Chair\w*|President|Vice|Deputy|Assistant|Senior|Junior|Chief"
    r"|Executive|Editor|Treasurer|Administrator|Coordinator|Co-ordinator|Lead|Leader|Teams?|Committee|Groups?|Department"
    r"|Division|Network|Society|Club|Institut\w+|Universit\w+|Council|Services?|Board|Trustees?|Members?|Staff|Head"
    r"|College|School|Faculty|Trust|Association|Foundation|Federation|Union|Unit|Centre|Center|Commission\w*|Authority"
    r"|Agency|Ministry|Company|Limited|Ltd|Hospital|House|Hall|Street|Road|Avenue|Square|Park|Branch|Region\w*|Council"
    r"|Polic(?:y|ies)|Codes?|Conduct|Guid\w+|Rules?|Procedures?|Handbook|Standards?|Acts?|Regulations?|Terms|Strategy"
    r"|Plan|Charter|Statement|Agreement|Form|Report|Register|List|Section|Part|Chapter|Appendix|Annex|Table|Version"
    r"|Press|Media|Social|Digital|Public|External|Internal|Human|Corporate|Marketing|Communications?|Relations"
    r"|Affairs|Development|Resources|Support|Help|Desk|Enquir\w+|Inquir\w+|Questions?|Complaints?|Security|Safety"
    r"|Safeguarding|Privacy|Freedom|Equality|Diversity|Inclusion|Compliance|Legal|Finance|Operations|Research|Education"
    r"|Training|Learning|Student\w*|Employee\w*|Volunteers?|Data|Protection|Information|Technology|Science|Sciences"
    r"|Medicine|Medical|Nuclear|Physics|Clinical|Health|Engineering|Nursing|National|International|Royal|Central"
    r"|General|Local|North(?:ern)?|South(?:ern)?|East(?:ern)?|Western|United|Kingdom|States|England|Scotland|Wales|Ireland|Britain"
    r"|British|European|Website|Internet|Online|Web|Pages|Blogs?|Channels?|Accounts?|Platforms?|Posts?|Content|Twitter"
    r"|Facebook|LinkedIn|Instagram|YouTube|WhatsApp|TikTok|Google|Microsoft|Snapchat|Pinterest|Reddit|Discord|Zoom|Slack"
    r"|Teams|Outlook|E-?mail\w*|Telephone|Tel|Phone|Fax|Mobile|Address|Name|Date|Title|Role|Post|Author|Owner|Contacts?"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|July"
    r"|September|October|November|December|The|Our|Your|Their|His|Her|Its|This|That|These|Those|An?|Any|All|Every|Each"
    r"|Some|No|Not|Who|What|Where|Why|How|Which|If|As|At|By|In|On|Of|Or|To|For|From|With|And|But|Both|When|Then|While"
    r"|Please|Tell|Ask|Reach|Write|Written|See|Call|Ring|Thank|Inform|Notify|Consult|Send|Do|Be|You|We|They|He|She|It"
    r"|Die|Der|Das|New|Other|More|About|Only|Also|Approved|Reviewed|Prepared|Last|Next|First|Second)"
)
_PART = rf"{_BIG}(?:['’]{_BIG}?{_SMALL}+|{_SMALL}+)"
_WORD = rf"(?:{_PART}(?:[-'’]?{_PART})*(?!\w))"
_NAME = rf"(?:(?!{_NO_NAME}(?!\w)|{TITLE}\s){_WORD})"
_INITIALS = rf"(?:{_BIG}(?:\.\s?|\s)){{0,3}}"
_LAST = rf"(?:{PARTICLE}\s){{0,3}}{_NAME}"
_WHOLE = (
    rf"(?<![\w@#'’-])(?:(?:{_NAME}\s){{1,3}}?{_INITIALS}|(?:{_BIG}\.\s?){{1,3}}){_LAST}"
    rf"(?!\s(?:{_BIG}|{PARTICLE}\s))"
)
_FULL = f"({_WHOLE})"
_POST = (
    r"(?:Manager|Officer|Secretary|Director|Chair(?:man|woman|person)?|President|Editor|Administrator|Coordinator"
    r"|Co-ordinator|Treasurer|Lead|Executive|Principal|Dean|Registrar|Headteacher)"
)
_BEFORE = (
    r"(?:contact|e-?mail|call|ring|telephone|author|owner|(?:written|prepared|produced|approved|authorised|reviewed"
    r"|agreed|signed|issued|owned) (?:off )?by)"
)
_REACHED = rf"(?:e-?mail:?|tele?(?:phone)?[.:]?|at|on)?\s?(?:{ADDRESS}|{TELEPHONE})"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compiled when a text is first read: it takes half a second, and most commands read none."""
    return (
        # Whatever follows a title is a name, an everyday word or not.
        re.compile(
            rf"(?<!\w){TITLE}\s({_INITIALS}(?:{PARTICLE}\s){{0,3}}(?!{_POST}\b){_WORD}(?:\s{_INITIALS}{_LAST}){{0,2}})"
        ),
        re.compile(rf"{_FULL}\s?[,(<\[:|–-]*\s?{_REACHED}"),
        re.compile(rf"\b(?i:{_POST})\s?(?:[:(|]|is|\s)\s?{_FULL}"),
        re.compile(rf"\b(?i:{_POST})\s?[,–-]\s?{_FULL}(?=\s?[,.;:()|–-]|\s(?:who|at|on|or|and|will|can)\b|$)"),
        re.compile(
            rf"{_FULL},?\s?(?:[,(|–-]|(?:who\s)?(?:is|as))\s?(?:(?:[Tt]he|[Oo]ur|an?)\s)?"
            rf"(?:[A-Z]\w+\s(?:(?:and|of)\s)?){{0,4}}{_POST}\b"
        ),
        re.compile(rf"\b(?i:{_BEFORE})\s?[:|]?\s?{_FULL}"),
        re.compile(rf"\b(?i:{_BEFORE})\s?[:|]?\s?{_WHOLE},?\s(?:or|and|&)\s{_FULL}"),
    )


def people(text: str) -> tuple[str, ...]:
    """The names that stand beside a title, a post or an address, in the order of the text.

    None runs over the end of a line, since each block of a document is a line of its text.
    """
    found = [
        (number, match.start(1), " ".join(match[1].split()))
        for number, line in enumerate(text.split("\n"))
        for pattern in _patterns()
        for match in pattern.finditer(line)
    ]
    return tuple(dict.fromkeys(name for _, _, name in sorted(found)))
