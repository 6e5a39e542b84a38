"""Recoveries as rows."""

from __future__ import annotations

import datetime as dt

from cases.models import Recovery

from .recovery import Recovery as Offer

_RULES = {Recovery.Kind.LOST_FIGURE: "lost-digits", Recovery.Kind.MASKED_FIGURE: "mask-fits"}
_DAYS_IN_MONTH = 30.44

Dates = tuple[dt.date | None, dt.date | None]


def recovery_row(
    offer: Offer, kind: Recovery.Kind, source: int, passage: int, quote: str, dates: Dates
) -> Recovery:
    """The row that offers a figure for the gap at ``offer.span`` of ``source``.

    ``dates`` are those of the source with the gap and of the one that prints the figure.
    """
    start, end = offer.span
    return Recovery(
        kind=kind,
        source_id=source,
        passage_id=passage,
        start=start,
        end=end,
        quote=quote,
        other_id=offer.figure.passage,
        metric_id=offer.figure.key,
        months_apart=months_between(*dates),
        rule=_RULES[kind],
        score=min(1.0, offer.score),
        signals={"before": offer.before, "behind": offer.behind, "wording": offer.figure.quote},
    )


def months_between(first: dt.date | None, second: dt.date | None) -> int | None:
    """Whole months from ``first`` to ``second``; None when either is not known."""
    if first is None or second is None:
        return None
    return round((second - first).days / _DAYS_IN_MONTH)
