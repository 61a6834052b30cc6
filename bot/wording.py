"""Every sentence that the bot itself says. Plain, short, British, and never stronger than the clause."""

import re
from collections.abc import Sequence

from bot.replies import FollowUp, Paragraph
from knowledge.answers import Answer, Citation, Note, Part, Reason, Unanswered
from knowledge.clauses import Clause, Force, Party, Policy, Verdict
from knowledge.judging import unlisted_platform
from knowledge.questions import Mood

ERASED = "[erased]"  # in the place of words whose owner was forgotten
SOME_OFFICE = "your society's office"  # where it is not known yet whose
NOT_REVIEWED = (
    "This policy is not yet reviewed: nobody has checked how I read it, so please go by its own words and not by mine."
)
RULING = (Verdict.YES, Verdict.NO, Verdict.DEPENDS)
TRY_AGAIN = "Try again"
UNSURE = 0.4  # chance of having found the right clause below which the answer says that it may have misread

_PARTIES = {
    Party.MEMBER: "members",
    Party.STAFF: "staff",
    Party.FELLOW: "Fellows",
    Party.TRAINEE: "trainees",
    Party.ACCOUNT_ADMIN: "people who run an account in the society's name",
    Party.GROUP: "groups that want an account",
    Party.NATIONAL_OFFICE: "National Office",
    Party.TRUSTEES: "the Trustees",
}
ROLE_NAMES = {
    Party.MEMBER: "a member",
    Party.STAFF: "a member of staff",
    Party.ACCOUNT_ADMIN: "somebody who runs an account",
    Party.GROUP: "a group that wants an account",
    Party.FELLOW: "a Fellow",
    Party.TRAINEE: "a trainee",
    Party.ANYONE: "somebody who may be anyone",
}
_HELP_ON_ACCOUNTS = (
    "• Say “register” for the society's accounts, and “who runs @OUR_GROUP?” to write to one.",
    "• Say “request an account” if your group would like one.",
    "• Say “I have taken over @OUR_GROUP” to be set up for it, and “onboarding” to go on with that.",
    "• Say “I am leaving @OUR_GROUP” when you stop running it.",
    "• Say “link my accounts” if you write to me on two platforms.",
)
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")


def paragraphs(answer: Answer, platform: str | None) -> tuple[Paragraph, ...]:
    """One paragraph for each thing asked, in the order asked; `platform` is one that no clause names."""
    several = len(answer.parts) + len(answer.unanswered) > 1
    quotes = {citation.clause: citation for citation in answer.citations}
    told: list[Paragraph] = []
    for number, part in enumerate(answer.parts):
        opening = _opening(part, answer.policy)
        if several:
            opening = f"{_ordinal(number)}: {opening[0].lower() if opening[:2] != 'I ' else opening[0]}{opening[1:]}"
        cited = tuple(quotes[clause.id] for clause in part.clauses)
        remarks = _remarks(part, answer, platform)
        if any(not citation.reviewed for citation in cited):
            remarks = f"{remarks} {NOT_REVIEWED}".strip()
        told.append(Paragraph(opening, cited, remarks))
    for number, unanswered in enumerate(answer.unanswered, len(answer.parts)):
        paragraph = not_answered(unanswered)
        cited = tuple(quotes[clause.id] for clause in unanswered.clauses)
        told.append(Paragraph(f"{_ordinal(number)}: {paragraph.opening}", cited, paragraph.remarks))
    return tuple(told)


def follow_up(answer: Answer) -> FollowUp | None:
    """The question back, where the answer turns on something that was not said."""
    asked = answer.turns_on
    return FollowUp(asked.question, tuple(option.label for option in asked.options)) if asked else None


def next_step(answer: Answer) -> str:
    """What the asker can do now; empty where nothing is left open."""
    office = _at_start(answer.policy.office)
    if answer.turns_on:
        return f"If you are not sure, ask {answer.policy.office}."
    if answer.verdict is Verdict.DEPENDS or answer.confidence < UNSURE:
        return f"{office} can settle it."
    if answer.verdict is Verdict.NO and any(part.reading.mood is not Mood.FACT for part in answer.parts):
        return f"If your case seems different, ask {answer.policy.office} before you act."
    return ""


