"""Places: official divisions by GB/T 2260 code, functional zones, and places
below county level that documents name.

A region's ``path`` is the chain of codes from the country down, each followed
by a slash (``000000/530000/530100/``), so a subtree is one prefix query.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .querysets import RegionQuerySet


class Region(models.Model):
    class Level(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        COUNTY = "county", _("county")
        TOWNSHIP = "township", _("street or town")
        COMMUNITY = "community", _("community")
        ZONE = "zone", _("zone")

    class Status(models.TextChoices):
        CURRENT = "current", _("current")
        FORMER = "former", _("former")

    class Origin(models.TextChoices):
        GAZETTEER = "gazetteer", _("gazetteer")
        TEXT = "text", _("named in a document")
        EDITOR = "editor", _("added by an editor")

    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(_("path"), max_length=160, unique=True, editable=False)
    pinyin = models.CharField(_("pinyin"), max_length=120, blank=True, db_index=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.CURRENT)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.GAZETTEER)
    successors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successors"),
        help_text=_("Today's divisions of a former one."),
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="region_code_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="region_name_not_empty"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="region_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(level="country", parent__isnull=True)
                | (~Q(level="country") & Q(parent__isnull=False)),
                name="region_parent_unless_country",
            ),
            models.CheckConstraint(condition=Q(path__endswith="/"), name="region_path_ends_with_slash"),
        ]
        indexes = [
            models.Index(fields=["level", "code"], name="region_level_code"),
            models.Index(fields=["name"], name="region_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        if not self.path:
            self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("region-detail", args=[self.code])

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def codes_on_path(self) -> list[str]:
        """Codes from the country down to this region itself."""
        return self.path.strip("/").split("/")

    @property
    def division_code(self) -> str:
        """Code of the deepest official division, county level or above, on the path."""
        return [code for code in self.codes_on_path if len(code) == 6 and code.isdigit()][-1]


class RegionName(models.Model):
    """One form under which a region is known."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official")
        SHORT = "short", _("short")
        ALIAS = "alias", _("alias")
        FORMER = "former", _("former")

    region = models.ForeignKey(Region, models.CASCADE, related_name="names", verbose_name=_("region"))
    form = models.CharField(_("form"), max_length=60, db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta:
        verbose_name = _("region name")
        verbose_name_plural = _("region names")
        ordering = ["region__code", "kind", "form"]
        constraints = [
            models.UniqueConstraint(fields=["region", "form"], name="regionname_region_form_unique"),
            models.CheckConstraint(condition=~Q(form=""), name="regionname_form_not_empty"),
        ]

    def __str__(self) -> str:
        return self.form

    def natural_key(self) -> tuple[str, str]:
        return (self.region.code, self.form)

    natural_key.dependencies = ["regions.region"]  # type: ignore[attr-defined]
