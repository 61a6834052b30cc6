"""What Teams shows while an answer is on its way, in the personal chats with people."""

from collections.abc import Callable

from adapters.chat.working_status import NotShown, WorkingStatus
from adapters.delivery.platforms import Later
from adapters.teams.connector import Connector
from adapters.teams.faults import Turned
from adapters.teams.places import PLATFORM, Place
from adapters.teams.reaching import kept
from adapters.teams.references import References


def typing_shown(connector: Connector, references: References, is_handled: Callable[[str], bool]) -> WorkingStatus:
    """That the bot writes. `is_handled` tells of an event whether it was, maybe by another process."""

    def has_one(conversation: str) -> bool:
        place = Place.of(conversation)
        return place.direct and not place.thread

    async def show(conversation: str) -> None:
        try:
            reference = await kept(lambda: references.of(conversation))
            if reference is not None and reference.conversation:
                await connector.typing(reference)
        except (Later, Turned) as error:
            raise NotShown(str(error)) from None

    return WorkingStatus(PLATFORM, has_one, show, is_handled)
