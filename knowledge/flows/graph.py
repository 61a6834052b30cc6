"""What leads where in a flow: what can be reached, where it runs in a circle, and how many ways lead through it."""

from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter

from knowledge.flows.flow import Flow

Edges = Mapping[str, Sequence[str]]  # by step, where its options lead, in order


def reached(first: str, edges: Edges) -> set[str]:
    """All that some responses lead to from `first`, itself among them."""
    found, waiting = {first}, [first]
    while waiting:
        new = [name for name in edges.get(waiting.pop(), ()) if name not in found]
        found.update(new)
        waiting += new
    return found


def backward(edges: Edges) -> list[tuple[str, int]]:
    """The edges that close a circle, each as a step and the number of its edge; without them every path ends."""
    closing: list[tuple[str, int]] = []
    done: set[str] = set()
    for first in edges:
        if first in done:
            continue
        on_the_way = {first: enumerate(edges[first])}  # in order, each with what is still to be tried of it
        while on_the_way:
            name = next(reversed(on_the_way))
            number, to = next(on_the_way[name], (-1, ""))
            if number < 0:
                done.add(name)
                del on_the_way[name]
            elif to in on_the_way:
                closing.append((name, number))
            elif to in edges and to not in done:
                on_the_way[to] = enumerate(edges[to])
    return closing


def paths(flow: Flow) -> int:
    """In how many ways a flow that the loader let through can be answered up to an outcome."""
    edges = {step.id: [name for option in step.options for name in option.targets] for step in flow.steps}
    ways: dict[str, int] = {}
    for name in TopologicalSorter(edges).static_order():  # what is led to comes before what leads there
        ways[name] = sum(ways[to] for to in edges[name]) if name in edges else 1
    return ways[flow.steps[0].id]
