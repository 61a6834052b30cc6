"""The sentences and labels that belong to Slack's modals and Home alone."""

TITLE = "Chapter & Verse"  # titles and what closes are at most 24 characters
CLOSE = "Close"
MOMENT = "One moment…"
CONTINUED = "There is more than this window holds. All of it comes to you as a direct message."

# Home
ASK_ME = "You could ask"
ASK_IN_WORDS = "Or ask in your own words: write to me under “Messages”, or mention me in a channel."
NO_QUERIES = "You have sent no queries yet. What you send on stands here, with what became of it."
NOTHING_WAITS = "Nothing waits at the desk."
ALL_MY_QUERIES = "All my queries"
THE_WHOLE_QUEUE = "The whole queue"


def and_more(many: int) -> str:
    """Below a list on Home that is not all there."""
    return f"and {many} more"
