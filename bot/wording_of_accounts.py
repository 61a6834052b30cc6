"""What members are told of accounts: whose they are, and never who the people behind them are."""

from collections.abc import Sequence

from bot.office import Office
from bot.wording_of_cards import listed
from bot.wording_of_messages import PASS_ON

_GROUPS = frozenset(
    ("sig", "group", "team", "committee", "network", "board", "panel", "council", "branch", "section", "office")
)  # last words of what is called "the" something


# The register, to members


def members_heading(organisation: str) -> str:
    return f"{organisation}: the accounts on the register"


def members_register(office: Office) -> str:
    return (
        "These are the accounts, and whose each is. I do not give out who runs them. "
        f"{_start(office.name)} keeps the register."
    )


def none_listed(office: Office) -> str:
    return f"No account is on the register that I hold. {_start(office.name)} can tell you."


def members_entry(handle: str, platform: str, group: str, used: bool) -> str:
    there = f" on {platform}" if platform else ""
    told = (
        f"{handle}{there} is the account of {group_named(group)}." if group else f"{handle} is on the register{there}."
    )
    return told if used else f"{told} It stands there as no longer used."


def not_on_register(handle: str) -> str:
    """`handle` is as somebody typed it."""
    return f"I find no account called {handle} on the register."


def not_used(handle: str) -> str:
    return f"{handle} stands on the register as no longer used."


def called_now(handle: str, before: Sequence[str]) -> str:
    return f"{handle} was called {listed(before)} before."


def group_named(group: str) -> str:
    """A group as it stands in a sentence: "the Bell Ringing SIG", but "Loupe magazine"."""
    if group.casefold().startswith("the "):
        return f"the {group[4:]}"
    return f"the {group}" if group.rpartition(" ")[2].casefold() in _GROUPS else group


NO_NAMES = "I do not give out who runs it."


# Who runs an account


def runs(handles_and_groups: Sequence[tuple[str, str]]) -> str:
    """Whose accounts these are; what runs them is a group, never a person."""
    told = [f"{handle} is the account of {group_named(group)}" for handle, group in handles_and_groups]
    return f"{listed(told)}."


def not_in_policy(handles: Sequence[str], office: Office) -> str:
    """That accounts are on the register and not in the policy's own list."""
    stand = "stands" if len(handles) == 1 else "stand"
    return f"{listed(handles)} {stand} on the register that {office.name} keeps; what is quoted here does not list it."


def no_clause(office: Office) -> str:
    return f"That is from the register that {office.name} keeps."


def no_names(can_pass_on: bool) -> str:
    told = "I do not give out who the people are that run it, nor how to reach them."
    return f"{told} I can pass a message on to them." if can_pass_on else told


def pass_on_to(handle: str) -> str:
    return f"{PASS_ON} to {handle}"


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
