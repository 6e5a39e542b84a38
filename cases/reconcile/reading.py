"""Records of what stands in the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, QuerySet

from cases.extraction.document import ArticleKind, PassageKind
from cases.models import (
    Evidence,
    ExtractionRun,
    Passage,
    Practice,
    Reconciled,
    RegionMention,
    Source,
    SourceLink,
)
from measures.curation import CurationStatus
from measures.models import Metric

from .merge import chunks
from .records import FigureRecord, PassageRecord, PracticeRecord, SourceRecord

_READ = (PassageKind.SENTENCE.value, PassageKind.HEADING.value)


def read_source(pk: int) -> SourceRecord:
    """The source ``pk`` with its own passages and what was found in them and not refused."""
    source = Source.objects.get(pk=pk)
    passages = Passage.objects.found().filter(
        source=pk, kind__in=_READ, article__kind=ArticleKind.ARTICLE.value
    )
    records = tuple(
        PassageRecord(key, article, start, end, text, kind == PassageKind.HEADING.value)
        for key, article, start, end, text, kind in passages.order_by("start").values_list(
            "pk", "article_id", "start", "end", "text", "kind"
        )
    )
    places = RegionMention.objects.filter(source=pk).exclude(status=CurationStatus.REJECTED)
    return SourceRecord(
        key=pk,
        text=source.text,
        passages=records,
        published=source.published,
        defects=frozenset(source.defects),
        places=tuple(places.order_by("start").values_list("start", "end")),
        figures=tuple(figure_records(Metric.objects.visible().filter(source=pk))),
        practices=tuple(practice_records(Practice.objects.visible().filter(source=pk))),
    )


class Records:
    """Sources read during one pass; those read last are kept, for many are compared with one."""

    KEPT = 64

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], SourceRecord] = {}

    def read(self, pk: int) -> SourceRecord:
        """The source ``pk`` as of its last load."""
        run = ExtractionRun.objects.filter(source=pk).aggregate(last=Max("pk"))["last"] or 0
        record = self._read.pop((pk, run), None) or read_source(pk)
        self._read[pk, run] = record
        if len(self._read) > self.KEPT:
            del self._read[next(iter(self._read))]
        return record


def figure_records(metrics: QuerySet[Metric]) -> Iterable[FigureRecord]:
    """``metrics`` in the order of their sources and texts."""
    rows = metrics.order_by("source_id", "start", "pk").values_list(
        "pk",
        "source_id",
        "passage__article_id",
        "passage_id",
        "start",
        "end",
        "quote",
        "value",
        "value_max",
        "unit",
        "qualifier",
        "type",
        "subject",
        "region__path",
        "year",
        "passage__text",
    )
    for row in rows:
        yield FigureRecord(*row[:13], row[13] or "", *row[14:])


def practice_records(practices: QuerySet[Practice]) -> Iterable[PracticeRecord]:
    """``practices`` with the spans of their own source, in the order of their keys."""
    columns = "pk", "source_id", "article_id", "title", "names", "level", "year"
    rows = list(practices.order_by("pk").values_list(*columns))
    owners = {row[0]: row[1] for row in rows}
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    regions: dict[int, set[str]] = defaultdict(set)
    themes: dict[int, set[str]] = defaultdict(set)
    for part in chunks(list(owners)):
        evidence = Evidence.objects.filter(practice__in=part).order_by("start")
        found = evidence.values_list("practice_id", "source_id", "start", "end", "quote")
        for key, source, start, end, quote in found:
            if source == owners[key]:
                spans[key].append((start, end, quote))
        through = Practice.regions.through.objects.filter(practice__in=part)
        for key, path in through.values_list("practice_id", "region__path"):
            regions[key].add(path)
        tagged = Practice.themes.through.objects.filter(practice__in=part)
        for key, slug in tagged.values_list("practice_id", "theme__slug"):
            themes[key].add(slug)
    for pk, source, article, title, names, level, year in rows:
        yield PracticeRecord(
            key=pk,
            source=source,
            article=article,
            title=title,
            names=tuple(names),
            regions=tuple(sorted(regions[pk])),
            themes=frozenset(themes[pk]),
            level=level,
            year=year,
            spans=tuple((start, end) for start, end, _quote in spans[pk]),
            text="".join(quote for _start, _end, quote in spans[pk]),
        )


def written(keys: Iterable[int]) -> dict[int, dt.date | None]:
    """When the sources ``keys`` were written, as far as it was known when they were compared."""
    rows = Reconciled.objects.filter(source__in=list(keys))
    return dict(rows.values_list("source", "written"))


def originals(keys: Iterable[int]) -> dict[int, int]:
    """The source that each copy of another is read as, for ``keys`` and the originals of these."""
    folding = SourceLink.objects.standing().filter(
        type__in=SourceLink.FOLDING, other__state=Source.State.CURRENT, source__state=Source.State.CURRENT
    )
    found: dict[int, int] = {}
    waiting, asked = set(keys), set[int]()
    while waiting:
        for part in chunks(sorted(waiting)):
            found.update(folding.filter(source__in=part).values_list("source_id", "other_id"))
        asked |= waiting
        waiting = set(found.values()) - asked
    return found
