"""The phrases by which a question shows how it is meant, as patterns over lower-case words that are spelt out.

Each is a list that a person can read and lengthen. None decides by itself: together they are evidence.
"""

import re

SPELT_OUT = (
    (r"[’‘`´]", "'"),
    (r"\b(?:wanna|want 2)\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bgotta\b", "got to"),
    (r"\b(?:pls|plz)\b", "please"),
    (r"\b(?:can'?t|cannot)\b", "can not"),
    (r"\bwon'?t\b", "will not"),
    (r"\bshan'?t\b", "shall not"),
    (r"\b(do|does|did|is|are|was|were|would|should|could|have|has|had|need|must)n'?t\b", r"\1 not"),
    (r"\b(?:whats|what's)\b", "what is"),
    (r"\b(?:whos|who's)\b", "who is"),
    (r"\b(?:hows|how's)\b", "how is"),
    (r"\b(?:wheres|where's)\b", "where is"),
    (r"\bu\b", "you"),
    (r"\bw/o\b", "without"),
    (r"\b(?:okay|okey|ok'd)\b", "ok"),
    (r"\balright\b", "all right"),
)


def _any(*phrases: str) -> re.Pattern[str]:
    """Any of the phrases, at the edges of words."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_WHO = (
    r"(?:i|we|you|one|he|she|they|members?|staff|people|fellows?|trainees?|volunteers?|admins?|anyone|anybody|somebody"
    r"|someone|everyone|(?:the|my|our|your|a|an|this|that|another)(?: [\w']+){1,3})"
)
_IT = r"(?:it|this|that|these|those|they)"
_FINE = r"(?:ok|all right|fine|acceptable|permissible|permitted|allowed|appropriate|safe|cool|good|legit)"
_STILL = r"(?:really |actually |also |still |then |not |just )*"
_ASKING = r"(?:who|whom|whose|what|which|why|when|where|how|wot|wat)"
_PLACE = r"(?:account|acct|profile|page|feed|bio|twitter|facebook|fb|insta\w*|linkedin|x|blog|timeline|handle|avatar)s?"
_SHARED_PLACE = r"(?:account|acct|feed|page|blog|handle|channel|twitter|facebook|linkedin|followers|tweets|posts)"

PERMISSION = _any(
    rf"(?:can|could|may|might) (?:not )?{_WHO}",
    rf"(?:can|may) {_IT}",
    rf"{_FINE} (?:if|to|for|with|by|like that|then|as is|place|way)",
    r"(?:free|happy|welcome|at liberty|entitled) to",
    r"allowed|permitted|entitled",
    rf"(?:is|would|are) {_IT} (?:be |still |really )?(?:not )?{_FINE}",
    r"(?:any|an|got) objections?",
    r"go ahead|good to (?:go|send|post)|mind if",
    r"(?:do|shall) (?:i|we) just|do (?:i|we) (?:just |now |then )?(?:press|hit|go|send|post|tweet)",
)
OUTSIDER = _any(r"(?:not|never)(?: \w+){0,2} (?:a|an|any) (?:member|fellow)")
OWN = _any(r"i|me|my|mine|we|us|our")
PROPOSES = _any(r"(?:should|shall) (?:i|we)")
BARE_PERMISSION = re.compile(
    r"(?:and )?(?:(?:should|shall|could|can|may) (?:i|we)(?: do (?:it|that|this)| just)?"
    r"|(?:post|tweet|send|share|rt|publish|use|leave|run)(?: it| this| that| them)?(?: as is| anyway| now)?"
    r"|\w+able)\W*$"
)
PERMISSION_AT_END = re.compile(
    rf"\b(?:{_FINE}|go ahead|good to go|yes or no|worth a go|thoughts|can i|can we)(?: then| like that| as is)?\W*$"
)
DUTY = _any(
    rf"(?:do|does|did|would|will) (?:not )?{_WHO} {_STILL}(?:have to|need|got to|ought to)",
    rf"(?:should|must|shall|ought|need) (?:not )?(?:{_WHO}|{_IT}|there)",
    rf"(?:am|are|is|were|was) (?:not )?{_WHO} {_STILL}"
    r"(?:supposed|meant|expected|required|obliged|asked|bound|made|told|to)",
    r"(?:have|has|had|got|need|needs|ought) to",
    r"compulsory|mandatory|obligatory|necessary|required|essential|a must|expected of",
    r"need (?:a|an|one|the|any)",
)
CONCERN = _any(
    r"problem|matters?|wrong|against|bad form|frowned|breach|breaking|trouble|count against|harm|hurt|mind|risk",
    r"naughty|out of order|an issue|worry|worried",
)
TAG = re.compile(
    r"(?<!\ball )\b(?:right|correct|yeah|no|true|innit|agreed|surely|is (?:it not|not it)|isnt it|am i (?:not|right)"
    r"|do (?:i|they) not|is that so|does it not|doesnt it|have i got that right|confirm)\W*$"
)
BELIEF = _any(
    r"surely|am i right",
    r"i(?: would| will)? (?:take it|assume|presume|gather|reckon|guess|suppose)",
    r"so (?:i|we|it|the|that|this|there)(?= )",
    r"i(?:'ve| have)? (?:heard|been told)",
    r"(?:just|can you) confirm|confirm that|told me|says? that|reckons?",
)
OPEN = _any(_ASKING)
SINCE = re.compile(r"(?:when|where|while|whenever|wherever) [^,?]{3,120}, *(?=\w)")  # opens a remark, not a question
OPENS = re.compile(rf"{_ASKING}\b")
OPEN_FIRST = re.compile(
    r"(?:^|[,.;:!-] |\b(?:and|so|but|ok|hi|hey|also|to|for|with|on|by|from|in|under|then|please) )"
    rf"{_ASKING}\b(?! (?:if|about if)\b)"
)
TELL = _any(
    r"tell me|list|explain|describe|remind me|define|point me|give me|show me|looking for|would like to know",
    r"tips|advice|guidance on|summar\w+",
)
FACT_FIRST = re.compile(
    r"(?:^|[,.;:!?-] |\b(?:and|so|but|ok|if .{3,60}|out there) )"
    r"(?:do|does|did|is|are|was|were|has|have|will|would|am|can|could|any|any of)\b"
)
OR = re.compile(
    r"\b(?:is|are|do|does|can|should|was|were|will|would|\w+ing)\b.* or "
    r"(?!not\b|anything|something|whatever|so\b|two\b|no\b|nah\b|else\b|any\b|even\b|other)"
)
NEGATION = _any(
    r"not|never|no|nobody|noone|nothing|none|nowt|without|unless|only|just|merely|purely|instead|rather|except|exempt",
    r"all (?:i|we|you|they)(?:'ve| have| need| had)|enough|outside|off|beyond|even (?:if|though)|too late|optional",
    r"excluded|harmless",
    r"ignore|skip|leave|left|refuse|avoid|stop|dodge|stay silent|keep quiet|forbid\w*|ban\w*|discourage\w*|replac\w*",
)
LACKS = _any(
    r"without (?:ask|check|tell|permission|consent)\w*",
    r"(?:not|never|nobody|noone|no one)(?: \w+){0,3} (?:asked|ask|agreed|checked|told|tell|clicked|cleared|given"
    r"|decided|settled|consulted|spoken|verified|read|looked|seen|permission|consent|ok'?d)",
    r"asked (?:\w+ ){0,3}not to|(?:would |had )?rather (?:\w+ ){0,3}(?:not|no|did not)",
    r"said no|refused|objected|no (?:photos|pics|pictures|permission|consent)",
    r"from memory|half remember|forgot|did not ask|guess",
)
HAS = _any(
    r"with (?:\w+ ){0,2}(?:permission|consent|blessing)",
    r"(?:has|have|had|all|both|they|she|he|everyone|everybody)(?: \w+){0,2} (?:agreed|consented|said yes|signed|given"
    r"|gave|checked|cleared|approved)",
    r"gave (?:me|us|his|her|their)|got (?:\w+ ){0,2}(?:permission|consent|the go-ahead)|permission (?:from|in writing)",
    r"happy for|(?:is|was) fine with|said (?:it is|it was|it's) fine|own (?:photo|picture|work)|took (?:it )?myself",
)
PERSONAL = _any(
    r"(?:my|their|his|her|your|our|one's)(?: \w+)? (?:own|personal|private)",
    rf"(?:personal|private)(?:ly)?(?: \w+)? (?:capacity|{_PLACE})",
    rf"my (?:\w+ )?{_PLACE}",
    r"in my own (?:time|name)",
)
AFFILIATED = re.compile(
    r"\b(?:"
    r"sigs?'?s?|affiliated|scope|itn|trainees?'? (?:network|page|facebook)|special interest"
    rf"|our (?:\w+ ){{0,2}}{_SHARED_PLACE}"
    rf"|(?:group|committee)'?s? {_SHARED_PLACE}"
    r"|(?:account|page|feed) (?:i|we) (?:run|manage|look after|admin)|the feed"
    r"|i (?:run|manage|admin|tweet for|post for|do the tweets)"
    r")\b|@ipem(?!news)\w*|@rebsig\w*"
)
FROM_GROUP = re.compile(r"\bfrom (?:the|our) (?:\w+ )?sig\b")
OFFICIAL = re.compile(
    r"@ipemnews\b|\b(?:official (?:\w+ )?(?:account|channel|page|feed)s?|main (?:\w+ )?(?:account|feed))\b"
)
NOT_REPRESENTING = _any(
    r"not (?:representing|speaking for|acting for|there for)|do not represent|in no way represent\w*",
    r"(?:ordinary|rank and file|plain|just a|private) member|purely (?:personal|private)",
    r"nothing (?:on|in) my (?:profile|bio)|(?:isn't|not) mentioned (?:anywhere )?(?:on|in) my",
)
REPRESENTING = _any(
    r"(?:i|we) represent|representing (?:ipem|icis)|on behalf of|says (?:so )?in my (?:bio|profile)",
    r"i(?:'m| am)? (?:chair|sit on|the chair|an officer|on the committee|on council)\w*",
)
# What is to be posted sells, praises or gives away.
SELLING = _any(
    r"products?|merchandise|wares|goods|bargains?|discount\w*|coupons?|vouchers?|promo(?: codes?)?|giveaways?",
    r"freebies?|deals?|codes?|(?:free )?(?:trials?|samples?)|(?:special|show|our|their|an?|its|\w+s'|\w+'s) offers?",
    r"offering|adverts?|ads|advertis\w+|advertorials?|commercials?|sponsored|plug|publicis\w+",
    r"promotions?|promotional|promot(?:e|es|ing)|competitions?|prizes?|raffles?|launch\w*|demos?|demonstrat\w+",
    r"pric(?:e|es|ed|ing|elist)|sales|(?:on|for|a|clearance|\w+'s) sale|cheap\w*|half price|per ?cent|\d+ ?% off",
    r"buy|buying|to sell|selling|purchas\w+|order forms?|to order|orders? (?:from|now|today)",
    r"brochures?|catalogues?|leaflets?|flyers?|testimonials?|reviews?|recommend\w*|endors\w+|prais(?:e|es|ing)",
    r"boast\w*|bragg?\w*|world.?lead\w+|(?:the|is|are|be) (?:the )?(?:very )?(?:best|finest|greatest|leading)",
    r"better than|favourite|excellent|unrivalled|what (?:\w+ ){1,8}(?:makes?|sells?|offers?)",
)
LEAVING = _any(
    r"avoid\w*|refus\w+|turn(?:ing)? down|steer(?:ing)? clear|keep\w* (?:\w+ ){0,4}off|say no|declin\w+|skip"
)
_KIT = (
    r"(?:equipment|kit|gear|machin(?:es?|ery)|devices?|gadgets?|technolog(?:y|ies)|software|systems?|instruments?|tools?"
    r"|scanners?|linacs?|cameras?|phantoms?|detectors?|dosimeters?|dosemeters?|chambers?|probes?|couch(?:es)?)"
)
# What is to be posted is a picture, or somebody's goods: more than word of where and when.
SHOWING = _any(
    r"film(?! (?:dosimetry|badge))(?:s|ed|ing)?|photo\w*|pics?|pictures?|videos?|clips?|(?:live ?)?stream(?:s|ing)?",
    rf"(?:\w+'s|\w+s'|its|their|new) (?:\w+ ){{0,2}}{_KIT}(?! (?:compan|firm|maker|manufactur|supplier|vendor|house))",
)
POSTING = _any(
    r"posts?|posting|posted|tweet\w*|retweet\w*|rt|share|sharing|repost\w*|upload\w*|publish\w*|put|use|using|quote",
    r"tag|tagging|comment\w*|reply|like|follow|link|name|mention\w*|stream\w*|livestream\w*|screenshot\w*|blog\w*|write|show",
    r"discuss\w*|talk(?:ing)? about|film\w*|record\w*|say|saying|set up|open an account",
)
_NEXT_QUESTION = (
    r"(?:(?:if so|also|then|after that|in that case),? )?(?:(?:who|whom|what|when|where|which|how|why)(?:'?s)?"
    r"|can|may|do|does|is|are|should|must|could|will|would|am|have|if \w+ \w+) "
)
NEXT_QUESTION = re.compile(_NEXT_QUESTION)
DIVIDE = re.compile(
    rf"\?\s+|,? (?:and|also|plus|&|then) (?={_NEXT_QUESTION})"
    r"|, (?=(?:who|what|when|where|which|how|why|can|may|do|should|must) )"
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
