"""What the admin pages of all found rows share: decisions, edits, provenance.

Every write goes through :mod:`cases.curation`, which remembers what people set
and keeps it through reloads.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases import curation
from cases.models import Source
from measures.curation import Curated
from pages.marks import mark_quote

SOURCE_NAME = 24  # characters of a source's title shown in a list
EXCERPT = 80  # characters of a sentence shown in a list


class CuratedForm(forms.ModelForm):
    """Finds out on validation whether ``cases.curation`` would refuse the edit, so that a
    refusal is shown beside the field and nothing typed is lost."""

    request_user: Any = None

    def changed_values(self) -> dict[str, Any]:
        """What a person changed, as :func:`cases.curation.edit` takes it."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.instance.pk is None:
            return
        values = self.changed_values()
        if not values:
            return
        row = type(self.instance)._default_manager.get(pk=self.instance.pk)
        try:
            with transaction.atomic():
                curation.edit(row, self.request_user, **values)
                transaction.set_rollback(True)
        except ValidationError as error:
            self.add_refusal(error)

    def add_refusal(self, error: ValidationError) -> None:
        for name, refusals in getattr(error, "error_dict", {NON_FIELD_ERRORS: error.error_list}).items():
            self.add_error(name if name in self.fields else None, refusals)


class SourceFilter(admin.SimpleListFilter):
    """By source, without fetching the sources' texts."""

    title = _("source")
    parameter_name = "source"

    def lookups(self, request, model_admin):
        return [
            (str(pk), title or name) for pk, title, name in Source.objects.values_list("pk", "title", "name")
        ]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if not self.value().isdecimal() or len(self.value()) > 18:
            return queryset.none()
        return queryset.filter(source=self.value())


class EditedFilter(admin.SimpleListFilter):
    title = _("edited by a person")
    parameter_name = "edited"

    def lookups(self, request, model_admin):
        return [("1", _("yes")), ("0", _("no"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.exclude(edited={}) if self.value() == "1" else queryset.filter(edited={})


class CuratedAdmin(admin.ModelAdmin):
    """Found rows: never deleted, since a rejected row is what keeps a find from coming back."""

    form = CuratedForm
    change_form_template = "admin/curated_change_form.html"
    show_full_result_count = False
    list_per_page = 50
    actions = ("accept_rows", "reject_rows", "reopen_rows")
    provenance_fields: tuple[str, ...] = (
        "status", "reason", "decided_by", "decided_at", "rule", "confidence", "found", "edited_by_people",
        "machine_said",
    )  # fmt: skip
    hidden_fields: tuple[str, ...] = ()  # of a row that exists
    made_fields: tuple[str, ...] = ()  # set when a person makes a row, and not changed afterwards

    # Access

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        fixed = self.made_fields if obj else ()
        return (*super().get_readonly_fields(request, obj), *self.provenance_fields, *fixed)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("source__text")

    def get_fieldsets(self, request, obj=None):
        """What is fixed once a row is made is not shown again beside its sentence."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [
            (
                title,
                {**options, "fields": [name for name in options["fields"] if name not in self.hidden_fields]},
            )
            for title, options in fieldsets
        ]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"request_user": request.user})

    # Decisions

    @admin.action(description=_("Accept the chosen rows"), permissions=["change"])
    def accept_rows(self, request, queryset):
        self.decide(request, queryset, curation.accept)

    @admin.action(description=_("Reject the chosen rows"), permissions=["change"])
    def reject_rows(self, request, queryset):
        self.decide(request, queryset, curation.reject)

    @admin.action(description=_("Reopen the chosen rows"), permissions=["change"])
    def reopen_rows(self, request, queryset):
        self.decide(request, queryset, curation.reopen)

    def decide(self, request, rows, decision, reason: str = "") -> None:
        done = 0
        for row in rows:
            try:
                decision(row, request.user, reason)
            except ValidationError as error:
                self.message_user(request, f"{row}：{'；'.join(error.messages)}", messages.ERROR)
            else:
                self.log_change(request, row, [{"changed": {"fields": ["status"]}}])
                done += 1
        if done:
            self.message_user(request, self.report(decision, done), messages.SUCCESS)

    @staticmethod
    def report(decision, done: int) -> str:
        counts = {"count": done}
        if decision is curation.accept:
            return ngettext("%(count)d row accepted.", "%(count)d rows accepted.", done) % counts
        if decision is curation.reject:
            return ngettext("%(count)d row rejected.", "%(count)d rows rejected.", done) % counts
        return ngettext("%(count)d row reopened.", "%(count)d rows reopened.", done) % counts

    def response_change(self, request, obj):
        """The page's own buttons save first and then decide."""
        for name, decision in (
            ("accept", curation.accept),
            ("reject", curation.reject),
            ("reopen", curation.reopen),
        ):
            if f"_{name}" in request.POST:
                reason = request.POST.get("_reason", "")[: Curated._meta.get_field("reason").max_length]
                self.decide(request, [obj], decision, reason)
                return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    # Edits

    def save_model(self, request, obj, form, change):
        if not change:
            obj.machine = {}
            obj.mark_edited([name for name in form.cleaned_data if name in tracked_names(obj)], request.user)
            super().save_model(request, obj, form, change)
            return
        values = form.changed_values()
        if values:
            curation.edit(obj, request.user, **values)

    def save_related(self, request, form, formsets, change):
        if not change:
            form.save_m2m()
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    # Provenance

    @admin.display(description=_("sentence"))
    def sentence(self, row):
        """The whole sentence with the row's wording marked, and the way to it."""
        if row.pk is None:
            return "–"
        return format_html(
            '<span lang="zh-Hans">{}</span> <a href="{}">{}</a>',
            mark_quote(row.passage.text, row.quote, near=row.start - row.passage.start),
            row.passage.get_absolute_url(),
            gettext("in the source"),
        )

    @admin.display(description=_("sentence"))
    def excerpt(self, row):
        """The sentence around the row's wording, short enough for a list."""
        text, at = row.passage.text, row.start - row.passage.start
        left = max(0, min(at, len(text)) - EXCERPT // 2)
        cut = text[left : left + EXCERPT]
        return format_html(
            '<span lang="zh-Hans">{}{}{}</span>',
            "…" if left else "",
            mark_quote(cut, row.quote, near=at - left),
            "…" if left + EXCERPT < len(text) else "",
        )

    @admin.display(description=_("source"), ordering="source")
    def source_name(self, row):
        return str(row.source)[:SOURCE_NAME]

    @admin.display(description=_("edited by people"))
    def edited_by_people(self, row):
        return "、".join(field_label(row, name) for name in row.edited) or "–"

    @admin.display(description=_("what the machine said"))
    def machine_said(self, row):
        if not row.machine:
            return gettext("nothing: a person made this row")
        said = {name: value for name, value in row.machine.items() if value not in (None, "", [])}
        return "；".join(f"{field_label(row, name)}：{shown(value)}" for name, value in said.items())


def field_label(row: models.Model, name: str) -> str:
    """A tracked field in the editor's words."""
    if name == "span":
        return gettext("span")
    if name == "evidence":
        return gettext("evidence")
    if name == "period":
        return gettext("period")
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def shown(value: Any) -> str:
    """A machine's value as an editor reads it; spans as their offsets."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return (
            "–".join(map(str, value))
            if all(isinstance(v, int) for v in value)
            else "、".join(map(shown, value))
        )
    return str(value)


def tracked_names(row: Curated) -> set[str]:
    return {*row.TRACKED_FIELDS, *row.SPAN_FIELDS}
