"""Steps of the checklist of an invented choir, of every kind: what they look like is looked at in the golden files."""

from dataclasses import replace

from bot.acts import (
    AcceptInvitation,
    AnswerStep,
    ConfirmRead,
    DeclineInvitation,
    Snooze,
)
from bot.replies import Button, Lesson, Paragraph, Said
from knowledge.answers import Citation

_DM = "slack:D1:17.1"
_NOTHING = Paragraph("", (), "")
_FOR = "Running @larks_sing for the altos"
_LATER = Button("later", "Later", Snooze("4"))

CONSENT = Citation(
    "larks/a/b", "larks", "the Larks' rules", "second edition", "Rehearsals", "Ask the conductor first.", official=False
)
FLASH = replace(
    CONSENT, clause="larks/a/c", section="Concerts", page=4, quote="No flash in concerts.", official=True
)  # fmt: skip


def choice(step: str, *labels: str) -> tuple[Button, ...]:
    """The options of a step."""
    return tuple(Button("answer", label, AnswerStep("4", step, "a", label)) for label in labels)


INVITATION = Lesson(
    _DM,
    _FOR,
    "",
    _NOTHING,
    Paragraph("You are invited to run this account. It takes some twenty minutes, whenever you like.", (), ""),
    buttons=(
        Button("accept", "Accept", AcceptInvitation("4")),
        Button("decline", "Decline", DeclineInvitation("4")),
    ),
)
READ = Lesson(
    _DM,
    _FOR,
    "Step 1 of 9",
    _NOTHING,
    Paragraph("You speak for the choir here. Whatever you sing, people hear the Larks.", (CONSENT,), ""),
    buttons=(Button("read", "I have read this", AnswerStep("4", "speak", "", "read")), _LATER),
)
JUDGE = Lesson(
    _DM,
    _FOR,
    "Step 4 of 9",
    Paragraph("Not quite. Nobody asked the conductor.", (FLASH,), "It is practice, so here is another one."),
    Paragraph("These are offered as points that may help.", (CONSENT,), "Would you post it?"),
    "We sang like angels last night!\nHere is all of it, and the tenors' faces.",
    buttons=(*choice("judge", "Fine to post", "Better not"), _LATER),
)
PLAY = Lesson(
    _DM,
    _FOR,
    "Step 6 of 9",
    _NOTHING,
    Paragraph("Take this post through the questions.", (), "What is the recording for?"),
    "“Listen to the Larks”, a recording by a listener.",
    (Said("Has the conductor consented?", "Yes, the conductor has"),),
    (*choice("play", "To practise at home", "To post it", "Not sure"), _LATER),
)
WRITE = Lesson(
    _DM,
    _FOR,
    "Step 8 of 9",
    Paragraph("Thank you, that is kept.", (), ""),
    Paragraph("A choir says what an account is for.", (CONSENT,), "What is this account for, in your own words?"),
    buttons=(Button("write", "Write it", AnswerStep("4", "purpose", "words")), _LATER),
)
LAST = Lesson(
    _DM,
    _FOR,
    "Step 9 of 9",
    _NOTHING,
    Paragraph(
        "These are all the clauses that you were shown.",
        (CONSENT, FLASH),
        "Have you read each of them? It goes on record.",
    ),
    buttons=(Button("confirm", "I have read these", ConfirmRead("4")), _LATER),
)
LONG_OPTIONS = replace(
    PLAY,
    buttons=(*choice("check", *(f"{word} has {'really ' * 12}handed it over" for word in "ABCDEFGHIJ")), _LATER),
)
# What a long checklist ends with.
ALL_CLAUSES = replace(
    LAST,
    told=replace(
        LAST.told,
        citations=tuple(
            replace(
                CONSENT,
                clause=f"larks/a/{n}",
                section=f"Part {n // 4}",
                quote=f"Rule {n}: " + "Sing in tune, and on time. " * 12,
            )
            for n in range(40)
        ),
    ),
)


def lessons() -> dict[str, Lesson]:
    """A step of every kind, by the name of its golden file."""
    return {
        "lesson_invitation": INVITATION,
        "lesson_read": READ,
        "lesson_judge": JUDGE,
        "lesson_play": PLAY,
        "lesson_write": WRITE,
        "lesson_last": LAST,
        "lesson_long_options": LONG_OPTIONS,
    }
