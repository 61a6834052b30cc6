"""The sentences of guided decisions, read over for every end of every flow that is known here."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import wording, wording_of_flows
from bot.replies import Concluded, FollowUp, Guided, Paragraph, Said
from knowledge import policy_files
from knowledge.answers import Citation
from knowledge.clauses import Clause, Force, Party, Policy, Verdict
from knowledge.flows import files
from knowledge.flows.flow import NOT_SURE, Flow, Outcome, Response
from tests.conftest import SAMPLE, SAMPLE_FLOWS, policies_of

POLICIES = {policy.society: policy for policy in policies_of(policy_files.SHIPPED, SAMPLE)}
CLAUSES = {clause.id: clause for policy in POLICIES.values() for clause in policy.clauses}
FLOWS = files.load([files.SHIPPED, SAMPLE_FLOWS], CLAUSES).flows
ENDS = [(flow, outcome) for flow in FLOWS for outcome in flow.outcomes]
ASKED, ANSWER = "Which account?", Said("Which account?", "My own")


def citation_of(clause: Clause) -> Citation:
    policy = POLICIES[clause.society]
    return Citation(clause.id, policy.id, policy.known_as, policy.edition, clause.section, clause.text, policy.official)


def told(flow: Flow, outcome: Outcome, role: Party = Party.MEMBER, platform: str | None = None) -> Paragraph:
    clauses = [CLAUSES[name] for name in outcome.clauses]
    cited = tuple(map(citation_of, clauses))
    return wording_of_flows.concluded(outcome, clauses, cited, role, POLICIES[flow.society], platform)


def clause_of(force: Force, binds: tuple[Party, ...] = (Party.MEMBER,)) -> Clause:
    return replace(CLAUSES["larks/rehearsals/recording"], force=force, binds=binds)


def ended(verdict: Verdict, force: Force, words: str = "Ask first.", to_office: bool = False) -> str:
    """How an end of this verdict opens that rests on a clause of this force."""
    outcome = Outcome("end", verdict, words, ("larks/rehearsals/recording",), to_office)
    clause = clause_of(force)
    cited = (citation_of(clause),)
    return wording_of_flows.concluded(outcome, [clause], cited, Party.MEMBER, POLICIES["larks"], None).opening


def sentences() -> Iterator[str]:
    for flow, outcome in ENDS:
        paragraph = told(flow, outcome, Party.STAFF, "TikTok")
        yield from (paragraph.opening, paragraph.remarks)
    for policy in POLICIES.values():
        for verdict in (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO):
            yield from (wording_of_flows.next_step(verdict, office, policy) for office in (True, False))
        yield from (wording_of_flows.left_open((), (), policy).opening, wording_of_flows.no_flows(policy))
        yield wording_of_flows.gone(policy.office)
    for flow in FLOWS:
        yield from (wording_of_flows.kept(flow), *(wording_of_flows.question(step).text for step in flow.steps))
    yield from (wording_of_flows.begun(asked, (), ()).opening for asked in (True, False))
    yield from (wording_of_flows.TO_CHANGE, wording_of_flows.NOTHING_TO_CHANGE, wording_of_flows.NOTHING_BEFORE)
    yield from (wording_of_flows.CHANGED_FLOW, wording_of_flows.WHICH_OPTION, wording_of_flows.STOPPED)
    yield from (wording_of_flows.WHICH_ANSWER, wording_of_flows.UNSURE, wording_of_flows.TAKEN_UP)


SENTENCES = sorted({sentence for sentence in sentences() if sentence})


def test_there_are_flows_to_read_over() -> None:
    assert len(FLOWS) >= 10


def test_every_sentence_is_one() -> None:
    odd = re.compile(r"  |\n|\t|\.\.|\?\?|,,|\.,|,\.| [.,;:?!]|\?\.|\(\)|“”|[a-z)]\. [a-z]")

    assert [s for s in SENTENCES if odd.search(s) or s != s.strip() or not s[0].isupper() or s[-1] not in ".?"] == []


@pytest.mark.parametrize(("flow", "outcome"), ENDS, ids=lambda one: one.id)
def test_an_end_is_ruled_once(flow: Flow, outcome: Outcome) -> None:
    opening = told(flow, outcome).opening

    assert len(re.findall(r"(?:^|\. )(?:Yes|No|It depends|That depends)\b", opening)) <= 1
    assert outcome.words in opening


@pytest.mark.parametrize(("flow", "outcome"), ENDS, ids=lambda one: one.id)
def test_an_end_says_you_must_not_only_where_its_clause_does(flow: Flow, outcome: Outcome) -> None:
    if CLAUSES[outcome.clauses[0]].force is not Force.MUST_NOT:
        assert "must not" not in told(flow, outcome).opening


@pytest.mark.parametrize(
    ("verdict", "force", "opening"),
    [
        (Verdict.YES, Force.MAY, "Yes, you may. Ask first."),
        (Verdict.YES, Force.SHOULD, "Yes, as far as this clause goes. Ask first."),
        (Verdict.YES, Force.FACT, "Yes. Ask first."),
        (Verdict.NO, Force.MUST_NOT, "No, you must not. Ask first."),
        (Verdict.NO, Force.SHOULD_NOT, "No, you should not. Ask first."),
        (Verdict.NO, Force.SHOULD, "No. Ask first."),
        (Verdict.DEPENDS, Force.MUST, "It depends. Ask first."),
        (Verdict.INFO, Force.MUST, "Ask first."),
    ],
)
def test_the_verdict_leads_as_strongly_as_the_clause(verdict: Verdict, force: Force, opening: str) -> None:
    assert ended(verdict, force) == opening


@pytest.mark.parametrize(
    "words", ["Yes, freely.", "No, please leave it.", "That depends on the group.", "Not just yet."]
)
def test_words_that_rule_by_themselves_are_led_by_nothing(words: str) -> None:
    assert ended(Verdict.DEPENDS, Force.FACT, words) == words


def test_what_only_the_office_can_say_is_led_by_nothing() -> None:
    assert ended(Verdict.DEPENDS, Force.FACT, "The office can say.", to_office=True) == "The office can say."


def remarks(verdict: Verdict, clause: Clause, role: Party = Party.MEMBER, policy: Policy | None = None) -> str:
    outcome, held = Outcome("end", verdict, "So.", (clause.id,)), policy or POLICIES["larks"]
    return wording_of_flows.concluded(outcome, [clause], (citation_of(clause),), role, held, None).remarks


def test_a_should_is_told_where_something_is_forbidden_and_not_where_it_is_allowed() -> None:
    assert "“should”, not as “must”" in remarks(Verdict.NO, clause_of(Force.SHOULD_NOT))
    assert "“should”" not in remarks(Verdict.NO, clause_of(Force.MUST_NOT))
    assert "“should”" not in remarks(Verdict.YES, clause_of(Force.SHOULD))


def test_whom_the_clause_speaks_to_is_told_beside_who_asked() -> None:
    told = remarks(Verdict.NO, clause_of(Force.MUST_NOT, (Party.FELLOW, Party.MEMBER)), Party.TRAINEE)

    assert "It speaks to Fellows and members; you asked as a trainee." in told
    assert remarks(Verdict.INFO, clause_of(Force.MUST_NOT)) == ""


def test_a_limit_that_is_put_to_others_is_not_told_as_one_with_a_yes() -> None:
    limit = replace(clause_of(Force.SHOULD_NOT), if_representing=True)

    assert "It speaks to" not in remarks(Verdict.YES, limit)
    assert "It speaks to" in remarks(Verdict.NO, limit)


def test_the_note_of_every_clause_is_told_once() -> None:
    noted = replace(clause_of(Force.FACT), note="It is a hint.")

    assert remarks(Verdict.INFO, noted) == "It is a hint."


def test_an_end_that_nobody_has_reviewed_says_so() -> None:
    clause = clause_of(Force.MUST_NOT)
    cited = (replace(citation_of(clause), reviewed=False),)
    outcome = Outcome("end", Verdict.NO, "So.", (clause.id,))

    assert wording.NOT_REVIEWED in wording_of_flows.begun(True, [clause], cited).remarks
    assert wording.NOT_REVIEWED in wording_of_flows.left_open([clause], cited, POLICIES["larks"]).remarks
    assert wording.NOT_REVIEWED in (
        wording_of_flows.concluded(outcome, [clause], cited, Party.MEMBER, POLICIES["larks"], None).remarks
    )


def test_a_question_is_told_back_without_how_to_choose() -> None:
    flow = next(flow for flow in FLOWS if flow.id == "larks/recording")
    step = replace(flow.steps[0], ask="What is in it? Choose the first that fits.")
    (answer,) = wording_of_flows.said(replace(flow, steps=(step,)), [Response("consent", "Yes")])

    assert answer.ask == "What is in it?"


def test_a_letter_holds_the_question_the_answers_and_the_role_and_nothing_else() -> None:
    flow = next(flow for flow in FLOWS if flow.id == "larks/recording")
    letter = wording_of_flows.letter(flow, "Can I?", [ANSWER, Said("What for?", NOT_SURE)], Party.FELLOW)

    assert letter == (
        "Hello,\n\nMy question: Can I?\n\nWhat I can say about it:\n- Which account? My own.\n"
        "- What for? I am not sure.\n\nI ask as a Fellow. Could you tell me what applies? Thank you."
    )


def test_the_office_is_never_said_to_have_been_told() -> None:
    for policy in POLICIES.values():
        step = wording_of_flows.next_step(Verdict.DEPENDS, True, policy)

        assert step.startswith(f"I have sent nothing yet. Choose “Ask {policy.office}”")


def test_running_text_leaves_out_what_there_is_none_of() -> None:
    empty = Paragraph("", (), "")
    step = Guided("a", "Title", empty, (), "", FollowUp(ASKED, ("Yes", "No")), 1.0)
    end = Concluded("a", "Title", Verdict.YES, Paragraph("Yes.", (), ""), "", (ANSWER,), "Say so.", "", "", 1.0)

    assert wording_of_flows.guided_in_one_text(step) == ""
    assert wording_of_flows.concluded_in_one_text(end) == "Yes.\n\nI go by this: Which account? My own. Say so."
