"""The rows that readers' pages of practices and sources show, and their columns in exports."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models import Article, Evidence, Family, Practice, Source
from measures.filters import READER_STATUSES
from measures.models import Metric
from pages.exports import Column

VISIBLE = [status for status, _label in READER_STATUSES]


def count_of(rows: QuerySet, field: str) -> Coalesce:
    """Number of ``rows`` whose ``field`` is the outer row's key, as a subquery."""
    tied = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(tied.annotate(n=Count("pk", distinct=True)).values("n")), 0)


def practice_rows() -> QuerySet:
    """Practices for readers, with ``metric_count``."""
    return (
        Practice.objects.visible()
        .for_list()
        .annotate(metric_count=count_of(Metric.objects.visible(), "practice"))
    )


def source_rows() -> QuerySet:
    """Current sources without their texts, with counts of their articles, practices and figures."""
    return (
        Source.objects.current()
        .defer("text")
        .annotate(
            practice_count=count_of(Practice.objects.visible(), "source"),
            metric_count=count_of(Metric.objects.visible(), "source"),
            article_count=count_of(Article.objects.all(), "source"),
        )
    )


def family_rows() -> QuerySet:
    """Families with ``practice_count``."""
    return Family.objects.annotate(practice_count=count_of(Practice.objects.visible(), "family")).order_by(
        "name", "pk"
    )


def sentences(practice: Practice) -> list[Evidence]:
    """The practice's evidence in the order of the text; prefetched by ``for_list``."""
    return sorted(practice.evidence.all(), key=lambda evidence: (evidence.source_id, evidence.start))


def address_of_evidence(practice: Practice) -> str | None:
    """Where the practice's first sentence stands."""
    first = next(iter(sentences(practice)), None)
    return first.passage.get_absolute_url() if first else None


PRACTICE_COLUMNS = [
    Column("id", _("No."), lambda practice: practice.pk),
    Column("url", _("Address"), lambda practice: practice.get_absolute_url()),
    Column("title", _("Title"), lambda practice: practice.title),
    Column("names", _("Names"), lambda practice: practice.names),
    Column("region_codes", _("Region codes"), lambda practice: [r.code for r in practice.regions.all()]),
    Column("regions", _("Regions"), lambda practice: [r.name for r in practice.regions.all()]),
    Column("sub", _("Place below county level"), lambda practice: practice.sub),
    Column("level", _("Level"), lambda practice: practice.get_level_display()),
    Column("year", _("Year"), lambda practice: practice.year),
    Column("themes", _("Themes"), lambda practice: [t.name for t in practice.themes.all()]),
    Column("family", _("Family"), lambda practice: practice.family and practice.family.name),
    Column("metrics", _("Figures"), lambda practice: practice.metric_count),
    Column("evidence", _("Evidence"), lambda practice: [row.passage.text for row in sentences(practice)]),
    Column("evidence_url", _("Address of the evidence"), address_of_evidence),
    Column("article", _("Article"), lambda practice: practice.article.title),
    Column("source", _("Source"), lambda practice: str(practice.source)),
    Column("status", _("Status"), lambda practice: practice.get_status_display()),
]

SOURCE_COLUMNS = [
    Column("id", _("No."), lambda source: source.pk),
    Column("url", _("Address"), lambda source: source.get_absolute_url()),
    Column("title", _("Title"), lambda source: str(source)),
    Column("name", _("File name"), lambda source: source.name),
    Column("publisher", _("Publisher"), lambda source: source.publisher),
    Column("published", _("Published"), lambda source: source.published),
    Column("articles", _("Articles"), lambda source: source.article_count),
    Column("practices", _("Practices"), lambda source: source.practice_count),
    Column("metrics", _("Figures"), lambda source: source.metric_count),
    Column("defects", _("Defects"), lambda source: source.defect_labels),
    Column("sha256", "SHA-256", lambda source: source.sha256),
]

FAMILY_COLUMNS = [
    Column("id", _("No."), lambda family: family.pk),
    Column("url", _("Address"), lambda family: family.get_absolute_url()),
    Column("name", _("Name"), lambda family: family.name),
    Column("description", _("Description"), lambda family: family.description),
    Column("practices", _("Practices"), lambda family: family.practice_count),
]
