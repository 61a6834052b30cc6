"""E-mail as the sender sees it: a parcel becomes a letter to the address of a post."""

import asyncio
import hashlib
import ssl
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, localtime

from adapters.delivery.platforms import Parcel, Refused
from adapters.email.servers import MailServer, hand_over
from adapters.settings import Settings, SettingsError
from bot import wording
from bot.office import Office, Offices

_FROM = "Chapter & Verse"
_WITHIN = 8.0  # seconds for one letter: less than the sender allows, and than it takes to stop


class EmailPlatform:
    """Writes to the posts of each office. What has arrived cannot be read back; a repeat has the same Message-ID."""

    pace = 0.0

    def __init__(self, settings: Settings, offices: Offices, trust: ssl.SSLContext | None = None) -> None:
        """`trust` says which certificates of servers are good: those that this machine trusts, if it is not given.

        Raises:
            SettingsError: no server is set that could be used.
        """
        try:
            self._server = MailServer.of_url(settings.smtp_url.get_secret_value() if settings.smtp_url else "")
        except ValueError:
            raise SettingsError("the setting SMTP_URL names no server; write smtp://USER:PASSWORD@HOST:PORT") from None
        self._offices, self._trust = offices, trust or ssl.create_default_context()

    async def deliver(self, parcel: Parcel) -> str:
        """Hands the letter over to the mail server, and gives its Message-ID.

        Raises:
            Later: the server cannot take it now.
            Refused: it never will, or there is nobody to write to.
        """
        _, _, rest = parcel.conversation.partition(":")
        society, _, title = rest.partition(":")
        office = self._offices.of(society)
        sender, to = self._sender(office), _recipient(office, title)
        letter = _letter(parcel, sender, to)
        await asyncio.to_thread(hand_over, self._server, letter, sender.addr_spec, to.addr_spec, self._trust, _WITHIN)
        return str(letter["Message-ID"])

    def _sender(self, office: Office) -> Address:
        named = self._server.sender or office.addresses.get("", "")
        if not named:
            raise Refused("no address is set that mails could come from", "write ?from=ADDRESS at the end of SMTP_URL")
        return _address(named, "the address that mails come from", "SMTP_URL", _FROM)


def _recipient(office: Office, title: str) -> Address:
    whose = title or "desk"
    named = office.addresses.get(title, "")
    if not named:
        raise Refused(
            f"no address is set for {whose}",
            f"set it in office.toml, under society.{office.society}.addresses, and have it sent again",
        )
    return _address(named, f"the address of {whose}", "office.toml")


def _address(written: str, what: str, where: str, name: str = "") -> Address:
    try:
        return Address(name, addr_spec=written)
    except (ValueError, HeaderParseError, IndexError, AttributeError) as error:  # as its parser has it
        raise Refused(f"{what} is no e-mail address", f"mend it in {where}, and have it sent again") from error


def _letter(parcel: Parcel, sender: Address, to: Address) -> EmailMessage:
    text = str(parcel.payload.get("text", ""))
    if parcel.doubtful:
        text = f"{wording.repeated()}\n\n{text}"
    is_ascii = (sender.addr_spec + to.addr_spec).isascii()
    letter = EmailMessage(SMTP if is_ascii else SMTPUTF8)
    letter["From"], letter["To"] = sender, to
    letter["Subject"] = " ".join(str(parcel.payload.get("subject", "")).split())
    letter["Date"] = format_datetime(localtime())
    letter["Message-ID"] = f"<{hashlib.sha256(parcel.key.encode()).hexdigest()[:32]}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"  # what Exchange goes by
    letter.set_content(text, cte="quoted-printable")
    return letter
