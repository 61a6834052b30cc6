"""What an import leaves to be settled, as the files that keep it: written for people to read and to change."""

from collections.abc import Mapping, Sequence

from knowledge.clauses import Clause
from knowledge.intake.aligning import Aligned, Alignment, State
from knowledge.intake.documents import Document
from knowledge.intake.sentences import Sentences
from knowledge.official import OPEN, Extract, Settled, Settlement, Stored, as_json

_GUIDE = """\
# Which passages of the official text stand behind each clause. Passages are numbered in the order of the text; the
# words of each stand beside it, after "#".
#
# To settle what is open, write after "use:" the numbers of the right passages ([12, 13]), or [] where the text holds
# none. What is "?" is not used: the clause is then cited in our summary. `verse policies settle {policy}` asks about
# each in turn and does the same.
#
# Names of people are shown as [name] where they are to "hide", and while they are "?"; "show" is for what is no name.
"""


def stored(document: Document, read: Sentences) -> Stored:
    """The document as it is kept."""
    passages = {one.number: Extract(one.start, one.end, " / ".join(one.section), one.page) for one in read.kept}
    return Stored(document.text, passages)


def settlement(alignment: Alignment, names: Sequence[str]) -> Settlement:
    """What the alignment found, with what is doubtful left open."""
    return Settlement(
        clauses={one.clause: _settled(one) for one in alignment.clauses}, names=dict.fromkeys(names, OPEN)
    )


def drafted(text: str, extracts: Mapping[str, tuple[Extract, ...]], names: Sequence[str]) -> tuple[Stored, Settlement]:
    """The same for a policy whose clauses were made of these stretches of a text."""
    places = sorted({one for some in extracts.values() for one in some}, key=lambda one: (one.start, one.end))
    numbers = {one: number for number, one in enumerate(places, 1)}
    clauses = {clause: Settled(use=[numbers[one] for one in some]) for clause, some in extracts.items()}
    settled = Settlement(clauses=clauses, names=dict.fromkeys(names, OPEN))
    return Stored(text, {number: one for one, number in numbers.items()}), settled


def _settled(one: Aligned) -> Settled:
    match one.state:
        case State.ALIGNED:
            return Settled(use=list(one.sentences))
        case State.DOUBTFUL:
            return Settled(use=None, maybe=[*one.sentences, *one.others], why=one.why)
        case State.MISSING:
            return Settled(use=[], maybe=list(one.sentences), why=one.why)


def alignment_yaml(policy: str, clauses: Sequence[Clause], settled: Settlement, document: Stored) -> str:
    """The file in which people settle what is doubtful. Reading it gives `settled` again."""
    lines = [_GUIDE.format(policy=policy), "clauses:"]
    for clause in clauses:
        one = settled.clauses.get(clause.id)
        if one is None:
            continue
        lines += [f"  {clause.id}:", f"    # the clause: {_one_line(clause.text)}"]
        shown = one.maybe if one.use is None else one.use
        lines += [f"    # {number}: {_one_line(document.words(number))}" for number in shown]
        if one.why:
            lines.append(f"    why: {as_json(one.why)}")
        if one.maybe:
            lines.append(f"    maybe: {one.maybe}")
        lines.append(f"    use: {as_json(OPEN if one.use is None else one.use)}")
    behind = {number for one in settled.clauses.values() for number in (*(one.use or ()), *one.maybe)}
    lines += ["", "# Passages that no clause covers:"]
    lines += [
        f"# {number}: {_one_line(document.words(number))}" for number in document.passages if number not in behind
    ]
    lines += ["", "names:" if settled.names else "names: {}"]
    lines += [f"  {as_json(name)}: {as_json(what)}" for name, what in settled.names.items()]
    return "\n".join(lines) + "\n"


def _one_line(words: str) -> str:
    """Words that may stand after a comment mark: nothing in them can end the line."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
