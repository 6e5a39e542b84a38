"""Families as rows: suggested, kept in line with the practices, and left alone once decided on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Count

from cases.models import Family, FamilyMember, Practice, PracticeTerm

from .families import LARGEST, FamilyFind, find_families, wording_of
from .folding import unfolded_practices
from .merge import Changes, chunks, merge
from .practice_links_store import write_levels
from .reading import practice_records
from .slugs import free_slug
from .terms import terms_of, whole_wordings

RULE = "shared-term"


def write_families(new: Collection[int]) -> Changes:
    """Bring the families of the practices of the sources ``new`` in line with all practices."""
    affected = _write_terms(new)
    changes = Changes()
    found = {family.key: family for family in _families(affected)}
    stored = {family.key: family for family in _stored(affected)}
    for key, find in found.items():
        if key not in stored:
            stored[key] = Family.objects.create(
                key=key, slug=free_slug(Family, find.name), name=find.name[:80]
            )
            changes.created += 1
    changes += merge(
        FamilyMember.objects.filter(family__in=stored.values()),
        [row for key, find in found.items() for row in _members(stored[key], find)],
        lambda row: (row.family_id, row.practice_id),
        ("wording", "score", "signals", "rule"),
    )
    affected_practices = {p.key for find in found.values() for p in find.members} | _practices_of(new)
    changes += write_levels(found.values(), affected_practices)
    gone = [family.pk for key, family in stored.items() if key not in found]
    changes.deleted += _delete_empty(gone)
    return changes


def _write_terms(new: Collection[int]) -> set[str]:
    """Bring the terms of the practices of ``new`` in line; every term they have or had."""
    rows = PracticeTerm.objects.filter(practice__source__in=new)
    known = {(practice, term): pk for pk, practice, term in rows.values_list("pk", "practice_id", "term")}
    practices = unfolded_practices(Practice.objects.visible().filter(source__in=new))
    wanted = {
        (pk, term)
        for pk, title, names in practices.values_list("pk", "title", "names")
        for term in terms_of(title, names) | whole_wordings(title, names)
    }
    for part in chunks([pk for key, pk in known.items() if key not in wanted]):
        PracticeTerm.objects.filter(pk__in=part).delete()
    PracticeTerm.objects.bulk_create(
        [PracticeTerm(practice_id=pk, term=term) for pk, term in sorted(wanted - known.keys())],
        batch_size=400,
    )
    return {term for _practice, term in known.keys() | wanted}


def _families(terms: Collection[str]) -> list[FamilyFind]:
    keys: set[int] = set()
    for part in chunks(sorted(terms)):
        rows = PracticeTerm.objects.filter(term__in=part).values_list("term")
        shared = [term for term, n in rows.annotate(n=Count("pk")) if 1 < n <= LARGEST]
        keys.update(PracticeTerm.objects.filter(term__in=shared).values_list("practice_id", flat=True))
    records = [
        record
        for part in chunks(sorted(keys))
        for record in practice_records(unfolded_practices(Practice.objects.visible().filter(pk__in=part)))
    ]
    return find_families(records, terms)


def _practices_of(new: Collection[int]) -> set[int]:
    return set(Practice.objects.filter(source__in=new).values_list("pk", flat=True))


def _stored(terms: Collection[str]) -> Iterator[Family]:
    for part in chunks(sorted(terms)):
        yield from Family.objects.filter(key__in=part)


def _members(family: Family, find: FamilyFind) -> Iterator[FamilyMember]:
    for practice in find.members:
        yield FamilyMember(
            family=family,
            practice_id=practice.key,
            wording=wording_of(practice, find.key)[:80],
            rule=RULE,
            score=find.score,
            signals={"term": find.key, "theme": find.theme, "theme_share": find.score},
        )


def _delete_empty(keys: Collection[int]) -> int:
    """Delete families that nothing is left of; one that people touched stays."""
    kept = set(FamilyMember.objects.filter(family__in=keys).values_list("family_id", flat=True))
    kept |= set(Practice.objects.filter(family__in=keys).values_list("family_id", flat=True))
    kept |= set(Family.objects.filter(merged_into__in=keys).values_list("merged_into_id", flat=True))
    return Family.objects.filter(pk__in=set(keys) - kept, merged_into=None).delete()[0]
