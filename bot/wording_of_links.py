"""What is said about accounts of one person on several platforms, which are linked by a code."""

from collections.abc import Sequence

_PLATFORMS = {"slack": "Slack", "teams": "Teams", "console": "the terminal"}

OFFER = "Link my accounts"
ENTER = "I have a code"
UNLINK = "Unlink"
NEW_CODE = "Give me a new code"
SHOW_ONBOARDING = "My onboarding"

NOT_KNOWN = (
    "I cannot tell who you are here, so I can link nothing. Please write to me from your own account in your society's "
    "chat."
)
NOT_BY_MAIL = "Accounts are never linked by e-mail. Use a chat on each platform."
WHAT_CODE = (
    "Which code? On the other platform, say “link my accounts” to me; I show you a code there. Then say “code”, and "
    "those letters and numbers, here."
)
WRONG = (
    "That is no code that I can use. It may be mistyped, used already, or more than ten minutes old. Say “link my "
    "accounts” on the other platform for a new one."
)
TOO_MANY = "You have typed too many codes within an hour, so I have not tried this one. Please try again in an hour."
OWN_CODE = (
    "That is the code of this very account, and it is used up now. Ask for a new one here, and type it on the other "
    "platform."
)
NOT_LINKED = "This account is linked with no other, so there is nothing to undo."


def offered(code: str, minutes: int, here: str) -> str:
    """A code, and what to do with it. `here` is the platform that it is shown on."""
    return (
        f"Your code is {code}. Write to me on the other platform, and say there: code {code}. It works once, for "
        f"{minutes} minutes, and not on {platform(here)}. Give it to nobody: whoever types it is taken for you."
    )


def same_platform(there: str) -> str:
    return (
        f"That code was given to an account on {platform(there)} as well. I only link accounts on different platforms, "
        "so nothing was linked, and the code is used up."
    )


def linked_elsewhere(there: str) -> str:
    """One of the two is linked with a further account, on the platform of the other."""
    return (
        f"One of these accounts is linked with another one on {platform(there)} already, so nothing was linked, and "
        "the code is used up. Say “unlink” there first."
    )


def linked_already(there: str) -> str:
    return f"This account and yours on {platform(there)} are linked already."


def linked(there: str, accounts: Sequence[str], onboarding: int, requests: int) -> str:
    """What is together now: the handles of accounts that the person runs, and how much is under way.

    `there` is the platform of the other account.
    """
    held = []
    if onboarding:
        held.append("your onboarding" if onboarding == 1 else f"your {onboarding} onboardings")
    if accounts:
        held.append(f"what you run ({', '.join(accounts)})")
    if requests:
        held.append("your request for an account" if requests == 1 else f"your {requests} requests for accounts")
    now = f"Together now: {_listed(held)}." if held else "Nothing is under way yet; whatever begins is for both."
    return (
        f"This account and yours on {platform(there)} are linked. Onboarding, the accounts that you run and requests "
        f"for new ones can be gone on with on either. {now} Queries that you sent stay where you sent them, and the "
        "staff list is not touched by this."
    )


NOT_ME = "If you did not do this, unlink them now."


def unlinked(others: Sequence[str]) -> str:
    """`others` are the platforms of the accounts that this one was linked with."""
    return (
        f"This account is no longer linked with yours on {_listed([platform(one) for one in others])}. What was begun "
        "stays with the account by which it was begun."
    )


def parted(there: str) -> str:
    """Said to the other account."""
    return (
        f"Your account on {platform(there)} is no longer linked with this one. What was begun stays with the account "
        "by which it was begun."
    )


def platform(name: str) -> str:
    """A platform as people call it."""
    return _PLATFORMS.get(name, name.capitalize())


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
