"""Reference data of places into the database, from the fixtures.

First tier: divisions, functional zones, names of every kind, successors.
Second tier: the 41,000 streets and towns, on demand; one that a document names
below a division is made by :func:`place_below`.  The fixtures win over what the
gazetteer wrote before; names and places that people added are never touched.
Loading again writes nothing.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.db import connection, transaction

from .gazetteer import FIXTURES
from .models import Region, RegionName

BATCH = 2000
Level, Kind, Status, Origin = Region.Level, RegionName.Kind, Region.Status, Region.Origin
# 沙北街道昆仑社区 is a community in a street.
_OUTER = re.compile(r".{2,}?(?:街道|镇|苏木|乡)(?=.{2})")
_TOWNSHIP = ("街道", "镇", "乡", "苏木", "农场", "林场")
_COMMUNITY = ("社区", "村")


@dataclass(slots=True)
class Loaded:
    """What a load did, in rows."""

    created: int = 0
    updated: int = 0
    names: int = 0
    successors: int = 0

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.names or self.successors)


@dataclass(frozen=True, slots=True)
class _Row:
    """A place as the fixtures have it; ``forms`` are its names with their kinds."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str
    pinyin: str = ""
    status: str = Status.CURRENT
    forms: dict[str, str] = field(default_factory=dict)


def ensure_gazetteer() -> Loaded:
    """Load the first tier unless all of it is there; cheap when it is."""
    codes = {row.code for row in _first_tier()}
    forms = sum(len(row.forms) for row in _first_tier())
    present = set(Region.objects.filter(origin=Origin.GAZETTEER).values_list("code", flat=True))
    if codes <= present and RegionName.objects.count() >= forms:
        return Loaded()
    return load_first_tier()


def load_first_tier() -> Loaded:
    """Divisions, zones, their names and successors, in one transaction."""
    with transaction.atomic():
        _lock()
        done = Loaded()
        for rows in _by_depth(_first_tier()):
            _write(rows, done)
        _write_names(_first_tier(), done)
        done.successors = _write_successors()
    return done


def load_townships(advance: Callable[[int], None] = lambda count: None) -> Loaded:
    """All streets and towns below their divisions; ``advance`` is told of rows done."""
    with transaction.atomic():
        _lock()
        done = Loaded()
        rows = list(_townships())
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            _write(batch, done)
            _write_names(batch, done)
            advance(len(batch))
    return done


def place_below(parent_code: str, name: str) -> Region:
    """The place called ``name`` below the division ``parent_code``, made if new.

    The official street or town when it lies directly under that division; the
    zone of that name; else a place of the text's own, with the code
    ``<parent code>-<8 hex digits of the name's SHA-1>``.  A compound name
    (沙北街道昆仑社区) makes one place in the other.  Raises ``Region.DoesNotExist``
    for an unknown parent.
    """
    place = Region.objects.get(code=parent_code)
    for part in _parts(name):
        place = _child(place, part)
    return place


def _parts(name: str) -> list[str]:
    """At most two parts, so that codes stay within their column."""
    outer = _OUTER.match(name)
    return [outer[0], name[outer.end() :]] if outer else [name]


def _child(parent: Region, name: str) -> Region:
    known = (
        parent.children.filter(names__form__in=(name, f"{parent.short_name}{name}")).order_by("code").first()
    )
    if known:
        return known
    official = _township_codes().get((parent.code, name))
    code = official or text_code(parent.code, name)
    region, created = Region.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "short_name": name,
            "level": level_of_name(name),
            "parent": parent,
            "origin": Origin.GAZETTEER if official else Origin.TEXT,
        },
    )
    if created:
        RegionName.objects.get_or_create(region=region, form=name, defaults={"kind": Kind.OFFICIAL})
    return region


def text_code(parent_code: str, name: str) -> str:
    """The code of a place without an official one."""
    digest = hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()
    return f"{parent_code}-{digest[:8]}"


def level_of_name(name: str) -> str:
    """Level of a place below county level, by the word its name ends with."""
    if name.endswith(_TOWNSHIP):
        return Level.TOWNSHIP
    return Level.COMMUNITY if name.endswith(_COMMUNITY) else Level.ZONE


