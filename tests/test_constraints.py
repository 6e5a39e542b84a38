"""Each named constraint refuses a bad row, whichever database holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from cases.models import (
    AlignedSpan,
    Article,
    Disagreement,
    Evidence,
    Family,
    FamilyMember,
    Passage,
    Practice,
    PracticeLink,
    PracticeTerm,
    PracticeWitness,
    Recovery,
    RegionMention,
    Shingle,
    Source,
    SourceLink,
    Theme,
    Variant,
)
from measures.models import Indicator, IndicatorMember, Metric, MetricLink
from regions.models import Region, RegionName

from .factories import (
    make_family,
    make_indicator,
    make_mention,
    make_metric,
    make_passage,
    make_practice,
    make_region,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rows():
    """One good row of every kind."""
    source = make_source(name="a.txt")
    region = make_region()
    RegionName.objects.create(region=region, form="五华", kind="short")
    practice = make_practice(source)
    make_mention(source, "五华区", region)
    metric = make_metric(source, practice=practice)
    other = make_practice(source, title="另一做法")
    PracticeLink.objects.create(from_practice=practice, to_practice=other, type="same", note="见报")
    first, second = source.passages.all()
    Variant.objects.create(passage=first, other=second, start=0, end=1, other_start=20, other_end=21)
    Disagreement.objects.create(source=source, row=metric, kind="field", field="unit")
    link = SourceLink.objects.create(source=make_source(), other=source, type="reprint")
    AlignedSpan.objects.create(link=link, start=0, end=2, other_start=0, other_end=2, matched=2)
    PracticeWitness.objects.create(link=link, practice=practice, original=other)
    MetricLink.objects.create(metric=metric, other=make_metric(source, "五华区"), type="same")
    gap = {"source": source, "passage": first, "other": second, "start": 0, "end": 0}
    Recovery.objects.create(kind="lost", metric=metric, **gap)
    Recovery.objects.create(kind="place", region=region, **gap)
    Shingle.objects.create(source=source, hash=16)
    make_theme()
    family = make_family(key="吹哨")
    FamilyMember.objects.create(family=family, practice=practice)
    PracticeTerm.objects.create(practice=practice, term="吹哨")
    indicator = make_indicator(key="个|党群服务中心")
    IndicatorMember.objects.create(indicator=indicator, metric=metric)


def update(model: type[models.Model], **values: Any) -> Callable[[], Any]:
    return lambda: model._default_manager.update(**values)


def again(model: type[models.Model]) -> Callable[[], Any]:
    """Store a row of ``model`` a second time."""
    return lambda: again_of(model)


def again_of(model: type[models.Model], slug_now: str = "", **conditions: Any) -> None:
    row = model._default_manager.filter(**conditions).order_by("-pk").first()
    if slug_now:
        row.slug = slug_now
    row.pk = None
    row._state.adding = True
    row.save(force_insert=True)


def other_region() -> Region:
    return Region.objects.get(code="000000")


BAD_ROWS: dict[str, Callable[[], Any]] = {
    "region_code_not_empty": lambda: Region.objects.filter(code="530102").update(code=""),
    "region_name_not_empty": update(Region, name=""),
    "region_not_own_parent": lambda: Region.objects.filter(code="530102").update(parent=models.F("id")),
    "region_parent_unless_country": lambda: Region.objects.filter(code="530102").update(parent=None),
    "region_path_ends_with_slash": lambda: Region.objects.filter(code="530102").update(path="530102"),
    "regionname_region_form_unique": again(RegionName),
    "regionname_form_not_empty": update(RegionName, form=""),
    "indicator_slug_not_empty": update(Indicator, slug=""),
    "indicator_name_not_empty": update(Indicator, name=""),
    "indicator_key_unique": lambda: again_of(Indicator, slug_now="again"),
    "indicator_not_into_itself": update(Indicator, merged_into=models.F("id")),
    "indicatormember_unique": again(IndicatorMember),
    "indicatormember_status_known": update(IndicatorMember, status="lost"),
    "indicatormember_score_0_to_1": update(IndicatorMember, score=2),
    "family_key_unique": lambda: again_of(Family, slug_now="again"),
    "family_not_into_itself": update(Family, merged_into=models.F("id")),
    "familymember_unique": again(FamilyMember),
    "familymember_status_known": update(FamilyMember, status="lost"),
    "familymember_score_0_to_1": update(FamilyMember, score=2),
    "practiceterm_unique": again(PracticeTerm),
    "metric_start_before_end": update(Metric, end=models.F("start")),
    "metric_quote_not_empty": update(Metric, quote=""),
    "metric_masked_or_value": update(Metric, value=None),
    "metric_upper_value_of_range": update(Metric, value_max=90),
    "metric_range_has_upper_value": update(Metric, qualifier="range"),
    "metric_qualifier_known": update(Metric, qualifier="roughly"),
    "metric_type_known": update(Metric, type="guessed"),
    "metric_status_known": update(Metric, status="lost"),
    "metric_confidence_0_to_1": update(Metric, confidence=1.5),
    "metric_year_plausible": update(Metric, year=12),
    "metric_period_whole_or_none": update(Metric, period_kind="as_of"),
    "metric_source_span_unique": again(Metric),
    "theme_name_not_empty": update(Theme, name=""),
    "family_name_not_empty": update(Family, name=""),
    "practice_title_not_empty": update(Practice, title=""),
    "practice_status_known": update(Practice, status="lost"),
    "practice_confidence_0_to_1": update(Practice, confidence=-0.1),
    "practice_year_plausible": update(Practice, year=3000),
    "evidence_start_before_end": update(Evidence, start=models.F("end")),
    "evidence_quote_not_empty": update(Evidence, quote=""),
    "evidence_span_unique": again(Evidence),
    "practicelink_unique": again(PracticeLink),
    "practicelink_not_to_itself": update(PracticeLink, to_practice=models.F("from_practice")),
    "practicelink_evidence_or_note": update(PracticeLink, note=""),
    "practicelink_type_known": update(PracticeLink, type="alike"),
    "practicelink_status_known": update(PracticeLink, status="lost"),
    "practicelink_score_0_to_1": update(PracticeLink, score=2),
    "sourcelink_unique": again(SourceLink),
    "sourcelink_two_sources": update(SourceLink, other=models.F("source")),
    "sourcelink_type_known": update(SourceLink, type="alike"),
    "sourcelink_status_known": update(SourceLink, status="lost"),
    "sourcelink_score_0_to_1": update(SourceLink, score=2),
    "alignedspan_start_before_end": update(AlignedSpan, end=0),
    "alignedspan_other_start_before_end": update(AlignedSpan, other_end=0),
    "alignedspan_unique": again(AlignedSpan),
    "practicewitness_unique": again(PracticeWitness),
    "practicewitness_two_practices": update(PracticeWitness, original=models.F("practice")),
    "practicewitness_status_known": update(PracticeWitness, status="lost"),
    "practicewitness_score_0_to_1": update(PracticeWitness, score=2),
    "metriclink_unique": again(MetricLink),
    "metriclink_two_figures": update(MetricLink, other=models.F("metric")),
    "metriclink_type_known": update(MetricLink, type="alike"),
    "metriclink_status_known": update(MetricLink, status="lost"),
    "metriclink_score_0_to_1": update(MetricLink, score=2),
    "recovery_start_before_end": update(Recovery, start=1),
    "recovery_of_figure_or_place": update(Recovery, kind="lost"),
    "recovery_figure_unique": lambda: again_of(Recovery, kind="lost"),
    "recovery_place_unique": lambda: again_of(Recovery, kind="place"),
    "recovery_status_known": update(Recovery, status="lost"),
    "recovery_score_0_to_1": update(Recovery, score=2),
    "shingle_unique": again(Shingle),
    "variant_kind_known": update(Variant, kind="other"),
    "variant_status_known": update(Variant, status="lost"),
    "variant_score_0_to_1": update(Variant, score=-1),
    "variant_start_before_end": update(Variant, end=0, start=1),
    "variant_other_start_before_end": update(Variant, other_end=0),
    "variant_two_passages": update(Variant, other=models.F("passage")),
    "variant_unique": again(Variant),
    "mention_start_before_end": update(RegionMention, end=models.F("start")),
    "mention_quote_not_empty": update(RegionMention, quote=""),
    "mention_linked_has_region": update(RegionMention, region=None),
    "mention_status_known": update(RegionMention, status="lost"),
    "mention_confidence_0_to_1": update(RegionMention, confidence=2),
    "mention_source_span_unique": again(RegionMention),
    "disagreement_one_open_per_field": again(Disagreement),
    "disagreement_kind_known": update(Disagreement, kind="other"),
    "disagreement_decision_known": update(Disagreement, decision="late"),
    "source_name_not_empty": update(Source, name=""),
    "source_text_not_empty": update(Source, text=""),
    "source_not_own_heir": update(Source, replaces=models.F("id")),
    "source_one_current_version": lambda: make_source(name="a.txt"),
    "source_state_known": update(Source, state="lost"),
    "article_source_index_unique": again(Article),
    "article_start_before_end": update(Article, end=0),
    "article_kind_known": update(Article, kind="poem"),
    "passage_source_span_unique": again(Passage),
    "passage_start_before_end": update(Passage, end=0),
    "passage_kind_known": update(Passage, kind="poem"),
}


def named_constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for app in ("regions", "measures", "cases")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_bad_row():
    assert set(BAD_ROWS) == set(named_constraints())


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_refused(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BAD_ROWS[name]()

    unique = isinstance(named_constraints()[name], models.UniqueConstraint)
    assert name in str(refused.value) or (unique and "UNIQUE constraint failed" in str(refused.value))


def test_a_passage_that_rows_point_at_cannot_be_deleted():
    passage = Metric.objects.get(quote="84个").passage
    with pytest.raises(models.RestrictedError):
        passage.delete()
    article = Practice.objects.first().article
    with pytest.raises((models.RestrictedError, models.ProtectedError)):
        article.delete()


def test_a_source_goes_with_everything_in_it():
    PracticeLink.objects.all().delete()
    Source.objects.all().delete()
    assert not any(model.objects.exists() for model in (Passage, Article, RegionMention, Metric, Practice))


def test_a_second_current_version_may_follow_a_superseded_one():
    Source.objects.update(state="superseded")
    source = make_source(name="a.txt")
    make_passage(source.articles.get(), 0, 2)
    assert Source.objects.current().get() == source
