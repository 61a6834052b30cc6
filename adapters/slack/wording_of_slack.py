"""Sentences that the app in Slack says by itself, where no answer of the bot's is needed."""

OLD_BUTTON = "That button is from an older version of me. Please ask again, and use the buttons of the new answer."
NOT_YOURS = (
    "These buttons belong to the person who asked. To have your own answer, ask me yourself: mention me, or write to me"
    " directly."
)
ONLY_WORDS = "I can only read words, so I cannot look at the file. Please type or paste what it says."
OLD_FORM = (
    "That form is from an older version of me, and nothing of it was taken. Copy what you wrote from the form below,"
    " close it, and press the button once more."
)
NOT_IN_TIME = "That form did not open in time. Please press the button once more."
LOOKING = "is looking it up…"  # after the app's name, while an answer is on its way
PROMPTS_TITLE = "What would you like to know?"
WHETHER_TO_SHARE = "Can I retweet this?"


def whether_to_share(post: str) -> str:
    """Asks about a post as its words stand. It is quoted line by line, so that nothing in it is taken as asked."""
    quoted = "\n".join(f"> {line}" for line in post.splitlines())
    return f"{WHETHER_TO_SHARE}\n{quoted}" if post.strip() else WHETHER_TO_SHARE
