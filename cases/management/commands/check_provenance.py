"""Check that every find quotes its source exactly."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.audit import audit


class Command(BaseCommand):
    help = "List every row that breaks an invariant of provenance; exit 1 if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = 0
        for finding in audit():
            breaches += 1
            self.stdout.write(str(finding))
        if breaches:
            message = ngettext("%(count)d breach was found.", "%(count)d breaches were found.", breaches)
            raise CommandError(message % {"count": breaches})
        self.stdout.write(_("Every find quotes its source exactly."))
