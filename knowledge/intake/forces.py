"""Proposes, from the wording of a provision, how strong it is and whom it binds: a proposal for a person to go through.

It is never stronger than the wording. Where the wording leaves a doubt, the weaker reading is proposed and the doubt
is put into words. What stands in quotation marks, asks a question, or hangs on an "if" or a "who" makes no rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.clauses import Force, Party

_PEOPLE = {
    Party.NATIONAL_OFFICE: r"(?:national|head|central) office|(?:communications|press|marketing|media) (?:team"
    r"|office|officer|"
    r"manager|department)s?|\bwe\b",
    Party.TRUSTEES: r"trustees?|(?:board|council) members?|members of the (?:board|council)|directors|governors"
    r"|councillors",
    Party.ACCOUNT_ADMIN: r"account (?:holders?|owners?|managers?|admins?|administrators?)|administrators?"
    r"|admins?|moderators?"
    r"|(?:page|channel) (?:owners?|managers?)|(?:who|that) (?:run|runs|manage|manages|administer|administers)\b"
    r"[^.]*?\b(?:accounts?|pages?|channels?)",
    Party.STAFF: r"staff(?: members?)?|members of staff|employees?|workers?|workforce|personnel|colleagues"
    r"|(?:line )?managers?"
    r"|contractors?|team members?|teachers?|officers?",
    Party.FELLOW: r"fellows?",
    Party.TRAINEE: r"trainees?|apprentices?",
    Party.GROUP: r"groups?|branch(?:es)?|sections|affiliates?|chapters?|units?|departments|schools|colleges",
    Party.MEMBER: r"members?|volunteers?|players?|participants?",
    Party.ANYONE: r"everyone|everybody|anyone|anybody|no[ -]one|nobody|(?:all )?users?|people|individuals?|visitors?",
}
_WHO = {party: re.compile(rf"\b(?:{words})\b") for party, words in _PEOPLE.items()}
_KINDS_OF_PEOPLE = "|".join(words for party, words in _PEOPLE.items() if party is not Party.NATIONAL_OFFICE)
_PERSON = rf"(?:you|they|he|she|who|parents?|carers?|families|pupils?|students?|{_KINDS_OF_PEOPLE})"
_SUBJECT = re.compile(rf"\b{_PERSON}(?: [\w'-]+){{0,5}} ?$")

_VERBS = (
    r"abide|accept|acknowledge|act|add|adhere|agree|apologise|apply|archive|ask|assume|attend|avoid|"
    r"back|be|become|behave|block|bring|build|call|change|check|choose|cite|clarify|comply|conduct|"
    r"confirm|connect|consider|consult|contact|copy|correct|create|credit|deal|declare|delete|direct|"
    r"disable|disclose|discuss|distinguish|do|double-check|edit|email|enable|encourage|engage|enjoy|"
    r"ensure|escalate|exercise|explain|familiarise|familiarize|feel|flag|follow|get|give|go|guard|"
    r"have|help|hide|identify|ignore|include|inform|investigate|invite|join|keep|know|leave|let|"
    r"like|limit|link|listen|lock|log|look|maintain|make|manage|mention|mind|minimise|moderate|"
    r"monitor|move|name|note|notify|obey|obtain|offer|own|pause|pick|plan|post|prepare|proofread|"
    r"protect|provide|publish|put|raise|read|reconsider|record|refer|reference|reflect|refrain|"
    r"register|remain|remember|remove|reply|report|represent|request|resist|respect|respond|restrict|"
    r"retweet|review|save|say|secure|seek|select|send|separate|set|share|show|sign|speak|spell|"
    r"state|stay|stick|stop|store|submit|support|switch|tag|take|talk|tell|think|train|treat|try|"
    r"turn|tweet|understand|update|upload|use|utilise|verify|wait|watch|work|write"
)
_IMPERATIVE = re.compile(
    rf"(?:always |also |only |then |instead,? |therefore,? |and )*(?P<verb>{_VERBS})\b(?! of\b|s?:"
    rf"|[^ ,.;:!)])"
)
_WEAK_VERBS = ("consider", "try", "think", "feel", "aim", "avoid", "enjoy", "reconsider", "mind")
_ONLY_TELLS = re.compile(
    r"(?:please )?(?:note|remember|be (?:aware|mindful|warned)|bear in mind|keep in mind|know|feel)\b"
)
_SOFTENED = re.compile(
    r"\b(?:please|in general|generally|as a (?:general )?rule|where(?:ver)? possible|if possible"
    r"|as far as possible|ideally"
    r"|normally|usually|try (?:not )?to|we (?:recommend|suggest|advise|ask|encourage)|it is (?:best|advisable"
    r"|wise|sensible))\b"
)
_ADVICE = re.compile(
    r"\b(?:tips?|advice|hints?|good practice|best practice|suggest\w+|recommend\w+|guidance|etiquette)\b"
)

# What may happen, or how things are, though it is put with the words of a permission.
_HAPPENS = (
    r"(?:also |well |even |still |sometimes |always |necessarily |not )*(?:be (?!(?:\w+ly )*(?:(?!asked|required"
    r"|expected|"
    r"considered|construed|misconstrued|regarded|deemed|viewed|treated|subjected|disciplined|dismissed"
    r"|prosecuted|tempted|affected|exposed|associated"
    r"|perceived|interpreted|attributed|damaged|harmed|offended|defined|based|related|limited)\w+ed|made|taken"
    r"|sent|given|shown"
    r"|put|set up|withdrawn)\b)"
    r"|reflect|represent|result|lead|face|constitute|include|occur|arise|cause|contain|need|want|wish|find|feel"
    r"|think|know"
    r"|have|become|seem|appear|see|receive|get|come|damage|harm|affect|expose|vary|change|happen|apply|mean|suit"
    r"|realise"
    r"|agree|prefer|like|prove|bring|breach|infringe|amount|exist|encounter|experience|notice|identify|pose"
    r"|impact|offend)\b"
)
_POSSIBLE = "“may” or “can” seems to tell what is possible here, not what is permitted"

_NOT_EVER = (
    r"(?:never|no longer|neither|(?:in|under|at|on|by|for|with) no"
    r" (?:circumstances?|account|events?|cases?|ways?|times?|points?|conditions?|means|reasons?))"
)
_NOBODY_IS = r"(?:no[ -]one|nobody|none|neither|no (?!longer|more|doubt)[\w'&-]+)"
_NOBODY = rf"{_NOBODY_IS},? (?:[\w'&-]+,? ){{0,14}}?"
_NOBODY_BUT = (
    rf"{_NOBODY_IS},? (?:[\w'&-]+,? ){{0,6}}?(?:but|except|besides|other than|apart from) (?:[\w'&-]+,? ){{1,9}}?"
)

# In the order in which they are tried at one place; each with a doubt, where there is one.
_WORDINGS: tuple[tuple[str, Force, str], ...] = (
    (r"(?:do|does|did) not (?:have|need) to|need not|(?:is|are) not (?:required|obliged|expected|asked) to|no need to"
     r"|(?:is|are) under no obligation", Force.MAY, ""),
    (r"(?:should|do|must|need) not (?:hesitate|be afraid|feel unable) to", Force.MAY, ""),
    (r"(?:must|should|do|does|never) (?:not |never )?(?:fail|forget|neglect|omit) to", Force.SHOULD,
     "a double negative: it seems to require what it speaks of"),
    (r"(?:is|are) not (?:prohibited|forbidden|banned)|nothing (?:in this \w+ )?(?:prevents|stops|prohibits"
     r"|forbids)", Force.MAY,
     "a double negative: it seems to permit what it speaks of"),
    (r"should (?:also |always )?be aware|should (?:also |always )?(?:note|remember|bear in mind|be mindful"
     r"|understand that)", Force.FACT,
     "“should be aware” tells something rather than asks for it"),
    (r"only (?:[\w'-]+ ){1,6}(?:may|can|should|must|shall)|(?:may|can) only", Force.MUST,
     "“only” permits one thing and rules out all others"),
    (rf"{_NOBODY_BUT}(?:may|can|must|shall|is (?:permitted|allowed))", Force.MUST_NOT,
     "it names some to whom it does not apply"),
    (rf"{_NOBODY}(?:may|can|must|shall|(?:is|are) (?:permitted|allowed))", Force.MUST_NOT, ""),
    (rf"{_NOBODY}should", Force.SHOULD_NOT, ""),
    (r"(?:no[ -]one|nobody) (?:is|are|will)\b", Force.FACT, ""),
    (r"under no circumstances|not under any circumstances|in no circumstances|on no account", Force.MUST_NOT, ""),
    (rf"(?:must|shall) (?:also |always |all )?(?:not|{_NOT_EVER}|avoid|refrain|be avoided)"
     rf"|(?:may|can) (?:also )?{_NOT_EVER}", Force.MUST_NOT, ""),
    (rf"(?:should|ought to) (?:also |always |all )?(?:avoid|refrain|be avoided)|(?:should|ought)(?: also)? (?:not"
     rf"|{_NOT_EVER})", Force.SHOULD_NOT, ""),
    (r"(?:is|are) (?:\w+ly )?(?:asked|advised|expected|encouraged|requested|urged|reminded) (?:not to|never to"
     r"|to (?:avoid|refrain))"
     r"|(?:is|are) (?:\w+ly )?discouraged|(?:is|are) not (?:recommended|advisable|advised"
     r"|encouraged)", Force.SHOULD_NOT, ""),
    (rf"(?:is|are) (?:\w+ly )?(?:not|{_NOT_EVER}) (?:\w+ly )?(?:permitted|allowed|authorised|to\b)|(?:is|are"
     r"|remains?) (?:\w+ly )?"
     r"(?:prohibited|forbidden|banned|barred)", Force.MUST_NOT, ""),
    (r"(?:is|are) (?:\w+ly )?(?:not acceptable|unacceptable|never acceptable)|(?:will|would) not be tolerated"
     r"|zero tolerance"
     r"|(?:is|are) not tolerated", Force.MUST_NOT,
     "it calls this unacceptable without saying that it must not be done"),
    (r"(?:is|are) (?:\w+ly )?(?:not appropriate"
     r"|inappropriate)", Force.SHOULD_NOT, "it calls this inappropriate, which is advice rather than a rule"),
    (r"(?:may|might|could) (?:also |still |then )?(?:need|have) to|(?:might|could)", Force.FACT, ""),
    (rf"may not {_HAPPENS}", Force.FACT, "“may not” seems to tell what is possible here, not to forbid"),
    (r"may not", Force.MUST_NOT, ""),
    (r"can(?:not| not)", Force.MUST_NOT, "“cannot” may forbid, or tell what is impossible"),
    (r"must", Force.MUST, ""),
    (r"shall", Force.MUST, ""),
    (r"(?:is|are|will be) (?:\w+ly )?(?:required|obliged|obligated|bound) to|requires? (?:\w+ ){0,3}(?:approval"
     r"|permission|consent)|(?:is|are) (?:mandatory|compulsory|obligatory)"
     r"|(?:have|has) (?:a |an )?(?:[\w-]+ ){0,2}(?:duty|obligation|responsibility) to", Force.MUST, ""),
    (r"(?:have|has|need|needs) to", Force.MUST, ""),
    (r"(?:is|are) responsible for|(?:is"
     r"|are) accountable for", Force.FACT, "it gives a responsibility, which may be meant as a duty"),
    (r"(?:is|are) (?:\w+ly )?(?:asked|advised|expected|encouraged|requested|urged|recommended) to|should|ought to"
     r"|(?:we|the [\w-]+) (?:expect|ask|advise|encourage|request|urge)s? (?:[\w-]+ ){1,4}to"
     r"|(?:expects?|asks?|advises?|encourages?|requests?|urges?) (?:[\w-]+ ){1,4}to", Force.SHOULD, ""),
    (r"it is (?:\w+ly )?(?:important|vital|crucial|essential|advisable|recommended|best|wise"
     r"|good practice) (?:to|that|for)", Force.SHOULD,
     "it calls this important without requiring it"),
    (r"(?:is|are) (?:always |also |very |more than )?(?:welcome|free|allowed|permitted|entitled|invited"
     r"|able) to(?= \w)|feel free to", Force.MAY, ""),
    (r"(?:it is|it's|it is also) (?:perfectly |quite |also |usually |generally )?(?:fine|ok|okay|acceptable"
     r"|permissible|all right|alright)", Force.MAY, ""),
    (r"(?:is|are) (?:\w+ly )?(?:allowed|permitted|acceptable)", Force.MAY, ""),
    (r"(?:we )?(?:are|is) happy for", Force.MAY, ""),
    (rf"(?:may|can) {_HAPPENS}", Force.FACT, ""),
    (r"may|can", Force.MAY, ""),
)  # fmt: skip
_WORDED = re.compile("|".join(rf"(?P<w{at}>\b(?:{words})\b)" for at, (words, _, _) in enumerate(_WORDINGS)))
_WILL = re.compile(
    rf"\b{_PERSON} (?:also |always )?will(?P<not> not| never)?\b(?! (?:be|have|find|need|see|receive|get|become"
    rf"|result)\b)"
)
# What takes something back from a permission, wherever in it this stands.
_LIMITS = re.compile(
    r"\b(?:no|not|cannot|never|nor|neither|none|nobody|nothing|nowhere|only|solely|exclusively|few|rarely|seldom|hardly"
    r"|scarcely|barely|except\w*|excluding|unless|without|but|save (?:for|at|in|on|when|where)|apart from|other than)\b"
)
_LIMITED = "it may permit only in part: say by “Turns on:” when it holds"

_NARROWS = re.compile(r"\b(?:only|except|unless)\b")  # a heading

# What a heading, or words above a list, say of all below them. The second is no more than advice.
_NOT_TO_BE_DONE = re.compile(
    r"\b(?:do not|donts?|must not|may not|cannot|can not|never|(?:not|un)[ -]?(?:acceptable|allowed|permitted)"
    r"|prohibit\w*|forbidden|banned|bans?|disallowed)\b"
)
_BETTER_NOT_DONE = re.compile(
    r"\b(?:avoid|avoided|should not|not to|not appropriate|inappropriate|unwise|pitfalls|mistakes)\b"
)
_BOTH = re.compile(  # "Do | Don't", "Acceptable and unacceptable use"
    r"\||\b(?:do|dos|do's|acceptable|allowed|permitted|appropriate) (?:and|or|&|/)|(?:and|or|&|/) (?:do(?! not)"
    r"|dos|do's|acceptable|allowed|permitted|appropriate)\b"
)
_PUNISHED = re.compile(r"\b(?:dismissed|disciplined|expelled|misconduct|offences?)\b")
# "If you:" leaves its verb to the items below it, where it is then no order; "If you are unsure:" does not.
_LEAVES_ITS_VERB = re.compile(rf"\b(?:if|when|whenever|unless|until|while|who)(?: {_PERSON}| he or she)? ?:?$")

# What opens a clause that makes no rule: some up to its end, some only where the modal follows closely.
_HANGS = re.compile(
    r"\b(?:if|when|whenever|whether|because|since|although|though|while|unless|until)\b"
    r"|\b(?:who|whom|which|whose|that|as|where|what|how)(?: [\w'-]+){0,2} ?$"
)
_REMINDS = re.compile(r"\b(?:remember|remind\w*|note|aware|mind|stress\w*|clear|require\w*|mean|means) that\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'](?=\w)[^’']*[’'](?!\w)")
_CONDITION = re.compile(
    r"(?:if|when|whenever|where|before|after|once|unless|while|as|for|in|on|at|to|with|by|during|however"
    r"|in addition|remember|likewise|similarly|equally|finally|including|such as)\b[^,:;]*[,:] ?"
)
_INCOMPLETE = re.compile(
    r"\b(?:to|will|by|that|is|are|include|includes|including|as|for|of|can|could|would"
    r"|means)\W*$"
)
_SPELT = (
    ("’", "'"),
    ("won't", "will not"),
    ("can't", "cannot"),
    ("n't", " not"),
    ("cannot", "cannot"),
    ("do nots", "do not"),
)


_LONGEST_HEADING = 12  # words: what is longer is a sentence, which forbids in its own words or not at all
_SUBJECT_WORDS = 4  # at the head of a fact, where its subject stands


@dataclass(frozen=True, slots=True)
class Proposal:
    """A force, whom it binds, and what is unsure about it (empty: nothing is)."""

    force: Force
    binds: tuple[Party, ...]
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A wording that makes a rule, or seems to, at a place of its sentence."""

    place: int
    force: Force
    unsure: str = ""
    bare: bool = False  # an order by its verb alone, which takes its sense from what stands above it


