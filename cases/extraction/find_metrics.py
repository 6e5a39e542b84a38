"""Figures: every quantity about reality, with what it counts, where and when.

The number grammar (:mod:`measures.numbers`) says where quantities stand and
what they are worth; here each is read in its sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from measures.numbers import Quantity, find_quantities
from measures.units import TIME_UNITS

from .document import ArticleKind, MetricFind, PassageKind, RegionMention, SegmentedDocument, Sentence
from .metric_period import period_of
from .metric_place import PlaceOf, place_of
from .metric_subject import subject_of
from .metric_type import read_type
from .metric_year import year_of

_MARKS = ((",", "，"), (";", "；"), (":", "："), ("?", "？"), ("!", "！"), ("(", "（"), (")", "）"))
_DATE_REACH = 300  # how far back in its sentence a date may govern a figure
# How often a form is a figure, judged on official prose; see docs/numbers.md.
_CONFIDENCE = {
    "share": 0.98, "percent.words": 0.97, "count": 0.98, "range": 0.95, "from-to": 0.95, "tenths": 0.95,
    "fraction": 0.92, "fraction.words": 0.92, "multiple": 0.9, "multiple.doubling": 0.85, "half": 0.85,
    "count.noun": 0.88, "count.no-unit": 0.85, "count.words": 0.75, "ratio": 0.85,
}  # fmt: skip


def find_metrics(
    doc: SegmentedDocument,
    mentions: Sequence[RegionMention],
    governing: PlaceOf,
    practices: Mapping[int, int] = MappingProxyType({}),
) -> tuple[MetricFind, ...]:
    """Figures of the document's sentences, in order, in clean offsets.

    Headings, tables of contents, bylines and page furniture yield none, nor do
    front matter and unrelated articles.  ``practices`` gives by passage
    the practice to which its figures belong.
    """
    text = doc.clean.text
    reading = with_full_width_marks(text)
    starts = [sentence.start for sentence in doc.sentences]
    found = []
    for quantity in find_quantities(text):
        at = bisect_right(starts, quantity.start) - 1
        if at >= 0 and _counts(doc, doc.sentences[at], quantity):
            found.append(_metric(doc, reading, doc.sentences[at], quantity, governing, practices))
    return tuple(found)


def _counts(doc: SegmentedDocument, sentence: Sentence, quantity: Quantity) -> bool:
    return (
        quantity.end <= sentence.end
        and sentence.kind is PassageKind.SENTENCE
        and doc.articles[sentence.article].kind is ArticleKind.ARTICLE
    )


def with_full_width_marks(text: str) -> str:
    """``text`` with ASCII punctuation as Chinese prose prints it, character for character."""
    for ascii_mark, mark in _MARKS:
        text = text.replace(ascii_mark, mark)
    return text


def _metric(
    doc: SegmentedDocument,
    reading: str,
    sentence: Sentence,
    quantity: Quantity,
    governing: PlaceOf,
    practices: Mapping[int, int],
) -> MetricFind:
    text = doc.clean.text
    window = max(sentence.start, quantity.start - _DATE_REACH)
    dated = reading[window : min(sentence.end, quantity.end + 24)]
    start, end = quantity.start - window, quantity.end - window
    meaning = read_type(reading, sentence.start, sentence.end, quantity)
    place = place_of(text, sentence, quantity.start, governing)
    return MetricFind(
        start=quantity.start,
        end=quantity.end,
        quote=text[quantity.start : quantity.end],
        passage=sentence.index,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        qualifier=meaning.qualifier,
        masked=quantity.masked,
        type=meaning.type,
        subject=subject_of(reading, sentence.start, sentence.end, quantity),
        region=place,
        year=year_of(dated, start, end, quantity.unit),
        practice=practices.get(sentence.index),
        rule=f"metric.{quantity.rule}.{meaning.rule}",
        confidence=_confidence(quantity, meaning.rule, place),
        period=period_of(dated, start, doc.articles[sentence.article].published),
    )


def _confidence(quantity: Quantity, reading: str, place: str | None) -> float:
    """Confidence that the figure is one and is read right: by its form, less for what needs judgement."""
    confidence = _CONFIDENCE[quantity.rule]
    if quantity.unit in TIME_UNITS:
        confidence -= 0.12  # a length of time may only date something
    if reading != "observed":
        confidence -= 0.04  # set, not observed: a judgement
    if place is None:
        confidence -= 0.02
    return round(confidence, 2)
