"""Ways to ask about a clause that nobody has written any for: questions over its own words, by a few templates.

They are made only where the wording is plain enough for a grammatical one, with the verdict that is honest for it.
"""

import re
from collections.abc import Iterator

from knowledge.clauses import Ask, Force, Verdict
from knowledge.intake.forces import limited

_MOST = 4  # below what `classifying.py` learns from: such clauses are found by likeness
_ANSWERED = {Force.MAY: Verdict.YES, Force.MUST_NOT: Verdict.NO, Force.SHOULD_NOT: Verdict.NO}
_YES_OR_NO = re.compile(r"(?:yes|(?P<no>no))\b", re.IGNORECASE)
_LONGEST = 16  # words of what is asked about

_PERSON = (
    r"(?:you|(?:all |any |our )?(?:[\w-]+ )?(?:members?|staff|employees?|volunteers?|trustees?|workers?"
    r"|colleagues|trainees?|fellows?"
    r"|managers?|users?|people|players?|participants?|contractors?|administrators?|admins?|moderators?|students?"
    r"|applicants?"
    r"|customers|everyone|anyone|no[ -]one|nobody|none)(?: (?:of|who|that|and|or|with|in) [^,;:]{1,60}?)?)"
)
_FORBIDS = (
    r"(?:(?:must|may|shall|should|can|will)(?: also)? (?:not|never|no longer|(?:in|under|at|on|by) no"
    r" (?:circumstances?|account|events?|cases?|ways?|times?|conditions?))"
    r"|cannot|ought not to"
    r"|(?:is|are) (?:\w+ly )?(?:not|never|no longer) (?:\w+ly )?(?:permitted|allowed|authorised) to|(?:is"
    r"|are) (?:\w+ly )?asked not to)"
)
_NEEDLESS = r"(?:do|does) not (?:have|need) to|need not|(?:is|are) not (?:required|obliged|expected) to"
_REQUIRES = (
    r"(?:must(?: also| always)?|shall|(?:have|has|need|needs) to|(?:is|are) (?:\w+ly )?(?:required|obliged"
    r"|expected|asked) to"
    r"|should(?: also| always)?|ought to|(?:is|are) encouraged to)"
)
_PERMITS = (
    r"(?:(?:may|can)(?: also)?|(?:is|are) (?:always |also )?(?:welcome|free|allowed|permitted|entitled|able"
    r"|invited) to)"
)
_WORDED = re.compile(
    rf"(?P<subject>[^,;:.]{{2,90}}?) (?:(?P<forbids>{_FORBIDS})|(?P<needless>{_NEEDLESS})|(?P<requires>{_REQUIRES})"
    rf"|(?P<permits>{_PERMITS})) (?P<done>.+)",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"(?:please,? )?(?P<forbids>(?:do not|never|avoid|refrain from) )?(?:always )?(?P<done>\w.+)", re.IGNORECASE
)
_RULED_OUT = re.compile(
    r"(?P<what>[^,;:.]{3,90}?) (?P<be>is|are) (?:\w+ly )?(?:prohibited|forbidden|banned"
    r"|not (?:\w+ly )?(?:permitted|allowed|acceptable)"
    r"|unacceptable)",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"you (?:(?:may|might|could|will)(?: also)? be (?P<state>able|eligible|entitled)"
    r"|are (?:also )?(?P<is>eligible|entitled))"
    r" (?P<done>(?:to|for) .+)",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^(?:i|we)$|\b(?:if|that|when|might|could|would|can|may|must|should|do|does|not|is|are|has|have|there"
    r"|and you)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"(?P<what>[^,;:.]{3,60}?) (?P<be>is|are|was|were) (?P<rest>.+)", re.IGNORECASE)
_MEANS = re.compile(r"(?P<what>[^,;:.]{3,60}?) (?:means?|refers? to|stands? for) ", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:usually|generally|normally|in general|if|when|where|before|after|once|unless|while|as|in|on|at|for|with"
    r"|during|to|however)\b[^,]*, ",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r",? (?:unless|except|if|when|where|provided|providing|as long as|only|until|without|but|although|however)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.;:!?](?:\s|$)|,? (?:because|so that|since|as this|which|although|but|however|for example"
    r"|for instance|such as|including)\b| \(|\n"
)
_ADDRESSED = (
    (r"\byourself\b", "myself"),
    (r"\byou(?:'re| are)\b", "I am"),
    (r"\byou were\b", "I was"),
    (r"\byours\b", "mine"),
    (r"\byour\b", "my"),
    (r"\b(?:to|for|with|from|about|of|by|on|at|tell|ask|contact|help|give|affect|send|pay|gives"
     r"|let) you\b(?! \w+(?: \w+)?,)", None),
    (r"\byou\b", "I"),
)  # fmt: skip


def asks_for(rule: str, force: Force, lead: str = "", sure: bool = True) -> tuple[Ask, ...]:
    """At most four questions over the words of a clause; none where no good one can be made.

    `rule` is its sentence and `lead` what leads into it: a part of that sentence, or the question that it answers.
    None is answered yes where the force is not `sure`, or where a permission holds words that limit it.
    """
    found: Iterator[Ask] = iter([Ask(lead, _answered(rule, force))])
    said = rule
    if not lead.endswith("?"):
        led = re.sub(r"(?<=\w):(?= |$)", "", lead)  # a lead-in and its item read as one sentence
        said = f"{led} {rule}".strip()
        for written, spelt in (
            ("’", "'"),
            ("can't", "cannot"),
            ("won't", "will not"),
            ("n't ", " not "),
            ("\n\n", " "),
        ):
            said = said.replace(written, spelt)
        found = _questions(said, force)
    if not sure or (not force.requires and limited(said)):
        found = (Ask(ask.text, Verdict.DEPENDS if ask.verdict is Verdict.YES else ask.verdict) for ask in found)
    return tuple(dict.fromkeys(found))[:_MOST]


def _answered(rule: str, force: Force) -> Verdict:
    """What a clause answers to the question that stands before it, where it opens with yes or no."""
    said = _YES_OR_NO.match(rule)
    if said is None:
        return Verdict.INFO
    return Verdict.NO if said["no"] and force is Force.MAY else _ANSWERED.get(force, Verdict.INFO)


def _questions(words: str, force: Force) -> Iterator[Ask]:
    whole = words
    while match := _BEFORE.match(words):
        words = words[match.end() :]
    found = _about(words, force)
    if len(words) < len(whole):  # "If you are unsure, ask": without the "if" it depends
        found = (Ask(ask.text, Verdict.INFO if ask.verdict is Verdict.INFO else Verdict.DEPENDS) for ask in found)
    yield from found


def _about(words: str, force: Force) -> Iterator[Ask]:
    end = _END.search(words)
    sentence = words[: end.start()] if end else words
    worded, ruled_out, possible = _WORDED.match(sentence), _RULED_OUT.match(sentence), _POSSIBLE.match(sentence)
    if ruled_out and force.forbids:
        yield from _allowed(ruled_out["what"])
    elif possible and force is Force.FACT:
        yield from _of_what_may_be(possible)
    elif worded and (_NO_SUBJECT.search(worded["subject"]) or force is Force.FACT):
        return
    elif worded and re.fullmatch(_PERSON, worded["subject"].strip(), re.IGNORECASE):
        yield from _of_people(worded, force)
    elif worded:
        yield from _of_things(worded, force)
    elif force.forbids or force.requires:
        yield from _of_orders(sentence, force)
    elif force is Force.FACT:
        yield from _of_facts(sentence)


def _of_people(worded: re.Match[str], force: Force) -> Iterator[Ask]:
    """From "members may not post pictures" to "Can I post pictures?"."""
    done = re.sub(r"\btheir own\b", "my own", worded["done"])
    nobody = re.match(r"no\b|nobody|no-one|none", worded["subject"], re.IGNORECASE)
    if worded["forbids"] or (nobody and force.forbids):
        yield from _may_i(done, Verdict.NO)
    elif worded["needless"]:
        yield from _have_to_i(done, Verdict.NO)
    elif worded["permits"] and force is Force.MAY:
        yield from _may_i(done, Verdict.YES)
    elif worded["requires"] and force.requires:
        yield from _have_to_i(done, Verdict.YES)


def _of_orders(sentence: str, force: Force) -> Iterator[Ask]:
    ordered = _ORDERED.match(sentence)
    if ordered is None or _NO_SUBJECT.match(ordered["done"].split()[0]) or ordered["done"].lower().startswith("you"):
        return
    verb = ordered["done"][0].lower() + ordered["done"][1:]
    if force.forbids and ordered["forbids"] and ordered["forbids"].lower().startswith(("avoid", "refrain")):
        yield from _allowed(verb)
    elif force.forbids and ordered["forbids"]:
        yield from _may_i(verb, Verdict.NO)
    elif force.requires and not ordered["forbids"]:
        yield from _have_to_i(verb, Verdict.YES)


def _of_things(worded: re.Match[str], force: Force) -> Iterator[Ask]:
    """From "posts must be approved" to "Do posts have to be approved?"."""
    subject, done = _addressed(_lower(worded["subject"].strip())), _addressed(worded["done"])
    bare, conditional = _without_condition(done)
    if not _fits(bare) or len(subject.split()) > 8:
        return
    if worded["forbids"] and force.forbids:
        yield Ask(f"Can {subject} {bare}?", Verdict.DEPENDS if conditional else Verdict.NO)
        yield Ask(f"Is it allowed for {subject} to {bare}?", Verdict.DEPENDS if conditional else Verdict.NO)
    elif worded["permits"] and force is Force.MAY:
        yield Ask(f"Can {subject} {bare}?", Verdict.DEPENDS if conditional else Verdict.YES)
        yield Ask(f"Is it allowed for {subject} to {bare}?", Verdict.DEPENDS if conditional else Verdict.YES)
    elif worded["requires"] and force.requires:
        yield Ask(f"Must {subject} {bare}?", Verdict.DEPENDS if conditional else Verdict.YES)
        yield Ask(f"Is it necessary for {subject} to {bare}?", Verdict.DEPENDS if conditional else Verdict.YES)


def _of_what_may_be(possible: re.Match[str]) -> Iterator[Ask]:
    """From "you may be able to get help" to "Can I get help?", which depends."""
    done, _ = _without_condition(_addressed(possible["done"]))
    state = possible["state"] or possible["is"]
    if _fits(done):
        yield Ask(f"Am I {state} {done}?", Verdict.DEPENDS)
        if done.startswith("to ") and state != "eligible":
            yield Ask(f"Can I {'get' + done[2:] if state == 'entitled' else done[3:]}?", Verdict.DEPENDS)


def _of_facts(sentence: str) -> Iterator[Ask]:
    if means := _MEANS.match(sentence):
        yield Ask(f"What is meant by {_lower(means['what'])}?", Verdict.INFO)
        return
    match = _IS.match(sentence)
    if (
        match is None
        or _NO_SUBJECT.search(match["what"])
        or re.match(
            r"(?:this|that|these|those|it|they|there"
            r"|here|we|i|you)\b",
            match["what"],
            re.IGNORECASE,
        )
    ):
        return
    what, rest = _addressed(_lower(match["what"])), _addressed(match["rest"])
    bare, conditional = _without_condition(rest)
    if _fits(bare) and not re.match(r"not\b", rest):
        yield Ask(f"{match['be'].capitalize()} {what} {bare}?", Verdict.DEPENDS if conditional else Verdict.YES)
    if re.match(r"(?:a|an|the)\b", rest):
        yield Ask(f"What {match['be'].lower()} {what}?", Verdict.INFO)


def _may_i(done: str, verdict: Verdict) -> Iterator[Ask]:
    yield from _put(done, verdict, ("Can I {}?", "Am I allowed to {}?"))


def _have_to_i(done: str, verdict: Verdict) -> Iterator[Ask]:
    yield from _put(done, verdict, ("Do I have to {}?", "Should I {}?"))


def _put(done: str, verdict: Verdict, templates: tuple[str, str]) -> Iterator[Ask]:
    """Without its condition it depends; with it, it is as the clause says."""
    done = re.sub(r"^(?:also|always|only|therefore|then|usually) ", "", _addressed(done.strip()))
    bare, conditional = _without_condition(done)
    for template in templates:
        if _fits(bare):
            yield Ask(template.format(bare), Verdict.DEPENDS if conditional else verdict)
    if conditional and _fits(done) and not re.search(r"\b(?:unless|except|until|their|they)\b", done):
        yield Ask(templates[0].format(done), verdict)


def _allowed(what: str) -> Iterator[Ask]:
    what = _addressed(_lower(what))
    if len(what.split()) > _LONGEST or re.search(r"\b(?:following|these|this|it|they)\b", what):
        return
    first, last = what.split()[0], what.split()[-1]
    be = "Are" if last.endswith("s") and not last.endswith("ss") and not first.endswith("ing") else "Is"
    yield Ask(f"Am I allowed {what}?" if first == "to" else f"{be} {what} allowed?", Verdict.NO)


def _without_condition(done: str) -> tuple[str, bool]:
    condition = _CONDITION.search(done)
    return (done[: condition.start()], True) if condition else (done, False)


def _fits(done: str) -> bool:
    return 1 <= len(done.split()) <= _LONGEST and "|" not in done


def _lower(words: str) -> str:
    """The first letter small, unless it opens a name."""
    return words if re.match(r"\w*[A-Z]\w*[A-Z]|[A-Z]\w* [A-Z]", words) else words[:1].lower() + words[1:]


def _addressed(words: str) -> str:
    """Put by the person whom it addresses: "your account" is "my account"."""
    for pattern, own in _ADDRESSED:
        if own is None:
            words = re.sub(pattern, lambda match: match[0][:-3] + "me", words, flags=re.IGNORECASE)
        else:
            words = re.sub(pattern, own, words, flags=re.IGNORECASE)
    return words
