"""Addresses of this application."""

from django.urls import path

from . import views

urlpatterns = [path("regions/", views.RegionList.as_view(), name="region-list")]
