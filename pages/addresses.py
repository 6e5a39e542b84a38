"""Parts of addresses; importing this module makes them known to ``path()``."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class NameConverter(StringConverter):
    """A slug or code in any script, without the control characters that databases refuse."""

    regex = r"[^/\x00-\x1f\x7f]{1,120}"


register_converter(NameConverter, "name")
