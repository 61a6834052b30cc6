"""A message as plain text alone, for when its form is not taken: whole, in pieces. Pure."""

import re

from adapters.slack.outgoing import Post

_LONGEST = 3_500  # characters of a piece; an update takes 4,000
_CUT_ENTITY = re.compile(r"&[a-z]{0,3}$")


def in_plain(post: Post) -> tuple[Post, ...]:
    """Its text in as many posts as it takes, cut at a line or a word where there is one. It is escaped already."""
    left, pieces = post.text.strip(), list[Post]()
    while len(left) > _LONGEST:
        cut = _cut(left)
        pieces.append(Post(left[:cut].rstrip()))
        left = left[cut:].lstrip()
    return (*pieces, Post(left or "…"))


def _cut(text: str) -> int:
    """Where to cut: at the last break in the second half of what fits, the strongest kind first."""
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, _LONGEST // 2, _LONGEST)
        if found > 0:
            return found + len(mark)
    entity = _CUT_ENTITY.search(text[:_LONGEST])
    return entity.start() if entity else _LONGEST