def _rows_of(file: str) -> Iterator[dict[str, str]]:
    with (FIXTURES / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


@cache
def _first_tier() -> tuple[_Row, ...]:
    bynames: dict[str, list[str]] = {}
    for row in _rows_of("nicknames.csv"):
        bynames.setdefault(row["code"], []).append(row["form"])
    divisions = [
        _Row(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            level=row["level"],
            parent=row["parent_code"],
            pinyin=row["pinyin"],
            status=row["status"],
            forms=_forms(row, bynames.get(row["code"], ())),
        )
        for row in _rows_of("regions.csv")
    ]
    zones = [
        _Row(
            code=text_code(row["parent_code"], row["name"]),
            name=row["name"],
            short_name=row["name"],
            level=Level.ZONE,
            parent=row["parent_code"],
            forms=_forms(row),
        )
        for row in _rows_of("zones.csv")
    ]
    return (*divisions, *zones)


def _townships() -> Iterator[_Row]:
    for row in _rows_of("subdistricts.csv"):
        name = row["name"]
        yield _Row(
            row["code"], name, name, level_of_name(name), row["parent_code"], forms={name: Kind.OFFICIAL}
        )


@cache
def _township_codes() -> dict[tuple[str, str], str]:
    return {(row["parent_code"], row["name"]): row["code"] for row in _rows_of("subdistricts.csv")}


def _forms(row: dict[str, str], bynames: Iterable[str] = ()) -> dict[str, str]:
    forms: dict[str, str] = {row["name"]: Kind.OFFICIAL}
    forms.setdefault(row.get("short_name") or row["name"], Kind.SHORT)
    for alias in filter(None, (*row["aliases"].split("|"), *bynames)):
        forms.setdefault(alias, Kind.FORMER if _is_former(alias, row["name"]) else Kind.ALIAS)
    return forms


def _is_former(alias: str, name: str) -> bool:
    """Whether a name with another level's word was borne before: 奉化市 of 奉化区, 襄樊 not."""
    return (
        len(alias) > 2 and alias[-1] in "市县区" and (alias[-1] != name[-1] or not name.startswith(alias[:2]))
    )


def _by_depth(rows: Iterable[_Row]) -> list[list[_Row]]:
    """``rows`` in groups such that parents come in an earlier group."""
    depth: dict[str, int] = {"": -1}
    pending = list(rows)
    groups: list[list[_Row]] = []
    while pending:
        ready = [row for row in pending if row.parent in depth]
        if not ready:
            raise ValueError(f"places without a parent: {[row.code for row in pending][:5]}")
        groups.append(ready)
        depth.update((row.code, len(groups)) for row in ready)
        pending = [row for row in pending if row.code not in depth]
    return groups


_FIELDS = ("name", "short_name", "level", "pinyin", "status", "origin")


def _write(rows: Iterable[_Row], done: Loaded) -> None:
    rows = list(rows)
    parents = {region.code: region for region in _regions({row.parent for row in rows if row.parent})}
    existing = {region.code: region for region in _regions(row.code for row in rows)}
    new, changed = [], []
    for row in rows:
        parent = parents.get(row.parent)
        values = {
            "name": row.name, "short_name": row.short_name, "level": row.level, "pinyin": row.pinyin,
            "status": row.status, "origin": Origin.GAZETTEER,
        }  # fmt: skip
        region = existing.get(row.code)
        if region is None:
            path = f"{parent.path if parent else ''}{row.code}/"
            new.append(Region(code=row.code, parent=parent, path=path, **values))
        elif any(getattr(region, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(region, key, value)
            changed.append(region)
    Region.objects.bulk_create(new, batch_size=BATCH)
    Region.objects.bulk_update(changed, _FIELDS, batch_size=BATCH)
    done.created += len(new)
    done.updated += len(changed)


def _regions(codes: Iterable[str]) -> Iterator[Region]:
    """Regions with ``codes``, asked for in portions that every database takes."""
    wanted = list(codes)
    for start in range(0, len(wanted), 500):
        yield from Region.objects.filter(code__in=wanted[start : start + 500])


def _write_names(rows: Iterable[_Row], done: Loaded) -> None:
    rows = list(rows)
    regions = {region.code: region.pk for region in _regions(row.code for row in rows)}
    wanted = {(regions[row.code], form): kind for row in rows for form, kind in row.forms.items()}
    present: dict[tuple[int, str], RegionName] = {}
    ids = list(regions.values())
    for start in range(0, len(ids), 500):
        for name in RegionName.objects.filter(region_id__in=ids[start : start + 500]):
            present[name.region_id, name.form] = name
    new = [
        RegionName(region_id=region, form=form, kind=kind)
        for (region, form), kind in wanted.items()
        if (region, form) not in present
    ]
    changed = []
    for key, kind in wanted.items():
        known = present.get(key)
        if known is not None and known.kind != kind:
            known.kind = kind
            changed.append(known)
    RegionName.objects.bulk_create(new, batch_size=BATCH)
    RegionName.objects.bulk_update(changed, ["kind"], batch_size=BATCH)
    done.names += len(new) + len(changed)


def _write_successors() -> int:
    pairs = [(row["code"], row["successor_code"]) for row in _rows_of("successors.csv")]
    regions = {region.code: region.pk for region in _regions({code for pair in pairs for code in pair})}
    through = Region.successors.through
    present = set(through.objects.values_list("from_region_id", "to_region_id"))
    new = [
        through(from_region_id=regions[old], to_region_id=regions[today])
        for old, today in pairs
        if (regions[old], regions[today]) not in present
    ]
    through.objects.bulk_create(new)
    return len(new)


def _lock() -> None:
    """Keep two loads apart: SQLite's writers queue anyway, PostgreSQL's must be told."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Region._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
