"""The queue: where a load, or a new version, disagrees with an editor."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases import curation
from cases.models import Disagreement

from .curated import SourceFilter, field_label
from .sources import ReadOnlyAdmin


class DecisionFilter(admin.SimpleListFilter):
    """Open questions unless another decision is asked for."""

    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("all", _("all")), *Disagreement.Decision.choices]

    def choices(self, changelist):
        chosen = self.value() or Disagreement.Decision.OPEN
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": query, "display": label}

    def queryset(self, request, queryset):
        chosen = self.value() or Disagreement.Decision.OPEN
        return queryset if chosen == "all" else queryset.filter(decision=chosen)


@admin.register(Disagreement)
class DisagreementAdmin(ReadOnlyAdmin):
    list_display = (
        "shown_row", "kind", "field_name", "human", "machine_now", "machine_before", "decision", "source",
    )  # fmt: skip
    list_display_links = None
    list_filter = (DecisionFilter, "kind", "content_type", SourceFilter)
    list_select_related = ("source", "content_type")
    actions = ("keep", "take")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("source__text").prefetch_related("row")

    def has_decide_permission(self, request):
        return request.user.has_perm("cases.change_disagreement")

    @admin.display(description=_("row"))
    def shown_row(self, question):
        if question.row is None:
            return "–"
        kind = question.content_type
        address = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[question.object_id])
        return format_html('<a href="{}">{}</a> <small>{}</small>', address, question.row, kind.name)

    @admin.display(description=_("field"))
    def field_name(self, question):
        return field_label(question.content_type.model_class(), question.field) if question.field else "–"

    @admin.action(description=_("Keep the editor's value"), permissions=["decide"])
    def keep(self, request, queryset):
        self.settle(request, queryset, Disagreement.Decision.KEEP)

    @admin.action(description=_("Take the machine's value"), permissions=["decide"])
    def take(self, request, queryset):
        self.settle(request, queryset, Disagreement.Decision.TAKE)

    def settle(self, request, questions, decision) -> None:
        done = 0
        for question in questions:
            try:
                curation.settle(question, decision, request.user)
            except ValidationError as error:
                self.message_user(request, f"{question}：{'；'.join(error.messages)}", messages.ERROR)
            else:
                done += 1
        if done:
            message = ngettext("%(count)d question settled.", "%(count)d questions settled.", done)
            self.message_user(request, message % {"count": done}, messages.SUCCESS)
