"""Text in blocks, each with what can be pressed below it: for what lists several things. Pure."""

from dataclasses import dataclass

from adapters.console.layout import below, in_lines, wrapped
from bot.replies import Button, Entry, Listed, Overview


@dataclass(frozen=True, slots=True)
class Block:
    """Some text, and what can be pressed below it."""

    text: str
    buttons: tuple[Button, ...] = ()


def listed(reply: Listed) -> list[Block]:
    """The heading, each thing with its own buttons, and what belongs to all of them."""
    last = Block(wrapped(reply.remarks), reply.buttons)
    return [Block(wrapped(reply.heading)), *map(_entry, reply.entries), *([last] if last.text or last.buttons else [])]


def overview(reply: Overview) -> list[Block]:
    """What the bot is for with what can be asked below it, how to take over an account, and what is listed."""
    lists = [block for one in (reply.messages, reply.queries, reply.desk) if one for block in listed(one)]
    return [Block(in_lines(reply.opening), reply.suggestions), _entry(reply.onboarding), *lists]


def _entry(entry: Entry) -> Block:
    return Block(in_lines(entry.heading) + below(entry.lines), entry.buttons)
