"""The flows that are shipped: each shown whole beside a table that is kept, and what holds for all of them.

After a change on purpose, `python -m tests.knowledge.flows.test_shipped` writes the tables anew; read what differs.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.clauses import Clause, Force, Party, Verdict
from knowledge.flows.files import SHIPPED, load
from knowledge.flows.filling import says, shown, understood
from knowledge.flows.flow import Flow, Outcome, Response, position
from knowledge.policy_files import SHIPPED as POLICIES
from knowledge.policy_files import load as load_policies
from knowledge.posts.post import NOT_REPRESENTING, REPRESENTING, Author
from knowledge.questions import plain, spelt_out

CLAUSES: dict[str, Clause] = {clause.id: clause for policy in load_policies([POLICIES]) for clause in policy.clauses}
LOADED = load([SHIPPED], CLAUSES)
FLOWS = {flow.id: flow for flow in LOADED.flows}
TABLES = Path(__file__).parent / "tables"
IDS = (
    "icis/investigation",
    "icis/mention",
    "icis/negative-comment",
    "icis/reference",
    "ipem/follow",
    "ipem/new-account",
    "ipem/picture",
    "ipem/profile",
    "ipem/query",
    "ipem/retweet",
)
MOST_STEPS = 5  # between a question and its end
LONGEST = 330  # characters of an outcome's words
SENTENCE_END = re.compile(r"[.!?](?= |$)")
CONDUCT = ("derogatory", "criticism", "confidential", "picture", "copyright", "no-pictures")
PARTISAN = ("party-politics", "political-agenda")
COMMERCE = ("endorsement", "commercial", "self-promotion", "superlative")


def table(flow: Flow) -> str:
    """Every path to its end, and every end in full. A path on which staff end elsewhere has a line of theirs."""
    lines = [f"{flow.title} ({flow.id})", "", f"settles: {', '.join(flow.settles)}", ""]
    for path in paths(flow, (), Party.MEMBER):
        labels = " > ".join(response.label for response in path)
        member, staff = ended(flow, path, Party.MEMBER), ended(flow, path, Party.STAFF)
        lines.append(f"{labels} => {in_short(member)}" + (f"; staff: {in_short(staff)}" if staff != member else ""))
    for outcome in flow.outcomes:
        lines += ["", f"{in_short(outcome)} [{', '.join(outcome.clauses)}]", f"    {outcome.words}"]
        lines += [f"    copy: {outcome.copy}"] if outcome.copy else []
    return "\n".join(lines) + "\n"


def paths(flow: Flow, begun: tuple[Response, ...], role: Party) -> Iterator[tuple[Response, ...]]:
    """Every list of responses that leads to an outcome, "not sure" left out."""
    step = position(flow, begun, role).step
    if step is None:
        yield begun
        return
    for option in step.options:
        yield from paths(flow, (*begun, Response(step.id, option.label)), role)


def ended(flow: Flow, path: tuple[Response, ...], role: Party) -> Outcome:
    outcome = position(flow, path, role).outcome
    assert outcome is not None
    return outcome


def in_short(outcome: Outcome) -> str:
    return f"{outcome.verdict}{' + office' if outcome.to_office else ''}: {outcome.id}"


def kept(flow_id: str) -> Path:
    return TABLES / f"{flow_id.replace('/', '-')}.txt"


def retweeted(*signs: str, role: Party = Party.MEMBER) -> Outcome:
    """Where a post with these signs ends."""
    flow = FLOWS["ipem/retweet"]
    return ended(flow, shown(flow, signs, role), role)


def test_every_shipped_flow_loads_without_a_fault() -> None:
    assert LOADED.faults == ()
    assert tuple(sorted(FLOWS)) == IDS


@pytest.mark.parametrize("flow_id", IDS)
def test_every_path_of_a_flow_ends_as_its_table_says(flow_id: str) -> None:
    drawn = table(FLOWS[flow_id])
    assert drawn == kept(flow_id).read_text(encoding="utf-8"), f"the flow now reads:\n\n{drawn}"


def test_no_table_is_left_over() -> None:
    assert sorted(TABLES.iterdir()) == sorted(kept(flow_id) for flow_id in IDS)


@pytest.mark.parametrize("flow_id", IDS)
def test_a_flow_is_short_on_every_path(flow_id: str) -> None:
    assert all(len(path) <= MOST_STEPS for path in paths(FLOWS[flow_id], (), Party.MEMBER))


@pytest.mark.parametrize("flow_id", IDS)
def test_an_outcome_says_what_it_says_in_three_sentences(flow_id: str) -> None:
    for outcome in FLOWS[flow_id].outcomes:
        assert 1 <= len(SENTENCE_END.findall(outcome.words)) <= 3, outcome.words
        assert len(outcome.words) <= LONGEST, (len(outcome.words), outcome.words)


@pytest.mark.parametrize("flow_id", IDS)
def test_an_outcome_says_must_or_have_to_only_where_a_clause_does(flow_id: str) -> None:
    for outcome in FLOWS[flow_id].outcomes:
        if re.search(r"\b(?:must|have to|has to)\b", outcome.words):
            assert any(CLAUSES[name].force in (Force.MUST, Force.MUST_NOT) for name in outcome.clauses), outcome.words


def test_an_outcome_on_the_principles_says_that_they_are_offered() -> None:
    for flow in FLOWS.values():
        for outcome in flow.outcomes:
            if outcome.verdict is Verdict.NO and all(name.startswith("ipem/principles/") for name in outcome.clauses):
                assert "offered to those who run accounts in" in outcome.words, outcome.words


def test_an_outcome_of_what_the_copy_lacks_says_that_it_is_missing() -> None:
    for flow in FLOWS.values():
        for outcome in flow.outcomes:
            if any(CLAUSES[name].force is Force.GAP for name in outcome.clauses):
                assert re.search("missing from the copy|breaks off", outcome.words), outcome.words
                assert outcome.verdict is not Verdict.YES


def test_lines_to_copy_are_those_that_the_policies_prescribe() -> None:
    copied = {(flow.society, outcome.copy) for flow in FLOWS.values() for outcome in flow.outcomes if outcome.copy}
    prescribed = {"ipem": "ipem/personal/disclaimer", "icis": "icis/professional/disclaimer"}
    assert len(copied) == len(prescribed)
    assert all(f"'{line}'" in CLAUSES[prescribed[society]].text for society, line in copied)


@pytest.mark.parametrize("flow_id", IDS)
def test_a_flow_knows_twenty_ways_of_asking_and_shares_none(flow_id: str) -> None:
    flow = FLOWS[flow_id]
    others = {ask.casefold() for other in FLOWS.values() if other is not flow for ask in other.asks}
    assert 20 <= len(flow.asks) <= 40
    assert others.isdisjoint(ask.casefold() for ask in flow.asks)


def test_no_way_of_asking_for_one_flow_starts_another_of_its_society() -> None:
    for flow in FLOWS.values():
        for ask in flow.asks:
            words = " ".join(spelt_out(plain(ask)).split())
            started = [
                other.id
                for other in FLOWS.values()
                if other.society == flow.society and any(says(words, phrase) for phrase in other.starts)
            ]
            assert started in ([], [flow.id]), ask


@pytest.mark.parametrize(
    ("flow_id", "message", "expected"),
    [
        ("ipem/retweet", "can I retweet this?", {}),
        (
            "ipem/retweet",
            "ok to RT from our SIG account? it's a vendor's ad",
            {"account": "A group's", "author": "A company", "company-holds": "Praise", "own-holds": "A company's"},
        ),
        ("ipem/retweet", "am I allowed to share a supplier's post?", {"author": "A company", "own-holds": "A company"}),
        ("ipem/retweet", "may I share an MP's tweet from my own account?", {"account": "My own", "author": "A polit"}),
        (
            "ipem/retweet",
            "a firm invites people to its stand, can we retweet it",
            {"author": "A company", "company-holds": "An invitation", "own-holds": "A company"},
        ),
        (
            "ipem/retweet",
            "a company posted a job advert, can we retweet it",
            {"author": "A company", "company-holds": "None of these", "own-holds": "A company"},
        ),
        ("ipem/query", "somebody messaged me with a question about IPEM", {"account": "My own", "about": "IPEM it"}),
        ("ipem/picture", "can our SIG account post a slide", {"account": "A group's", "picture": "A speaker's"}),
        ("ipem/profile", "can I put the logo on my profile?", {"account": "My own", "shown": "The IPEM logo"}),
        ("ipem/new-account", "can our group set up a Twitter account?", {"whose": "A group's within"}),
        ("ipem/follow", "may I follow a company from my own account?", {"account": "My own", "whom": "A company"}),
        ("icis/mention", "I'm an ICIS member, can I mention ICIS?", {"mentions": "Yes", "link": "Yes, it says"}),
        ("icis/reference", "can I write a reference on LinkedIn?", {"where": "On a social", "kind": "Writing a"}),
        (
            "icis/negative-comment",
            "a nasty comment on the ICIS page, who do i tell",
            {"where": "On one", "wish": "Rep"},
        ),
        ("icis/investigation", "ICIS wants me to take down a tweet", {"happened": "I was asked"}),
    ],
)
def test_what_a_message_says_is_not_asked_again(flow_id: str, message: str, expected: dict[str, str]) -> None:
    found = {response.step: response.label for response in understood(FLOWS[flow_id], message)}
    for step, start in expected.items():
        assert found.pop(step, "").startswith(start), (step, found)
    steps_on_the_way = {"account", "author", "company-holds", "own-holds", "speaks"}
    assert not steps_on_the_way & found.keys(), found


@pytest.mark.parametrize(
    ("flow_id", "message", "steps"),
    [
        ("ipem/picture", "can I post my own photo of a patient?", ("agreed", "consent", "permission")),
        ("ipem/picture", "my colleague is happy for me to post a group photo", ("agreed", "consent")),
        ("ipem/new-account", "we want our own account", ("whose",)),
        ("ipem/follow", "should our account follow members of a trust", ("group-whom",)),
    ],
)
def test_what_a_message_does_not_say_is_not_taken_as_said(flow_id: str, message: str, steps: tuple[str, ...]) -> None:
    assert {response.step for response in understood(FLOWS[flow_id], message)}.isdisjoint(steps)


@pytest.mark.parametrize("author", Author)
def test_what_speaks_against_a_post_is_never_fine_for_who_represents_the_society(author: Author) -> None:
    for sign in (*CONDUCT, *PARTISAN):
        assert retweeted(REPRESENTING, author.sign, sign, "invitation").verdict is Verdict.NO, sign
    for sign in ("petition", "off-topic", "charity-appeal", "query"):
        assert retweeted(REPRESENTING, author.sign, sign, "society-news").verdict is Verdict.DEPENDS, sign


@pytest.mark.parametrize("sign", COMMERCE)
def test_a_company_s_boast_or_advert_is_not_to_be_shared_even_beside_an_invitation(sign: str) -> None:
    assert retweeted(REPRESENTING, Author.COMPANY.sign, sign, "invitation").verdict is Verdict.NO
    assert retweeted(NOT_REPRESENTING, Author.COMPANY.sign, sign).verdict is Verdict.YES


def test_a_company_s_invitation_is_fine_and_its_news_is_left_to_judgement() -> None:
    company = Author.COMPANY.sign
    assert retweeted(REPRESENTING, company, "invitation").id == "invitation"
    assert retweeted(REPRESENTING, company, "invitation", "research").id == "invitation"
    assert retweeted(REPRESENTING, company, "invitation", "job").verdict is Verdict.DEPENDS
    assert all(retweeted(REPRESENTING, company, sign).id == "company-news" for sign in ("research", "job", "nothing"))


def test_the_society_s_own_events_are_no_adverts() -> None:
    assert retweeted(REPRESENTING, Author.SOCIETY.sign, "commercial", "invitation").id == "society-news"
    assert retweeted(REPRESENTING, Author.CHARITY.sign, "commercial").verdict is Verdict.NO
    assert retweeted(REPRESENTING, Author.SOCIETY.sign, "endorsement").verdict is Verdict.NO


def test_a_politician_s_post_is_never_simply_fine_for_who_represents_the_society() -> None:
    for sign in ("nothing", "research", "society-news", "invitation"):
        assert retweeted(REPRESENTING, Author.POLITICIAN.sign, sign).verdict is Verdict.DEPENDS


@pytest.mark.parametrize("author", Author)
def test_a_question_about_the_society_goes_to_the_office_from_any_account(author: Author) -> None:
    for whose in (REPRESENTING, NOT_REPRESENTING):
        outcome = retweeted(whose, author.sign, "query")
        assert (outcome.to_office, outcome.clauses[0]) == (True, "ipem/personal/refer-queries")


def test_nothing_is_forbidden_to_a_member_s_own_account_that_represents_nobody() -> None:
    for author in Author:
        for sign in (*CONDUCT, *PARTISAN, *COMMERCE, "petition", "off-topic", "nothing"):
            assert retweeted(NOT_REPRESENTING, author.sign, sign).verdict in (Verdict.YES, Verdict.DEPENDS)


def test_staff_are_told_that_they_are_held_to_principles_on_their_own_account_too() -> None:
    for sign in (*CONDUCT, *PARTISAN):
        outcome = retweeted(NOT_REPRESENTING, Author.OTHER.sign, sign, role=Party.STAFF)
        assert outcome.clauses == ("ipem/personal/employees",)


if __name__ == "__main__":
    TABLES.mkdir(exist_ok=True)
    for flow in FLOWS.values():
        kept(flow.id).write_text(table(flow), encoding="utf-8")
