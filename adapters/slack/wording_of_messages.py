"""The sentences and labels that belong to messages in Slack alone."""

SHARE = "Share with the channel"

HELP_HERE = (
    "/policy check looks over a draft before it goes out, and /policy queries says what became of what you sent.",
    "The menu of any message has “Can I retweet this?” and one that refers it to the office.",
    "My Home tab shows what you could ask, and your queries.",
)


def goes_on_below(progress: str) -> str:
    """How far one is, of a step that takes several messages: the button is in the last."""
    return f"{progress} (it goes on below)".strip()
