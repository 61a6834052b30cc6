"""Telling staff something about accounts: at their desk, by e-mail where they have none, else each by themselves."""

from bot import wording_of_nudges as wording
from bot.messages import own_place
from bot.notices import DESK, mails
from bot.office import Office
from bot.ports import Work
from bot.replies import Button, Mail, Reply, Told


def told_to_staff(
    office: Office, text: str, subject: str, work: Work, buttons: tuple[Button, ...] = (), *, mailed: str
) -> list[Reply]:
    """Nothing only where there is nobody who could be told. `mailed` is `text` without who it is about: no mail names
    anybody (`wording_of_nudges.UNNAMED` stands in their place)."""
    mails_of_it = [] if office.desk else mailed_to_staff(office, subject, wording.mail(mailed, office))
    return [*mails_of_it, *(Told(place, text, buttons=buttons) for place in places_of_staff(office, work))]


def places_of_staff(office: Office, work: Work) -> tuple[str, ...]:
    """Where staff read in chat: at the desk or, where they have neither that nor an address, each by themselves."""
    if office.desk:
        return (office.desk,)
    if mailed_to_staff(office, "", ""):
        return ()
    return tuple(own_place(member.person.account) for member in work.staff.of(office.society))


def mailed_to_staff(office: Office, subject: str, text: str) -> list[Mail]:
    """A mail to the desk's address or, where it has none, to every post that has one: somebody has to see it."""
    posts = () if office.addresses.get(DESK) else tuple(office.addresses)
    return mails(posts, office, subject, text)
