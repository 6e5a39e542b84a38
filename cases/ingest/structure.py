"""Articles and passages of a source: rebuilt only where they changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db.models import F

from cases.extraction import document
from cases.ingest.holding import held
from cases.ingest.matching import Anchor, align_spans
from cases.ingest.references import References
from cases.ingest.tally import Tally
from cases.ingest.values import fit
from cases.models import Article, Evidence, Passage, Source
from measures.curation import CurationStatus

BATCH = 1000
ASIDE = 1_000_000
"""Added to the numbers of articles that are being renumbered: numbers are unique."""

T = TypeVar("T")


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


class Articles:
    """The articles of ``source``; ``keys[i]`` is the key of the document's article ``i``.

    An article that is no longer found is numbered aside, and goes in
    :meth:`sweep` when whatever stands in it has moved to its successor.
    """

    COLUMNS = ("index", "kind", "title", "subtitle", "byline", "published", "region_id", "start", "end")

    def __init__(
        self, source: Source, found: Sequence[document.Article], references: References, tally: Tally
    ):
        self.source, self.tally = source, tally
        self._starts = [article.start for article in found]
        stored = list(source.articles.order_by("index", "pk"))
        anchors = [Anchor((row.start, row.end), (row.start, row.end)) for row in stored]
        aligned = align_spans([(a.start, a.end) for a in found], anchors).rows
        kept = set(aligned.values())
        self.gone = [row for i, row in enumerate(stored) if i not in kept]

        changed: list[Article] = []
        rows: list[Article] = []
        for i, article in enumerate(found):
            columns = self._columns(article, references)
            if i not in aligned:
                rows.append(Article(source=source, **columns))
                continue
            row = stored[aligned[i]]
            rows.append(row)
            if any(getattr(row, name) != value for name, value in columns.items()):
                changed.append(row)
                for name, value in columns.items():
                    setattr(row, name, value)
        self._number_aside([row.pk for row in changed] + [row.pk for row in self.gone if row.index < ASIDE])
        Article.objects.bulk_update(changed, [c.removesuffix("_id") for c in self.COLUMNS], batch_size=100)
        new = [row for row in rows if row.pk is None]
        Article.objects.bulk_create(new, batch_size=BATCH)
        self.keys = [row.pk for row in rows]
        tally.created += len(new)
        tally.updated += len(changed)
        tally.unchanged += len(rows) - len(new) - len(changed)

    def sweep(self) -> None:
        """Move what still stands in vanished articles to their successors; delete them."""
        if not self.keys:
            return
        for row in self.gone:
            heir = self.keys[max(0, bisect_right(self._starts, row.start) - 1)]
            row.passages.update(article=heir)
            row.practices.update(article=heir)
            row.delete()
            self.tally.deleted += 1

    def _number_aside(self, keys: list[int]) -> None:
        if keys:
            Article.objects.filter(pk__in=keys).update(index=F("index") + ASIDE)

    @staticmethod
    def _columns(article: document.Article, references: References) -> dict[str, Any]:
        return {
            "index": article.index,
            "kind": article.kind.value,
            "title": fit(Article, "title", article.title),
            "subtitle": fit(Article, "subtitle", article.subtitle),
            "byline": fit(Article, "byline", article.byline),
            "published": article.published,
            "region_id": references.region_id(references.code(article.region)),
            "start": article.start,
            "end": article.end,
        }


class Passages:
    """The passages of ``source``; ``keys[i]`` is the key of the document's passage ``i``."""

    COLUMNS = ("article_id", "index", "paragraph", "kind", "text", "found")

    def __init__(
        self, source: Source, found: Sequence[document.Passage], articles: Sequence[int], tally: Tally
    ):
        self.source, self.tally, self._found = source, tally, found
        self._starts = [passage.start for passage in found]
        self._stored = {
            (start, end): (pk, columns)
            for pk, start, end, *columns in Passage.objects.filter(source=source)
            .order_by()
            .values_list("pk", "start", "end", *self.COLUMNS)
        }
        self.keys: list[int] = [0] * len(found)
        self._write(articles)
        kept = {(passage.start, passage.end) for passage in found}
        self._gone = {
            pk: (*span, columns) for span, (pk, columns) in self._stored.items() if span not in kept
        }
        self._stored = {}

    def _write(self, articles: Sequence[int]) -> None:
        new: list[int] = []
        changed: list[Passage] = []
        for i, passage in enumerate(self._found):
            known = self._stored.get((passage.start, passage.end))
            if known is None:
                new.append(i)
                continue
            pk, columns = known
            self.keys[i] = pk
            now = self._columns(passage, articles)
            if columns != list(now.values()):
                changed.append(Passage(pk=pk, **now))
        for batch in batches(new):
            rows = [self._row(self._found[i], articles) for i in batch]
            for i, row in zip(batch, Passage.objects.bulk_create(rows), strict=True):
                self.keys[i] = row.pk
        for part in batches(changed, 200):
            Passage.objects.bulk_update(part, [c.removesuffix("_id") for c in self.COLUMNS])
        self.tally.created += len(new)
        self.tally.updated += len(changed)
        self.tally.unchanged += len(self._found) - len(new) - len(changed)

    def _row(self, passage: document.Passage, articles: Sequence[int]) -> Passage:
        return Passage(
            source=self.source, start=passage.start, end=passage.end, **self._columns(passage, articles)
        )

    @staticmethod
    def _columns(passage: document.Passage, articles: Sequence[int]) -> dict[str, Any]:
        return {
            "article_id": articles[passage.article],
            "index": passage.index,
            "paragraph": passage.paragraph,
            "kind": passage.kind.value,
            "text": passage.text,
            "found": True,
        }

    def home(self, start: int, end: int) -> int | None:
        """Key of the passage that holds ``[start, end)`` whole, if there is one."""
        i = bisect_right(self._starts, start) - 1
        return self.keys[i] if i >= 0 and end <= self._found[i].end else None

    def at(self, start: int) -> int:
        """Key of the passage that holds ``start``, or of the next one."""
        return self.keys[self._position(start)]

    def _position(self, start: int) -> int:
        i = bisect_right(self._starts, start) - 1
        if i >= 0 and start < self._found[i].end:
            return i
        return min(i + 1, len(self._found) - 1)

    def sweep(self) -> None:
        """Delete the vanished passages that no row points at; set the others aside."""
        used: set[int] = set()
        for part in batches(sorted(self._gone)):
            self._move_evidence(part)
            used |= held(Passage, part)
        for part in batches(sorted(self._gone.keys() - used)):
            Passage.objects.filter(pk__in=part).delete()
        self.tally.deleted += len(self._gone) - len(used)
        self._set_aside(sorted(used))

    def _move_evidence(self, gone: list[int]) -> None:
        """Tie the evidence of undecided practices to the passages as they are cut now."""
        moved = []
        for row in Evidence.objects.filter(passage__in=gone, practice__status=CurationStatus.SUGGESTED):
            if home := self.home(row.start, row.end):
                row.passage_id = home
                moved.append(row)
        Evidence.objects.bulk_update(moved, ["passage"], batch_size=200)

    def _set_aside(self, keys: list[int]) -> None:
        """Take passages out of the reading view; they lead to the one that stands there now."""
        aside = []
        for pk in keys:
            start, _end, (article, index, paragraph, kind, text, found) = self._gone[pk]
            successor = Passage.objects.get(pk=self.at(start)) if self.keys else None
            now = (successor.article_id, successor.index) if successor else (article, index)
            if found or now != (article, index):
                aside.append(
                    Passage(
                        pk=pk,
                        article_id=now[0],
                        index=now[1],
                        paragraph=paragraph,
                        kind=kind,
                        text=text,
                        found=False,
                    )
                )
        Passage.objects.bulk_update(aside, [c.removesuffix("_id") for c in self.COLUMNS], batch_size=200)
        self.tally.updated += len(aside)
        self.tally.unchanged += len(keys) - len(aside)
