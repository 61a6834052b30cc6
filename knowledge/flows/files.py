"""Reads flows from their files, and names file and line of everything that is wrong with one.

A file is FOLDER/SOCIETY/NAME.yaml, and the flow's id SOCIETY/NAME. Every scalar is text (`yes` stays "yes"):

    title: Take a photograph backstage         # also the button by which it can be started
    settles: [larks/concerts/photographs]      # optional: clauses whose "it depends" this makes a decision
    starts: [photograph this]                  # optional: phrases that start it whatever else a message says
    asks: [can I take a photo backstage?]      # optional: ways in which people ask it, recognised by likeness
    steps:                                     # the first is where it begins; "Not sure" is added to each
      account:
        ask: From which account would you post it?
        options:
          - label: My own                      # at most 75 characters
            to: own                            # a step or an outcome
            reads: personal account            # optional: a predicate of `predicates.READS`
          - label: The choir's
            to: {if: employed by the society, then: paid, else: own}    # a predicate of `predicates.ROUTES`
            said: [choir account]              # optional: phrases by which a message shows that this holds
            shows: [picture, by member]        # optional: signs of a post by which it does; `nothing`: of no option
    outcomes:
      own:
        verdict: no                            # yes, no, depends or info
        words: Better not.                     # one to three sentences, no stronger than the clauses
        clauses: [larks/concerts/photographs]  # the first foremost
        office: yes                            # optional: the asker is sent on to the office
        copy: a line to copy                   # optional
      paid:
        verdict: depends
        words: Whoever is paid by the choir is held to like rules. Please ask.
        clauses: [larks/accounts/employees]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.clauses import Clause
from knowledge.flows.entries import misnamed, text_of
from knowledge.flows.flow import Flow
from knowledge.flows.reading import FlowReader
from knowledge.policy_markdown import Fault, PolicyFileError
from knowledge.posts.post import SAID_OF_POSTS
from knowledge.posts.signals import SHIPPED as SIGNALS

SHIPPED = Path(__file__).parent
_LARGEST_FILE = 200_000  # bytes; the longest of ours takes some twenty


@dataclass(frozen=True, slots=True)
class Flows:
    """The flows that can be used, and everything that is wrong with the others."""

    flows: tuple[Flow, ...]
    faults: tuple[Fault, ...]

    def named(self, name: str) -> list[Flow]:
        """Those with this id, or, whatever their society, with this name."""
        return [flow for flow in self.flows if name in (flow.id, flow.id.rsplit("/", 1)[1])]


def load(folders: Sequence[Path], clauses: Mapping[str, Clause]) -> Flows:
    """The flows of some folders, by society and name. A folder that is not there holds none.

    `clauses` are those in force, by id: what names another is faulty.
    """
    files, faults = list[Path](), list[Fault]()
    for folder in folders:
        files += sorted(folder.glob("*/*.yaml"))
        astray = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml"), *folder.glob("*/*.yml")])
        what = "is not read as a flow: a flow is SOCIETY/NAME.yaml in this folder; move or rename it"
        faults += [Fault(file, 1, what) for file in astray]
    read = load_files(files, clauses)
    return replace(read, faults=(*faults, *read.faults))


def load_files(files: Sequence[Path], clauses: Mapping[str, Clause]) -> Flows:
    """The flows in some files, as `load` reads them; the folder of each is the society that it is for."""
    flows: dict[str, Flow] = {}
    owners: dict[tuple[str, str], Path] = {}
    faults: list[Fault] = []
    signs = known_signs()
    for file in files:
        flow, wrong = _read(file, clauses, signs)
        for what, key in () if flow is None else (("flow", flow.id), ("title", f"{flow.society}: {flow.title}")):
            other = owners.setdefault((what, key.casefold()), file)
            if other != file:
                wrong.append(Fault(file, 1, f"the {what} '{key}' is in {other} already; give this one another"))
        if flow is not None and not wrong:
            flows[flow.id] = flow
        faults += wrong
    return Flows(tuple(flows.values()), tuple(faults))


def known_signs() -> frozenset[str]:
    """What `shows` may name: the signals, what is said of a post beside its words, and `nothing`."""
    return frozenset({*(file.stem for file in SIGNALS.glob("*.yaml")), *SAID_OF_POSTS})


def _read(file: Path, clauses: Mapping[str, Clause], signs: frozenset[str]) -> tuple[Flow | None, list[Fault]]:
    try:
        source = text_of(file, _LARGEST_FILE, "a flow is one decision: split it")
    except PolicyFileError as error:
        return None, error.faults
    society, name = file.absolute().parent.name, file.stem
    faults = misnamed(file, {"folder": society, "file": name})
    reader = FlowReader(file, society, clauses, signs)
    flow = reader.flow(source, f"{society}/{name}")
    faults += sorted(reader.faults, key=lambda fault: fault.line)
    return (None if faults else flow), faults
