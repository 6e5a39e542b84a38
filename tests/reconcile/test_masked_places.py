"""Places that one source masks and another names."""

import pytest

from cases.reconcile.masked_places import KnownWordings, Wording, identified, masked_places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*省委认真贯彻落实", [("*省", "province")]),
        ("**市运行指挥部牵头", [("**市", "prefecture")]),
        ("*街道成立不到**年", [("*街道", "township")]),
        ("建设**区域中心", []),
        ("面积**平方公里，集聚**所高校", []),
        ("**市场", []),
        ("12*省", []),
    ],
)
def test_masked_places(text, found):
    places = masked_places(text, 0, len(text))
    assert [(text[place.start : place.end], place.level) for place in places] == found


def test_known_wordings_are_found_where_they_stand():
    known = KnownWordings({"社区党组织书记星级化管理": [1, 2], "社区党组织书记工作室": [3]})
    assert known.practices_in("省委出台社区党组织书记星级化管理办法") == dict.fromkeys(
        [1, 2], "社区党组织书记星级化管理"
    )
    assert known.practices_in("社区党组织") == {}


def test_a_wording_of_many_practices_says_nothing_of_a_place():
    assert KnownWordings({LONG: [1, 2, 3, 4]}).practices_in(LONG) == {}


SHORT, LONG = "网格零距离党群一家亲", "进万家门访万家情送万家暖结万家亲"


@pytest.mark.parametrize(
    ("wordings", "region"),
    [
        ([(LONG, 1)], 1),
        ([(LONG, 1), (SHORT, 1)], 1),
        ([(LONG, 1), (SHORT, None)], 1),
        ([(LONG, 1), (SHORT, 2)], None),
        ([(SHORT, 1)], None),
        ([(LONG, None)], None),
        ([], None),
    ],
    ids=["one", "two of one", "one unknown", "two places", "too short", "unknown", "nothing"],
)
def test_a_place_is_offered_when_all_wordings_name_it(wordings, region):
    offer = identified([Wording(letters, place, 7) for letters, place in wordings])
    assert (offer.region if offer else None) == region
