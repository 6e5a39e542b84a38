"""The interface is complete in Simplified Chinese, and the compiled catalogue is current."""

import gettext
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
KEY = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) ")
ESCAPES = {r"\n": "\n", r"\"": '"', r"\\": "\\", r"\t": "\t"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def unescape(text):
    return re.sub(r"\\.", lambda match: ESCAPES[match[0]], text)


def entries():
    """(flags, {"msgid": …, "msgstr": …}) of each entry of the catalogue, the header left out."""
    for block in CATALOGUE.read_text(encoding="utf-8").split("\n\n")[1:]:
        flags, fields, key = "", {}, None
        for line in block.splitlines():
            if line.startswith("#"):
                flags += line
                continue
            if match := KEY.match(line):
                key = match[1]
            fields[key] = fields.get(key, "") + unescape(STRING.search(line)[1])
        if fields:
            yield flags, fields


ENTRIES = list(entries())


def test_the_catalogue_is_read():
    assert len(ENTRIES) > 400


def test_nothing_is_untranslated_fuzzy_or_obsolete():
    poor = [
        fields.get("msgid", flags)
        for flags, fields in ENTRIES
        if "fuzzy" in flags or "#~" in flags or not (fields.get("msgstr") or fields.get("msgstr[0]"))
    ]
    assert poor == []


def test_placeholders_are_those_of_the_message():
    for _flags, fields in ENTRIES:
        text = fields.get("msgstr") or fields["msgstr[0]"]
        source = fields.get("msgid_plural", fields["msgid"])
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(source)), fields["msgid"]


def test_the_compiled_catalogue_is_current():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    compiled.pop("", None)
    expected = {}
    for _flags, fields in ENTRIES:
        key = f"{fields['msgctxt']}\x04{fields['msgid']}" if "msgctxt" in fields else fields["msgid"]
        if "msgid_plural" in fields:
            expected[key, 0] = fields["msgstr[0]"]
        else:
            expected[key] = fields["msgstr"]
    assert compiled == expected


TEMPLATE_TEXT = re.compile(r">\s*([A-Za-z][A-Za-z ,.']{3,})\s*<")
NOT_WORDS = {"English"}


TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words_outside_the_catalogue(template):
    text = re.sub(
        r"{%\s*comment.*?endcomment\s*%}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", text, flags=re.DOTALL)
    assert set(TEMPLATE_TEXT.findall(text)) <= NOT_WORDS
