"""The steps of a checklist, in pieces. Pure."""

from collections.abc import Sequence

from adapters.chat.pieces import Piece, context, quoted, said
from adapters.chat.quoting import paragraph
from bot.replies import Lesson
from bot.wording_of_lessons import INVENTED_POST, lines_of


def pieces_of_lesson(reply: Lesson) -> list[Sequence[Piece]]:
    """A step in groups: how far one is, what is said to the last answer, the step, and the invented post."""
    post: list[Piece] = [context(INVENTED_POST), quoted(reply.post)] if reply.post else []
    return [
        [said(reply.title, bold=True), context(reply.progress)],
        *paragraph(reply.before),
        *paragraph(reply.told),
        post,
        [said("\n".join(lines_of(reply.said)))],
    ]
