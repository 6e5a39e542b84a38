"""Chinese first: the language changes only when the reader chooses another.

Browsers on office machines often ask for English without anybody having chosen
it, so the Accept-Language header is not followed; the switch at the foot of
each page sets a cookie.
"""

from __future__ import annotations

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Activates the language of the cookie, else ``LANGUAGE_CODE``."""

    def process_request(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        try:
            language = translation.get_supported_language_variant(chosen)
        except LookupError:
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
