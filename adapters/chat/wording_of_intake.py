"""Sentences that an app in a chat says by itself, where no answer of the bot's is needed."""

OLD_BUTTON = "That button is from an older version of me. Please ask again, and use the buttons of the new answer."
NOT_YOURS = (
    "These buttons belong to the person who asked. To have your own answer, ask me yourself: mention me, or write to me"
    " directly."
)
ONLY_WORDS = (
    "There are no words in that message that I can read. If it is a picture or a file, please type or paste what it"
    " says."
)
WHETHER_TO_SHARE = "Can I retweet this?"


def whether_to_share(post: str) -> str:
    """Asks about a post as its words stand. It is quoted line by line, so that nothing in it is taken as asked."""
    quoted = "\n".join(f"> {line}" for line in post.splitlines())
    return f"{WHETHER_TO_SHARE}\n{quoted}" if post.strip() else WHETHER_TO_SHARE
