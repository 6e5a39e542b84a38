"""Same, conflicting and masked figures of new sources against those of all others, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Q

from cases.models import Recovery
from measures.models import Metric, MetricLink

from .folding import unfolded_metrics
from .merge import Changes, merge
from .observations import Relation, observations
from .offers import recovery_row
from .reading import figure_records, written
from .records import FigureRecord
from .recovery import masked_figures

_TYPES = {Relation.SAME: MetricLink.Type.SAME, Relation.CONFLICT: MetricLink.Type.CONFLICT}


def write_figures(new: Collection[int]) -> Changes:
    """Bring what is suggested about the figures of the sources ``new`` in line with all current sources."""
    regions = Metric.objects.filter(source__in=new).values("region")
    comparable = unfolded_metrics(Metric.objects.visible().filter(region__in=regions))
    figures = list(figure_records(comparable))
    dates = written({figure.source for figure in figures})
    changes = merge(
        MetricLink.objects.filter(type__in=_TYPES.values()).filter(
            Q(metric__source__in=new) | Q(other__source__in=new)
        ),
        [
            MetricLink(
                metric_id=found.first.key,
                other_id=found.second.key,
                type=_TYPES[found.relation],
                rule=f"{found.relation.value}-figure",
                score=found.score,
                signals={"subject": found.subject, "wordings": [found.first.quote, found.second.quote]},
            )
            for found in observations(figures, dates, frozenset(new))
        ],
        lambda row: frozenset((row.metric_id, row.other_id)),
        ("type", "score", "signals", "rule"),
    )
    masks = [figure for figure in figures if figure.value is None]
    printed = [figure for figure in figures if figure.value is not None]
    changes += merge(
        Recovery.objects.filter(kind=Recovery.Kind.MASKED_FIGURE).filter(
            Q(source__in=new) | Q(metric__source__in=new)
        ),
        [row for row, pair in _unmasked(masks, printed) if pair & set(new)],
        lambda row: (row.source_id, row.start, row.end, row.metric_id),
        ("passage_id", "other_id", "months_apart", "score", "signals", "rule"),
    )
    return changes


def _unmasked(
    masks: Collection[FigureRecord], printed: Collection[FigureRecord]
) -> Iterator[tuple[Recovery, set[int]]]:
    """Printed figures offered for masks, each with the two sources it ties."""
    dates = written({figure.source for figure in (*masks, *printed)})
    of_region: dict[str, list[FigureRecord]] = {}
    for figure in printed:
        of_region.setdefault(figure.region, []).append(figure)
    for mask in masks:
        for offer in masked_figures([mask], of_region.get(mask.region, ())):
            sources = mask.source, offer.figure.source
            row = recovery_row(
                offer,
                Recovery.Kind.MASKED_FIGURE,
                mask.source,
                mask.passage,
                mask.quote,
                (dates.get(sources[0]), dates.get(sources[1])),
            )
            yield row, set(sources)
