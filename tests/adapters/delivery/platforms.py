"""A platform that keeps what it is given, for tests, and does what the test has it do before."""

from collections.abc import Sequence

from adapters.delivery.platforms import Parcel


class Shelf:
    """Keeps parcels in the order in which they came. `faults` are raised one by one, before anything is kept; with
    `applied`, after it is kept."""

    def __init__(self, faults: Sequence[Exception] = (), *, applied: bool = False, pace: float = 0) -> None:
        self.pace = pace
        self.parcels: list[Parcel] = []
        self._faults, self._applied = list(faults), applied

    async def deliver(self, parcel: Parcel) -> str:
        fault = self._faults.pop(0) if self._faults else None
        if fault is None or self._applied:
            self.parcels.append(parcel)
        if fault is not None:
            raise fault
        return f"receipt of {parcel.key}"

    @property
    def keys(self) -> list[str]:
        return [parcel.key for parcel in self.parcels]
