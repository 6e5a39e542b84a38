"""Reference data of places: loading, names, successors, places below county level."""

from __future__ import annotations

from io import StringIO
from unittest import mock

from django.core.management import call_command
from django.test import TestCase

from regions import loading
from regions.loading import ensure_gazetteer, load_first_tier, place_below
from regions.models import Region, RegionName


def region(code: str) -> Region:
    return Region.objects.get(code=code)


class FirstTierTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_gazetteer()

    def test_all_divisions_are_there(self):
        self.assertEqual(Region.objects.at_level("province").count(), 34)
        self.assertEqual(Region.objects.at_level("prefecture").current().count(), 333)
        self.assertEqual(Region.objects.at_level("county").current().count(), 2847)

    def test_paths_hold_the_chain_from_the_country(self):
        self.assertEqual(region("530102").codes_on_path, ["000000", "530000", "530100", "530102"])
        self.assertEqual(region("429004").codes_on_path, ["000000", "420000", "429004"])

    def test_every_path_is_its_parents_and_its_own_code(self):
        for place in Region.objects.select_related("parent"):
            above = place.parent.path if place.parent else ""
            self.assertEqual(place.path, f"{above}{place.code}/")

    def test_a_subtree_is_one_query(self):
        with self.assertNumQueries(1):
            codes = set(Region.objects.within(Region(path="000000/110000/")).values_list("code", flat=True))
        self.assertLessEqual({"110000", "110105"}, codes)
        self.assertFalse([code for code in codes if not code.startswith("11")])

    def test_names_of_every_kind(self):
        for form, code, kind in (
            ("昆明市", "530100", "official"),
            ("昆明", "530100", "short"),
            ("春城", "530100", "alias"),
            ("红河州", "532500", "alias"),
            ("奉化市", "330213", "former"),
            ("呼市", "150100", "alias"),
        ):
            with self.subTest(form):
                self.assertEqual(RegionName.objects.get(region__code=code, form=form).kind, kind)

    def test_former_divisions_have_successors(self):
        formers = Region.objects.filter(status="former")
        self.assertEqual(formers.count(), 68)
        self.assertFalse(formers.filter(successors__isnull=True).exists())
        self.assertEqual([place.name for place in region("310108").successors.all()], ["静安区"])

    def test_zones_lie_below_their_division(self):
        zone = Region.objects.get(name="雄安新区")
        self.assertEqual((zone.level, zone.division_code), ("zone", "130000"))

    def test_loading_again_writes_nothing(self):
        self.assertFalse(load_first_tier())
        self.assertFalse(ensure_gazetteer())

    def test_a_changed_row_and_a_missing_name_are_restored(self):
        Region.objects.filter(code="440300").update(pinyin="")
        RegionName.objects.filter(region__code="440300", form="鹏城").delete()

        done = load_first_tier()

        self.assertEqual((done.created, done.updated, done.names), (0, 1, 1))
        self.assertEqual(region("440300").pinyin, "shen zhen")

    def test_a_missing_place_is_made_again(self):
        Region.objects.filter(code="440304").delete()
        self.assertEqual(ensure_gazetteer().created, 1)

    def test_what_people_added_stays(self):
        shenzhen = region("440300")
        RegionName.objects.create(region=shenzhen, form="深圳特区", kind="alias")
        Region.objects.create(
            code="440300-test",
            name="试点片区",
            short_name="试点片区",
            level="zone",
            parent=shenzhen,
            origin="editor",
        )

        load_first_tier()

        self.assertTrue(RegionName.objects.filter(form="深圳特区").exists())
        self.assertEqual(region("440300-test").origin, "editor")

    def test_the_command_says_what_it_did(self):
        out = StringIO()
        call_command("load_gazetteer", stdout=out)
        self.assertEqual(len(out.getvalue().splitlines()), 1)


class PlaceBelowTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_gazetteer()

    def test_level_and_origin(self):
        for parent, name, level, origin in (
            ("320113", "仙林街道", "township", "gazetteer"),
            ("440300", "梅林街道", "township", "text"),  # the text names no county
            ("350200", "园山社区", "community", "text"),
            ("320100", "新街口商圈", "zone", "text"),
            ("510100", "高新区", "zone", "gazetteer"),
            ("320500", "工业园区", "zone", "gazetteer"),
        ):
            with self.subTest(name):
                place = place_below(parent, name)
                self.assertEqual((place.level, place.origin, place.division_code), (level, origin, parent))

    def test_an_official_street_has_its_official_code(self):
        self.assertEqual(place_below("320113", "仙林街道").code, "320113007")

    def test_the_same_name_below_the_same_parent_is_the_same_place(self):
        self.assertEqual(place_below("350200", "园山社区"), place_below("350200", "园山社区"))
        self.assertNotEqual(place_below("350200", "园山社区"), place_below("350100", "园山社区"))

    def test_a_community_lies_in_its_street(self):
        place = place_below("411103", "沙北街道昆仑社区")
        self.assertEqual(
            (place.name, place.parent.name, place.parent.parent.code), ("昆仑社区", "沙北街道", "411103")
        )

    def test_an_unknown_parent_is_an_error(self):
        with self.assertRaises(Region.DoesNotExist):
            place_below("999999", "园山社区")

    def test_townships_load_on_demand(self):
        few = [row for row in loading._townships() if row.parent == "320113"]
        counted: list[int] = []
        with mock.patch.object(loading, "_townships", lambda: iter(few)):
            self.assertEqual(loading.load_townships(counted.append).created, len(few))
            self.assertFalse(loading.load_townships())
        self.assertEqual(sum(counted), len(few))
        self.assertEqual(place_below("320113", "仙林街道").code, "320113007")
