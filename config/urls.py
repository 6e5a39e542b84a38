"""The site's addresses; each application lists its own."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("regions.urls")),
    path("", include("measures.urls")),
    path("", include("cases.urls")),
]
