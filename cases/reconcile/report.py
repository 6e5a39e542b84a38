"""What a pass did, as lines of a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .run import Result


def heading() -> str:
    numbers = (_("made"), _("changed"), _("removed"), _("same"), _("seconds"))
    return "\t".join([*numbers, _("source")])


def line(result: Result) -> str:
    changes = result.changes
    numbers = (changes.created, changes.updated, changes.deleted, changes.unchanged)
    related = "; ".join(f"{kind} {other}" for kind, other in result.related)
    name = f"{result.source} ({related})" if related else result.source or _("the finds of all")
    return "\t".join([*map(str, numbers), f"{result.seconds:.2f}", name])


def summary(results: Sequence[Result]) -> str:
    """One line on the whole pass."""
    count = sum(1 for result in results if result.source)
    wrote = sum(result.changes.wrote for result in results)
    message = ngettext(
        "%(count)d source was compared, %(wrote)d suggestions were written.",
        "%(count)d sources were compared, %(wrote)d suggestions were written.",
        count,
    )
    return message % {"count": count, "wrote": wrote}
