"""What is given in a form, whatever platform showed it."""

from adapters.chat.fields import Given, Written


def test_words_come_without_what_could_turn_those_around_them() -> None:
    given = Given({"words": "  Yes\u202e, \x07you may.\r\n"}, {})

    assert given.words("words", 100, "Write something.") == "Yes\ufffd, \ufffdyou may."
    assert given.faults == {}


def test_what_is_too_long_blank_or_not_chosen_is_a_fault_of_its_field() -> None:
    given = Given({"long": "word " * 100, "blank": " \n"}, {"chosen": ()})
    given.words("long", 10)
    given.words("blank", 10, "Write something.")
    given.choice("chosen", "Choose one.")
    given.person("who", "Choose somebody.")

    assert given.faults == {
        "long": "Please keep it to 10 characters.",
        "blank": "Write something.",
        "chosen": "Choose one.",
        "who": "Choose somebody.",
    }


def test_what_may_be_left_out_is_none() -> None:
    given = Given({}, {})

    assert (given.words("words", 10), given.choice("one"), given.choices("some")) == ("", "", ())
    assert given.faults == {}


def test_a_fault_of_somebody_that_is_known_already_is_not_said_otherwise() -> None:
    given = Given({}, {}, {"who": "That is no id."})

    assert given.person("who", "Choose somebody.") == ""
    assert given.faults == {"who": "That is no id."}


def test_words_from_before_stand_in_a_field_or_above_it() -> None:
    short, long = (
        Written("words", "Words", before=" Yes. ", most=4),
        Written("words", "Words", before="Yes. No.", most=4),
    )

    assert (short.begins_with, short.above) == ("Yes.", ())
    assert long.begins_with == ""
    assert "Yes. No." in str(long.above)
