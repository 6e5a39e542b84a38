"""Reconciliation in the database: what a pass writes, what it leaves alone, and what readers see."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from cases.annotations import all_annotations
from cases.loading import load_documents, load_reference_data
from cases.models import Practice, PracticeWitness, Reconciled, Recovery, Shingle, Source, SourceLink, Variant
from cases.reconcile.decisions import accept, rank, refuse, reopen
from cases.reconcile.folding import (
    Attestation,
    metric_attestation,
    practice_attestation,
    unfolded_metrics,
    unfolded_practices,
)
from cases.reconcile.index import root
from cases.reconcile.reading import originals
from cases.reconcile.run import reconcile
from measures.models import Metric, MetricLink

from .factories import make_metric, make_practice, make_region, make_source
from .reconcile.records import SEEDS

pytestmark = pytest.mark.django_db

FIGURE = "全区建成84个党群服务中心。"


def prose(number, sentences=20):
    """Sentences of letters at random: two such texts share nothing."""
    chosen = random.Random(number)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    return "".join("".join(chosen.choices(letters, k=40)) + "。" for _ in range(sentences))


def run(*names, everything=False):
    return list(reconcile(names, everything))


def written(results):
    return sum(result.changes.wrote for result in results)


@pytest.fixture
def pair():
    """A text with a practice and a figure, and its scanned copy with the same."""
    text = prose(1) + FIGURE + prose(2)
    first = make_source(text, "clean.txt")
    second = make_source(text.replace("党群服务中心", "党群服务中线"), "scan.txt", defects=["ocr-noise"])
    region = make_region()
    for source in (first, second):
        make_metric(source, subject="党群服务中心", region=region)
        make_practice(source, title="党群服务中心", quotes=(source.passages.get(text__contains="84个").text,))
    return first, second


def test_a_reprint_is_folded_and_counted_as_a_copy(pair):
    run()
    link = SourceLink.objects.get()
    assert (link.source, link.other, link.type) == (pair[1], pair[0], "reprint")
    [metric], [practice] = unfolded_metrics(Metric.objects.all()), unfolded_practices(Practice.objects.all())
    assert metric.source == practice.source == pair[0]
    assert metric_attestation([metric.pk]) == {metric.pk: Attestation(1, 1)}
    assert practice_attestation([practice.pk]) == {practice.pk: Attestation(1, 1)}
    assert len([a for a in all_annotations() if a["kind"] == "metric"]) == 2


def test_a_reading_prefers_the_clean_copy(pair):
    run()
    variant = Variant.objects.get()
    assert (variant.quote, variant.other_quote) == ("服务中心", "服务中线")
    assert (variant.preferred, variant.why, variant.link.source) == ("first", "clean", pair[1])
    assert pair[0].text[variant.start : variant.end] == "服务中心"


def test_a_second_pass_writes_nothing(pair):
    assert written(run()) > 0
    assert run() == []
    assert written(run(everything=True)) == 0


def test_a_refused_reprint_unfolds_at_once_and_is_not_suggested_again(pair, django_user_model):
    run()
    editor = django_user_model.objects.create_user("editor")
    refuse(SourceLink.objects.get(), editor, "两篇不同的报道")
    assert unfolded_metrics(Metric.objects.all()).count() == 2
    run(everything=True)
    link = SourceLink.objects.get()
    assert (link.status, link.decided_by, link.reason) == ("rejected", editor, "两篇不同的报道")
    assert not Variant.objects.exists() and not PracticeWitness.objects.exists()

    reopen(link, editor)
    run()
    assert unfolded_metrics(Metric.objects.all()).count() == 1
    assert Variant.objects.exists()


def test_figures_once_taken_as_independent_become_witnesses_when_the_link_is_reopened():
    text = prose(1) + FIGURE + prose(2)
    region = make_region()
    for name, defects in (("scan.txt", ["ocr-noise"]), ("clean.txt", [])):
        make_metric(make_source(text, name, defects=defects), subject="党群服务中心", region=region)
    run()
    link = SourceLink.objects.get()
    refuse(link)
    run()
    assert MetricLink.objects.get().type == "same"
    reopen(link)
    run()
    assert MetricLink.objects.get().type == "witness"
    assert run() == [] and written(run(everything=True)) == 0


def test_a_decided_suggestion_is_not_changed_by_a_pass(pair):
    run()
    variant = Variant.objects.get()
    refuse(variant, reason="排版")
    Variant.objects.update(score=0.1)
    assert written(run(everything=True)) == 0
    variant.refresh_from_db()
    assert (variant.status, variant.score) == ("rejected", 0.1)


def test_a_row_that_a_person_made_is_left_alone(pair):
    run()
    other = make_source(prose(9), "other.txt")
    SourceLink.objects.create(source=other, other=pair[0], type="excerpt")
    run(everything=True)
    assert SourceLink.objects.filter(source=other, type="excerpt", rule="").exists()


def test_a_decision_made_during_a_pass_stands(pair):
    run()
    link = SourceLink.objects.get()
    for number, _result in enumerate(reconcile(everything=True)):
        if number == 0:
            refuse(link)
    link.refresh_from_db()
    assert link.status == "rejected"
    run()
    assert unfolded_metrics(Metric.objects.all()).count() == 2


def test_a_withdrawn_source_falls_away_and_its_copies_find_each_other(pair):
    third = make_source(pair[0].text, "again.txt", defects=["ocr-noise"])
    run()
    assert set(SourceLink.objects.values_list("source__name", "other__name")) == {
        ("scan.txt", "clean.txt"),
        ("again.txt", "clean.txt"),
    }
    Source.objects.filter(pk=pair[0].pk).update(state="withdrawn")
    visible = Metric.objects.visible()
    assert [metric.source for metric in unfolded_metrics(visible)] == [pair[1]]
    run()
    link = SourceLink.objects.get()
    assert {link.source, link.other} == {pair[1], third}
    assert run() == []


def test_accepted_links_survive_the_withdrawal_and_return_of_a_source(pair):
    run()
    accept(SourceLink.objects.get())
    Source.objects.filter(pk=pair[0].pk).update(state="withdrawn")
    run()
    assert SourceLink.objects.get().status == "accepted"
    assert unfolded_metrics(Metric.objects.visible()).count() == 1
    Source.objects.filter(pk=pair[0].pk).update(state="current")
    run()
    assert [metric.source for metric in unfolded_metrics(Metric.objects.visible())] == [pair[0]]


def test_a_new_document_is_compared_with_its_relatives_only(pair, django_assert_max_num_queries):
    for number in range(20, 30):
        make_source(prose(number), f"{number}.txt")
    run()
    make_source(pair[0].text, "third.txt")
    with django_assert_max_num_queries(75):
        results = run()
    assert [result.source for result in results if result.source] == ["third.txt"]
    assert SourceLink.objects.filter(source__name="third.txt", other=pair[0]).exists()


def test_two_hundred_copies_are_each_tied_to_the_original_once():
    text = prose(1, 8)
    for number in range(200):
        make_source(text.replace("。", "" if number % 7 else "；"), f"copy-{number:03}.txt")
    run()
    assert SourceLink.objects.count() == 199
    assert set(SourceLink.objects.values_list("other__name", flat=True)) == {"copy-000.txt"}
    assert Shingle.objects.values("source").distinct().count() == 1


def test_originals_are_found_through_copies_of_copies():
    first, second, third, fourth = (make_source(prose(n, 3), f"{n}.txt") for n in range(4))
    for copy, other in ((first, second), (second, third), (fourth, third)):
        SourceLink.objects.create(source=copy, other=other, type="reprint")
    folded = originals([first.pk, third.pk])
    assert folded == {first.pk: second.pk, second.pk: third.pk}
    assert root(first.pk, folded) == root(third.pk, folded) == third.pk


def test_boilerplate_in_every_report_makes_no_reprints():
    formula = prose(100, 6)
    for number in range(30):
        make_source(prose(number, 10) + formula, f"report-{number:02}.txt")
    run()
    run(everything=True)
    assert not SourceLink.objects.filter(type__in=SourceLink.FOLDING).exists()
    assert not SourceLink.objects.exists()


def test_a_quotation_at_length_folds_nothing():
    region = make_region()
    quoted = prose(1, 8) + FIGURE
    for number, text in enumerate([quoted + prose(2, 40), prose(3, 40) + quoted]):
        make_metric(make_source(text, f"{number}.txt"), subject="党群服务中心", region=region)
    run()
    assert SourceLink.objects.get().type == "shares"
    assert unfolded_metrics(Metric.objects.all()).count() == 2


@pytest.fixture
def conflict():
    region = make_region()
    for name, number in (("a.txt", "84"), ("b.txt", "97")):
        source = make_source(f"全区已建成{number}个开放式社区党群服务中心。", name)
        make_metric(source, f"{number}个", number, subject="开放式社区党群服务中心", region=region, year=2020)
    run()
    return MetricLink.objects.get()


def test_a_conflict_shows_both_figures_until_one_is_ranked(conflict):
    assert (conflict.type, conflict.preferred) == ("conflict", None)
    rank(conflict, conflict.other, reason="年鉴核对")
    assert written(run(everything=True)) == 0
    conflict.refresh_from_db()
    assert (conflict.preferred, conflict.reason) == (conflict.other, "年鉴核对")
    rank(conflict, None)
    assert conflict.preferred is None and conflict.status == "suggested"


def test_a_ranking_needs_a_reason_and_one_of_the_two_figures(conflict):
    with pytest.raises(ValidationError):
        rank(conflict, conflict.metric, reason=" ")
    with pytest.raises(ValidationError):
        rank(conflict, make_metric(), reason="年鉴核对")


def test_the_command_names_an_unknown_source(pair, capsys):
    with pytest.raises(CommandError) as refused:
        call_command("reconcile", "--source", "missing.txt")
    assert refused.value.returncode == 2 and "missing.txt" in str(refused.value)
    call_command("reconcile", "--source", "scan.txt")
    assert "scan.txt" in capsys.readouterr().out
    assert list(Reconciled.objects.exclude(version="").values_list("source__name", flat=True)) == ["scan.txt"]


def test_the_seeds():
    load_reference_data()
    for outcome in load_documents(sorted(SEEDS.glob("*.txt"))):
        assert not outcome.error
    before = list(all_annotations())
    run()
    assert set(SourceLink.objects.values_list("source__name", "type", "other__name")) == {
        (name("002"), "reprint", name("000")),
        (name("001"), "earlier", name("000")),
    }
    assert list(all_annotations()) == before
    reprint = Source.objects.get(name=name("002"))
    assert not unfolded_metrics(Metric.objects.filter(source=reprint)).exists()
    assert not unfolded_practices(Practice.objects.filter(source=reprint)).exists()
    lost = Recovery.objects.filter(kind="lost")
    assert lost.count() == 6 and set(lost.values_list("months_apart", flat=True)) == {10}
    assert run() == [] and written(run(everything=True)) == 0


def name(prefix):
    [path] = SEEDS.glob(f"{prefix}_*.txt")
    return path.name
