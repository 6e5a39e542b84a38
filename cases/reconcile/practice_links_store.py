"""Links of practices, and names that differ in a letter, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q

from cases.models import Evidence, Practice, PracticeLink, PracticeTerm, RegionMention, Variant

from .families import FamilyFind
from .folding import unfolded_practices
from .merge import Changes, chunks, merge
from .practice_links import BORROWS, borrowed_from, carried_out, is_its_own, near_names, parts
from .reading import practice_records
from .records import PracticeRecord

SAYS_SO = "text-says-so"
CARRIED_OUT, PART, NEAR_NAME = "same-term-one-level-down", "sentences-of-another", "name-differs-in-a-letter"


def write_levels(families: Iterable[FamilyFind], affected: Collection[int]) -> Changes:
    """Suggest that practices of ``families`` carry out those above them.

    ``affected`` are the practices whose links are brought in line.
    """
    return merge(
        PracticeLink.objects.filter(type=PracticeLink.Type.LEVEL, from_practice__in=affected),
        [
            row
            for family in families
            for lower, upper in carried_out(family)
            for row in _link(
                lower, upper, PracticeLink.Type.LEVEL, CARRIED_OUT, family.score, {"term": family.key}
            )
        ],
        lambda row: (row.from_practice_id, row.to_practice_id, row.type),
        ("passage_id", "score", "signals", "rule"),
    )


def write_parts(new: Collection[int]) -> Changes:
    """Suggest which practices of the sources ``new`` are parts of others, and list names that differ."""
    practices = unfolded_practices(Practice.objects.visible().filter(source__in=new))
    records = list(practice_records(practices))
    changes = merge(
        PracticeLink.objects.filter(type=PracticeLink.Type.PART, from_practice__source__in=new),
        [
            row
            for part, whole in parts(records)
            for row in _link(part, whole, PracticeLink.Type.PART, PART, 0.8, {"sentences": len(part.spans)})
        ],
        lambda row: (row.from_practice_id, row.to_practice_id, row.type),
        ("passage_id", "score", "signals", "rule"),
    )
    changes += merge(
        PracticeLink.objects.filter(type=PracticeLink.Type.BORROWED, from_practice__source__in=new),
        list(_borrowed({record.key for record in records})),
        lambda row: (row.from_practice_id, row.to_practice_id, row.type),
        ("passage_id", "score", "signals", "rule"),
    )
    return changes + _write_names(new, records)


def _borrowed(keys: Collection[int]) -> Iterator[PracticeLink]:
    """Links to the practice of the place that the text names, when both share a term."""
    for part in chunks(sorted(keys)):
        evidence = Evidence.objects.filter(practice__in=part, quote__regex=BORROWS)
        for row in evidence.order_by("practice_id", "start"):
            for at in borrowed_from(row.quote):
                place = RegionMention.objects.filter(source=row.source_id, start=row.start + at).first()
                if place is None or place.region_id is None:
                    continue
                if is_its_own(row.quote[place.end - row.start :]):
                    yield from _lenders(row, place)


def _lenders(row: Evidence, place: RegionMention) -> Iterator[PracticeLink]:
    terms = PracticeTerm.objects.filter(practice=row.practice_id).values("term")
    lender = (
        unfolded_practices(Practice.objects.visible().filter(regions=place.region_id, terms__term__in=terms))
        .exclude(pk=row.practice_id)
        .order_by("pk")
        .first()
    )
    if lender is not None:
        yield PracticeLink(
            from_practice_id=row.practice_id,
            to_practice=lender,
            type=PracticeLink.Type.BORROWED,
            passage_id=row.passage_id,
            rule=SAYS_SO,
            score=0.9,
            signals={"place": place.quote},
        )


def _link(
    first: PracticeRecord,
    second: PracticeRecord,
    kind: str,
    rule: str,
    score: float,
    signals: dict[str, object],
) -> Iterator[PracticeLink]:
    evidence = Evidence.objects.filter(practice=first.key, source=first.source).order_by("start").first()
    if evidence is not None:
        yield PracticeLink(
            from_practice_id=first.key,
            to_practice_id=second.key,
            type=kind,
            passage_id=evidence.passage_id,
            rule=rule,
            score=score,
            signals=signals,
        )


def _write_names(new: Collection[int], records: Collection[PracticeRecord]) -> Changes:
    keys = {record.key for record in records}
    regions = Practice.regions.through.objects.filter(practice__in=keys).values("region")
    named = Practice.objects.visible().filter(regions__in=regions).exclude(names=[]).distinct()
    pairs = near_names(practice_records(unfolded_practices(named)))
    return merge(
        Variant.objects.filter(link=None).filter(Q(passage__source__in=new) | Q(other__source__in=new)),
        [
            row
            for first, name, second, other in pairs
            if first.key in keys or second.key in keys
            for row in _names(first, name, second, other)
        ],
        lambda row: (row.passage_id, row.start, row.other_id, row.other_start),
        ("end", "other_end", "quote", "other_quote", "score", "signals", "rule"),
    )


def _names(first: PracticeRecord, name: str, second: PracticeRecord, other: str) -> Iterator[Variant]:
    here, there = _place(first, name), _place(second, other)
    if here and there and here[0] != there[0]:
        yield Variant(
            passage_id=here[0],
            start=here[1],
            end=here[1] + len(name),
            quote=name,
            other_id=there[0],
            other_start=there[1],
            other_end=there[1] + len(other),
            other_quote=other,
            kind=Variant.Kind.WORD,
            rule=NEAR_NAME,
            score=0.8,
            signals={"practices": [first.key, second.key]},
        )


def _place(practice: PracticeRecord, name: str) -> tuple[int, int] | None:
    """The passage and offset at which a practice's evidence has ``name``."""
    rows = Evidence.objects.filter(practice=practice.key, source=practice.source, quote__contains=name)
    row = rows.order_by("start").values_list("passage_id", "start", "quote").first()
    return (row[0], row[1] + row[2].index(name)) if row else None
