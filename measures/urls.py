"""Addresses of this application."""

from django.urls import path

import pages.addresses  # noqa: F401 - the converter "name"

from . import views

urlpatterns = [
    path("metrics/", views.MetricList.as_view(), name="metric-list"),
    path("indicators/", views.IndicatorList.as_view(), name="indicator-list"),
    path("indicators/<name:slug>/", views.indicator_detail, name="indicator-detail"),
]
