"""Telling staff something about accounts: at their desk, or by e-mail where they have none."""

from bot import wording_of_nudges as wording
from bot.notices import DESK, mails
from bot.office import Office
from bot.replies import Button, Reply, Told


def told_to_staff(office: Office, text: str, subject: str, buttons: tuple[Button, ...] = ()) -> list[Reply]:
    """Nothing where there is neither a desk nor an address; the register has to show them the same in any case."""
    if office.desk:
        return [Told(office.desk, text, buttons=buttons)]
    return mailed_to_staff(office, subject, wording.mail(text, office))


def mailed_to_staff(office: Office, subject: str, text: str) -> list[Reply]:
    """A mail to the desk's address or, where it has none, to every post that has one: somebody has to see it."""
    posts = () if office.addresses.get(DESK) else tuple(office.addresses)
    return [*mails(posts, office, subject, text)]
