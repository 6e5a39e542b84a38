"""Extracted documents for tests of ingest, made by hand instead of by extraction."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any

from cases.extraction.document import (
    Article,
    ArticleKind,
    ExtractedDocument,
    LinkOutcome,
    MetricFind,
    MetricType,
    Passage,
    PassageKind,
    PracticeFind,
    Qualifier,
    RegionMention,
    Span,
)


class Draft:
    """A document being written: ``text`` cut into sentences, and what is found in it.

    Finds are given by their words; ``n`` counts the occurrence that is meant.
    """

    def __init__(self, text: str, name: str = "draft.txt", cut: str = r"[^。]+。?") -> None:
        self.text, self.name = text, name
        self.articles: list[tuple[int, int]] = [(0, len(text))]
        self.sentences = [match.span() for match in re.finditer(cut, text) if match.group().strip()]
        self.mentions: list[RegionMention] = []
        self.metrics: list[MetricFind] = []
        self.practices: list[PracticeFind] = []
        self.metadata: dict[str, Any] = {}

    def span(self, quote: str, n: int = 0) -> tuple[int, int]:
        start = -1
        for _ in range(n + 1):
            start = self.text.index(quote, start + 1)
        return start, start + len(quote)

    def mention(self, quote: str, code: str | None, sub: str = "", n: int = 0, **fields: Any) -> Draft:
        start, end = self.span(quote, n)
        find = {
            "start": start,
            "end": end,
            "quote": quote,
            "passage": self._passage(start),
            "outcome": LinkOutcome.LINKED if code else LinkOutcome.AMBIGUOUS,
            "code": code,
            "sub": sub,
            "candidates": (),
            "rule": "test.place",
            "confidence": 0.9,
        }
        self.mentions.append(RegionMention(**{**find, **fields}))
        return self

    def metric(self, quote: str, value: Any, unit: str = "个", n: int = 0, **fields: Any) -> Draft:
        start, end = self.span(quote, n)
        find = {
            "start": start,
            "end": end,
            "quote": quote,
            "passage": self._passage(start),
            "value": None if value is None else Decimal(str(value)),
            "value_max": None,
            "unit": unit,
            "qualifier": Qualifier.EXACT,
            "masked": value is None,
            "type": MetricType.OBSERVED,
            "subject": "",
            "region": None,
            "year": None,
            "practice": None,
            "rule": "test.figure",
            "confidence": 0.9,
        }
        self.metrics.append(MetricFind(**{**find, **fields}))
        return self

    def practice(self, title: str, *quotes: str, **fields: Any) -> Draft:
        spans = sorted(self.span(quote) for quote in quotes)
        find = {
            "article": 0,
            "passages": tuple(self._passage(start) for start, _end in spans),
            "spans": tuple(Span(*span) for span in spans),
            "title": title,
            "names": (),
            "regions": (),
            "sub": "",
            "level": "",
            "year": None,
            "themes": (),
            "rule": "test.practice",
            "confidence": 0.9,
        }
        self.practices.append(PracticeFind(**{**find, **fields}))
        return self

    def done(self) -> ExtractedDocument:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        metadata = {"title": "", "publisher": "", "published": None, "defects": (), "warnings": ()}
        return ExtractedDocument(
            name=self.name,
            sha256=digest,
            format="txt",
            encoding="utf-8",
            text=self.text,
            articles=tuple(
                Article(i, ArticleKind.ARTICLE, f"第{i}篇", "", "", None, start, end)
                for i, (start, end) in enumerate(self.articles)
            ),
            passages=tuple(
                Passage(i, self._article(start), i, PassageKind.SENTENCE, start, end, self.text[start:end])
                for i, (start, end) in enumerate(self.sentences)
            ),
            mentions=tuple(self.mentions),
            metrics=tuple(self.metrics),
            practices=tuple(self.practices),
            versions={"extractor": "test"},
            **{**metadata, **self.metadata},
        )

    def _article(self, at: int) -> int:
        return max(i for i, (start, _end) in enumerate(self.articles) if start <= at)

    def _passage(self, at: int) -> int:
        return next(i for i, (start, end) in enumerate(self.sentences) if start <= at < end)
