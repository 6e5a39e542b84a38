"""Same, conflicting and masked figures of one source against those of others, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q

from cases.models import Recovery
from measures.models import Metric, MetricLink

from .follow import recovery_row
from .merge import Changes, merge
from .observations import Relation, observations
from .reading import figure_records, without_witnesses, written
from .records import FigureRecord, SourceRecord
from .recovery import masked_figures

_TYPES = {Relation.SAME: MetricLink.Type.SAME, Relation.CONFLICT: MetricLink.Type.CONFLICT}


def write_figures(record: SourceRecord) -> Changes:
    """Bring what is suggested about the figures of ``record`` in line with all current sources."""
    own = Metric.objects.filter(source=record.key).values("region")
    comparable = Metric.objects.visible().filter(region__in=own)
    figures = list(figure_records(without_witnesses(comparable)))
    return merge(
        MetricLink.objects.filter(type__in=_TYPES.values()).filter(
            Q(metric__source=record.key) | Q(other__source=record.key)
        ),
        _observed(record, figures),
        lambda row: frozenset((row.metric_id, row.other_id)),
        ("type", "score", "signals", "rule"),
    )


def _observed(record: SourceRecord, figures: Sequence[FigureRecord]) -> Iterator[MetricLink]:
    dates = written({figure.source for figure in figures})
    for found in observations(figures, dates, frozenset([record.key])):
        yield MetricLink(
            metric_id=found.first.key,
            other_id=found.second.key,
            type=_TYPES[found.relation],
            rule=f"{found.relation.value}-figure",
            score=found.score,
            signals={"subject": found.subject, "wordings": [found.first.quote, found.second.quote]},
        )


def write_masked(record: SourceRecord) -> Changes:
    """Offer printed figures for the masks of ``record``."""
    masks = [figure for figure in record.figures if figure.value is None]
    regions = {figure.region for figure in masks if figure.region}
    printed = Metric.objects.visible().filter(masked=False, region__path__in=regions)
    figures = list(figure_records(without_witnesses(printed))) if masks else []
    dates = written({figure.source for figure in figures})
    passages = {figure.start: figure.passage for figure in masks}
    return merge(
        Recovery.objects.filter(kind=Recovery.Kind.MASKED_FIGURE, source=record.key),
        [
            recovery_row(
                offer,
                Recovery.Kind.MASKED_FIGURE,
                record,
                passages[offer.span[0]],
                dates.get(offer.figure.source),
            )
            for offer in masked_figures(masks, figures)
        ],
        lambda row: (row.start, row.end, row.metric_id),
        ("passage_id", "other_id", "months_apart", "score", "signals", "rule"),
    )
