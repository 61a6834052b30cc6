"""What a clause comes to for this asker, on the sample policies."""

from dataclasses import replace

import pytest

from knowledge.answers import Note, Question
from knowledge.clauses import Party, Policy, Verdict
from knowledge.judging import (
    WHOSE_ACCOUNT,
    Judgement,
    judge,
    unlisted_platform,
    with_choices,
    without_leave_to_sell,
)
from knowledge.library import Library
from knowledge.questions import Account, read


def judged(library: Library, clause: str, question: Question, verdict: Verdict) -> Judgement:
    clauses = library.index.clauses
    policy: Policy = library.policy_of(question.society)
    reading = with_choices(read(question.text), question)
    return judge(verdict, reading, clauses[clause], question, clauses, policy)


def larks(text: str, role: Party = Party.MEMBER, *chosen: str) -> Question:
    return Question(text, "larks", role, chosen)


def test_a_clause_that_turns_on_an_unsaid_fact_asks_for_it(small_library: Library) -> None:
    found = judged(small_library, "larks/rehearsals/recording", larks("can I record it"), Verdict.DEPENDS)
    assert found.verdict is Verdict.DEPENDS
    assert found.turns_on is not None
    assert found.turns_on.question == "Has the conductor consented to the recording?"


@pytest.mark.parametrize(
    ("option", "verdict"), [("Yes, the conductor has", Verdict.YES), ("No, or I have not asked", Verdict.NO)]
)
def test_the_option_taken_settles_it(small_library: Library, option: str, verdict: Verdict) -> None:
    asked = larks("can I record it", Party.MEMBER, option)
    found = judged(small_library, "larks/rehearsals/recording", asked, Verdict.DEPENDS)
    assert found.verdict is verdict
    assert found.turns_on is None


def test_an_option_that_was_never_offered_settles_nothing(small_library: Library) -> None:
    asked = larks("can I record it", Party.MEMBER, "Just say yes")
    assert judged(small_library, "larks/rehearsals/recording", asked, Verdict.DEPENDS).verdict is Verdict.DEPENDS


@pytest.mark.parametrize("verdict", [Verdict.YES, Verdict.NO])
def test_advice_for_account_admins_asks_an_ordinary_member_whose_account_it_is(
    small_library: Library, verdict: Verdict
) -> None:
    found = judged(small_library, "larks/accounts/tone", larks("must posts be friendly"), verdict)
    assert (found.verdict, found.turns_on) == (Verdict.DEPENDS, WHOSE_ACCOUNT)


@pytest.mark.parametrize("verdict", [Verdict.YES, Verdict.NO])
@pytest.mark.parametrize("text", ["do I have to be friendly on my own account", "can I be rude on my personal page"])
def test_advice_for_account_admins_never_forbids_on_an_account_of_ones_own(
    small_library: Library, verdict: Verdict, text: str
) -> None:
    found = judged(small_library, "larks/accounts/tone", larks(text), verdict)
    assert Note.NOT_BOUND in found.notes
    if read(text).mood == "duty":
        assert found.verdict is Verdict.NO
    else:
        assert found.verdict is Verdict.INFO


def test_the_account_chosen_when_asked_back_counts_as_said(small_library: Library) -> None:
    own, societys = (option.label for option in WHOSE_ACCOUNT.options)
    text = "do we have to be friendly"
    assert with_choices(read(text), larks(text, Party.MEMBER, own)).account is Account.PERSONAL
    assert with_choices(read(text), larks(text, Party.MEMBER, societys)).account is Account.AFFILIATED
    found = judged(small_library, "larks/accounts/tone", larks(text, Party.MEMBER, societys), Verdict.YES)
    assert found.verdict is Verdict.YES


def test_an_account_admin_is_held_to_the_clause_itself(small_library: Library) -> None:
    asked = larks("must posts be friendly", Party.ACCOUNT_ADMIN)
    assert judged(small_library, "larks/accounts/tone", asked, Verdict.YES) == Judgement(Verdict.YES)


def test_an_account_admin_speaking_of_an_own_account_asks_as_anybody(small_library: Library) -> None:
    asked = larks("must posts on my own account be friendly", Party.ACCOUNT_ADMIN)
    assert Note.NOT_BOUND in judged(small_library, "larks/accounts/tone", asked, Verdict.YES).notes


def test_staff_are_held_to_the_like_by_the_clause_that_says_so(small_library: Library) -> None:
    found = judged(small_library, "larks/accounts/tone", larks("must I be friendly", Party.STAFF), Verdict.YES)
    assert found.verdict is Verdict.YES
    assert Note.EMPLOYEES in found.notes
    assert [clause.id for clause in found.also] == ["larks/accounts/employees"]


@pytest.mark.parametrize(
    ("text", "verdict", "comes_to"),
    [
        ("may I post a backstage photo? I am not representing the choir", Verdict.NO, Verdict.YES),
        ("as an ordinary member, may I post a backstage photo", Verdict.NO, Verdict.YES),
        ("not representing anybody, is it a problem if I post it", Verdict.YES, Verdict.NO),
        ("not representing anybody, do I have to leave it out", Verdict.YES, Verdict.NO),
    ],
)
def test_a_limit_on_who_represents_the_society_is_none_for_who_does_not(
    small_library: Library, text: str, verdict: Verdict, comes_to: Verdict
) -> None:
    found = judged(small_library, "larks/concerts/photographs", larks(text), verdict)
    assert found.verdict is comes_to
    assert Note.NO_LIMIT in found.notes


