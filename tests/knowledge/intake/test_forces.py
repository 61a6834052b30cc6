"""What is proposed of a provision's wording: how strong it is, whom it binds, and what is unsure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Force, Party
from knowledge.intake.forces import audience_of, propose


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("You must not post pictures of patients.", Force.MUST_NOT),
        ("Members may not use the logo.", Force.MUST_NOT),
        ("Do not post when angry.", Force.MUST_NOT),
        ("Don’t feed the trolls.", Force.MUST_NOT),
        ("Never use a pupil's picture.", Force.MUST_NOT),
        ("No one may post for the charity without consent.", Force.MUST_NOT),
        ("No picture of a child may be shared.", Force.MUST_NOT),
        ("Employees are not permitted to comment.", Force.MUST_NOT),
        ("The following are prohibited: spam.", Force.MUST_NOT),
        ("When posting you must not name clients.", Force.MUST_NOT),
        ("Remember that you must not name clients.", Force.MUST_NOT),
        ("In general, do not accept friend requests.", Force.SHOULD_NOT),
        ("Please do not tag children.", Force.SHOULD_NOT),
        ("You should never share passwords.", Force.SHOULD_NOT),
        ("Nobody should feel left out.", Force.SHOULD_NOT),
        ("Avoid sarcasm.", Force.SHOULD_NOT),
        ("Check facts before posting.", Force.MUST),
        ("If you are unsure, ask your manager.", Force.MUST),
        ("If you must post, ask first.", Force.MUST),
        ("Employees who may speak to the press must sign a form.", Force.MUST),
        ("All posts must be approved, unless they are replies.", Force.MUST),
        ("Please be kind.", Force.SHOULD),
        ("Members are asked to check.", Force.SHOULD),
        ("We expect volunteers to reply within a day.", Force.SHOULD),
        ("Consider who will read it.", Force.SHOULD),
        ("Staff are welcome to share our posts.", Force.MAY),
        ("It is fine to use emoji.", Force.MAY),
        ("Members can post pictures.", Force.MAY),
        ("Photos may be shared with consent.", Force.MAY),
        ("Members may never post pictures.", Force.MUST_NOT),
        ("Members may no longer post.", Force.MUST_NOT),
        ("Members may neither post nor share pictures.", Force.MUST_NOT),
        ("Members can in no event post.", Force.MUST_NOT),
        ("Neither swimmers nor volunteers may film.", Force.MUST_NOT),
        ("None of the members may post.", Force.MUST_NOT),
        ("Staff must neither like nor share it.", Force.MUST_NOT),
        ("Members should no longer post.", Force.SHOULD_NOT),
        ("Members are no longer allowed to post.", Force.MUST_NOT),
        ("You do not have to reply.", Force.MAY),
        ("Staff need not declare it.", Force.MAY),
        ("You should not hesitate to report abuse.", Force.MAY),
        ("Opinions can be attributed to the society.", Force.FACT),
        ("You may find it useful to wait.", Force.FACT),
        ("Staff may also be asked to delete posts.", Force.FACT),
        ("Failure to follow this policy may result in disciplinary action.", Force.FACT),
        ("The page is run by volunteers.", Force.FACT),
        ("The sign says “you must leave”.", Force.FACT),
        ("Must I reply?", Force.FACT),
        ("Use of bad language.", Force.FACT),
    ],
)
def test_a_plain_wording_is_taken_at_its_strength(text: str, force: Force) -> None:
    proposal = propose(text)

    assert (proposal.force, proposal.unsure) == (force, "")


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Views may not reflect those of the society.", Force.FACT),
        ("You should be aware that posts may be seen.", Force.FACT),
        ("We may remove comments.", Force.FACT),
        ("You are responsible for what you post.", Force.FACT),
        ("Do not forget to log out.", Force.SHOULD),
        ("You cannot use the logo.", Force.MUST_NOT),
        ("Racist posts will not be tolerated.", Force.MUST_NOT),
        ("You will not post advertising.", Force.MUST_NOT),
        ("Only staff may post on the page.", Force.MUST),
        ("You may post pictures, but you must have consent.", Force.MAY),
        ("Members may post nothing about an injury.", Force.MAY),
        ("Members may post no pictures of children.", Force.MAY),
        ("Members can share pictures of no patient.", Force.MAY),
        ("Members may post pictures only with consent.", Force.MAY),
        ("Members may post, but not pictures of children.", Force.MAY),
        ("Members may post pictures without names.", Force.MAY),
        ("Members are free to post, except at galas.", Force.MAY),
        ("It is fine to post, unless told otherwise.", Force.MAY),
        ("Trustees, not members, may post.", Force.MAY),
        ("Few members may post.", Force.MAY),
        ("Not all members may post.", Force.MAY),
        ("Staff are rarely permitted to post.", Force.MAY),
        ("You need not reply, except to parents.", Force.MAY),
        ("Nobody but the secretary may post.", Force.MUST_NOT),
    ],
)
def test_a_doubtful_wording_says_why(text: str, force: Force) -> None:
    proposal = propose(text)

    assert proposal.force is force
    assert proposal.unsure


@pytest.mark.parametrize(
    ("lead", "item", "force"),
    [
        ("You must not:", "share patient data", Force.MUST_NOT),
        ("Please avoid:", "posts that name pupils", Force.SHOULD_NOT),
        ("The following are prohibited:", "spam", Force.MUST_NOT),
        ("Members should:", "be polite", Force.SHOULD),
        ("Members should:", "do not argue", Force.SHOULD_NOT),
        ("You must:", "never share passwords", Force.MUST_NOT),
        ("Follow these rules:", "Check the source.", Force.MUST),
        ("Don’ts:", "post names", Force.MUST_NOT),
        ("You do not have to:", "reply", Force.MAY),
        ("If you are unsure:", "Ask us.", Force.MUST),
        ("If you:", "post names", Force.FACT),
        ("This policy aims to:", "protect members", Force.FACT),
        ("We will:", "protect data", Force.FACT),
    ],
)
def test_an_item_is_as_strong_as_what_leads_into_it(lead: str, item: str, force: Force) -> None:
    proposal = propose(item, lead)

    assert (proposal.force, proposal.unsure) == (force, "")


@pytest.mark.parametrize("item", ["do not post adverts", "members must log out"])
def test_an_item_that_is_at_odds_with_its_lead_is_unsure(item: str) -> None:
    assert propose(item, "You must not:").unsure


@pytest.mark.parametrize(
    ("lead", "item", "force"),
    [
        ("What not to do:", "post names", Force.SHOULD_NOT),
        ("Things to avoid:", "names of children", Force.SHOULD_NOT),
        ("You will be dismissed if you:", "post names", Force.MUST_NOT),
        ("Gross misconduct:", "Post names.", Force.MUST_NOT),
        ("Members may:", "never post names", Force.MUST_NOT),
        ("Members may:", "don’t post names", Force.MUST_NOT),
        ("Members may:", "post no names", Force.MAY),
        ("Except at galas:", "Members may post.", Force.MAY),
        ("Do | Don’t", "Post kind words | Post names", Force.MUST),
        ("Don’t | Do", "Post names | Post kind words", Force.MUST),
    ],
)
def test_an_item_that_its_lead_forbids_or_limits_is_never_plainly_asked_for_or_permitted(
    lead: str, item: str, force: Force
) -> None:
    proposal = propose(item, lead)

    assert proposal.force is force
    assert proposal.unsure


@pytest.mark.parametrize(
    ("heading", "force"),
    [
        ("Things to avoid", Force.SHOULD_NOT),
        ("What not to do", Force.SHOULD_NOT),
        ("Don’ts", Force.MUST_NOT),
        ("Do not", Force.MUST_NOT),
        ("What you must not do", Force.MUST_NOT),
        ("Prohibited conduct", Force.MUST_NOT),
        ("Unacceptable use", Force.MUST_NOT),
        ("Banned", Force.MUST_NOT),
        ("Banned\nPhotographs", Force.MUST_NOT),
        ("Dos and don’ts", Force.MUST),
    ],
)
def test_below_a_heading_that_forbids_a_bare_verb_is_no_order(heading: str, force: Force) -> None:
    bare = propose("Post names of children.", heading=heading)

    assert bare.force is force
    assert bare.unsure
    assert propose("You may post names.", heading=heading).unsure
    assert propose("You must not post names.", heading=heading).force is Force.MUST_NOT


@pytest.mark.parametrize("heading", ["How to avoid scams", "When posts are banned", "Your page"])
def test_a_heading_that_forbids_nothing_leaves_an_order_an_order(heading: str) -> None:
    proposal = propose("Check the sender.", heading=heading)

    assert (proposal.force, proposal.unsure) == (Force.MUST, "")


def test_a_heading_that_narrows_makes_what_stands_below_it_unsure() -> None:
    assert propose("You may speak to the press.", heading="For trustees only").unsure
    assert propose("You may speak to the press.", heading="Except at galas").unsure
    assert not propose("You may speak to the press.", heading="For trustees").unsure


def test_an_order_among_advice_is_advice_and_unsure() -> None:
    proposal = propose("Reply within a day.", heading="Tips for your page")

    assert proposal.force is Force.SHOULD
    assert proposal.unsure


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        ("Members of staff must not post.", (Party.STAFF,)),
        ("Trustees and employees should wait.", (Party.STAFF, Party.TRUSTEES)),
        ("Volunteers may post.", (Party.MEMBER,)),
        ("Board members may speak.", (Party.TRUSTEES,)),
        ("Anyone who runs a page must sign.", (Party.ACCOUNT_ADMIN,)),
        ("You must wait.", (Party.FELLOW,)),
        ("Do not photograph members.", (Party.FELLOW,)),
    ],
)
def test_it_binds_whom_it_names_and_else_whom_the_document_addresses(text: str, binds: tuple[Party, ...]) -> None:
    assert propose(text, audience=(Party.FELLOW,)).binds == binds


@pytest.mark.parametrize(
    ("lead", "heading", "binds"),
    [
        ("", "For trustees only", Party.TRUSTEES),
        ("", "Rules for staff\nPhotographs", Party.STAFF),
        ("", "Staff\nVolunteers and coaches", Party.MEMBER),
        ("Trustees must:", "Rules for staff", Party.TRUSTEES),
        ("", "Posts about trustees", Party.FELLOW),
        ("", "Staff photographs", Party.FELLOW),
    ],
)
def test_it_binds_whom_the_lead_names_or_else_the_nearest_heading_speaks_to(
    lead: str, heading: str, binds: Party
) -> None:
    assert propose("share the news", lead, heading, (Party.FELLOW,)).binds == (binds,)
    assert propose("Workers must wait.", lead, heading, (Party.FELLOW,)).binds == (Party.STAFF,)


def test_the_audience_is_whom_a_document_says_that_it_is_for() -> None:
    assert audience_of(["Kites are fun.", "This policy applies to all employees.", "Members fly."]) == (Party.STAFF,)
    assert audience_of(["Members fly.", "A member lands.", "Other members watch."]) == (Party.MEMBER,)
    assert audience_of(["Kites are fun."]) == (Party.ANYONE,)


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=30))
def test_any_text_has_a_proposal(text: str, lead: str, heading: str) -> None:
    proposal = propose(text, lead, heading)

    assert proposal.force is not Force.GAP
    assert proposal.binds
    assert "\n" not in proposal.unsure


@given(
    st.sampled_from(["Members", "You", "Our trustees", "Any of the staff"]),
    st.sampled_from(["may", "can", "are allowed to", "are free to", "are welcome to"]),
    st.sampled_from(["post pictures", "speak of a race", "film"]),
    st.sampled_from(["never", "no longer", "nothing", "not", "but no names", "only at galas", "except at galas"]),
    st.integers(0, 3),
)
def test_no_permission_that_holds_a_word_which_limits_it_is_sure(
    who: str, may: str, done: str, limit: str, place: int
) -> None:
    words = [who, may, done]
    proposal = propose(" ".join([*words[:place], limit, *words[place:]]) + ".")

    assert proposal.force is not Force.MAY or proposal.unsure


@given(
    st.sampled_from(["kites", "a rota", "two wardens", "the field"]), st.sampled_from(["are", "has", "were", "flies"])
)
def test_nothing_is_stronger_than_a_statement_without_a_rule(what: str, verb: str) -> None:
    assert propose(f"{what.capitalize()} {verb} red.").force is Force.FACT
