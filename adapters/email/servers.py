"""The mail server that `SMTP_URL` names, and one letter handed over to it, within a set time."""

import re
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from adapters.delivery.platforms import Later, Refused

_SECURE, _SUBMISSION, _RELAY = 465, 587, 25  # ports: encrypted from the start; for those who log in; for others
_ENHANCED = re.compile(rb"\A\s*([245]\.\d{1,3}\.\d{1,3})\b")
_FINE, _PASSING, _FOR_EVER = range(200, 300), range(400, 500), range(500, 600)
_CHECK_URL = "check SMTP_URL, and have it sent again"
_CHECK_LOGIN = "check user and password in SMTP_URL, and have it sent again"
_CHECK_SENDER = (
    "write ?from=ADDRESS at the end of SMTP_URL, one that the server lets you send from, and have it sent again"
)
_CHECK_ADDRESS = "check the address in office.toml, and have it sent again"
_BROKE = "the line to the mail server broke"
_NOT_TRUSTED = f"the certificate of the mail server is not trusted; {_CHECK_URL}"
_ASK_SERVER = "ask whoever runs the mail server, and have it sent again"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over. `encrypted` is from the start (smtps); else as soon as the server offers it.

    `sender` is the address that they come from, empty where the setting names none.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    encrypted: bool = False
    sender: str = ""

    @classmethod
    def of_url(cls, url: str) -> "MailServer":
        """What stands in smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS. Without `from` an address as user is the sender.

        Raises:
            ValueError: it cannot be read.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("no mail server")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        named = parse_qs(parts.query).get("from", [""])[0]
        sender = named or (user if "@" in user else "")
        encrypted = parts.scheme == "smtps"
        usual = _SECURE if encrypted else _SUBMISSION if user else _RELAY
        return cls(parts.hostname, parts.port or usual, user, password, encrypted, sender)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, so that nothing goes over a wire."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def hand_over(
    server: MailServer, letter: EmailMessage, sender: str, to: str, trust: ssl.SSLContext, within: float
) -> None:
    """Hands a letter over. `within` is in seconds, for all of it; `trust` says which certificates are good.

    Raises:
        Later: the server cannot take it now.
        Refused: it never will.
    """
    line = _Line(server, trust, time.monotonic() + within)
    with line.open() as smtp:
        line.log_in(smtp)
        options = ["SMTPUTF8"] if not (sender + to).isascii() else []
        line.step(lambda: smtp.mail(sender, options), _CHECK_SENDER)
        line.step(lambda: smtp.rcpt(to), _CHECK_ADDRESS)
        line.step(lambda: smtp.data(letter.as_bytes()), _ASK_SERVER, in_doubt=True)


class _Line:
    """A conversation with a mail server, each step of which has to end before a set time."""

    def __init__(self, server: MailServer, trust: ssl.SSLContext, until: float) -> None:
        self._server, self._trust, self._until = server, trust, until
        self._smtp: smtplib.SMTP | None = None

    @contextmanager
    def open(self) -> Iterator[smtplib.SMTP]:
        """The server, greeted; encrypted where it can be."""
        smtp = self._connected()
        self._smtp = smtp
        try:
            self.step(smtp.ehlo, _CHECK_URL)
            if not self._server.encrypted and smtp.has_extn("starttls"):
                self.step(lambda: smtp.starttls(context=self._trust), _CHECK_URL)
                self.step(smtp.ehlo, _CHECK_URL)
            yield smtp
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()  # what was taken is taken, however it takes its leave
        finally:
            smtp.close()

    def log_in(self, smtp: smtplib.SMTP) -> None:
        """Logs in where a user is set. A password is not sent over a wire in the clear."""
        server = self._server
        if not server.user:
            return
        if not isinstance(smtp.sock, ssl.SSLSocket) and not server.is_here:
            raise Refused(
                "the mail server offers no encryption, so the password was not sent", "use smtps:// in SMTP_URL"
            )
        if not (server.user + server.password).isascii():
            raise Refused("user or password hold letters that mail servers cannot be given", _CHECK_LOGIN)
        self.step(lambda: smtp.login(server.user, server.password), _CHECK_LOGIN)

    def step(self, take: Callable[[], tuple[int, bytes]], what_to_do: str, in_doubt: bool = False) -> None:
        """Takes one step. `in_doubt` says that the letter may have arrived where the line breaks in it."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise Later(None, "the mail server took too long", in_doubt=False)
        if self._smtp is not None and self._smtp.sock is not None:
            self._smtp.sock.settimeout(left)
        try:
            code, words = take()
        except smtplib.SMTPResponseException as error:
            code, words = error.smtp_code, _bytes(error.smtp_error)
        except smtplib.SMTPServerDisconnected as error:
            raise Later(None, _BROKE, in_doubt) from error
        except smtplib.SMTPException as error:
            raise Refused("the mail server cannot do what this mail needs", what_to_do) from error
        except ssl.SSLCertVerificationError as error:
            raise Later(None, _NOT_TRUSTED, in_doubt=False) from error
        except OSError as error:
            raise Later(None, _BROKE, in_doubt) from error
        said = f"the mail server said {_shown(code, words)}"
        if code in _FOR_EVER:
            raise Refused(said, what_to_do)
        if code not in _FINE:
            raise Later(None, said, in_doubt and code not in _PASSING)

    def _connected(self) -> smtplib.SMTP:
        server, left = self._server, max(self._until - time.monotonic(), 0.1)
        try:
            if server.encrypted:
                return smtplib.SMTP_SSL(server.host, server.port, timeout=left, context=self._trust)
            return smtplib.SMTP(server.host, server.port, timeout=left)
        except smtplib.SMTPConnectError as error:
            raise Later(None, f"the mail server said {_shown(error.smtp_code, b'')}", in_doubt=False) from error
        except ssl.SSLCertVerificationError as error:
            raise Later(None, _NOT_TRUSTED, in_doubt=False) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Later(None, f"the mail server cannot be reached; {_CHECK_URL}", in_doubt=False) from error


def _shown(code: int, words: bytes) -> str:
    """What a server answered, by its numbers: its words may repeat an address."""
    enhanced = _ENHANCED.match(words)
    return f"{code} {enhanced[1].decode('ascii')}" if enhanced else str(code)


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")
