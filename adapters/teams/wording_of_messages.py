"""The sentences and labels that belong to messages in Teams alone."""

from bot.wording import place_of
from knowledge.answers import Citation

HELP_SUGGESTED = ("Can I retweet this?", "May I use the logo on my profile?", "My queries")  # to tap
HELP_HERE = (
    "“My queries” says what became of what you sent.",
    "The menu of any message has “Can I retweet this?”, “Check this post” and “Refer to National Office”.",
)


LOOK = "See it as it stands"


def name_of(citation: Citation) -> str:
    """What a citation is called where there is little room: the policy, and where in it."""
    return f"{citation.known_as[:1].upper()}{citation.known_as[1:]} · {place_of(citation)}"


def yes(label: str) -> str:
    """On the button that does at once what another one was pressed for."""
    return f"Yes: {label}"


def to_leave_it(label: str) -> str:
    """Said before something is taken away at once."""
    return f"Are you sure? It is done at once. To leave it as it is, press “{label}” once more."
