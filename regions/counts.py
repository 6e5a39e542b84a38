"""How many practices and figures readers find in each region's subtree."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db.models import Count

from .models import Region

VISIBLE = ("suggested", "accepted")


def practice_counts() -> dict[str, int]:
    """Visible practices of each region's subtree by code; one that several places share counts once."""
    pairs = (
        Region.objects.filter(practices__status__in=VISIBLE, practices__source__state="current")
        .order_by()
        .values_list("path", "practices")
    )
    held: dict[str, set[int]] = defaultdict(set)
    for path, practice in pairs:
        for code in path.strip("/").split("/"):
            held[code].add(practice)
    return {code: len(practices) for code, practices in held.items()}


def metric_counts() -> dict[str, int]:
    """Visible figures of each region's subtree by code."""
    counts: Counter[str] = Counter()
    here = (
        Region.objects.filter(metrics__status__in=VISIBLE, metrics__source__state="current")
        .order_by()
        .values_list("path")
        .annotate(Count("metrics"))
    )
    for path, count in here:
        counts.update(dict.fromkeys(path.strip("/").split("/"), count))
    return dict(counts)
