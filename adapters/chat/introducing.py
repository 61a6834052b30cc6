"""What the app is called where it is registered, what it says of itself there, and what people are offered. Pure."""

from dataclasses import dataclass

from bot.wording_of_home import WHAT_CAN_I_ASK

NAME = "Chapter & Verse"
ACCENT = "#1f3a5f"  # the colour beside its name, and of its icon

RETWEET_IT = ("Can I retweet this?", "Say whether this post is fine to share")  # with any message, and what it does
_REFER_IT = "Have the office look at this"
_PROMPTS = {  # by society: questions that its policy has an answer to
    "icis": (
        "Can I write a colleague a reference on LinkedIn?",
        "Do I need a disclaimer on my profile?",
        "Do I have to report a negative comment?",
        "Can I be asked to take a post down?",
    ),
    "ipem": (
        "Can I retweet this?",
        "Can I use the logo on my own profile?",
        "Do I need a disclaimer on my profile?",
        "May our group have its own account?",
    ),
}
_PROMPTS_OF_ANY = (WHAT_CAN_I_ASK, "My queries")


@dataclass(frozen=True, slots=True)
class Introduction:
    """The society that is served, and what its policy calls its office; where nobody can say which it is, of any."""

    society: str = ""
    office: str = "the office"

    @property
    def prompts(self) -> tuple[str, ...]:
        """What people are offered to ask, at most four questions."""
        return _PROMPTS.get(self.society, _PROMPTS_OF_ANY)

    @property
    def in_full(self) -> str:
        """What the app does."""
        return (
            "Ask whether you may post something, share it or retweet it. You are given a verdict, the clause of your"
            " society's policy that it rests on, and what to do next. Where the policy is silent you can send the"
            f" question on to {self.office}, once you have seen all that would go; the answer comes back to you, and is"
            " cited the next time that somebody asks. No language model writes the answers."
        )

    def refer_it(self, most: int) -> tuple[str, str]:
        """What has the office look at any message: as it reads in the menu, in at most so many characters, and what it
        does."""
        named = f"Refer to {self.office}"
        return (named if len(named) <= most else "Refer to the office", _REFER_IT)
