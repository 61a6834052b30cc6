"""Checks drafts: one by itself, or one in a conversation, where what is safe to mend can be mended at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording_of_posts as wording
from bot.ports import Turn
from bot.posts_in_messages import speaks_of_sharing
from bot.replies import Asked, Checked, FollowUp, Reply, Told
from bot.routing import Route, Way
from bot.wording_of_flows import STOPPED
from knowledge.clauses import Party
from knowledge.flows.sharing import is_blank
from knowledge.library import Library
from knowledge.posts.attached import attached
from knowledge.posts.drafts import Checker, Draft, Finding, Reader, kind_of, mended
from knowledge.questions import Account, Mood, plain, read

_POLITE = r"(?:please|pls|plz|kindly|(?:can|could|would|will) (?:you|u)|hi|hello|hey)"
_NO_OPENER = r"(?!\s*(?:in|(?:(?:this|it|these|them|that|us)\s+)?out)\b)"  # posts begin "Check out", "Check in"
_CHECK = re.compile(
    rf"\s*(?:{_POLITE}[\s,]+)*(?:spell-?)?(?:check|proof-?read|look over|vet)\b{_NO_OPENER}"
    r"(?P<what>[^:\n]{0,160})(?:[:\n]|\Z)",
    re.IGNORECASE,
)
_PLAINLY = re.compile(r"\s*check\s*:", re.IGNORECASE)
_OF_A_DRAFT = re.compile(
    r"\b(?:draft|post|tweet|bio|profile|blog|caption|thread|text|message|reply|announcement|this|it|for me)\b",
    re.IGNORECASE,
)
_OF_RULES = re.compile(r"\b(?:polic(?:y|ies)|guidelines?|clauses?)\b", re.IGNORECASE)
_ALL_RIGHT = re.compile(
    r"\b(?:is|are|does|do)\b.{0,60}\b(?:all ?right|ok(?:ay)?|fine|good to go|read well|look (?:good|right))\b"
    r"|\b(?:anything|something) wrong with\b"
    r"|\b(?:can|may|could|ok(?:ay)? to|fine to) (?:i |we )?(?:post|tweet|publish|put out|send)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(r"(?:stop|cancel|never ?mind|done|quit|leave it)\W*", re.IGNORECASE)
_LEAVES = re.compile(rf"{_ENDS.pattern}|no\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants checked: the draft, empty where it is yet to come, and the account, None where not said."""

    draft: str
    account: Account | None


def requested(text: str) -> Request | None:
    """The check that a message asks for, or None where it asks for none. What follows “check:” is the draft, whole,
    whatever it quotes."""
    plainly = _PLAINLY.match(text)
    if plainly is not None:
        return Request(_unquoted(text[plainly.end() :]), None)
    came = attached(text)
    asks = _CHECK.match(text)
    asked = came.ask if came is not None and not _is_of_rules(came.ask) else ""
    if came is not None and (_CHECK.match(asked) or _ALL_RIGHT.search(asked)):
        return Request(came.post, read(plain(asked)).account)
    if asks is None or _is_of_rules(asks["what"]):
        return None
    what = asks["what"].strip(" ,.!?")
    if what and not _OF_A_DRAFT.search(what):
        return None
    return Request(_unquoted(text[asks.end() :]), read(plain(asks["what"])).account)


def as_typed(draft: str) -> str:
    """The message that asks for the check of a draft, as somebody would type it."""
    return f"check: {draft}"


