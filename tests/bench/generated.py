"""A large library of generated policies, the same each time: many clauses of one society, and questions about them."""

import random
from pathlib import Path

SOCIETY = "sample"
_SEED = 7


def _phrases(listed: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in listed.split(",")]


_WHO = _phrases("""
    volunteer, trustee, warden, editor, librarian, archivist, steward, driver, tutor, apprentice, surveyor,
    caretaker, treasurer, secretary, reviewer, instructor, guide, chaplain, technician, photographer, coach,
    gardener, porter, auditor
""")
_FORCES = {"must": "must", "must not": "must_not", "should": "should", "should not": "should_not", "may": "may"}
_DO = _phrases("""
    lend, photograph, publish, translate, insure, repair, catalogue, sell, paint, inspect, borrow, store, move,
    label, donate, weigh, advertise, measure, film, describe, copy, return, lock, clean, ship, rent, test, replace,
    register, destroy, wrap, restore
""")
_WHAT = _phrases("""
    the minute book, a hired van, the winter newsletter, an old telescope, the boiler, a donated painting, the
    visitor list, a spare key, the map collection, a rowing boat, the annual accounts, a stage costume, the piano, a
    guest lecture, the kiln, a seed packet, the climbing wall, a school project, the beehives, a fire blanket, the
    membership form, a borrowed ladder, the projector, a crate of glassware, the footpath signs, a museum label, the
    bell ropes, a bicycle, the first aid box, a recorded interview, the greenhouse, a weather balloon, the allotment
    gate, a choir folder, the kitchen rota, a tent
""")
_WHEN = _phrases("""
    before the annual meeting, after dark, during a public holiday, on the day of a visit, while the hall is let, in
    winter, within a week of a complaint, at a joint event, outside opening hours, during an inspection, in the
    first month, when children are present, on behalf of another branch, in bad weather, after a change of
    committee, on a Sunday
""")
_BUT = _phrases("""
    unless the committee has agreed in writing, with two other people present, and keeps a note of it for three
    years, provided that the insurer has been told, at a cost of no more than fifty pounds, except where the lender
    objects, once the risk form has been signed, and reports it to the chair the next day, if the branch has room
    for it, without asking for a deposit, using the forms in the office, and shows the result to the members
""")


def write_policies(folder: Path, policies: int, clauses: int) -> None:
    """Writes some policy files, each with so many clauses that have a text of some 25 words and no asks."""
    chance = random.Random(_SEED)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, policies + 1):
        body = "\n".join(_clause(chance, f"part-{number}", place) for place in range(1, clauses + 1))
        (folder / f"part-{number}.md").write_text(_front_matter(number) + body, encoding="utf-8")


def questions(count: int) -> list[str]:
    """Different questions about the matters of the clauses."""
    chance = random.Random(_SEED + 1)
    found: dict[str, None] = {}
    while len(found) < count:
        who, do, what, when = (chance.choice(some) for some in (_WHO, _DO, _WHAT, _WHEN))
        found[f"I'm a {who}. Can I {do} {what} {when}?"] = None
    return list(found)


def _front_matter(number: int) -> str:
    lines = (
        f"id: part-{number}",
        f"society: {SOCIETY}",
        "organisation: A sample society",
        f"title: Rules, part {number}",
        "known_as: the sample rules",
        "edition: generated",
        "office: the office",
    )
    return "\n".join(("---", *lines, "---", "", "## Rules", "", ""))


def _clause(chance: random.Random, part: str, place: int) -> str:
    who, do, what, when, but = (chance.choice(some) for some in (_WHO, _DO, _WHAT, _WHEN, _BUT))
    words = chance.choice(list(_FORCES))
    other, elsewhere = chance.choice(_DO), chance.choice(_WHAT)
    text = f"A {who} {words} {do} {what} {when}, {but}. The same holds for whoever has to {other} {elsewhere}."
    return f"### {SOCIETY}/{part}/rule-{place}\n\nforce: {_FORCES[words]}\nbinds: anyone\n\n{text}\n"
