"""From an extracted document to rows: the only part that writes what extraction finds.

``matching``    which stored row a find is
``merge``       what the machine said, says now, and what stands in the row
``values``      finds as values of rows
``sources``, ``structure``, ``rows``, ``relations``    each table's part
``holding``     what must stay because people's rows refer to it
``questions``   the editors' queue
``lock``        one document at a time

:func:`ingest` is the whole of it.  Rows that a person decided on, edited or
made are never changed or deleted; what the machine says of them now is noted in
``machine``, and a difference becomes a question for the editors.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from django.db import transaction
from django.utils.translation import gettext as _

from cases.extraction.document import ExtractedDocument
from cases.ingest.lock import lock_for_ingest
from cases.ingest.questions import Questions
from cases.ingest.references import References
from cases.ingest.rows import Rows
from cases.ingest.sources import RETIRED, create_source, update_metadata
from cases.ingest.structure import Articles, Passages
from cases.ingest.tally import Outcome, Tally
from cases.ingest.values import Found, mention_found, metric_found, practice_found
from cases.models import ExtractionRun, Practice, RegionMention, Source
from measures.models import Metric

__all__ = ["Outcome", "Tally", "ingest"]


def ingest(document: ExtractedDocument) -> Outcome:
    """Bring the rows of ``document`` in line with it, in one transaction.

    Ingesting the same document again writes nothing.  Reference data must be
    loaded.  Database errors are raised, with nothing of the document written.
    """
    start = perf_counter()
    with transaction.atomic():
        lock_for_ingest()
        outcome = _Ingest(document).run()
    outcome.seconds = perf_counter() - start
    return outcome


class _Ingest:
    """The ingest of one document; lives for one transaction."""

    def __init__(self, document: ExtractedDocument) -> None:
        self.document = document
        self.tally = Tally()
        self.warnings = [str(_(warning)) for warning in document.warnings]

    def run(self) -> Outcome:
        start = perf_counter()
        source = Source.objects.filter(sha256=self.document.sha256).first()
        known = source is not None
        if source is None:
            source = create_source(self.document)
        elif source.state in RETIRED:
            return self._retired(source)
        else:
            update_metadata(source, self.document, self.tally)
        self._write(source, start)
        return self._outcome(source, known)

    def _write(self, source: Source, start: float) -> None:
        references = References(_codes(self.document))
        questions = Questions(source)
        articles = Articles(source, self.document.articles, references, self.tally)
        passages = Passages(source, self.document.passages, articles.keys, self.tally)
        practices, mentions, metrics = (
            Rows(model, source, references, passages, questions, self.tally)
            for model in (Practice, RegionMention, Metric)
        )
        mentions.merge(
            [mention_found(m, passages.keys[m.passage], references) for m in self.document.mentions]
        )
        keys = self._merge_practices(practices, articles, references)
        metrics.merge(list(self._metrics(passages, keys, references)))
        for rows in (mentions, metrics, practices):
            rows.sweep()
        passages.sweep()
        articles.sweep()
        if references.unknown:
            unknown = ", ".join(sorted(references.unknown))
            self.warnings.append(_("unknown to the reference data: %(codes)s") % {"codes": unknown})
        questions.count(self.tally)
        if self.tally.wrote:
            questions.save(self._record(source, perf_counter() - start))

    def _merge_practices(
        self, practices: Rows, articles: Articles, references: References
    ) -> dict[int, int | None]:
        """Keys of the rows of the document's practices, by their position."""
        finds: dict[int, Found] = {}
        for i, find in enumerate(self.document.practices):
            try:
                finds[i] = practice_found(find, articles.keys[find.article], references)
            except ValueError:
                self._leave_out(find.title, find.spans[0].start if find.spans else None)
        return dict(zip(finds, practices.merge(list(finds.values())), strict=True))

    def _metrics(
        self, passages: Passages, practices: dict[int, int | None], references: References
    ) -> Iterator[Found]:
        for find in self.document.metrics:
            practice = None if find.practice is None else practices.get(find.practice)
            try:
                yield metric_found(find, passages.keys[find.passage], practice, references)
            except (OverflowError, ValueError):
                self._leave_out(find.quote, find.start)

    def _leave_out(self, quote: str, at: int | None) -> None:
        self.warnings.append(
            _("“%(quote)s” at character %(at)s cannot be stored and was left out")
            % {"quote": quote, "at": at}
        )

    def _record(self, source: Source, seconds: float) -> ExtractionRun:
        return ExtractionRun.objects.create(
            source=source,
            versions=self.document.versions,
            created=self.tally.created,
            updated=self.tally.updated,
            deleted=self.tally.deleted,
            unchanged=self.tally.unchanged,
            seconds=round(seconds, 3),
        )

    def _outcome(self, source: Source, known: bool) -> Outcome:
        if source.name != self.document.name:
            status = "duplicate"
            self.warnings.append(_("same content as %(name)s") % {"name": source.name})
        elif known:
            status = "updated" if self.tally.wrote else "unchanged"
        elif source.replaces is not None:
            status = "pending"
            self.warnings.append(
                _("a new version: readers see the one loaded before until an editor adopts it")
            )
        else:
            status = "created"
        return self._result(status)

    def _retired(self, source: Source) -> Outcome:
        self.warnings.append(
            _("this version is %(state)s and was left as it is") % {"state": source.get_state_display()}
        )
        return self._result("retired")

    def _result(self, status: str) -> Outcome:
        document = self.document
        return Outcome(
            source=document.name,
            sha256=document.sha256,
            status=status,
            tally=self.tally,
            counts={
                "articles": len(document.articles),
                "passages": len(document.passages),
                "mentions": len(document.mentions),
                "metrics": len(document.metrics),
                "practices": len(document.practices),
                "questions": self.tally.opened,
            },
            defects=[defect.value for defect in document.defects],
            warnings=self.warnings,
        )


def _codes(document: ExtractedDocument) -> set[str]:
    """Every region code that the document names."""
    codes = {mention.code for mention in document.mentions}
    codes |= {metric.region for metric in document.metrics}
    codes |= {article.region for article in document.articles}
    codes |= {code for practice in document.practices for code in practice.regions}
    return {code for code in codes if code}