def propose(text: str, lead: str = "", heading: str = "", audience: Sequence[Party] = (Party.ANYONE,)) -> Proposal:
    """What a provision comes to. `lead` are the words that lead into it where it is an item of a list, `heading` the
    headings above it, outermost first and one a line, and `audience` whom the document addresses as "you"."""
    said, before = _spelt(text), _spelt(lead)
    headings = [_spelt(line) for line in heading.splitlines()]
    advised = _ADVICE.search(headings[-1]) is not None if headings else False
    found = _force(said, advised, orders=not (_INCOMPLETE.search(before) or _LEAVES_ITS_VERB.search(before)))
    led = _force(before.rstrip(": "), advised, orders=not _BOTH.search(before)) if before else None
    if led is not None and led.force is not Force.FACT:
        found = _led(found, led, said)
    elif _PUNISHED.search(before):
        found = _below(found, _Found(0, Force.MUST_NOT, "the words above it tell what it leads to, and so forbid it"))
    elif above := _forbidden(before):
        found = _below(found, above)
    for above in filter(None, map(_forbidden, headings)):
        found = _below(found, above)
    if found is None or not said:
        found = _Found(len(said), Force.FACT)
    elif found.force is Force.MAY and not found.unsure and limited(f"{before} {said}"):
        found = _Found(found.place, found.force, _LIMITED)
    elif found.force is not Force.FACT and not found.unsure and any(map(_NARROWS.search, headings)):
        found = _Found(found.place, found.force, "the heading above it narrows it: see for whom, or when, it holds")
    subject = " ".join(said.split()[:_SUBJECT_WORDS]) if found.force is Force.FACT else said[: found.place]
    spoken_to = filter(None, map(_spoken_to, reversed(headings)))
    binds = _named(subject) or _named(before) or next(spoken_to, ()) or tuple(audience)
    return Proposal(found.force, binds, found.unsure)