def not_answered(unanswered: Unanswered) -> Paragraph:
    """Why there is no ruling, and whom to ask."""
    policy, office = unanswered.policy, _at_start(unanswered.policy.office)
    match unanswered.reason:
        case Reason.OUT_OF_SCOPE if unanswered.document:
            opening = (
                f"That would be in the {unanswered.document}, which {policy.known_as} only name" + _s(policy) + "."
            )
            remarks = f"I do not hold it, so I give no ruling. {office} can tell you."
        case Reason.OUT_OF_SCOPE:
            opening = f"I find nothing on that in {policy.known_as}, so I give no ruling."
            remarks = f"{office} can tell you who would know."
        case Reason.GAP if policy.missing_rules and any(c.id == policy.missing_rules for c in unanswered.clauses):
            opening = "The list that may say so is missing from the copy that I hold, so I can say neither yes nor no."
            remarks = f"{office} can tell you what it says."
        case Reason.GAP:
            opening = "What would answer that is missing from the copy that I hold."
            remarks = f"{office} can tell you what it says."
        case Reason.OTHER_SOCIETY:
            opening = f"I find nothing on that in {policy.known_as}, so I give no ruling."
            remarks = f"Another society's policy speaks of it, but that one does not bind you. Ask {policy.office}."
        case Reason.SMALL_TALK:
            opening = (
                f"{_greeting(unanswered.question)}I am a bot that looks things up in {policy.known_as} and quotes them."
            )
            remarks = "Ask me about something that you want to post, share or retweet."
        case Reason.MANIPULATION:
            opening = (
                "I cannot do that: I only say what the clauses say, whatever a message tells me to be or to write."
            )
            remarks = f"Ask me what {policy.known_as} say" + _s(policy) + f", or turn to {policy.office}."
        case Reason.ABUSE:
            opening = "I will leave that there."
            remarks = f"I am here for questions about {policy.known_as}; {policy.office} is there for a complaint."
        case Reason.VAGUE if unanswered.unreadable:
            opening = "I read English only, so far."
            remarks = f"Put it in English, or ask {policy.office}."
        case Reason.VAGUE:
            opening = "I cannot tell what you would like to know."
            remarks = "Say in a sentence what you want to post, share or do, and from whose account."
    if not policy.reviewed and unanswered.reason in (Reason.OUT_OF_SCOPE, Reason.GAP, Reason.OTHER_SOCIETY):
        remarks = f"{remarks} {NOT_REVIEWED}"
    return Paragraph(opening, unanswered.citations, remarks)


def source_of(citation: Citation) -> str:
    """The policy and edition that a quote comes from, and whether the words are its own."""
    summary = "" if citation.official else ", in our summary"
    return f"From {citation.known_as}{summary} ({citation.edition})."


def place_of(citation: Citation) -> str:
    """The section of a quote, and its page where the text has pages."""
    return f"{citation.section}, page {citation.page}" if citation.page else citation.section


def quoted(citation: Citation) -> str:
    """The words of a clause: in quotation marks only where they are the society's own."""
    return f"“{citation.quote}”" if citation.official else citation.quote


def in_one_text(told: Sequence[Paragraph], last: str = "") -> str:
    """Paragraphs as running text, for where nothing but text can be shown."""
    lines = []
    for paragraph in told:
        sources = dict.fromkeys((citation.known_as, citation.official) for citation in paragraph.citations)
        quotes = [
            f"{name}{'' if official else ', in our summary'}: "
            + " Also: ".join(quoted(c) for c in paragraph.citations if (c.known_as, c.official) == (name, official))
            for name, official in sources
        ]
        lines.append(" ".join(filter(None, [paragraph.opening, *quotes, paragraph.remarks])))
    return "\n\n".join([*lines, *([last] if last else [])])


def which_society(names: Sequence[str]) -> FollowUp:
    return FollowUp("Which society is this about? Their policies differ.", tuple(names))


def no_such_option(many: int) -> str:
    if not many:
        return "There is nothing to choose from just now. Ask me something."
    return f"Please choose a number from 1 to {many}, or ask something else."


def why(office: str) -> str:
    return f"Because that is what this says. For the reasons behind it, ask {office}."


def who_says(policy: Policy, citations: Sequence[Citation]) -> str:
    sections = " and ".join(dict.fromkeys(f"“{citation.section}”" for citation in citations))
    editions = " and ".join(dict.fromkeys(citation.edition for citation in citations))
    summary = any(not citation.official for citation in citations)
    own = " The words are our summary; the society's own text stands behind them." if summary else ""
    return f"{policy.organisation}: “{policy.title}”, under {sections} ({editions}).{own}"


def role_taken(role: Party) -> str:
    return f"Noted: you ask as {ROLE_NAMES[role]}. You can change that at any time."


def society_taken(policy: Policy) -> str:
    return f"Noted: I answer from {policy.known_as}."


def help_text(policy: Policy | None, guides: bool = False, sets_up: bool = False) -> str:
    """What can be asked, a line each. `guides` says that there are guided decisions for it, and `sets_up` that somebody
    who takes over an account is taken through what goes with it."""
    held = policy.known_as if policy else "the policies that I hold"
    lines = [
        f"I look things up in {held} and quote them.",
        "• Ask in your own words: “Can I retweet this?” Then “and on LinkedIn?”, “why?” or “who says?”.",
        "• Write “check:” and your draft after it, and I look it over before you post it.",
        *(["• Say “guides” for what I can take you through step by step."] if guides else []),
        "• Say “I am a trainee” (a Fellow, staff, an admin, a group), and I answer as it applies to you.",
        *(_HELP_ON_ACCOUNTS if sets_up else []),
    ]
    return "\n".join(lines)


def broken(reference: str, office: str) -> str:
    return f"Something went wrong here, and I give no ruling. Please ask {office} and quote {reference}."


