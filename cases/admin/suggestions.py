"""What reconciliation suggests about how rows relate; editors confirm or refuse it."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.models import (
    AlignedSpan,
    FamilyMember,
    PracticeWitness,
    Reconciled,
    Recovery,
    SourceLink,
    Variant,
)
from cases.reconcile import decisions
from measures.models import IndicatorMember, MetricLink

from .sources import ReadOnlyAdmin


class SuggestionAdmin(ReadOnlyAdmin):
    """Suggestions are decided here, one or many at a time; what they say is the machine's."""

    actions = ("accept_rows", "refuse_rows", "reopen_rows")
    list_per_page = 50
    deferred: tuple[str, ...] = ()  # texts of sources that the list must not fetch

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related).defer(*self.deferred)

    def has_decide_permission(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    @admin.action(description=_("Accept the chosen rows"), permissions=["decide"])
    def accept_rows(self, request, queryset):
        done = self.decide(request, queryset, decisions.accept)
        message = ngettext("%(count)d row accepted.", "%(count)d rows accepted.", done)
        self.message_user(request, message % {"count": done})

    @admin.action(description=_("Reject the chosen rows"), permissions=["decide"])
    def refuse_rows(self, request, queryset):
        done = self.decide(request, queryset, decisions.refuse)
        message = ngettext("%(count)d row rejected.", "%(count)d rows rejected.", done)
        self.message_user(request, message % {"count": done})

    @admin.action(description=_("Reopen the chosen rows"), permissions=["decide"])
    def reopen_rows(self, request, queryset):
        done = self.decide(request, queryset, decisions.reopen)
        message = ngettext("%(count)d row reopened.", "%(count)d rows reopened.", done)
        self.message_user(request, message % {"count": done})

    def decide(self, request, rows, decision) -> int:
        done = 0
        for row in rows:
            try:
                decision(row, request.user)
            except ValidationError as error:
                self.message_user(request, f"{row}：{'；'.join(error.messages)}", messages.ERROR)
            else:
                done += 1
        return done


class AlignedSpanInline(admin.TabularInline):
    model = AlignedSpan
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(SourceLink)
class SourceLinkAdmin(SuggestionAdmin):
    list_display = ("source", "type", "other", "coverage", "other_coverage", "status", "score")
    list_filter = ("status", "type")
    list_select_related = ("source", "other")
    deferred = ("source__text", "other__text")
    search_fields = ("source__title", "other__title", "source__name", "other__name")
    inlines = (AlignedSpanInline,)


@admin.register(Variant)
class VariantAdmin(SuggestionAdmin):
    list_display = ("quote", "other_quote", "kind", "preferred", "why", "passage", "status", "score")
    list_filter = ("status", "kind", "preferred")
    list_select_related = ("passage", "other")
    search_fields = ("quote", "other_quote", "note")


@admin.register(PracticeWitness)
class PracticeWitnessAdmin(SuggestionAdmin):
    list_display = ("practice", "original", "status", "score")
    list_filter = ("status",)
    list_select_related = ("practice", "original")
    search_fields = ("practice__title", "original__title")


@admin.register(Recovery)
class RecoveryAdmin(SuggestionAdmin):
    list_display = (
        "quote",
        "kind",
        "metric",
        "region",
        "passage",
        "other",
        "months_apart",
        "status",
        "score",
    )
    list_filter = ("status", "kind")
    list_select_related = ("passage", "other", "metric", "region", "source")
    deferred = ("source__text",)
    search_fields = ("quote", "passage__text", "other__text")


@admin.register(MetricLink)
class MetricLinkAdmin(SuggestionAdmin):
    list_display = ("metric", "type", "other", "preferred", "status", "score")
    list_filter = ("status", "type")
    list_select_related = ("metric", "other", "preferred")
    search_fields = ("metric__quote", "metric__subject", "other__quote", "other__subject")


@admin.register(FamilyMember)
class FamilyMemberAdmin(SuggestionAdmin):
    list_display = ("practice", "family", "wording", "status", "score")
    list_filter = ("status",)
    list_select_related = ("practice", "family")
    search_fields = ("practice__title", "family__name", "wording")


@admin.register(IndicatorMember)
class IndicatorMemberAdmin(SuggestionAdmin):
    list_display = ("metric", "indicator", "status", "score")
    list_filter = ("status",)
    list_select_related = ("metric", "indicator")
    search_fields = ("metric__quote", "metric__subject", "indicator__name")


@admin.register(Reconciled)
class ReconciledAdmin(ReadOnlyAdmin):
    list_display = ("source", "written", "version", "run")
    list_select_related = ("source",)
    search_fields = ("source__name", "source__title")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").defer("source__text")
