"""What a ticket is known by, so that no second one can come of the same. Pure."""

TAKE_OVER = "takeover"  # the kind of a ticket by which staff are asked to agree that somebody runs an account
MESSAGE = "message"  # the kind of a ticket that is a message for whoever runs an account


def key_of_query(exchange: str) -> str:
    """The key of a query that came of an exchange: its asker sent it on, or staff took up what they called wrong."""
    return f"exchange:{exchange}"


def key_of_gap(exchange: str) -> str:
    """The key of a ticket that staff made of a question which nobody sent on."""
    return f"gap:{exchange}"


def key_of_take_over(enrolment: str) -> str:
    """The key of a ticket by which staff are asked to agree to an enrolment."""
    return f"{TAKE_OVER}:{enrolment}"


def key_of_request(request: str) -> str:
    """The key of a request for a new account."""
    return f"request:{request}"


def key_of_advice(request: str) -> str:
    """The key of a query whether a group needs an account; `request` is the one that was begun meanwhile."""
    return f"advice:{request}"


def key_of_message(entry: str, unique: str) -> str:
    """The key of a message for whoever runs an account; `unique` tells several apart."""
    return f"{MESSAGE}:{entry}:{unique}"


def came_of(key: str) -> tuple[str, str]:
    """What a ticket came of: the kind (`takeover`, `request`, `advice`, `message`, `exchange`, `gap`), and
    the id of that."""
    kind, _, rest = key.partition(":")
    return kind, rest.partition(":")[0]


def asks_something(key: str) -> bool:
    """Whether a ticket is a question, which one answer can settle for several."""
    return came_of(key)[0] not in (TAKE_OVER, "request", MESSAGE)
