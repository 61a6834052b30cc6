"""What leads to this machine alone."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_here(host: str) -> bool:
    """Whether a host name or an address is this machine, as nobody but this machine reaches it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def leads_here(url: str) -> bool:
    """Whether an address of http or https leads to this machine, and carries neither a login nor anything that is asked
    for."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    bare = not parts.query and not parts.fragment and "@" not in parts.netloc
    return is_here(host) and parts.scheme in ("http", "https") and bare
