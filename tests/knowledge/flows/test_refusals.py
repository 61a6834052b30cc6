"""Every flow that the loader refuses, with the line that it names and what it says."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.knowledge.flows.test_files import CLAUSES, FLOW, line_of, only_fault, told_of

_TWO = "the step '{}' needs two options or more, as a list"
# What is changed in the flow above, the line (or a text that stands on it), and how the one fault begins.
REFUSED = {
    "a step that nothing leads to": (
        "outcomes:\n",
        "  lost:\n    ask: Why?\n    options: [{label: A, to: loud}, {label: B, to: invite}]\noutcomes:\n",
        "  lost:",
        "nothing leads to the step 'lost'",
    ),
    "an outcome that nothing leads to": (
        "outcomes:\n",
        "outcomes:\n  lost: {verdict: info, words: Oh., clauses: [larks/about/media]}\n",
        "  lost:",
        "nothing leads to the outcome 'lost'",
    ),
    "a path that does not end": (
        "      - label: \"Yes\"\n        to: no-singing",
        "      - label: \"Yes\"\n        to: where",
        "        to: where",
        "leads back to the step 'where', so that this path does not end",
    ),
    "a branch that does not end": (
        "then: loud",
        "then: where",
        "then: where",
        "leads back to the step 'where', so that this path does not end",
    ),
    "a step that leads to itself": (
        "        to: no-singing\n",
        "        to: loud\n",
        "        to: loud\n      - label: \"No\"",
        "leads back to the step 'loud'",
    ),
    "a target that is nothing": (
        "      - label: In the hall\n        to: loud",
        "      - label: In the hall\n        to: laud",
        "to: laud",
        "'laud' is neither a step nor an outcome; mend the name",
    ),
    "an otherwise that is nothing": (
        "else: no-singing",
        "else: humming",
        "else: humming",
        "'humming' is neither a step nor an outcome; mend the name",
    ),
    "a step and an outcome with one name": (
        "outcomes:\n",
        "outcomes:\n  loud: {verdict: info, words: Oh., clauses: [larks/about/media]}\n",
        "  loud: {",
        "'loud' is a step on line 18 already; give the outcome another name",
    ),
    "an outcome without a clause": (
        "clauses: [larks/concerts/photographs]\n  invite",
        "clauses: []\n  invite",
        "clauses: []",
        "the outcome 'no-singing' rests on no clause; name one or more",
    ),
    "an outcome without its clauses": (
        "    clauses: [larks/concerts/photographs]\n  invite",
        "  invite",
        "  no-singing:\n",
        "the outcome 'no-singing' rests on no clause; name one or more",
    ),
    "a clause that does not exist": (
        "larks/rehearsals/invite, larks/concerts/programme",
        "larks/rehearsals/invite,\n      larks/concerts/encore",
        "larks/concerts/encore",
        "'larks/concerts/encore' is no clause of the policies in force",
    ),
    "a settled clause that does not exist": (
        "settles: [larks/concerts/photographs]",
        "settles: [larks/concerts/encore]",
        "settles:",
        "'larks/concerts/encore' is no clause of the policies in force",
    ),
    "a clause of another society": (
        "larks/rehearsals/invite, larks/concerts/programme",
        "larks/rehearsals/invite, oars/bank/cheering",
        "oars/bank/cheering",
        "'oars/bank/cheering' is no clause of larks, whose flow this is",
    ),
    "a settled clause of another society": (
        "settles: [larks/concerts/photographs]",
        "settles: [oars/water/cameras]",
        "settles:",
        "'oars/water/cameras' is no clause of larks, whose flow this is",
    ),
    "two options with one label": (
        "label: Backstage",
        "label: in the HALL",
        "label: in the HALL",
        "the label 'in the HALL' stands on line 11 already",
    ),
    "an option that is there by itself": (
        "label: Backstage",
        "label: not sure",
        "label: not sure",
        "'Not sure' is added to every step by itself; leave this option out",
    ),
    "a label that no button holds": (
        "label: Backstage",
        f"label: {'x' * 76}",
        "label: xxx",
        "'label' has 76 characters; a button holds 75: shorten it",
    ),
    "a title that no button holds": (
        "title: Sing at a concert",
        f"title: {'x' * 76}",
        "title:",
        "'title' has 76 characters; a button holds 75: shorten it",
    ),
    "a no on nothing but facts and gaps": (
        "clauses: [larks/concerts/photographs]\n  invite",
        "clauses: [larks/about/media, larks/concerts/programme]\n  invite",
        "verdict: no",
        "the outcome 'no-singing' forbids on nothing but facts, gaps or clauses that nobody has settled",
    ),
    "a yes on nothing but gaps and clauses that forbid": (
        "clauses: [larks/rehearsals/invite, larks/concerts/programme]",
        "clauses: [larks/rehearsals/recording, larks/concerts/photographs, larks/concerts/programme]",
        "verdict: yes",
        "the outcome 'invite' permits on nothing but clauses that forbid, gaps or clauses that nobody has settled",
    ),
    "an unknown predicate of routes": (
        "employed by the society",
        "fond of singing",
        "if: fond",
        "the predicate 'fond of singing' is unknown; known are employed by the society",
    ),
    "an unknown predicate of readings": (
        "reads: has consent",
        "reads: sings well",
        "reads: sings well",
        "the predicate 'sings well' is unknown; known are affiliated account",
    ),
    "an unknown key of the flow": (
        "title: ", "owner: me\ntitle: ", "owner: me", "the key 'owner' is unknown in a flow;"),
    "an unknown key of a step": (
        "    ask: Would it be loud?",
        "    hint: Sing.\n    ask: Would it be loud?",
        "hint: Sing.",
        "the key 'hint' is unknown in the step 'loud'; it has ask, options",
    ),
    "an unknown key of an option": (
        "reads: has consent",
        "read: has consent",
        "read: has consent",
        "the key 'read' is unknown in an option;",
    ),
    "an unknown key of a branch": (
        "{if: employed",
        "{when: now, if: employed",
        "{when: now",
        "the key 'when' is unknown in 'to'; it has if, then, else",
    ),
    "an unknown key of an outcome": (
        "office: yes",
        "offices: yes",
        "offices: yes",
        "the key 'offices' is unknown in the outcome 'invite';",
    ),
    "an unknown verdict": (
        "verdict: no",
        "verdict: never",
        "verdict: never",
        "the verdict 'never' is unknown here; it is one of yes, no, depends, info",
    ),
    "a verdict for what is not answered": (
        "verdict: no",
        "verdict: not_covered",
        "verdict: not_covered",
        "the verdict 'not_covered' is unknown here; it is one of yes, no, depends, info",
    ),
    "a word for the office that is neither yes nor no": (
        "office: yes",
        "office: perhaps",
        "office: perhaps",
        "'office' is yes or no, not 'perhaps'",
    ),
    "an empty question": ("ask: Would it be loud?", "ask:", "    ask:\n", "'ask' is empty; write it"),
    "an empty label": ("label: Backstage", 'label: " "', 'label: " "', "'label' is empty; write it"),
    "empty words": ("words: Better not.", "words:", "words:\n", "'words' is empty; write it"),
    "an empty line to copy": ('copy: "La, la: la."', 'copy: ""', "copy:", "'copy' is empty; write it"),
    "an empty title": ("title: Sing at a concert", "title:", "title:", "'title' is empty; write it"),
    "no title": ("title: Sing at a concert\n", "", "settles:", "'title' is missing; write it"),
    "no verdict": ("    verdict: no\n", "", "  no-singing:\n", "'verdict' is missing; write it"),
    "no question": ("    ask: Would it be loud?\n", "", "  loud:\n", "'ask' is missing; write it"),
    "words that are a list": (
        "words: Better not.", "words: [Better]", "words: [Better]", "'words' is no text; write it"),
    "an ask that is a mapping": (
        "- may I sing?", "- sing: may I?", "- sing: may I?", "an item of 'asks' is no text; put"),
    "an empty ask": ("- may I sing?", "- ", "  - \n", "an item of 'asks' is empty; leave it out"),
    "an ask that stands twice": (
        "- may I sing?",
        "- may I sing?\n  - May I sing?",
        "- May I sing?",
        "'May I sing?' stands twice in 'asks'; keep one",
    ),
    "starts that are no list": ("starts: [sing this]", "starts: sing this", "starts:", "'starts' is no list;"),
    "a sign that is none": (
        "shows: [by company, nothing]",
        "shows: [by nobody, nothing]",
        "shows:",
        "'by nobody' in 'shows' is no sign of a post",
    ),
    "a name of a step that makes no id": (
        "      - label: In the hall\n        to: loud",
        "      - label: In the hall\n        to: Is_it",
        "  Is_it:",
        "the name 'Is_it' is not lower-case words joined by hyphens",
    ),
}  # fmt: skip


class TestRefusals:
    @pytest.mark.parametrize("what", REFUSED)
    def test_is_told_with_its_line(self, tmp_path: Path, what: str) -> None:
        old, new, place, fault = REFUSED[what]
        assert old in FLOW
        source = FLOW.replace(old, new, 1)
        if what.startswith("a name of a step"):
            source = source.replace("then: loud", "then: Is_it").replace("\n  loud:", "\n  Is_it:")

        line, told = only_fault(tmp_path, source)

        assert line == line_of(place, source)
        assert told.startswith(fault)

    def test_fewer_than_two_options_are_told(self, tmp_path: Path) -> None:
        source = FLOW.replace('      - label: "No"\n        to: invite\n', "").replace(
            "else: no-singing", "else: invite"
        )

        assert only_fault(tmp_path, source) == (line_of('options:\n      - label: "Yes"', source), _TWO.format("loud"))

    def test_a_step_without_options_is_told_and_no_more_is_made_of_it(self, tmp_path: Path) -> None:
        source = FLOW[: FLOW.index('    options:\n      - label: "Yes"')] + FLOW[FLOW.index("outcomes:") :]

        assert only_fault(tmp_path, source) == (line_of("  loud:\n"), _TWO.format("loud"))

    def test_an_option_that_is_a_mere_word_is_told(self, tmp_path: Path) -> None:
        source = FLOW.replace('      - label: "No"\n        to: invite', "      - perhaps")

        assert only_fault(tmp_path, source) == (
            line_of("- perhaps", source),
            "an option has a 'label:' and a 'to:'; write both",
        )

    def test_an_option_that_leads_nowhere_is_told(self, tmp_path: Path) -> None:
        source = FLOW.replace('      - label: "No"\n        to: invite', '      - label: "No"')

        line, told = only_fault(tmp_path, source)
        assert line == line_of('label: "No"', source)
        assert told.startswith("'to' is missing; write it")

    def test_a_step_that_is_empty_is_told(self, tmp_path: Path) -> None:
        source = FLOW.replace("outcomes:\n", "  hum:\noutcomes:\n").replace("then: loud", "then: hum")

        assert only_fault(tmp_path, source) == (
            line_of("  hum:", source),
            "'hum' is empty or a mere word; say below it what it has",
        )

    @pytest.mark.parametrize("left", ["steps", "outcomes"])
    def test_a_flow_without_steps_or_outcomes_is_told(self, tmp_path: Path, left: str) -> None:
        start = FLOW.index(f"{left}:")
        end = FLOW.index("outcomes:") if left == "steps" else len(FLOW)

        told = told_of(tmp_path, FLOW[:start] + FLOW[end:])

        assert (1, f"has no {left}; below '{left}:' stand their names, and what each has") in told

    def test_a_no_or_a_yes_on_a_clause_that_nobody_has_settled_is_told(self, tmp_path: Path) -> None:
        unsure = {name: replace(clause, unsure="does it bind?") for name, clause in CLAUSES.items()}

        assert [line for line, _ in told_of(tmp_path, FLOW, unsure)] == [
            line_of("verdict: no"),
            line_of("verdict: yes"),
        ]

    def test_a_policy_that_is_not_held_is_told_for_each_clause(self, tmp_path: Path) -> None:
        told = told_of(tmp_path, FLOW, {})

        places = ["settles", "[larks/concerts/photographs]\n  inv", "[larks/rehearsals/inv", "[larks/rehearsals/inv"]
        assert [line for line, _ in told] == [line_of(place) for place in places]

    def test_every_fault_of_a_file_is_told_in_the_order_of_its_lines(self, tmp_path: Path) -> None:
        source = (
            FLOW.replace("title: Sing", "tilte: Sing")
            .replace("to: loud", "to: laud")
            .replace("verdict: no", "verdict: never")
            .replace("office: yes", "office: 1")
        )
        lines = [line for line, _ in told_of(tmp_path, source)]

        assert lines == sorted(lines)
        assert {1, line_of("to: laud", source), line_of("never", source), line_of("office: 1", source)} <= set(lines)

    def test_a_long_text_is_told_in_short(self, tmp_path: Path) -> None:
        _, told = only_fault(tmp_path, FLOW.replace("verdict: no", f"verdict: {'never' * 1000}"))

        assert len(told) < 200
