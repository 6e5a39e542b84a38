"""The editors' desk: decisions and edits go through the curation services and are remembered."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from cases.models import (
    Disagreement,
    Evidence,
    Practice,
    PracticeWitness,
    Reconciled,
    Recovery,
    RegionMention,
    Source,
    SourceLink,
    Variant,
)
from measures.models import Metric, MetricLink
from regions.models import Region

from .factories import (
    make_family,
    make_indicator,
    make_mention,
    make_metric,
    make_practice,
    make_region,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db
MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in ("cases", "measures", "regions")),
    key=lambda model: model.__name__,
)


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def fields_of(response):
    """What the change form would send if nothing were touched."""
    form = response.context["adminform"].form
    data = {}
    sets = [(form.prefix, form)]
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        sets += [(one.prefix, one) for one in [formset.management_form, *formset.forms]]
    for _prefix, one in sets:
        for bound in one:
            value = bound.value()
            if value is None or value is False:
                continue
            data[bound.html_name] = value
    return data


def save(client, row, _buttons=(), **changes):
    """Open the change page, change some fields and save it as a browser would."""
    address = page(type(row), "change", row.pk)
    data = fields_of(client.get(address))
    data.update(changes)
    response = client.post(address, {**data, **dict.fromkeys(_buttons or ("_save",), "1")})
    row.refresh_from_db()
    return response


def act(client, action, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = client.post(page(type(rows[0]), "changelist"), data, follow=True)
    for row in rows:
        row.refresh_from_db()
    return response.content.decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_a_list_that_searches(admin_client, model):
    for query in ("", "?q=党", "?q=%00", "?q=" + "长" * 3000):
        assert admin_client.get(page(model, "changelist") + query).status_code == 200


def test_every_model_of_the_casebook_is_on_the_desk():
    ours = [m for label in ("cases", "measures", "regions") for m in apps.get_app_config(label).get_models()]
    # Indexes of the program, and rows shown inside those they belong to.
    inside = {"Shingle", "MetricKey", "PracticeTerm", "AlignedSpan"}
    assert {model for model in ours if model.__name__ not in inside} == set(MODELS)


@pytest.fixture
def book(db):
    source = make_source()
    region = make_region()
    return {
        "metric": make_metric(source, region=region),
        "mention": make_mention(source, "五华区", region),
        "practice": make_practice(source, regions=(region,), themes=(make_theme(),), names=["街道吹哨"]),
    }


@pytest.mark.parametrize("kind", ["metric", "mention", "practice"])
def test_saving_a_page_untouched_marks_nothing_as_edited(admin_client, book, kind):
    row = book[kind]
    before = row.updated_at
    assert save(admin_client, row).status_code == 302
    assert row.edited == {}
    assert row.updated_at == before


@pytest.mark.parametrize("kind", ["metric", "mention", "practice"])
@pytest.mark.parametrize(
    ("action", "status", "word"),
    [("accept_rows", "accepted", "已采纳 1 条"), ("reject_rows", "rejected", "已否决 1 条"),
     ("reopen_rows", "suggested", "已将 1 条退回待定")],
)  # fmt: skip
def test_actions_decide_and_count(admin_client, admin_user, book, kind, action, status, word):
    row = book[kind]
    assert word in act(admin_client, action, row)
    assert row.status == status
    assert row.decided_by == (None if status == "suggested" else admin_user)


def test_an_edit_is_remembered_field_by_field(admin_client, admin_user, book):
    row = book["metric"]
    save(admin_client, row, subject="社区党群服务中心", year="2021")
    assert (row.subject, row.year) == ("社区党群服务中心", 2021)
    assert set(row.edited) == {"subject", "year"}
    assert row.edited["year"]["by"] == admin_user.pk


def test_many_valued_fields_are_edits_too(admin_client, book):
    row = book["practice"]
    other = make_theme("red-property", "红色物业")
    save(admin_client, row, themes=[other.pk], names="街道吹哨\n“部门报到”\n")
    assert [theme.slug for theme in row.themes.all()] == ["red-property"]
    assert row.names == ["街道吹哨", "部门报到"]
    assert set(row.edited) == {"themes", "names"}


def test_the_wording_moves_the_span(admin_client, book):
    row = book["metric"]
    save(admin_client, row, quote="84个社区")
    assert row.quote == row.source.text[row.start : row.end] == "84个社区"
    assert set(row.edited) == {"span"}


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("metric", {"quote": "85个"}, "原句中没有这几个字"),
        ("metric", {"masked": "on"}, "数字被遮的数据没有数值"),
        ("metric", {"value": ""}, "请填写数值"),
        ("metric", {"qualifier": "range"}, "区间须有上限"),
        ("metric", {"value_max": "90"}, "只有区间才有上限"),
        ("metric", {"qualifier": "range", "value_max": "9"}, "上限小于数值"),
        ("metric", {"value": "1234567890123456"}, "15"),
        ("mention", {"region": ""}, "须选定地区"),
        ("practice", {"evidence-0-DELETE": "on"}, "至少要有一个句子"),
        ("practice", {"title": ""}, "必填"),
    ],
)
def test_what_cannot_stand_is_refused_beside_the_field(admin_client, book, kind, changes, message):
    row = book[kind]
    response = save(admin_client, row, **changes)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert row.edited == {}


def test_choosing_the_place_of_an_open_mention_links_it(admin_client, book):
    row = make_mention(book["mention"].source, "街道", None)
    save(admin_client, row, region=book["mention"].region.pk)
    assert (row.outcome, row.region) == ("linked", book["mention"].region)


def test_evidence_is_added_and_taken_away_as_one_edit(admin_client, book):
    row = book["practice"]
    first, second = row.source.passages.order_by("start")
    changes = {
        "evidence-TOTAL_FORMS": "2", "evidence-1-passage": second.pk, "evidence-1-practice": row.pk,
        "evidence-0-DELETE": "on",
    }  # fmt: skip
    assert save(admin_client, row, **changes).status_code == 302
    assert [evidence.quote for evidence in row.evidence.all()] == [second.text]
    assert set(row.edited) == {"evidence"}
    assert first.pk != second.pk


def test_evidence_from_another_source_is_refused(admin_client, book):
    row = book["practice"]
    foreign = make_source().passages.first()
    changes = {"evidence-TOTAL_FORMS": "2", "evidence-1-passage": foreign.pk, "evidence-1-practice": row.pk}
    assert "不在同一来源" in save(admin_client, row, **changes).content.decode()


@pytest.mark.parametrize(
    ("button", "status"), [("_accept", "accepted"), ("_reject", "rejected"), ("_reopen", "suggested")]
)
def test_the_buttons_of_a_page_save_and_decide(admin_client, book, button, status):
    row = book["metric"]
    response = save(admin_client, row, (button,), subject="改过", _reason="核对原文")
    assert response.status_code == 302
    assert (row.subject, row.status, row.reason) == ("改过", status, "核对原文")


def test_a_person_makes_a_figure_from_a_sentence(admin_client, admin_user, book):
    passage = book["metric"].source.passages.order_by("start").first()
    data = {
        "passage": passage.pk, "quote": "五华区", "value": "1", "unit": "个", "qualifier": "exact",
        "type": "observed", "subject": "区",
    }  # fmt: skip
    assert admin_client.post(page(Metric, "add"), data).status_code == 302
    row = Metric.objects.get(subject="区")
    assert row.source.text[row.start : row.end] == row.quote == "五华区"
    assert row.machine == {}
    assert row.edited["value"]["by"] == admin_user.pk
    assert "span" in row.edited
    again = admin_client.post(page(Metric, "add"), data)
    assert "已有对应条目" in again.content.decode()


def test_a_person_makes_a_practice_with_evidence(admin_client, book):
    article = book["practice"].article
    passage = article.passages.order_by("start").last()
    data = {
        "article": article.pk, "title": "新做法", "names": "", "evidence-TOTAL_FORMS": "1",
        "evidence-INITIAL_FORMS": "0", "evidence-0-passage": passage.pk, "links_out-TOTAL_FORMS": "0",
        "links_out-INITIAL_FORMS": "0", "regions": [book["metric"].region.pk],
    }  # fmt: skip
    without = admin_client.post(page(Practice, "add"), {**data, "evidence-TOTAL_FORMS": "0"})
    assert "至少要有一个句子" in without.content.decode()
    assert admin_client.post(page(Practice, "add"), data).status_code == 302
    row = Practice.objects.get(title="新做法")
    assert [evidence.quote for evidence in row.evidence.all()] == [passage.text]
    assert row.source == article.source
    assert [region.name for region in row.regions.all()] == ["五华区"]


def test_found_rows_sources_and_gazetteer_are_not_deleted(admin_client, book):
    rows = [*book.values(), book["metric"].source, book["metric"].region, book["practice"].evidence.first()]
    for row in rows:
        assert admin_client.post(page(type(row), "delete", row.pk), {"post": "yes"}).status_code == 403
        assert type(row).objects.filter(pk=row.pk).exists()


def test_a_source_s_text_is_shown_in_part_and_never_edited(admin_client, book):
    source = book["metric"].source
    response = admin_client.get(page(Source, "change", source.pk))
    assert "text" not in response.context["adminform"].form.fields
    save(admin_client, source, title="新题", text="改写")
    assert source.title == "新题"
    assert source.text.startswith("昆明市")
    assert "title" in source.edited


def test_markup_in_a_source_is_text_on_the_desk(admin_client, db):
    text = "某区<script>alert(1)</script>有84个社区。"
    source = make_source(text, title="<script>alert(1)</script>")
    metric = make_metric(source)
    practice = make_practice(source, "<script>alert(1)</script>")
    for address in (
        page(Metric, "change", metric.pk), page(Metric, "changelist"), page(Practice, "change", practice.pk),
        page(Source, "change", source.pk), page(Evidence, "changelist"),
    ):  # fmt: skip
        assert "<script>alert(1)" not in admin_client.get(address).content.decode()


def test_the_sentence_stands_on_the_page_with_the_wording_marked(admin_client, book):
    html = admin_client.get(page(Metric, "change", book["metric"].pk)).content.decode()
    assert '全区<mark class="mark-figure">84个</mark>社区' in html
    assert book["metric"].passage.get_absolute_url() in html


@pytest.fixture
def question(book):
    row = book["metric"]
    return Disagreement.objects.create(
        source=row.source, content_type=ContentType.objects.get_for_model(row), object_id=row.pk,
        kind="field", field="subject", machine_before="", machine_now="机器说的", human="编辑说的",
    )  # fmt: skip


@pytest.mark.parametrize(("action", "subject"), [("keep", ""), ("take", "机器说的")])
def test_the_queue_is_settled(admin_client, book, question, action, subject):
    html = admin_client.get(page(Disagreement, "changelist")).content.decode()
    assert "机器说的" in html
    assert "已处理 1 个分歧" in act(admin_client, action, question)
    book["metric"].refresh_from_db()
    assert question.decision == action
    assert book["metric"].subject == subject
    assert "机器说的" not in admin_client.get(page(Disagreement, "changelist")).content.decode()
    assert "机器说的" in admin_client.get(page(Disagreement, "changelist") + "?decision=all").content.decode()


def test_those_who_may_only_look_cannot_decide(client, django_user_model, book, question):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    html = client.get(page(Metric, "change", book["metric"].pk)).content.decode()
    assert "_accept" not in html
    act(client, "accept_rows", book["metric"])
    act(client, "take", question)
    assert book["metric"].status == "suggested"
    assert question.decision == "open"


def test_a_region_of_the_gazetteer_keeps_its_code_and_an_editor_adds_others(admin_client, book):
    region = book["metric"].region
    save(admin_client, region, code="1", name="五华")
    assert (region.code, region.name) == ("530102", "五华")
    names = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    data = {
        "code": "530102-x",
        "name": "某社区",
        "short_name": "某",
        "level": "community",
        "status": "current",
    }
    admin_client.post(page(Region, "add"), {**data, **names, "parent": region.pk})
    added = Region.objects.get(code="530102-x")
    assert added.path == f"{region.path}530102-x/"
    assert added.origin == "editor"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_takes_a_fixed_number_of_queries(admin_client, django_assert_max_num_queries, model):
    previous = None
    for number in range(25):
        source = make_source()
        region = make_region(f"5301{number + 10}", f"区{number}")
        region.names.create(form=f"名{number}", kind="alias")
        theme = make_theme(f"t{number}", f"主题{number}")
        practice = make_practice(
            source, f"做法{number}", regions=(region,), themes=(theme,), family=make_family()
        )
        row = make_metric(
            source, region=region, practice=practice, indicator=make_indicator(f"i{number}", "指标")
        )
        make_mention(source, "五华区", region)
        Disagreement.objects.create(
            source=source, content_type=ContentType.objects.get_for_model(row), object_id=row.pk, kind="gone"
        )
        if previous:
            practice.links_in.create(from_practice=previous, type="same", note="同")
            other = previous.source
            link = SourceLink.objects.create(source=source, other=other, type="reprint")
            passage, witness = source.passages.first(), other.passages.first()
            Variant.objects.create(
                link=link, passage=passage, other=witness, kind="word", start=0, end=1, quote="昆",
                other_start=0, other_end=1, other_quote="昆",
            )  # fmt: skip
            PracticeWitness.objects.create(link=link, practice=practice, original=previous)
            MetricLink.objects.create(metric=row, other=other.metrics.first(), type="same", link=link)
            Recovery.objects.create(
                kind="lost",
                source=source,
                passage=passage,
                other=witness,
                metric=row,
                start=0,
                end=1,
                quote="昆",
            )
            Reconciled.objects.create(source=source)
        previous = practice
    with django_assert_max_num_queries(14):
        assert admin_client.get(page(model, "changelist")).status_code == 200


def test_autocompletes_find_regions_by_every_name(admin_client, db):
    region = make_region()
    region.names.create(form="老五华", kind="former")
    query = {"app_label": "measures", "model_name": "metric", "field_name": "region", "term": "老五华"}
    results = admin_client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [result["id"] for result in results] == [str(region.pk)]


def test_no_page_of_the_desk_has_inline_script_or_leaves_the_host(admin_client, book):
    for row in book.values():
        html = admin_client.get(page(type(row), "change", row.pk)).content.decode()
        assert "<script>" not in html
        assert ' style="' not in html
        assert "//cdn" not in html
    assert RegionMention.objects.exists()
