"""Documents as received, and their parts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.extraction.document import ArticleKind, Defect, PassageKind
from cases.querysets import PassageQuerySet, SourceQuerySet
from measures.curation import HumanEdits

ARTICLE_KINDS = [
    (ArticleKind.ARTICLE.value, _("article")),
    (ArticleKind.FRONT.value, _("front matter")),
    (ArticleKind.UNRELATED.value, _("unrelated")),
]
PASSAGE_KINDS = [
    (PassageKind.SENTENCE.value, _("sentence")),
    (PassageKind.HEADING.value, _("heading")),
    (PassageKind.CONTENTS.value, _("contents")),
    (PassageKind.BYLINE.value, _("byline")),
    (PassageKind.FURNITURE.value, _("page furniture")),
]
DEFECTS = {
    Defect.OCR_NOISE.value: _("recognition errors"),
    Defect.DIGITS_MASKED.value: _("digits masked"),
    Defect.DIGITS_LOST.value: _("digits lost"),
    Defect.PUNCTUATION_LOST.value: _("punctuation lost"),
    Defect.CUT_OFF.value: _("cut off"),
    Defect.UNRELATED_CONTENT.value: _("unrelated content"),
}


PAGE_LENGTH = 40_000  # characters of a source shown on one page


class Source(HumanEdits):
    """One document as received.  ``text`` never changes: a file whose content
    changed becomes a new row that ``replaces`` this one."""

    class State(models.TextChoices):
        CURRENT = "current", _("current")
        PENDING = "pending", _("new version, not yet adopted")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    name = models.CharField(_("file name"), max_length=255, db_index=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CURRENT)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    format = models.CharField(_("format"), max_length=10)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(
        _("SHA-256 of the text"),
        max_length=64,
        editable=False,
        help_text=_("Of the decoded text in UTF-8; shows whether the text was changed."),
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    defects = models.JSONField(_("defects"), default=list, blank=True)
    created_at = models.DateTimeField(_("loaded"), auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_name_not_empty"),
            models.CheckConstraint(condition=~Q(text=""), name="source_text_not_empty"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="source_not_own_heir"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(state="current"), name="source_one_current_version"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["current", "pending", "superseded", "withdrawn"]),
                name="source_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        return reverse("source-detail", args=[self.pk])

    def natural_key(self) -> tuple[str]:
        return (self.sha256,)

    @property
    def defect_labels(self) -> list[str]:
        return [str(DEFECTS.get(slug, slug)) for slug in self.defects]


class Article(models.Model):
    """One piece inside a source; a compilation holds many."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="articles", verbose_name=_("source"))
    index = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=ARTICLE_KINDS)
    title = models.CharField(_("title"), max_length=300, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("region"),
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["source_id", "index"]
        constraints = [
            models.UniqueConstraint(fields=["source", "index"], name="article_source_index_unique"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="article_start_before_end"),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _label in ARTICLE_KINDS]), name="article_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.source} #{self.index}"

    def natural_key(self) -> tuple[str, int]:
        return (self.source.sha256, self.index)

    natural_key.dependencies = ["cases.source"]  # type: ignore[attr-defined]


class Passage(models.Model):
    """A sentence, heading or line of a source.  ``text`` is its readable text:
    the source's characters without page breaks and stray white space.

    A sentence that the last run cut differently is gone, unless a row that a
    person decided on or edited still points at it; then it stays with ``found``
    false, outside the reading view, under the ``index`` of its successor."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="passages", verbose_name=_("source"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="passages", verbose_name=_("article"))
    index = models.PositiveIntegerField(_("number"))
    paragraph = models.PositiveIntegerField(_("paragraph"))
    kind = models.CharField(_("kind"), max_length=10, choices=PASSAGE_KINDS)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    text = models.TextField(_("text"))
    found = models.BooleanField(_("found by the last run"), default=True, editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["source_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["source", "start", "end"], name="passage_source_span_unique"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="passage_start_before_end"),
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _label in PASSAGE_KINDS]), name="passage_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["source", "index"], name="passage_source_index")]

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        """The sentence on its source's page; a long source is read in pages of PAGE_LENGTH characters."""
        page = self.start // PAGE_LENGTH + 1
        query = f"?page={page}" if page > 1 else ""
        return f"{reverse('source-detail', args=[self.source_id])}{query}#s{self.index}"

    def natural_key(self) -> tuple[str, int, int]:
        return (self.source.sha256, self.start, self.end)

    natural_key.dependencies = ["cases.source"]  # type: ignore[attr-defined]
