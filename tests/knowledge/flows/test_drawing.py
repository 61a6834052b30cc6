"""A flow becomes the text of a picture, and nothing that a flow says can break it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import Verdict
from knowledge.flows.drawing import mermaid
from knowledge.flows.flow import Flow, Option, Outcome, Step
from tests.knowledge.flows.test_flow import RECORDING, flow_named

_TEXT = r"""[^"\[\]{}()<>|;:%`#\\]|#\d+;"""  # what may stand in quotes
_LINES = (
    r"flowchart TD",
    rf"    %% [a-z/-]+ - (?:{_TEXT})*",
    rf'    s\d+\["(?:{_TEXT})+"\]',
    rf'    o\d+\("(?:{_TEXT}|<br>)+"\)',
    rf'    s\d+b\d+\{{"(?:{_TEXT})+"\}}',
    r'    office\(\("the office"\)\)',
    rf'    \w+ -->\|"(?:{_TEXT})+"\| \w+',
    r'    s\d+ -\.->\|"Not sure"\| office',
    r"    o\d+ --> office",
    r"    linkStyle [\d,]+ stroke:#bbb,stroke-dasharray:3",
)
NASTY = [
    "end",
    'the "end"; end',
    "a[b](c){d}|e|",
    '%%{init: {"theme": "dark"}}%%',
    "style x:#fff;",
    "#35;#quot;",
    "`**bold**`",
    "-->|x| y",
    "<script>&amp;</script>",
    "---\ntitle: x\n---",
    "\u2028\u202ex\x07\\n",
    "1. one",
    "- one",
    "😀",
]


def _saying(text: str) -> Flow:
    return Flow(
        "larks/nasty",
        title=text,
        asks=(),
        starts=(),
        settles=(),
        steps=(Step("first", text, (Option(text, "done"), Option(f"{text} not", "done"))),),
        outcomes=(Outcome("done", Verdict.NO, text, ("larks/a/b",)),),
    )


def test_steps_options_and_outcomes_are_drawn_as_they_are_connected() -> None:
    lines = [line.strip() for line in mermaid(flow_named("share")).splitlines()]

    assert lines[0] == "flowchart TD"
    assert 's1["Which account would it go out from?"]' in lines
    assert 's1 -->|"My own"| s2' in lines
    assert 's2 -->|"None of these"| o3' in lines
    assert 'o3("YES<br>You may share it and invite a friend.<br>larks/rehearsals/invite")' in lines


def test_not_sure_leads_from_each_step_to_the_office_once_and_in_grey() -> None:
    lines = [line.strip() for line in mermaid(RECORDING).splitlines()]
    arrows = [line for line in lines if re.match(r"\w+ -.*->? ?", line) and "[" not in line]
    unsure = [number for number, line in enumerate(arrows) if "Not sure" in line]

    assert [arrows[number] for number in unsure] == ['s1 -.->|"Not sure"| office', 's2 -.->|"Not sure"| office']
    assert f"linkStyle {','.join(map(str, unsure))} stroke:#bbb,stroke-dasharray:3" in lines


def test_an_outcome_that_sends_on_to_the_office_is_drawn_so() -> None:
    lines = mermaid(RECORDING).splitlines()

    assert [line.strip() for line in lines if line.endswith("--> office")] == ["o2 --> office"]


def test_a_branch_shows_its_predicate_and_both_ways() -> None:
    drawn = mermaid(RECORDING)

    assert 's1b2{"employed by the society"}' in drawn
    assert 's1b2 -->|"if so"| o2' in drawn
    assert 's1b2 -->|"if not"| o1' in drawn


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_out_of_its_quotes(text: str) -> None:
    _check_lines(text)


@given(st.text())
def test_no_text_at_all_does(text: str) -> None:
    _check_lines(text)


def _check_lines(text: str) -> None:
    drawn = mermaid(_saying(text))

    assert [line for line in drawn.splitlines() if not re.fullmatch("|".join(_LINES), line)] == []


def test_text_is_the_same_once_its_entities_are_read() -> None:
    (drawn,) = re.findall(r's1\["(.*)"\]', mermaid(_saying('Is it "fine"; or [not] #1?')))

    assert re.sub(r"#(\d+);", lambda match: chr(int(match[1])), drawn) == 'Is it "fine"; or [not] #1?'


@pytest.mark.parametrize("text", ["1. one", "- one", "12.5 - x"])
def test_no_text_opens_a_list(text: str) -> None:
    (drawn,) = re.findall(r's1\["(.*)"\]', mermaid(_saying(text)))

    assert not re.match(r"-|\d+\.", drawn)


def test_a_flow_without_a_title_worth_printing_is_drawn_all_the_same() -> None:
    assert "larks/recording" in mermaid(replace(RECORDING, title="\u202e"))
