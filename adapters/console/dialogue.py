"""A dialogue in the terminal that settles what an import left open, one thing at a time."""

import re
from collections.abc import Callable
from typing import TextIO

from adapters.console import render
from adapters.imports import Kept
from knowledge.clauses import Force
from knowledge.official import OPEN, Settled, Settlement

Save = Callable[[Settlement], None]


def settle(kept: Kept, source: TextIO, out: TextIO, save: Save) -> None:
    """Asks about each doubtful clause and each name, and saves after every answer; the end of the source ends it."""
    settlement = kept.settlement.model_copy(deep=True)
    clauses = {clause.id: clause for clause in kept.policy.clauses}
    open_clauses = [name for name in kept.doubtful if name in clauses]
    open_names = [name for name, what in settlement.names.items() if what == OPEN]
    if not open_clauses and not open_names:
        _say(out, "Nothing is open.")
        return
    many = f"Open: doubtful clauses {len(open_clauses)}, names {len(open_names)}."
    _say(out, f"{many} “quit” ends this; what is settled is kept.")
    for name in open_clauses:
        offered = settlement.clauses[name].maybe
        _say(out, f"\n{name}: {settlement.clauses[name].why}\n  our summary: {clauses[name].text}")
        for number in offered:
            _say(out, f"  {number}: {kept.document.words(number)}")
        if clauses[name].force is Force.GAP:
            _say(out, "This is mended in the policy file: write what the text says as a clause of its own.")
            continue
        used = _passages(kept, source, out)
        if used is None:
            return
        if used != "skip":
            settlement.clauses[name] = Settled(use=used)
            save(settlement)
    for name in open_names:
        _say(out, f"\nIs “{name}” the name of a person? It is shown as [name] until you say no.")
        said = _line(source, out, "yes, no, skip or quit", lambda said: said in ("yes", "y", "no", "n", "skip", "quit"))
        if said in (None, "quit"):
            return
        if said != "skip":
            settlement.names[name] = "hide" if said in ("yes", "y") else "show"
            save(settlement)
    _say(out, "\nThat is all. The next answer goes by it.")


def _passages(kept: Kept, source: TextIO, out: TextIO) -> list[int] | str | None:
    """The numbers that somebody types: none of them, "skip" for later, or None to end."""

    def fits(said: str) -> bool:
        numbers = _numbers(said)
        return said in ("none", "skip", "quit") or (bool(numbers) and numbers <= set(kept.document.passages))

    said = _line(source, out, "The numbers of its passages, none, skip or quit", fits)
    if said is None or said == "quit":
        return None
    if said == "skip":
        return said
    return [] if said == "none" else sorted(_numbers(said))


def _numbers(said: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d{1,9}", said)} if re.fullmatch(r"\d[\d\s,]*", said) else set()


def _line(source: TextIO, out: TextIO, asked: str, fits: Callable[[str], bool]) -> str | None:
    """What somebody types, asked for again until it can be used; None at the end of the source."""
    while True:
        print(f"{asked}: ", end="", file=out, flush=True)
        line = source.readline()
        if not line:
            print(file=out)
            return None
        said = line.strip().casefold()
        if fits(said):
            return said
        _say(out, "That is none of these.")


def _say(out: TextIO, text: str) -> None:
    print(render.visible(text), file=out)
