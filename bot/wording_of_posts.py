"""What the bot says of a post that somebody wants to share, and of a draft that is checked."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot import wording
from bot.replies import Checked, FollowUp, Judged, Paragraph, Seen, ShownFinding
from knowledge.answers import Citation
from knowledge.clauses import Policy
from knowledge.flows.sharing import Caution, Shared, SharingOutcome
from knowledge.posts.drafts import Draft, Finding, Kind, Severity
from knowledge.posts.post import Author, PostReading, Sign
from knowledge.posts.signals import Signal
from knowledge.questions import Account

_MOST_MENDS = 5  # offered one by one; all of them can be mended at once
LONGEST_OPTION = 75  # characters that fit on a button of every platform
MEND_ALL, DONE = "Mend all of these", "Done"
ACCOUNTS = {
    "My own account": Account.PERSONAL,
    "A group's account that carries the society's name": Account.AFFILIATED,
    "The society's own official account": Account.OFFICIAL,
}
PASTE_DRAFT = "Paste the post that I should check, or say “stop”."
MENDED = "Mended; it now reads:"
CHECK_ENDED = "Left there. Nothing has been posted or kept by me."
GIVE_WORDS = "give its words"
NOT_SEEN_BY_MACHINE = (
    "A machine cannot see whether it is true, where a link leads, whether people agreed to be shown or quoted, how it"
    " will sound to others, or what is confidential: read it once more with that in mind."
)
_READS_ENGLISH = "I read English, so far."
_INSTRUCTS = "It holds words that try to give me orders. I read them as part of the post and follow none."

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_FROM = {
    Account.PERSONAL: "from a personal account",
    Account.AFFILIATED: "from an account that carries the society's name",
    Account.OFFICIAL: "from an official account",
}
_AUTHORS = {
    Author.COMPANY: "a company",
    Author.CHARITY: "a charity",
    Author.MEMBER: "a member",
    Author.POLITICIAN: "a politician or a party",
    Author.NEWS: "a news outlet",
    Author.SOCIETY: "the society itself",
    Author.UNIVERSITY: "a university or a hospital",
    Author.OTHER: "somebody else",
}
_OPENINGS = {
    SharingOutcome.FINE: "Fine to share.",
    SharingOutcome.NOT_FINE: "Not fine to share.",
    SharingOutcome.JUDGEMENT: "A matter of judgement.",
}


def judged(shared: Shared, policy: Policy, signals: Mapping[str, Signal]) -> Judged:
    """What sharing a post comes to. `signals` say what each sign means."""
    opening = _joined(_outcome(shared.outcome, policy), _why(shared, policy))
    remarks = [_caution(caution, shared) for caution in Caution if caution in shared.cautions]
    if any(not citation.reviewed for citation in shared.citations):
        remarks.append(wording.NOT_REVIEWED)
    return Judged(shared, opening, _seen(shared.deciding, signals), " ".join(filter(None, remarks)))


def seen_in_post(signs: Sequence[Sign], signals: Mapping[str, Signal]) -> str:
    """What was seen in a post that came with a question."""
    if not signs:
        return "I read the post, and saw nothing in it that decides this by itself."
    return " ".join(["I read the post.", *(f"“{one.words}”: {one.means}." for one in _seen(signs, signals))])


def judged_in_one_text(told: Judged) -> str:
    """The same as running text, for where nothing but text can be shown."""
    seen = " ".join(f"“{one.words}”: {one.means}." for one in told.seen)
    return wording.in_one_text([Paragraph(f"{told.opening} {seen}".strip(), told.shared.citations, told.remarks)])


def found(draft: Draft, findings: Sequence[Finding], citations: Mapping[str, Citation]) -> tuple[ShownFinding, ...]:
    """Findings as they are shown, in the order given; `citations` by clause."""
    return tuple(
        ShownFinding(
            finding,
            _SEVERITIES[finding.severity],
            draft.text.count("\n", 0, finding.start) + 1,
            finding.start - draft.text.rfind("\n", 0, finding.start),
            citations[finding.clause],
            mend_of(finding),
        )
        for finding in findings
    )


def mend_of(finding: Finding) -> str:
    """The option that mends a finding; empty where nothing safe does."""
    if finding.mend is None:
        return ""
    if not finding.span:
        return f"Mend: add “{_short(finding.mend, LONGEST_OPTION - 12)}”"
    room = (LONGEST_OPTION - 16) // 2
    if not finding.mend:
        return f"Mend: take out “{_short(finding.span, room)}”"
    return f"Mend: “{_short(finding.span, room)}” to “{_short(finding.mend, room)}”"


def check_opening(draft: Draft, kind: Kind, findings: Sequence[Finding]) -> str:
    """What a check came to, in a sentence. A clean draft is not thereby approved."""
    what = f"in this {'profile' if kind is Kind.PROFILE else 'post'} {_FROM[draft.account]}"
    if not findings:
        return f"Nothing found {what}."
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    counts = [_counted(errors, "error"), _counted(len(findings) - errors, "warning")]
    return f"Found {what}: {' and '.join(filter(None, counts))}."


def nothing_to_check_by(policy: Policy) -> str:
    return f"Not checked: I have nothing to check a draft for {policy.known_as} by."


def check_remarks(reading: PostReading, advice: Sequence[str]) -> str:
    """What a check could not see. `advice` is what is good practice for this draft and no rule."""
    said = []
    if advice:
        said.append(f"Good practice, and no rule on an account of your own: {' '.join(advice)}")
    if not reading.english:
        said.append(f"{_READS_ENGLISH} Of this draft I could look at little, so please have somebody read it.")
    if reading.instructs:
        said.append(_INSTRUCTS)
    if reading.unread:
        said.append(f"It is too long for me: I did not read the last {reading.unread:,} characters.")
    return " ".join([*said, NOT_SEEN_BY_MACHINE])


def advised(finding: Finding) -> str:
    return f"{finding.advice.rstrip('.')} (“{_short(finding.span, LONGEST_OPTION)}”)."


def further_findings(many: int) -> str:
    return f"And {many} more: mend these first, and check it again."


def which_account() -> FollowUp:
    return FollowUp("Which account will it go out from?", tuple(ACCOUNTS))


def mends_offered(findings: Sequence[ShownFinding]) -> FollowUp | None:
    """What can be mended safely, each once."""
    mends = tuple(dict.fromkeys(one.mend for one in findings if one.mend))
    if not mends:
        return None
    every = (MEND_ALL,) if len(mends) > 1 else ()
    return FollowUp("Shall I mend what can be mended safely?", (*mends[:_MOST_MENDS], *every, DONE))


def checked_in_one_text(told: Checked) -> str:
    """A check as running text, for where nothing but text can be shown."""
    findings = [f"{one.line}:{one.column} {one.severity}: {found_in_words(one)}" for one in told.findings]
    draft = f"{MENDED}\n{told.draft.text}\n\n" if told.mended else ""
    return draft + " ".join([told.opening, *findings, told.remarks])


def found_in_words(one: ShownFinding) -> str:
    """The words at fault, or that something is missing, and what to do."""
    where = f"“{_short(one.finding.span, LONGEST_OPTION)}”" if one.finding.span else "at the end"
    return f"{where}: {one.finding.advice}"


def _joined(outcome: str, why: str) -> str:
    """The outcome and why, without a yes or no that says the outcome again."""
    said = re.match(r"(?:Yes|No)(?P<mark>[.,]) (?P<rest>.*)", why, re.DOTALL)
    if said is None:
        return f"{outcome} {why}"
    rest = said["rest"].removeprefix("better not. ")
    if said["mark"] == "." or rest != said["rest"]:
        return f"{outcome} {rest}"
    joint = " " if rest.startswith("not ") else ", "  # "not fine to share without their consent"
    return f"{outcome.rstrip('.')}{joint}{rest.removeprefix('not ')}"


def _outcome(outcome: SharingOutcome, policy: Policy) -> str:
    return _OPENINGS.get(outcome, f"Ask {policy.office}.")


def _why(shared: Shared, policy: Policy) -> str:
    cautions = shared.cautions
    if shared.end is not None:
        return shared.end.words
    if Caution.PERHAPS in cautions:
        return (
            "Something in it may rule it out, and I am not sure enough to say so: look at it again before you share it."
        )
    if Caution.NO_FLOW in cautions:
        if any(citation.clause == policy.missing_rules for citation in shared.citations):
            return "The list that may say so is missing from the copy that I hold."
        return "I hold nothing that decides on sharing posts."
    if Caution.NOT_ENGLISH in cautions:
        return "I cannot tell what it says."
    if Caution.PARTLY_READ in cautions:
        return "It is too long for me to read to its end."
    if Caution.HARDLY_A_WORD in cautions:
        return "There is hardly a word in it that I could read."
    if Caution.INSTRUCTS in cautions:
        return "It speaks to me rather than to your readers, so look at it yourself."
    return "It turns on something that you have not said."


def _caution(caution: Caution, shared: Shared) -> str:
    match caution:
        case Caution.AUTHOR_GUESSED:
            return f"You did not say who wrote it; I took it for a post by {_AUTHORS[shared.author]}."
        case Caution.REPRESENTING_ASSUMED:
            return "You did not say whether you would in some way represent the society; I took it that you would."
        case Caution.MIXED:
            return "It also holds what would be fine by itself; the stricter reading counts."
        case Caution.NOT_ENGLISH:
            return _READS_ENGLISH
        case Caution.INSTRUCTS:
            return _INSTRUCTS
        case Caution.PARTLY_READ:
            return f"I did not read its last {shared.reading.unread:,} characters."
        case Caution.PERHAPS | Caution.NO_FLOW | Caution.OPEN | Caution.HARDLY_A_WORD:
            return ""  # told in the opening


def _seen(signs: Collection[Sign], signals: Mapping[str, Signal]) -> tuple[Seen, ...]:
    """Each words once, with all that they show."""
    means: dict[str, list[str]] = {}
    for sign in signs:
        means.setdefault(sign.span, []).append(signals[sign.name].means)
    return tuple(Seen(words, "; ".join(dict.fromkeys(some))) for words, some in means.items())


def _counted(many: int, what: str) -> str:
    return f"{many} {what}{'' if many == 1 else 's'}" if many else ""


def _short(words: str, room: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= room else f"{words[: room - 1]}…"
