"""Questions sent to an app at a rate, as Teams sends them."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from tests.adapters.chat.load import MENTION, Load, Signed, Trouble
from tests.adapters.teams.fake_calls import Call, Method
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_tenant import BOT_NAME, Node
from tests.adapters.teams.from_teams import Client, called

_LOADS = itertools.count()


class TeamsLoad(Load):
    """Questions in one tenant: each mention begins a thread of a channel in which few write, since Teams takes only so
    many messages in each; each direct message is its writer's first."""

    def __init__(self, teams: FakeConnector, signed: Signed, questions: Sequence[str], trouble: Trouble) -> None:
        super().__init__(signed, trouble)
        self._teams, self._questions, self._name = teams, itertools.cycle(questions), f"{next(_LOADS):03d}"

    def event(self, kind: str, number: int, users: int) -> tuple[Node, tuple[str, ...]]:
        """See the base; an answer is seen in a conversation."""
        tenant, words = self._teams.tenant, next(self._questions)
        if kind == MENTION:
            name = f"load{self._name}mentions{number // 2 % users}"
            chat, text = tenant.channel(name), f"{called(BOT_NAME)} {words}"
        else:
            name = f"load{self._name}writes{number // 2}"
            chat, text = tenant.personal(name), words
        activity = Client(self._teams, tenant.person(name)).message(chat, tenant.typed(chat, name, text))
        return activity, (str(activity["conversation"]["id"]),)

    def answers(self) -> dict[tuple[str, ...], list[float]]:
        """When something was said, by the conversation."""
        found: dict[tuple[str, ...], list[float]] = defaultdict(list)
        for call in self._said():
            found[(call.conversation,)].append(call.at)
        return found

    def same_twice(self) -> list[str]:
        """The conversations in which the same was said twice, and the second did not say that it may be a repeat."""
        said = Counter((call.conversation, _words(call)) for call in self._said())
        return [conversation for (conversation, _), times in said.items() if times > 1]

    def _said(self) -> list[Call]:
        return [call for call in self._teams.calls if call.method is Method.SEND and call.done]


def _words(call: Call) -> str:
    body = call.body or {}
    return str([body.get(name) for name in ("text", "attachments")])
