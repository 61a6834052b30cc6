"""What Slack shows while an answer is on its way, in threads of direct messages."""

from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.working_status import NotShown, WorkingStatus
from adapters.slack.checking_tokens import SlackAway, TokenRefused, asked
from adapters.slack.places import PLATFORM, Place
from adapters.slack.wording_of_slack import LOOKING


def status_shown(client: AsyncWebClient, is_handled: Callable[[str], bool]) -> WorkingStatus:
    """The status of one workspace. `is_handled` tells of an event whether it was, maybe by another process."""

    def has_one(conversation: str) -> bool:
        place = Place.of(conversation)
        return bool(place.thread) and place.channel[0] == "D"

    async def show(conversation: str) -> None:
        place = Place.of(conversation)
        try:
            await asked(
                lambda: client.assistant_threads_setStatus(
                    channel_id=place.channel, thread_ts=place.thread, status=LOOKING
                )
            )
        except (TokenRefused, SlackAway) as error:
            raise NotShown(str(error)) from None

    return WorkingStatus(PLATFORM, has_one, show, is_handled)
