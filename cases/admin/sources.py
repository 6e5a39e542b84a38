"""Documents as received and their parts, and what each load did."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.db.models.functions import Length, Substr
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import versions
from cases.models import Article, ExtractionRun, Passage, Source

EXCERPT = 1500  # characters of a source's text on its page; the reading view has all of it


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only loads write."""

    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("name", "title", "publisher", "published", "state", "flaws", "articles", "created_at")
    list_filter = ("state", "format", "published")
    search_fields = ("name", "title", "publisher", "sha256")
    actions = ("adopt_versions",)
    readonly_fields = (
        "name", "state", "replaces_name", "format", "encoding", "sha256", "flaws", "created_at", "length",
        "beginning",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("title", "publisher", "published")}),
        (
            _("Document"),
            {"fields": ("name", "state", "replaces_name", "format", "encoding", "sha256", "created_at")},
        ),
        (_("Text"), {"fields": ("flaws", "length", "beginning")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text").annotate(article_count=Count("articles"))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.mark_edited(form.changed_data, request.user)
        obj.save(update_fields=[*form.changed_data, "edited"])

    @admin.action(description=_("Adopt the chosen versions"), permissions=["change"])
    def adopt_versions(self, request, queryset):
        for source in queryset:
            try:
                result = versions.adopt(source, request.user)
            except ValidationError as error:
                self.message_user(request, f"{source}：{'；'.join(error.messages)}", messages.ERROR)
                continue
            self.log_change(request, source, [{"changed": {"fields": ["state"]}}])
            message = gettext(
                "%(source)s is now what readers see; %(carried)d decisions were carried over, %(left)d wait."
            )
            counts = {"source": source, "carried": result.carried, "left": result.left}
            self.message_user(request, message % counts, messages.SUCCESS)

    @admin.display(description=_("defects"))
    def flaws(self, source):
        return "、".join(source.defect_labels) or "–"

    @admin.display(description=_("articles"), ordering="article_count")
    def articles(self, source):
        return source.article_count

    @admin.display(description=_("replaces"))
    def replaces_name(self, source):
        if source.replaces_id is None:
            return "–"
        return Source.objects.values_list("name", flat=True).get(pk=source.replaces_id)

    @admin.display(description=_("characters"))
    def length(self, source):
        return Source.objects.filter(pk=source.pk).values_list(Length("text"), flat=True).get()

    @admin.display(description=_("beginning of the text"))
    def beginning(self, source):
        cut = Source.objects.filter(pk=source.pk).values_list(Substr("text", 1, EXCERPT), flat=True).get()
        return format_html(
            '<div class="source-text" lang="zh-Hans">{}…</div><a href="{}">{}</a>',
            cut,
            source.get_absolute_url(),
            gettext("Read it with what was found marked"),
        )


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ("title", "source", "index", "kind", "region", "published", "byline")
    list_filter = ("kind",)
    list_select_related = ("source", "region")
    search_fields = ("title", "subtitle", "byline", "source__title", "source__name")
    fields = ("source", "index", "kind", "title", "subtitle", "byline", "published", "region", "start", "end")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").defer("source__text")


@admin.register(Passage)
class PassageAdmin(ReadOnlyAdmin):
    list_display = ("text", "kind", "source", "index")
    list_filter = ("kind",)
    list_select_related = ("source",)
    search_fields = ("text",)
    fields = ("source", "article", "index", "paragraph", "kind", "start", "end", "text")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source", "article").defer("source__text")


@admin.register(ExtractionRun)
class ExtractionRunAdmin(ReadOnlyAdmin):
    list_display = ("source", "at", "created", "updated", "deleted", "unchanged", "seconds")
    list_select_related = ("source",)
    date_hierarchy = "at"
    search_fields = ("source__name", "source__title")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").defer("source__text")
