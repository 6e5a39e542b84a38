"""Editors' decisions, alone and through reloads with changed rules."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_right
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from cases.curation import accept, edit, reject, reopen, settle
from cases.ingest import ingest
from cases.models import Disagreement, Practice, RegionMention
from cases.tracked import read, read_all, with_tracked
from measures.models import Metric

from .documents import Draft
from .factories import TEXT, make_mention, make_metric, make_practice, make_region, make_source, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("editor")


@pytest.fixture
def metric():
    return make_metric()


class TestEdit:
    def test_sets_fields_and_remembers_who(self, metric, editor):
        edit(metric, editor, value="85", unit="座")

        stored = Metric.objects.get()
        assert (metric.value, stored.value, stored.unit) == (85, 85, "座")
        assert {name: stamp["by"] for name, stamp in stored.edited.items()} == {
            "value": editor.pk,
            "unit": editor.pk,
        }

    def test_writes_only_what_was_edited(self, metric):
        stale = Metric.objects.get()
        edit(metric, unit="座")

        edit(stale, subject="中心")

        assert (Metric.objects.get().unit, Metric.objects.get().subject) == ("座", "中心")

    def test_many_to_many_fields(self):
        practice = make_practice()
        region, theme = make_region(), make_theme()

        edit(practice, regions=[region.code], themes=[theme])

        assert list(practice.regions.all()) == [region]
        assert list(practice.themes.all()) == [theme]
        assert set(practice.edited) == {"regions", "themes"}

    def test_evidence_may_be_anchored_anew(self):
        practice = make_practice()
        start = TEXT.index("全区")

        edit(practice, evidence=[(start, len(TEXT)), (0, 5)])

        assert [row.quote for row in practice.evidence.all()] == [TEXT[:5], TEXT[start:]]
        assert [row.passage.index for row in practice.evidence.all()] == [0, 1]

    @pytest.mark.parametrize("values", [{"span": (0, 3)}, {"start": 0, "end": 3, "quote": TEXT[:3]}])
    def test_a_figure_may_be_anchored_anew(self, metric, values):
        edit(metric, **values)

        assert (metric.start, metric.end, metric.quote) == (0, 3, TEXT[:3])
        assert metric.passage.index == 0
        assert set(metric.edited) == {"span"}

    @pytest.mark.parametrize(
        "values",
        [
            {"span": (0, 0)},
            {"span": (-1, 3)},
            {"span": (0, len(TEXT) + 1)},
            {"start": 0, "end": 3, "quote": "别的字"},
            {"value": None},
            {"value_max": 90},
            {"value": "many"},
            {"value": 10**15},
            {"qualifier": "roughly"},
            {"region": "999999"},
            {"year": 12},
            {"unit": "个" * 21},
            {"machine": {}},
        ],
        ids=str,
    )
    def test_what_cannot_stand_is_refused_and_nothing_is_written(self, metric, values):
        before = Metric.objects.values().get()

        with pytest.raises(ValidationError):
            edit(metric, **values)

        assert Metric.objects.values().get() == before

    @pytest.mark.parametrize("values", [{"evidence": []}, {"title": ""}, {"evidence": [(3, 2)]}], ids=str)
    def test_a_practice_keeps_a_title_and_a_sentence(self, values):
        practice = make_practice()

        with pytest.raises(ValidationError):
            edit(practice, **values)

        assert practice.evidence.count() == 1

    def test_a_mention_is_linked_with_its_outcome(self):
        mention = make_mention(make_source(), "五华区")

        edit(mention, region=make_region(), outcome="linked")

        assert mention.region.code == "530102"
        with pytest.raises(ValidationError):
            edit(mention, region=None)

    def test_a_row_deleted_meanwhile(self, metric):
        Metric.objects.all().delete()

        with pytest.raises(ValidationError):
            edit(metric, unit="座")


class TestDecisions:
    def test_accept_reject_reopen(self, metric, editor):
        accept(metric, editor)
        assert (metric.status, metric.decided_by) == ("accepted", editor)

        reject(metric, editor, reason="not a figure")
        assert (metric.status, metric.reason) == ("rejected", "not a figure")

        reopen(metric, editor)
        assert (metric.status, metric.decided_by, metric.decided_at) == ("suggested", None, None)

    def test_accepting_answers_open_questions(self, metric, editor):
        question = ask(metric, "unit", "座")

        accept(metric, editor)

        question.refresh_from_db()
        assert (question.decision, question.decided_by) == ("keep", editor)
        assert "unit" in metric.edited

    def test_rejecting_makes_open_questions_moot(self, metric):
        question = ask(metric, "unit", "座")

        reject(metric)

        question.refresh_from_db()
        assert question.decision == "moot"

    def test_reopening_lets_fields_that_nobody_edited_follow(self, metric):
        accept(metric)
        question = ask(metric, "unit", "座")

        reopen(metric)

        question.refresh_from_db()
        assert (metric.unit, question.decision) == ("座", "moot")


class TestQuestions:
    def test_keep(self, metric, editor):
        question = ask(metric, "unit", "座")

        settle(question, "keep", editor)

        metric.refresh_from_db()
        question.refresh_from_db()
        assert (metric.unit, question.decision, question.decided_by) == ("个", "keep", editor)
        assert "unit" in metric.edited

    def test_take(self, metric, editor):
        edit(metric, unit="处")
        question = ask(metric, "unit", "座")

        settle(question, "take", editor)

        metric.refresh_from_db()
        question.refresh_from_db()
        assert (metric.unit, metric.edited, question.decision) == ("座", {}, "take")

    def test_coupled_fields_are_taken_together(self, metric):
        questions = [ask(metric, "value", None), ask(metric, "masked", True)]

        settle(questions[0], "take")

        metric.refresh_from_db()
        assert (metric.value, metric.masked) == (None, True)
        assert set(Disagreement.objects.values_list("decision", flat=True)) == {"take"}

    def test_taking_that_a_row_is_gone_rejects_it(self, metric):
        question = ask(metric, "", None, kind="gone")

        settle(question, "take")

        metric.refresh_from_db()
        question.refresh_from_db()
        assert (metric.status, question.decision) == ("rejected", "take")

    def test_a_question_is_answered_once(self, metric):
        question = ask(metric, "unit", "座")
        settle(question, "keep")

        with pytest.raises(ValidationError):
            settle(question, "take")

    def test_a_question_about_a_deleted_row_is_moot(self, metric):
        question = ask(metric, "unit", "座")
        Metric.objects.all().delete()

        settle(question, "take")

        question.refresh_from_db()
        assert question.decision == "moot"

    def test_editing_to_what_the_machine_says_closes_the_question(self, metric):
        question = ask(metric, "unit", "座")

        edit(metric, unit="处")
        question.refresh_from_db()
        assert (question.decision, question.human) == ("open", "处")

        edit(metric, unit="座")
        question.refresh_from_db()
        assert question.decision == "moot"


def ask(row: Any, name: str, now: Any, kind: str = "field") -> Disagreement:
    """A question that a load with ``now`` as the machine's new value would have opened."""
    if name:
        row.machine = {**row.machine, name: now}
        row.save()
    return Disagreement.objects.create(
        source=row.source, row=row, kind=kind, field=name, machine_before=read(row, name) if name else None,
        machine_now=now, human=read(row, name) if name else None,
    )  # fmt: skip


