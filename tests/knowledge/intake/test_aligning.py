"""Each clause is set beside the sentences that it restates, and what is not clear is left to people."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Clause, Force, Party
from knowledge.encoding import Floats, MiniLM
from knowledge.intake.aligning import Aligned, Encode, State, align
from knowledge.intake.documents import Document, Kind
from knowledge.intake.sentences import Sentence, sentences
from knowledge.vectors import VectorCache, unit
from tests.conftest import KEPT as KEPT_DATA
from tests.conftest import nothing_told
from tests.knowledge.hashed_words import HashedWords
from tests.knowledge.intake.otters import CLAUSES, PUBLISHED, heading, item, paragraph

KEPT = sentences(PUBLISHED).kept
RESTATED = {
    "otters/about/date": (1, 22),
    "otters/about/who": (3,),
    "otters/counts/shapes": (4,),
    "otters/counts/new": (6,),
    "otters/accounts/official": (7,),
    "otters/accounts/children": (8,),
    "otters/accounts/alone": (9,),
    "otters/own/membership": (14,),
    "otters/own/disclaimer": (14,),
    "otters/own/badge": (15,),
    "otters/own/press": (16, 17, 18),
    "otters/register/pups": (21,),
}


@pytest.fixture(scope="module")
def encode(encoder: MiniLM) -> Encode:
    cache = VectorCache(KEPT_DATA / "vectors", encoder.name)
    return lambda texts: cache.encode(texts, encoder, nothing_told)


def found(clauses: Sequence[Clause], kept: Sequence[Sentence], encode: Encode | None = None) -> dict[str, Aligned]:
    return {one.clause: one for one in align(clauses, kept, encode).clauses}


def clause(name: str, text: str, section: str = "Elsewhere", force: Force = Force.FACT) -> Clause:
    return Clause(f"otters/{name}", "otters", section, force, (Party.MEMBER,), text)


def aligned(of: dict[str, Aligned]) -> dict[str, tuple[int, ...]]:
    return {name: one.sentences for name, one in of.items() if one.state is State.ALIGNED}


def test_every_clause_of_the_otters_finds_what_it_restates(encode: Encode) -> None:
    assert aligned(found(CLAUSES, KEPT, encode)) == RESTATED


def test_by_words_alone_less_is_sure_and_nothing_wrong() -> None:
    some = aligned(found(CLAUSES, KEPT))

    assert some == {name: RESTATED[name] for name in some}
    assert len(some) >= len(RESTATED) - 1


def test_a_list_that_is_announced_and_lacking_is_missing_and_says_where() -> None:
    gap = found(CLAUSES, KEPT)["otters/counts/channels"]

    assert (gap.state, gap.sentences) == (State.MISSING, (5,))
    assert gap.why == "missing from this text too"


def test_a_gap_whose_list_the_text_holds_is_doubtful_and_shows_it() -> None:
    gap = found(CLAUSES, KEPT)["otters/accounts/banned"]

    assert (gap.state, gap.sentences) == (State.DOUBTFUL, (10, 11))
    assert "mend the clause" in gap.why


def test_a_gap_is_never_aligned(encode: Encode) -> None:
    gaps = [replace(one, force=Force.GAP) for one in CLAUSES]

    assert not aligned(found(gaps, KEPT, encode))


def test_a_clause_whose_passage_was_taken_out_is_not_set_beside_another(encode: Encode) -> None:
    wrong = []
    for name, numbers in RESTATED.items():
        kept = [one for one in KEPT if one.number not in numbers]
        one = found(CLAUSES, kept, encode)[name]
        wrong += [name] if one.state is State.ALIGNED else []

    assert wrong == []


def test_what_the_text_does_not_speak_of_is_missing(encode: Encode) -> None:
    stray = clause("money/fees", "Invoices are paid by bank transfer before Christmas.")
    one = found([*CLAUSES, stray], KEPT, encode)[stray.id]

    assert (one.state, one.sentences, one.why) == (State.MISSING, (), "nothing in the text is like it")


TWICE = sentences(
    Document(
        (
            heading("Ponds"),
            paragraph("Report a broken ladder to the warden before you leave."),
            heading("Rivers"),
            paragraph("Report a broken ladder to the warden before you leave."),
        )
    )
).kept
LADDER = "A broken ladder is reported to the warden before leaving."


@pytest.mark.parametrize(("section", "number"), [("Ponds", 1), ("rivers", 2), ("Swimming / Rivers", 2)])
def test_the_heading_tells_equal_sentences_apart(section: str, number: int) -> None:
    one = found([clause("x/ladder", LADDER, section)], TWICE)["otters/x/ladder"]

    assert (one.state, one.sentences) == (State.ALIGNED, (number,))


def test_without_a_heading_equal_sentences_are_doubtful() -> None:
    one = found([clause("x/ladder", LADDER)], TWICE)["otters/x/ladder"]

    assert (one.state, one.why) == (State.DOUBTFUL, "another passage is about as likely")
    assert sorted([*one.sentences, *one.others]) == [1, 2]


def test_the_order_of_the_clauses_is_that_of_the_text() -> None:
    first, second = clause("x/one", LADDER), clause("x/two", LADDER)
    chosen = [one.sentences for one in align([first, second], TWICE, None).clauses]

    assert chosen == [(1,), (2,)]


@pytest.mark.parametrize(
    ("force", "text", "passage"),
    [
        (
            Force.MUST_NOT,
            "Photographs of the changing rooms are not posted.",
            "Members may post photographs of the changing rooms.",
        ),
        (
            Force.MAY,
            "Members may post photographs of the changing rooms.",
            "Members must not post photographs of the changing rooms.",
        ),
    ],
)
def test_a_passage_that_rules_the_other_way_is_doubtful(force: Force, text: str, passage: str) -> None:
    kept = sentences(
        Document((paragraph("Tea is at four."), paragraph(passage), paragraph("Races start at noon.")))
    ).kept
    one = found([clause("x/photos", text, force=force)], kept)["otters/x/photos"]

    assert (one.state, one.sentences, one.why) == (
        State.DOUBTFUL,
        (2,),
        "the passage may rule otherwise than the clause",
    )


def test_a_passage_that_is_much_liker_to_another_clause_is_doubtful() -> None:
    kept = sentences(Document((paragraph("Every dog is kept on a lead."), paragraph("Tea is at four.")))).kept
    full = clause("x/dogs", "Every dog is kept on a lead.")
    scant = clause("x/cats", "Where a cat is kept is nobody's concern.")
    angles = {full.text: 0.0, scant.text: 0.7, kept[1].text: 2.0}

    def encode(texts: Sequence[str]) -> Floats:
        return np.array([(np.cos(angles[text]), np.sin(angles[text])) for text in texts], np.float32)

    of = found([full, scant], kept, encode)
    assert (of[full.id].state, of[full.id].sentences) == (State.ALIGNED, (1,))
    assert (of[scant.id].state, of[scant.id].sentences) == (State.DOUBTFUL, (1,))
    assert of[scant.id].why == "the passage is rather that of another clause"


def test_what_leads_to_a_passage_and_is_that_of_another_clause_is_not_quoted_with_it() -> None:
    kept = sentences(
        Document(
            (
                heading("Litter"),
                paragraph("It is important that the pool is watched for litter."),
                paragraph("If you see litter in the pool, please ring the desk"),
                heading("Tea"),
                paragraph("Tea is at four."),
            )
        )
    ).kept
    watch = clause("x/watch", "It is important to watch the pool for litter.", "Litter")
    ring = clause("x/ring", "It is asked that whoever sees litter in the pool rings the desk.", "Litter")
    texts = [*(one.text for one in kept), watch.text, ring.text]
    angles = dict(zip(texts, (0.0, 1.3, 2.9, 0.0, 0.5), strict=True))

    def encode(texts: Sequence[str]) -> Floats:
        return np.array([(np.cos(angles[text]), np.sin(angles[text])) for text in texts], np.float32)

    of = found([watch, ring], kept, encode)
    assert of[watch.id].sentences == (1,)
    assert of[ring.id].sentences == (2,)


def test_a_date_or_handle_is_found_wherever_it_stands() -> None:
    one = found(CLAUSES, KEPT)["otters/about/date"]

    assert {1, 22} <= set(one.sentences)


@pytest.mark.parametrize("kept", [(), KEPT])
def test_without_clauses_or_without_a_text_there_is_nothing_to_align(kept: tuple[Sentence, ...]) -> None:
    assert align([], kept, None).clauses == ()
    assert {one.state for one in align(CLAUSES, (), None).clauses} == {State.MISSING}
    assert align(CLAUSES, (), None).uncovered == ()


def test_one_sentence_is_enough(encode: Encode) -> None:
    one = found([CLAUSES[1]], KEPT[2:3], encode)["otters/about/who"]

    assert (one.state, one.sentences) == (State.ALIGNED, (3,))


def test_of_a_long_text_only_the_likely_sentences_are_encoded(encode: Encode) -> None:
    filler = [item(f"Locker {number} holds flippers, goggles and a towel of member {number}.") for number in range(700)]
    kept = sentences(Document((*PUBLISHED.blocks, heading("Lockers"), *filler))).kept
    counting = HashedWords()
    align(CLAUSES, kept, lambda texts: unit(counting.embed_documents(list(texts))))

    assert len(counting.encoded) < len(kept)
    some = aligned(found(CLAUSES, kept, encode))
    assert some == {name: RESTATED[name] for name in some}
    assert len(some) >= len(RESTATED) - 2


def test_what_is_uncovered_is_what_no_clause_has() -> None:
    alignment = align(CLAUSES, KEPT, None)
    covered = {number for one in alignment.clauses for number in one.sentences}

    assert alignment.uncovered == tuple(one.number for one in KEPT if one.number not in covered)
    assert {12, 13} <= set(alignment.uncovered)


def hashed(texts: Sequence[str]) -> Floats:
    """By words, as an encoder that knows no meaning."""
    return unit(HashedWords().embed_documents(list(texts)))


WORDS = st.lists(
    st.sampled_from(["otters", "must", "swim", "alone", "never", "12", "May", "@otternews", "the", "badge", "Ripple:"]),
    min_size=1,
    max_size=9,
).map(" ".join)
SENTENCES = st.lists(
    st.tuples(WORDS, st.sampled_from([(), ("Tone",), ("Tone", "Dogs"), ("Cats",)]), st.sampled_from(Kind)), max_size=25
).map(
    lambda drawn: [
        Sentence(2 * place + 1, text, 0, len(text), section, place, kind)
        for place, (text, section, kind) in enumerate(drawn)
    ]
)
SECTIONS = st.sampled_from(["Tone", "Tone / Dogs", "Nowhere", ""])
DRAWN = st.lists(st.tuples(WORDS, SECTIONS, st.sampled_from(Force)), max_size=12).map(
    lambda drawn: [clause(f"x/{place}", text, section, force) for place, (text, section, force) in enumerate(drawn)]
)


@given(DRAWN, SENTENCES, st.booleans())
def test_whatever_comes_every_clause_is_told_once_with_sentences_that_there_are(
    clauses: list[Clause], kept: list[Sentence], by_words: bool
) -> None:
    encode = None if by_words else hashed
    alignment = align(clauses, kept, encode)
    numbers = {one.number for one in kept}

    assert [one.clause for one in alignment.clauses] == [one.id for one in clauses]
    assert set(alignment.uncovered) <= numbers
    for one, of in zip(alignment.clauses, clauses, strict=True):
        assert {*one.sentences, *one.others} <= numbers
        assert not set(one.sentences) & set(one.others)
        assert list(one.sentences) == sorted(set(one.sentences))
        if one.state is State.ALIGNED:
            assert one.sentences
            assert of.force is not Force.GAP
        if one.state is State.DOUBTFUL:
            assert one.why
    assert align(clauses, kept, encode) == alignment


def test_an_encoder_that_knows_nothing_breaks_nothing() -> None:
    def encode(texts: Sequence[str]) -> Floats:
        return np.zeros((len(texts), 4), np.float32)

    assert len(align(CLAUSES, KEPT, encode).clauses) == len(CLAUSES)
