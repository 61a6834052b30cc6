"""How the steps of a checklist are put into words, whatever they are about."""

import re

from bot import wording
from bot.replies import Lesson, Paragraph, Said
from bot.wording_of_flows import answered

INVENTED_POST = "An invented post:"
SO_FAR = "So far:"
_HOW_FAR = re.compile(r"(?P<at>\d{1,4}) of (?P<of>\d{1,4})")


def how_far(progress: str, length: int) -> tuple[int, int] | None:
    """How much of a bar of this length is behind somebody who is at "Step 3 of 18", and how much is before them; None
    where the words do not say it. It is full only once the last step is done."""
    found = _HOW_FAR.search(progress)
    if found is None or not 0 < int(found["at"]) <= int(found["of"]):
        return None
    done = length * (int(found["at"]) - 1) // int(found["of"])
    return done, length - done


def headed(reply: Lesson) -> str:
    """What a lesson is for and how far one is, in one line."""
    return " · ".join(filter(None, [reply.title, reply.progress]))


def lines_of(said: tuple[Said, ...]) -> list[str]:
    """What was answered about a post, a line each; nothing where nothing was."""
    return [SO_FAR, *(f"• {answered(one)}" for one in said)] if said else []


def lesson_in_one_text(reply: Lesson) -> str:
    """A step as text, for where nothing but text can be shown."""
    post = f"{INVENTED_POST}\n{reply.post}" if reply.post else ""
    told = wording.in_one_text([Paragraph(reply.told.opening, reply.told.citations, "")])
    texts = [wording.in_one_text([reply.before]), headed(reply), told, post, "\n".join(lines_of(reply.said))]
    return "\n\n".join(filter(None, [*texts, reply.told.remarks]))
