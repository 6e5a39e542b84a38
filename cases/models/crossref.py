"""How records relate across places and sources."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from measures.suggestions import Suggestion, suggestion_constraints


class Family(models.Model):
    """The same idea under local names (做法谱系)."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), blank=True)
    key = models.CharField(
        _("key"),
        max_length=80,
        blank=True,
        editable=False,
        help_text=_("What the machine finds it by; empty when a person made it."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    class Meta:
        verbose_name = _("family")
        verbose_name_plural = _("families")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="family_name_not_empty"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="family_key_unique"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="family_not_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("family-detail", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class FamilyMember(Suggestion):
    """A practice that a family is suggested for; accepting it sets the practice's family."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="members", verbose_name=_("family"))
    practice = models.ForeignKey(
        "cases.Practice", models.CASCADE, related_name="memberships", verbose_name=_("practice")
    )
    wording = models.CharField(_("wording"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("practice of a family")
        verbose_name_plural = _("practices of a family")
        ordering = ["family_id", "practice_id"]
        constraints = [
            models.UniqueConstraint(fields=["family", "practice"], name="familymember_unique"),
            *suggestion_constraints("familymember"),
        ]

    def __str__(self) -> str:
        return f"{self.family}: {self.practice}"


class PracticeTerm(models.Model):
    """A term of a practice's title or names by which families are found."""

    practice = models.ForeignKey(
        "cases.Practice", models.CASCADE, related_name="terms", verbose_name=_("practice")
    )
    term = models.CharField(_("term"), max_length=20)

    class Meta:
        verbose_name = _("term of a practice")
        verbose_name_plural = _("terms of practices")
        constraints = [
            models.UniqueConstraint(fields=["term", "practice"], name="practiceterm_unique"),
        ]

    def __str__(self) -> str:
        return self.term


class PracticeLink(Suggestion):
    """A typed relation between two practices, with its evidence or a note."""

    class Type(models.TextChoices):
        SAME = "same", _("same practice")
        VARIANT = "variant", _("variant of")
        BORROWED = "borrowed", _("borrowed from")
        LEVEL = "level", _("carries out")
        PART = "part", _("part of")

    from_practice = models.ForeignKey(
        "cases.Practice", models.CASCADE, related_name="links_out", verbose_name=_("from")
    )
    to_practice = models.ForeignKey(
        "cases.Practice", models.CASCADE, related_name="links_in", verbose_name=_("to")
    )
    type = models.CharField(_("type"), max_length=8, choices=Type)
    passage = models.ForeignKey(
        "cases.Passage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("sentence"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("practice link")
        verbose_name_plural = _("practice links")
        ordering = ["from_practice_id", "type", "to_practice_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_practice", "to_practice", "type"], name="practicelink_unique"
            ),
            models.CheckConstraint(
                condition=~Q(from_practice=F("to_practice")), name="practicelink_not_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(passage__isnull=False) | ~Q(note=""), name="practicelink_evidence_or_note"
            ),
            models.CheckConstraint(
                condition=Q(type__in=["same", "variant", "borrowed", "level", "part"]),
                name="practicelink_type_known",
            ),
            *suggestion_constraints("practicelink"),
        ]

    def __str__(self) -> str:
        return f"{self.from_practice} → {self.to_practice} ({self.get_type_display()})"


class Variant(Suggestion):
    """The same statement reading differently in two sources.

    ``passage`` is of the better text; a span may be empty where that text has
    nothing.  ``preferred`` is the reading that is suggested or was decided on.
    """

    class Kind(models.TextChoices):
        NUMBER = "number", _("number")
        PERSON = "person", _("person")
        PLACE = "place", _("place")
        WORD = "word", _("word")
        OMISSION = "omission", _("omission")
        INSERTION = "insertion", _("insertion")

    class Reading(models.TextChoices):
        FIRST = "first", _("the first reading")
        OTHER = "other", _("the other reading")

    class Why(models.TextChoices):
        CLEAN = "clean", _("the other source has recognition errors or is cut off")
        WITNESSES = "witnesses", _("more sources read so")

    link = models.ForeignKey(
        "cases.SourceLink",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="variants",
        verbose_name=_("link of sources"),
    )
    passage = models.ForeignKey(
        "cases.Passage", models.CASCADE, related_name="variants", verbose_name=_("sentence")
    )
    other = models.ForeignKey(
        "cases.Passage", models.CASCADE, related_name="variants_of", verbose_name=_("other sentence")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.WORD)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.CharField(_("reading"), max_length=300, blank=True)
    other_start = models.PositiveIntegerField(_("other start"))
    other_end = models.PositiveIntegerField(_("other end"))
    other_quote = models.CharField(_("other reading"), max_length=300, blank=True)
    preferred = models.CharField(_("better reading"), max_length=5, choices=Reading, blank=True)
    why = models.CharField(_("why it is better"), max_length=9, choices=Why, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["passage_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="variant_start_before_end"),
            models.CheckConstraint(
                condition=Q(other_start__lte=F("other_end")), name="variant_other_start_before_end"
            ),
            models.CheckConstraint(condition=~Q(passage=F("other")), name="variant_two_passages"),
            models.CheckConstraint(
                condition=Q(kind__in=["number", "person", "place", "word", "omission", "insertion"]),
                name="variant_kind_known",
            ),
            models.UniqueConstraint(
                fields=["passage", "start", "end", "other", "other_start", "other_end"], name="variant_unique"
            ),
            *suggestion_constraints("variant"),
        ]

    def __str__(self) -> str:
        return f"{self.quote} / {self.other_quote}"
