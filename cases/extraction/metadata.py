"""What a document says of itself: title, publisher, date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import PurePath

from .bylines import read_publisher
from .document import Article, ArticleKind, PassageKind, SegmentedDocument

# 新华社记者 at the head of a text whose names were lost
_REPORTER = re.compile(
    r"^(?:新华社|人民日报|光明日报|经济日报|中国[\u4e00-\u9fff]{2,4}报)(?:记者|评论员|通讯员)"
)
_OPENING_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Metadata:
    """``publisher`` is '' and ``published`` None where the text does not say."""

    title: str
    publisher: str
    published: dt.date | None


def describe(doc: SegmentedDocument, text: str, name: str) -> Metadata:
    """Title, publisher and date of a segmented document; ``name`` is its file name.

    The title is that of a compilation's cover, else of the only article; several
    articles without a cover are called by the first one: 标题甲等8篇.
    """
    own = [article for article in doc.articles if article.kind is ArticleKind.ARTICLE]
    front = [article for article in doc.articles if article.kind is ArticleKind.FRONT]
    return Metadata(_title(own, front) or PurePath(name).stem, _publisher(doc, own), _published(own, front))


def _title(own: list[Article], front: list[Article]) -> str:
    cover = next((article.title for article in front if article.title), "")
    titles = [article.title for article in own if article.title]
    if cover or not titles:
        return cover
    return titles[0] if len(own) == 1 else f"{titles[0]}等{len(own)}篇"


def _publisher(doc: SegmentedDocument, own: list[Article]) -> str:
    for article in own:
        if article.byline and (publisher := read_publisher(article.byline)):
            return publisher
    opening: dict[int, int] = {}
    for sentence in doc.sentences:
        quote = doc.clean.text[sentence.start : min(sentence.end, sentence.start + 40)]
        if sentence.kind is PassageKind.BYLINE and (publisher := read_publisher(quote)):
            return publisher
        if sentence.kind is PassageKind.SENTENCE:
            seen = opening[sentence.article] = opening.get(sentence.article, 0) + 1
            if seen <= _OPENING_SENTENCES and _REPORTER.match(quote):
                return read_publisher(quote)
    return ""


def _published(own: list[Article], front: list[Article]) -> dt.date | None:
    dates = {article.published for article in own if article.published}
    cover = next((article.published for article in front if article.published), None)
    return cover or (dates.pop() if len(dates) == 1 else None)
