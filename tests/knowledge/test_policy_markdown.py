"""The body of a policy file: what Markdown may do in it, and what a fault looks like."""

from pathlib import Path

import pytest

from knowledge.clauses import Clause
from knowledge.policy_markdown import Fault, PolicyFileError, clauses_in

FILE = Path("larks.md")


def clauses(body: str, first_line: int = 1) -> tuple[list[Clause], list[Fault]]:
    faults: list[Fault] = []
    return clauses_in(body, "larks", "larks", FILE, first_line, faults), faults


def a_body(text: str) -> str:
    return f"## Rehearsals\n\n### larks/rehearsals/recording\n\nforce: must\nbinds: member\n\n{text}\n"


def test_a_fault_reads_as_file_line_and_what() -> None:
    assert str(Fault(FILE, 7, "no text")) == "larks.md:7: no text"


def test_an_error_tells_each_fault_on_a_line_of_its_own() -> None:
    error = PolicyFileError([Fault(FILE, 1, "one"), Fault(FILE, 2, "two")])
    assert str(error) == "larks.md:1: one\nlarks.md:2: two"


def test_lines_are_counted_from_where_the_body_begins() -> None:
    _, faults = clauses("## Rehearsals\n\n### broken\n", first_line=20)
    assert {fault.line for fault in faults} == {22}


@pytest.mark.parametrize(
    "text",
    [
        "Never *ever* record a **rehearsal**.",
        "Use `code` if you must.",
        "<marquee>Sing</marquee> &amp; share",
        "A [link](https://example.org) stays a link.",
        "Two * two = four, and a_b_c stays so.",
    ],
)
def test_the_marks_of_a_text_are_kept_as_they_were_written(text: str) -> None:
    found, faults = clauses(a_body(text))
    assert not faults
    assert found[0].text == text


def test_a_section_without_clauses_lends_its_name_to_none() -> None:
    found, faults = clauses(f"## Empty\n\nA note.\n\n{a_body('Sing.')}")
    assert not faults
    assert [clause.section for clause in found] == ["Rehearsals"]


def test_a_note_under_a_later_section_is_not_added_to_the_clause_before_it() -> None:
    found, faults = clauses(f"{a_body('Sing.')}\n## Concerts\n\nA note to the reader.\n")
    assert not faults
    assert found[0].text == "Sing."


def test_a_top_heading_ends_the_section() -> None:
    _, faults = clauses("## Rehearsals\n\n# Part two\n\n### larks/rehearsals/recording\n\nforce: must\nbinds: member\n")
    assert any("stands under no section" in fault.what for fault in faults)


def test_an_ask_over_two_lines_is_one_ask() -> None:
    found, _ = clauses(a_body("Sing.\n\nAsks:\n\n- yes: may I sing\n  in the bath"))
    assert [ask.text for ask in found[0].asks] == ["may I sing in the bath"]


def test_a_list_in_a_text_belongs_to_the_text() -> None:
    found, faults = clauses(a_body("Sing:\n\n- loudly\n- often"))
    assert not faults
    assert "loudly" in found[0].text
    assert "often" in found[0].text
    assert found[0].asks == ()
