"""A source laid out for reading: its text with what was found marked in it.

A source is read in pages of ``PAGE_LENGTH`` characters, so that one of fifty
million characters costs no more than a short one: only the page's slice of the
text is fetched, with the passages that begin in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models.functions import Length, Substr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.extraction.document import PassageKind
from cases.models import Article, Evidence, Passage, Practice, RegionMention, Source
from cases.models.source import PAGE_LENGTH
from measures.figures import in_words
from measures.models import Metric
from pages.marks import Mark, render_readable
from regions.models import Region

SET_ASIDE = {PassageKind.CONTENTS, PassageKind.FURNITURE, PassageKind.BYLINE}
# Practices hold sentences, sentences hold places and figures: that is how the marks nest.
PRACTICE, PLACE, FIGURE = range(3)


@dataclass(frozen=True, slots=True)
class Sentence:
    passage: Passage
    html: SafeString


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring paragraphs of one kind."""

    kind: str
    label: str
    paragraphs: list[Paragraph]

    @property
    def is_aside(self) -> bool:
        return self.kind in SET_ASIDE

    @property
    def is_heading(self) -> bool:
        return self.kind == PassageKind.HEADING


@dataclass(slots=True)
class Section:
    """The part of one article that stands on the page, and what was found in it."""

    article: Article
    blocks: list[Block]
    practices: list[Practice] = field(default_factory=list)
    places: list[tuple[Region, RegionMention, int]] = field(default_factory=list)
    figures: list[Metric] = field(default_factory=list)
    open_places: list[RegionMention] = field(default_factory=list)

    @property
    def opens_with_title(self) -> bool:
        """Whether the text itself begins with the article's title (or the first line of it, perhaps
        numbered), which then need not stand above it."""
        first = self.blocks[0]
        opening = "".join(first.paragraphs[0].sentences[0].passage.text.split()).lstrip("0123456789.、")
        title = "".join(self.article.title.split())
        return (
            first.is_heading
            and bool(opening and title)
            and (opening.startswith(title) or title.startswith(opening))
        )

    @property
    def has_finds(self) -> bool:
        return bool(self.practices or self.places or self.figures or self.open_places)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    number: int
    count: int
    length: int  # of the source, in characters
    sections: list[Section]
    finds: Counter[str]

    @property
    def pages_shown(self) -> list[int]:
        """Page numbers for the navigation: the ends and the neighbourhood, 0 where some are left out."""
        near = {1, self.count, *range(max(1, self.number - 3), min(self.count, self.number + 3) + 1)}
        shown: list[int] = []
        for number in sorted(near):
            if shown and number > shown[-1] + 1:
                shown.append(0)
            shown.append(number)
        return shown


def page_of(start: int) -> int:
    """Number of the page on which the character at offset ``start`` stands."""
    return start // PAGE_LENGTH + 1


