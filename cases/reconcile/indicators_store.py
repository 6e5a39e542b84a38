"""Indicators as rows: suggested, kept in line with the figures, and left alone once decided on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from measures.models import Indicator, IndicatorMember, Metric, MetricKey

from .folding import unfolded_metrics
from .indicators import LARGEST, IndicatorFind, find_indicators, indicator_key
from .merge import Changes, chunks, merge
from .reading import figure_records
from .slugs import free_slug

RULE = "same-count"


def write_indicators(new: Collection[int]) -> Changes:
    """Bring the indicators of the figures of the sources ``new`` in line with all figures."""
    affected = _write_keys(new)
    changes = Changes()
    found = {str(find.key): find for find in _indicators(affected)}
    stored = {
        row.key: row for part in chunks(sorted(affected)) for row in Indicator.objects.filter(key__in=part)
    }
    for key, find in found.items():
        if key not in stored:
            stored[key] = _create(key, find)
            changes.created += 1
    changes += merge(
        IndicatorMember.objects.filter(indicator__in=stored.values()),
        [row for key, find in found.items() for row in _members(stored[key], find)],
        lambda row: (row.indicator_id, row.metric_id),
        ("score", "signals", "rule"),
    )
    changes.deleted += _delete_empty([row.pk for key, row in stored.items() if key not in found])
    return changes


def _create(key: str, find: IndicatorFind) -> Indicator:
    return Indicator.objects.create(
        key=key,
        slug=free_slug(Indicator, find.name),
        name=find.name[:120],
        unit=find.key.unit[:20],
        population=find.key.counted[:120],
        definition=_("Figures whose subject ends in “%(counted)s”, in %(unit)s.")
        % {"counted": find.key.counted, "unit": find.key.unit},
    )


def _write_keys(new: Collection[int]) -> set[str]:
    """Bring the keys of the figures of ``new`` in line; every key they have or had."""
    rows = MetricKey.objects.filter(metric__source__in=new)
    known = {metric: (pk, key) for pk, metric, key in rows.values_list("pk", "metric_id", "key")}
    figures = figure_records(unfolded_metrics(Metric.objects.visible().filter(source__in=new)))
    wanted = {figure.key: str(key)[:200] for figure in figures if (key := indicator_key(figure))}
    stale = [pk for metric, (pk, key) in known.items() if wanted.get(metric) != key]
    for part in chunks(stale):
        MetricKey.objects.filter(pk__in=part).delete()
    MetricKey.objects.bulk_create(
        [
            MetricKey(metric_id=metric, key=key)
            for metric, key in wanted.items()
            if metric not in known or known[metric][1] != key
        ],
        batch_size=400,
    )
    return {key for _pk, key in known.values()} | set(wanted.values())


def _indicators(keys: Collection[str]) -> list[IndicatorFind]:
    found: list[IndicatorFind] = []
    for part in chunks(sorted(keys)):
        counts = MetricKey.objects.filter(key__in=part).values_list("key").annotate(n=Count("pk"))
        shared = [key for key, n in counts if 1 < n <= LARGEST]
        metrics = Metric.objects.visible().filter(indicator_key__key__in=shared)
        found += find_indicators(figure_records(unfolded_metrics(metrics)))
    return found


def _members(indicator: Indicator, find: IndicatorFind) -> Iterator[IndicatorMember]:
    places = len({figure.region for figure in find.members})
    for figure in find.members:
        yield IndicatorMember(
            indicator=indicator,
            metric_id=figure.key,
            rule=RULE,
            score=0.9 if find.key.names else 0.7,
            signals={"counted": find.key.counted, "names": list(find.key.names), "places": places},
        )


def _delete_empty(keys: Collection[int]) -> int:
    """Delete indicators that nothing is left of; one that people touched stays."""
    kept = set(IndicatorMember.objects.filter(indicator__in=keys).values_list("indicator_id", flat=True))
    kept |= set(Metric.objects.filter(indicator__in=keys).values_list("indicator_id", flat=True))
    kept |= set(Indicator.objects.filter(merged_into__in=keys).values_list("merged_into_id", flat=True))
    return Indicator.objects.filter(pk__in=set(keys) - kept, merged_into=None).delete()[0]
