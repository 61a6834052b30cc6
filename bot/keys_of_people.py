"""What is said to somebody only once: the keys under which that is remembered, and forgotten with them. They hold no
account, so that nothing tells from a key whose it is."""

from hashlib import sha256


def key_of_welcome(account: str) -> str:
    """Of the welcome to who opens a conversation with the bot."""
    return f"welcomed:{_hidden(account)}"


def key_of_refusal(account: str) -> str:
    """Of the refusal to who opens one, and is not answered here."""
    return f"turned_away:{_hidden(account)}"


def keys_of(account: str) -> tuple[str, ...]:
    """All that there are of one person."""
    return key_of_welcome(account), key_of_refusal(account)


def _hidden(account: str) -> str:
    return sha256(account.encode("utf-8", "surrogatepass")).hexdigest()
