"""One flow's file, from text to a flow: its form here, and what its parts come to together."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.clauses import Clause, Force, Verdict
from knowledge.flows import graph
from knowledge.flows.flow import NOT_SURE, Branch, Flow, Option, Outcome, Step
from knowledge.flows.predicates import READS, ROUTES
from knowledge.policy_markdown import Fault
from knowledge.posts.yaml_lines import Keyed, Listed, Text, read

NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_LABEL = 75  # characters; a button of the narrowest platform holds no more
_VERDICTS = (Verdict.YES, Verdict.NO, Verdict.DEPENDS, Verdict.INFO)


@dataclass(frozen=True, slots=True)
class _Edge:
    step: str
    to: Text


class FlowReader:
    """Reads one flow, and keeps everything that is wrong with it in `faults`."""

    def __init__(self, file: Path, society: str, clauses: Mapping[str, Clause], signs: Collection[str]) -> None:
        self.faults: list[Fault] = []
        self._file, self._society, self._clauses, self._signs = file, society, clauses, signs
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
        flow = Flow(
            id=name,
            title=self._label(root, "title", root.line),
            asks=self._texts(root, "asks"),
            starts=self._texts(root, "starts"),
            settles=self._named_clauses(root, "settles"),
            steps=tuple(self._step(name, entry, steps.lines[name]) for name, entry in _mappings(steps)),
            outcomes=tuple(self._outcome(name, entry, outcomes.lines[name]) for name, entry in _mappings(outcomes)),
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
                self._fault(item.line, f"the label '{_short(option.label)}' stands on line {labels[key]} already")
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
                what = (
                    f"'{_short(sign)}' in 'shows' is no sign of a post: no file of signals/, nor 'by company' or such"
                )
                self._fault(entry.lines["shows"], what)
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
            what = f"the verdict '{_short(word)}' is unknown here; it is one of {', '.join(_VERDICTS)}"
            self._fault(entry.lines["verdict"], what)
        office = self._text(entry, "office", line) if "office" in entry.values else "no"
        if office not in ("yes", "no", ""):
            self._fault(entry.lines["office"], f"'office' is yes or no, not '{_short(office)}'")
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

    def _named_clauses(self, entry: Keyed, key: str) -> tuple[str, ...]:
        names = self._texts(entry, key)
        for name in names:
            if not name.startswith(f"{self._society}/"):
                what = f"'{_short(name)}' is no clause of {self._society}, whose flow this is; name one of its own"
            elif name not in self._clauses:
                what = f"'{_short(name)}' is no clause of the policies in force; `verse policies list` names these"
            else:
                continue
            self._fault(self._line_of(entry, key, name), what)
        return names

    def _check_ways(self, steps: Keyed, outcomes: Keyed) -> None:
        """What the options lead to: nothing astray, nothing left over, no circle."""
        for name in outcomes.values:
            if name in steps.values:
                what = f"'{name}' is a step on line {steps.lines[name]} already; give the outcome another name"
                self._fault(outcomes.lines[name], what)
        for edge in self._edges:
            if edge.to.words not in steps.values and edge.to.words not in outcomes.values:
                self._fault(edge.to.line, f"'{_short(edge.to.words)}' is neither a step nor an outcome; mend the name")
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

    def _entries(self, root: Keyed, key: str) -> Keyed:
        """Steps or outcomes, by name."""
        given = root.values.get(key)
        if not isinstance(given, Keyed) or not given.values:
            line = root.lines.get(key, 1)
            self._fault(line, f"has no {key}; below '{key}:' stand their names, and what each has")
            return Keyed({}, {}, line)
        for name, entry in given.values.items():
            if not re.fullmatch(NAME, name):
                self._fault(given.lines[name], f"the name '{_short(name)}' is not lower-case words joined by hyphens")
            if not isinstance(entry, Keyed):
                self._led = False
                self._fault(given.lines[name], f"'{_short(name)}' is empty or a mere word; say below it what it has")
        return given

    def _text(self, entry: Keyed, key: str, line: int) -> str:
        """A text that must be there; "" where it is not."""
        given = entry.values.get(key)
        if isinstance(given, Text) and given.words:
            return given.words
        what = "is missing" if given is None else "is empty" if isinstance(given, Text) else "is no text"
        self._fault(entry.lines.get(key, line), f"'{key}' {what}; write it as a text, in quotes if it holds a colon")
        return ""

    def _label(self, entry: Keyed, key: str, line: int) -> str:
        words = self._text(entry, key, line)
        if len(words) > LONGEST_LABEL:
            what = f"'{key}' has {len(words)} characters; a button holds {LONGEST_LABEL}: shorten it"
            self._fault(entry.lines[key], what)
        return words

    def _texts(self, entry: Keyed, key: str) -> tuple[str, ...]:
        """A list of texts, which need not be there."""
        given = entry.values.get(key)
        if given is None:
            return ()
        if not isinstance(given, Listed):
            self._fault(entry.lines[key], f"'{key}' is no list; write it as [one, another], or with a dash for each")
            return ()
        found: dict[str, str] = {}
        for item in given.items:
            if not isinstance(item, Text) or not item.words:
                what = "is empty; leave it out" if isinstance(item, Text) else "is no text; put it in quotes"
                self._fault(item.line, f"an item of '{key}' {what}")
            elif item.words.casefold() in found:
                self._fault(item.line, f"'{_short(item.words)}' stands twice in '{key}'; keep one")
            else:
                found[item.words.casefold()] = item.words
        return tuple(found.values())

    def _predicate(self, name: str, known: Mapping[str, object], line: int) -> None:
        if name not in known:
            self._fault(line, f"the predicate '{_short(name)}' is unknown; known are {', '.join(sorted(known))}")

    def _line_of(self, entry: Keyed, key: str, words: str) -> int:
        items = value.items if isinstance(value := entry.values[key], Listed) else ()
        return next((item.line for item in items if isinstance(item, Text) and item.words == words), entry.lines[key])

    def _only(self, entry: Keyed, what: str, *keys: str) -> None:
        for key in entry.values:
            if key not in keys:
                self._fault(entry.lines[key], f"the key '{_short(key)}' is unknown in {what}; it has {', '.join(keys)}")

    def _fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(self._file, line, what))


def _mappings(entries: Keyed) -> list[tuple[str, Keyed]]:
    return [(name, entry) for name, entry in entries.values.items() if isinstance(entry, Keyed)]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
