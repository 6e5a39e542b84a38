"""Records of sources for tests of reconciliation: from plain sentences, or from a file of seeds/."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from cases.extraction.document import ArticleKind, PassageKind
from cases.extraction.pipeline import extract
from cases.reconcile.records import FigureRecord, PassageRecord, SourceRecord

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_key = count(1)


def source(text: str, key: int = 0, **fields: Any) -> SourceRecord:
    """A source with a passage for each sentence of ``text``."""
    passages, start = [], 0
    for sentence in text.split("。"):
        end = min(start + len(sentence) + 1, len(text))
        if sentence.strip():
            passages.append(PassageRecord(start, 0, start, end, text[start:end]))
        start = end
    return SourceRecord(key or next(_key), text, tuple(passages), **fields)


def figure(
    quote: str,
    value: str | None = None,
    unit: str = "",
    qualifier: str = "exact",
    subject: str = "",
    **fields: Any,
) -> FigureRecord:
    """A figure about 湖北; ``value`` None for one that is masked."""
    values = {
        "key": next(_key),
        "source": 1,
        "article": 1,
        "passage": 1,
        "start": 0,
        "end": len(quote),
        "value_max": None,
        "type": "observed",
        "region": "000000/420000/",
        "year": None,
        "sentence": subject + quote,
        **fields,
    }
    return FigureRecord(
        quote=quote,
        value=None if value is None else Decimal(value),
        unit=unit,
        qualifier=qualifier,
        subject=subject,
        **values,
    )


def figure_in(text: str, quote: str, value: str, unit: str, **fields: Any) -> FigureRecord:
    start = text.index(quote)
    return figure(quote, value, unit, start=start, end=start + len(quote), passage=start, **fields)


@cache
def seed(prefix: str, key: int) -> SourceRecord:
    """The document of seeds/ whose name begins with ``prefix``, as it would stand in the database."""
    [path] = SEEDS.glob(f"{prefix}_*.txt")
    document = extract(path.name, path.read_bytes())
    own = {article.index for article in document.articles if article.kind is ArticleKind.ARTICLE}
    passages = tuple(
        PassageRecord(p.index, p.article, p.start, p.end, p.text, p.kind is PassageKind.HEADING)
        for p in document.passages
        if p.article in own and p.kind in (PassageKind.SENTENCE, PassageKind.HEADING)
    )
    figures = tuple(
        FigureRecord(
            key=n,
            source=key,
            article=document.passages[m.passage].article,
            passage=m.passage,
            start=m.start,
            end=m.end,
            quote=m.quote,
            value=m.value,
            value_max=m.value_max,
            unit=m.unit,
            qualifier=m.qualifier.value,
            type=m.type.value,
            subject=m.subject,
            region=m.region or "",
            year=m.year,
            sentence=document.passages[m.passage].text,
        )
        for n, m in enumerate(document.metrics)
    )
    published: dt.date | None = document.published
    return SourceRecord(
        key,
        document.text,
        passages,
        published=published,
        defects=frozenset(defect.value for defect in document.defects),
        places=tuple((m.start, m.end) for m in document.mentions),
        figures=figures,
    )
