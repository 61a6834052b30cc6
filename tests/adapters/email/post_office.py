"""A real mail server on loopback, told how to behave."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk@larks.example", "p@ss:w/ord"


@dataclass
class PostOffice:
    """Takes mails, and says at each step what it is told to say. `drops` cuts the line: "before" or "after" it has
    taken a mail."""

    sender: list[str] = field(default_factory=list)  # answers to MAIL FROM, one a mail; then it is accepted
    recipient: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    drops: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logged_in: list[bool] = field(default_factory=list)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if self.sender:
            return self.sender.pop(0)
        envelope.mail_from = address
        return "250 2.1.0 fine"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if self.recipient:
            return self.recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        drops, self.drops = self.drops, ""
        if self.data:
            return self.data.pop(0)
        if drops != "before":
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
            self.encrypted.append(session.ssl is not None)
            self.logged_in.append(bool(session.authenticated))
        if drops and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 2.0.0 taken"


def _knows(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=known, handled=False)


@asynccontextmanager
async def opened(post: PostOffice, encrypted: ssl.SSLContext | None = None, **how: Any) -> AsyncIterator[int]:
    """The port at which it takes mails meanwhile, `encrypted` from the start. `how` is as aiosmtpd's SMTP has it."""
    loop = asyncio.get_running_loop()
    how = {"loop": loop, "hostname": "post.example", "authenticator": _knows, **how}
    server = await loop.create_server(lambda: SMTP(post, **how), "127.0.0.1", 0, ssl=encrypted)
    async with server:
        yield server.sockets[0].getsockname()[1]


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server at 127.0.0.1 shows, and what trusts that; made anew."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    whose = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
    made = ("openssl", "req", "-x509", *curve, "-keyout", str(key), "-out", str(certificate), *whose)
    subprocess.run(made, check=True, capture_output=True)
    shown = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    shown.load_cert_chain(certificate, key)
    return shown, ssl.create_default_context(cafile=certificate)