def limited(text: str) -> bool:
    """Whether a text that permits something holds a word that may take part of it back ("only", "but", "never"),
    outside the wordings that permit by such a word ("need not")."""

    def without_its_not(match: re.Match[str]) -> str:
        _, force, _ = _WORDINGS[int((match.lastgroup or "w0")[1:])]
        return re.sub(r"\b(?:not|no|nothing)\b", "", match[0]) if force is Force.MAY else match[0]

    return _LIMITS.search(_WORDED.sub(without_its_not, _spelt(text))) is not None


def names_people(text: str) -> bool:
    """Whether a text names people of a kind that a rule can bind."""
    return bool(_named(_spelt(text)))


def rules(text: str) -> bool:
    """Whether a text has a wording of its own that requires, forbids or permits something."""
    found = _force(_spelt(text), False, orders=True)
    return found is not None and found.force is not Force.FACT


def audience_of(texts: Sequence[str]) -> tuple[Party, ...]:
    """Whom a document speaks to: those to whom it says that it applies, else the kind of people it names most."""
    for text in map(_spelt, texts):
        applies = re.search(r"\b(?:appl(?:y|ies) to|covers|is for|aimed at|intended for|addressed to)\b(.*)", text)
        named = _named(applies[1]) if applies else ()
        if named:
            return named
    counts = {
        party: sum(len(_WHO[party].findall(_spelt(text))) for text in texts)
        for party in (Party.MEMBER, Party.STAFF, Party.TRUSTEES)
    }
    most = max(counts, key=lambda party: counts[party])
    return (most,) if counts[most] > 2 * (sum(counts.values()) - counts[most]) else (Party.ANYONE,)


