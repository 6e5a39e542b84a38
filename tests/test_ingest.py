"""Ingest: what a document's rows are after the first load, a second, and a changed rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.curation import accept, edit, reject
from cases.extraction.document import ExtractedDocument, Qualifier
from cases.ingest import Outcome, ingest
from cases.models import (
    Disagreement,
    Evidence,
    ExtractionRun,
    Passage,
    Practice,
    PracticeLink,
    RegionMention,
    Source,
)
from cases.tracked import MODELS, read_all
from measures.models import Metric

from .documents import Draft
from .factories import make_family, make_practice, make_region, make_theme

pytestmark = pytest.mark.django_db

TEXT = "昆明推行街道吹哨、部门报到。全市84个社区建成党群服务中心。华山街道集中整治20余天。"
FIRST, SECOND, THIRD = (sentence + "。" for sentence in TEXT.split("。")[:3])


@pytest.fixture(autouse=True)
def _reference_data():
    yunnan = make_region("530000", "云南省", "province")
    make_region("530100", "昆明市", "prefecture", yunnan)
    make_region("530102", "五华区", "county", make_region("530100"))
    make_theme("grid")
    make_theme("street-empowerment", "街道赋权")


def draft(text: str = TEXT) -> Draft:
    return (
        Draft(text)
        .mention("昆明", "530100")
        .mention("华山街道", "530100", "华山街道")
        .practice("街道吹哨", FIRST, regions=("530100",), names=("街道吹哨、部门报到",), themes=("grid",))
        .metric("84个", 84, practice=0, region="530100")
        .metric("20余天", 20, "天", qualifier=Qualifier.OVER)
    )


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.tally.created, outcome.tally.updated, outcome.tally.deleted


def snapshot() -> dict[str, dict[str, object]]:
    return {
        model.__name__: [(row.pk, read_all(row)) for row in model.objects.order_by("pk")] for model in MODELS
    }


def writes(document: ExtractedDocument) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ingest(document)
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [query["sql"] for query in captured.captured_queries if query["sql"].startswith(verbs)]


def open_questions() -> list[tuple[str, str]]:
    return list(Disagreement.objects.open().values_list("kind", "field"))


class TestFirstLoad:
    def test_every_find_is_a_row_with_its_quote(self):
        outcome = ingest(draft().done())

        assert outcome.status == "created"
        assert outcome.counts == {
            "articles": 1,
            "passages": 3,
            "mentions": 2,
            "metrics": 2,
            "practices": 1,
            "questions": 0,
        }
        for row in [*RegionMention.objects.all(), *Metric.objects.all(), *Evidence.objects.all()]:
            assert TEXT[row.start : row.end] == row.quote
            assert row.passage.start <= row.start < row.end <= row.passage.end
        run = ExtractionRun.objects.get()
        assert (run.created, run.versions) == (outcome.tally.created, {"extractor": "test"})

    def test_values_and_links(self):
        ingest(draft().done())

        practice = Practice.objects.get()
        assert [region.code for region in practice.regions.all()] == ["530100"]
        assert [theme.slug for theme in practice.themes.all()] == ["grid"]
        assert [evidence.quote for evidence in practice.evidence.all()] == [FIRST]
        metric = Metric.objects.get(quote="84个")
        assert (metric.value, metric.practice, metric.region.code) == (84, practice, "530100")
        for row in (practice, metric):
            assert row.machine == read_all(row)

    def test_place_below_county_level_becomes_a_region(self):
        ingest(draft().done())

        region = RegionMention.objects.get(quote="华山街道").region
        assert (region.name, region.division_code, region.origin) == ("华山街道", "530100", "text")

    @pytest.mark.parametrize(
        ("value", "stored"),
        [("0.333333333333333333333", "0.333333333333"), ("1E+3", "1000"), ("104.50", "104.5"), ("0", "0")],
    )
    def test_decimals_are_plain(self, value, stored):
        ingest(Draft(TEXT).metric("84个", value).done())

        assert Metric.objects.get().machine["value"] == stored
        assert Metric.objects.get().value == Decimal(stored)

    def test_what_cannot_be_stored_is_named_and_the_rest_stands(self):
        document = draft().metric("中心", "1E+15").practice("", SECOND).mention("社区", "999999").done()

        outcome = ingest(document)

        assert Metric.objects.count() == 2
        assert Practice.objects.count() == 1
        assert RegionMention.objects.get(quote="社区").outcome == "unlinked"
        assert any("中心" in warning for warning in outcome.warnings)
        assert any("999999" in warning for warning in outcome.warnings)

    def test_long_texts_are_cut_to_their_columns(self):
        ingest(Draft(TEXT).practice("长" * 500, FIRST, sub="街" * 100).metric("84个", 84, "个" * 50).done())

        assert len(Practice.objects.get().title) == 120
        assert len(Metric.objects.get().unit) == 20

    def test_duplicate_content_under_another_name(self):
        ingest(draft().done())
        before = snapshot()

        outcome = ingest(replace(draft().done(), name="copy.txt"))

        assert (outcome.status, counts(outcome)) == ("duplicate", (0, 0, 0))
        assert any("draft.txt" in warning for warning in outcome.warnings)
        assert snapshot() == before

    def test_two_thousand_finds_take_few_queries(self, django_assert_max_num_queries):
        text = "".join(f"某地建成{n}个中心。" for n in range(1, 1001))
        many = Draft(text)
        for n in range(1, 1001):
            many.metric(f"{n}个", n)
            many.mention("某地", "530100", n=n - 1)
        document = many.done()

        with django_assert_max_num_queries(100):  # SQLite takes some 30 rows a statement
            outcome = ingest(document)
        assert outcome.tally.created == 3001  # 1000 sentences, 2000 finds, the article
        with django_assert_max_num_queries(20):
            assert not ingest(document).tally.wrote


class TestSecondLoad:
    def test_the_same_document_writes_nothing(self):
        document = draft().done()
        ingest(document)
        before = snapshot()

        assert writes(document) == []
        outcome = ingest(document)
        assert (outcome.status, counts(outcome)) == ("unchanged", (0, 0, 0))
        assert outcome.tally.unchanged == 9  # article, 3 sentences, 2 places, 2 figures, practice
        assert snapshot() == before
        assert ExtractionRun.objects.count() == 1

    def test_a_changed_rule_updates_the_same_row(self):
        ingest(draft().done())
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in MODELS}

        changed = (
            Draft(TEXT)
            .mention("昆明", "530102")
            .mention("华山街道", "530102", "华山街道")
            .practice("吹哨报到", FIRST, SECOND, regions=("530102",), themes=("street-empowerment",))
            .metric("84个社区", 84, "个社区", practice=0)
            .metric("20余天", 21, "天", qualifier=Qualifier.OVER)
        )
        outcome = ingest(changed.done())

        assert (outcome.status, counts(outcome)) == ("updated", (0, 5, 0))
        assert before == {model: set(model.objects.values_list("pk", flat=True)) for model in MODELS}
        practice = Practice.objects.get()
        assert practice.title == "吹哨报到"
        assert [theme.slug for theme in practice.themes.all()] == ["street-empowerment"]
        assert [e.quote for e in practice.evidence.all()] == [FIRST, SECOND]
        assert Metric.objects.get(quote="84个社区").unit == "个社区"
        assert open_questions() == []

    def test_what_is_no_longer_found_goes(self):
        ingest(draft().done())

        outcome = ingest(Draft(TEXT).mention("昆明", "530100").done())

        assert counts(outcome) == (0, 0, 4)
        assert (RegionMention.objects.count(), Metric.objects.count(), Practice.objects.count()) == (1, 0, 0)
        assert Evidence.objects.count() == 0

    def test_spans_may_move_past_each_other(self):
        text = "甲乙丙丁戊己庚辛。"
        ingest(Draft(text).metric("甲乙", 1).metric("丁戊", 2).done())

        ingest(Draft(text).metric("乙丙", 1).metric("戊己", 2).metric("甲", 3).done())

        assert {row.quote: row.value for row in Metric.objects.all()} == {"乙丙": 1, "戊己": 2, "甲": 3}

    def test_metadata_follows_until_edited(self):
        first = draft()
        first.metadata = {"title": "旧题", "publisher": "甲报"}
        ingest(first.done())
        source = Source.objects.get()
        source.title = "编辑之题"
        source.mark_edited(["title"])
        source.save()

        second = draft()
        second.metadata = {"title": "新题", "publisher": "乙报"}
        ingest(second.done())

        source.refresh_from_db()
        assert (source.title, source.publisher) == ("编辑之题", "乙报")


class TestHumanDecisions:
    def test_an_edited_field_stays_and_the_others_follow(self):
        ingest(draft().done())
        metric = Metric.objects.get(quote="84个")
        edit(metric, value=85)

        changed = draft()
        changed.metrics[0] = replace(changed.metrics[0], unit="个社区", year=2023)
        ingest(changed.done())

        metric.refresh_from_db()
        assert (metric.value, metric.unit, metric.year) == (85, "个社区", 2023)
        assert open_questions() == []

    def test_a_real_disagreement_becomes_a_question_once(self):
        ingest(draft().done())
        metric = Metric.objects.get(quote="84个")
        edit(metric, value=85)
        changed = draft()
        changed.metrics[0] = replace(changed.metrics[0], value=Decimal(86))

        ingest(changed.done())
        assert writes(changed.done()) == []

        question = Disagreement.objects.get()
        assert (question.row, question.field) == (metric, "value")
        assert (question.machine_before, question.machine_now, question.human) == ("84", "86", "85")
        metric.refresh_from_db()
        assert metric.value == 85

    @pytest.mark.parametrize("value", [84, 85])
    def test_a_question_is_moot_when_the_machine_returns_or_agrees(self, value):
        ingest(draft().done())
        edit(Metric.objects.get(quote="84个"), value=85)
        changed = draft()
        changed.metrics[0] = replace(changed.metrics[0], value=Decimal(86))
        ingest(changed.done())

        changed.metrics[0] = replace(changed.metrics[0], value=Decimal(value))
        ingest(changed.done())

        assert Disagreement.objects.get().decision == "moot"
        assert Metric.objects.get(quote="84个").value == 85

    def test_a_value_changed_without_a_mark_counts_as_a_persons(self):
        ingest(draft().done())
        Metric.objects.filter(quote="84个").update(unit="座")
        changed = draft()
        changed.metrics[0] = replace(changed.metrics[0], unit="处")

        ingest(changed.done())

        assert Metric.objects.get(quote="84个").unit == "座"
        assert open_questions() == [("field", "unit")]

    def test_coupled_fields_stay_together(self):
        ingest(draft().done())
        metric = Metric.objects.get(quote="84个")
        edit(metric, value=100)
        changed = draft()
        changed.metrics[0] = replace(
            changed.metrics[0], value=Decimal(80), value_max=Decimal(90), qualifier=Qualifier.RANGE
        )

        ingest(changed.done())

        metric.refresh_from_db()
        assert (metric.value, metric.value_max, metric.qualifier) == (100, None, "exact")
        assert {name for _kind, name in open_questions()} == {"value", "value_max", "qualifier"}
        assert writes(changed.done()) == []

    def test_accepted_rows_stay_as_they_are(self):
        ingest(draft().done())
        for model in MODELS:
            for row in model.objects.all():
                accept(row)
        before = snapshot()
        kept = {
            model: list(model.objects.values("status", "updated_at", "rule", "edited")) for model in MODELS
        }

        changed = (
            Draft(TEXT)
            .mention("昆明", "530102")
            .practice("吹哨", FIRST, regions=("530100",), themes=())
            .metric("84个", 85, practice=0)
        )
        ingest(changed.done())

        assert snapshot() == before
        assert kept == {
            model: list(model.objects.values("status", "updated_at", "rule", "edited")) for model in MODELS
        }
        assert sorted(open_questions()) == [
            ("field", "names"),
            ("field", "region"),
            ("field", "region"),
            ("field", "themes"),
            ("field", "title"),
            ("field", "value"),
            ("gone", ""),
            ("gone", ""),
        ]
        assert writes(changed.done()) == []

    def test_a_gone_row_comes_back(self):
        ingest(draft().done())
        accept(Metric.objects.get(quote="84个"))
        ingest(Draft(TEXT).done())
        assert Metric.objects.get().found is False

        ingest(draft().done())

        assert Metric.objects.get(quote="84个").found is True
        assert {question.decision for question in Disagreement.objects.filter(kind="gone")} == {"moot"}

    @pytest.mark.parametrize("quote", ["84个", "84个社", "全市84个"])
    def test_a_rejected_find_is_not_made_again(self, quote):
        ingest(draft().done())
        metric = Metric.objects.get(quote="84个")
        reject(metric, reason="not a figure")

        ingest(Draft(TEXT).metric(quote, 99).done())

        tombstone = Metric.objects.get()
        assert (tombstone.pk, tombstone.quote, tombstone.value) == (metric.pk, "84个", 84)
        assert open_questions() == []

    def test_a_rejected_practice_is_not_made_again_but_another_place_is(self):
        ingest(draft().done())
        reject(Practice.objects.get())

        again = draft().practice("吹哨报到", FIRST, regions=("530102",)).done()
        ingest(again)

        assert sorted(Practice.objects.values_list("status", "title")) == [
            ("rejected", "街道吹哨"),
            ("suggested", "吹哨报到"),
        ]

    def test_rows_made_by_people_are_never_touched(self):
        ingest(Draft(TEXT).done())
        source, passage = Source.objects.get(), Passage.objects.get(text=SECOND)
        start, end = draft().span("84个")
        made = Metric.objects.create(
            source=source, passage=passage, start=start, end=end, quote="84个", value=1
        )

        for document in (draft().done(), Draft(TEXT).metric("84个社区", 84).done(), Draft(TEXT).done()):
            ingest(document)
            made.refresh_from_db()
            assert (made.value, made.machine, made.found) == (1, {}, True)
        assert list(Metric.objects.all()) == [made]

    def test_a_reanchored_figure_keeps_its_place(self):
        ingest(draft().done())
        metric = Metric.objects.get(quote="84个")
        start, end = draft().span("84个社区")
        edit(metric, span=(start, end))

        ingest(draft().done())
        ingest(draft().metric("84个社区", 84).done())

        metric.refresh_from_db()
        assert metric.quote == "84个社区"
        assert Metric.objects.filter(start=start).count() == 1

    def test_a_practice_that_an_accepted_figure_belongs_to_stays(self):
        ingest(draft().done())
        metric, practice = Metric.objects.get(quote="84个"), Practice.objects.get()
        accept(metric)

        changed = draft()
        changed.practices.clear()
        changed.metrics[0] = replace(changed.metrics[0], practice=None)
        ingest(changed.done())

        metric.refresh_from_db()
        practice.refresh_from_db()
        assert (metric.practice, practice.found) == (practice, False)
        assert ("gone", "") in open_questions()
        assert writes(changed.done()) == []

    @pytest.mark.parametrize(
        ("status", "rule", "stays"), [("suggested", "r", 0), ("accepted", "r", 1), ("suggested", "", 1)]
    )
    def test_a_practice_that_a_person_linked_stays(self, status, rule, stays):
        ingest(draft().done())
        other = make_practice()
        PracticeLink.objects.create(
            from_practice=other,
            to_practice=Practice.objects.exclude(pk=other.pk).get(),
            type="same",
            note="见报",
            status=status,
            rule=rule,
        )

        ingest(Draft(TEXT).done())

        assert PracticeLink.objects.count() == stays
        assert Practice.objects.exclude(pk=other.pk).filter(found=False).count() == stays

    def test_a_practice_with_a_case_section_by_hand_stays(self):
        ingest(draft().done())
        edit(Practice.objects.get(), background="背景", family=make_family())

        ingest(Draft(TEXT).done())

        assert (Practice.objects.get().background, Practice.objects.get().found) == ("背景", False)

    def test_questions_about_deleted_rows_go(self):
        ingest(draft().done())
        metric = Metric.objects.get(quote="84个")
        Disagreement.objects.create(
            source=metric.source,
            content_type=ContentType.objects.get_for_model(metric),
            object_id=metric.pk,
            kind="field",
            field="unit",
        )

        ingest(Draft(TEXT).done())

        assert Disagreement.objects.count() == 0


class TestStructure:
    def test_sentences_are_rebuilt_only_where_they_changed(self):
        ingest(draft().done())
        keys = dict(Passage.objects.values_list("text", "pk"))

        joined = draft()
        joined.sentences = [joined.sentences[0], (joined.sentences[1][0], joined.sentences[2][1])]
        joined.metrics[1] = replace(joined.metrics[1], passage=1)
        joined.mentions[1] = replace(joined.mentions[1], passage=1)
        ingest(joined.done())

        assert dict(Passage.objects.values_list("text", "pk")) == {
            FIRST: keys[FIRST],
            SECOND + THIRD: Passage.objects.get(text=SECOND + THIRD).pk,
        }

    def test_a_sentence_that_a_curated_row_points_at_is_set_aside(self):
        ingest(draft().done())
        metric = accept(Metric.objects.get(quote="84个"))
        whole = draft()
        whole.sentences = [(0, len(TEXT))]
        whole.metrics = [replace(find, passage=0) for find in whole.metrics]
        whole.mentions = [replace(find, passage=0) for find in whole.mentions]
        whole.practices = [replace(find, passages=(0,)) for find in whole.practices]

        ingest(whole.done())

        metric.refresh_from_db()
        assert (metric.passage.text, metric.passage.found, metric.passage.index) == (SECOND, False, 0)
        assert [passage.text for passage in Passage.objects.found()] == [TEXT]
        assert writes(whole.done()) == []
        ingest(draft().done())
        assert [passage.text for passage in Passage.objects.found()] == [FIRST, SECOND, THIRD]

    def test_articles_keep_their_identity_when_one_is_split(self):
        ingest(draft().done())
        practice = accept(Practice.objects.get())
        cut = draft().sentences[1][0]
        split = draft()
        split.articles = [(0, cut), (cut, len(TEXT))]
        ingest(split.done())
        source = Source.objects.get()
        assert [article.index for article in source.articles.all()] == [0, 1]

        ingest(draft().done())

        practice.refresh_from_db()
        assert [(a.index, a.start, a.end) for a in source.articles.all()] == [(0, 0, len(TEXT))]
        assert practice.article == source.articles.get()


class TestVersions:
    def test_other_content_under_the_same_name_waits(self):
        ingest(draft().done())

        outcome = ingest(draft(TEXT + "再增一句。").done())

        old, new = Source.objects.order_by("pk")
        assert (outcome.status, old.state, new.state, new.replaces) == ("pending", "current", "pending", old)
        assert set(Metric.objects.visible().values_list("source", flat=True)) == {old.pk}
        assert ingest(draft(TEXT + "再增一句。").done()).status == "unchanged"

    @pytest.mark.parametrize("state", ["superseded", "withdrawn"])
    def test_a_version_set_aside_is_left_alone(self, state):
        ingest(draft().done())
        Source.objects.update(state=state)

        outcome = ingest(Draft(TEXT).done())

        assert (outcome.status, counts(outcome)) == ("retired", (0, 0, 0))
        assert Metric.objects.count() == 2
