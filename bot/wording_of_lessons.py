"""How the steps of a checklist are put into words, whatever they are about."""

from bot import wording
from bot.replies import Lesson, Said
from bot.wording_of_flows import answered

INVENTED_POST = "An invented post:"
SO_FAR = "What you answered about it so far:"


def headed(reply: Lesson) -> str:
    """What a lesson is for, and how far one is, in one line."""
    return " · ".join(filter(None, [reply.title, reply.progress]))


def lines_of(said: tuple[Said, ...]) -> list[str]:
    """What was answered about a post, a line each; nothing where nothing was."""
    return [SO_FAR, *(f"- {answered(one)}" for one in said)] if said else []


def lesson_in_one_text(reply: Lesson) -> str:
    """A step as text, for where nothing but text can be shown."""
    post = f"{INVENTED_POST}\n{reply.post}" if reply.post else ""
    told = [wording.in_one_text([one]) for one in (reply.before, reply.told)]
    return "\n\n".join(filter(None, [headed(reply), *told, post, "\n".join(lines_of(reply.said))]))
