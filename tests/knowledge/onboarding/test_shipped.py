"""The checklist that is shipped: what it rests on, and whether its invented posts are judged as our own checks do."""

import re

import pytest

from knowledge import policy_files
from knowledge.clauses import Clause, Force, Party
from knowledge.flows import files as flow_files
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import SharedPost, Sharing, SharingOutcome
from knowledge.library import Library
from knowledge.onboarding.checklist import ChecklistStep, Example, StepKind
from knowledge.onboarding.files import SHIPPED, load
from knowledge.posts.drafts import Checker, Draft
from knowledge.posts.post import Author
from knowledge.posts.reading import PostReader
from knowledge.questions import Account
from knowledge.rulings.identifying import identifying
from tests.conftest import policies_of

CLAUSES: dict[str, Clause] = {
    clause.id: clause for policy in policies_of(policy_files.SHIPPED) for clause in policy.clauses
}
FLOWS = flow_files.load([flow_files.SHIPPED], CLAUSES).flows
CHECKLISTS, FAULTS = load([SHIPPED], CLAUSES, FLOWS)
IPEM = CHECKLISTS.by_society["ipem"]
STATUS = "ipem/principles/status"
PRINCIPLES = [name for name in CLAUSES if name.startswith("ipem/principles/") and name != STATUS]
JUDGED = [(step, example) for step in IPEM.steps for example in step.examples]
# No text can show that nobody checked what it says.
BEYOND_OUR_CHECKS = {"hearsay"}
LONGEST_WORDS, LONGEST_POST = 480, 140  # characters
STRONG = re.compile(r"\b(?:must|forbid\w*|forbidden|banned|prohibit\w*|not allowed|not permitted|may not be)\b", re.I)


def shown(step: ChecklistStep) -> list[str]:
    """All that somebody reads of a step."""
    texts = [step.title, step.words, step.example, *(part for one in step.options for part in (one.label, one.words))]
    return [*texts, *(part for one in step.examples for part in (one.post, one.why)), *(one.post for one in step.posts)]


def test_it_has_no_fault_and_is_for_the_one_society_whose_accounts_are_listed() -> None:
    assert FAULTS == ()
    assert list(CHECKLISTS.by_society) == ["ipem"]


def test_its_accounts_are_those_of_the_clause_that_lists_them_each_with_its_group() -> None:
    text = CLAUSES[IPEM.register].text

    assert len(IPEM.accounts) == 9
    assert all(f"{one.handle} ({one.group})" in text for one in IPEM.accounts)
    assert {one.handle for one in IPEM.accounts} == set(re.findall(r"@\w+", text))
    assert {one.platform for one in IPEM.accounts} == {"Twitter"}


def test_every_principle_has_a_step_of_its_own_in_which_posts_are_judged_or_something_is_written() -> None:
    judged = [step.clauses[0] for step in IPEM.steps if step.kind is StepKind.JUDGE]
    written = [step.clauses[0] for step in IPEM.steps if step.kind is StepKind.WRITE]

    assert sorted(judged) == sorted(PRINCIPLES)
    assert written == ["ipem/principles/purpose"] * 2
    assert [step.field for step in IPEM.steps if step.field] == ["purpose", "audience"]


def test_what_the_principles_are_worth_is_quoted_before_them_once_and_said_again_with_each() -> None:
    steps = [step.id for step in IPEM.steps]
    resting = [step for step in IPEM.steps if step.clauses[0] in PRINCIPLES]

    assert steps.index("principles") < min(steps.index(step.id) for step in resting)
    assert [step.id for step in IPEM.steps if STATUS in step.clauses] == ["principles"]
    assert all("offered" in CLAUSES[step.clauses[0]].note for step in resting)  # which is shown with the clause
    assert not [step.id for step in resting if "offered" in step.words]


@pytest.mark.parametrize("step", IPEM.steps, ids=lambda step: step.id)
def test_no_words_are_stronger_than_the_clauses(step: ChecklistStep) -> None:
    assert not [text for text in shown(step) if STRONG.search(text)]
    for text in shown(step):
        assert not re.search(r"\bnever\b", text) or "send me a password" in text
    if all(CLAUSES[clause].force in (Force.FACT, Force.MAY) for clause in step.clauses):
        assert "should" not in step.words


@pytest.mark.parametrize("step", IPEM.steps, ids=lambda step: step.id)
def test_every_step_is_short_and_names_nobody(step: ChecklistStep) -> None:
    assert len(step.words) <= LONGEST_WORDS
    posts = [*(one.post for one in step.examples), *(one.post for one in step.posts)]
    assert all(len(post) <= LONGEST_POST for post in posts)
    titles = ["National Office", "Communications and Development Manager", "External Relations Manager"]
    for text in shown(step):
        found = [text[span.start : span.end] for span in identifying(text, (), titles)]
        assert found in ([], ["example.org/programme"]), text


def test_what_no_clause_asks_for_is_said_to_be_good_practice() -> None:
    checks = [step for step in IPEM.steps if step.kind is StepKind.CHECK]

    assert [step.id for step in checks] == ["two-admins", "outgoing-access"]
    assert all("do not ask for that" in step.words and "good practice" in step.words for step in checks)


def test_an_outcome_of_each_sort_is_played() -> None:
    (playing,) = (step for step in IPEM.steps if step.kind is StepKind.PLAY)

    assert [post.end for post in playing.posts] == ["invitation", "boast", "advert"]
    assert set(playing.clauses) == {name for name in CLAUSES if name.startswith("ipem/retweeting/")} - {
        "ipem/retweeting/follow",
        "ipem/retweeting/code-of-conduct",
    }


def test_a_request_rests_on_the_clauses_about_new_accounts() -> None:
    request = IPEM.request

    assert {request.agree, request.tell, request.advice} == {
        name for name in CLAUSES if name.startswith("ipem/new-accounts/")
    }


@pytest.fixture(scope="module")
def checker(library: Library, reader: PostReader) -> Checker:
    return Checker(library, reader)


@pytest.fixture(scope="module")
def sharing(library: Library, guides: Guides, reader: PostReader) -> Sharing:
    return Sharing(library, guides, reader)


@pytest.mark.parametrize(("step", "example"), JUDGED, ids=[f"{step.id}-{one.id}" for step, one in JUDGED])
def test_a_post_is_judged_as_our_check_judges_it(checker: Checker, step: ChecklistStep, example: Example) -> None:
    draft = Draft(example.post, "ipem", Account.AFFILIATED, role=Party.ACCOUNT_ADMIN)
    broken = {finding.clause for finding in checker.findings(draft)}

    if example.fine or example.id in BEYOND_OUR_CHECKS:
        assert broken == set()
    else:
        assert step.clauses[0] in broken


def test_what_may_go_out_may_be_shared_too(sharing: Sharing) -> None:
    fine = [example.post for _, example in JUDGED if example.fine]
    posts = [SharedPost(text, "ipem", Author.MEMBER, representing=True, role=Party.ACCOUNT_ADMIN) for text in fine]

    assert [post.text for post in posts if sharing.judge(post).outcome is not SharingOutcome.FINE] == []


def test_each_played_post_ends_where_its_words_lead_by_themselves(sharing: Sharing) -> None:
    for played in (post for step in IPEM.steps for post in step.posts):
        post = SharedPost(played.post, "ipem", Author.COMPANY, representing=True, role=Party.ACCOUNT_ADMIN)
        end = sharing.judge(post).end

        assert end is not None
        assert end.id == played.end
