"""What the app is called where it is registered, what it says of itself there, and what people are offered. Pure."""

NAME = "Chapter & Verse"
ACCENT = "#1f3a5f"  # the colour beside its name, and of its icon

IN_FULL = (
    "Ask whether you may post something, share it or retweet it. You are given a verdict, the clause of your society's"
    " policy that it rests on, and what to do next. Where the policy is silent you can send the question on to National"
    " Office, once you have seen all that would go; the answer comes back to you, and is cited the next time that"
    " somebody asks. No language model writes the answers."
)
PROMPTS = (
    "Can I retweet this?",
    "Can I use the logo on my own profile?",
    "Do I need a disclaimer on my profile?",
    "How should we answer negative comments?",
)

# What can be done with any message: as it reads in the menu, and what it does.
RETWEET_IT = ("Can I retweet this?", "Say whether this post is fine to share")
REFER_IT = ("Refer to National Office", "Have the office look at this")
