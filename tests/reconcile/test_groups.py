"""Families by shared terms, and indicators by what figures count."""

import pytest

from cases.reconcile.families import find_families
from cases.reconcile.indicators import find_indicators, indicator_key
from cases.reconcile.records import PracticeRecord
from cases.reconcile.terms import terms_of

from .records import figure


def practice(key, title, region, theme="joint-building", names=()):
    return PracticeRecord(
        key, key, key, title, tuple(names), (region,), frozenset([theme] if theme else []), "", None, ()
    )


@pytest.mark.parametrize(
    ("title", "names", "term"),
    [
        ("“红色物业”", [], "红色物业"),
        ("齐鲁红色物业", ["齐鲁红色物业"], "红色物业"),
        ("“街道吹哨、部门报到”改革", ["街道吹哨、部门报到"], "部门报到"),
        ("职能部门职责下沉准入制度", [], "准入制度"),
        ("三级联动责任体系", [], "几级联动"),
        ("市、区、街道、社区四级联动机制", [], "几级联动"),
        ("“班长工程”", ["班长工程"], "班长工程"),
    ],
)
def test_terms(title, names, term):
    assert term in terms_of(title, names)


@pytest.mark.parametrize(
    ("title", "names", "term"),
    [
        ("驻区单位联系街道制度", [], "驻区单位"),
        ("长效工作机制", [], "工作机制"),
        ("破解“最后一公里”", ["最后一公里"], "最后一公里"),
        ("在社区建立服务站", [], "在社区建立"),
    ],
)
def test_what_is_no_term(title, names, term):
    assert term not in terms_of(title, names)


def test_a_family_has_practices_of_two_places_with_one_theme():
    [family] = find_families(
        [
            practice(1, "街道“大工委”制", "210000", names=["大工委"]),
            practice(2, "街道大工委工作机制", "440300", names=["大工委"]),
            practice(3, "网格员制度", "370000"),
        ]
    )
    assert (family.key, [member.key for member in family.members]) == ("大工委", [1, 2])


def test_a_changed_number_of_levels_is_one_wording_of_a_family():
    [family] = find_families(
        [practice(1, "三级联动责任体系", "310000"), practice(2, "四级联动机制", "440300")]
    )
    assert family.name == "三级联动 / 四级联动"


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({"region": "210000"}, False),
        ({"region": "440300", "theme": "digital"}, False),
        ({"region": "440300"}, True),
    ],
    ids=["one place", "other theme", "another place"],
)
def test_what_makes_a_family(second, found):
    practices = [
        practice(1, "“班长工程”", "210000", names=["班长工程"]),
        practice(2, "“班长工程”", names=["班长工程"], **second),
    ]
    assert bool(find_families(practices)) is found


@pytest.mark.parametrize(
    ("subject", "unit", "key"),
    [
        ("实行街道“大工委”的街道占街道总数的比重", "%", "%|街道|大工委"),
        ("建立“大工委”的街道占比", "%", "%|街道|大工委"),
        ("建立的网格党支部", "个", "个|网格党支部"),
        ("充实社区队伍的在职党员", "人", "名|在职党员"),
        ("帮助解决的问题", "个", None),
        ("到社区报到的非中共党员干部", "名", None),
        ("参加社会专业学历继续教育的社区工作者", "名", None),
        ("人口占比", "%", None),
    ],
)
def test_indicator_key(subject, unit, key):
    found = indicator_key(figure("10", "10", unit, subject=subject))
    assert (str(found) if found else None) == key


def test_an_indicator_never_mixes_units():
    figures = [
        figure("14378个", "14378", "个", subject="网格党支部", region="1/"),
        figure("16000个", "16000", "个", subject="建立的网格党支部", region="2/"),
        figure("80%", "80", "%", subject="网格党支部占比", region="3/"),
    ]
    [indicator] = find_indicators(figures)
    assert [member.unit for member in indicator.members] == ["个", "个"]


def test_an_indicator_needs_two_places():
    figures = [figure(f"{n}个", str(n), "个", subject="网格党支部", region="1/") for n in (10, 20)]
    assert find_indicators(figures) == []
