"""A flow as a picture: the text of a Mermaid flowchart, which no word in the flow can break."""

import re

from knowledge.flows.flow import NOT_SURE, Branch, Flow, Outcome

_PLAIN = " ,.?/'’-"  # beside letters and digits; everything else is written as an entity
_QUIET = "stroke:#bbb,stroke-dasharray:3"


def mermaid(flow: Flow) -> str:
    """A flowchart: steps as questions, options on the arrows, and the outcomes with their verdicts.

    A predicate is a rhombus between an option and the two places where it can lead. "Not sure" leads from each step
    to the office in grey.
    """
    nodes = {step.id: f"s{number}" for number, step in enumerate(flow.steps, 1)}
    nodes |= {outcome.id: f"o{number}" for number, outcome in enumerate(flow.outcomes, 1)}
    boxes = [f'{nodes[step.id]}["{_escaped(step.ask)}"]' for step in flow.steps]
    boxes += [f'{nodes[outcome.id]}("{_told(outcome)}")' for outcome in flow.outcomes]
    arrows: list[str] = []
    quiet: list[int] = []
    for step in flow.steps:
        node = nodes[step.id]
        for number, option in enumerate(step.options, 1):
            if isinstance(option.to, Branch):
                fork = f"{node}b{number}"
                boxes.append(f'{fork}{{"{_escaped(option.to.predicate)}"}}')
                arrows.append(f'{node} -->|"{_escaped(option.label)}"| {fork}')
                arrows.append(f'{fork} -->|"if so"| {nodes[option.to.then]}')
                arrows.append(f'{fork} -->|"if not"| {nodes[option.to.otherwise]}')
            else:
                arrows.append(f'{node} -->|"{_escaped(option.label)}"| {nodes[option.to]}')
        quiet.append(len(arrows))
        arrows.append(f'{node} -.->|"{NOT_SURE}"| office')
    arrows += [f"{nodes[outcome.id]} --> office" for outcome in flow.outcomes if outcome.to_office]
    lines = [
        *boxes,
        'office(("the office"))',
        *arrows,
        f"linkStyle {','.join(map(str, quiet))} {_QUIET}",
    ]
    return "\n".join(["flowchart TD", f"    %% {flow.id} - {_escaped(flow.title)}", *(f"    {line}" for line in lines)])


def _told(outcome: Outcome) -> str:
    """An outcome in a box: its verdict, its words, and the clauses that it rests on."""
    return "<br>".join(_escaped(part) for part in (outcome.verdict.upper(), outcome.words, *outcome.clauses))


def _escaped(text: str) -> str:
    """Words that stand in quotes in a flowchart as they are, whatever they hold."""
    one_line = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    opening = re.match(r"[\d.-]*", one_line)  # Mermaid would make a list of "1. " or "- ", and refuse to draw it
    kept = opening.end() if opening else 0
    escaped = (
        c if c.isalnum() or (c in _PLAIN and (place >= kept or c not in ".-")) else f"#{ord(c)};"
        for place, c in enumerate(one_line)
    )
    return "".join(escaped) or " "  # an empty box cannot be drawn
