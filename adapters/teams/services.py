"""Which addresses are those of Teams' service: the bot's token goes there, and what people are told."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from adapters.loopback import leads_here
from adapters.settings import Settings
from adapters.settings_of_microsoft import KEYS


@dataclass(frozen=True, slots=True)
class Services:
    """`beyond` are those on the net, over an encrypted line; `here` those on this machine, which stand in for them."""

    beyond: bool = True
    here: bool = False

    @classmethod
    def of(cls, settings: Settings) -> "Services":
        """Those that fit the settings: without an app id nothing is signed, and then nothing leaves this machine."""
        if settings.microsoft_app_id is None:
            return cls(beyond=False, here=True)
        return cls(here=settings.microsoft_keys_url != KEYS)

    def has(self, url: str) -> bool:
        """Whether an address is one of them."""
        if self.here and leads_here(url):
            return True
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            return False
        bare = not parts.query and not parts.fragment and "@" not in parts.netloc
        return self.beyond and parts.scheme == "https" and bool(host) and bare
