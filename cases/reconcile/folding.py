"""What readers see once although several copies of a text have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Practice, PracticeWitness, Source
from measures.curation import CurationStatus
from measures.models import Metric, MetricLink

_STANDS = Q(link__isnull=True) | ~Q(link__status=CurationStatus.REJECTED)
_CURRENT = Source.State.CURRENT


def unfolded_metrics(metrics: QuerySet[Metric]) -> QuerySet[Metric]:
    """``metrics`` without those that are the same figure printed in a copy of another's text."""
    witnesses = _printed_again().filter(metric=OuterRef("pk"))
    return metrics.exclude(Exists(witnesses))


def unfolded_practices(practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """``practices`` without those that are another told again in a copy of its text."""
    witnesses = _told_again().filter(practice=OuterRef("pk"))
    return practices.exclude(Exists(witnesses))


def _printed_again() -> QuerySet[MetricLink]:
    standing = MetricLink.objects.standing().filter(_STANDS, type=MetricLink.Type.WITNESS)
    return standing.filter(other__source__state=_CURRENT).exclude(other__status=CurationStatus.REJECTED)


def _told_again() -> QuerySet[PracticeWitness]:
    standing = PracticeWitness.objects.standing().filter(_STANDS)
    return standing.filter(original__source__state=_CURRENT).exclude(original__status=CurationStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class Attestation:
    """How many sources have a figure or a practice: on their own account, and as copies of those."""

    independent: int = 1
    copies: int = 0


def metric_attestation(keys: Iterable[int]) -> dict[int, Attestation]:
    """Attestation for the figures ``keys``, in two queries.

    Copies are figures folded into one; independent are those tied to it as the
    same figure by another text.
    """
    keys = list(keys)
    copies = _sources(
        _printed_again().filter(other__in=keys, metric__source__state=_CURRENT), "other", "metric"
    )
    same = MetricLink.objects.standing().filter(type=MetricLink.Type.SAME)
    independent = _sources(same.filter(metric__in=keys), "metric", "other")
    for key, sources in _sources(same.filter(other__in=keys), "other", "metric").items():
        independent.setdefault(key, set()).update(sources)
    return {key: Attestation(1 + len(independent.get(key, ())), len(copies.get(key, ()))) for key in keys}


def practice_attestation(keys: Iterable[int]) -> dict[int, Attestation]:
    """Attestation for the practices ``keys``: copies are told in reprints and excerpts."""
    keys = list(keys)
    told = _told_again().filter(original__in=keys, practice__source__state=_CURRENT)
    copies = _sources(told, "original", "practice")
    return {key: Attestation(1, len(copies.get(key, ()))) for key in keys}


def _sources(rows: QuerySet, key: str, other: str) -> dict[int, set[int]]:
    """The sources of the ``other`` side of ``rows``, apart from the key's own, by the ``key`` side."""
    found: dict[int, set[int]] = {}
    for pk, own, source in rows.values_list(f"{key}_id", f"{key}__source_id", f"{other}__source_id"):
        if own != source:
            found.setdefault(pk, set()).add(source)
    return found
