"""One flow's file, from text to a flow: its form here, and what its parts come to together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.clauses import Clause, Force, Verdict
from knowledge.flows import graph
from knowledge.flows.entries import EntryReader, mappings, shortened
from knowledge.flows.flow import NOT_SURE, Branch, Flow, Option, Outcome, Step
from knowledge.flows.predicates import READS, ROUTES
from knowledge.posts.yaml_lines import Keyed, Listed, Text, read

_VERDICTS = (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO)


@dataclass(frozen=True, slots=True)
class _Edge:
    step: str
    to: Text


class FlowReader(EntryReader):
    """Reads one flow, and keeps everything that is wrong with it in `faults`."""

    KIND = "flow"

    def __init__(self, file: Path, society: str, clauses: Mapping[str, Clause], signs: Collection[str]) -> None:
        super().__init__(file, society, clauses)
        self._signs = signs
        self._edges: list[_Edge] = []
        self._led = True  # whether it could be read of every option where it leads

    def flow(self, source: str, name: str) -> Flow | None:
        """The flow that a text states, as far as it does; it can be used where there is no fault."""
        root = read(source, self._file, self.faults)
        if not isinstance(root, Keyed):
            if not self.faults:
                self._fault(1, "holds no flow; a flow has a title, steps and outcomes")
            return None
        self._only(root, "a flow", "title", "settles", "starts", "asks", "steps", "outcomes")
        steps = self._entries(root, "steps")
        outcomes = self._entries(root, "outcomes")
        self._led = all(isinstance(entry, Keyed) for entry in (*steps.values.values(), *outcomes.values.values()))
        flow = Flow(
            id=name,
            title=self._label(root, "title", root.line),
            asks=self._texts(root, "asks"),
            starts=self._texts(root, "starts"),
            settles=self._named_clauses(root, "settles"),
            steps=tuple(self._step(name, entry, steps.lines[name]) for name, entry in mappings(steps)),
            outcomes=tuple(self._outcome(name, entry, outcomes.lines[name]) for name, entry in mappings(outcomes)),
        )
        self._check_ways(steps, outcomes)
        return flow if steps.values and outcomes.values else None

    def _step(self, name: str, entry: Keyed, line: int) -> Step:
        self._only(entry, f"the step '{name}'", "ask", "options")
        listed = entry.values.get("options")
        options: list[Option] = []
        labels: dict[str, int] = {}
        for item in listed.items if isinstance(listed, Listed) else ():
            if not isinstance(item, Keyed):
                self._led = False
                self._fault(item.line, "an option has a 'label:' and a 'to:'; write both")
                continue
            option = self._option(name, item)
            options.append(option)
            key = option.label.casefold()
            if key == NOT_SURE.casefold():
                self._fault(item.line, f"'{NOT_SURE}' is added to every step by itself; leave this option out")
            elif key in labels:
                self._fault(item.line, f"the label '{shortened(option.label)}' stands on line {labels[key]} already")
            elif key:
                labels[key] = item.line
        if not isinstance(listed, Listed) or len(listed.items) < 2:
            self._led = self._led and isinstance(listed, Listed)
            self._fault(entry.lines.get("options", line), f"the step '{name}' needs two options or more, as a list")
        return Step(name, self._text(entry, "ask", line), tuple(options))

    def _option(self, step: str, entry: Keyed) -> Option:
        self._only(entry, "an option", "label", "to", "said", "reads", "shows")
        shows = self._texts(entry, "shows")
        for sign in shows:
            if sign not in self._signs:
                what = "is no sign of a post: no file of signals/, nor 'by company' or such"
                self._fault(entry.lines["shows"], f"'{shortened(sign)}' in 'shows' {what}")
        reads = self._text(entry, "reads", entry.line) if "reads" in entry.values else ""
        if reads:
            self._predicate(reads, READS, entry.lines["reads"])
        return Option(
            label=self._label(entry, "label", entry.line),
            to=self._to(step, entry),
            said=self._texts(entry, "said"),
            reads=reads,
            shows=shows,
        )

    def _to(self, step: str, entry: Keyed) -> str | Branch:
        given = entry.values.get("to")
        if not isinstance(given, Keyed):
            return self._target(step, entry, "to", entry.line)
        self._only(given, "'to'", "if", "then", "else")
        predicate = self._text(given, "if", given.line)
        if predicate:
            self._predicate(predicate, ROUTES, given.lines["if"])
        then, otherwise = (self._target(step, given, key, given.line) for key in ("then", "else"))
        return Branch(predicate, then, otherwise)

    def _target(self, step: str, entry: Keyed, key: str, line: int) -> str:
        name = self._text(entry, key, line)
        if name:
            self._edges.append(_Edge(step, Text(name, entry.lines[key])))
        else:
            self._led = False
        return name

    def _outcome(self, name: str, entry: Keyed, line: int) -> Outcome:
        self._only(entry, f"the outcome '{name}'", "verdict", "words", "clauses", "office", "copy")
        clauses = self._named_clauses(entry, "clauses")
        if not clauses:
            self._fault(entry.lines.get("clauses", line), f"the outcome '{name}' rests on no clause; name one or more")
        word = self._text(entry, "verdict", line)
        verdict = next((one for one in _VERDICTS if one == word), Verdict.NOT_COVERED)
        if word and verdict is Verdict.NOT_COVERED:
            what = f"the verdict '{shortened(word)}' is unknown here; it is one of {', '.join(_VERDICTS)}"
            self._fault(entry.lines["verdict"], what)
        office = self._text(entry, "office", line) if "office" in entry.values else "no"
        if office not in ("yes", "no", ""):
            self._fault(entry.lines["office"], f"'office' is yes or no, not '{shortened(office)}'")
        if clauses and all(clause in self._clauses for clause in clauses):
            self._check_ruling(name, verdict, clauses, entry.lines["verdict"] if word else line)
        return Outcome(
            id=name,
            verdict=verdict,
            words=self._text(entry, "words", line),
            clauses=clauses,
            to_office=office == "yes",
            copy=self._text(entry, "copy", line) if "copy" in entry.values else "",
        )

    def _check_ruling(self, name: str, verdict: Verdict, clauses: Collection[str], line: int) -> None:
        """No outcome rules more strongly than its clauses do; one that nobody has settled rules nothing."""
        forces = [Force.GAP if (clause := self._clauses[one]).unsure else clause.force for one in clauses]
        if verdict is Verdict.NO and all(force in (Force.FACT, Force.GAP) for force in forces):
            what = "forbids on nothing but facts, gaps or clauses that nobody has settled; name a clause that forbids"
        elif verdict is Verdict.YES and all(force is Force.GAP or force.forbids for force in forces):
            what = (
                "permits on nothing but clauses that forbid, gaps or clauses that nobody has settled;"
                " name a clause that permits"
            )
        else:
            return
        self._fault(line, f"the outcome '{name}' {what}, or make the verdict 'depends' or 'info'")

    def _check_ways(self, steps: Keyed, outcomes: Keyed) -> None:
        """What the options lead to: nothing astray, nothing left over, no circle."""
        for name in outcomes.values:
            if name in steps.values:
                what = f"'{name}' is a step on line {steps.lines[name]} already; give the outcome another name"
                self._fault(outcomes.lines[name], what)
        for edge in self._edges:
            if edge.to.words not in steps.values and edge.to.words not in outcomes.values:
                self._fault(
                    edge.to.line, f"'{shortened(edge.to.words)}' is neither a step nor an outcome; mend the name"
                )
        by_step = {name: [edge.to for edge in self._edges if edge.step == name] for name in steps.values}
        edges = {name: [to.words for to in led] for name, led in by_step.items()}
        for name, number in graph.backward(edges):
            to = by_step[name][number]
            self._fault(to.line, f"leads back to the step '{to.words}', so that this path does not end")
        if steps.values and self._led:
            found = graph.reached(next(iter(steps.values)), edges)
            for what, named in (("step", steps), ("outcome", outcomes)):
                for name in named.values:
                    if name not in found:
                        self._fault(named.lines[name], f"nothing leads to the {what} '{name}'; lead an option to it")

    def _predicate(self, name: str, known: Mapping[str, object], line: int) -> None:
        if name not in known:
            self._fault(line, f"the predicate '{shortened(name)}' is unknown; known are {', '.join(sorted(known))}")
