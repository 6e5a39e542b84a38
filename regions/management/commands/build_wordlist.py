"""Make fixtures/words.tsv anew from the jieba dictionary."""

from __future__ import annotations

from importlib import resources

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from regions.gazetteer import wordlist_selection
from regions.wordlist import WORDS_FILE, select_words


class Command(BaseCommand):
    requires_system_checks = []
    help = "Write fixtures/words.tsv: the general words that tell place names from look-alikes."

    def handle(self, *args, **options) -> None:
        lines = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
        entries = ((word, int(count), tag) for word, count, tag in (line.split(" ") for line in lines))
        words = select_words(entries, wordlist_selection())
        text = "".join(f"{word}\t{count}\t{tag}\n" for word, count, tag in words)
        WORDS_FILE.write_text(text, encoding="utf-8")
        self.stdout.write(
            _("%(count)d words written to %(path)s.") % {"count": len(words), "path": WORDS_FILE}
        )
