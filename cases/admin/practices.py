"""Practices with their evidence and links, themes, families."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import curation
from cases.models import Evidence, Family, Practice, PracticeLink, Theme

from .curated import CuratedAdmin, CuratedForm, EditedFilter, SourceFilter
from .sources import ReadOnlyAdmin


class NamesField(forms.CharField):
    """A list of names as lines of text."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [line.strip().strip("“”") for line in super().clean(value).splitlines()]
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial, data):
        return list(initial or ()) != self.clean(data)


class PracticeForm(CuratedForm):
    names = NamesField(
        label=_("names"), required=False, help_text=_("One name a line, as the text gives it in “ ”.")
    )


class EvidenceForm(forms.ModelForm):
    """A sentence as evidence; its span is the whole sentence unless it was narrower."""

    def clean_passage(self):
        passage = self.cleaned_data["passage"]
        practice = self.instance.practice if self.instance.practice_id else None
        if practice is not None and practice.source_id and passage.source_id != practice.source_id:
            raise ValidationError(gettext("This sentence stands in another source than the practice."))
        return passage

    @property
    def span(self) -> tuple[int, int]:
        passage = self.cleaned_data["passage"]
        if self.instance.pk and "passage" not in self.changed_data:
            return self.instance.start, self.instance.end
        return passage.start, passage.end


class EvidenceFormSet(forms.BaseInlineFormSet):
    @property
    def spans(self) -> list[tuple[int, int]]:
        """The spans that stand after the edit."""
        return [
            form.span  # type: ignore[attr-defined]
            for form in self.forms
            if form.cleaned_data.get("passage") and not form.cleaned_data.get("DELETE")
        ]

    def clean(self):
        super().clean()
        if not any(self.errors) and not self.spans:
            raise ValidationError(gettext("A practice needs at least one sentence."))


class EvidenceInline(admin.TabularInline):
    model = Evidence
    form = EvidenceForm
    formset = EvidenceFormSet
    extra = 0
    fields = ("passage", "shown")
    readonly_fields = ("shown",)
    autocomplete_fields = ("passage",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("passage")

    @admin.display(description=_("quote"))
    def shown(self, row):
        if row.pk is None:
            return "–"
        return format_html(
            '<span lang="zh-Hans">{}</span> <a href="{}">{}</a>',
            row.quote, row.passage.get_absolute_url(), gettext("in the source"),
        )  # fmt: skip


class LinkInline(admin.TabularInline):
    model = PracticeLink
    fk_name = "from_practice"
    extra = 0
    autocomplete_fields = ("to_practice", "passage")


@admin.register(Practice)
class PracticeAdmin(CuratedAdmin):
    form = PracticeForm
    made_fields = ("article",)
    list_display = ("title", "places", "level", "theme_names", "year", "status", "confidence", "source_name")
    list_filter = (
        "status", "themes", "level", SourceFilter, EditedFilter, "found", "family", "year", "rule",
    )  # fmt: skip
    search_fields = ("title", "regions__name", "evidence__quote")
    autocomplete_fields = ("article", "regions", "themes", "family")
    list_select_related = ("source",)
    inlines = (EvidenceInline, LinkInline)
    ordering = ("source_id", "id")
    fieldsets = (
        (None, {"fields": ("article", "title", "names")}),
        (_("Where and when"), {"fields": ("regions", "sub", "level", "year")}),
        (_("Themes and family"), {"fields": ("themes", "family")}),
        (
            _("Case sections"),
            {
                "classes": ("collapse",),
                "fields": ("background", "measures", "results", "lessons", "appendix"),
            },
        ),
        (_("Curation"), {"fields": CuratedAdmin.provenance_fields}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("regions", "themes")

    @admin.display(description=_("regions"))
    def places(self, practice):
        names = "、".join(region.name for region in practice.regions.all())
        return names if practice.sub in names else names + practice.sub

    @admin.display(description=_("themes"))
    def theme_names(self, practice):
        return "、".join(theme.name for theme in practice.themes.all())

    def save_model(self, request, obj, form, change):
        if not change:
            obj.source = obj.article.source
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Deleted, moved and added sentences are one edit of the field "evidence"."""
        if formset.model is not Evidence:
            super().save_formset(request, form, formset, change)
            return
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if formset.has_changed():
            curation.edit(form.instance, request.user, evidence=formset.spans)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """Looked at here, changed on the page of its practice."""

    list_display = ("quote", "practice", "source")
    list_filter = (SourceFilter,)
    list_select_related = ("practice", "source")
    search_fields = ("quote", "practice__title")
    fields = readonly_fields = ("practice", "source", "passage", "start", "end", "quote")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("source__text")


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "flagship", "position", "practice_count")
    list_filter = ("flagship",)
    search_fields = ("name", "slug", "description")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(practice_count=Count("practices"))

    @admin.display(description=_("practices"), ordering="practice_count")
    def practice_count(self, theme):
        return theme.practice_count


@admin.register(Family)
class FamilyAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "practice_count")
    search_fields = ("name", "slug", "description")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(practice_count=Count("practices"))

    @admin.display(description=_("practices"), ordering="practice_count")
    def practice_count(self, family):
        return family.practice_count


@admin.register(PracticeLink)
class PracticeLinkAdmin(admin.ModelAdmin):
    list_display = ("from_practice", "type", "to_practice", "note")
    list_filter = ("type",)
    list_select_related = ("from_practice", "to_practice")
    search_fields = ("from_practice__title", "to_practice__title", "note")
    autocomplete_fields = ("from_practice", "to_practice", "passage")
