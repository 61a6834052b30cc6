"""Questions sent to an app at a rate, as Slack sends them."""

import itertools
import secrets
import time
from collections import defaultdict
from collections.abc import Sequence

from tests.adapters.chat.load import MENTION, Load, Signed, Trouble
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.fake_workspace import APP, BOT_USER, TEAM, Node, direct

_LOADS = itertools.count()


class SlackLoad(Load):
    """Questions in one workspace: each mention is by somebody else or in another channel."""

    def __init__(self, slack: FakeSlack, signed: Signed, questions: Sequence[str], trouble: Trouble) -> None:
        super().__init__(signed, trouble)
        self._slack, self._questions, self._name = slack, itertools.cycle(questions), f"{next(_LOADS):03d}"

    def event(self, kind: str, number: int, users: int) -> tuple[Node, tuple[str, ...]]:
        """See the base; an answer is seen in a channel, in a thread, or by one person alone."""
        user, turn = f"U{self._name}USER{number // 2 % users:05d}", number // 2 // users
        channel = f"C{self._name}CHAN{turn:04d}" if kind == MENTION else direct(user)
        words = next(self._questions)
        event = self._slack.workspace.typed(channel, user, f"<@{BOT_USER}> {words}" if kind == MENTION else words)
        own = {name: value for name, value in event.items() if name not in ("touched", "at")}
        own |= {"channel": channel, "event_ts": event["ts"], "team": TEAM, "client_msg_id": secrets.token_hex(16)}
        own |= {"type": "app_mention"} if kind == MENTION else {"channel_type": "im"}
        return own, (channel, "", user) if kind == MENTION else (channel, str(event["ts"]), "")

    def answers(self) -> dict[tuple[str, ...], list[float]]:
        """When something was said, by where it is seen."""
        found: dict[tuple[str, ...], list[float]] = defaultdict(list)
        for channel, messages in self._slack.workspace.messages.items():
            for message in messages.values():
                if message["user"] == BOT_USER:
                    found[channel, str(message.get("thread_ts", "")), ""].append(message["at"])
        for whispered in self._slack.workspace.ephemerals:
            found[whispered["channel"], "", whispered["to"]].append(whispered["at"])
        return found

    def sent_as(self, event: Node) -> Node:
        """The event in its wrapping."""
        return {
            "token": "unused",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(6).upper()}",
            "event_time": int(time.time()),
            "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "is_ext_shared_channel": False,
        }
