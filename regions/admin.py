"""The editors' desk for regions and their names."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .models import Region, RegionName


class RegionNameInline(admin.TabularInline):
    model = RegionName
    extra = 0


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "level", "parent", "status", "origin")
    list_filter = ("level", "status", "origin")
    list_select_related = ("parent",)
    search_fields = ("name", "=code", "pinyin", "names__form")
    autocomplete_fields = ("parent", "successors")
    inlines = (RegionNameInline,)
    show_full_result_count = False
    ordering = ("code",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent")

    def get_readonly_fields(self, request, obj=None):
        # A region's path, and all that hangs on it, follows from its code and parent.
        return ("code", "parent", "origin", "path") if obj else ("origin", "path")

    def get_exclude(self, request, obj=None):
        return () if obj else ("origin", "path")

    def has_delete_permission(self, request, obj=None):
        return (
            obj is not None
            and obj.origin == Region.Origin.EDITOR
            and super().has_delete_permission(request, obj)
        )

    def save_model(self, request, obj, form, change):
        if not change:
            obj.origin = Region.Origin.EDITOR
        super().save_model(request, obj, form, change)


@admin.register(RegionName)
class RegionNameAdmin(admin.ModelAdmin):
    list_display = ("form", "kind", "region", "level")
    list_filter = ("kind",)
    list_select_related = ("region",)
    search_fields = ("form", "=region__code")
    autocomplete_fields = ("region",)
    show_full_result_count = False

    @admin.display(description=_("level"), ordering="region__level")
    def level(self, name):
        return name.region.get_level_display()
