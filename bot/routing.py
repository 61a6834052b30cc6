"""Which way a message goes. Decides and does nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.ports import Turn
from knowledge.clauses import ROLES, Party
from knowledge.flows.flow import NOT_SURE
from knowledge.questions import plain, spelt_out


class Way(StrEnum):
    """What a message is, seen beside the turn before."""

    QUESTION = "question"
    OPTION = "option"  # takes an option that was offered
    ADDITION = "addition"  # "and on LinkedIn?"
    WHY = "why"
    SOURCE = "source"  # "who says?"
    ROLE = "role"  # "I am a trainee"
    SOCIETY = "society"
    HELP = "help"
    NO_OPTION = "no_option"  # a number that none of the options has
    FLOWS = "flows"  # what somebody can be guided through
    CHANGE = "change"  # an earlier answer in a flow
    BACK = "back"  # to the step before
    AGAIN = "again"  # from the first step
    STOP = "stop"  # leaves a flow
    GO_ON = "go_on"  # takes a flow up again


@dataclass(frozen=True, slots=True)
class Route:
    """The way, and what the message names: an option, a question, a role or a society."""

    way: Way
    text: str = ""
    role: Party | None = None


_WHY = re.compile(r"(?:but |and )?(?:why|how come|why not|why is that|for what reason|on what grounds)\W*")
_SOURCE = re.compile(
    r"(?:(?:but |and )?(?:who|where does it|where is that|what) says?(?: so| that| this)?|says who|source"
    r"|which clause(?: is that)?|where (?:does it say (?:so|that)|is that written|is that from)"
    r"|according to (?:who|whom|what))\W*"
)
_ADDITION = re.compile(r"(?:and|but|or|what about|how about|what if|and what if|and if|even if|also)\b")
_WHAT_ABOUT = re.compile(r"(?:and |but )?(?:what|how) about ", re.IGNORECASE)
_HELP = re.compile(r"(?:help|what can (?:you|i) (?:do|ask)(?: you)?|how does this work|commands?)\W*")
_FLOWS = re.compile(r"(?:(?:list |show )?(?:the |your )?(?:flows?|guides?)|what can you guide me through)\W*")
_WITHIN_FLOW = {
    Way.CHANGE: re.compile(r"change(?: (?:an?|my|that|the|one|it)(?: answers?)?)?\W*"),
    Way.BACK: re.compile(r"(?:(?:go |one |a step )?back|undo|previous)\W*"),
    Way.AGAIN: re.compile(r"(?:(?:start|begin) (?:again|over|anew)|restart)\W*"),
    Way.STOP: re.compile(r"(?:stop|cancel|never ?mind|leave it|forget it)\W*"),
    Way.GO_ON: re.compile(r"(?:go on|continue|carry on|resume|where were we)\W*"),
}
_UNSURE = re.compile(
    r"(?:(?:i )?am |i['’]?m )?(?:really |quite )?(?:not|un) ?(?:so |too |quite |really )?(?:sure|certain)\W*"
    r"|(?:i )?(?:(?:really )?do not(?: really)? know|dunno|can ?not (?:tell|say))\W*"
    r"|(?:no (?:idea|clue)|hard to (?:tell|say)|who knows|pass)\W*"
)
_ROLES = {
    Party.MEMBER: r"(?:ordinary )?member",
    Party.STAFF: r"staff|(?:member of|on the) staff|employee",
    Party.ACCOUNT_ADMIN: r"(?:account |sig )?admin\w*|account_admin",
    Party.GROUP: r"group",
    Party.FELLOW: r"fellow",
    Party.TRAINEE: r"trainee|student",
    Party.ANYONE: r"anyone|outsider|not a member",
}
_ROLE = {
    role: re.compile(rf"(?:i am|i'm|im|as|role:?|we are|ask as)? ?(?:an? |the )?(?:{words})\W*")
    for role, words in _ROLES.items()
}
_SHORTEST_PART = 4  # letters by which an option can be named in part
_LONGEST_ADDITION = 12  # words; a longer one stands on its own


def route(text: str, turn: Turn | None, societies: tuple[str, ...]) -> Route:
    """The way of a message, given what was said last."""
    said = plain(text)
    words = spelt_out(said)
    if turn is not None and turn.options:
        option = _option(said, turn.options)
        if option is not None:
            return Route(Way.OPTION, option)
    if said.isdecimal():
        return Route(Way.NO_OPTION)
    if _FLOWS.fullmatch(words):
        return Route(Way.FLOWS)
    if turn is not None and turn.flow:
        moved = next((way for way, pattern in _WITHIN_FLOW.items() if pattern.fullmatch(words)), None)
        if moved is not None:
            return Route(moved)
        meant = _option_meant(words, turn.options) if turn.guided and not _HELP.fullmatch(words) else None
        if meant is not None:
            return Route(Way.OPTION, meant)
    society = re.fullmatch(r"(?:society:? |i am (?:in|with) |for )?([a-z0-9-]+)\W*", words)
    if society and society[1] in societies:
        return Route(Way.SOCIETY, society[1])
    role = next((role for role in ROLES if _ROLE[role].fullmatch(words)), None)
    if role is not None:
        return Route(Way.ROLE, role=role)
    if _HELP.fullmatch(words):
        return Route(Way.HELP)
    if turn is not None and turn.question:
        if turn.citations and _WHY.fullmatch(words):
            return Route(Way.WHY)
        if turn.citations and _SOURCE.fullmatch(words):
            return Route(Way.SOURCE)
        if (
            _ADDITION.match(words)
            and len(words.split()) <= _LONGEST_ADDITION
            and not re.match(r"or else|also,? (?:can|may|do|is)", words)
        ):
            about = _WHAT_ABOUT.match(said)
            joined = f"and {said[about.end() :]}" if about else f"{said[:1].lower()}{said[1:]}"
            return Route(Way.ADDITION, f"{(turn.base or turn.question).rstrip('?!. ')}, {joined}")
    return Route(Way.QUESTION, said)


def _option(said: str, options: tuple[str, ...]) -> str | None:
    """The option that a number or its own words name."""
    if said.rstrip(".)").isdecimal() and 0 < int(said.rstrip(".)")) <= len(options):
        return options[int(said.rstrip(".)")) - 1]
    named = [option for option in options if said and option.casefold().rstrip(".") == said.casefold().rstrip(".!")]
    if not named and (word := re.fullmatch(r"(y|yes|no|n)\W*", said, re.IGNORECASE)):
        whole = "yes" if word[1][0] in "yY" else "no"
        named = [option for option in options if re.match(rf"{whole}\b", option, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None


def _option_meant(words: str, options: tuple[str, ...]) -> str | None:
    """The one option that some words of its own name, or that says that the asker does not know."""
    if NOT_SURE in options and _UNSURE.fullmatch(words):
        return NOT_SURE
    some = words.rstrip(".! ")
    if len(some) < _SHORTEST_PART or some.endswith("?"):
        return None
    part = re.compile(rf"(?<!\w){re.escape(some)}(?!\w)")
    named = [option for option in options if part.search(spelt_out(plain(option)))]
    return named[0] if len(named) == 1 else None
