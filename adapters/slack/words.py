"""What somebody wrote in Slack, as a person reads it. Pure."""

import re
from collections.abc import Callable

_MARKED = re.compile(r"<([^<>|][^<>]{0,4000})>")  # what a person types as < is &lt; here
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")
_SOMEBODY, _SOME_CHANNEL, _SOME_GROUP = "@somebody", "#channel", "@group"


def words_of(text: str, us: str, called: Callable[[str], str] = lambda _user: _SOMEBODY) -> str:
    """The words of a message, without the mention of us (a user's id) and with Slack's own marks read. `called` says
    what stands for the mention of somebody else, of whom a message holds no more than the id."""
    ours = rf"<@{re.escape(us)}(?:\|[^<>]*)?>"
    text = re.sub(rf"\A\s*{ours}[,:]?\s*", "", text)
    text = re.sub(rf"[^\S\n]?{ours}", "", text)
    read = _MARKED.sub(lambda found: _shown(found, called), text)
    return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def mentions_us(text: str, us: str) -> bool:
    return us in _MENTIONED.findall(text)


def mentions_somebody_else(text: str, us: str) -> bool:
    return any(user != us for user in _MENTIONED.findall(text))


def _shown(found: re.Match[str], called: Callable[[str], str]) -> str:
    """What stands for a mark of Slack's: a name, a channel, a group, a date or a link."""
    marked, bar, label = found[1].partition("|")
    match marked[:1]:
        case "@":
            return f"@{label}" if label else called(marked[1:])
        case "#":
            return f"#{label}" if label else _SOME_CHANNEL
        case "!":
            return _called(marked[1:], label)
        case _:
            return _link(marked, label) if bar else marked.removeprefix("mailto:").removeprefix("tel:")


def _called(marked: str, label: str) -> str:
    if marked.startswith("subteam^"):
        return label if label.startswith("@") else f"@{label}" if label else _SOME_GROUP
    if marked.startswith("date^"):
        return label or marked
    return f"@{marked}"


def _link(address: str, label: str) -> str:
    """A link as it was typed: Slack makes one of every address; a label that somebody gave stands before it."""
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    typed = {address, bare, *(address.removeprefix(scheme) for scheme in ("http://", "https://"))}
    if not label or label in typed or f"{label}/" in typed:
        return label or bare
    return f"{label} ({bare})"
