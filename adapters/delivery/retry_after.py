"""How long a server asks to be left alone."""


def seconds_of(retry_after: str | None) -> float | None:
    """The seconds in a header `Retry-After`; None where it holds no number of them, or none at all."""
    try:
        seconds = float(retry_after or "")
    except ValueError:
        return None
    return seconds if 0 < seconds < float("inf") else None
