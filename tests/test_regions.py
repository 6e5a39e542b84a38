"""Reference data of places: loading, names, successors, places below county level."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from regions.loading import ensure_gazetteer, load_first_tier, place_below
from regions.models import Region, RegionName

pytestmark = pytest.mark.django_db


@pytest.fixture
def gazetteer(db):
    ensure_gazetteer()


def region(code: str) -> Region:
    return Region.objects.get(code=code)


@pytest.mark.usefixtures("gazetteer")
class TestFirstTier:
    def test_all_divisions_are_there(self):
        assert Region.objects.at_level("province").count() == 34
        assert Region.objects.at_level("prefecture").current().count() == 333
        assert Region.objects.at_level("county").current().count() == 2847

    def test_paths_hold_the_chain_from_the_country(self):
        assert region("530102").codes_on_path == ["000000", "530000", "530100", "530102"]
        assert region("429004").codes_on_path == ["000000", "420000", "429004"]

    def test_every_path_is_its_parents_and_its_own_code(self):
        for place in Region.objects.select_related("parent"):
            assert place.path == f"{place.parent.path if place.parent else ''}{place.code}/"

    def test_a_subtree_is_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            codes = set(Region.objects.within(Region(path="000000/110000/")).values_list("code", flat=True))
        assert {"110000", "110105"} <= codes
        assert not any(code.startswith("12") for code in codes)

    @pytest.mark.parametrize(
        ("form", "code", "kind"),
        [
            ("昆明市", "530100", "official"),
            ("昆明", "530100", "short"),
            ("春城", "530100", "alias"),
            ("红河州", "532500", "alias"),
            ("奉化市", "330213", "former"),
            ("呼市", "150100", "alias"),
        ],
    )
    def test_names_of_every_kind(self, form, code, kind):
        assert RegionName.objects.get(region__code=code, form=form).kind == kind

    def test_former_divisions_have_successors(self):
        formers = Region.objects.filter(status="former")
        assert formers.count() == 68
        assert not formers.filter(successors__isnull=True).exists()
        assert [place.name for place in region("310108").successors.all()] == ["静安区"]

    def test_zones_lie_below_their_division(self):
        zone = Region.objects.get(name="雄安新区")
        assert (zone.level, zone.division_code) == ("zone", "130000")

    def test_loading_again_writes_nothing(self):
        assert not load_first_tier()
        assert not ensure_gazetteer()

    def test_a_changed_row_and_a_missing_name_are_restored(self):
        Region.objects.filter(code="440300").update(pinyin="")
        RegionName.objects.filter(region__code="440300", form="鹏城").delete()

        done = load_first_tier()

        assert (done.created, done.updated, done.names) == (0, 1, 1)
        assert region("440300").pinyin == "shen zhen"

    def test_what_people_added_stays(self):
        RegionName.objects.create(region=region("440300"), form="深圳特区", kind="alias")
        Region.objects.create(
            code="440300-test",
            name="试点片区",
            short_name="试点片区",
            level="zone",
            parent=region("440300"),
            origin="editor",
        )

        load_first_tier()

        assert RegionName.objects.filter(form="深圳特区").exists()
        assert region("440300-test").origin == "editor"

    def test_the_command_says_what_it_did(self, capsys):
        call_command("load_gazetteer")
        assert capsys.readouterr().out.strip()


@pytest.mark.usefixtures("gazetteer")
class TestPlaceBelow:
    @pytest.mark.parametrize(
        ("parent", "name", "level", "origin"),
        [
            ("320113", "仙林街道", "township", "gazetteer"),
            ("440300", "梅林街道", "township", "text"),  # the text names no county
            ("350200", "园山社区", "community", "text"),
            ("320100", "新街口商圈", "zone", "text"),
            ("510100", "高新区", "zone", "gazetteer"),
            ("320500", "工业园区", "zone", "gazetteer"),
        ],
    )
    def test_level_and_origin(self, parent, name, level, origin):
        place = place_below(parent, name)
        assert (place.level, place.origin, place.division_code) == (level, origin, parent)

    def test_an_official_street_has_its_official_code(self):
        assert place_below("320113", "仙林街道").code == "320113007"

    def test_the_same_name_is_the_same_place(self):
        assert place_below("350200", "园山社区") == place_below("350200", "园山社区")
        assert place_below("350200", "园山社区") != place_below("350100", "园山社区")

    def test_a_community_in_a_street(self):
        place = place_below("411103", "沙北街道昆仑社区")
        assert (place.name, place.parent.name, place.parent.parent.code) == ("昆仑社区", "沙北街道", "411103")

    def test_an_unknown_parent_is_an_error(self):
        with pytest.raises(Region.DoesNotExist):
            place_below("999999", "园山社区")


def test_townships_load_on_demand(gazetteer, monkeypatch):
    from regions import loading

    few = [row for row in loading._townships() if row.parent == "320113"]
    monkeypatch.setattr(loading, "_townships", lambda: iter(few))
    counted = []

    assert loading.load_townships(counted.append).created == len(few)
    assert sum(counted) == len(few)
    assert not loading.load_townships()
    assert place_below("320113", "仙林街道").code == "320113007"
