"""The invariants of provenance, checked row by row: whatever breaks one is a finding.

Every place, figure and piece of evidence quotes its source exactly; every
practice has a sentence; a figure has a value exactly when it is not masked; no
text was changed after it was received.  One source is in memory at a time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from cases.ingest.sources import text_digest
from cases.models import Article, Evidence, Passage, Practice, RegionMention, Source
from measures.models import Metric

CHUNK = 2000
SHOWN = 40  # characters of a quote in a message


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: the row, the field that breaks the invariant, where, and how."""

    model: str
    pk: int
    field: str
    start: int | None
    end: int | None
    message: str

    def __str__(self) -> str:
        place = "" if self.start is None else f" [{self.start}, {self.end})"
        return f"{self.model} {self.pk} {self.field}{place}: {self.message}"


def audit() -> Iterator[Finding]:
    """Every breach in the database, source by source."""
    for pk in Source.objects.order_by("pk").values_list("pk", flat=True):
        source = Source.objects.get(pk=pk)
        yield from _audit_text(source)
        yield from _audit_spans(source)
        yield from _audit_passages(source)
    yield from _audit_practices()
    yield from _audit_values()


def _audit_text(source: Source) -> Iterator[Finding]:
    if text_digest(source.text) != source.text_sha256:
        yield Finding("Source", source.pk, "text", None, None, _("the text is not the one that was received"))


def _audit_spans(source: Source) -> Iterator[Finding]:
    """Rows that quote: their span, their quote, and the passage they stand in."""
    for model in (RegionMention, Metric, Evidence):
        rows = model.objects.filter(source=source).order_by("pk")
        columns = ("pk", "start", "end", "quote", "passage__source_id", "passage__start", "passage__end")
        for pk, start, end, quote, home, home_start, home_end in rows.values_list(*columns).iterator(CHUNK):
            name = model.__name__
            if problem := _span_problem(start, end, source.text):
                yield Finding(name, pk, "span", start, end, problem)
            elif source.text[start:end] != quote:
                yield Finding(name, pk, "quote", start, end, _differing(quote, source.text[start:end]))
            if home != source.pk:
                yield Finding(name, pk, "passage", start, end, _("the passage belongs to another source"))
            elif not (start < home_end and home_start < end):
                message = _("the passage [%(start)d, %(end)d) lies elsewhere") % {
                    "start": home_start,
                    "end": home_end,
                }
                yield Finding(name, pk, "passage", start, end, message)


def _audit_passages(source: Source) -> Iterator[Finding]:
    for model in (Article, Passage):
        rows = model.objects.filter(source=source).order_by("start", "pk")
        for pk, start, end in rows.values_list("pk", "start", "end").iterator(CHUNK):
            if problem := _span_problem(start, end, source.text):
                yield Finding(model.__name__, pk, "span", start, end, problem)
    before = 0
    rows = Passage.objects.filter(source=source).order_by("start", "pk")
    columns = ("pk", "start", "end", "text", "found", "article__source_id")
    for pk, start, end, text, found, home in rows.values_list(*columns).iterator(CHUNK):
        if not _is_subsequence(text, source.text[start:end]):
            yield Finding("Passage", pk, "text", start, end, _differing(text, source.text[start:end]))
        if home != source.pk:
            yield Finding("Passage", pk, "article", start, end, _("the article belongs to another source"))
        if found:
            if start < before:
                yield Finding("Passage", pk, "span", start, end, _("it overlaps the passage before it"))
            before = max(before, end)


def _audit_practices() -> Iterator[Finding]:
    bare = Practice.objects.filter(~Exists(Evidence.objects.filter(practice=OuterRef("pk"))))
    for pk in bare.order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
        yield Finding("Practice", pk, "evidence", None, None, _("no sentence shows it"))
    elsewhere = Practice.objects.exclude(article__source=F("source")).order_by("pk")
    for pk in elsewhere.values_list("pk", flat=True).iterator(CHUNK):
        yield Finding("Practice", pk, "article", None, None, _("the article belongs to another source"))


def _audit_values() -> Iterator[Finding]:
    contradictory = Metric.objects.filter(masked=True, value__isnull=False) | Metric.objects.filter(
        masked=False, value__isnull=True
    )
    for row in contradictory.only("pk", "masked", "start", "end").order_by("pk").iterator(CHUNK):
        message = _("a masked figure has a value") if row.masked else _("a figure has neither value nor mask")
        yield Finding("Metric", row.pk, "value", row.start, row.end, message)


def _span_problem(start: int, end: int, text: str) -> str:
    if start >= end:
        return _("the span is empty")
    if end > len(text):
        return _("the span ends after the text, which has %(length)d characters") % {"length": len(text)}
    return ""


def _is_subsequence(text: str, raw: str) -> bool:
    """Whether ``raw`` becomes ``text`` by leaving characters out.

    Neither white space nor the width of a character counts: cleaning mends both."""
    if text == raw:
        return True
    characters = iter(_plain(raw))
    return all(character in characters for character in _plain(text))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _differing(stored: str, actual: str) -> str:
    return _("“%(stored)s” is stored, the source has “%(actual)s”") % {
        "stored": stored[:SHOWN],
        "actual": actual[:SHOWN],
    }
