"""What editors do with families and indicators: merge, split, and take both back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from cases.ingest.lock import lock_for_decision
from cases.models import Family, FamilyMember, Practice
from measures.models import Indicator, IndicatorMember, Metric
from measures.suggestions import Suggestion

from .decisions import accept, refuse, reopen
from .slugs import free_slug

Group = Family | Indicator


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a group, its members and their rows are tied."""

    member: type[Suggestion]
    row: type[models.Model]
    group: str  # of the member, and of the row
    item: str  # the row, of the member


_KINDS: dict[type[models.Model], _Kind] = {
    Family: _Kind(FamilyMember, Practice, "family", "practice"),
    Indicator: _Kind(IndicatorMember, Metric, "indicator", "metric"),
}


def merge_groups(kept: Group, away: Group, user: Any = None) -> None:
    """Show ``away`` under ``kept``; both keep their members, so :func:`unmerge` restores them.

    Raises ValidationError when either is the other already, or ``kept`` was merged away.
    """
    if kept.pk == away.pk or kept.merged_into_id is not None:
        raise ValidationError(_("A group cannot be merged into itself, nor into one that was merged away."))
    with transaction.atomic():
        lock_for_decision()
        type(away)._default_manager.filter(merged_into=away.pk).update(merged_into=kept.pk)
        away.merged_into_id = kept.pk
        away.save(update_fields=["merged_into"])


def unmerge(away: Group) -> None:
    """Undo a merge."""
    with transaction.atomic():
        lock_for_decision()
        away.merged_into = None
        away.save(update_fields=["merged_into"])


def split(group: Group, items: Collection[int], name: str, user: Any = None) -> Group:
    """Move the practices or figures ``items`` (keys) to a new group called ``name``.

    They are refused in the old one, so that no run brings them back.
    Raises ValidationError without a name, or when an item is no member.
    """
    kind = _KINDS[type(group)]
    if not name.strip():
        raise ValidationError(_("Give the new group a name."))
    with transaction.atomic():
        lock_for_decision()
        members = list(
            kind.member._default_manager.filter(**{kind.group: group, f"{kind.item}__in": list(items)})
        )
        if len(members) != len(set(items)) or not members:
            raise ValidationError(_("Some of these do not belong to the group."))
        made: Group = type(group)._default_manager.create(name=name, slug=free_slug(type(group), name))
        for member in members:
            refuse(member, user, _("moved to %(name)s") % {"name": name})
            moved = kind.member(**{kind.group: made, kind.item: getattr(member, kind.item)})
            moved.save()
            accept(moved, user)
    return made


def unsplit(made: Group, group: Group, user: Any = None) -> None:
    """Undo a split: the members go back to ``group`` and the group ``made`` by it goes."""
    kind = _KINDS[type(group)]
    with transaction.atomic():
        lock_for_decision()
        items = list(
            kind.member._default_manager.filter(**{kind.group: made}).values_list(
                f"{kind.item}_id", flat=True
            )
        )
        kind.row._default_manager.filter(**{kind.group: made}).update(**{kind.group: None})
        made.delete()
        for member in kind.member._default_manager.filter(**{kind.group: group, f"{kind.item}__in": items}):
            reopen(member, user)
