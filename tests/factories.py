"""Rows for tests: each ``make_*`` asks only for what matters and fills in the rest.

A passage, mention, figure or piece of evidence is given by its words; its
offsets are looked up in the text of its source, so every row keeps the
invariant ``source.text[start:end] == quote``.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from itertools import count
from typing import Any

from cases.models import Article, Evidence, Family, Passage, Practice, RegionMention, Source, Theme
from cases.tracked import read_all
from measures.models import Indicator, Metric
from regions.models import Region

TEXT = "昆明市五华区推行“街道吹哨、部门报到”。全区84个社区建成党群服务中心。"
_number = count(1)


def make_region(
    code: str = "530102",
    name: str = "五华区",
    level: str = Region.Level.COUNTY,
    parent: Region | None = None,
    **fields: Any,
) -> Region:
    """The region with ``code``; without ``parent`` it hangs on the country."""
    if existing := Region.objects.filter(code=code).first():
        return existing
    if parent is None and level != Region.Level.COUNTRY:
        parent = make_region("000000", "中国", Region.Level.COUNTRY)
    fields = {"short_name": name, **fields}
    return Region.objects.create(code=code, name=name, level=level, parent=parent, **fields)


def make_theme(slug: str = "grid", name: str = "网格", **fields: Any) -> Theme:
    return Theme.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def make_family(slug: str = "whistle", name: str = "吹哨报到", **fields: Any) -> Family:
    return Family.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def make_indicator(slug: str = "centres", name: str = "党群服务中心数", **fields: Any) -> Indicator:
    return Indicator.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def make_source(text: str = TEXT, name: str = "", **fields: Any) -> Source:
    """A current source with one article and one passage for each sentence of ``text``."""
    number = next(_number)
    source = Source.objects.create(
        **{
            "name": name or f"document-{number}.txt",
            "sha256": hashlib.sha256(f"{number} {text}".encode()).hexdigest(),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "format": "txt",
            "encoding": "utf-8",
            "text": text,
            "title": f"文件{number}",
            **fields,
        }
    )
    article = Article.objects.create(
        source=source, index=0, kind="article", title=source.title, start=0, end=len(text)
    )
    start = 0
    for sentence in text.split("。"):
        end = min(start + len(sentence) + 1, len(text))
        if sentence.strip():
            make_passage(article, start, end)
        start = end
    return source


def make_passage(article: Article, start: int, end: int, **fields: Any) -> Passage:
    source = article.source
    index = source.passages.count()
    defaults = {"index": index, "paragraph": index, "kind": "sentence", "text": source.text[start:end]}
    return Passage.objects.create(
        **{"source": source, "article": article, "start": start, "end": end, **defaults, **fields}
    )


def make_mention(source: Source, quote: str, region: Region | None = None, **fields: Any) -> RegionMention:
    """A mention of ``region`` by the first ``quote`` in ``source``; unlinked without a region."""
    span = _span(source, quote)
    fields = {"outcome": "linked" if region else "unlinked", "region": region, **fields}
    return _as_found(RegionMention.objects.create(**{"source": source, **span, **fields}), fields)


def make_metric(source: Source | None = None, quote: str = "84个", value: Any = 84, **fields: Any) -> Metric:
    """A figure with the wording of the first ``quote`` in ``source``; masked when ``value`` is None."""
    source = source or make_source()
    span = _span(source, quote)
    fields = {
        "value": None if value is None else Decimal(str(value)),
        "masked": value is None,
        "unit": "个",
        **fields,
    }
    return _as_found(Metric.objects.create(**{"source": source, **span, **fields}), fields)


def make_practice(
    source: Source | None = None,
    title: str = "街道吹哨、部门报到",
    quotes: tuple[str, ...] = (),
    regions: tuple[Region, ...] = (),
    themes: tuple[Theme, ...] = (),
    **fields: Any,
) -> Practice:
    """A practice shown by ``quotes`` (the first sentence of ``source`` without any)."""
    source = source or make_source()
    article = source.articles.first()
    practice = Practice.objects.create(**{"source": source, "article": article, "title": title, **fields})
    practice.regions.set(regions)
    practice.themes.set(themes)
    for quote in quotes or (source.passages.first().text,):
        make_evidence(practice, quote)
    return _as_found(practice, fields)


def make_evidence(practice: Practice, quote: str, source: Source | None = None) -> Evidence:
    source = source or practice.source
    return Evidence.objects.create(practice=practice, source=source, **_span(source, quote))


def _as_found(row: Any, fields: dict[str, Any]) -> Any:
    """``row`` as if the machine had found just what stands in it, unless ``machine`` is given."""
    if "machine" not in fields:
        row.machine = read_all(row)
        row.save(update_fields=["machine"])
    return row


def _span(source: Source, quote: str) -> dict[str, Any]:
    """Offsets, quote and passage of the first ``quote`` in ``source``."""
    start = source.text.index(quote)
    end = start + len(quote)
    passage = source.passages.filter(start__lte=start, end__gte=end).order_by("start").first()
    if passage is None:  # the wording runs over several passages
        passage = source.passages.filter(start__lte=start, end__gt=start).get()
    return {"passage": passage, "start": start, "end": end, "quote": quote}