# Random sequences of decisions and reloads, beside a model of what should stand.

LETTERS = "甲乙丙丁戊己"
STORY = "".join(f"{letter}市建成{n}个中心并推行“{letter}法”。" for n, letter in enumerate(LETTERS, 10))
CODES = ("530100", "530102")


@dataclass
class Row:
    """What the model expects of one row: machine's and standing values, and what people did."""

    machine: dict[str, Any]
    stands: dict[str, Any]
    status: str = "suggested"
    edited: set[str] = field(default_factory=set)
    found: bool = True


class World:
    """The finds of a document under rules that change, and the rows they should have become."""

    FIELDS = {
        Metric: {"unit": ("个", "座", "处"), "value": ("10", "20", "30"), "year": (None, 2021, 2022)},
        RegionMention: {"region": CODES},
        Practice: {
            "level": ("", "county", "prefecture"),
            "sub": ("", "甲街道", "乙街道"),
            "themes": ([], ["grid"], ["grid", "red-property"]),
        },
    }

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.says: dict[Any, dict[int, dict[str, Any]]] = {model: {} for model in self.FIELDS}
        self.rows: dict[Any, dict[int, Row]] = {model: {} for model in self.FIELDS}
        for model in self.FIELDS:
            for n in range(len(LETTERS)):
                if self.random.random() < 0.8:
                    self.says[model][n] = self._any_values(model)

    def change_rules(self) -> None:
        """Let some finds read differently, vanish or appear."""
        for model, finds in self.says.items():
            for n in range(len(LETTERS)):
                chance = self.random.random()
                if chance < 0.15:
                    finds.pop(n, None)
                elif chance < 0.3:
                    finds.setdefault(n, self._any_values(model))
                elif chance < 0.6 and n in finds:
                    name = self.random.choice(list(self.FIELDS[model]))
                    finds[n] = {**finds[n], name: self.random.choice(self.FIELDS[model][name])}

    def document(self) -> Any:
        draft = Draft(STORY)
        for n, values in sorted(self.says[Metric].items()):
            draft.metric(f"{n + 10}个", values["value"], values["unit"], year=values["year"])
        for n, values in sorted(self.says[RegionMention].items()):
            draft.mention(f"{LETTERS[n]}市", values["region"])
        for n, values in sorted(self.says[Practice].items()):
            start, end = draft.sentences[n]
            draft.practice(
                f"{LETTERS[n]}法",
                STORY[start:end],
                names=(f"{LETTERS[n]}法",),
                level=values["level"],
                sub=values["sub"],
                themes=tuple(values["themes"]),
            )
        return draft.done()

    def load(self) -> None:
        ingest(self.document())
        for model, finds in self.says.items():
            rows = self.rows[model]
            for n in set(rows) | set(finds):
                if n not in rows:
                    rows[n] = Row(deepcopy(finds[n]), deepcopy(finds[n]))
                elif n in finds:
                    self._follow(rows[n], finds[n])
                elif rows[n].status == "suggested" and not rows[n].edited:
                    del rows[n]
                elif rows[n].status != "rejected":
                    rows[n].found = False

    @staticmethod
    def _follow(row: Row, finds: dict[str, Any]) -> None:
        if row.status == "rejected":
            return
        row.found = True
        for name, value in finds.items():
            if row.status == "suggested" and name not in row.edited:
                row.stands[name] = value
        row.machine = deepcopy(finds)

    def decide(self) -> None:
        """One decision of an editor on one row."""
        model = self.random.choice(list(self.FIELDS))
        if not self.rows[model]:
            return
        n, row = self.random.choice(sorted(self.rows[model].items()))
        stored = self.stored(model)[n]
        match self.random.choice(("edit", "edit", "accept", "reject", "reopen")):
            case "edit":
                name = self.random.choice(list(self.FIELDS[model]))
                value = self.random.choice(self.FIELDS[model][name])
                edit(stored, **{name: value})
                row.stands[name] = value
                row.edited.add(name)
            case "accept":
                asked = Disagreement.objects.about(stored).open().filter(kind="field")
                row.edited |= set(asked.values_list("field", flat=True))
                accept(stored)
                row.status = "accepted"
            case "reject":
                reject(stored)
                row.status = "rejected"
            case "reopen":
                if row.status == "accepted":
                    row.stands |= {k: v for k, v in row.machine.items() if k not in row.edited}
                reopen(stored)
                row.status = "suggested"

    def stored(self, model: Any) -> dict[int, Any]:
        """Rows of ``model`` by the number of the sentence they stand in."""
        rows = with_tracked(model.objects.all())
        starts = [start for start, _end in Draft(STORY).sentences]
        if model is Practice:
            return {starts.index(row.evidence.all()[0].start): row for row in rows}
        return {bisect_right(starts, row.start) - 1: row for row in rows}

    def check(self) -> None:
        questions = list(Disagreement.objects.open().filter(kind="field"))
        for model, expected in self.rows.items():
            stored = self.stored(model)
            type_id = ContentType.objects.get_for_model(model).pk
            assert set(stored) == set(expected)
            for n, row in expected.items():
                values = read_all(stored[n])
                assert {name: values[name] for name in row.stands} == row.stands, (model, n, row)
                assert stored[n].status == row.status
                if row.status != "rejected":
                    assert stored[n].found == row.found
                for question in questions:
                    if (question.content_type_id, question.object_id) == (type_id, stored[n].pk):
                        assert question.human == values[question.field]
                        assert question.machine_now == row.machine[question.field] != question.human

    def _any_values(self, model: Any) -> dict[str, Any]:
        return {name: self.random.choice(values) for name, values in self.FIELDS[model].items()}