def _spelt(text: str) -> str:
    """Lower case, contractions as words, and what is quoted or asked left out."""
    text = _QUOTED.sub("“”", text).lower()
    for short, words in _SPELT:
        text = text.replace(short, words)
    kept = (part for part in re.split(r"(?<=[.!?]) +", " ".join(text.split())) if not part.endswith("?"))
    return re.sub(r"^[^\w“]+", "", " ".join(kept))


def _force(said: str, advised: bool, orders: bool) -> _Found | None:
    """The first wording that makes a rule; `orders` says whether a bare verb can be an order here."""
    found = list(_wordings(said))
    bare = _order(said, advised) if orders else None
    if bare is not None and (not found or (bare.place <= found[0].place and bare.force is not Force.FACT)):
        found.insert(0, bare)
    if not found:
        return None
    first = next((one for one in found if one.force is not Force.FACT), found[0])
    softened = _SOFTENED.search(said[: first.place])
    if softened and first.force in (Force.MUST, Force.MUST_NOT):
        first = _Found(
            first.place, Force.SHOULD if first.force.requires else Force.SHOULD_NOT, first.unsure, first.bare
        )
    kinds = {(one.force.forbids, one.force.requires) for one in found if one.force is not Force.FACT}
    if len(kinds) > 1 and not first.unsure:
        first = _Found(
            first.place, first.force, "it says more than one thing: it may have to be cut in two", first.bare
        )
    return first


