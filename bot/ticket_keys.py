"""What a ticket is known by, so that no second one can come of the same. Pure."""


def key_of_query(exchange: str) -> str:
    """The key of a query that came of an exchange: its asker sent it on, or staff took up what they called wrong."""
    return f"exchange:{exchange}"


def key_of_gap(exchange: str) -> str:
    """The key of a ticket that staff made of a question which nobody sent on."""
    return f"gap:{exchange}"
