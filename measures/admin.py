"""The editors' desk for indicators; figures are in ``cases.admin``, whose services edit them."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from .models import Indicator


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    list_display = ("name", "unit", "population", "metric_count")
    search_fields = ("name", "slug", "definition", "population")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(metric_count=Count("metrics"))

    @admin.display(description=_("metrics"), ordering="metric_count")
    def metric_count(self, indicator):
        return indicator.metric_count