def _wordings(said: str) -> Iterator[_Found]:
    """Wordings in main clauses, in their order."""
    last = 0
    for match in _WORDED.finditer(said):
        _, force, unsure = _WORDINGS[int((match.lastgroup or "w0")[1:])]
        clause = re.split(r"[,;.:]|\bthen\b", said[last : match.start()])[-1]
        last = match.end()
        if _HANGS.search(_REMINDS.sub("", clause)) and not re.match(
            r" ?(?:when|if|while|where) (?:\w+ly )?\w+ing\b", clause
        ):
            continue
        if match[0] in ("may", "can", "may not", "cannot", "can not") and not _permits(said, match):
            force, unsure = Force.FACT, _POSSIBLE if match[0] == "may" else ""
        yield _Found(match.start(), force, unsure)
    will = _WILL.search(said)
    if will and not last:
        yield _Found(will.start(), Force.MUST_NOT if will["not"] else Force.MUST, "“will” may order or only announce")


def _permits(said: str, modal: re.Match[str]) -> bool:
    """Whether "may" or "can" speaks of what people do, or of what is done to a thing."""
    subject = re.split(r"[,;.:]", said[: modal.start()])[-1]
    return bool(_SUBJECT.search(subject)) or said[modal.end() :].startswith(" be ") or subject.strip() == ""


