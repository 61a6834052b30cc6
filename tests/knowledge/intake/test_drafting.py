"""A policy file made from a document: read back word for word, marked where unsure, and ready to be answered from."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wording
from knowledge import policy_files
from knowledge.answers import Answer, Question
from knowledge.clauses import Force, Party, Policy, Verdict
from knowledge.index import build
from knowledge.intake.documents import Block, Document, Kind
from knowledge.intake.drafting import Draft, NothingToDraft, draft
from knowledge.library import Library
from knowledge.vectors import VectorCache
from tests.conftest import SAMPLE, nothing_told

KITES = Document(
    (
        Block(Kind.HEADING, "Kite club: posting online", 1),
        Block(Kind.HEADING, "Scope", 2),
        Block(Kind.PARAGRAPH, "This policy applies to all members of the club."),
        Block(Kind.HEADING, "Rules", 2),
        Block(Kind.PARAGRAPH, "You must not post pictures of children. This is because they are young."),
        Block(Kind.PARAGRAPH, "Members must not:"),
        Block(Kind.ITEM, "share passwords", 1),
        Block(Kind.ITEM, "sell string", 1),
        Block(Kind.PARAGRAPH, "Members may use the club badge on their own page."),
        Block(Kind.PARAGRAPH, "Rude posts will not be tolerated."),
        Block(Kind.HEADING, "Your page", 2),
        Block(Kind.PARAGRAPH, "Members must not use the club badge on their own page."),
    )
)


def parsed(made: Draft) -> Policy:
    return policy_files.parse(made.source, Path("drafted.md"))


@pytest.fixture(scope="module")
def made() -> Draft:
    return draft(KITES, "kites", "The Kite Club")


@pytest.fixture(scope="module")
def kites(made: Draft) -> Library:
    return Library(
        build([*policy_files.load([SAMPLE]), parsed(made)], None, VectorCache(Path(), "none"), nothing_told), None
    )


def test_the_file_says_that_it_is_not_reviewed_and_claims_no_words_as_official(made: Draft) -> None:
    policy = parsed(made)

    assert (policy.reviewed, policy.official) == (False, False)
    assert (policy.title, policy.organisation) == ("Kite club: posting online", "The Kite Club")
    assert policy.known_as == "The Kite Club’s policy"


def test_each_clause_has_a_telling_id_a_section_a_force_and_whom_it_binds(made: Draft) -> None:
    clauses = {clause.id: clause for clause in parsed(made).clauses}

    assert list(clauses) == [
        "kites/scope/policy-applies-all-members",
        "kites/rules/post-pictures-children-young",
        "kites/rules/share-passwords",
        "kites/rules/sell-string",
        "kites/rules/members-use-club-badge",
        "kites/rules/rude-posts-tolerated",
        "kites/page/members-use-club-badge",
    ]
    shared = clauses["kites/rules/share-passwords"]
    assert (shared.section, shared.force, shared.binds) == ("Rules", Force.MUST_NOT, (Party.MEMBER,))
    assert shared.text == "Members must not: share passwords"


def test_the_extracts_of_a_clause_are_its_words_in_the_document(made: Draft) -> None:
    for name, extracts in made.extracts.items():
        assert " ".join(KITES.text[one.start : one.end] for one in extracts) == made.texts[name].replace("\n\n", " ")


def test_what_is_unsure_is_counted_and_stands_beside_its_clause(made: Draft) -> None:
    clauses = {clause.id: clause for clause in parsed(made).clauses}

    assert list(made.unsure) == ["kites/rules/rude-posts-tolerated"]
    assert clauses["kites/rules/rude-posts-tolerated"].unsure == made.unsure["kites/rules/rude-posts-tolerated"]
    assert "Clauses: 7. Unsure: 1. Possible contradictions: 1." in made.source


def test_a_rule_with_an_exception_of_its_own_is_unsure() -> None:
    block = Block(Kind.PARAGRAPH, "You must not name children. However, parents may name their own child.")
    (clause,) = parsed(draft(Document((block,)), "kites")).clauses

    assert clause.force is Force.MUST_NOT
    assert "exception" in clause.unsure


@pytest.mark.parametrize(
    "blocks",
    [
        (Block(Kind.PARAGRAPH, "Members may post pictures. Except of children."),),
        (Block(Kind.PARAGRAPH, "Trustees only: You may post pictures of a race. You may film it."),),
        (Block(Kind.HEADING, "For trustees only", 2), Block(Kind.PARAGRAPH, "You may speak to the press.")),
        (Block(Kind.HEADING, "Banned", 2), Block(Kind.HEADING, "At galas", 3), Block(Kind.ITEM, "Post names.", 1)),
        (Block(Kind.ROW, "Do | Don’t", 1), Block(Kind.ROW, "Post kind words | Post names", 2)),
        (Block(Kind.PARAGRAPH, "You will be dismissed if you:"), Block(Kind.ITEM, "post names", 1)),
    ],
)
def test_what_holds_within_limits_is_unsure_or_no_rule_and_is_never_asked_for_with_a_yes(
    blocks: tuple[Block, ...],
) -> None:
    for clause in parsed(draft(Document(blocks), "kites")).clauses:
        assert clause.unsure or clause.force is Force.FACT
        assert all(ask.verdict is not Verdict.YES for ask in clause.asks)


def test_opposites_in_nearly_the_same_words_are_listed(made: Draft) -> None:
    (found,) = made.contradictions

    assert (found.first, found.second) == ("kites/rules/members-use-club-badge", "kites/page/members-use-club-badge")
    assert f"- {found.first} and {found.second}" in made.source


def test_the_same_document_gives_the_same_file(made: Draft) -> None:
    assert draft(KITES, "kites", "The Kite Club") == made


def test_no_id_tells_of_people() -> None:
    document = Document(
        (
            Block(Kind.HEADING, "Contact Ann Example", 2),
            Block(Kind.PARAGRAPH, "You must ask Ann Example (ann@example.org) before you fly a kite by night."),
            Block(Kind.PARAGRAPH, "You must tell Mr Sample on 01632 960001 about every lost kite."),
        )
    )
    made = draft(document, "kites")

    assert [name for name in made.texts if any(word in name for word in ("ann", "example", "sample", "01632"))] == []
    assert [name.split("/")[1] for name in made.texts] == ["contact", "contact"]


def test_a_document_without_a_sentence_is_refused() -> None:
    with pytest.raises(NothingToDraft, match="right file"):
        draft(Document((Block(Kind.HEADING, "Nothing", 1),)), "kites")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can I post pictures of children?", Verdict.NO),
        ("Am I allowed to share passwords?", Verdict.NO),
        ("Can I use the club badge on my own page?", Verdict.DEPENDS),  # two clauses say the opposite
    ],
)
def test_it_answers_at_once_and_says_that_it_is_not_reviewed(kites: Library, question: str, verdict: Verdict) -> None:
    answer = kites.answer(Question(question, "kites"))

    assert isinstance(answer, Answer)
    assert answer.verdict is verdict
    assert wording.NOT_REVIEWED in wording.paragraphs(answer, None)[0].remarks


def test_what_is_unsure_informs_and_its_doubt_is_not_told(kites: Library, made: Draft) -> None:
    answer = kites.answer(Question("Are rude posts tolerated?", "kites"))

    assert isinstance(answer, Answer)
    assert answer.parts[0].clauses[0].id == "kites/rules/rude-posts-tolerated"
    assert answer.verdict is Verdict.INFO
    assert not any(why in str(wording.paragraphs(answer, None)) for why in made.unsure.values())


def shapes(text: str) -> st.SearchStrategy[Block]:
    kinds = {Kind.HEADING: 3, Kind.PARAGRAPH: 3, Kind.ITEM: 3, Kind.ROW: 2}
    return st.sampled_from(sorted(kinds)).flatmap(
        lambda kind: st.integers(1, kinds[kind]).map(lambda level: Block(kind, text, level))
    )


marks = st.sampled_from(
    [
        *(
            "# ",
            "> ",
            "- ",
            "1. ",
            "+ ",
            "```",
            "~~~",
            "***",
            "---",
            "===",
            "<b>",
            "<!--",
            "\\",
            "&amp;",
            "`",
            "| a | b",
        ),
        *("Asks:", "Turns on: what?", "force: must", "yes: no", "### a/b/c", "[x]: y", "![x](y)"),
        *("Members must not", "You may", "post it.", ":", "unless"),
    ]
)
readable = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20)
texts = (
    st.lists(marks | readable, min_size=1, max_size=5).map(lambda some: " ".join(" ".join(some).split())).filter(bool)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts.flatmap(shapes), min_size=1, max_size=6))
def test_whatever_the_words_the_file_gives_them_back(blocks: list[Block]) -> None:
    document = Document(tuple(blocks))
    try:
        made = draft(document, "s")
    except NothingToDraft:
        return
    clauses = parsed(made).clauses

    assert {clause.id: clause.text for clause in clauses} == made.texts
    assert {clause.id: clause.unsure for clause in clauses if clause.unsure} == made.unsure
    assert len(clauses) == made.source.count("\n### s/") - sum(text.count("\n### s/") for text in made.texts.values())
