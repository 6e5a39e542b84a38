"""Mentions of places, and figures: rows that stand at one span of a source."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models.functions import Substr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Passage, RegionMention, Source
from measures.figures import in_words
from measures.models import Metric
from pages.marks import locate

from .curated import CuratedAdmin, CuratedForm, EditedFilter, SourceFilter


class SpanForm(CuratedForm):
    """The span is set by its wording: the characters of the sentence that the row stands for."""

    quote = forms.CharField(label=_("original wording"), max_length=200)

    def clean(self):
        cleaned = super().clean()
        passage = cleaned.get("passage") or (self.instance.passage if self.instance.pk else None)
        quote = cleaned.get("quote")
        if passage is not None and quote and (self.instance.pk is None or self.wording_changed()):
            self.anchor(passage, quote)
        return cleaned

    def wording_changed(self) -> bool:
        # A line break inside the wording does not come back from a one-line field.
        return "".join(self.cleaned_data.get("quote", "").split()) != "".join(self.initial["quote"].split())

    def anchor(self, passage: Passage, quote: str) -> None:
        """Put the row's span on the wording nearest to where it was."""
        cut = Substr("text", passage.start + 1, passage.end - passage.start)
        raw = Source.objects.filter(pk=passage.source_id).values_list(cut, flat=True).get()
        span = locate(raw, quote, (self.instance.start or passage.start) - passage.start)
        if span is None or "".join(raw[slice(*span)].split()) != "".join(quote.split()):
            self.add_error(
                "quote", ValidationError(gettext("These characters do not stand in the sentence."))
            )
            return
        self.span = (passage.start + span[0], passage.start + span[1])
        rows = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        if rows.filter(source=passage.source_id, start=self.span[0], end=self.span[1]).exists():
            self.add_error("quote", ValidationError(gettext("There is a row for these characters already.")))

    def changed_values(self):
        values = super().changed_values()
        values.pop("passage", None)
        if values.pop("quote", None) is not None and self.wording_changed():
            values["span"] = self.span
        return values

    def save(self, commit=True):
        """A new row takes its source and span from the sentence and the wording."""
        row = super().save(commit=False)
        if row.pk is None:
            row.source = row.passage.source
            row.start, row.end = self.span
            row.quote = row.source.text[row.start : row.end]
        return row


class MentionForm(SpanForm):
    def clean(self):
        cleaned = super().clean()
        linked = cleaned.get("outcome") == RegionMention.Outcome.LINKED
        if cleaned.get("region") and "outcome" in cleaned and not linked:
            # Choosing the place is the decision; the outcome follows.
            cleaned["outcome"] = RegionMention.Outcome.LINKED
            self.changed_data.append("outcome")
        elif linked and not cleaned.get("region"):
            self.add_error("region", ValidationError(gettext("A linked mention needs its region.")))
        return cleaned


class SpanAdmin(CuratedAdmin):
    made_fields = hidden_fields = ("passage",)
    autocomplete_fields = ("passage", "region")
    list_select_related = ("source", "passage", "region")
    ordering = ("source_id", "start")


@admin.register(RegionMention)
class RegionMentionAdmin(SpanAdmin):
    form = MentionForm
    list_display = ("quote", "region", "sub", "outcome", "status", "excerpt", "source_name")
    list_filter = ("status", "outcome", SourceFilter, EditedFilter, "found", "region__level", "rule")
    search_fields = ("quote", "region__name", "sub")
    readonly_fields = ("sentence", "candidates")
    fieldsets = (
        (None, {"fields": ("sentence", "passage", "quote", "outcome", "region", "sub", "candidates")}),
        (_("Curation"), {"fields": CuratedAdmin.provenance_fields}),
    )


class MetricForm(SpanForm):
    class Meta:
        widgets = {"value": forms.TextInput, "value_max": forms.TextInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("value", "value_max"):
            if isinstance(self.initial.get(name), Decimal):
                self.initial[name] = Decimal(f"{self.initial[name].normalize():f}")  # no trailing zeros

    def clean(self):
        cleaned = super().clean()
        value, upper = cleaned.get("value"), cleaned.get("value_max")
        if cleaned.get("masked") and value is not None:
            self.add_error(
                "value", ValidationError(gettext("A figure whose digits are masked has no value."))
            )
        if not cleaned.get("masked") and value is None and "value" not in self.errors:
            self.add_error(
                "value", ValidationError(gettext("Give the value, or say that its digits are masked."))
            )
        is_range = cleaned.get("qualifier") == Metric.Qualifier.RANGE
        if is_range and upper is None and not cleaned.get("masked"):
            self.add_error("value_max", ValidationError(gettext("A range needs its upper value.")))
        if upper is not None and not is_range:
            self.add_error("value_max", ValidationError(gettext("Only a range has an upper value.")))
        if upper is not None and value is not None and upper < value:
            self.add_error("value_max", ValidationError(gettext("The upper value is below the value.")))
        return cleaned


@admin.register(Metric)
class MetricAdmin(SpanAdmin):
    form = MetricForm
    list_display = (
        "quote", "reading", "status", "subject", "region", "year", "excerpt", "type", "source_name",
    )  # fmt: skip
    list_filter = (
        "status", "type", "qualifier", "masked", SourceFilter, EditedFilter, "found", "year", "rule",
    )  # fmt: skip
    search_fields = ("quote", "subject", "passage__text", "region__name")
    autocomplete_fields = ("passage", "region", "practice", "indicator")  # type: ignore[assignment]
    readonly_fields = ("sentence", "reading")
    fieldsets = (
        (None, {"fields": ("sentence", "passage", "quote", "reading")}),
        (_("Value"), {"fields": (("value", "value_max", "unit"), ("qualifier", "masked", "type"))}),
        (_("Meaning"), {"fields": ("subject", "region", "year", "practice", "indicator")}),
        (
            _("Period"),
            {
                "classes": ("collapse",),
                "fields": ("period_kind", "period_start", "period_end", "period_inferred", "period_quote"),
            },
        ),
        (_("Curation"), {"fields": CuratedAdmin.provenance_fields}),
    )

    @admin.display(description=_("reading"), ordering="value")
    def reading(self, row):
        return in_words(row) if row.pk else "–"
