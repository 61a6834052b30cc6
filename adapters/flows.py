"""The command `verse flows`: which guided decisions stand, whether a file is one, and a picture of each."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from adapters.bootstrap import clauses_in_force, open_flows
from adapters.console import inbound, render
from adapters.console.terminal import write
from adapters.policies import UNUSABLE
from adapters.settings import from_environment
from knowledge.flows import files as flow_files
from knowledge.flows import graph
from knowledge.flows.drawing import mermaid
from knowledge.flows.files import Flows

flows_app = typer.Typer(help="The guided decisions that are held.", no_args_is_help=True, rich_markup_mode=None)


@flows_app.command("list")
def list_flows() -> None:
    """The flows that stand, with their steps and outcomes counted."""
    read = open_flows(from_environment())
    for flow in read.flows:
        size = f"{_count(len(flow.steps), 'step')}, {_count(len(flow.outcomes), 'outcome')}"
        write(render.visible(f"{flow.id:24} {size:22} {flow.title}"))
    if read.faults:
        faulty = len({fault.file for fault in read.faults})
        print(f"verse: left out: {_count(faulty, 'faulty file')}; `verse flows check` says why", file=sys.stderr)


@flows_app.command("check")
def check_flows(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Flow files, SOCIETY/NAME.yaml; without any, all that are held.")
    ] = None,
) -> None:
    """Read flow files over against the policies in force, and name file and line of every fault."""
    settings = from_environment()
    read = flow_files.load_files(files, clauses_in_force(settings)) if files else open_flows(settings)
    for fault in read.faults:
        print(f"verse: {render.visible(str(fault))}", file=sys.stderr)
    for flow in read.flows:
        sizes = (
            _count(len(flow.steps), "step"),
            _count(len(flow.outcomes), "outcome"),
            _count(graph.paths(flow), "path"),
        )
        write(render.visible(f"{flow.id}: no fault in {', '.join(sizes)}"))
    if read.faults:
        raise typer.Exit(UNUSABLE)


@flows_app.command("draw")
def draw_flow(
    flow: Annotated[str, typer.Argument(help="The id of a flow, e.g. ipem/retweet, or its name where that is clear.")],
) -> None:
    """Print a flow as a Mermaid flowchart."""
    read = open_flows(from_environment())
    found = read.named(flow)
    if not found:
        raise inbound.BadInput(_unknown(flow, read))
    if len(found) > 1:
        raise inbound.BadInput(f"'{flow}' is the name of more than one: {', '.join(one.id for one in found)}")
    write(render.visible(mermaid(found[0])))


def _unknown(name: str, read: Flows) -> str:
    if any(name in (fault.file.stem, f"{fault.file.parent.name}/{fault.file.stem}") for fault in read.faults):
        return f"the flow '{name}' is faulty and left out; `verse flows check` says why"
    return f"no flow '{name}' is held; `verse flows list` names them"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
