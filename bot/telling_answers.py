"""What the library found, as a reply."""

from bot import wording
from bot.replies import Answered, NotAnswered
from knowledge.answers import Answer, Unanswered


def told_of(result: Answer | Unanswered, text: str, conversation: str) -> Answered | NotAnswered:
    """The reply with an answer, or with the reason why there is none; `text` is the question as it was put."""
    if isinstance(result, Answer):
        told = wording.paragraphs(result, wording.platform_unnamed(result, text))
        return Answered(conversation, told, wording.next_step(result), wording.follow_up(result), result)
    return NotAnswered(conversation, wording.not_answered(result), result.reason, result)
