"""Where copies read differently."""

import pytest

from cases.reconcile.alignment import align
from cases.reconcile.variants import find_variants

from .readings import READINGS, bracketed
from .records import seed, source

BEFORE, BEHIND = (
    "各地把基层党组织的根扎进小区，建立健全工作机制，",
    "，推动城市管理和服务向居民身边延伸，取得了明显成效。",
)

CASES = [
    ("为3200名老人服务", "为3800名老人服务", "number", "3200", "3800"),
    ("达到80.8%的目标", "达到88.0%的目标", "number", "80.8%", "88.0%"),
    ("社区书记刘晓明介绍经验", "社区书记刘小明介绍经验", "person", "刘晓明", "刘小明"),
    ("走进翠鹭花园听取意见", "走进翠湾花园听取意见", "place", "翠鹭花园", "翠湾花园"),
    ("创新工作方式和载体", "创新工作方法和载体", "word", "方式", "方法"),
    ("全面落实各项工作任务", "落实各项工作任务", "omission", "全面", ""),
    ("落实各项工作任务", "认真落实各项工作任务", "insertion", "", "认真"),
]


@pytest.mark.parametrize(("text", "other", "kind", "reading", "other_reading"), CASES)
def test_one_difference(text, other, kind, reading, other_reading):
    a, b = source(BEFORE + text + BEHIND), source(BEFORE + other + BEHIND)
    [block] = align(a.letters.text, b.letters.text)
    [found] = find_variants(a, b, block)
    assert found.kind == kind
    assert reading in a.text[slice(*found.span)]
    assert other_reading in b.text[slice(*found.other_span)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("“红色物业”、网格", "红色物业网格"),
        ("为３２００名老人服务", "为3200名老人服务"),
        ("为***名老人服务", "为320名老人服务"),
    ],
    ids=["punctuation", "full-width digits", "masked digits"],
)
def test_what_is_not_a_reading(text, other):
    a, b = source(BEFORE + text + BEHIND), source(BEFORE + other + BEHIND)
    [block] = align(a.letters.text, b.letters.text)
    assert list(find_variants(a, b, block)) == []


def test_lost_digits_are_not_a_reading():
    a = source(BEFORE + "为3200名老人服务" + BEHIND)
    b = source(BEFORE + "为名老人服务" + BEHIND, defects=frozenset({"digits-lost"}))
    [block] = align(a.letters.text, b.letters.text)
    assert list(find_variants(a, b, block)) == []


def readings_of_the_reprint():
    clean, copy = seed("000", 1), seed("002", 3)
    found = [
        variant
        for block in align(clean.letters.text, copy.letters.text)
        for variant in find_variants(clean, copy, block)
    ]
    return clean, copy, found


def touches(span, other):
    return span[0] <= other[1] and other[0] <= span[1]


def test_nine_of_ten_readings_of_a_scanned_reprint_are_found_with_their_class():
    clean, copy, found = readings_of_the_reprint()
    right = [
        any(
            touches(variant.span, bracketed(reading, clean.text))
            and touches(variant.other_span, bracketed(other, copy.text))
            and variant.kind == kind
            for variant in found
        )
        for reading, other, kind in READINGS
    ]
    assert sum(right) >= 0.9 * len(READINGS)


def test_nearly_every_reading_found_is_a_real_one():
    clean, copy, found = readings_of_the_reprint()
    spans = [
        (bracketed(reading, clean.text), bracketed(other, copy.text)) for reading, other, _kind in READINGS
    ]
    real = [
        any(touches(v.span, span) and touches(v.other_span, other) for span, other in spans) for v in found
    ]
    assert len(found) > 40
    assert sum(real) >= 0.95 * len(found)
