"""Families and indicators in the database, and what editors do with them."""

import pytest
from django.core.exceptions import ValidationError

from cases.models import Family, FamilyMember, PracticeLink, Source
from cases.reconcile.decisions import accept, refuse, reopen
from cases.reconcile.grouping import merge_groups, split, unmerge, unsplit
from cases.reconcile.run import reconcile
from measures.models import Indicator, IndicatorMember

from .factories import make_mention, make_metric, make_practice, make_region, make_source, make_theme

pytestmark = pytest.mark.django_db

PLACES = (("530102", "五华区"), ("320113", "栖霞区"), ("220102", "南关区"))


def run(everything=False):
    return sum(result.changes.wrote for result in reconcile(everything=everything))


@pytest.fixture
def practices():
    theme = make_theme("joint-building", "共建")
    made = []
    for number, (code, name) in enumerate(PLACES):
        source = make_source(f"{name}实行街道“大工委”制。建立网格党支部{number + 20}个。", f"{name}.txt")
        region = make_region(code, name)
        made.append(
            make_practice(source, "街道“大工委”制", regions=(region,), themes=(theme,), names=["大工委"])
        )
        make_metric(source, f"{number + 20}个", number + 20, subject="建立的网格党支部", region=region)
    run()
    return made


def test_families_and_indicators_are_suggested_once(practices):
    assert [family.name for family in Family.objects.all()] == ["大工委"]
    assert FamilyMember.objects.count() == 3
    assert [indicator.name for indicator in Indicator.objects.all()] == ["网格党支部"]
    assert IndicatorMember.objects.count() == 3
    assert run() == run(everything=True) == 0


def test_a_membership_is_taken_in_put_out_and_reopened(practices):
    member = FamilyMember.objects.get(practice=practices[0])
    accept(member)
    practices[0].refresh_from_db()
    assert practices[0].family == member.family
    refuse(member, reason="别的意思")
    practices[0].refresh_from_db()
    assert practices[0].family is None
    run(everything=True)
    member.refresh_from_db()
    assert member.status == "rejected" and FamilyMember.objects.count() == 3
    reopen(member)
    assert run(everything=True) == 0


def test_a_figure_is_taken_into_an_indicator(practices):
    member = IndicatorMember.objects.first()
    accept(member)
    member.metric.refresh_from_db()
    assert member.metric.indicator == member.indicator


def test_a_merge_stands_through_passes_and_is_undone(practices):
    kept = Family.objects.create(slug="area", name="区域化党建")
    away = Family.objects.get(name="大工委")
    merge_groups(kept, away)
    assert run(everything=True) == 0
    away.refresh_from_db()
    assert away.merged_into == kept and away.members.count() == 3
    with pytest.raises(ValidationError):
        merge_groups(away, kept)
    with pytest.raises(ValidationError):
        merge_groups(kept, kept)
    unmerge(away)
    away.refresh_from_db()
    assert away.merged_into is None


def test_a_split_stands_through_passes_and_is_undone(practices):
    family = Family.objects.get()
    made = split(family, [practices[0].pk], "街道兼职委员制")
    run(everything=True)
    practices[0].refresh_from_db()
    assert practices[0].family == made
    assert set(family.members.standing().values_list("practice", flat=True)) == {p.pk for p in practices[1:]}
    unsplit(made, family)
    practices[0].refresh_from_db()
    assert practices[0].family is None
    assert family.members.suggested().count() == 3
    assert run(everything=True) == 0


@pytest.mark.parametrize("name", ["", "  "])
def test_a_split_needs_a_name_and_members(practices, name):
    family = Family.objects.get()
    with pytest.raises(ValidationError):
        split(family, [practices[0].pk], name)
    with pytest.raises(ValidationError):
        split(family, [0], "街道兼职委员制")
    assert Family.objects.get() == family


def test_a_family_whose_practices_go_goes_unless_people_touched_it(practices):
    accept(IndicatorMember.objects.first())
    Source.objects.exclude(name="五华区.txt").update(state="withdrawn")
    run()
    assert not Family.objects.exists()
    assert Indicator.objects.count() == 1 and IndicatorMember.objects.get().status == "accepted"


def test_a_practice_is_linked_to_the_one_that_its_text_says_it_borrows():
    kunming, wuhua = make_region("530100", "昆明市", "prefecture"), make_region()
    lender = make_practice(
        make_source("昆明市推行“街道吹哨”。", "a.txt"), "“街道吹哨”", regions=(kunming,), names=["街道吹哨"]
    )
    source = make_source("五华区按照昆明推行的“街道吹哨”做法集中整治。", "b.txt")
    make_mention(source, "昆明", kunming)
    borrower = make_practice(source, "“街道吹哨”", regions=(wuhua,), names=["街道吹哨"])
    run()
    link = PracticeLink.objects.get(type="borrowed")
    assert (link.from_practice, link.to_practice) == (borrower, lender)
    assert run(everything=True) == 0
