"""Extraction: bytes of one document in, everything found in it out.

Pure: no database, no settings, no clock; the same bytes give the same result
in a loop, in a process pool and on another machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from regions.gazetteer import load_gazetteer

from .clean import CleanText
from .decode import DEFAULT_LIMIT, Decoded, decode
from .document import (
    Article,
    ExtractedDocument,
    MetricFind,
    Passage,
    PracticeFind,
    RegionMention,
    SegmentedDocument,
    moved,
)
from .find_metrics import find_metrics
from .find_practices import find_practices
from .find_regions import find_regions
from .governing import Governing
from .lexicon import lexicon_version
from .metadata import describe
from .segment import segment

EXTRACTOR_VERSION = "1"


def extract(name: str, raw: bytes, limit: int = DEFAULT_LIMIT) -> ExtractedDocument:
    """Everything found in the document ``raw`` called ``name``.

    ``limit`` is the largest size accepted, in bytes.  Raises
    :class:`~cases.extraction.decode.DocumentError` when it cannot be read.
    """
    return extract_text(name, decode(name, raw, limit))


def extract_text(name: str, decoded: Decoded) -> ExtractedDocument:
    """The stages after decoding, in their order."""
    gazetteer = load_gazetteer()
    doc = segment(decoded.text)
    metadata = describe(doc, decoded.text, name)
    places = find_regions(doc, gazetteer)
    governing = Governing(doc, places.mentions, places.article_regions)
    practices = find_practices(doc, governing)
    metrics = find_metrics(doc, places.mentions, governing, _nearest_practices(practices))
    clean = doc.clean
    return ExtractedDocument(
        name=name,
        sha256=decoded.sha256,
        format=decoded.format,
        encoding=decoded.encoding,
        text=decoded.text,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        defects=doc.defects,
        warnings=decoded.warnings,
        articles=tuple(_raw_articles(doc, places.article_regions)),
        passages=tuple(_raw_passages(doc)),
        mentions=tuple(_raw_mention(clean, decoded.text, mention) for mention in places.mentions),
        metrics=tuple(_raw_metric(clean, decoded.text, metric) for metric in metrics),
        practices=practices,
        versions={
            "extractor": EXTRACTOR_VERSION,
            "lexicon": lexicon_version(),
            "gazetteer": gazetteer.version,
        },
    )


def _nearest_practices(practices: Sequence[PracticeFind]) -> dict[int, int]:
    """By passage, the practice to which its figures belong: of several the one that
    has fewest sentences, and so is nearest."""
    nearest: dict[int, int] = {}
    for index, practice in enumerate(practices):
        for passage in practice.passages:
            other = nearest.get(passage)
            if other is None or len(practice.passages) < len(practices[other].passages):
                nearest[passage] = index
    return nearest


def _raw_articles(doc: SegmentedDocument, regions: tuple[str | None, ...]) -> Iterable[Article]:
    for article in doc.articles:
        start, end = doc.clean.raw_span(article.start, article.end)
        yield replace(article, start=start, end=end, region=regions[article.index])


def _raw_passages(doc: SegmentedDocument) -> Iterable[Passage]:
    for s in doc.sentences:
        start, end = doc.clean.raw_span(s.start, s.end)
        yield Passage(s.index, s.article, s.paragraph, s.kind, start, end, doc.clean.text[s.start : s.end])


def _raw_mention(clean: CleanText, text: str, mention: RegionMention) -> RegionMention:
    start, end = clean.raw_span(mention.start, mention.end)
    return moved(mention, start, end, text[start:end])


def _raw_metric(clean: CleanText, text: str, metric: MetricFind) -> MetricFind:
    start, end = clean.raw_span(metric.start, metric.end)
    return moved(metric, start, end, text[start:end])
