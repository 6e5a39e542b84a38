"""Which place governs a piece of text."""

from __future__ import annotations

import pytest

from cases.extraction.find_regions import find_regions
from cases.extraction.governing import Governing, ancestor_at, contains, level_of
from cases.extraction.segment import segment
from regions.gazetteer import load_gazetteer

# text, the piece asked about, the codes that govern it
CASES = [
    ("各地加强队伍建设。四川绵阳选派干部120名。", "120名", ("510700",)),
    ("山东济南、四川成都等地选派干部120名。", "120名", ("370100", "510100")),
    ("目前，全国已有300个街道完成改革。", "300个", ("000000",)),
    ("四川绵阳选派干部120名。各地共有9000名干部下沉。", "9000名", ()),
    ("浙江宁波选派干部120名，全省共有5000名。", "5000名", ("330000",)),
    ("宁波市海曙区选派干部120名，全市共有5000名。", "5000名", ("330200",)),
]


def governing_of(text: str) -> tuple[Governing, str, list]:
    doc = segment(text)
    places = find_regions(doc, load_gazetteer())
    regions = [None] * len(doc.articles)
    return Governing(doc, places.mentions, regions), doc.clean.text, list(doc.sentences)


@pytest.mark.parametrize(("text", "piece", "codes"), CASES)
def test_governing(text: str, piece: str, codes: tuple[str, ...]) -> None:
    governing, clean, sentences = governing_of(text)
    at = clean.index(piece)
    sentence = next(s.index for s in sentences if s.start <= at < s.end)
    assert governing.at(sentence, at) == codes


def test_levels_and_ancestors_by_code() -> None:
    assert [level_of(c) for c in ("000000", "330000", "330200", "330203")] == [
        "country",
        "province",
        "city",
        "county",
    ]
    assert ancestor_at("330203", "city") == "330200"
    assert ancestor_at("330203", "province") == "330000"
    assert ancestor_at("110108", "city") == "110000"
    assert ancestor_at("330000", "city") is None
    assert contains("330000", "330203")
    assert not contains("330200", "330100")


def test_a_long_opening_without_a_place_is_read_in_no_time() -> None:
    governing, _, _ = governing_of("月" * 4000 + "，四川绵阳选派干部120名。")
    assert governing.at(0, 4003) in ((), ("510700",))