def _order(said: str, advised: bool) -> _Found | None:
    """A sentence that opens with a verb, or with "do not" or "never"."""
    place = 0
    while not _IMPERATIVE.match(said, place) and (condition := _CONDITION.match(said, place)):
        place = condition.end()
    softened = bool(_SOFTENED.match(said, place))
    opening = re.match(
        r"(?:please,? |(?:in general|generally|ideally|where possible|as a rule),? |do (?!not)"
        r"|always )*",
        said[place:],
    )
    start = place + (opening.end() if opening else 0)
    advice = "it stands among advice" if advised else ""
    forbids = re.match(r"(?:(?:also |and )?do not|never)\b", said[start:]) or re.match(r"do not\b", said[place:])
    if _ONLY_TELLS.match(said, start):
        return _Found(start, Force.FACT) if not re.match(r"feel free", said[start:]) else None
    if forbids and re.match(r"(?:do not|never) (?:have|need|mean|hesitate|forget)\b", said[start:]):
        return None
    if forbids:
        return _Found(start, Force.SHOULD_NOT if softened or advice else Force.MUST_NOT, advice)
    verb = _IMPERATIVE.match(said, start)
    if verb is None:
        return None
    if verb["verb"] in ("avoid", "refrain", "resist"):
        outright = verb["verb"] == "refrain" and not (softened or advice)
        return _Found(start, Force.MUST_NOT if outright else Force.SHOULD_NOT, advice)
    weak = softened or bool(advice) or verb["verb"] in _WEAK_VERBS
    return _Found(start, Force.SHOULD if weak else Force.MUST, advice, bare=True)


