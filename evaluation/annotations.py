"""Places, figures and practices as annotations: the same records for gold and for finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cases.extraction.document import ExtractedDocument, LinkOutcome
from regions.gazetteer import COUNTRY

KINDS = ("region", "metric", "practice")


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """One annotated object of the document ``doc``, its sentences' prefix (``003``).

    ``key`` names it across runs: sentence and text of a gold object, sentence,
    text and offset of a find.  ``fields`` are those of one line of an export.
    ``span`` is in raw code points; ``sids`` are the covered sentences it lies in.
    """

    kind: str
    doc: str
    key: str
    fields: dict[str, Any]
    span: tuple[int, int] = (0, 0)
    sids: frozenset[str] = frozenset()

    @property
    def regions(self) -> list[str]:
        """Codes of a practice, cut to the six digits of a division."""
        return [(code or "")[:6] for code in self.fields.get("regions") or []]

    @property
    def region(self) -> str | None:
        """Code of a place or a figure, cut to six digits; None when it has none."""
        return (self.fields.get("code" if self.kind == "region" else "region") or "")[:6] or None


def export_lines(document: ExtractedDocument) -> Iterator[dict[str, Any]]:
    """Finds as the objects of an annotation export, with rule and confidence.

    Ambiguous places are left out: they are no find, but a question.  One whose name
    was masked has the country's code, as in the annotations.
    """
    for mention in document.mentions:
        if mention.outcome is not LinkOutcome.AMBIGUOUS:
            yield {
                "kind": "region",
                "source": document.name,
                "start": mention.start,
                "end": mention.end,
                "text": mention.quote,
                "code": mention.code or COUNTRY,
                "sub": mention.sub,
                "rule": mention.rule,
                "confidence": mention.confidence,
            }
    for metric in document.metrics:
        yield {
            "kind": "metric",
            "source": document.name,
            "start": metric.start,
            "end": metric.end,
            "text": metric.quote,
            "value": None if metric.value is None else float(metric.value),
            "value_max": None if metric.value_max is None else float(metric.value_max),
            "unit": metric.unit,
            "approx": metric.qualifier.value,
            "masked": metric.masked,
            "region": metric.region,
            "year": metric.year,
            "type": metric.type.value,
            "subject": metric.subject,
            "rule": metric.rule,
            "confidence": metric.confidence,
        }
    for practice in document.practices:
        yield {
            "kind": "practice",
            "source": document.name,
            "spans": [[span.start, span.end] for span in practice.spans],
            "title": practice.title,
            "regions": list(practice.regions),
            "themes": list(practice.themes),
            "names": list(practice.names),
            "rule": practice.rule,
            "confidence": practice.confidence,
        }
