"""How the tokens of a platform stand, in the words in which whoever watches is told."""

NOT_CHECKED, GOOD = "not checked yet", "good"


def refused(code: str) -> str:
    """That a platform does not take them; `code` is its own word for why."""
    return f"refused: {code}"