def read_page(source: Source, number: int) -> ReadingPage | None:
    """Page ``number`` of a source, counted from 1; None when there is none."""
    length = Source.objects.filter(pk=source.pk).values_list(Length("text"), flat=True).get()
    count = max(1, -(-length // PAGE_LENGTH))
    if not 1 <= number <= count:
        return None
    finds = Finds.on_page(source, PAGE_LENGTH * (number - 1), PAGE_LENGTH * number)
    return ReadingPage(number, count, length, list(finds.sections()), finds.counts())


@dataclass(frozen=True, slots=True)
class Finds:
    """The passages that begin on one page, and the visible rows that stand in them."""

    text: str
    start: int
    passages: list[Passage]
    mentions: list[RegionMention]
    metrics: list[Metric]
    evidence: list[Evidence]

    @classmethod
    def on_page(cls, source: Source, start: int, end: int) -> Finds:
        passages = list(
            Passage.objects.found()
            .filter(source=source, start__gte=start, start__lt=end)
            .select_related("article__region")
            .order_by("start")
        )
        last = max((passage.end for passage in passages), default=start)
        # By their own offsets: a row that a person decided on may hang on a passage of an earlier run.
        here = {"source": source, "start__lt": last, "end__gt": start}
        cut = Substr("text", start + 1, max(last - start, 1))
        text = Source.objects.filter(pk=source.pk).values_list(cut, flat=True).get()
        return cls(
            text=text,
            start=start,
            passages=passages,
            mentions=list(RegionMention.objects.visible().filter(**here).select_related("region")),
            metrics=list(Metric.objects.visible().filter(**here).select_related("region")),
            evidence=list(
                Evidence.objects.filter(**here, practice__in=Practice.objects.visible())
                .select_related("practice")
                .order_by("start", "practice_id")
            ),
        )

    def counts(self) -> Counter[str]:
        practices = {row.practice_id for row in self.evidence}
        return Counter(practices=len(practices), places=len(self.mentions), figures=len(self.metrics))

    def marks(self) -> list[Mark]:
        """What was found, as spans of the source's text."""
        places = [
            Mark(row.start, row.end, _place_kind(row), _place_title(row), PLACE) for row in self.mentions
        ]
        figures = [
            Mark(row.start, row.end, "figure", _("Figure: %(reading)s") % {"reading": in_words(row)}, FIGURE)
            for row in self.metrics
        ]
        practices = [
            Mark(row.start, row.end, "practice", _("Practice: %(title)s") % {"title": row.practice}, PRACTICE)
            for row in self.evidence
        ]
        return sorted([*practices, *places, *figures], key=lambda mark: mark.start)

    def sections(self) -> Iterator[Section]:
        rendered = self.render()
        by_article = groupby(rendered, key=lambda sentence: sentence.passage.article_id)
        for _article, sentences in by_article:
            listed = list(sentences)
            section = Section(listed[0].passage.article, list(_blocks(listed)))
            self.list_finds(section, [sentence.passage for sentence in listed])
            yield section

    def render(self) -> list[Sentence]:
        marks = self.marks()
        sentences, at = [], 0
        for passage in self.passages:
            # Passages and marks both run forward; a mark is passed when it ends before the passage.
            while at < len(marks) and marks[at].end <= passage.start:
                at += 1
            inside = []
            for mark in marks[at:]:
                if mark.start >= passage.end:
                    break
                inside.append(mark)
            raw = self.text[passage.start - self.start : passage.end - self.start]
            sentences.append(Sentence(passage, render_readable(raw, passage.text, inside, passage.start)))
        return sentences

    def list_finds(self, section: Section, passages: list[Passage]) -> None:
        """Fill the margin of a section: each practice and place once, figures in order."""
        starts = [passage.start for passage in passages]

        def here(rows: list) -> list:
            """The rows that begin in the section, each with the number of its sentence as ``anchor``."""
            inside = [row for row in rows if starts[0] <= row.start < passages[-1].end]
            for row in inside:
                row.anchor = passages[bisect_right(starts, row.start) - 1].index
            return inside

        section.practices = list({row.practice_id: row.practice for row in here(self.evidence)}.values())
        section.figures = here(self.metrics)
        mentions = here(self.mentions)
        section.open_places = [row for row in mentions if row.region is None]
        linked = [row for row in mentions if row.region is not None]
        times = Counter(row.region_id for row in linked)
        first = {row.region_id: row for row in reversed(linked)}
        section.places = sorted(
            ((row.region, row, times[key]) for key, row in first.items()), key=lambda place: place[1].start
        )


def _blocks(sentences: list[Sentence]) -> Iterator[Block]:
    paragraphs = [
        Paragraph(list(group)) for _number, group in groupby(sentences, key=lambda s: s.passage.paragraph)
    ]
    for kind, group in groupby(paragraphs, key=_kind_of):
        passage = Passage(kind=kind)
        yield Block(kind, passage.get_kind_display(), list(group))


def _kind_of(paragraph: Paragraph) -> str:
    kinds = {sentence.passage.kind for sentence in paragraph.sentences}
    return kinds.pop() if len(kinds) == 1 else PassageKind.SENTENCE.value


def _place_kind(mention: RegionMention) -> str:
    return "place" if mention.region_id else "place-open"


def _place_title(mention: RegionMention) -> str:
    if mention.region is None:
        return _("Place: not decided")
    return _("Place: %(name)s (%(code)s)") % {"name": mention.region.name, "code": mention.region.code}
