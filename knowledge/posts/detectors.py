"""The faults that neither words nor examples show, each detector under the name by which a signal's file calls it."""

from collections.abc import Callable, Iterable, Mapping

from knowledge.posts.confusions import confusions
from knowledge.posts.dates import impossible_dates
from knowledge.posts.disclosures import undisclaimed, without_line
from knowledge.posts.faults import Examined, Fault
from knowledge.posts.links import broken_links
from knowledge.posts.spelling import misspellings

DETECTORS: Mapping[str, Callable[[Examined], Iterable[Fault]]] = {
    "spelling": misspellings,
    "confusion": confusions,
    "impossible date": impossible_dates,
    "broken link": broken_links,
    "missing disclaimer": undisclaimed,
    "missing line": without_line,
}
