"""Mails to posts, handed over to a real server."""

import asyncio
import shutil
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from adapters.delivery.platforms import Later, Parcel, Refused
from adapters.email.app import EmailPlatform
from adapters.email.render import mail_payload
from adapters.email.servers import MailServer, hand_over
from adapters.settings import Settings, SettingsError
from bot.office import Office, Offices
from bot.replies import Mail
from tests.adapters.email.post_office import PASSWORD, USER, PostOffice, certified, opened

TO = "email:larks:Choir Secretary"
ADDRESSES = {"Choir Secretary": "secretary@larks.example", "": "desk@larks.example"}
LOGIN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"
PARCEL = Parcel("event:1", "email", TO, {"subject": "Query Q12 waits", "text": "It waits – “since” Monday.\n\nBye."})
USUAL = ssl.create_default_context()
with_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes certificates with openssl")


def platform_of(url: str, addresses: dict[str, str] | None = None, trust: ssl.SSLContext = USUAL) -> EmailPlatform:
    office = Office("larks", "the choir office", addresses=ADDRESSES if addresses is None else addresses)
    settings_now = Settings(smtp_url=SecretStr(url) if url else None)
    return EmailPlatform(settings_now, Offices({"larks": office}), trust)


def delivered(
    post: PostOffice,
    *parcels: Parcel,
    url: str = "smtp://127.0.0.1:{}",
    trust: ssl.SSLContext = USUAL,
    addresses: dict[str, str] | None = None,
    **how: Any,
) -> list[str | Later | Refused]:
    """What became of each parcel: its receipt, or why there is none."""

    async def deliver() -> list[str | Later | Refused]:
        ends: list[str | Later | Refused] = []
        async with opened(post, **how) as port:
            platform = platform_of(url.format(port), addresses, trust)
            for parcel in parcels:
                try:
                    ends.append(await platform.deliver(parcel))
                except (Later, Refused) as error:
                    ends.append(error)
        return ends

    return asyncio.run(deliver())


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")


def put_off(end: str | Later | Refused) -> Later:
    assert isinstance(end, Later)
    return end


def refused(end: str | Later | Refused) -> Refused:
    assert isinstance(end, Refused)
    return end


class TestLetters:
    def test_a_post_is_written_to_in_plain_text(self) -> None:
        post = PostOffice()

        [receipt] = delivered(post, PARCEL)

        [letter] = post.taken
        assert letter["To"] == "secretary@larks.example"
        assert letter["From"] == "Chapter & Verse <desk@larks.example>"
        assert letter["Subject"] == "Query Q12 waits"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["Date"].datetime.tzinfo is not None
        assert letter.get_content_type() == "text/plain"
        assert text_of(letter) == "It waits – “since” Monday.\n\nBye.\n"
        assert receipt == letter["Message-ID"]
        assert post.envelopes == [("desk@larks.example", ["secretary@larks.example"])]

    def test_the_same_parcel_has_the_same_id_and_another_one_has_another(self) -> None:
        first, again, other = delivered(PostOffice(), PARCEL, PARCEL, Parcel("event:2", "email", TO, {}))

        assert first == again != other

    def test_one_that_may_have_arrived_before_says_so(self) -> None:
        post = PostOffice()

        delivered(post, Parcel(PARCEL.key, "email", TO, PARCEL.payload, attempt=2, doubtful=True))

        assert text_of(post.taken[0]).startswith("Sent again after a fault here: you may have it already.\n\nIt")

    def test_the_desk_has_its_own_address(self) -> None:
        post = PostOffice()

        delivered(post, Parcel("1", "email", "email:larks:", PARCEL.payload))

        assert post.taken[0]["To"] == "desk@larks.example"

    def test_the_setting_can_name_whom_mails_come_from(self) -> None:
        post = PostOffice()

        delivered(post, PARCEL, url="smtp://127.0.0.1:{}?from=bot%2Bx@larks.example")

        assert post.envelopes[0][0] == "bot+x@larks.example"

    @settings(max_examples=25, deadline=None)
    @given(subject=st.text(), text=st.text(), key=st.text(min_size=1))
    def test_nothing_that_is_written_becomes_a_header_or_is_refused(self, subject: str, text: str, key: str) -> None:
        post = PostOffice()
        payload = mail_payload(Mail(TO, f"{subject}\r\nBcc: all@larks.example", f"{text}\n.\nQUIT"))

        [receipt] = delivered(post, Parcel(key.encode("utf-8", "replace").decode(), "email", TO, payload))

        assert isinstance(receipt, str)
        [letter] = post.taken
        assert letter["Bcc"] is None
        assert post.envelopes[0][1] == ["secretary@larks.example"]
        assert letter.get_content().rstrip().endswith("QUIT")

    def test_an_address_that_is_none_is_refused_with_what_to_do(self) -> None:
        for written in ("a@b@c", "two words@larks.example", "a\r\nBcc: x@larks.example"):
            [end] = delivered(PostOffice(), PARCEL, addresses={"Choir Secretary": written, "": "desk@larks.example"})

            assert "mend it in office.toml" in refused(end).what_to_do
            assert "larks.example" not in refused(end).why


