"""The list of sources, and the reading view of one."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from cases.filters import SourceFilterSet
from cases.models import Source
from cases.reading import page_of, read_page
from cases.rows import SOURCE_COLUMNS, source_rows
from pages.lists import FilteredList


class SourceList(FilteredList):
    template_name = "cases/source_list.html"
    filterset_class = SourceFilterSet
    export_columns = SOURCE_COLUMNS
    name = "sources"

    def get_queryset(self):
        return source_rows()


def source_detail(request, pk):
    """A source's text with places, figures and practices marked.

    Readers see current sources only; signed-in staff see the others too.
    """
    sources = Source.objects.all() if request.user.has_perm("cases.view_source") else Source.objects.current()
    source = get_object_or_404(sources.defer("text"), pk=pk)
    page = read_page(source, page_number(request))
    if page is None:
        raise Http404(_("This source has no such page."))
    articles = list(source.articles.order_by("index"))
    for article in articles:
        article.page = page_of(article.start)
    return render(request, "cases/source_detail.html", {"source": source, "page": page, "articles": articles})


def page_number(request) -> int:
    """The ``page`` asked for; 0, which no source has, when it is not a number."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
