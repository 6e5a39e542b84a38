"""The frame of every page."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context, url_name, label):
    """A link of the main navigation, marked when the reader is on its page or below."""
    request = context.get("request")
    address = reverse(url_name)
    here = ""
    if request and request.path == address:
        here = format_html(' aria-current="{}"', "page")
    elif request and request.path.startswith(address):
        here = format_html(' aria-current="{}"', "true")
    return format_html('<a href="{}"{}>{}</a>', address, here, label)
