"""The sentences and labels that belong to dialogs in Teams alone."""

TITLE = "Chapter & Verse"
HAND_OVER = "Hand it over"
CONTINUED = "There is more than this window holds. All of it comes to you as a message in our chat."
NOTHING = "There is nothing to show."
OLD_CLIENT = "This window needs a newer Teams. Please open it in the browser, or on a computer."

FILL_IN, CHOOSE = "Please fill this in.", "Please choose one."
BY_ID = "Or the id of their account"
BY_ID_HINT = "For where nobody can be chosen above. It is the object id of their account in your directory."
BY_IDS = "Or the ids of their accounts"
BY_IDS_HINT = "For where somebody cannot be chosen above: the object ids of their accounts, with blanks between them."
NO_ID = (
    "That is no id of an account: it has 32 digits and letters from a to f, in five groups with hyphens between them."
)

MEND = "Nothing was sent yet. Please look at this again:"
WROTE = "This is what you had filled in. Please copy it, close this window, and press the button once more."


def choice(label: str, description: str) -> str:
    """An option, and what it is for."""
    return f"{label}. {description}"


def fault(field: str, sentence: str) -> str:
    """What is wrong in a field."""
    return f"• “{field}”: {sentence}"
