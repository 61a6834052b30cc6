"""Sentences that the app in Teams says by itself, where no answer of the bot's is needed."""

IN_OUR_CHAT = "One moment: the answer comes as a message in our chat."
SOON = "Noted. See below."
SHOWN_HERE = "It takes a little longer, and is shown here by itself."
LOST = "I am sorry: what was to be shown here got lost on its way. Please close this window, and try once more."
NOT_TAKEN = "I could not take that in just now. Please try again in a moment."
OLD_FORM = (
    "That form is from an older version of me, and nothing of it was taken. Please close it, and press the button once"
    " more."
)
NOTHING_ELSE = "There is nothing else to see here."
CHECKING = "asking Microsoft for a token"
NO_CHANNEL = "that is no channel"
NOT_REACHED = "Microsoft's login is not reached yet; tries again"
DEVELOPMENT = "for trying it alone: whatever comes from this machine is believed"
