"""What goes out by e-mail, as it waits in the outbox: a subject of one line, and plain text."""

from typing import Any

from adapters.console.render import visible
from bot.replies import Mail, Reply
from bot.telling import in_plain_text
from bot.wording_of_notices import ANY_SUBJECT


def mail_payload(reply: Reply, _origin: str = "", _further: bool = False) -> dict[str, Any]:
    """Subject and text, with nothing in them that cannot be seen."""
    subject = reply.subject if isinstance(reply, Mail) else ANY_SUBJECT
    text = reply.text if isinstance(reply, Mail) else in_plain_text(reply)
    return {"subject": " ".join(visible(subject).split()), "text": visible(text.replace("\r\n", "\n"))}