class TestEncryption:
    @with_openssl
    def test_it_is_encrypted_as_soon_as_the_server_offers_it(self, tmp_path: Path) -> None:
        shown, trust = certified(tmp_path)
        post = PostOffice()

        delivered(post, PARCEL, url=f"smtp://{LOGIN}127.0.0.1:{{}}", trust=trust, tls_context=shown)

        assert post.encrypted == [True]
        assert post.logged_in == [True]

    @with_openssl
    def test_it_can_be_encrypted_from_the_start(self, tmp_path: Path) -> None:
        shown, trust = certified(tmp_path)
        post = PostOffice()

        [end] = delivered(post, PARCEL, url="smtps://127.0.0.1:{}", trust=trust, encrypted=shown)

        assert isinstance(end, str)
        assert len(post.taken) == 1

    @with_openssl
    @pytest.mark.parametrize("kind", ["smtp", "smtps"])
    def test_a_certificate_that_nobody_vouches_for_is_not_taken(self, tmp_path: Path, kind: str) -> None:
        shown, _ = certified(tmp_path)
        post = PostOffice()
        url, at_once = f"{kind}://127.0.0.1:{{}}", kind == "smtps"

        [end] = delivered(
            post, PARCEL, url=url, encrypted=shown if at_once else None, tls_context=None if at_once else shown
        )

        assert "certificate" in put_off(end).why
        assert not put_off(end).in_doubt
        assert post.taken == []

    def test_a_password_does_not_go_over_a_wire_in_the_clear(self) -> None:
        post = PostOffice()

        [end] = delivered(post, PARCEL, url=f"smtp://{LOGIN}127.1:{{}}", auth_require_tls=False)  # not known as here

        assert "offers no encryption" in refused(end).why
        assert post.taken == []


class TestLogin:
    def test_who_is_known_is_let_in(self) -> None:
        post = PostOffice()

        delivered(post, PARCEL, url=f"smtp://{LOGIN}127.0.0.1:{{}}", auth_require_tls=False)

        assert post.logged_in == [True]
        assert post.envelopes[0][0] == USER

    def test_a_wrong_password_is_refused_and_nowhere_shown(self) -> None:
        url = f"smtp://{quote(USER, safe='')}:wrong@127.0.0.1:{{}}"

        [end] = delivered(PostOffice(), PARCEL, url=url, auth_require_tls=False)

        assert refused(end).why == "the mail server said 535 5.7.8"
        assert refused(end).what_to_do == "check user and password in SMTP_URL, and have it sent again"
        assert "wrong" not in repr(end) + repr(refused(end).__cause__)

    def test_a_server_that_lets_nobody_log_in_is_told(self) -> None:
        [end] = delivered(PostOffice(), PARCEL, url=f"smtp://{LOGIN}127.0.0.1:{{}}", auth_require_tls=True)

        assert "SMTP_URL" in refused(end).what_to_do

    def test_letters_that_cannot_be_sent_are_told(self) -> None:
        url = "smtp://desk:gr%C3%BC%C3%9Fe@127.0.0.1:{}"

        [end] = delivered(PostOffice(), PARCEL, url=url, auth_require_tls=False)

        assert "letters" in refused(end).why

    def test_a_password_is_in_no_picture_of_the_server(self) -> None:
        assert PASSWORD not in repr(MailServer.of_url(f"smtp://{LOGIN}larks.example"))


