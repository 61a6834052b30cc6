"""A platform that keeps what it is given, for tests, and does what the test has it do before."""

from collections.abc import Sequence

from adapters.delivery.platforms import Parcel


class Shelf:
    """Keeps parcels in the order in which they came. `faults` are raised one by one, before anything is kept; with
    `applied`, after it is kept."""

    def __init__(
        self, faults: Sequence[Exception] = (), *, applied: bool = False, reads_back: bool = False, pace: float = 0
    ) -> None:
        self.reads_back, self.pace = reads_back, pace
        self.parcels: list[Parcel] = []
        self.looked_for: list[str] = []
        self._faults, self._applied = list(faults), applied

    async def deliver(self, parcel: Parcel) -> str:
        fault = self._faults.pop(0) if self._faults else None
        if fault is None or self._applied:
            self.parcels.append(parcel)
        if fault is not None:
            raise fault
        return f"receipt of {parcel.key}"

    async def find(self, key: str, conversation: str) -> str | None:
        self.looked_for.append(key)
        there = any(parcel.key == key and parcel.conversation == conversation for parcel in self.parcels)
        return f"receipt of {key}" if there else None

    @property
    def keys(self) -> list[str]:
        return [parcel.key for parcel in self.parcels]