@pytest.mark.parametrize("seed", range(200))
def test_decisions_outlive_reloads(seed):
    make_region("530100", "昆明市", "prefecture")
    make_region("530102", "五华区", parent=make_region("530100"))
    make_theme("grid")
    make_theme("red-property", "红色物业")
    world = World(seed)
    world.load()
    keys = {model: {n: row.pk for n, row in world.stored(model).items()} for model in world.FIELDS}
    for _step in range(8):
        if world.random.random() < 0.35:
            world.change_rules()
            world.load()
            kept = {model: {n: row.pk for n, row in world.stored(model).items()} for model in world.FIELDS}
            for model, rows in world.rows.items():
                for n, row in rows.items():
                    if row.status != "suggested" and n in keys[model]:
                        assert kept[model][n] == keys[model][n]
            keys = kept
            assert not ingest(world.document()).tally.wrote
        else:
            world.decide()
        world.check()


@pytest.mark.parametrize("seed", range(25))
def test_spans_may_move_anywhere(seed):
    """Rules that move, split and join figures, editors who anchor them elsewhere: no collision,
    no decided row changed, nothing written twice."""
    chance = random.Random(seed)
    text = "一段三十个字的文字，里面没有句号，只是为了有地方可以放数"

    def document() -> Any:
        draft = Draft(text)
        starts = sorted(chance.sample(range(len(text) - 1), 8))
        for start, limit in zip(starts, [*starts[1:], len(text)], strict=True):
            end = chance.randint(start + 1, limit)
            draft.metric(text[start:end], chance.randrange(3), n=draft_occurrence(text, start, end))
        return draft.done()

    for _step in range(6):
        decided = {row.pk: (read_all(row), row.status) for row in Metric.objects.decided()}
        found = document()
        ingest(found)
        for row in Metric.objects.filter(pk__in=decided):
            assert (read_all(row), row.status) == decided.pop(row.pk)
        assert decided == {}
        assert all(row.quote == text[row.start : row.end] for row in Metric.objects.all())
        assert not ingest(found).tally.wrote
        for row in chance.sample(list(Metric.objects.all()), 3):
            start = chance.randrange(len(text) - 3)
            decision = chance.choice((accept, reject, reopen, edit))
            try:
                edit(row, span=(start, start + chance.randint(1, 3))) if decision is edit else decision(row)
            except ValidationError:
                assert decision is edit  # another figure stands there


def draft_occurrence(text: str, start: int, end: int) -> int:
    """How many times ``text[start:end]`` occurs before ``start``."""
    return sum(text.startswith(text[start:end], at) for at in range(start))


def test_a_period_is_edited_as_a_whole(metric):
    edit(metric, period_kind="interval", period_start=dt.date(2021, 1, 1), period_end=dt.date(2021, 12, 31))
    metric.refresh_from_db()
    assert "period" in metric.edited
    assert (metric.period_start, metric.period_end) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    with pytest.raises(ValidationError):
        edit(metric, period_start=dt.date(2022, 1, 1))
    edit(metric, period_kind="")
    metric.refresh_from_db()
    assert (metric.period_kind, metric.period_start) == ("", None)
