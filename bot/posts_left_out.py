"""Words of posts, kept apart from what was asked and from what was said of them, so that a post can stay out. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from bot.exchanges import Exchange, question_of
from bot.posts_in_messages import with_post, without_post
from bot.wording_of_queries import ABOUT_A_POST, LEFT_OUT

_LONG = 12  # characters of a post that are found wherever they stand; fewer only at an end, or as a whole line
_AT_END = r"(?:\A|(?<=[\s:“\"'])){}(?=[”\"']?\s*\Z)"
_FEWEST_WORDS = 2  # that say anything by themselves: "check" does not
_ENDS = 40  # ends of a quote that are tried, since a post may hold quotation marks itself
_LONGEST_QUOTE = 4_000  # characters


def question_apart(exchange: Exchange, posts: Sequence[str] = ()) -> str:
    """The question that an exchange is about without the words of a post that came with it. `posts` are further ones
    that may stand in it."""
    return apart(question_of(exchange), (exchange.post, *posts))


def apart(asked: str, posts: Sequence[str]) -> str:
    """What somebody wrote without a post that came with it; a sentence of the bot's own where it was nothing else."""
    left = asked
    for post in sorted({one.strip() for one in posts if one.strip()}, key=len, reverse=True):
        left = left.replace(post, "") if len(post) >= _LONG else re.sub(_AT_END.format(re.escape(post)), "", left)
    left = without_post(left)
    if left == asked:
        return left
    left = left.strip(" \n:>“”\"'")
    return left if len(left.split()) >= _FEWEST_WORDS else ABOUT_A_POST


def posts_in(exchange: Exchange) -> tuple[str, ...]:
    """The posts and drafts that an exchange holds."""
    came = with_post(exchange.asked)
    return tuple(filter(None, [exchange.post, came.post if came else ""]))


def without_quotes(text: str, posts: Sequence[str], goes: str = "") -> str:
    """What was said, with a mark in the place of all that it quotes of these posts, but for words that `goes` holds."""
    for post in sorted(set(posts), key=len, reverse=True):
        if post.strip() and post.strip() not in goes:
            text = _whole(post.strip()).sub(LEFT_OUT, text)
    held, going = [_folded(post) for post in posts], _folded(goes)
    parts, at = [], 0
    while (start := text.find("“", at)) >= 0:
        end = _end_of_quote(text, start + 1, held)
        quoted = text[start + 1 : end]
        stays = end < 0 or _holds(going, quoted)
        parts.append(text[at : start + 1] if stays else f"{text[at : start + 1]}{LEFT_OUT}")
        at = start + 1 if stays else end
    return "".join([*parts, text[at:]])


def is_shortened(words: str, post: str) -> bool:
    """Whether words are those of a post with some left out: in its order, and nothing added."""
    left = iter(_tokens(post))
    return all(token in left for token in _tokens(words))


def _end_of_quote(text: str, start: int, held: Sequence[str]) -> int:
    """Where a quote of a post ends that begins here, the furthest possible; -1 where none does."""
    ends = [found.start() for found in re.finditer("”", text[start : start + _LONGEST_QUOTE])][:_ENDS]
    of_posts = (start + end for end in reversed(ends) if any(_holds(one, text[start : start + end]) for one in held))
    return next(of_posts, -1)


def _holds(folded: str, words: str) -> bool:
    """Whether a text that is folded holds these words in a row; the last of them may be cut off."""
    wanted = _folded(words.rstrip().removesuffix("…")).rstrip()
    return wanted in folded if wanted else words.strip() in folded and bool(words.strip())


def _folded(text: str) -> str:
    """The words of a text, each with a space before it, however they are written."""
    return "".join(f" {token}" for token in _tokens(text.casefold()))


def _tokens(text: str) -> list[str]:
    """Words and marks, one by one, without characters that cannot be seen."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] != "C" or c in "\n\t")
    return re.findall(r"\w+|[^\w\s]", "".join(seen))


def _whole(post: str) -> re.Pattern[str]:
    """Finds a post as it stands: one of a word or two only where it is a line by itself."""
    words = re.escape(post)
    return re.compile(words if len(post) >= _LONG else rf"^{words}$", re.MULTILINE)
