"""Offers for masked places, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Length

from cases.extraction.document import ArticleKind
from cases.models import Article, Passage, Practice, PracticeTerm, Recovery, RegionMention
from measures.curation import CurationStatus
from regions.models import Region

from .folding import unfolded_practices
from .masked_places import LEAST, KnownWordings, MaskedPlace, PlaceOffer, Wording, identified, masked_places
from .merge import Changes, merge
from .normal import NormalText

RULE = "known-wording"
_BELOW_COUNTY = ("township", "community")


def write_masked_places(new: Collection[int]) -> Changes:
    """Offer regions for the masked places of the sources ``new``, where their article has none itself."""
    masked = [(article, masks) for article in _articles(new) if (masks := _masks(article))]
    known = _known_wordings() if masked else KnownWordings({})
    return merge(
        Recovery.objects.filter(kind=Recovery.Kind.MASKED_PLACE, source__in=new),
        [row for article, masks in masked for row in _offers(article, masks, known)],
        lambda row: (row.source_id, row.start, row.end, row.region_id),
        ("passage_id", "other_id", "score", "signals", "rule"),
    )


def _articles(new: Collection[int]) -> Iterator[Article]:
    articles = Article.objects.filter(
        source__in=new, source__text__contains="*", kind=ArticleKind.ARTICLE.value, region=None
    )
    yield from articles.select_related("source").order_by("source_id", "index")


def _masks(article: Article) -> list[MaskedPlace]:
    return list(masked_places(article.source.text, article.start, article.end))


def _known_wordings() -> KnownWordings:
    """Every title and name that is long enough to be known by, with the practices that have it."""
    rows = PracticeTerm.objects.annotate(size=Length("term")).filter(size__gte=LEAST)
    known: dict[str, list[int]] = {}
    for practice, term in rows.order_by("pk").values_list("practice_id", "term"):
        known.setdefault(term, []).append(practice)
    return KnownWordings(known)


def _offers(article: Article, masks: list[MaskedPlace], known: KnownWordings) -> Iterator[Recovery]:
    letters = NormalText.letters(article.source.text, [(article.start, article.end)]).text
    practices = known.practices_in(letters)
    told = unfolded_practices(
        Practice.objects.visible().filter(pk__in=practices).exclude(source=article.source_id)
    )
    elsewhere = [(practices[p.pk], p) for p in told.prefetch_related("regions", "evidence")]
    for level in sorted({mask.level for mask in masks}):
        if offer := identified(_wordings(elsewhere, level)):
            for mask in masks:
                if mask.level == level:
                    yield from _row(article, mask, offer)


def _wordings(known: list[tuple[str, Practice]], level: str) -> Iterator[Wording]:
    for letters, practice in known:
        evidence = next(iter(practice.evidence.all()), None)
        if evidence is not None:
            yield Wording(letters, _region(practice, level), evidence.passage_id)


def _region(practice: Practice, level: str) -> int | None:
    """The one region of ``level`` that a practice belongs to: its own, one above it, or, below
    counties, the one that its article names most."""
    if level in _BELOW_COUNTY:
        inside = reduce(
            or_, (Q(region__path__startswith=region.path) for region in practice.regions.all()), Q()
        )
        mentions = RegionMention.objects.filter(
            inside, passage__article=practice.article_id, region__level=level
        ).exclude(status=CurationStatus.REJECTED)
        most = Counter(mentions.values_list("region_id", flat=True)).most_common(1)
        return most[0][0] if most and inside else None
    codes = {code for region in practice.regions.all() for code in region.path.split("/") if code}
    regions = list(Region.objects.filter(code__in=codes, level=level).values_list("pk", flat=True))
    return regions[0] if len(regions) == 1 else None


def _row(article: Article, mask: MaskedPlace, offer: PlaceOffer) -> Iterator[Recovery]:
    passage = Passage.objects.at(article.source_id, mask.start)
    if passage is not None:
        yield Recovery(
            kind=Recovery.Kind.MASKED_PLACE,
            source_id=article.source_id,
            passage=passage,
            start=mask.start,
            end=mask.end,
            quote=article.source.text[mask.start : mask.end],
            other_id=offer.passage,
            region_id=offer.region,
            rule=RULE,
            score=offer.score,
            signals={"wordings": list(offer.wordings)},
        )
