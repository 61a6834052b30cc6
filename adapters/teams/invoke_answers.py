"""What an invoke is answered with. Pure; the shapes are Teams' own."""

from typing import Any

from adapters.teams.outgoing import Card, Dialog

Body = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
_MESSAGE, _ERROR = "application/vnd.microsoft.activity.message", "application/vnd.microsoft.error"


def shows(card: Card) -> Body:
    """A pressed card becomes this one, for whoever pressed."""
    return {"statusCode": 200, "type": CARD, "value": card}


def says(words: str) -> Body:
    """A pressed card stays as it is, and this is said beside it."""
    return {"statusCode": 200, "type": _MESSAGE, "value": words}


def refuses(words: str) -> Body:
    """What was pressed cannot be carried out."""
    return {"statusCode": 400, "type": _ERROR, "value": {"code": "BadRequest", "message": words}}


def opens(dialog: Dialog) -> Body:
    """A dialog opens, or shows this next."""
    attachment = {"contentType": CARD, "content": dialog.card}
    return {
        "task": {
            "type": "continue",
            "value": {"title": dialog.title, "height": "large", "width": "medium", "card": attachment},
        }
    }


def closes(words: str) -> Body:
    """A dialog says this, and can only be closed."""
    return {"task": {"type": "message", "value": words}}
