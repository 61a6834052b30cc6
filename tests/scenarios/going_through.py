"""Somebody who goes through the checklist of the choir as it should be, whatever shows it to them."""

from typing import Protocol

# What the step that is open says, and the button that answers it.
ANSWERS = (
    ("You are invited", "Accept"),
    ("invites you to run", "Accept"),
    ("What counts as social media", "I have read this"),
    ("Who let that other choir in?", "Better not"),
    ("What a dull audience", "Better not"),
    ("Thank you for singing along", "Fine to post"),
    ("New voices are welcome", "Fine to post"),
    ("I taped the altos", "No, or I have not asked"),
    ("What is the recording for?", "To post it from a choir account"),
    ("Our conductor was glad", "Yes, the conductor has"),
    ("For singing along at home", "Yes, the conductor has"),
    ("The picture beside the name", "It names the photographer"),
)
_STEP = "@larks_choir: "  # how the title of a step begins; what came of the answer before stands above it
PURPOSE = "To tell the town of our concerts."


class Sees(Protocol):
    """Somebody before a platform."""

    def sees(self) -> str: ...

    async def press(self, label: str) -> None: ...


async def go_on(who: Sees, until: str) -> None:
    """Answers what is open until it says this.

    Raises:
        AssertionError: there is something that nobody here knows an answer to.
    """
    for _ in range(30):
        shown = who.sees()
        open_step = shown[max(shown.rfind(_STEP), 0) :]
        if until in open_step:
            return
        if "For singing along at home" in open_step and "What is the recording for?" in open_step:
            await who.press("To practise at home")
            continue
        label = next((label for words, label in ANSWERS if words in open_step), None)
        assert label, who.sees()
        await who.press(label)
    raise AssertionError(who.sees())
