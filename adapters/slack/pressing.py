"""What a button or a form of ours carries, and how it comes back. Pure.

A button's `action_id` begins with what pressing it does, and its `value` is the act; `who` it is for stands before
that where others see it. Values come back through the client, so that every act is checked again by the bot.
"""

import json

from adapters.chat.pressing import Does, Pressed
from adapters.storage.carried import act_from_json, act_to_json
from bot.acts import Act

LONGEST_VALUE = 2_000  # characters


def action_id(does: Does, number: int) -> str:
    """The id of a button, unique by its number."""
    return f"{does}.{number}"


def value_of(act: Act, who: str = "") -> str | None:
    """The value of a button; None where the act is longer than a button carries."""
    value = json.dumps({"who": who, **act_to_json(act)} if who else act_to_json(act), ensure_ascii=False)
    return value if len(value) <= LONGEST_VALUE else None


def pressed(name: str, value: str) -> Pressed:
    """What an `action_id` and a `value` mean.

    Raises:
        ValueError: they are none of ours.
    """
    kept = json.loads(value)
    if not isinstance(kept, dict):
        raise ValueError("no value of ours")
    who = str(kept.pop("who", ""))
    return Pressed(Does(name.partition(".")[0]), act_from_json(kept), who)
