"""Dialogs as they are shown, one of each kind: with `python -m tests.adapters.teams.dialogs_shown` their goldens are
made anew."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.chat.pressing import Becomes
from adapters.teams.dialogs import dialog_of, form_dialog
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Dialog
from bot import acts
from bot.replies import Reply, Told
from knowledge.questions import Account
from tests.adapters.slack.views_shown import ACCOUNTS, ADMINS, CARD, PREVIEWED, SECOND, STEP, TO_CONFIRM
from tests.adapters.teams.filled_in import Given, inputs_of

GOLDENS = Path(__file__).parents[2] / "golden" / "teams"
ASKER, STAFF = "teams:0b1c2d3e-0000-4000-8000-000000000001", "teams:0b1c2d3e-0000-4000-8000-000000000009"
KEY = "teams:19:a@thread.tacv2:f:1"
GIVEN_BACK = Told(STAFF, "This cannot be a ruling yet: there is no clause “a/b”.", words="Yes, you may.", ticket="12")


def dialog(reply: Reply, becomes: Becomes | None = None, card: str = "") -> Dialog:
    """A reply as the dialog that waits for it."""
    return waited_for(reply, becomes, card)[0]


def waited_for(reply: Reply, becomes: Becomes | None = None, card: str = "") -> tuple[Dialog, bool]:
    """The same, and whether it holds the whole of the reply."""
    reply = replace(reply, conversation=ASKER if isinstance(reply, type(PREVIEWED)) else STAFF)
    origin = Origin(invoke=KEY, waits=Waits.DIALOG, becomes=becomes, card=card)
    return dialog_of(reply, origin, reply.conversation)


def sent(shown: Dialog, **given: Given) -> dict[str, Any]:
    """What comes back when a form is sent: what stood in its fields, but for what was given. Fields are named by how
    their labels begin, with _ for spaces."""
    named = {name.replace("_", " "): value for name, value in given.items()}
    data: dict[str, Any] = shown.card["actions"][0]["data"]
    return data | inputs_of(shown.card, named, checked=False)


def every_dialog() -> dict[str, Dialog]:
    """One dialog of each kind, by the name of its golden."""
    desk: dict[str, acts.Act] = {
        "ask_back": acts.AskBack("12", 3, ""),
        "close": acts.Close("12", 3, ""),
        "withdraw_ruling": acts.WithdrawRuling("3", 1, tell=True),
        "add_staff": acts.AddStaff("ipem", ""),
        **ACCOUNTS,
    }
    asker: dict[str, acts.Act] = {
        "add_to_query": acts.AddToQuery("12", ""),
        "reopen_query": acts.ReopenQuery("12"),
        "rate": acts.Rate("7", right=False),
        "check_draft": acts.CheckDraft("", Account.PERSONAL),
        **ADMINS,
    }
    return {
        "send": dialog(PREVIEWED, Becomes.SEND),
        "answer": dialog(CARD, Becomes.ANSWER, "12"),
        "to_confirm": dialog(TO_CONFIRM, card="12"),
        "second": dialog(SECOND, card="12"),
        "step": dialog(STEP),
        "card": dialog(CARD, card="12"),
        "given_back": dialog(GIVEN_BACK, card="12"),
        **{f"form_{name}": form_dialog(act, STAFF, KEY, "12") for name, act in desk.items()},
        **{f"form_{name}": form_dialog(act, ASKER, KEY) for name, act in asker.items()},
    }


def shape_of(shown: Dialog) -> dict[str, Any]:
    """A dialog as its golden has it."""
    return {"title": shown.title, "card": shown.card}


def path_of(name: str) -> Path:
    return GOLDENS / f"dialog_{name}.json"


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    for name, shown in every_dialog().items():
        path_of(name).write_text(json.dumps(shape_of(shown), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
