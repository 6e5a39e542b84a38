"""Which sources share sampled shingles with one: an index kept in the database.

A copy adds to the index only what its original lacks, so that two hundred copies
are looked up, and compared, as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Count

from cases.models import Shingle

from .fingerprints import fingerprint
from .merge import chunks

COMMON = 20  # independent sources that have a shingle: from there on it is boilerplate
_LEAST = 4  # shared samples, some sixty letters
_LEAST_SHARE = 0.06  # of the smaller sample
_CANDIDATES = 4
_MOST_STATED = 0.5  # of a stretch's samples


class Neighbours:
    """What the index knows of one text's shingles."""

    def __init__(self, key: int, sample: Collection[int]) -> None:
        self._sample = sample
        self._shared: Counter[int] = Counter()
        self._common: set[int] = set()
        for part in chunks(sorted(sample)):
            rows = Shingle.objects.filter(hash__in=part).exclude(source=key)
            counts = dict(rows.values_list("hash").annotate(n=Count("pk")))
            self._common |= {value for value, n in counts.items() if n > COMMON}
            rare = [value for value, n in counts.items() if n <= COMMON]
            found = rows.filter(hash__in=rare, source__state="current")
            self._shared.update(found.values_list("source_id", flat=True))

    @property
    def sources(self) -> set[int]:
        """Every source that shares a shingle that few have."""
        return set(self._shared)

    def candidates(self, originals: Mapping[int, int]) -> list[int]:
        """Sources worth comparing, most in common first; a copy is met in its original."""
        met: Counter[int] = Counter()
        for source, shared in self._shared.items():
            met[root(source, originals)] += shared
        least = max(_LEAST, _LEAST_SHARE * len(self._sample))
        return [source for source, shared in met.most_common(_CANDIDATES) if shared >= least]

    def is_common(self, letters: str) -> bool:
        """Whether most of a stretch stands in many independent sources."""
        sample = fingerprint(letters)
        return bool(sample) and len(sample & self._common) > _MOST_STATED * len(sample)


def root(source: int, originals: Mapping[int, int]) -> int:
    """The original of a copy of a copy; ``source`` itself when it is no copy."""
    seen = {source}
    while source in originals and originals[source] not in seen:
        source = originals[source]
        seen.add(source)
    return source


def write_shingles(key: int, sample: Collection[int]) -> int:
    """Make the index hold exactly ``sample`` for the source ``key``; how many rows changed."""
    known = set(Shingle.objects.filter(source=key).values_list("hash", flat=True))
    wanted = set(sample)
    for part in chunks(sorted(known - wanted)):
        Shingle.objects.filter(source=key, hash__in=part).delete()
    new = sorted(wanted - known)
    Shingle.objects.bulk_create([Shingle(source_id=key, hash=value) for value in new], batch_size=400)
    return len(known ^ wanted)