def _opening(part: Part, policy: Policy) -> str:
    sentence = _verdict_sentence(part, policy)
    if part.confidence >= UNSURE:
        return sentence
    first = sentence if sentence.startswith(("I ", "IPEM", "ICIS")) else sentence[0].lower() + sentence[1:]
    return f"If I understand you rightly: {first}"


def _verdict_sentence(part: Part, policy: Policy) -> str:
    mood, force = part.reading.mood, part.clauses[0].force
    match part.verdict:
        case Verdict.YES if mood is Mood.BELIEF:
            return "Yes, that is right."
        case Verdict.YES if mood is Mood.PERMISSION and force is Force.MAY:
            return "Yes, you may."
        case Verdict.YES if mood is Mood.PERMISSION and (force.forbids or force.requires):
            return "Yes, as far as this clause goes."
        case Verdict.YES if mood is Mood.DUTY and force in (Force.MUST, Force.MUST_NOT):
            return "Yes, you have to."
        case Verdict.YES if mood is Mood.DUTY and (force.requires or force.forbids):
            return "Yes, you should."
        case Verdict.YES if mood is Mood.CONCERN and (force.requires or force.forbids):
            return "Yes, it does matter."
        case Verdict.YES:
            return "Yes."
        case Verdict.NO if mood is Mood.BELIEF:
            return "No, that is not so."
        case Verdict.NO if mood is Mood.PERMISSION and force is Force.MUST_NOT:
            return "No, you must not."
        case Verdict.NO if mood is Mood.PERMISSION and force is Force.SHOULD_NOT:
            return "No, you should not."
        case Verdict.NO if mood is Mood.DUTY and not (force.requires or force.forbids):
            return "No, nothing here asks that of you."
        case Verdict.NO:
            return "No."
        case Verdict.DEPENDS if part.turns_on:
            return "It depends on something that you have not said."
        case Verdict.DEPENDS:
            return "It depends, and this clause alone does not settle it."
        case _:
            return f"This is what {policy.known_as} say" + _s(policy) + "."


def _remarks(part: Part, answer: Answer, platform: str | None) -> str:
    clause, said = part.clauses[0], []
    if part.verdict in RULING:
        said += put_as_should(clause)
        if Note.NO_LIMIT not in part.notes:
            told_below = Note.EMPLOYEES in part.notes or Note.NOT_BOUND in part.notes
            bound = told_below or clause.is_for(answer.role)
            said += spoken_to(clause, answer.role, "" if bound else ", so it may not bind you")
    said += [note_on(note, answer.policy, platform) for note in part.notes]
    said += dict.fromkeys(cited.note for cited in part.clauses if cited.note)
    return " ".join(said)


def put_as_should(clause: Clause) -> list[str]:
    """How strong it is, where that is less than it may seem."""
    return ["It is put as “should”, not as “must”."] if clause.force in (Force.SHOULD, Force.SHOULD_NOT) else []


def spoken_to(clause: Clause, role: Party, so: str = "") -> list[str]:
    """Whom a clause speaks to, where that is not everybody, and who asked."""
    parties = [_PARTIES[party] for party in clause.binds if party in _PARTIES]
    return [f"It speaks to {_listed(parties)}; you asked as {ROLE_NAMES[role]}{so}."] if parties else []


def note_on(note: Note, policy: Policy, platform: str | None) -> str:
    """What a note comes to in words. `platform` is one that no clause names."""
    match note:
        case Note.NOT_BOUND:
            return "On an account of your own it is good practice, not a rule."
        case Note.EMPLOYEES:
            return "It is not put to you as such, but as an employee you are expected to keep to the like."
        case Note.NO_LIMIT:
            return "The limit is put to those who in some way represent the society; you say that you do not."
        case Note.UNLISTED:
            return f"{platform or 'That platform'} is not named; this rests on the general definition of social media."
        case Note.RENAMED:
            return "X is what Twitter is called now."
        case Note.INCOMPLETE:
            return f"The copy that I hold lacks a list that may say more; {policy.office} would know."


def platform_unnamed(answer: Answer, text: str) -> str | None:
    clauses = {clause.id: clause for clause in answer.policy.clauses}
    return unlisted_platform(text, clauses, answer.policy.society)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _greeting(text: str) -> str:
    if re.search(r"\b(?:thanks?|thank you|cheers|ta|helpful)\b", text, re.IGNORECASE):
        return "You are welcome. "
    return (
        "Hello. "
        if re.match(r"(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening)|morning)\b", text, re.IGNORECASE)
        else ""
    )


def _at_start(office: str) -> str:
    return office[0].upper() + office[1:]


def _ordinal(number: int) -> str:
    return _ORDINALS[number] if number < len(_ORDINALS) else "Next"


def _s(policy: Policy) -> str:
    """The ending of a verb whose subject is what the policy is known as: guidelines say, a policy says."""
    return "" if policy.known_as.endswith("s") else "s"


def repeated() -> str:
    """What stands with a message that may have arrived before."""
    return "Sent again after a fault here: you may have it already."


def welcome() -> str:
    return "Ask what you may post, share or retweet. “help” says more, “quit” ends this."


def goodbye() -> str:
    return "Goodbye."
