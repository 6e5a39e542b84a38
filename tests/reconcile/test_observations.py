"""When two figures are one, and when they contradict each other."""

import datetime as dt

import pytest

from cases.reconcile.observations import agree, observations

from .records import figure

WORDINGS = [
    (("1000余", "over"), ("1080", "exact"), True),
    (("近1000", "under"), ("1080", "exact"), False),
    (("近1000", "under"), ("980", "exact"), True),
    (("约1000", "about"), ("1080", "exact"), True),
    (("约1000", "about"), ("1200", "exact"), False),
    (("1000以上", "at_least"), ("5000", "exact"), True),
    (("1000以下", "at_most"), ("5000", "exact"), False),
    (("1100余", "over"), ("1080", "exact"), False),
    (("1000余", "over"), ("近1000", "under"), True),
    (("4825", "exact"), ("4825", "exact"), True),
    (("4825", "exact"), ("4826", "exact"), False),
]


def value(wording):
    return "".join(char for char in wording if char.isdigit())


@pytest.mark.parametrize(("first", "second", "expected"), WORDINGS)
def test_wordings_agree(first, second, expected):
    a, b = (figure(wording, value(wording), "名", qualifier) for wording, qualifier in (first, second))
    assert agree(a, b) is agree(b, a) is expected


def test_a_range_agrees_with_what_lies_in_it():
    between = figure("16—18名", "16", "名", "range")
    object.__setattr__(between, "value_max", figure("18名", "18", "名").value)
    assert agree(between, figure("17名", "17", "名"))
    assert not agree(between, figure("20名", "20", "名"))


SUBJECT = "兼任街道共建委员会委员的驻区单位负责人"
SIMILAR = "兼任街道共建委员会委员的辖区单位负责人"


def pair(first_value, second_value, second_subject=SIMILAR, **second):
    first = figure(f"{first_value}名", first_value, "名", subject=SUBJECT, source=1, article=1)
    other = figure(
        f"{second_value}名",
        second_value,
        second.pop("unit", "名"),
        subject=second_subject,
        **{"source": 2, "article": 2, **second},
    )
    return first, other


@pytest.mark.parametrize(
    ("figures", "relation"),
    [
        (pair("4825", "4825"), "same"),
        (pair("4825", "4825", unit="人"), "same"),
        (pair("4825", "5010"), "conflict"),
        (pair("4825", "4825", region="000000/370000/"), None),
        (pair("4825", "4825", unit="个"), None),
        (pair("4825", "5010", "建成的党群服务中心"), None),
        (pair("4825", "5010", article=1, source=1), None),
        (pair("4825", "4825", type="standard"), None),
    ],
    ids=["same", "人 is 名", "conflict", "place", "unit", "subject", "one article", "rule"],
)
def test_relation(figures, relation):
    dates = {1: dt.date(2018, 1, 1), 2: dt.date(2018, 6, 1)}
    found = list(observations(figures, dates, frozenset({2})))
    assert [observation.relation.value for observation in found] == ([relation] if relation else [])


@pytest.mark.parametrize(
    ("years", "dates", "relation"),
    [
        ((2017, 2019), {}, []),
        ((2017, 2017), {}, ["conflict"]),
        ((None, None), {1: dt.date(2016, 1, 1), 2: dt.date(2020, 1, 1)}, []),
        ((None, None), {}, []),
    ],
    ids=["other year", "one year", "texts years apart", "nothing dated"],
)
def test_figures_of_different_periods_do_not_contradict_each_other(years, dates, relation):
    first, second = pair("4825", "5010")
    object.__setattr__(first, "year", years[0])
    object.__setattr__(second, "year", years[1])
    found = list(observations([first, second], dates, frozenset({2})))
    assert [observation.relation.value for observation in found] == relation


def test_only_pairs_with_a_new_source_are_compared():
    assert list(observations(pair("4825", "4825"), {}, frozenset({9}))) == []
