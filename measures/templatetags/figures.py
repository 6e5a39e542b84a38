"""Figures in templates: how they read, and the sentence they stand in."""

from django import template
from django.utils.html import format_html

from measures.figures import in_words, period_in_words
from pages.marks import mark_quote

register = template.Library()
register.filter("in_words", in_words)
register.filter("period_in_words", period_in_words)


@register.filter
def sentence_of(row):
    """The sentence of a figure or mention, with its wording marked."""
    return mark_quote(row.passage.text, row.quote, near=row.start - row.passage.start)


@register.simple_tag
def status_label(row):
    """The curation status as a labelled word, told apart by more than colour."""
    return format_html('<span class="status status-{}">{}</span>', row.status, row.get_status_display())
