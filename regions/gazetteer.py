"""Immutable matcher from place names to places, built once from the fixtures.

Forms: official and short names, aliases and former names of divisions;
bynames (首都, 蓉城); functional zones; streets and towns (仙林街道).  Plain
Python: no Django import, no database.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from .wordlist import Selection, WordList, load_wordlist

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FILES = (
    "regions.csv",
    "subdistricts.csv",
    "zones.csv",
    "nicknames.csv",
    "name_classes.csv",
    "place_words.json",
    "words.tsv",
)
COUNTRY = "000000"
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
_RANK = {"country": 0, "province": 1, "prefecture": 2, "county": 3}
_TOWN_SUFFIXES = ("街道", "镇", "乡", "苏木", "地区")


@dataclass(frozen=True, slots=True)
class Place:
    """A division; ``path`` holds the codes of its ancestors from the province down, itself last."""

    code: str
    name: str
    short_name: str
    level: str
    path: tuple[str, ...]
    current: bool

    @property
    def parent(self) -> str:
        return self.path[-2] if len(self.path) > 1 else COUNTRY


class FormKind(IntEnum):
    FULL = 1  # 南京市, 五华区, 管城区, 红河州
    SHORT = 2  # 南京, 五华
    BYNAME = 3  # 首都, 春城
    ZONE = 4  # 雄安新区, 成都高新区
    TOWN = 5  # 仙林街道
    LOCAL = 6  # 社区, 商圈: the word that ends the name of a place below county level


class Trust(IntEnum):
    """How much context a form needs before it is taken for the place."""

    PLAIN = 1  # 南京: the name alone is enough
    NAME = 2  # 海淀: a name and nothing else, though only of a county
    WORD = 3  # 资源, 新兴: an ordinary word, or shared by rivers and mountains
    CHAINED = 4  # 城区, 范县: only after a place that contains it


# Not frozen: 37,000 are made at every start, and a frozen one takes four times as long.
@dataclass(slots=True)
class Form:
    """A name and the places it may stand for, higher levels first."""

    text: str
    kind: FormKind
    trust: Trust
    codes: tuple[str, ...]
    count: float = 60.0  # how often it is met as a name, on the word list's scale
    local: bool = False  # also ends the names of places below county level: 新城


class Gazetteer:
    """``scan`` yields all names in a text; ``places`` has the divisions by code."""

    def __init__(self, places: dict[str, Place], forms: list[Form], words: WordList, version: str) -> None:
        self.places = places
        self.forms = forms
        self.words = words
        self.version = version
        self.by_text = {form.text: form for form in forms}
        self._automaton = AhoCorasick(
            [form.text for form in forms],
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )

    def scan(self, text: str) -> list[tuple[int, int, int]]:
        """All (index into ``forms``, start, end) in ``text``, overlapping ones too."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)

    def is_city(self, code: str) -> bool:
        """Whether a place is below province level or a municipality."""
        return self.places[code].level != "province" or code in MUNICIPALITIES

    def contains(self, outer: str, inner: str) -> bool:
        """Whether ``outer`` is an ancestor of ``inner`` or the same place."""
        return outer == COUNTRY or outer in self.places[inner].path


@cache
def place_words(name: str, folder: Path = FIXTURES) -> tuple[str, ...]:
    """A class of general words about places from ``place_words.json``."""
    lines = json.loads((folder / "place_words.json").read_text(encoding="utf-8"))[name]
    return tuple(word for line in lines for word in line.split())


def _trust(form: str, kind: FormKind, level: str, classes: dict[str, str], words: WordList) -> Trust:
    if level == "province":
        return Trust.PLAIN
    if kind is FormKind.FULL:
        if len(form) == 2:  # 沛县 is a name; 和县, 东区 may be anything
            return Trust.NAME if form[-1] in "县市" and classes.get(form) != "word" else Trust.CHAINED
        if form in place_words("common_noun_names"):
            return Trust.CHAINED
        return Trust.WORD if form in place_words("noun_like_names") else Trust.PLAIN
    marked = classes.get(form)
    if marked:
        return Trust.WORD if marked == "word" else Trust.PLAIN if level == "prefecture" else Trust.NAME
    if level == "prefecture":
        return Trust.PLAIN
    if len(form) <= 2 and words.kind.get(form, "ns") not in ("ns", "nt"):
        return Trust.WORD
    return Trust.NAME


@cache
def load_gazetteer(folder: Path = FIXTURES) -> Gazetteer:
    """The gazetteer of the fixture files in ``folder``; built once a process."""
    with _uncollected():
        return _build(folder)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, over records that all
    stay: a tenth of the time to build them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _build(folder: Path) -> Gazetteer:
    words = load_wordlist(folder / "words.tsv")
    classes = {row["form"]: row["class"] for row in _rows(folder / "name_classes.csv")}
    rows = _rows(folder / "regions.csv")
    places = _places(rows)
    builder = _Builder(places, classes, words)
    for row in rows:
        if row["code"] != COUNTRY:
            builder.add_division(row)
    for row in _rows(folder / "nicknames.csv"):
        trust = Trust.WORD if row["needs_context"] == "1" else Trust.PLAIN
        builder.add(row["form"], FormKind.BYNAME, trust, row["code"])
    for row in _rows(folder / "zones.csv"):
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            builder.add(form, FormKind.ZONE, Trust.PLAIN, row["parent_code"])
    with (folder / "subdistricts.csv").open(encoding="utf-8", newline="") as file:
        builder.add_towns((name, parent) for _code, name, parent in csv.reader(file))
    return Gazetteer(places, builder.forms(), words, _version(folder))


