"""Adopting a new version of a document: what is carried over, what is left, what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from cases.curation import accept, edit, reject
from cases.ingest import ingest
from cases.models import Disagreement, Passage, Practice, PracticeLink, RegionMention, Source
from cases.versions import adopt
from measures.models import Metric

from .documents import Draft
from .factories import make_practice, make_region, make_theme

pytestmark = pytest.mark.django_db

OLD = "昆明推行街道吹哨。全市84个社区建成中心。另有5人和5人参加。末句写着9户。"
NEW = "（重印）昆明推行街道吹哨。全市已有84个社区建成中心。另有5人和5人参加。末句改成了几户人家的事。"


@pytest.fixture(autouse=True)
def _reference_data():
    make_region("530100", "昆明市", "prefecture")
    make_region("530102", "五华区")
    make_theme("grid")


def draft(text: str) -> Draft:
    first = text[text.index("昆明") : text.index("。") + 1]
    found = Draft(text).mention("昆明", "530100").practice("街道吹哨", first, regions=("530100",))
    found.metric("84个", 84, practice=0).metric("5人", 5, "人").metric("5人", 5, "人", n=1)
    return found.metric("9户", 9, "户") if "9户" in text else found


@pytest.fixture
def versions():
    ingest(draft(OLD).done())
    ingest(draft(NEW).done())
    return Source.objects.get(state="current"), Source.objects.get(state="pending")


def in_source(source: Source, model: type, **fields):
    return model.objects.get(source=source, **fields)


def load_then_adopt(*decisions):
    """Old version loaded, decisions made on it, new version loaded and adopted."""
    ingest(draft(OLD).done())
    old = Source.objects.get()
    for decide in decisions:
        decide(old)
    ingest(draft(NEW).done())
    new = Source.objects.get(state="pending")
    return new, adopt(new)


def test_states_change_and_readers_see_the_new_version(versions):
    old, new = versions

    adopt(new)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == ("superseded", "current")
    assert set(Practice.objects.visible().values_list("source", flat=True)) == {new.pk}


def test_status_and_edits_are_carried_over():
    new, result = load_then_adopt(
        lambda old: accept(in_source(old, RegionMention)),
        lambda old: edit(in_source(old, Metric, quote="84个"), unit="座"),
        lambda old: edit(in_source(old, Practice), title="吹哨", themes=["grid"], background="背景"),
    )

    assert (result.carried, result.left) == (3, 0)
    assert in_source(new, RegionMention).status == "accepted"
    metric = in_source(new, Metric, quote="84个")
    assert (metric.unit, metric.value, set(metric.edited)) == ("座", 84, {"unit"})
    practice = in_source(new, Practice)
    assert (practice.title, practice.background) == ("吹哨", "背景")
    assert [theme.slug for theme in practice.themes.all()] == ["grid"]
    assert metric.practice == practice


def test_the_second_of_two_stays_the_second():
    def second(source: Source) -> Metric:
        return Metric.objects.filter(source=source, quote="5人").order_by("start")[1]

    new, _result = load_then_adopt(lambda old: reject(second(old)))

    assert second(new).status == "rejected"
    assert Metric.objects.filter(source=new, status="rejected").count() == 1


def test_what_has_no_certain_place_is_left_and_asked_about():
    new, result = load_then_adopt(
        lambda old: accept(in_source(old, Metric, quote="9户")),
    )

    assert (result.carried, result.left) == (0, 1)
    question = Disagreement.objects.get()
    assert (question.kind, question.source, question.row.quote) == ("left", new, "9户")
    assert question.row.status == "accepted"


def test_rows_made_by_people_are_copied():
    def make(old: Source) -> None:
        start = OLD.index("社区")
        passage = Passage.objects.at(old.pk, start)
        place = {"source": old, "passage": passage, "start": start, "end": start + 2, "quote": "社区"}
        RegionMention.objects.create(**place, outcome="unlinked")

    new, result = load_then_adopt(make)

    mention = in_source(new, RegionMention, quote="社区")
    assert (mention.start, mention.machine) == (NEW.index("社区"), {})
    assert result.carried == 1


def test_a_difference_between_the_versions_becomes_a_question():
    ingest(draft(OLD).done())
    edit(Metric.objects.get(quote="84个"), unit="座")
    changed = draft(NEW)
    changed.metrics[0] = replace(changed.metrics[0], unit="处")
    ingest(changed.done())
    new = Source.objects.get(state="pending")

    adopt(new)

    metric = in_source(new, Metric, quote="84个")
    question = Disagreement.objects.get()
    assert (metric.unit, question.row, question.field) == ("座", metric, "unit")
    assert (question.machine_before, question.machine_now, question.human) == ("个", "处", "座")


def test_links_between_practices_follow():
    ingest(draft(OLD).done())
    other = make_practice()
    accept(Practice.objects.get(source__name="draft.txt"))
    link = PracticeLink.objects.create(
        from_practice=Practice.objects.get(source__name="draft.txt"),
        to_practice=other,
        type="same",
        note="见报",
    )
    ingest(draft(NEW).done())
    new = Source.objects.get(state="pending")

    adopt(new)

    link.refresh_from_db()
    assert link.from_practice == in_source(new, Practice)


def test_decisions_on_the_waiting_version_stand(versions):
    old, new = versions
    accept(in_source(old, RegionMention))
    reject(in_source(new, RegionMention))

    adopt(new)

    assert in_source(new, RegionMention).status == "rejected"


def test_a_later_version_carries_decisions_of_every_earlier_one(versions):
    old, second = versions
    accept(in_source(old, RegionMention))
    edit(in_source(second, Metric, quote="84个"), unit="座")
    ingest(draft(NEW + "又及。").done())
    third = Source.objects.get(replaces=second)

    adopt(third)

    assert in_source(third, RegionMention).status == "accepted"
    assert in_source(third, Metric, quote="84个").unit == "座"
    assert set(Source.objects.values_list("state", flat=True)) == {"superseded", "current"}


def test_an_earlier_version_may_be_adopted_again(versions):
    old, new = versions
    adopt(new)

    adopt(old)

    assert Source.objects.get(state="current") == old


@pytest.mark.parametrize("state", ["current", "withdrawn"])
def test_only_a_waiting_or_superseded_version_can_be_adopted(state):
    ingest(draft(OLD).done())
    Source.objects.update(state=state)

    with pytest.raises(ValidationError):
        adopt(Source.objects.get())


def test_a_load_after_the_adoption_writes_nothing():
    load_then_adopt(
        lambda old: accept(in_source(old, RegionMention)),
        lambda old: edit(in_source(old, Metric, quote="84个"), unit="座"),
    )

    assert not ingest(draft(NEW).done()).tally.wrote
    assert ingest(draft(OLD).done()).status == "retired"
