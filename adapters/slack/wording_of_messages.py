"""The sentences and labels that belong to messages in Slack alone."""

SHARE = "Share with the channel"

HELP_HERE = (
    "/policy check looks over a draft before it goes out, and /policy queries says what became of what you sent.",
    "The menu of any message has “Can I retweet this?” and one that refers it to the office.",
    "My Home tab shows what you could ask, and your queries.",
)
