"""Segmentation: a text as articles, paragraphs and sentences, in clean offsets.

Reads as the steps are taken: lines, table of contents, paragraphs (lines that a
page break or a hard wrap cut are joined again), articles, sentences, defects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .articles import ArticleDraft, draft_articles
from .bylines import DATELINE, is_byline
from .clean import CleanText, fold, invisible_runs, merge_spans
from .contents import find_contents, locate_titles
from .defects import find_defects
from .document import Article, PassageKind, SegmentedDocument, Sentence
from .headings import BRACKET_LABEL
from .lines import split_lines
from .paragraphs import Paragraph, cut_at_jumps, read_paragraphs
from .sentences import split_sentences

Unit = tuple[PassageKind, int, int]


def segment(text: str) -> SegmentedDocument:
    """Articles and sentences of ``text``.

    Offsets are clean offsets of the result's ``clean``.  Every sentence lies in
    its article, sentences are sorted and disjoint, and no visible character of
    ``text`` is outside all of them, except page furniture that stood in the
    middle of a sentence.  Paragraphs are numbered through the document.
    """
    raw = fold(text)
    lines = cut_at_jumps(split_lines(raw))
    contents = find_contents(lines)
    titles = locate_titles(lines, contents)
    title_lines = {title.line + n for title in titles for n in range(title.count)}
    paragraphs = read_paragraphs(lines, set(contents.lines), set(contents.within), title_lines)
    drafts = draft_articles(paragraphs, {lines[title.line].start: title.title for title in titles})

    gaps = (gap for paragraph in paragraphs for gap in paragraph.gaps())
    clean = CleanText.without(raw, merge_spans([*gaps, *invisible_runs(raw)]))
    articles: list[Article] = []
    sentences: list[Sentence] = []
    for draft in drafts:
        units = _numbered_units(paragraphs, draft, clean)
        placed = [
            Sentence(len(sentences) + n, len(articles), paragraph, kind, start, end)
            for n, (paragraph, (kind, start, end)) in enumerate(units)
        ]
        if placed:
            articles.append(_article(draft, len(articles), placed))
            sentences.extend(placed)
    defects = find_defects(clean.text, articles, sentences)
    return SegmentedDocument(clean, tuple(articles), tuple(sentences), defects)


def _article(draft: ArticleDraft, index: int, sentences: Sequence[Sentence]) -> Article:
    return Article(
        index=index,
        kind=draft.kind,
        title=draft.title,
        subtitle=draft.subtitle,
        byline=draft.byline,
        published=draft.published,
        start=sentences[0].start,
        end=sentences[-1].end,
    )


def _numbered_units(
    paragraphs: Sequence[Paragraph], draft: ArticleDraft, clean: CleanText
) -> list[tuple[int, Unit]]:
    return [
        (number, unit)
        for number in range(draft.first, draft.last)
        for unit in _units(paragraphs[number], clean)
    ]


def _units(paragraph: Paragraph, clean: CleanText) -> Iterator[Unit]:
    """Kind and clean span of each unit: a heading whole, text sentence by sentence."""
    start, end = clean.clean_offset(paragraph.start), clean.clean_offset(paragraph.end)
    if paragraph.kind is not PassageKind.SENTENCE:
        if start < end:
            yield paragraph.kind, start, end
        return
    lead = _lead(clean.text[start : min(end, start + 120)])
    if lead is not None:
        kind, length = lead
        yield kind, start, start + len(clean.text[start : start + length].rstrip())
        start += length
    last = None
    for left, right in split_sentences(clean.text, start, end):
        if last is not None:
            yield PassageKind.SENTENCE, *last
        last = left, right
    if last is not None:
        yield PassageKind.BYLINE if is_byline(clean.text[last[0] : last[1]]) else PassageKind.SENTENCE, *last


def _lead(text: str) -> tuple[PassageKind, int] | None:
    """A dateline (新华社北京6月18日电) or label (【做法】) before the text of a paragraph."""
    dateline = DATELINE.match(text)
    if dateline and dateline.end() < len(text):
        return PassageKind.BYLINE, dateline.end()
    label = BRACKET_LABEL.match(text)
    if label and label.end() < len(text):
        return PassageKind.HEADING, label.end()
    return None
