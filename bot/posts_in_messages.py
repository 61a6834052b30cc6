"""Posts in what people write: one that came along with a question, and one that was pasted by itself."""

import re

from knowledge.posts.attached import Attached, attached
from knowledge.questions import Mood, plain, read

_MARKS_OF_POSTS = re.compile(r"(?:^|\s)[@#]\w|https?://|\n[^\S\n]*\S|\A[“\"«].{12,}[”\"»]\Z", re.DOTALL)
_SHORTEST_POST = 7  # words
_OF_SHARING = re.compile(r"\b(?:re-?tweet\w*|rt|shar(?:e[ds]?|ing)|re-?(?:post|shar)\w*)\b", re.IGNORECASE)


def with_post(text: str) -> Attached | None:
    """What a message asks and the post that it asks about; None where it holds none."""
    came = attached(text)
    if came is None:
        return None
    leads_to_a_question = not _asks(came.ask) and _asks(came.post) and text.rstrip().endswith(came.post)
    return None if leads_to_a_question else came  # "I read the policy: can I ...?"


def without_post(text: str) -> str:
    """What a message asks, without the words of a post that came along with it."""
    came = with_post(text)
    return came.ask if came else text


def is_like_a_post(text: str) -> bool:
    """Whether a message is a post that was pasted, and neither a short answer nor a question of its own."""
    return is_marked_as_post(text) or (len(text.split()) >= _SHORTEST_POST and not _asks(text))


def is_marked_as_post(text: str) -> bool:
    """Whether a message holds what posts hold and questions do not: a handle, a tag, a link, lines, or quotation marks
    around the whole of it."""
    return _MARKS_OF_POSTS.search(text.strip()) is not None


def speaks_of_sharing(text: str) -> bool:
    return _OF_SHARING.search(text) is not None


def _asks(text: str) -> bool:
    return read(plain(text)).mood is not Mood.STATEMENT
