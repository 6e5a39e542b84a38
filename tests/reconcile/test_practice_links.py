"""Practices one level down, parts of larger accounts, names that differ in a letter."""

import pytest

from cases.reconcile.families import FamilyFind
from cases.reconcile.practice_links import borrowed_from, carried_out, is_its_own, near_names, parts
from cases.reconcile.records import PracticeRecord


def practice(key, title="“班长工程”", region="310000/", names=("班长工程",), article=0, spans=()):
    return PracticeRecord(
        key, 1, article or key, title, tuple(names), (region,), frozenset(), "", None, tuple(spans)
    )


def levels(*members):
    return [
        (low.key, up.key) for low, up in carried_out(FamilyFind("班长工程", "班长工程", "", 1.0, members))
    ]


@pytest.mark.parametrize(
    ("lower", "expected"),
    [
        ({"region": "310000/310105/"}, [(2, 1)]),
        ({"region": "440000/440300/"}, []),
        ({"region": "310000/"}, []),
        ({"region": "310000/310105/", "article": 1}, []),
        ({"region": "310000/310105/", "title": "培训班长工程师", "names": ()}, []),
    ],
    ids=["one level down", "elsewhere", "the same place", "the same article", "another name"],
)
def test_a_practice_carried_out_one_level_down(lower, expected):
    assert levels(practice(1), practice(2, **lower)) == expected


def test_the_nearest_level_above_is_meant():
    province, city = practice(1, region="440000/"), practice(2, region="440000/440300/")
    assert levels(province, city, practice(3, region="440000/440300/440304/")) == [(2, 1), (3, 2)]


def test_a_part_has_some_of_the_sentences_of_a_whole():
    whole = practice(1, article=1, spans=[(0, 9), (9, 20)])
    told = [whole, practice(2, article=1, spans=[(0, 9)]), practice(3, article=1, spans=[(30, 40)])]
    assert [(part.key, of.key) for part, of in parts(told)] == [(2, 1)]


@pytest.mark.parametrize(
    ("name", "region", "found"),
    [("三档十八级", "310000/", True), ("三档十八级", "440000/", False), ("三档二十级", "310000/", False)],
)
def test_names_that_differ_in_a_letter(name, region, found):
    first = practice(1, names=("三岗十八级",))
    pairs = near_names([first, practice(2, names=(name,), region=region)])
    assert [(a, b) for _p, a, _q, b in pairs] == ([("三岗十八级", name)] if found else [])


@pytest.mark.parametrize(
    ("quote", "place", "borrowed"),
    [
        ("按照昆明推行的“吹哨报到”做法", "昆明", True),
        ("学习借鉴上海市的经验", "上海", True),
        ("借鉴了北京首创的办法", "北京", True),
        ("按照昆明市委部署", "昆明", False),
        ("在昆明推行的做法", "昆明", False),
    ],
)
def test_the_place_that_a_practice_is_borrowed_from(quote, place, borrowed):
    at = quote.index(place)
    assert (at in borrowed_from(quote) and is_its_own(quote[at + len(place) :])) is borrowed