class _Builder:
    """Collects the places each form may stand for."""

    def __init__(self, places: dict[str, Place], classes: dict[str, str], words: WordList) -> None:
        self._places, self._classes, self._words = places, classes, words
        self._found: dict[str, tuple[FormKind, Trust, list[str]]] = {}
        self._towns: dict[str, tuple[str, ...]] = {}

    def add_division(self, row: dict[str, str]) -> None:
        code, level = row["code"], row["level"]
        aliases = [alias for alias in row["aliases"].split("|") if alias]
        for form in (row["name"], row["short_name"], *aliases):
            kind = FormKind.FULL if _is_full(form, row) else FormKind.SHORT
            self.add(form, kind, _trust(form, kind, level, self._classes, self._words), code)

    def add(self, form: str, kind: FormKind, trust: Trust, code: str) -> None:
        known = self._found.get(form)
        if known is None:
            self._found[form] = (kind, trust, [code])
        elif code not in known[2]:
            # The bare form is the highest level's; that level's trust holds.
            best = min(trust, known[1]) if kind == known[0] else known[1]
            self._found[form] = (known[0], best, [*known[2], code])

    def add_towns(self, rows: Iterable[tuple[str, str]]) -> None:
        """Streets and towns, each with its county's code; lists often write the county's
        name before the town's own."""
        counties = {code: place.name for code, place in self._places.items()}
        for name, parent in rows:
            if name.endswith(_TOWN_SUFFIXES) and len(name) > 2:
                form = name.removeprefix(counties[parent])
                known = self._towns.get(form)
                if known is None:
                    self._towns[form] = (parent,)
                elif parent not in known:
                    self._towns[form] = (*known, parent)

    def forms(self) -> list[Form]:
        out = []
        suffixes = frozenset(place_words("local_suffixes"))
        for text, (kind, trust, codes) in self._found.items():
            codes.sort(key=lambda code: (_RANK[self._places[code].level], not self._places[code].current))
            count = {FormKind.FULL: 300.0, FormKind.ZONE: 300.0, FormKind.BYNAME: 100.0}.get(kind, 40.0)
            if kind is FormKind.SHORT and trust is Trust.PLAIN:
                count = 2000.0
            if text.endswith("城市"):  # 对应|城市, 新兴|城市: 城市 is far commoner than any 应城市
                count = 20.0
            out.append(Form(text, kind, trust, tuple(codes), count, text in suffixes))
        town, chained = FormKind.TOWN, Trust.CHAINED
        out.extend(
            Form(text, town, chained, parents, 10.0)
            for text, parents in self._towns.items()
            if len(text) > 2 and text not in self._found
        )
        out.extend(
            Form(suffix, FormKind.LOCAL, Trust.PLAIN, (), local=True)
            for suffix in place_words("local_suffixes")
            if suffix not in self._found
        )
        return out


def _is_full(form: str, row: dict[str, str]) -> bool:
    """Whether a form names its level: 五华区, 红河州, 绍兴县; not 五华, 呼市, 锡盟."""
    return (
        form == row["name"]
        or (len(form) >= 3 and form[-1] in "省市区县州盟旗" and form != row["short_name"])
        or form.endswith("地区")
    )


def _places(rows: list[dict[str, str]]) -> dict[str, Place]:
    parents = {row["code"]: row["parent_code"] for row in rows}
    places = {}
    for row in rows:
        code = row["code"]
        path = [code]
        while parents.get(path[0], COUNTRY) not in (COUNTRY, ""):
            path.insert(0, parents[path[0]])
        places[code] = Place(
            code, row["name"], row["short_name"], row["level"], tuple(path), row["status"] == "current"
        )
    return places


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def wordlist_selection(folder: Path = FIXTURES) -> Selection:
    """Which words of a general dictionary ``words.tsv`` has to hold."""
    names: set[str] = set()
    safe: set[str] = set()
    words = {row["form"] for row in _rows(folder / "name_classes.csv") if row["class"] == "word"}
    for row in _rows(folder / "regions.csv"):
        names.update((row["name"], row["short_name"], *row["aliases"].split("|")))
        if row["level"] in ("province", "prefecture") and row["short_name"] not in words:
            safe.add(row["short_name"])
    return Selection(
        names=frozenset(name for name in names if 2 <= len(name) <= 4),
        safe=safe,
        false_friends=place_words("false_friends", folder),
        field_words=place_words("field_words", folder),
        field_verbs=place_words("field_verbs", folder),
    )
