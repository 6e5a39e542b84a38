"""Places in invented sentences, tricky by class; see region_cases."""

from __future__ import annotations

import pytest

from cases.extraction.document import LinkOutcome
from cases.extraction.find_regions import RegionFinds, find_regions
from cases.extraction.segment import segment
from regions.gazetteer import load_gazetteer

from .region_cases import CASES


def found_in(text: str) -> RegionFinds:
    return find_regions(segment(text), load_gazetteer())


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_mentions(text, expected):
    assert [(m.quote, m.code, m.sub) for m in found_in(text).mentions] == expected
