"""Addresses of this application."""

from django.urls import path

import pages.addresses  # noqa: F401 - the converter "name"
from cases.views import groups, home, practices, regions, sources

urlpatterns = [
    path("", home.home, name="home"),
    path("practices/", practices.PracticeList.as_view(), name="practice-list"),
    path("practices/<int:pk>/", practices.practice_detail, name="practice-detail"),
    path("sources/", sources.SourceList.as_view(), name="source-list"),
    path("sources/<int:pk>/", sources.source_detail, name="source-detail"),
    path("themes/", groups.theme_list, name="theme-list"),
    path("themes/<slug:slug>/", groups.theme_detail, name="theme-detail"),
    path("families/", groups.FamilyList.as_view(), name="family-list"),
    path("families/<name:slug>/", groups.family_detail, name="family-detail"),
    path("regions/<name:code>/", regions.region_detail, name="region-detail"),
    path("compare/", regions.compare, name="compare"),
]
