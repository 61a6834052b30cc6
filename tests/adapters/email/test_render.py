"""What waits in the outbox for e-mail."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.email.render import mail_payload
from bot.replies import Mail, Told


def test_a_mail_is_its_subject_and_its_text() -> None:
    assert mail_payload(Mail("email:larks:", "Q1 waits", "Answer it.\r\nBye.")) == {
        "subject": "Q1 waits",
        "text": "Answer it.\nBye.",
    }


def test_whatever_else_is_said_there_is_plain_text() -> None:
    assert mail_payload(Told("email:larks:", "Look here.", words="I did."))["text"] == "Look here.\n\nI did."


@given(st.text(), st.text())
def test_a_subject_is_one_line_and_both_can_be_written(subject: str, text: str) -> None:
    payload = mail_payload(Mail("email:larks:", subject, text))

    assert payload["subject"].splitlines() in ([], [payload["subject"]])
    assert payload["text"].encode("utf-8") is not None
