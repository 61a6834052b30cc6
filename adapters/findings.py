"""What `verse doctor` finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    found: str
    fault: bool = False

    def __str__(self) -> str:
        return f"{'FAULT' if self.fault else 'ok   '}  {self.what}: {self.found}"
