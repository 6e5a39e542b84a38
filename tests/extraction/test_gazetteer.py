"""The matcher of place names and the word list beside it; no database."""

from __future__ import annotations

import shutil
from importlib import resources

import pytest

from regions.gazetteer import FILES, FIXTURES, FormKind, Trust, load_gazetteer, wordlist_selection
from regions.wordlist import load_wordlist, select_words


def read_as(text: str, name: str) -> bool:
    """Whether ``name`` is one word in ``text``."""
    gazetteer = load_gazetteer()
    start = text.index(name)
    end = start + len(name)
    words = gazetteer.words
    return not words.cuts_through(text, start, end) or words.reads_as(
        text, start, end, gazetteer.by_text[name].count
    )


@pytest.mark.parametrize(
    ("form", "codes", "kind", "trust"),
    [
        ("南京", ["320100"], FormKind.SHORT, Trust.PLAIN),
        ("吉林", ["220000", "220200"], FormKind.SHORT, Trust.PLAIN),  # the higher level first
        ("资源", ["450329"], FormKind.SHORT, Trust.WORD),
        ("海淀", ["110108"], FormKind.SHORT, Trust.NAME),
        ("范县", ["410926"], FormKind.FULL, Trust.CHAINED),
        ("红河州", ["532500"], FormKind.FULL, Trust.PLAIN),
        ("首都", ["110000"], FormKind.BYNAME, Trust.PLAIN),
        ("雄安新区", ["130000"], FormKind.ZONE, Trust.PLAIN),
        ("仙林街道", ["320113"], FormKind.TOWN, Trust.CHAINED),
    ],
)
def test_forms(form, codes, kind, trust):
    found = load_gazetteer().by_text[form]
    assert (list(found.codes), found.kind, found.trust) == (codes, kind, trust)


def test_the_country_is_no_form():
    assert "全国" not in load_gazetteer().by_text


def test_paths_run_from_the_province_down():
    gazetteer = load_gazetteer()
    assert gazetteer.places["530102"].path == ("530000", "530100", "530102")
    assert gazetteer.contains("530000", "530102")
    assert not gazetteer.contains("530102", "530000")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("主动适应城市发展", "应城市", False),
        ("在应城市召开", "应城市", True),
        ("沿海城市", "海城市", False),
        ("形成都市圈", "成都", False),
        ("在成都市民中", "成都", True),
        ("重大庆典", "大庆", False),
        ("武汉中心城区", "汉中", False),
        ("减少文山会海", "文山", False),
        ("云南通过条例", "南通", False),
        ("云南通过条例", "云南", True),
        ("争创示范县", "范县", False),
        ("实现长治久安", "长治", False),
    ],
)
def test_word_borders(text, name, expected):
    assert read_as(text, name) is expected


def test_words_are_cut():
    assert load_gazetteer().words.words("建立社区清单") == ["建立", "社区", "清单"]


def test_the_word_list_is_current():
    lines = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    entries = ((word, int(count), tag) for word, count, tag in (line.split(" ") for line in lines))
    made = [f"{word}\t{count}\t{tag}" for word, count, tag in select_words(entries, wordlist_selection())]
    committed = (FIXTURES / "words.tsv").read_text(encoding="utf-8").splitlines()
    assert made == committed, "run: manage.py build_wordlist"


def test_the_version_changes_with_any_file(tmp_path):
    for name in FILES:
        shutil.copy(FIXTURES / name, tmp_path / name)
    same = load_gazetteer(tmp_path).version
    assert same == load_gazetteer().version
    with (tmp_path / "nicknames.csv").open("a", encoding="utf-8") as file:
        file.write("花城,440100,0\n")
    load_gazetteer.cache_clear()
    load_wordlist.cache_clear()
    changed = load_gazetteer(tmp_path)
    assert changed.version != same
    assert changed.by_text["花城"].codes == ("440100",)
