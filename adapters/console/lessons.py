"""The steps of a checklist as text for a terminal. Pure."""

from adapters.console.layout import barred, in_lines, quotes
from bot.replies import Lesson, Paragraph
from bot.wording_of_lessons import INVENTED_POST, headed, how_far, lines_of

_LENGTH = 20  # characters of the bar


def lesson(reply: Lesson) -> list[str]:
    """A step in blocks: what is said to the last answer, how far one is, the step with its clauses, the invented post,
    and last what is asked."""
    post = f"{INVENTED_POST}\n{barred(reply.post)}" if reply.post else ""
    return [
        *_told(reply.before),
        in_lines(reply.before.remarks),
        in_lines(f"{headed(reply)}{_bar(reply.progress)}"),
        *_told(reply.told),
        post,
        in_lines("\n".join(lines_of(reply.said))),
        in_lines(reply.told.remarks),
    ]


def _told(one: Paragraph) -> list[str]:
    return [in_lines(one.opening), *quotes(one.citations)]


def _bar(progress: str) -> str:
    far = how_far(progress, _LENGTH)
    return f"  [{'#' * far[0]}{'.' * far[1]}]" if far else ""
