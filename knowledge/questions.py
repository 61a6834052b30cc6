"""How a question is put: what it asks for, whether it is negated, what it says of the asker, and where it divides.

Reading is by small, visible patterns over plain words. They do not decide anything: they are what `verdicts.py` weighs.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 4_000  # characters of a message that are read; nobody asks a question at greater length


class Mood(StrEnum):
    """What a question asks for."""

    PERMISSION = "permission"  # can I, may we, is it ok to
    DUTY = "duty"  # do I have to, should we, am I supposed to
    CONCERN = "concern"  # is it a problem if, does it matter that
    BELIEF = "belief"  # so that is fine, right?
    CHOICE = "choice"  # is it this or that
    OPEN = "open"  # who, what, why, how
    FACT = "fact"  # does it, is there
    STATEMENT = "statement"  # a remark that asks nothing outright


class Account(StrEnum):
    """Whose account a question speaks of."""

    PERSONAL = "personal"
    AFFILIATED = "affiliated"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of a question say about how it is meant."""

    mood: Mood
    negated: bool
    lacks: bool
    has: bool
    account: Account | None
    represents: bool | None
    about_posting: bool


_SPELT_OUT = (
    (r"[’‘`´]", "'"),
    (r"\b(?:wanna|want 2)\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bgotta\b", "got to"),
    (r"\b(?:pls|plz)\b", "please"),
    (r"\b(can|do|does|did|is|are|was|were|would|should|could|have|has|had|wo|need|must)n'?t\b", r"\1 not"),
    (r"\bcannot\b", "can not"),
    (r"\b(?:whats|what's)\b", "what is"),
    (r"\b(?:whos|who's)\b", "who is"),
    (r"\b(?:hows|how's)\b", "how is"),
    (r"\b(?:wheres|where's)\b", "where is"),
    (r"\bu\b", "you"),
    (r"\bw/o\b", "without"),
    (r"\b(?:okay|okey|ok'd)\b", "ok"),
    (r"\balright\b", "all right"),
)
_WHO = (
    r"(?:i|we|you|one|he|she|they|members?|staff|people|fellows?|trainees?|volunteers?|admins?|anyone|anybody|somebody"
    r"|someone|everyone|(?:the|my|our|your|a|an|this|that|another)(?: [\w']+){1,3})"
)
_FINE = r"(?:ok|all right|fine|acceptable|permissible|permitted|allowed|appropriate|safe|cool|good|legit)"
_PERMISSION = re.compile(
    rf"\b(?:can|could|may|might) (?:not )?{_WHO}\b|\b(?:can|may) (?:it|this|that|these|those)\b"
    rf"|\b{_FINE} (?:if|to|for|with|by|like that|then|as is|place|way)\b|\b(?:free|happy|welcome|at liberty|entitled) to\b"
    r"|\b(?:allowed|permitted|entitled)\b"
    rf"|\b(?:is|would|are) (?:it|that|this|these|those|they) (?:be |still |really )?(?:not )?{_FINE}\b"
    rf"|\b(?:{_FINE}|go ahead|good to go|yes or no|worth a go|thoughts|can i|can we)(?: then| like that| as is)?\W*$"
    r"|\b(?:any|an|got) objections?\b|\bgo ahead\b|\bgood to (?:go|send|post)\b|\bmind if\b|\bdo (?:i|we) just\b|\bshall (?:i|we) just\b"
)
_DUTY = re.compile(
    rf"\b(?:do|does|did|would|will) (?:not )?{_WHO} (?:really |actually |also |still |then |not )*(?:have to|need|got to|ought to)\b"
    rf"|\b(?:should|must|shall|ought|need) (?:not )?(?:{_WHO}|it|that|this|these|those|there)\b"
    rf"|\b(?:am|are|is|were|was) (?:not )?{_WHO} (?:really |actually |also |still |not |just )*"
    r"(?:supposed|meant|expected|required|obliged|asked|bound|obligated|made|told|to)\b"
    r"|\b(?:have|has|had|got|need|needs|ought) to\b"
    r"|\b(?:compulsory|mandatory|obligatory|necessary|required|essential|a must|expected of)\b|\bneed (?:a|an|one|the|any)\b"
)
_CONCERN = re.compile(
    r"\b(?:problem|matter|matters|wrong|against|bad form|frowned|breach|breaking|trouble|count against|harm|hurt|mind"
    r"|risk|naughty|out of order|an issue|worry|worried)\b"
)
_TAG = re.compile(
    r"(?:\b(?:right|correct|yeah|no|true|innit|agreed|surely|is it not|is not it|isnt it|am i not|do i not|do they not"
    r"|is that so|am i right|does it not|doesnt it|have i got that right|can you confirm|confirm)\W*$)"
)
_BELIEF = re.compile(
    r"\b(?:surely|i(?: would| will)? (?:take it|assume|presume|gather|reckon|guess|suppose)|so (?:i|we|it|the|that|this|there) "
    r"|am i right|i(?:'ve| have)? (?:heard|been told)|can you confirm|just confirm|confirm that|told me|says? that|reckons?)\b"
)
_OPEN = re.compile(r"\b(?:who|whom|whose|what|which|why|when|where|how|wot|wat)\b")
_OPEN_FIRST = re.compile(
    r"(?:^|[,.;:!-] |\b(?:and|so|but|ok|hi|hey|also|to|for|with|on|by|from|in|under|then|please) )"
    r"(?:who|whom|whose|what|which|why|when|where|how|wot|wat)\b(?! (?:if|about if)\b)"
)
_TELL = re.compile(
    r"\b(?:tell me|list|explain|describe|remind me|define|point me|give me|show me|looking for|would like to know|tips"
    r"|advice|guidance on|summar\w+)\b"
)
_FACT_FIRST = re.compile(
    r"(?:^|[,.;:!?-] |\b(?:and|so|but|ok|if .{3,60}|out there) )"
    r"(?:do|does|did|is|are|was|were|has|have|will|would|am|can|could|any|any of)\b"
)
_OR = re.compile(
    r"\b(?:is|are|do|does|can|should|was|were|will|would|\w+ing)\b.* or "
    r"(?!not\b|anything|something|whatever|so\b|two\b|no\b|nah\b|else\b|any\b|even\b|other)"
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|noone|nothing|none|without|unless|only|just|ignore|skip|leave|left|refuse|avoid|instead"
    r"|rather|except|exempt|outside|off|even (?:if|though)|stop|stay silent|keep quiet|optional|excluded|forbid\w*|ban\w*"
    r"|discourage\w*|replac\w*|too late|nowt|dodge|harmless|beyond|merely|purely)\b"
)
_LACKS = re.compile(
    r"\b(?:without (?:ask|check|tell|permission|consent)\w*|(?:not|never|nobody|noone|no one)(?: \w+){0,3} (?:asked|ask|agreed|checked|"
    r"told|tell|clicked|cleared|given|decided|settled|consulted|spoken|verified|read|looked|seen|permission|consent|ok'?d)"
    r"|asked (?:\w+ ){0,3}not to|(?:would |had )?rather (?:\w+ ){0,3}(?:not|no|did not)|said no|refused|objected|no (?:photos|pics|pictures|permission|consent)"
    r"|from memory|half remember|forgot|did not ask|guess)\b"
)
_HAS = re.compile(
    r"\b(?:with (?:\w+ ){0,2}(?:permission|consent|blessing)|(?:has|have|had|all|both|they|she|he|everyone|everybody)(?: \w+){0,2} "
    r"(?:agreed|consented|said yes|signed|given|gave|checked|cleared|approved)|gave (?:me|us|his|her|their)|got (?:\w+ ){0,2}(?:permission|consent|the go-ahead)"
    r"|happy for|permission (?:from|in writing)|is fine with|was fine with|said (?:it is|it was|it's) fine|own (?:photo|picture|work)|took (?:it )?myself)\b"
)
_PERSONAL = re.compile(
    r"\b(?:my|their|his|her|your|our|one's)(?: \w+)? (?:own|personal|private)\b|\b(?:personal|private)(?:ly)?(?: \w+)? (?:account|profile|page|capacity|feed|twitter|facebook|insta\w*|linkedin|blog|acct|handle|timeline)s?\b"
    r"|\bmy (?:\w+ )?(?:account|acct|profile|page|feed|bio|twitter|facebook|fb|insta|instagram|linkedin|x|blog|timeline|handle|avatar)\b|\bin my own (?:time|name)\b"
)
_AFFILIATED = re.compile(
    r"\bsigs?'?s?\b|\baffiliated\b|\bscope\b|\bitn\b|\btrainee(?:s'| network)|\bspecial interest\b|\bour (?:\w+ ){0,2}(?:account|acct|feed|page|blog|handle|channel|twitter|facebook|linkedin|followers|tweets|posts)\b"
    r"|\b(?:the )?group'?s? (?:account|acct|feed|page|blog|handle|channel)\b|@ipem(?!news)\w*|@rebsig\w*|\b(?:account|page|feed) (?:i|we) (?:run|manage|look after|admin)\b|\bthe feed\b|\bour feed\b"
    r"|\bcommittee'?s? (?:account|feed|page)\b|\bi (?:run|manage|admin|tweet for|post for|do the tweets)\b"
)
_OFFICIAL = re.compile(r"@ipemnews\b|\bofficial (?:\w+ )?(?:account|channel|page|feed)s?\b|\bmain (?:\w+ )?(?:account|feed)\b")
_NOT_REPRESENTING = re.compile(
    r"\bnot (?:representing|speaking for|acting for|there for)\b|\b(?:ordinary|rank and file|plain|just a|private) member\b|\bdo not represent\b|\bnothing (?:on|in) my (?:profile|bio)\b"
    r"|\b(?:isn't|is not|not) mentioned (?:anywhere )?(?:on|in) my\b|\bpurely (?:personal|private)\b|\bin no way represent\w*\b"
)
_REPRESENTING = re.compile(
    r"\b(?:i|we) represent\b|\brepresenting ipem\b|\bon behalf of\b|\bi(?:'m| am)? (?:chair|sit on|the chair|an officer|on the committee|on council)\w*\b"
    r"|\bsays (?:so )?in my (?:bio|profile)\b"
)
_TRUE_OPEN = re.compile(r"(?:who|whom|whose|what|which|why|when|where|how)\b")
_POSTING = re.compile(
    r"\b(?:post|posts|posting|posted|tweet\w*|retweet\w*|rt|share|sharing|repost\w*|upload\w*|publish\w*|put|use|using|quote|tag"
    r"|tagging|comment\w*|reply|like|follow|link|name|mention\w*|stream\w*|blog\w*|write|show|livestream\w*|screenshot\w*)\b"
)
_DIVIDE = re.compile(
    r"\?\s+|,? (?:and|also|plus|&|then) (?=(?:if so |also |then )?(?:who|whom|what|when|where|which|how|why|can|may|do|does|is|are|should|must|could"
    r"|will|would|am|have) )|, (?=(?:who|what|when|where|which|how|why|can|may|do|should|must) )"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def plain(text: str) -> str:
    """The words of a message as written, without marks that cannot be seen and without needless space."""
    text = unicodedata.normalize("NFKC", text[: LONGEST * 2])
    kept = (c if unicodedata.category(c)[0] != "C" or c in "\n\u200d" else " " if c == "\t" else "" for c in text)
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()[:LONGEST]


def spelt_out(text: str) -> str:
    """Lower case, with contractions and text-speak written as words."""
    text = text.lower()
    for pattern, words in _SPELT_OUT:
        text = re.sub(pattern, words, text)
    return re.sub(r"\b(dont|doesnt|didnt|isnt|arent|wasnt|wouldnt|shouldnt|couldnt|cant|wont|havent|hasnt)\b", lambda m: f"{m[1][:-2]} not", text)


def read(text: str) -> Reading:
    """What the words of a question say about how it is meant."""
    words = spelt_out(text)
    question = _asking_sentence(words)
    return Reading(
        mood=_mood(question),
        negated=bool(_NEGATION.search(question)),
        lacks=bool(_LACKS.search(words)),
        has=bool(_HAS.search(words)),
        account=_account(words),
        represents=_represents(words),
        about_posting=bool(_POSTING.search(words)),
    )


def _asking_sentence(words: str) -> str:
    """The sentence that asks; with a bare "ok?" or "right?" at the end, the one before it too."""
    sentences = [part.strip() for part in _SENTENCE_END.split(words) if part.strip()]
    if not sentences:
        return words
    asking = [at for at, part in enumerate(sentences) if part.rstrip("!. ").endswith("?")]
    at = asking[-1] if asking else len(sentences) - 1
    if len(sentences[at].split()) <= 4 and at > 0:
        return f"{sentences[at - 1].rstrip('.!? ')}, {sentences[at]}"
    return sentences[at]


def _mood(question: str) -> Mood:
    if _TAG.search(question) and not _TRUE_OPEN.match(question):
        return Mood.BELIEF
    opens = _OPEN_FIRST.search(question)
    if opens and not re.search(r"\bconfirm\b", question):
        before = question[: opens.start()]
        if not (_DUTY.search(before) or _PERMISSION.search(before) or _FACT_FIRST.match(before)):
            return Mood.OPEN
    permission, duty = _PERMISSION.search(question), _DUTY.search(question)
    if permission and (not duty or permission.start() < duty.start()):
        return Mood.PERMISSION
    if duty:
        return Mood.DUTY
    if _BELIEF.search(question):
        return Mood.BELIEF
    if _CONCERN.search(question):
        return Mood.CONCERN
    if _OR.search(question):
        return Mood.CHOICE
    if _FACT_FIRST.search(question):
        return Mood.FACT
    if _OPEN.search(question) or _TELL.search(question):
        return Mood.OPEN
    return Mood.FACT if question.endswith("?") else Mood.STATEMENT


def _account(words: str) -> Account | None:
    if _PERSONAL.search(words) and not re.search(r"\bfrom (?:the|our) (?:\w+ )?sig\b", words):
        return Account.PERSONAL
    if _AFFILIATED.search(words):
        return Account.AFFILIATED
    return Account.OFFICIAL if _OFFICIAL.search(words) else None


def _represents(words: str) -> bool | None:
    if _NOT_REPRESENTING.search(words):
        return False
    return True if _REPRESENTING.search(words) else None


def divide(text: str) -> list[str]:
    """The things that a message may ask, one after another; remarks stay with the question that they lead up to."""
    pieces: list[str] = []
    before = ""
    for sentence in (part.strip() for part in _SENTENCE_END.split(text)):
        if not sentence.endswith("?"):
            before = f"{before} {sentence}".strip()
            continue
        asked = [part.strip() for part in _DIVIDE.split(sentence) if len(part.split()) > 2]
        if asked:
            asked[0] = f"{before} {asked[0]}".strip()
            pieces += asked
            before = ""
    if before and (divided := [part.strip() for part in _DIVIDE.split(before) if len(part.split()) > 2]):
        pieces += divided if not pieces else []
    return pieces or [text]