class TestFaults:
    def test_a_server_that_wants_to_be_asked_again_is_asked_again(self) -> None:
        post = PostOffice(recipient=["451 4.7.1 secretary@larks.example is greylisted"])

        first, second = delivered(post, PARCEL, PARCEL)

        assert put_off(first).why == "the mail server said 451 4.7.1"
        assert put_off(first).after is None
        assert not put_off(first).in_doubt
        assert isinstance(second, str)
        assert len(post.taken) == 1

    @pytest.mark.parametrize(
        ("post", "what_to_do"),
        [
            (PostOffice(recipient=["550 5.1.1 no secretary@larks.example here"]), "check the address in office.toml"),
            (PostOffice(sender=["553 5.7.1 not from you"]), "?from="),
            (PostOffice(data=["554 5.6.0 we read: Query Q12"]), "ask whoever runs the mail server"),
        ],
    )
    def test_a_refusal_says_what_to_do_and_repeats_nothing(self, post: PostOffice, what_to_do: str) -> None:
        [end] = delivered(post, PARCEL)

        assert what_to_do in refused(end).what_to_do
        assert refused(end).why.startswith("the mail server said 55")
        assert "larks" not in refused(end).why + refused(end).what_to_do
        assert "Q12" not in refused(end).why

    def test_a_full_disk_at_the_server_puts_it_off_without_doubt(self) -> None:
        [end] = delivered(PostOffice(data=["452 4.3.1 no room"]), PARCEL)

        assert not put_off(end).in_doubt

    @pytest.mark.parametrize(("drops", "arrived"), [("before", 0), ("after", 1)])
    def test_where_the_line_breaks_as_the_mail_goes_it_may_have_arrived(self, drops: str, arrived: int) -> None:
        post = PostOffice(drops=drops)

        [end] = delivered(post, PARCEL)

        assert put_off(end).in_doubt
        assert len(post.taken) == arrived

    def test_a_server_that_is_not_there_puts_it_off_without_doubt(self) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))  # bound and not listening: nobody else takes the port meanwhile
            platform = platform_of(f"smtp://127.0.0.1:{held.getsockname()[1]}")

            with pytest.raises(Later, match="cannot be reached") as end:
                asyncio.run(platform.deliver(PARCEL))

        assert not end.value.in_doubt

    def test_a_server_that_says_nothing_is_left_in_time(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            server = MailServer("127.0.0.1", silent.getsockname()[1])

            with pytest.raises(Later, match="cannot be reached"):
                hand_over(server, EmailMessage(), "a@b.example", "c@d.example", USUAL, 0.1)

    def test_no_time_at_all_ends_at_the_first_step(self) -> None:
        async def deliver() -> None:
            async with opened(PostOffice()) as port:
                given_up = (MailServer("127.0.0.1", port), EmailMessage(), "a@b.example", "c@d.example")
                with pytest.raises(Later):
                    await asyncio.to_thread(hand_over, *given_up, USUAL, 0.0)

        asyncio.run(deliver())

    def test_a_post_without_an_address_is_told(self) -> None:
        [end] = delivered(PostOffice(), PARCEL, addresses={"": "desk@larks.example"})

        assert refused(end).why == "no address is set for Choir Secretary"
        assert "society.larks.addresses" in refused(end).what_to_do

    def test_without_an_address_to_come_from_none_is_sent(self) -> None:
        [end] = delivered(PostOffice(), PARCEL, addresses={"Choir Secretary": "secretary@larks.example"})

        assert "?from=ADDRESS" in refused(end).what_to_do


class TestSettings:
    @pytest.mark.parametrize(
        ("url", "server"),
        [
            ("smtp://mail.example", MailServer("mail.example", 25)),
            (
                "smtp://a%40b.example:x%2Fy@mail.example",
                MailServer("mail.example", 587, "a@b.example", "x/y", False, "a@b.example"),
            ),
            (
                "smtps://me:x@mail.example?from=d@e.example",
                MailServer("mail.example", 465, "me", "x", True, "d@e.example"),
            ),
            ("smtp://[::1]:2525", MailServer("::1", 2525)),
        ],
    )
    def test_what_a_setting_says(self, url: str, server: MailServer) -> None:
        assert MailServer.of_url(url) == server

    def test_without_one_there_is_no_platform(self) -> None:
        with pytest.raises(SettingsError, match="SMTP_URL"):
            platform_of("")
