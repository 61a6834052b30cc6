"""The steps of a checklist as text for a terminal. Pure."""

from adapters.console.layout import barred, in_lines, paragraph, wrapped
from bot.replies import Lesson, Paragraph
from bot.wording_of_lessons import INVENTED_POST, headed, lines_of


def lesson(reply: Lesson) -> list[str]:
    """A step in blocks: how far one is, what is said to the last answer, the step, and the invented post."""
    post = f"{INVENTED_POST}\n{barred(reply.post)}" if reply.post else ""
    return [
        wrapped(headed(reply)),
        *_told(reply.before),
        *_told(reply.told),
        post,
        in_lines("\n".join(lines_of(reply.said))),
    ]


def _told(one: Paragraph) -> list[str]:
    return paragraph(one) if one.opening or one.citations or one.remarks else []
