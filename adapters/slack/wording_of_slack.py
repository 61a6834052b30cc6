"""Sentences that the app in Slack says by itself, where no answer of the bot's is needed."""

OLD_FORM = (
    "That form is from an older version of me, and nothing of it was taken. Copy what you wrote from the form below,"
    " close it, and press the button once more."
)
NOT_IN_TIME = "That form did not open in time. Please press the button once more."
LOOKING = "is looking it up…"  # after the app's name, while an answer is on its way
PROMPTS_TITLE = "What would you like to know?"
