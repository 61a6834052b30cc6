"""Checks drafts: one by itself, or one in a conversation, where what is safe to mend can be mended at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording_of_posts as wording
from bot.ports import Turn
from bot.replies import Asked, Checked, Reply, Told
from bot.routing import Route, Way
from knowledge.flows.sharing import is_blank
from knowledge.library import Library
from knowledge.posts.attached import attached
from knowledge.posts.drafts import Checker, Draft, Finding, Reader, kind_of, mended
from knowledge.posts.post import PostReading
from knowledge.posts.signals import Signal
from knowledge.questions import Account, plain, read

_POLITE = r"(?:please|pls|plz|kindly|(?:can|could|would|will) (?:you|u)|hi|hello|hey)"
_CHECK = re.compile(
    rf"\s*(?:{_POLITE}[\s,]+)*(?:spell-?)?(?:check|proof-?read|look over|vet)\b(?P<what>[^:\n]{{0,160}})(?:[:\n]|\Z)",
    re.IGNORECASE,
)
_OF_A_DRAFT = re.compile(
    r"\b(?:draft|post|tweet|bio|profile|blog|caption|thread|text|message|reply|announcement|this|it|for me)\b",
    re.IGNORECASE,
)
_OF_SHARING = re.compile(
    r"\b(?:re-?tweet\w*|rt|shar(?:e|ing)|re-?post\w*|polic(?:y|ies)|guidelines?|clauses?)\b", re.IGNORECASE
)
_ALL_RIGHT = re.compile(
    r"\b(?:is|are|does|do)\b.{0,60}\b(?:all ?right|ok(?:ay)?|fine|good to go|read well|look (?:good|right))\b"
    r"|\b(?:anything|something) wrong with\b"
    r"|\b(?:can|may|could|ok(?:ay)? to|fine to) (?:i |we )?(?:post|tweet|publish|put out|send)\b",
    re.IGNORECASE | re.DOTALL,
)
_LEAVES = re.compile(r"(?:stop|cancel|never ?mind|done|quit|leave it|no)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants checked: the draft, empty where it is yet to come, and the account, None where not said."""

    draft: str
    account: Account | None


def requested(text: str) -> Request | None:
    """The check that a message asks for, or None where it asks for none."""
    came = attached(text)
    asks = _CHECK.match(text)
    asked = came.ask if came is not None and not _OF_SHARING.search(came.ask) else ""
    if came is not None and (_CHECK.match(asked) or _ALL_RIGHT.search(asked)):
        return Request(came.post, read(plain(asked)).account)
    if asks is None or _OF_SHARING.search(asks["what"]):
        return None
    what = asks["what"].strip(" ,.!?")
    if what and not _OF_A_DRAFT.search(what):
        return None
    return Request(_unquoted(text[asks.end() :]), read(plain(asks["what"])).account)


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
        remarks = wording.check_remarks(reading, self._advice(draft, reading, findings))
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

    def take(self, text: str, taken: Route, now: Turn, conversation: str) -> tuple[Turn, list[Reply]] | None:
        """What a message means to the check that is under way, or that it begins; None where it means none."""
        begun = requested(text)
        if begun is not None:
            text = "" if is_blank(begun.draft) else begun.draft
            return self._go_on(replace(now, checking=True, draft=text, account=begun.account), conversation)
        if not now.checking:
            return None
        if not now.draft:
            if taken.way in (Way.ROLE, Way.SOCIETY, Way.HELP):
                return None
            if _LEAVES.fullmatch(text.strip()):
                return self._ended(now, conversation)
            return self._go_on(replace(now, draft=_unquoted(text)), conversation)
        if now.account is None:
            if now.options != tuple(wording.ACCOUNTS):
                return None  # something else was said meanwhile
            account = wording.ACCOUNTS.get(taken.text) if taken.way is Way.OPTION else read(plain(text)).account
            return None if account is None else self._go_on(replace(now, account=account), conversation)
        if wording.DONE not in now.options or now.options != self._offered(now):
            return None  # something else was offered meanwhile
        chosen = taken.text if taken.way is Way.OPTION else _named(text)
        if chosen == wording.DONE:
            return self._ended(now, conversation)
        if not chosen:
            return None
        draft = self.mended(self._draft(now, now.account), chosen)
        turn, replies = self._go_on(replace(now, draft=draft.text), conversation)
        return turn, [replace(one, mended=True) if isinstance(one, Checked) else one for one in replies]

    def _go_on(self, now: Turn, conversation: str) -> tuple[Turn, list[Reply]]:
        """The next that is wanted: the draft, the account, or the check itself."""
        if not now.draft:
            return replace(now, options=()), [Told(conversation, wording.PASTE_DRAFT)]
        if now.account is None:
            asked = wording.which_account()
            return replace(now, options=asked.options), [Asked(conversation, asked)]
        told = self.check(self._draft(now, now.account), conversation)
        options = told.follow_up.options if told.follow_up else ()
        return replace(now, options=options), [told]

    def _ended(self, now: Turn, conversation: str) -> tuple[Turn, list[Reply]]:
        over = replace(now, checking=False, draft="", account=None, options=())
        return over, [Told(conversation, wording.CHECK_ENDED)]

    def _offered(self, now: Turn) -> tuple[str, ...]:
        """The options that a check of the turn's draft offers."""
        if now.account is None:
            return ()
        told = self.check(self._draft(now, now.account), "")
        return told.follow_up.options if told.follow_up else ()

    def _draft(self, now: Turn, account: Account) -> Draft:
        return Draft(now.draft, now.society, account, None, now.role)

    def _advice(self, draft: Draft, reading: PostReading, findings: Sequence[Finding]) -> list[str]:
        """On a personal account, what would be a fault on one that carries the society's name."""
        if draft.account is not Account.PERSONAL:
            return []
        told = {finding.signal for finding in findings}
        signs = {sign.name: sign for sign in reading.sure if sign.name not in told}
        return [
            wording.advised(sign, signal.advice)
            for name, sign in signs.items()
            if (signal := self._reader.signals.get(name)) and signal.advice and self._is_of(signal, draft.society)
        ]

    def _is_of(self, signal: Signal, society: str) -> bool:
        return any(clause.startswith(f"{society}/") for clause in signal.clauses)


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
