"""What a draft breaks: which clause, for whom, where, how serious, and what mends it."""

import dataclasses
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Party
from knowledge.library import Library
from knowledge.posts.detectors import DETECTORS
from knowledge.posts.drafts import Checker, Draft, Finding, Kind, Severity, kind_of, mended
from knowledge.posts.folding import LONGEST
from knowledge.posts.post import PostReading, Sign
from knowledge.posts.signals import Signal
from knowledge.questions import Account
from tests.conftest import shipped_signals
from tests.knowledge.posts.examining import examined

SIGNALS = {signal.name: signal for signal in shipped_signals()}
SEEN = {
    "muppets": "derogatory",
    "council is useless": "criticism",
    "world-leading": "superlative",
    "buy one": "commercial",
    "[image: our patient]": "picture",
    "all agreed": "consent",
    "We at IPEM think": "speaks-for",
    "[image: me with the IPEM logo]": "logo",
    "fees are due in May": "answers-query",
    "a Fellow of ICIS": "link",
    "member of IPEM": "link",
    "the views in this posting": "disclaimer",
    "the views I express here": "disclaimer",
    "hire her": "reference",
    "a stand": "invitation",
}
PERSONAL_LINE = "The views I express here are mine alone and do not necessarily reflect the views of my employer."


class PhraseReader:
    """Sees a sign wherever one of its phrases stands, surely unless "perhaps" stands before it."""

    def __init__(self, english: bool = True) -> None:
        self.english = english

    @property
    def signals(self) -> Mapping[str, Signal]:
        return SIGNALS

    def read(self, text: str, society: str) -> PostReading:
        places = ((phrase, text.lower().find(phrase.lower())) for phrase in SEEN)
        signs = (
            Sign(SEEN[phrase], at, at + len(phrase), text[at : at + len(phrase)], 1.0, sure="perhaps" not in text[:at])
            for phrase, at in places
            if at >= 0
        )
        return PostReading(text, tuple(sorted(signs, key=lambda sign: sign.start)), self.english)


@pytest.fixture(scope="session")
def checker(lexical_library: Library) -> Checker:
    return Checker(lexical_library, PhraseReader())


def _clauses(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.clause, finding.span) for finding in findings]


def _affiliated(text: str) -> Draft:
    return Draft(text, "ipem", Account.AFFILIATED)


def _personal(text: str, role: Party = Party.MEMBER, society: str = "ipem", kind: Kind | None = None) -> Draft:
    return Draft(text, society, Account.PERSONAL, kind, role)


@pytest.mark.parametrize("signal", [s for s in SIGNALS.values() if s.found_by], ids=lambda signal: str(signal.name))
def test_a_signal_that_a_detector_finds_is_seen_in_its_bad_example_alone(signal: Signal) -> None:
    society = signal.clauses[0].split("/")[0].upper()
    reader = PhraseReader()
    for example, faulty in ((signal.bad, True), (signal.good, False)):
        text = example.replace("{society}", society)
        draft = dataclasses.replace(
            examined(text, kind=Kind.PROFILE, account=Account.PERSONAL), reading=reader.read(text, society.lower())
        )
        assert any(True for _ in DETECTORS[signal.found_by](draft)) is faulty


def test_every_detector_that_a_signal_names_exists_and_every_one_is_named() -> None:
    assert {signal.found_by for signal in SIGNALS.values() if signal.found_by} == set(DETECTORS)


def test_findings_have_clause_place_severity_advice_and_mend_the_most_serious_first(checker: Checker) -> None:
    draft = _affiliated("A lovely color. Join us on 31 April at htp://example.org, you muppets!")
    found = checker.findings(draft)
    assert [(one.signal, one.severity, one.span, one.mend) for one in found] == [
        ("impossible-date", Severity.ERROR, "31 April", None),
        ("broken-link", Severity.ERROR, "htp://example.org", "http://example.org"),
        ("derogatory", Severity.ERROR, "muppets", None),
        ("spelling", Severity.WARNING, "color", "colour"),
    ]
    assert [one.clause for one in found] == [
        "ipem/principles/accuracy",
        "ipem/principles/accuracy",
        "ipem/principles/non-discriminatory",
        "ipem/principles/quality",
    ]
    assert all(one.advice == SIGNALS[one.signal].advice for one in found)


def test_a_clean_draft_has_no_findings_and_neither_has_an_empty_one(checker: Checker) -> None:
    assert checker.findings(_affiliated("Come to a stand, meet us on 30 April: https://example.org/meeting")) == ()
    assert checker.findings(_affiliated("")) == checker.findings(_affiliated(" \n\u200b ")) == ()


