"""How somebody who runs an account is shown to staff; members are never told who that is."""

from bot.cards import staff_name
from bot.office import Office
from bot.people import Person
from bot.ports import Work
from bot.wording_of_cards import SOMEBODY


def shown_to_staff(person: Person, office: Office, work: Work) -> str:
    """By name where one is known and may be shown, else by account, which may be made of a name that may not."""
    told = staff_name(person, office.society, office, work)
    if told != SOMEBODY or not person.account:
        return told
    hidden = {word for name in office.hide_names for word in name.casefold().split()}
    return SOMEBODY if any(word in person.account.casefold() for word in hidden) else person.account
