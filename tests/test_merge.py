"""The merge of three values, as a table, without a database."""

from __future__ import annotations

import pytest

from cases.ingest.merge import coherent_figure, coherent_mention, merge

# what the machine said, says now, what stands, whether marked as edited → follow, differ, agree
ONE_FIELD = [
    ("a", "a", "a", False, "nothing"),
    ("a", "b", "a", False, "follow"),
    ("a", "b", "a", True, "differ"),
    ("a", "b", "h", True, "differ"),
    ("a", "b", "h", False, "differ"),  # changed by hand without a mark
    ("a", "b", "b", True, "agree"),
    ("a", "b", "b", False, "agree"),
    ("a", "a", "h", True, "nothing"),
    ("a", "a", "h", False, "nothing"),
    (..., "b", "", False, "follow"),  # a field that the machine had never filled
    (..., "b", None, False, "follow"),
    (..., "b", "h", False, "differ"),
    (..., "b", "b", False, "agree"),
]


@pytest.mark.parametrize(("before", "now", "stands", "edited", "result"), ONE_FIELD)
def test_one_field(before, now, stands, edited, result):
    merged = merge(
        {} if before is ... else {"f": before}, {"f": now}, {"f": stands}, held={"f"} if edited else ()
    )

    assert merged.follow == ({"f": now} if result == "follow" else {})
    assert merged.differ == (["f"] if result == "differ" else [])
    assert merged.agree == (["f"] if result == "agree" else [])


FIGURE = {"value": "5", "value_max": None, "qualifier": "exact", "masked": False, "unit": "个"}
COUPLED = ("value", "value_max", "qualifier", "masked")


def figure(**values):
    return {**FIGURE, **values}


def test_coupled_fields_stay_when_following_would_contradict():
    merged = merge(
        figure(),
        figure(value=None, masked=True, unit="座"),
        figure(value="7"),
        held={"value"},
        coupled=COUPLED,
        coherent=coherent_figure,
    )

    assert merged.follow == {"unit": "座"}
    assert sorted(merged.differ) == ["masked", "value"]


def test_coupled_fields_follow_when_they_fit():
    merged = merge(
        figure(),
        figure(value="6", qualifier="over"),
        figure(value="7"),
        held={"value"},
        coupled=COUPLED,
        coherent=coherent_figure,
    )

    assert merged.follow == {"qualifier": "over"}
    assert merged.differ == ["value"]


@pytest.mark.parametrize(
    ("values", "coherent"),
    [
        ({}, True),
        ({"value": None}, False),
        ({"value": None, "masked": True}, True),
        ({"masked": True}, False),
        ({"qualifier": "range"}, False),
        ({"qualifier": "range", "value_max": "5"}, True),
        ({"qualifier": "range", "value_max": "10"}, True),
        ({"qualifier": "range", "value_max": "4.9"}, False),
        ({"value_max": "10"}, False),
        ({"qualifier": "range", "value": None, "masked": True}, True),
    ],
    ids=str,
)
def test_which_figures_hold_together(values, coherent):
    assert coherent_figure(figure(**values)) is coherent


@pytest.mark.parametrize(
    ("outcome", "region", "coherent"),
    [
        ("linked", "530100", True),
        ("linked", None, False),
        ("ambiguous", None, True),
        ("unlinked", "530100", False),
    ],
)
def test_which_places_hold_together(outcome, region, coherent):
    assert coherent_mention({"outcome": outcome, "region": region}) is coherent