def test_what_is_only_perhaps_a_sign_is_no_finding(checker: Checker) -> None:
    assert checker.findings(_affiliated("They are, perhaps, muppets.")) == ()


def test_the_principles_are_no_finding_on_a_members_own_account(checker: Checker) -> None:
    text = "Teh council is useless, you muppets! Buy one by 31 April: htp://example.org [image: our patient]"
    for role in (Party.MEMBER, Party.TRAINEE, Party.FELLOW, Party.ACCOUNT_ADMIN, Party.ANYONE):
        assert checker.findings(_personal(text, role)) == ()


def test_staff_are_held_to_the_likes_of_the_principles_on_their_own_account_and_warned(checker: Checker) -> None:
    (finding,) = checker.findings(_personal("What muppets.", Party.STAFF))
    assert (finding.clause, finding.severity) == ("ipem/personal/employees", Severity.WARNING)
    assert finding.advice == SIGNALS["derogatory"].advice


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("We at IPEM think that this is right.", "ipem/personal/not-on-behalf"),
        ("New picture! [image: me with the IPEM logo]", "ipem/personal/logo"),
        ("The fees are due in May.", "ipem/personal/refer-queries"),
    ],
)
def test_what_binds_members_in_person_is_a_finding_there_and_not_on_a_groups_account(
    checker: Checker, text: str, clause: str
) -> None:
    for role in (Party.MEMBER, Party.STAFF):
        assert [one.clause for one in checker.findings(_personal(text, role))] == [clause]
    assert checker.findings(_affiliated(text)) == ()


def test_limits_that_bind_only_who_represents_the_society_are_no_finding_on_an_account_of_ones_own(
    checker: Checker,
) -> None:
    assert checker.findings(_personal("Our world-leading phantom: buy one.")) == ()
    for account in (Account.AFFILIATED, Account.OFFICIAL):
        found = checker.findings(Draft("Our world-leading phantom: buy one.", "ipem", account))
        assert _clauses(found) == [
            ("ipem/retweeting/no-endorsement", "world-leading"),
            ("ipem/retweeting/no-endorsement", "buy one"),
        ]


def test_who_says_that_those_pictured_agreed_breaks_nothing(checker: Checker) -> None:
    assert _clauses(checker.findings(_affiliated("[image: our patient]"))) == [
        ("ipem/principles/privacy", "[image: our patient]")
    ]
    assert checker.findings(_affiliated("[image: our patient] They all agreed to be shown.")) == ()


class GivenReader(PhraseReader):
    """Sees signs all over a text, with given chances."""

    def __init__(self, chances: Mapping[str, float]) -> None:
        super().__init__()
        self._chances = chances

    def read(self, text: str, society: str) -> PostReading:
        return PostReading(
            text, tuple(Sign(name, 0, len(text), text, chance) for name, chance in self._chances.items())
        )


@pytest.mark.parametrize(
    ("chances", "clauses"),
    [
        ({"picture": 0.95, "consent": 0.9}, ["ipem/principles/privacy"]),
        ({"picture": 0.9, "consent": 0.95}, []),
        ({"picture": 0.6}, []),
        ({"criticism": 0.8, "derogatory": 0.9}, ["ipem/principles/non-discriminatory"]),
        ({"criticism": 0.9, "derogatory": 0.8}, ["ipem/principles/reputation"]),
        ({"picture": 0.8, "party-politics": 0.8}, ["ipem/principles/privacy", "ipem/principles/non-political"]),
        ({"superlative": 0.8, "endorsement": 0.9}, ["ipem/retweeting/no-endorsement"]),
    ],
)
def test_what_is_likely_is_a_finding_and_of_what_is_alike_only_the_likeliest(
    lexical_library: Library, chances: Mapping[str, float], clauses: list[str]
) -> None:
    found = Checker(lexical_library, GivenReader(chances)).findings(_affiliated("A plain post about our phantom."))
    assert [finding.clause for finding in found] == clauses


def test_of_signals_that_are_alike_at_one_place_the_more_serious_stays(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SEEN, "the council is hopeless and full of muppets", "criticism")
    found = checker.findings(_affiliated("It seems the council is hopeless and full of muppets."))
    assert _clauses(found) == [("ipem/principles/non-discriminatory", "muppets")]


def test_a_word_that_two_detectors_find_under_one_clause_is_one_finding(checker: Checker) -> None:
    found = checker.findings(_affiliated("Thanks alot for coming."))
    assert _clauses(found) == [("ipem/principles/quality", "alot")]


