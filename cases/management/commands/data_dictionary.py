"""``manage.py data_dictionary``: write docs/data-dictionary.md from the models."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.data_dictionary import data_dictionary

FILE = settings.BASE_DIR / "docs" / "data-dictionary.md"


class Command(BaseCommand):
    help = _("Write docs/data-dictionary.md from the models.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help=_("Write nothing; exit with 1 when the file is out of date.")
        )

    def handle(self, *args: object, check: bool, **options: object) -> None:
        dictionary = data_dictionary()
        if FILE.exists() and FILE.read_text(encoding="utf-8") == dictionary:
            return
        name = FILE.relative_to(settings.BASE_DIR)
        if check:
            raise CommandError(_("%(file)s is out of date: run manage.py data_dictionary.") % {"file": name})
        FILE.write_text(dictionary, encoding="utf-8")
        self.stdout.write(_("Wrote %(file)s.") % {"file": name})
