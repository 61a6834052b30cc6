"""Misspelt words, American spellings, and words that stand for others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.posts.american import british
from knowledge.posts.confusions import confusions
from knowledge.posts.dictionary import dictionary, field_words
from knowledge.posts.spelling import misspellings
from tests.knowledge.posts.examining import examined, mends, spans


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("recieve", "receive"),
        ("accomodate", "accommodate"),
        ("radiotherpy", "radiotherapy"),
        ("dosimitry", "dosimetry"),
        ("brachytherpy", "brachytherapy"),
        ("registraton", "registration"),
        ("teh", "the"),
        ("untill", "until"),
        ("doesnt", "doesn't"),
        ("tommorow", "tomorrow"),
    ],
)
def test_a_slip_is_found_and_the_word_that_was_meant_is_its_mend(slip: str, meant: str) -> None:
    assert mends(misspellings, f"We saw {slip} today.") == {slip: meant}


@pytest.mark.parametrize("slip", ["collegue", "wierd", "tounge", "societys"])
def test_a_slip_that_may_stand_for_several_words_is_found_and_has_no_mend(slip: str) -> None:
    assert mends(misspellings, f"We saw {slip} today.") == {slip: None}


@pytest.mark.parametrize(
    "text",
    [
        "We organise and organize, realise and realize, at the centre for colour and behaviour.",
        "The anaesthetist practises; the practice has a programme. The licence is ours, we license it.",
        "Dosimetry of SPECT and brachytherapy with a linac: kerma, fluence, isocentres, dosemeters and phantoms.",
        "The IPEM and ICIS tweeted, retweeted and livestreamed the webinar; the hashtag trended on bluesky.",
        "Ask @jo_scanns or #recieve at https://exmaple.org/recieve, www.recieve.example or recieve@example.org.",
        "Run `recieve --teh` on [image: recieve teh phantom] in file recieve_teh.txt.",
        "Thanks to Siobhan Marchbanke of Westbrigde for the talk.",
        "It's the 21st, 3rd and 42nd run of v2beta on CT2b, isn't it? We're sure that they've seen it.",
        "Results in vivo, in vitro and in silico, et al, per se and vice versa.",
        "Pre-congress, re-planned and non-coplanar; a multi-leaf, in-house, open-source job for early-career people.",
        "Sooooo good, hahaha, hmmm, aaargh!",
        "The physicist's and the physicists' rota, the ifs and the buts.",
        "Narrowboats, rescanned and unpublished, of the bioengineers.",
        "KEEP UP THE GODO WORK",
    ],
)
def test_what_is_right_or_is_no_plain_word_is_left_alone(text: str) -> None:
    assert spans(misspellings, text) == []


def test_a_capital_inside_a_sentence_makes_a_name_and_at_its_opening_only_a_common_word_is_suspected() -> None:
    assert spans(misspellings, "Definately a fine talk. Vexelia and Murkwell showed a phantom at Harbuor House.") == [
        "Definately"
    ]


def test_days_and_months_are_read_with_their_capitals() -> None:
    assert mends(misspellings, "See you on Wendesday 4 Febuary.") == {"Wendesday": "Wednesday", "Febuary": "February"}


def test_an_american_spelling_is_slight_and_its_british_form_the_mend() -> None:
    (fault,) = misspellings(examined("What a color."))
    assert (fault.mend, fault.slight) == ("colour", True)


def test_an_american_spelling_in_a_name_or_a_quotation_is_left_alone() -> None:
    assert spans(misspellings, 'The paper "Tumor color in the center" came from the Cancer Center.') == []


@pytest.mark.parametrize(
    ("american", "form"),
    [
        ("center", "centre"),
        ("tumors", "tumours"),
        ("modeling", "modelling"),
        ("analyzed", "analysed"),
        ("pediatrics", "paediatrics"),
        ("leukemia", "leukaemia"),
        ("centimeters", "centimetres"),
        ("artifact", "artefact"),
        ("practicing", "practising"),
    ],
)
def test_american_spellings_are_known(american: str, form: str) -> None:
    assert british(american) == form


@pytest.mark.parametrize("word", ["gray", "meter", "humorous", "fetus", "program", "organize", "tire", "colorectal"])
def test_what_is_right_in_both_spellings_is_not_american(word: str) -> None:
    assert british(word) is None


def test_another_language_is_not_checked() -> None:
    assert list(misspellings(examined("Wir sehen uns morgan im Hoersaal", english=False))) == []
    assert list(confusions(examined("Die die das the the", english=False))) == []


def test_field_words_bring_their_plurals() -> None:
    assert list(field_words("# metals\nphantom assay\nbiopsy lens")) == (
        ["phantom", "phantoms", "assay", "assays", "biopsy", "biopsies", "lens", "lenses"]
    )


def test_near_words_are_those_that_many_slips_away_the_most_common_first() -> None:
    assert dictionary().near("phantm", 1) == ("phantom",)
    assert "tomorrow" in dictionary().near("tommorow", 2)
    assert dictionary().near("thier", 1)[0] == "their"


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("You should of come.", "of", "have"),
        ("See the the poster.", "the the", "the"),
        ("Your welcome!", "Your", "You're"),
        ("Their is cake.", "Their", "There"),
        ("Ask members for there views.", "there", "their"),
        ("Its a new phantom.", "Its", "It's"),
        ("The group and it's own journal.", "it's", "its"),
        ("Don't loose your badge.", "loose", "lose"),
        ("More then ever came.", "then", "than"),
        ("Thanks alot.", "alot", "a lot"),
        ("The principle investigator spoke.", "principle", "principal"),
        ("We did'nt know.", "'nt", "n't"),
    ],
)
def test_a_word_that_stands_for_another_is_found(text: str, words: str, meant: str) -> None:
    assert mends(confusions, text) == {words: meant}


@pytest.mark.parametrize(
    "text",
    [
        "You should of course come.",
        "Thank you for your welcome. Your welcome pack is here.",
        "Hepatitis A a year later.",
        "Its time constant and its A-level syllabus.",
        "Over there views are fine, and their views are too.",
        "What it is is clear, and that that is so.",
        "A loose cable, a lose-lose case, and we lose data.",
        "Back then the lab was smaller, and then we moved.",
        "Your invited speakers and your attending physician.",
        "The principle of the thing.",
    ],
)
def test_a_word_that_is_meant_is_no_confusion(text: str) -> None:
    assert spans(confusions, text) == []


@given(st.text(max_size=400))
def test_any_text_gives_faults_that_lie_inside_it(text: str) -> None:
    for detector in (misspellings, confusions):
        for fault in detector(examined(text)):
            assert 0 <= fault.start < fault.end <= len(text)
            assert fault.mend != text[fault.start : fault.end]


def test_the_words_near_to_one_are_looked_up_once() -> None:
    assert dictionary().near("radiotherpy", 1) is dictionary().near("radiotherpy", 1)
