"""One pass of reconciliation: the sources that changed, against all that stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from django.db import transaction
from django.db.models import Max, Q

from cases.ingest.lock import lock_for_ingest
from cases.models import PracticeLink, Reconciled, Recovery, Shingle, Source, SourceLink
from measures.models import MetricLink

from .families_store import write_families
from .figures import write_figures
from .index import Neighbours, root, write_shingles
from .indicators_store import write_indicators
from .links import write_relations
from .masked_places_store import write_masked_places
from .merge import Changes
from .practice_links_store import write_parts
from .reading import Records, originals
from .records import SourceRecord
from .relation import Relation, compare

VERSION = "1"
"""Of the rules; raised when they change, so that every source is compared again."""


@dataclass(slots=True)
class Result:
    """What comparing one source did; without a name, what comparing the finds of all did."""

    source: str = ""
    changes: Changes = field(default_factory=Changes)
    related: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0


def reconcile(names: Sequence[str] = (), everything: bool = False) -> Iterator[Result]:
    """Reconcile the sources that were loaded or changed since the last pass.

    The texts are compared first, a transaction each, so that copies are known
    when the finds of all are compared in a last one.

    ``names`` limits the pass to current sources so called and compares them
    anew, ``everything`` compares all of them.  A source that is no longer
    current is forgotten first.  A pass over unchanged sources writes nothing.
    """
    forget_retired()
    waiting = _waiting(names, everything)
    records = Records()
    compared: list[int] = []
    for pk in waiting:
        start = perf_counter()
        with transaction.atomic():
            lock_for_ingest()
            source = Source.objects.current().only("name", "state").filter(pk=pk).first()
            if source is None:
                continue
            result = _reconcile_texts(source, records)
        compared.append(pk)
        result.seconds = perf_counter() - start
        yield result
    if compared:
        yield _reconcile_finds(compared)


def forget_retired() -> Changes:
    """Take back what was suggested about sources that are no longer current.

    Decisions stay, and sources that were tied to one of them are compared anew.
    """
    changes = Changes()
    with transaction.atomic():
        lock_for_ingest()
        retired = list(
            Reconciled.objects.exclude(source__state=Source.State.CURRENT).values_list("source", flat=True)
        )
        if not retired:
            return changes
        links = SourceLink.objects.filter(Q(source__in=retired) | Q(other__in=retired))
        tied = {pk for pair in links.values_list("source", "other") for pk in pair}
        for rows in (
            links,
            MetricLink.objects.filter(Q(metric__source__in=retired) | Q(other__source__in=retired)),
            PracticeLink.objects.filter(
                Q(from_practice__source__in=retired) | Q(to_practice__source__in=retired)
            ),
            Recovery.objects.filter(Q(source__in=retired) | Q(other__source__in=retired)),
        ):
            changes.deleted += rows.replaceable().delete()[0]
        Shingle.objects.filter(source__in=retired).delete()
        changes += write_indicators(retired)
        changes += write_families(retired)
        Reconciled.objects.filter(source__in=tied | set(retired)).delete()
    return changes


def _waiting(names: Sequence[str], everything: bool) -> list[int]:
    """Keys of the sources to compare, in the order of their loading."""
    sources = Source.objects.current().order_by("pk")
    if names:
        return list(sources.filter(name__in=names).values_list("pk", flat=True))
    if everything:
        return list(sources.values_list("pk", flat=True))
    runs = dict(sources.annotate(run=Max("runs")).values_list("pk", "run"))
    known = {
        pk: (version, run) for pk, version, run in Reconciled.objects.values_list("source", "version", "run")
    }
    return [pk for pk, run in runs.items() if known.get(pk) != (VERSION, run or 0)]


def _reconcile_texts(source: Source, records: Records) -> Result:
    """Tie a source to its relatives and write what follows from the texts."""
    record = records.read(source.pk)
    result = Result(source.name)
    relations, copied = _relations(record, records)
    result.changes += write_relations(record.key, relations)
    write_shingles(record.key, record.fingerprint - copied)
    state, _created = Reconciled.objects.get_or_create(source=source, defaults={"written": record.written})
    if state.written != record.written:
        Reconciled.objects.filter(pk=state.pk).update(written=record.written)
    links = SourceLink.objects.standing().filter(source=source).select_related("other").defer("other__text")
    result.related = [(str(link.get_type_display()), link.other.name) for link in links]
    return result


def _reconcile_finds(keys: Sequence[int]) -> Result:
    """Compare the finds of sources with those of all others, copies left out; note that it is done."""
    start = perf_counter()
    result = Result()
    with transaction.atomic():
        lock_for_ingest()
        result.changes += write_figures(keys)
        result.changes += write_indicators(keys)
        result.changes += write_families(keys)
        result.changes += write_masked_places(keys)
        result.changes += write_parts(keys)
        _note_done(keys)
    result.seconds = perf_counter() - start
    return result


def _note_done(keys: Sequence[int]) -> None:
    done = []
    states = Reconciled.objects.filter(source__in=keys).annotate(last=Max("source__runs"))
    for state in states:
        last = state.last or 0
        if (state.version, state.run) != (VERSION, last):
            state.version, state.run = VERSION, last
            done.append(state)
    Reconciled.objects.bulk_update(done, ["version", "run"], batch_size=200)


def _relations(record: SourceRecord, records: Records) -> tuple[list[Relation], frozenset[int]]:
    """The relations of a source, and the part of its sample that the index need not hold.

    A copy is tied to its original only; what else it shares, the original shares.
    """
    refused = _refused(record.key)
    linked = {pk for pair in _pairs(record.key) for pk in pair} - {record.key}
    neighbours = Neighbours(record.key, record.fingerprint)
    folded = originals(neighbours.sources)
    candidates = dict.fromkeys([*neighbours.candidates(folded), *sorted(linked)])
    relations: list[Relation] = []
    copied: frozenset[int] = frozenset()
    for key in candidates:
        if key == record.key or (root(key, folded) == record.key and key not in linked):
            continue
        other = records.read(key)
        relation = compare(record, other, neighbours.is_common)
        if relation is None:
            continue
        relations.append(relation)
        if relation.kin.folds and relation.first.key == record.key and key not in refused:
            copied |= record.fingerprint & other.fingerprint
    return _without_echoes(record.key, relations, refused), copied


def _pairs(key: int) -> list[tuple[int, int]]:
    rows = SourceLink.objects.filter(Q(source=key) | Q(other=key))
    current = rows.filter(source__state=Source.State.CURRENT, other__state=Source.State.CURRENT)
    return list(current.values_list("source", "other"))


def _refused(key: int) -> set[int]:
    rows = SourceLink.objects.filter(Q(source=key) | Q(other=key), status="rejected")
    return {pk for pair in rows.values_list("source", "other") for pk in pair} - {key}


def _without_echoes(key: int, relations: list[Relation], refused: set[int]) -> list[Relation]:
    """Of a copy, its best original alone, beside what is a copy of it and what was refused."""
    copies = [r for r in relations if r.kin.folds and r.first.key == key and r.second.key not in refused]
    if not copies:
        return relations
    best = max(copies, key=lambda r: (r.kin.score, -r.second.key))
    return [r for r in relations if r is best or r.second.key == key or r.second.key in refused]