def _led(own: _Found | None, led: _Found, said: str) -> _Found | None:
    """What an item comes to below words that make a rule and lead into it."""
    explicit = own is not None and own.place > 0 and own.force is not Force.FACT
    if explicit and own is not None:
        same = (own.force.forbids, own.force.requires) == (led.force.forbids, led.force.requires)
        differ = "the words before the list and the item differ in what they ask"
        return own if same else _Found(own.place, own.force, differ)
    if own is not None and own.force.forbids and led.force.forbids:
        return _Found(0, led.force, "the words before the list forbid, and so does the item: a double negative?")
    turned = re.match(r"(?:do )?(?:not|never)\b|avoid\b|refrain\b", said)
    if turned and led.force is Force.MAY:
        return _Found(0, Force.MUST_NOT, "the words before the list permit, and the item forbids")
    if turned and led.force.requires:
        return _Found(0, Force.MUST_NOT if led.force is Force.MUST else Force.SHOULD_NOT, led.unsure)
    return _Found(0, led.force, led.unsure, led.bare)


def _forbidden(above: str) -> _Found | None:
    """What a heading, or words before a list that make no rule of their own, say against all that stands below."""
    tells_of_a_case = re.match(r"(?:how to|(?:if|when|whenever|where|once|after|before)\b(?! not| never))", above)
    if tells_of_a_case or len(above.split()) > _LONGEST_HEADING:
        return None
    forbids = _NOT_TO_BE_DONE.search(above) or _BETTER_NOT_DONE.search(above)
    if forbids is None:
        return None
    if _BOTH.search(above):
        return _Found(forbids.start(), Force.FACT, "what stands above it forbids some of this and asks for some")
    force = Force.MUST_NOT if _NOT_TO_BE_DONE.search(above) else Force.SHOULD_NOT
    return _Found(forbids.start(), force, "only what stands above it forbids it")


def _below(found: _Found | None, above: _Found) -> _Found | None:
    """What a provision comes to below words that forbid, or forbid in part: no bare verb is an order there."""
    if above.force is Force.FACT:
        return found and _Found(found.place, found.force, found.unsure or above.unsure, found.bare)
    if found is None or (found.bare and not found.force.forbids):
        return _Found(0, above.force, above.unsure)
    if found.force is Force.MAY:
        return _Found(found.place, Force.MAY, found.unsure or "it permits below words that forbid")
    return found


def _spoken_to(heading: str) -> tuple[Party, ...]:
    """Whom a heading speaks to: "For trustees only", not "Posts about trustees"."""
    named = re.match(r"(?:.*\b(?:for|by) )?(?:all |any |our |the )?(?P<people>.+)", heading)
    if named is None:
        return ()
    ends = r"(?=$|[,:]| (?:only|and|or|who|must|may|should|can|with)\b)"
    spoken = any(re.match(rf"(?:{words}){ends}", named["people"]) for words in _PEOPLE.values())
    return _named(named["people"]) if spoken else ()


def _named(words: str) -> tuple[Party, ...]:
    """The kinds of people named, each word counted for one of them."""
    found = []
    for party, pattern in _WHO.items():
        if pattern.search(words):
            found.append(party)
            words = pattern.sub(" ", words)
    return tuple(party for party in Party if party in found and (party is not Party.ANYONE or len(found) == 1))