class Checking:
    """Checks drafts against the clauses that bind their writers. Nothing in a draft is ever followed."""

    def __init__(self, library: Library, checker: Checker, reader: Reader) -> None:
        self._library, self._checker, self._reader = library, checker, reader

    def check(self, draft: Draft, conversation: str) -> Checked:
        """What is found in a draft, and what can be mended.

        Raises:
            KeyError: no policy of this society is held.
        """
        policy = self._library.policy_of(draft.society)
        findings = self._checker.findings(draft)
        reading = self._reader.read(draft.text, draft.society)
        clauses = tuple(dict.fromkeys(finding.clause for finding in findings))
        citations = {citation.clause: citation for citation in self._library.cite(clauses, draft.society)}
        found = wording.found(draft, findings, citations)
        if self.knows(draft.society):
            opening = wording.check_opening(draft, kind_of(draft), findings)
        else:
            opening = wording.nothing_to_check_by(policy)
        remarks = wording.check_remarks(reading, self._advice(draft, findings))
        return Checked(conversation, draft, opening, found, remarks, wording.mends_offered(found))

    def knows(self, society: str) -> bool:
        """Whether any sign of a text is known to bear on a clause of this society."""
        return any(
            name.startswith(f"{society}/") for signal in self._reader.signals.values() for name in signal.clauses
        )

    def mended(self, draft: Draft, chosen: str) -> Draft:
        """The draft with what an option of `check` names mended, or all that can be."""
        findings = [
            finding
            for finding in self._checker.findings(draft)
            if finding.mend is not None and chosen in (wording.MEND_ALL, wording.mend_of(finding))
        ]
        text = draft.text
        for finding in sorted(findings, key=lambda one: one.start, reverse=True):  # so that places before it stay right
            text = mended(text, finding)
        return replace(draft, text=text)

    def begin(self, draft: str, account: Account, now: Turn, conversation: str) -> tuple[Turn, list[Reply]]:
        """The check of a draft whose account is known, in place of one that may be under way."""
        text = "" if is_blank(draft) else _unquoted(draft)
        return self._go_on(replace(now, draft=text, account=account), conversation)

    def take(
        self, text: str, taken: Route, now: Turn, conversation: str, pasted: bool
    ) -> tuple[Turn, list[Reply]] | None:
        """What a message means to the check that is under way, or that it begins; None where it means none.

        `pasted` says that the message is a post which something else waits for.
        """
        awaited = pasted or (now.checking and not now.draft)
        begun = requested(text) if not awaited or _PLAINLY.match(text) else None
        if begun is not None:
            text = "" if is_blank(begun.draft) else begun.draft
            return self._go_on(replace(now, draft=text, account=begun.account), conversation)
        if not now.checking:
            over = not (now.guided and now.options) and taken.way is Way.QUESTION and _ENDS.fullmatch(text.strip())
            return (_over(now), [Told(conversation, STOPPED)]) if over else None
        if taken.way in (Way.ROLE, Way.SOCIETY, Way.HELP):
            return None
        if _LEAVES.fullmatch(text.strip()):
            return _over(now), [Told(conversation, wording.CHECK_ENDED)]
        if not now.draft:
            return self._go_on(replace(now, draft=_unquoted(text)), conversation)
        if now.account is None:
            account = _account_in(text, taken)
            return None if account is None else self._go_on(replace(now, account=account), conversation)
        return self._mend(now, now.account, taken.text if taken.way is Way.OPTION else _named(text), conversation)

    def waiting(self, now: Turn) -> FollowUp | None:
        """What the check of a draft still has to ask when something else has been said; None where there is nothing."""
        if not now.draft:
            return None
        if now.account is None:
            return wording.which_account()
        return self.check(self._draft(now, now.account), "").follow_up

    def _mend(self, now: Turn, account: Account, chosen: str, conversation: str) -> tuple[Turn, list[Reply]] | None:
        if chosen == wording.DONE:
            return _over(now), [Told(conversation, wording.CHECK_ENDED)]
        draft = self.mended(self._draft(now, account), chosen) if chosen else None
        if draft is None or draft.text == now.draft:
            return None
        turn, replies = self._go_on(replace(now, draft=draft.text), conversation)
        return turn, [replace(one, mended=True) if isinstance(one, Checked) else one for one in replies]

    def _go_on(self, now: Turn, conversation: str) -> tuple[Turn, list[Reply]]:
        """The next that is wanted: the draft, the account, or the check itself, which is over where nothing is left."""
        now = replace(now, checking=True)
        if not now.draft:
            return replace(now, options=()), [Told(conversation, wording.PASTE_DRAFT)]
        if now.account is None:
            asked = wording.which_account()
            return replace(now, options=asked.options), [Asked(conversation, asked)]
        told = self.check(self._draft(now, now.account), conversation)
        return replace(now, options=told.follow_up.options) if told.follow_up else _over(now), [told]

    def _draft(self, now: Turn, account: Account) -> Draft:
        return Draft(now.draft, now.society, account, None, now.role)

    def _advice(self, draft: Draft, findings: Sequence[Finding]) -> list[str]:
        """On a personal account, what would be a fault on one that carries the society's name, each kind once."""
        if draft.account is not Account.PERSONAL:
            return []
        told = {finding.signal for finding in findings}
        there = self._checker.findings(replace(draft, account=Account.AFFILIATED, role=Party.ACCOUNT_ADMIN))
        further = {finding.signal: finding for finding in reversed(there) if finding.signal not in told}
        return [wording.advised(finding) for finding in reversed(further.values())]


def _over(now: Turn) -> Turn:
    """The turn with nothing left of a check."""
    return replace(now, checking=False, draft="", account=None, options=())


def _account_in(text: str, taken: Route) -> Account | None:
    """The account that an option or a statement names; a question may name one and answer nothing."""
    if taken.way is Way.OPTION:
        return wording.ACCOUNTS.get(taken.text)
    said = read(plain(text))
    return said.account if said.mood is Mood.STATEMENT else None


def _is_of_rules(text: str) -> bool:
    """Whether somebody wants to know what the rules say, on sharing or at all."""
    return speaks_of_sharing(text) or _OF_RULES.search(text) is not None


def _named(text: str) -> str:
    """What somebody says in words of their own to the mends that are offered; empty where it is none of these."""
    said = plain(text).casefold().rstrip(".!")
    if re.fullmatch(r"(?:mend|fix) (?:it )?all(?: of (?:these|them|it))?|mend (?:it|them)|yes(?: please)?", said):
        return wording.MEND_ALL
    return wording.DONE if _LEAVES.fullmatch(said) else ""


def _unquoted(text: str) -> str:
    """A draft without the quotation marks around the whole of it."""
    text = text.strip()
    whole = re.fullmatch(r"[“\"«]([^“”\"«»]+)[”\"»]", text)
    return whole[1].strip() if whole else text