def test_another_language_gives_no_findings_of_spelling(lexical_library: Library) -> None:
    checker = Checker(lexical_library, PhraseReader(english=False))
    assert checker.findings(_affiliated("Wir sehen uns morgan, the the")) == ()


def test_an_icis_post_that_tells_of_the_link_needs_the_sentence_that_the_clause_prescribes(checker: Checker) -> None:
    draft = _personal("As a Fellow of ICIS I find the trial small.", Party.FELLOW, "icis")
    (finding,) = checker.findings(draft)
    assert (finding.clause, finding.severity) == ("icis/professional/disclaimer", Severity.ERROR)
    assert (finding.start, finding.end, finding.span) == (len(draft.text), len(draft.text), "")
    assert finding.mend == "The views in this posting do not represent the views of ICIS."
    after = mended(draft.text, finding)
    assert after == f"{draft.text}\n{finding.mend}"
    assert checker.findings(dataclasses.replace(draft, text=after)) == ()


def test_an_official_icis_account_needs_no_disclaimer_and_still_gives_no_reference(checker: Checker) -> None:
    draft = Draft("Ask a Fellow of ICIS about my registrar: hire her!", "icis", Account.OFFICIAL)
    assert _clauses(checker.findings(draft)) == [("icis/professional/no-references", "hire her")]


def test_an_ipem_profile_needs_the_line_and_a_post_does_not(checker: Checker) -> None:
    assert checker.findings(_personal("As a member of IPEM I went to the talk.")) == ()
    profile = _personal("Bio: physicist, member of IPEM")
    (finding,) = checker.findings(profile)
    assert (finding.clause, finding.severity) == ("ipem/personal/disclaimer", Severity.WARNING)
    assert finding.mend == PERSONAL_LINE
    assert checker.findings(_personal("physicist, member of IPEM", kind=Kind.PROFILE)) != ()
    assert checker.findings(dataclasses.replace(profile, kind=Kind.POST)) == ()


@pytest.mark.parametrize("opening", ["Bio:", "profile :", " About me:", "ABOUT THIS BLOG:"])
def test_a_draft_that_opens_as_a_profile_is_one_unless_it_is_said_to_be_a_post(opening: str) -> None:
    draft = _personal(f"{opening} a physicist")
    assert kind_of(draft) is Kind.PROFILE
    assert kind_of(dataclasses.replace(draft, kind=Kind.POST)) is Kind.POST
    assert kind_of(_personal("My bio: a physicist")) is Kind.POST


def test_a_finding_without_a_mend_leaves_the_text_as_it_was(checker: Checker) -> None:
    (finding,) = checker.findings(_affiliated("See you on 31 April."))
    assert mended("See you on 31 April.", finding) == "See you on 31 April."


def test_a_spelling_is_mended_in_its_place(checker: Checker) -> None:
    (finding,) = checker.findings(_affiliated("Recieve our news."))
    assert mended("Recieve our news.", finding) == "Receive our news."


def test_a_society_that_no_signal_speaks_of_is_not_checked(checker: Checker) -> None:
    assert checker.findings(Draft("Teh muppets!", "larks", Account.AFFILIATED)) == ()


def test_a_draft_of_ten_thousand_characters_is_checked_whole(checker: Checker) -> None:
    text = "A fine phantom. " * 624 + "See you on 31 April."
    assert _clauses(checker.findings(_affiliated(text))) == [("ipem/principles/accuracy", "31 April")]


_PIECES = st.sampled_from(
    [*SEEN, "teh", "31 April", "htp://x.org", "\u202e", "́", "👩‍🔬", "ﬁ", "Ǆ", "\n", "of of", "should of", "\x00"]
)


@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=12).map(" ".join),
    st.sampled_from(Account),
    st.sampled_from(["ipem", "icis", "larks"]),
    st.sampled_from(Party),
)
def test_any_text_gives_findings_whose_spans_lie_inside_it(
    checker: Checker, text: str, account: Account, society: str, role: Party
) -> None:
    for one in checker.findings(Draft(text, society, account, None, role)):
        assert 0 <= one.start <= one.end <= len(text)
        assert one.span == text[one.start : one.end]
        assert one.clause.startswith(f"{society}/")
        assert bool(one.span) or one.start == len(text)
        assert isinstance(mended(text, one), str)


def test_what_is_beyond_what_is_read_is_no_finding(checker: Checker) -> None:
    assert checker.findings(_affiliated(f"{'We met. ' * (LONGEST // 8)}A lovely color.")) == ()
