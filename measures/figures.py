"""How a figure reads: its value in words, beside the wording of the source."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# One message for each qualifier, so that a translation can put its word before or after the amount.
READINGS = {
    "exact": "%(amount)s",
    "range": "%(amount)s",
    "over": _("over %(amount)s"),
    "under": _("under %(amount)s"),
    "about": _("about %(amount)s"),
    "at_least": _("at least %(amount)s"),
    "at_most": _("at most %(amount)s"),
}


def plain(value: Decimal) -> str:
    """Exact digits with thousands separators and no trailing zeros: 1,040,000; 80.8."""
    return f"{value.normalize():,f}"


def amount(metric) -> str:
    """Value, or both ends of a range, with the unit."""
    digits = plain(metric.value)
    if metric.value_max is not None:
        digits = f"{digits}–{plain(metric.value_max)}"
    # A percent sign stands close; a measure word after Latin digits is set off.
    return digits + (metric.unit if metric.unit in ("%", "‰", "") else f" {metric.unit}")


def in_words(metric) -> str:
    """The figure with its qualifier, in the reader's language."""
    if metric.masked or metric.value is None:
        return gettext("digits masked in the source")
    return str(READINGS[metric.qualifier]) % {"amount": amount(metric)}


def period_in_words(metric) -> str:
    """When the figure holds, in the reader's language; empty when the text does not say."""
    if not metric.period_kind:
        return ""
    days = {"start": metric.period_start.isoformat(), "end": metric.period_end.isoformat()}
    if metric.period_start == metric.period_end:
        words = gettext("as of %(end)s") % days
    else:
        words = gettext("%(start)s to %(end)s") % days
    return gettext("%(period)s (inferred)") % {"period": words} if metric.period_inferred else words
