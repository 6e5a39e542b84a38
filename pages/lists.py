"""The view behind every filtered list: one page of rows, or all of them as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from .exports import FORMATS, Column, export
from .filters import shorten

PAGE_SIZE = 50
EXPORT_CHUNK = 500  # rows fetched at a time
MOST_PROBLEMS = 12  # messages shown


class FilteredList(TemplateView):
    """Subclasses give ``get_queryset()``, a ``filterset_class``, ``export_columns`` and a ``name``."""

    filterset_class: Any = None
    export_columns: Sequence[Column] = ()
    name = ""
    page_size = PAGE_SIZE

    @cached_property
    def filterset(self):
        return self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)

    def get(self, request, *args, **kwargs):
        wanted = request.GET.get("format", "")
        if wanted in FORMATS:
            return self.download(wanted)
        blank = [name for name, values in request.GET.lists() if not any(values)]
        if blank:
            return self.redirect_without(blank)
        return super().get(request, *args, **kwargs)

    def redirect_without(self, names) -> HttpResponse:
        """A form sends its empty fields too; the address kept is the one without them."""
        query = self.request.GET.copy()
        for name in names:
            del query[name]
        return HttpResponseRedirect(
            f"{self.request.path}?{query.urlencode()}" if query else self.request.path
        )

    def download(self, wanted: str) -> HttpResponseBase:
        """All filtered rows in the list's order; 400 with the problems where there are any."""
        if problems := self.filterset.problems:
            return JsonResponse({"errors": [str(problem) for problem in problems]}, status=400)
        rows = self.filterset.qs
        count = rows.count()
        return export(
            wanted,
            self.name,
            list(self.export_columns),
            rows.iterator(EXPORT_CHUNK),
            count,
            self.filterset.query,
        )

    def get_context_data(self, **kwargs):
        problems = [*self.filterset.problems, *self.format_problems()]
        paginator = Paginator(self.filterset.qs, self.page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        problems += self.page_problems(page)
        return super().get_context_data(
            filterset=self.filterset,
            problems=problems[:MOST_PROBLEMS],
            page=page,
            page_range=paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            ellipsis=Paginator.ELLIPSIS,
            formats=FORMATS,
            **kwargs,
        )

    def format_problems(self) -> list[str]:
        wanted = self.request.GET.get("format")
        if wanted is None:
            return []
        return [
            _("Unknown format “%(format)s”; there are %(known)s.")
            % {"format": shorten(wanted), "known": "、".join(FORMATS)}
        ]

    def page_problems(self, page) -> list[str]:
        asked = self.request.GET.get("page", "1")
        if asked == str(page.number):
            return []
        return [
            _("There is no page “%(asked)s”; this is page %(number)d.")
            % {"asked": shorten(asked), "number": page.number}
        ]
