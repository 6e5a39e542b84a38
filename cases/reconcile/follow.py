"""What follows from a link of two sources: stretches, readings, witnesses and recoveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet

from cases.models import AlignedSpan, PracticeLink, PracticeWitness, Recovery, SourceLink, Variant
from measures.curation import CurationStatus
from measures.models import MetricLink

from .merge import Changes, Key, Row, merge
from .offers import recovery_row
from .records import SourceRecord
from .recovery import lost_figures
from .relation import Relation
from .variants import find_variants
from .witnesses import Projection, figure_witnesses, practice_witnesses

SAME_STATEMENT = "same-statement"
_SCORE = ("score", "signals", "rule")
_QUOTE = 300


def follow(link: SourceLink, relation: Relation, fresh: bool = False) -> Changes:
    """Write what follows from ``link``; ``relation`` has its source first.

    Copies fold what they repeat and have readings of their own; other texts
    retell practices and may print what the other lost.  Nothing follows from a
    refused link.  On a ``fresh`` link nothing hangs yet.
    """
    stands = link.status != CurationStatus.REJECTED
    copies = stands and link.type in SourceLink.FOLDING
    projection = Projection(relation.first, relation.second, relation.blocks if stands else ())
    changes = _write_spans(link, relation, stands, fresh)
    settle = _settle_fresh if fresh else merge
    changes += settle(
        Variant.objects.filter(link=link),
        _variants(link, relation) if copies else (),
        lambda row: (row.other_start, row.other_end, row.start, row.end),
        ("passage_id", "other_id", "quote", "other_quote", "kind", "preferred", "why", *_SCORE),
    )
    changes += settle(
        _figure_links(link, copies),
        _figures(link, relation, projection) if copies else (),
        lambda row: frozenset((row.metric_id, row.other_id)),
        ("metric_id", "other_id", "type", "link_id", *_SCORE),
    )
    changes += settle(
        PracticeWitness.objects.filter(link=link),
        _practices(link, relation, projection) if copies else (),
        lambda row: frozenset((row.practice_id, row.original_id)),
        ("practice_id", "original_id", *_SCORE),
    )
    changes += settle(
        PracticeLink.objects.filter(
            type=PracticeLink.Type.SAME,
            from_practice__source=relation.first.key,
            to_practice__source=relation.second.key,
        ),
        _retold(relation, projection) if stands and not copies else (),
        lambda row: frozenset((row.from_practice_id, row.to_practice_id)),
        ("passage_id", *_SCORE),
    )
    for lost, printed in ((relation.first, relation.second), (relation.second, relation.first)):
        if lost.digits_lost or not fresh:
            changes += merge(
                Recovery.objects.filter(
                    kind=Recovery.Kind.LOST_FIGURE, source=lost.key, metric__source=printed.key
                ),
                _recoveries(lost, printed) if stands and lost.digits_lost else (),
                lambda row: (row.start, row.end, row.metric_id),
                ("passage_id", "other_id", "months_apart", *_SCORE),
            )
    return changes


def _figure_links(link: SourceLink, copies: bool) -> QuerySet[MetricLink]:
    """Rows that witnesses replace: of copies, also what tied their figures as independent ones."""
    between = Q(metric__source=link.source_id, other__source=link.other_id)
    between |= Q(metric__source=link.other_id, other__source=link.source_id)
    return MetricLink.objects.filter(Q(link=link) | between if copies else Q(link=link))


def _settle_fresh(
    rows: QuerySet[Row], wanted: Iterable[Row], key: Key[Row], values: Sequence[str]
) -> Changes:
    wanted = list(wanted)
    return merge(rows, wanted, key, values) if wanted else Changes()


def _write_spans(link: SourceLink, relation: Relation, stands: bool, fresh: bool) -> Changes:
    wanted = {
        (
            *relation.first.letters.raw_span(block.a_start, block.a_end),
            *relation.second.letters.raw_span(block.b_start, block.b_end),
            block.matched,
        )
        for block in (relation.blocks if stands else ())
    }
    columns = ("start", "end", "other_start", "other_end", "matched")
    rows = () if fresh else link.spans.values_list("pk", *columns)
    known = {tuple(row[1:]): row[0] for row in rows}
    stale = [pk for span, pk in known.items() if span not in wanted]
    if stale:
        AlignedSpan.objects.filter(pk__in=stale).delete()
    new = sorted(wanted - known.keys())
    AlignedSpan.objects.bulk_create(
        [AlignedSpan(link=link, **dict(zip(columns, span, strict=True))) for span in new], batch_size=150
    )
    return Changes(created=len(new), deleted=len(stale), unchanged=len(wanted) - len(new))


def _variants(link: SourceLink, relation: Relation) -> Iterator[Variant]:
    """Readings; the better text's come first."""
    copy, better = relation.first, relation.second
    clean = better.is_clean and not copy.is_clean
    for block in relation.seen_from(better.key).blocks:
        for find in find_variants(better, copy, block):
            passage, other = better.passage_at(find.span[0]), copy.passage_at(find.other_span[0])
            if passage is None or other is None:
                continue
            yield Variant(
                link=link,
                passage_id=passage.key,
                other_id=other.key,
                kind=find.kind.value,
                start=find.span[0],
                end=find.span[1],
                quote=better.text[slice(*find.span)][:_QUOTE],
                other_start=find.other_span[0],
                other_end=find.other_span[1],
                other_quote=copy.text[slice(*find.other_span)][:_QUOTE],
                preferred=Variant.Reading.FIRST if clean else "",
                why=Variant.Why.CLEAN if clean else "",
                rule=f"aligned-{find.kind.value}",
                score=link.score,
                signals={"defects": sorted(copy.defects)},
            )


def _figures(link: SourceLink, relation: Relation, projection: Projection) -> Iterator[MetricLink]:
    for copy, original in figure_witnesses(relation.first.figures, relation.second.figures, projection):
        if copy.value == original.value or copy.value is None or original.value is None:
            yield MetricLink(
                link=link,
                metric_id=copy.key,
                other_id=original.key,
                type=MetricLink.Type.WITNESS,
                rule="aligned-figure",
                score=link.score,
                signals={"same_place": True, "wordings": [copy.quote, original.quote]},
            )


def _practices(link: SourceLink, relation: Relation, projection: Projection) -> Iterator[PracticeWitness]:
    for found in practice_witnesses(relation.first.practices, relation.second.practices, projection):
        yield PracticeWitness(
            link=link,
            practice_id=found.key,
            original_id=found.original,
            rule="aligned-practice",
            score=found.score,
            signals={"overlap": found.score},
        )


def _retold(relation: Relation, projection: Projection) -> Iterator[PracticeLink]:
    first = relation.first
    starts = {practice.key: practice.spans[0][0] for practice in first.practices if practice.spans}
    found = practice_witnesses(first.practices, relation.second.practices, projection, retold=True)
    for witness in found:
        passage = first.passage_at(starts[witness.key])
        if passage is not None:
            yield PracticeLink(
                from_practice_id=witness.key,
                to_practice_id=witness.original,
                type=PracticeLink.Type.SAME,
                passage_id=passage.key,
                rule=SAME_STATEMENT,
                score=witness.score,
                signals={"overlap": witness.score, "kinship": relation.kin.type.value},
            )


def _recoveries(lost: SourceRecord, printed: SourceRecord) -> Iterator[Recovery]:
    for offer in lost_figures(lost, printed):
        passage = lost.passage_at(offer.span[0])
        if passage is not None:
            yield recovery_row(
                offer, Recovery.Kind.LOST_FIGURE, lost.key, passage.key, "", (lost.written, printed.written)
            )