def test_it_holds_for_who_says_to_represent_the_society(small_library: Library) -> None:
    asked = larks("singing on behalf of the choir, may I post a backstage photo")
    found = judged(small_library, "larks/concerts/photographs", asked, Verdict.NO)
    assert found.verdict is Verdict.NO
    assert Note.NO_LIMIT not in found.notes


def test_it_depends_where_nobody_said_so(small_library: Library) -> None:
    found = judged(small_library, "larks/concerts/photographs", larks("may I post a backstage photo"), Verdict.NO)
    assert found.verdict is Verdict.DEPENDS


def test_a_permission_from_a_copy_that_lacks_rules_says_so(small_library: Library) -> None:
    asked = larks("may I bring a friend")
    assert Note.INCOMPLETE in judged(small_library, "larks/rehearsals/invite", asked, Verdict.YES).notes


def test_a_permission_from_a_whole_copy_has_nothing_to_add(small_library: Library) -> None:
    asked = Question("may I cheer", "oars")
    assert judged(small_library, "oars/bank/cheering", asked, Verdict.YES).notes == ()


@pytest.mark.parametrize("platform", ["TikTok", "tik tok", "Bluesky", "Mastodon", "WhatsApp", "Discord", "Reddit"])
def test_a_platform_that_no_clause_names_rests_on_the_definition(small_library: Library, platform: str) -> None:
    asked = larks(f"may I tape the rehearsal for {platform}")
    found = judged(small_library, "larks/rehearsals/recording", asked, Verdict.NO)
    assert Note.UNLISTED in found.notes
    assert [clause.id for clause in found.also] == ["larks/about/media"]


def test_a_policy_without_a_definition_has_nothing_for_it_to_rest_on(small_library: Library) -> None:
    found = judged(small_library, "oars/bank/cheering", Question("may I cheer on TikTok", "oars"), Verdict.YES)
    assert found.notes == ()


@pytest.mark.parametrize("text", ["may I post it on X", "is our X account bound", "on x.com"])
def test_x_is_what_twitter_is_called_now(small_library: Library, text: str) -> None:
    found = judged(small_library, "larks/rehearsals/recording", larks(text), Verdict.NO)
    assert Note.RENAMED in found.notes


@pytest.mark.parametrize(
    "text", ["platform x or y", "an X-ray of a trombone", "may I post it", "sew threads on a robe"]
)
def test_no_other_word_is_taken_for_a_platform(small_library: Library, text: str) -> None:
    assert judged(small_library, "larks/rehearsals/recording", larks(text), Verdict.NO).notes == ()


def test_a_platform_that_a_clause_names_is_listed() -> None:
    assert unlisted_platform("on TikTok", {}, "larks") == "TikTok"
    assert unlisted_platform("on a noticeboard", {}, "larks") is None


@pytest.mark.parametrize("verdict", Verdict)
def test_a_clause_that_nobody_has_settled_gives_neither_yes_nor_no(small_library: Library, verdict: Verdict) -> None:
    sure = small_library.index.clauses["larks/rehearsals/invite"]
    asked = larks("can I invite a friend")
    clauses, policy = small_library.index.clauses, small_library.policy_of("larks")
    reading = read(asked.text)

    found = judge(verdict, reading, replace(sure, unsure="may or must?"), asked, clauses, policy)

    assert found.verdict is (Verdict.INFO if verdict in (Verdict.YES, Verdict.NO) else verdict)
    assert judge(verdict, reading, sure, asked, clauses, policy).verdict is verdict


def left(library: Library, clause: str, text: str, verdict: Verdict, *near: str) -> Verdict:
    """What is left of a verdict where what is asked about may sell."""
    clauses = library.index.clauses
    beside = [clauses[name] for name in clauses[clause].see_also]
    return without_leave_to_sell(verdict, read(text), text, clauses[clause], beside, [clauses[name] for name in near])


@pytest.mark.parametrize("text", ["may I post our discount code", "is an advert for the concert allowed"])
def test_no_permission_lets_anybody_sell_where_a_ban_is_near(small_library: Library, text: str) -> None:
    invite, ban = "larks/rehearsals/invite", "larks/concerts/photographs"
    assert left(small_library, invite, text, Verdict.YES, ban) is Verdict.DEPENDS
    assert left(small_library, invite, text, Verdict.YES) is Verdict.YES


def test_a_fact_beside_a_ban_informs_who_wants_to_sell(small_library: Library) -> None:
    asked = "may I post our discount code"
    found = left(small_library, "larks/about/media", asked, Verdict.YES, "larks/concerts/photographs")
    assert found is Verdict.INFO


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("is it a problem if I post our ticket prices", Verdict.DEPENDS),
        ("must I avoid posting our ticket prices", Verdict.DEPENDS),
        ("can I post our ticket prices", Verdict.NO),
        ("do I have to post our ticket prices", Verdict.NO),
        ("it's harmless and only an advert. shall I post it?", Verdict.NO),
    ],
)
def test_a_no_that_lets_somebody_sell_is_left_open_and_another_stands(
    small_library: Library, text: str, verdict: Verdict
) -> None:
    assert left(small_library, "larks/concerts/photographs", text, Verdict.NO) is verdict


def test_an_example_of_what_is_fine_covers_no_pictures_of_ones_own(small_library: Library) -> None:
    clauses = small_library.index.clauses
    example, ban = clauses["larks/rehearsals/invite"], clauses["larks/concerts/photographs"]
    text = "can we post a video of it"
    assert without_leave_to_sell(Verdict.YES, read(text), text, example, [ban], []) is Verdict.DEPENDS
    assert without_leave_to_sell(Verdict.YES, read(text), text, example, [], [ban]) is Verdict.YES
