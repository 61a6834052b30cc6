"""The command `verse gaps`: what people asked that the policy leaves open."""

from typing import Any

from adapters.bootstrap import Parts, put_together
from adapters.console.app import as_line
from adapters.console.render import visible
from adapters.console.terminal import progress_shown, write
from adapters.options import AsJson, Society, see_that_it_is_held
from adapters.settings import from_environment
from bot import wording_of_gaps as wording
from bot.gaps import Gap, OpenQuestion, grouped, open_questions
from bot.ports import Work
from bot.wording_of_cards import age
from bot.wording_of_queries import shown

_LATEST = 2_000  # exchanges of a society that are looked at


def gaps(society: Society = None, as_json: AsJson = False) -> None:
    """List the questions that ended unanswered or were sent to the office, alike ones together."""
    from adapters.opening import one_work  # SQLAlchemy: no other command should wait for it

    settings = from_environment()
    named = society or settings.society
    parts = put_together(settings, progress_shown)
    if named:
        see_that_it_is_held(parts, named)
    with one_work(settings) as work:  # a short one: in SQLite nobody else can write meanwhile
        open_ones = {one: _open(one, parts, work) for one in ([named] if named else parts.library.societies)}
        now = work.now
    found = {one: grouped(some, one, parts.library, parts.offices.of(one)) for one, some in open_ones.items()}
    if as_json:
        write(as_line({"gaps": [_as_json(one, gap) for one, some in found.items() for gap in some]}))
        return
    for one, some in found.items():
        office = parts.offices.of(one)
        write(visible(wording.gaps_heading(office, some) if some else f"{one}: {wording.NO_GAPS}"))
        for gap in some:
            queries = [wording.came_of_it([shown(ticket) for ticket in gap.tickets])] if gap.tickets else []
            lines = [*wording.gap_lines(gap, age(gap.latest, now)), *queries]
            write(visible("\n  ".join([f"\n{' '.join(gap.question.split())}", *lines])))


def _open(society: str, parts: Parts, work: Work) -> list[OpenQuestion]:
    return open_questions(society, work, parts.precedents, _LATEST)


def _as_json(society: str, gap: Gap) -> dict[str, Any]:
    return {
        "society": society,
        "question": gap.question,
        "count": gap.count,
        "askers": gap.askers,
        "endings": dict(gap.endings),
        "nearest": {"clause": gap.clause, "section": gap.section} if gap.clause else None,
        "latest": gap.latest.isoformat(timespec="seconds"),
        "queries": list(gap.tickets),
    }
