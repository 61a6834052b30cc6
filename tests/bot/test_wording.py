"""Every sentence that the bot itself says: there is one for everything, and each is fit to be read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from bot import wording
from bot.replies import Paragraph
from knowledge import policy_files
from knowledge.answers import Answer, Citation, Note, Part, Question, Reason, Unanswered
from knowledge.clauses import ROLES, Clause, Force, Option, Party, Policy, TurnsOn, Verdict
from knowledge.library import Library
from knowledge.questions import Account, Mood, Reading
from tests.conftest import SAMPLE, policies_of

POLICIES = policies_of(policy_files.SHIPPED, SAMPLE)
RULING = (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO)
TURNS_ON = TurnsOn("Whose account is it?", (Option("My own", Verdict.YES), Option("Another", Verdict.NO)))
JARGON = re.compile(
    r"\b(?:clause id|retriev\w+|index|encoder|embedding\w*|vector\w*|classifier|confidence|score\w*|null|none"
    r"|true|false|verdict|mood|parse\w*|json|query string|token\w*|database|exception|error|traceback|module|prompt"
    r"|LLM|AI|utili[sz]e|leverage|pursuant|hereby|aforementioned|colou?r_|behavior|organization|favor|color|center)\b"
)
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame)\.? [A-Z]")


def citation_of(clause: Clause, policy: Policy) -> Citation:
    return Citation(
        clause.id, policy.id, policy.known_as, policy.edition, clause.section, clause.text, official=policy.official
    )


def reading(mood: Mood, account: Account | None = None) -> Reading:
    return Reading(
        mood=mood,
        negated=False,
        lacks=False,
        has=False,
        account=account,
        represents=None,
        about_posting=True,
        proposes=False,
        own=False,
    )


def part_of(
    clause: Clause,
    verdict: Verdict,
    mood: Mood = Mood.PERMISSION,
    notes: tuple[Note, ...] = (),
    turns_on: TurnsOn | None = None,
    confidence: float = 0.9,
) -> Part:
    return Part("Can I?", reading(mood), verdict, (clause,), notes, turns_on, confidence)


def answer_of(
    policy: Policy, *parts: Part, unanswered: tuple[Unanswered, ...] = (), role: Party = Party.MEMBER
) -> Answer:
    clauses = [clause for part in parts for clause in part.clauses]
    clauses += [clause for one in unanswered for clause in one.clauses]
    cited = tuple(citation_of(clause, policy) for clause in dict.fromkeys(clauses))
    return Answer(policy, role, parts, unanswered, cited)


def unanswered_of(policy: Policy, reason: Reason, **more: object) -> Unanswered:
    gaps = tuple(clause for clause in policy.clauses if clause.force is Force.GAP)[:1] if reason is Reason.GAP else ()
    cited = tuple(citation_of(clause, policy) for clause in gaps)
    plain = Unanswered("Hello there", reason, policy, gaps, cited)
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields of a value


def own_words(told: Paragraph) -> list[str]:
    """What the bot says itself, without the quotes."""
    return [words for words in (told.opening, told.remarks) if words]


def lines_of_help(policy: Policy | None) -> list[str]:
    """Its lines; a handle in them is no name of a value."""
    told = wording.help_text(policy, guides=True, sets_up=True).replace("@OUR_GROUP", "@OurGroup")
    return [line.removeprefix("• ") for line in told.split("\n")]


def every_sentence() -> Iterator[str]:
    """Everything that the bot can say of every policy that is known here."""
    yield from (wording.welcome(), wording.goodbye(), wording.which_society(["a", "b"]).text)
    yield from lines_of_help(None)
    yield from (wording.role_taken(role) for role in ROLES)
    for policy in POLICIES:
        yield from (*lines_of_help(policy), wording.society_taken(policy), wording.why(policy.office))
        yield wording.broken("1a2b3c4d", policy.office)
        yield from every_ending(policy)
        yield from every_answer(policy)
        for clause in policy.clauses:
            cited = citation_of(clause, policy)
            yield from (wording.who_says(policy, [cited]), wording.source_of(cited))


def every_ending(policy: Policy) -> Iterator[str]:
    endings = [unanswered_of(policy, reason) for reason in Reason]
    endings += [unanswered_of(policy, Reason.OUT_OF_SCOPE, document=name) for name in policy.named_only]
    endings.append(unanswered_of(policy, Reason.VAGUE, unreadable=True))
    said = ["Hi", "thanks!", "who are you"]
    endings += [unanswered_of(policy, Reason.SMALL_TALK, question=text) for text in said]
    for ending in endings:
        yield from own_words(wording.not_answered(ending))


def every_answer(policy: Policy) -> Iterator[str]:
    forces = {clause.force: clause for clause in policy.clauses}
    for clause, verdict, mood in product(forces.values(), RULING, Mood):
        for notes, turns_on, sure in product([(), tuple(Note)], [None, TURNS_ON], [0.9, 0.1]):
            answer = answer_of(policy, part_of(clause, verdict, mood, notes, turns_on, sure))
            for told in wording.paragraphs(answer, "TikTok"):
                yield from own_words(told)
            yield wording.next_step(answer)
            asked = wording.follow_up(answer)
            yield asked.text if asked else ""


@cache
def sentences() -> list[str]:
    """Each of them once."""
    return sorted({sentence for sentence in every_sentence() if sentence})


def test_help_has_a_line_for_each_thing_and_names_the_ways_to_accounts_where_they_are() -> None:
    bare, whole = (wording.help_text(None, sets_up=sets_up).split("\n") for sets_up in (False, True))

    assert len(bare) == 4
    assert max(map(len, whole)) <= 96  # a line of a terminal
    said = " ".join(line for line in whole if line not in bare)
    for words in ("request an account", "who runs", "I am leaving", "register", "onboarding", "link my accounts"):
        assert f"“{words}" in said


def test_there_is_plenty_to_read_over() -> None:
    assert len(sentences()) > 150


def test_every_sentence_ends_with_a_full_stop_or_a_question_mark() -> None:
    assert [sentence for sentence in sentences() if not re.search(r"[.?]$", sentence)] == []


def test_no_sentence_has_needless_space_or_a_doubled_stop() -> None:
    odd = re.compile(r"  |\n|\t|\.\.|\?\?|,,|\.,|,\.| [.,;:?!]|\?\.|\(\)|“”")
    assert [s for s in sentences() if odd.search(s) or s != s.strip()] == []


def test_every_sentence_begins_with_a_capital() -> None:
    firsts = [re.sub(r"^\W+", "", sentence)[0] for sentence in sentences() if not sentence.startswith("@")]
    assert [first for first in firsts if first.islower()] == []


def test_a_sentence_after_a_stop_begins_with_a_capital() -> None:
    assert [sentence for sentence in sentences() if re.search(r"[a-z)][.?] [a-z]", sentence)] == []


def test_no_sentence_holds_jargon() -> None:
    assert [sentence for sentence in sentences() if JARGON.search(sentence)] == []


def test_no_sentence_shows_the_name_of_a_value() -> None:
    """Such as account_admin, must_not or Verdict.NO."""
    assert [s for s in sentences() if re.search(r"\w_\w|[A-Z]\w+\.[A-Z]+\b|[{}\[\]<>|]", s)] == []


def test_no_sentence_holds_an_address_or_the_name_of_a_person() -> None:
    assert [sentence for sentence in sentences() if E_MAIL.search(sentence) or NAME.search(sentence)] == []


def test_no_clause_holds_an_address_or_the_name_of_a_person() -> None:
    texts = [words for policy in POLICIES for clause in policy.clauses for words in (clause.text, clause.note)]

    assert [text for text in texts if E_MAIL.search(text) or NAME.search(text)] == []


def test_quotation_marks_come_in_pairs() -> None:
    assert [s for s in sentences() if s.count("“") != s.count("”") or '"' in s] == []


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_of_its_own(reason: Reason, policy: Policy) -> None:
    told = wording.not_answered(unanswered_of(policy, reason))
    others = [wording.not_answered(unanswered_of(policy, other)) for other in Reason if other is not reason]

    assert told.opening
    assert told.remarks
    assert (told.opening, told.remarks) not in [(other.opening, other.remarks) for other in others]


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.SMALL_TALK, Reason.VAGUE, Reason.ABUSE}))
def test_an_ending_without_a_ruling_names_the_office(reason: Reason) -> None:
    for policy in POLICIES:
        assert policy.office.lower() in wording.not_answered(unanswered_of(policy, reason)).remarks.lower()


@pytest.mark.parametrize("reason", Reason)
def test_no_ending_opens_with_a_ruling(reason: Reason) -> None:
    for policy in POLICIES:
        opening = wording.not_answered(unanswered_of(policy, reason)).opening
        assert not re.match(r"(?:yes|no|it depends|you may|you must)\b", opening, re.IGNORECASE)


def test_a_document_that_is_not_held_is_named() -> None:
    policy = next(policy for policy in POLICIES if policy.named_only)
    document = policy.named_only[0]
    told = wording.not_answered(unanswered_of(policy, Reason.OUT_OF_SCOPE, document=document))

    assert document in told.opening
    assert "I do not hold it" in told.remarks


def test_what_the_copy_lacks_is_neither_allowed_nor_forbidden() -> None:
    policy = next(policy for policy in POLICIES if policy.id == "icis")
    gap = next(clause for clause in policy.clauses if clause.id == policy.missing_rules)
    told = wording.not_answered(unanswered_of(policy, Reason.GAP, clauses=(gap,), citations=()))

    assert "missing from the copy that I hold" in told.opening
    assert "neither yes nor no" in told.opening


@pytest.mark.parametrize(
    ("said", "greeting"), [("Hi", "Hello."), ("many thanks", "You are welcome."), ("who r u", "I am")]
)
def test_small_talk_is_returned_in_kind(said: str, greeting: str) -> None:
    told = wording.not_answered(unanswered_of(POLICIES[0], Reason.SMALL_TALK, question=said))

    assert told.opening.startswith(greeting)


@pytest.mark.parametrize("note", Note)
def test_every_note_has_a_sentence(note: Note) -> None:
    clause = POLICIES[0].clauses[0]
    bare = answer_of(POLICIES[0], part_of(clause, Verdict.INFO))
    noted = answer_of(POLICIES[0], part_of(clause, Verdict.INFO, notes=(note,)))

    assert len(wording.paragraphs(noted, None)[0].remarks) > len(wording.paragraphs(bare, None)[0].remarks)


@pytest.mark.parametrize("force", Force)
@pytest.mark.parametrize("mood", Mood)
@pytest.mark.parametrize(
    ("verdict", "opening"),
    [(Verdict.YES, "Yes"), (Verdict.NO, "No"), (Verdict.DEPENDS, "It depends"), (Verdict.INFO, "This")],
)
def test_the_verdict_comes_first(verdict: Verdict, opening: str, mood: Mood, force: Force) -> None:
    clause = replace(POLICIES[0].clauses[0], force=force)
    told = wording.paragraphs(answer_of(POLICIES[0], part_of(clause, verdict, mood)), None)

    assert told[0].opening.startswith(opening)


@pytest.mark.parametrize(
    ("verdict", "mood", "force", "opening"),
    [
        (Verdict.YES, Mood.PERMISSION, Force.MAY, "Yes, you may."),
        (Verdict.NO, Mood.PERMISSION, Force.MUST_NOT, "No, you must not."),
        (Verdict.NO, Mood.PERMISSION, Force.SHOULD_NOT, "No, you should not."),
        (Verdict.YES, Mood.DUTY, Force.MUST, "Yes, you have to."),
        (Verdict.YES, Mood.DUTY, Force.SHOULD, "Yes, you should."),
        (Verdict.NO, Mood.DUTY, Force.FACT, "No, nothing here asks that of you."),
        (Verdict.YES, Mood.BELIEF, Force.FACT, "Yes, that is right."),
        (Verdict.NO, Mood.BELIEF, Force.FACT, "No, that is not so."),
    ],
)
def test_a_verdict_is_put_as_strongly_as_the_clause(verdict: Verdict, mood: Mood, force: Force, opening: str) -> None:
    clause = replace(POLICIES[0].clauses[0], force=force)

    assert wording.paragraphs(answer_of(POLICIES[0], part_of(clause, verdict, mood)), None)[0].opening == opening


@pytest.mark.parametrize("force", [Force.SHOULD, Force.SHOULD_NOT, Force.MAY, Force.FACT])
@pytest.mark.parametrize("mood", Mood)
def test_must_is_said_of_no_weaker_clause(mood: Mood, force: Force) -> None:
    clause = replace(POLICIES[0].clauses[0], force=force, note="")
    for verdict in (Verdict.YES, Verdict.NO):
        told = wording.paragraphs(answer_of(POLICIES[0], part_of(clause, verdict, mood)), None)[0]
        assert not re.search(r"\b(?:must|have to)\b", told.opening)
        assert ("not as “must”" in told.remarks) == (force in (Force.SHOULD, Force.SHOULD_NOT))


def test_whom_a_clause_binds_is_told_beside_who_asked() -> None:
    clause = replace(POLICIES[0].clauses[0], force=Force.MUST, binds=(Party.MEMBER, Party.STAFF, Party.FELLOW))
    answer = answer_of(POLICIES[0], part_of(clause, Verdict.NO), role=Party.TRAINEE)

    told = wording.paragraphs(answer, None)[0]

    assert "It speaks to members, staff and Fellows; you asked as a trainee." in told.remarks


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_name(role: Party) -> None:
    assert wording.ROLE_NAMES[role] in wording.role_taken(role)


def test_an_unsure_answer_says_that_it_may_have_misread() -> None:
    clause = replace(POLICIES[0].clauses[0], force=Force.MUST_NOT)
    unsure = wording.paragraphs(answer_of(POLICIES[0], part_of(clause, Verdict.NO, confidence=0.2)), None)[0]

    assert unsure.opening == "If I understand you rightly: no, you must not."


def test_several_questions_are_answered_in_their_order() -> None:
    first, second = (replace(clause, force=Force.MUST) for clause in POLICIES[0].clauses[:2])
    silent = unanswered_of(POLICIES[0], Reason.OUT_OF_SCOPE)
    parts = part_of(first, Verdict.YES, Mood.DUTY), part_of(second, Verdict.NO, Mood.DUTY)

    told = wording.paragraphs(answer_of(POLICIES[0], *parts, unanswered=(silent,)), None)

    assert [one.opening.split(":")[0] for one in told] == ["First", "Second", "Third"]
    assert told[0].opening == "First: yes, you have to."
    assert told[2].opening.startswith("Third: I find nothing on that")
    assert [[cited.clause for cited in one.citations] for one in told] == [[first.id], [second.id], []]


def test_any_number_of_parts_has_an_opening() -> None:
    parts = [part_of(clause, Verdict.INFO) for clause in POLICIES[0].clauses[:8]]

    assert all(one.opening.endswith(".") for one in wording.paragraphs(answer_of(POLICIES[0], *parts), None))


def test_a_platform_that_no_clause_names_is_named_in_the_answer() -> None:
    answer = answer_of(POLICIES[0], part_of(POLICIES[0].clauses[0], Verdict.INFO, notes=(Note.UNLISTED,)))

    assert "TikTok is not named" in wording.paragraphs(answer, "TikTok")[0].remarks


def test_a_quote_has_quotation_marks_only_where_it_is_official() -> None:
    for policy in POLICIES:
        for clause in policy.clauses:
            official = replace(citation_of(clause, policy), official=True)
            restated = replace(official, official=False)
            assert wording.quoted(official) == f"“{clause.text}”"
            assert wording.quoted(restated) == clause.text


def test_an_unofficial_quote_is_told_as_a_summary() -> None:
    cited = citation_of(POLICIES[0].clauses[0], POLICIES[0])

    assert "in our summary" in wording.source_of(replace(cited, official=False))
    assert "summary" not in wording.source_of(replace(cited, official=True))


@pytest.mark.parametrize("official", [True, False])
def test_running_text_quotes_every_clause_word_for_word(official: bool) -> None:
    policy = POLICIES[0]
    cited = tuple(replace(citation_of(clause, policy), official=official) for clause in policy.clauses[:3])

    text = wording.in_one_text([Paragraph("Yes.", cited, "It is put as “should”.")], "Ask the office.")

    assert text.startswith("Yes. ")
    assert text.endswith("Ask the office.")
    assert all(one.quote in text for one in cited)
    assert ("in our summary" in text) != official
    assert (f"“{cited[0].quote}”" in text) == official


def test_the_office_is_named_where_something_is_left_open() -> None:
    clause = replace(POLICIES[0].clauses[0], force=Force.SHOULD)
    office = POLICIES[0].office
    open_ended = part_of(clause, Verdict.DEPENDS), part_of(clause, Verdict.DEPENDS, turns_on=TURNS_ON)
    unsure = part_of(clause, Verdict.INFO, confidence=0.1)

    for part in (*open_ended, unsure, part_of(clause, Verdict.NO)):
        assert office.lower() in wording.next_step(answer_of(POLICIES[0], part)).lower()


def test_nothing_is_added_to_what_is_settled() -> None:
    clause = replace(POLICIES[0].clauses[0], force=Force.FACT)

    assert wording.next_step(answer_of(POLICIES[0], part_of(clause, Verdict.INFO, Mood.OPEN))) == ""


def test_the_question_back_comes_with_its_options() -> None:
    asked = wording.follow_up(
        answer_of(POLICIES[0], part_of(POLICIES[0].clauses[0], Verdict.DEPENDS, turns_on=TURNS_ON))
    )

    assert asked is not None
    assert asked.text == "Whose account is it?"
    assert asked.options == ("My own", "Another")


def test_a_failure_gives_no_ruling_but_a_reference_and_the_office() -> None:
    told = wording.broken("1a2b3c4d", "National Office")

    assert "no ruling" in told
    assert "1a2b3c4d" in told
    assert "National Office" in told


@pytest.mark.parametrize(
    "question", ["can I record the rehearsal", "Hello", "can I record the rehearsal? and can I invite a friend to one?"]
)
def test_a_real_answer_reads_as_sentences(sample_library: Library, question: str) -> None:
    result = sample_library.answer(Question(question, "larks"))
    told = (
        wording.paragraphs(result, wording.platform_unnamed(result, question))
        if isinstance(result, Answer)
        else (wording.not_answered(result),)
    )

    for words in (words for paragraph in told for words in own_words(paragraph)):
        assert re.search(r"[.?]$", words)
        assert "  " not in words


def test_every_answer_from_a_policy_that_nobody_has_reviewed_says_so() -> None:
    policy = replace(POLICIES[0], reviewed=False)
    part = part_of(policy.clauses[0], Verdict.INFO)
    reviewed = answer_of(policy, part)
    drafted = replace(reviewed, citations=tuple(replace(cited, reviewed=False) for cited in reviewed.citations))

    assert wording.NOT_REVIEWED in wording.paragraphs(drafted, None)[0].remarks
    assert wording.NOT_REVIEWED not in wording.paragraphs(reviewed, None)[0].remarks
    assert "not yet reviewed" in wording.NOT_REVIEWED


@pytest.mark.parametrize("reason", Reason)
def test_silence_of_a_policy_that_nobody_has_reviewed_says_so_too(reason: Reason) -> None:
    silent = reason in (Reason.OUT_OF_SCOPE, Reason.GAP, Reason.OTHER_SOCIETY)
    policy = POLICIES[0]

    told = wording.not_answered(unanswered_of(replace(policy, reviewed=False), reason)).remarks

    assert (wording.NOT_REVIEWED in told) == silent
    assert wording.NOT_REVIEWED not in wording.not_answered(unanswered_of(policy, reason)).remarks
