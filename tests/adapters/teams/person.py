"""A person in Teams: what they write, press and fill in gets to the app as from Teams, and they see what comes."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.adapters.teams.card_rules import DIALOG, MESSAGE, card_problems
from tests.adapters.teams.fake_connector import FakeConnector
from tests.adapters.teams.fake_rules import CARD
from tests.adapters.teams.fake_tenant import BOT_NAME, PERSONAL, Chat, Node, User
from tests.adapters.teams.filled_in import Given, inputs_of
from tests.adapters.teams.from_teams import Acknowledged, Client, OverHttp, called
from tests.adapters.teams.reading import Pressable, buttons_in, cards_in, read

Settled = Callable[[], Awaitable[None]]
_TASK, _EXTENSION = "task", "composeExtension"


async def at_once() -> None:
    """Waits for nothing."""


class Person:
    """Somebody in a tenant, and a way to the app. `settled` waits until the bot has done what it has to. An `old`
    client knows no Action.Execute, and falls back on what stands in its place."""

    def __init__(self, user: User, teams: FakeConnector, way: OverHttp, settled: Settled = at_once) -> None:
        self.user, self.way, self._settled, self.old = user, way, settled, False
        self._tenant, self._client = teams.tenant, Client(teams, user)
        self.sent: list[Node] = []  # all that went to the app
        self.acknowledged: list[Acknowledged] = []
        self.told: list[str] = []  # what their client said beside a card, or in a dialog that can only be closed
        self._dialog: Node | None = None
        self._opened_by: Node = {}  # the activity that opened the dialog
        self._looks: dict[str, Node] = {}  # cards as they were given to their client alone, by message

    def moves(self, way: OverHttp, settled: Settled) -> None:
        """Has another way to the app from now on; what is before them stays there."""
        self.way, self._settled = way, settled

    @property
    def chat(self) -> Chat:
        """The chat between them and the bot."""
        return self._tenant.personal(self.user.name)

    # What they write

    async def dm(self, text: str) -> str:
        """Writes to the bot alone. Gives the id of the message."""
        return await self._write(self.chat, text, "")

    async def mention(self, chat: Chat, text: str, thread: str = "", naming: Sequence[User] = ()) -> str:
        """Names the bot in a channel or a group chat, and others where they are `called` so in the text. Gives the id
        of the message."""
        return await self._write(chat, f"{called(BOT_NAME)} {text}", thread, naming)

    def say(self, chat: Chat, text: str, thread: str = "") -> Node:
        """Writes there without naming the bot, which is not told of it. Gives the message."""
        return self._tenant.typed(chat, self.user.name, text, thread)

    async def installs(self, chat: Chat | None = None, there: bool = True) -> None:
        """Puts the app into a chat, or takes it out; into their own where none is given."""
        chat = chat or self.chat
        chat.installed = there
        if chat.kind == PERSONAL:
            self.user.installed = there
        for activity in self._client.installed(chat, there):
            await self._send(activity)

    # What they press

    async def press(self, label: str, among: str = "", twice: bool = False) -> None:
        """Presses the button of this label in what they saw last that has one; `among` is a word that stands there
        too. Twice is a double click.

        Raises:
            AssertionError: they see no such button.
        """
        activity = self.aimed(label, among)
        await self.pressed(activity)
        if twice:
            await self.pressed(activity | {"id": f"{activity['id']}9"})

    def aimed(self, label: str, among: str = "", shown: "Person | None" = None) -> Node:
        """A press that is about to come, of a button that they see, or that is shown to somebody else."""
        return self._pressing(*(shown or self)._found(label, among))

    async def pressed(self, activity: Node) -> None:
        """A press that was aimed before, whatever has happened since."""
        self._came_back(activity, await self._send(activity))

    async def picks(self, command: str, message: Node, thread: str = "") -> None:
        """Chooses a message action on a message of a chat."""
        chat = self._tenant.chats[str(message["chat"])]
        author = self._tenant.people.get(str(message["author"]))
        value = self._client.picked(command, chat, thread or str(message["thread"]), message, author)
        await self.pressed(self._client.invoke(f"{_EXTENSION}/fetchTask", value, chat, str(message["thread"])))

    async def submit(self, label: str = "", /, **given: Given) -> None:
        """Fills in the dialog before them, each field by how its label begins (with _ for spaces), and sends it by the
        first of its buttons, or by the one of this label.

        Raises:
            AssertionError: there is no such dialog, button or field, or Teams would not let it be sent.
        """
        await self.pressed(self.filled(label, **given))

    def filled(self, label: str = "", /, **given: Given) -> Node:
        """What `submit` is about to send."""
        buttons = buttons_in(self.dialog)
        sending = [one for one in buttons if one.label == label or (not label and _sends(one))]
        assert sending, f"no button “{label}” in: {read(self.dialog)}"
        return self._in_dialog(sending[0].action, {name.replace("_", " "): value for name, value in given.items()})

    def close(self) -> None:
        """Closes the dialog before them, if there is one. The bot is not told."""
        self._dialog = None

    async def rates(self, reaction: str, words: str = "", as_text: bool = False, message: Node | None = None) -> None:
        """Says of an answer whether it helped: of the last one where none is given. Some clients send the words as they
        stand, and not as JSON."""
        rated = message or next(one for one in reversed(self.seen) if "feedbackLoop" in one.get("channelData", {}))
        said = words if as_text else json.dumps({"feedbackText": words})
        value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": said}}
        await self.pressed(self._on(rated, "message/submitAction", value))

    async def looks(self) -> None:
        """Has every card before them looked up that is to be looked up for them, as Teams does when they see it."""
        for message in self.seen:
            for card in cards_in(message):
                refresh = card.get("refresh", {})
                if self.user.id in refresh.get("userIds", ()):
                    value = {"action": _without_fallback(refresh["action"]), "trigger": "automatic"}
                    await self.pressed(self._on(message, "adaptiveCard/action", value))

    async def again(self) -> None:
        """Has Teams deliver once more what it delivered last, as if no answer had come."""
        self.acknowledged.append(await self.way.send(self.sent[-1]))
        await self._settled()

    # What they see

    @property
    def seen(self) -> list[Node]:
        """All that the bot shows them, what changed last at the end; an open dialog alone."""
        if self._dialog is not None:
            return [self._dialog]
        return [self._as_they_see(one) for one in self._tenant.seen_by(self.user.name)]

    def sees(self) -> str:
        """What changed last of all that the bot shows them, as text; empty where it shows nothing."""
        seen = self.seen
        return read(seen[-1]) if seen else ""

    def sees_all(self) -> str:
        """All that the bot shows them, as text, and what their client said beside it."""
        return "\n\n".join([*(read(one) for one in self.seen), *self.told])

    @property
    def dialog(self) -> Node:
        """The dialog before them.

        Raises:
            AssertionError: there is none.
        """
        assert self._dialog is not None, f"no dialog is open; they see: {self.sees_all()}"
        return self._dialog

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons in what changed last."""
        return [one.label for one in buttons_in(self.seen[-1])] if self.seen else []

    def may_press(self, label: str) -> bool:
        """Whether they see such a button anywhere."""
        return any(one.label == label and _acts(one) for seen in self.seen for one in buttons_in(seen))

    # How Teams puts it

    async def _write(self, chat: Chat, text: str, thread: str, naming: Sequence[User] = ()) -> str:
        kept = self._tenant.typed(chat, self.user.name, text, thread)
        await self._send(self._client.message(chat, kept, naming))
        return str(kept["id"])

    def _as_they_see(self, message: Node) -> Node:
        look = self._looks.get(str(message["id"]))
        if look is None or look["touched"] != message["touched"]:
            return message
        return {**message, "attachments": [{"contentType": CARD, "content": look["card"]}]}

    def _found(self, label: str, among: str) -> tuple[Node, Pressable]:
        for seen in reversed(self.seen):
            if among in read(seen):
                for button in buttons_in(seen):
                    if button.label == label and _acts(button):
                        return seen, button
        raise AssertionError(f"no button “{label}” in: {self.sees_all()}")

    def _pressing(self, seen: Node, button: Pressable) -> Node:
        if button.card is None:
            return self._client.message(
                self.chat, self._tenant.typed(self.chat, self.user.name, button.action["value"])
            )
        if "chat" not in seen:
            return self._in_dialog(button.action, {})
        action = button.action
        if action["type"] == "Action.Execute" and not self.old:
            whole = _without_fallback(action) | {"data": action["data"] | inputs_of(button.card, checked=False)}
            return self._on(seen, "adaptiveCard/action", {"action": whole, "trigger": "manual"})
        action = action["fallback"] if action["type"] == "Action.Execute" else action
        data = action["data"] | inputs_of(button.card, checked=False)
        if data.get("msteams", {}).get("type") == "task/fetch":
            return self._on(seen, "task/fetch", {"data": data, "context": {"theme": "default"}})
        chat = self._tenant.chats[str(seen["chat"])]
        return self._client.submitted(chat, str(seen["thread"]), str(seen["id"]), data)

    def _on(self, message: Node, name: str, value: Node) -> Node:
        """An invoke about a message of the bot's."""
        chat = self._tenant.chats[str(message["chat"])]
        return self._client.invoke(name, value, chat, str(message["thread"]), str(message["id"]))

    def _in_dialog(self, action: Node, given: dict[str, Given]) -> Node:
        """A press in the dialog before them."""
        assert action["type"] == "Action.Submit", "a dialog takes no other action"
        card, before = self.dialog["card"], self._opened_by
        bare = action.get("associatedInputs") == "none"
        data = action.get("data", {}) | ({} if bare else inputs_of(card, given))
        own = {name: before[name] for name in before if name not in ("id", "value", "name")}
        kind = str(before["name"]).partition("/")[0]
        if kind == _TASK:
            return own | {"name": "task/submit", "id": self._fresh(), "value": {"data": data, "context": {}}}
        value = {**before["value"], "data": data}
        return own | {"name": f"{_EXTENSION}/submitAction", "id": self._fresh(), "value": value}

    def _fresh(self) -> str:
        return f"f:{self._tenant.new_id()}"

    def _came_back(self, sent: Node, answer: Acknowledged) -> None:
        """What their client does about what came back for an invoke."""
        if sent["type"] != "invoke":
            return
        body: Any = answer.body or {}
        in_dialog = str(sent["name"]).startswith((_TASK, _EXTENSION))
        if in_dialog:
            self._show(sent, body.get("task"))
        elif body.get("type") == CARD:
            self._look_at(sent, body["value"])
        elif body.get("value"):
            said = body["value"]
            self.told.append(str(said["message"] if isinstance(said, dict) else said))

    def _show(self, sent: Node, task: Any) -> None:
        """Opens a dialog, or puts another in its place; closes it where nothing comes."""
        self._dialog = None
        if task and task["type"] == "continue":
            shown = task["value"]
            card = shown["card"]["content"]
            assert card_problems(card, DIALOG) == [], f"Teams shows no such dialog: {card_problems(card, DIALOG)}"
            self._dialog, self._opened_by = {"title": shown["title"], "card": card}, sent
        elif task:
            assert task["type"] == "message", f"no answer that Teams knows: {task}"
            self.told.append(str(task["value"]))

    def _look_at(self, sent: Node, card: Node) -> None:
        assert card_problems(card, MESSAGE) == [], f"Teams shows no such card: {card_problems(card, MESSAGE)}"
        message = str(sent["replyToId"])
        chat = self._tenant.chats[str(sent["conversation"]["id"]).partition(";")[0]]
        if message in chat.messages:
            self._looks[message] = {"card": card, "touched": chat.messages[message]["touched"]}

    async def _send(self, activity: Node) -> Acknowledged:
        self.sent.append(activity)
        answer = await self.way.send(activity)
        self.acknowledged.append(answer)
        assert answer.status in (200, 201, 202), f"the app did not take it: {answer}"
        await self._settled()
        return answer


def _without_fallback(action: Node) -> Node:
    return {name: value for name, value in action.items() if name != "fallback"}


def _acts(button: Pressable) -> bool:
    """Whether pressing does anything but show more of the card."""
    return bool(button.action.get("type") != "Action.ShowCard")


def _sends(button: Pressable) -> bool:
    """Whether a button of a dialog sends what was filled in."""
    return button.action["type"] == "Action.Submit" and button.action.get("associatedInputs") != "none"
