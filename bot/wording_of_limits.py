"""What somebody is told who asks more of the bot or of the desk than one person may. All that was sent stays sent."""

from bot.office import Office
from bot.wording_of_queries import shown


def too_many_messages(most: int) -> str:
    return (
        f"{_counted(most, 'message', 'messages')} in a minute is as much as I can take from one person, so I have not "
        "taken this one. All that you sent before it is kept. Please give me a minute, and say it again."
    )


def too_many_queries(most: int, office: Office) -> str:
    return (
        f"{_counted(most, 'query', 'queries')} in 24 hours is as much as I can pass on from one person, so this one is "
        f"not sent. {office.name[:1].upper()}{office.name[1:]} keeps all that you sent before it. Please send this one "
        "tomorrow."
    )


def too_many_open(most: int, office: Office) -> str:
    return (
        f"{_counted(most, 'query', 'queries')} of yours wait for {office.name}, which is as many as can wait at once, "
        "so this one is not sent. The others are kept. You can send it when one is answered, or take one back first."
    )


def too_many_reopenings(most: int, ticket: str) -> str:
    return (
        f"Opening queries again {_counted(most, 'time', 'times')} in 24 hours is as much as I can pass on from one "
        f"person, so {shown(ticket)} stays as it is. Please open it again tomorrow."
    )


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
