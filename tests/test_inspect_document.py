"""inspect_document: what is found in a document, without a database (none is allowed here)."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from docx import Document

from cases.extraction.errors import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
TITLE = "深化党建引领城市基层治理"
SENTENCES = (
    "南京市鼓楼区推行“红管家”机制，建立红色物业联盟。",
    "全区120余个小区成立业主委员会。",
)


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("\n".join((TITLE, *("　　" + sentence for sentence in SENTENCES))), encoding="utf-8")
    return path


def inspect(path, *options):
    output = StringIO()
    call_command("inspect_document", str(path), *options, stdout=output)
    return output.getvalue()


@pytest.mark.usefixtures("english")
def test_each_find_stands_below_its_sentence_with_rule_and_confidence(document):
    lines = inspect(document).splitlines()
    first, second = (next(n for n, line in enumerate(lines) if sentence in line) for sentence in SENTENCES)
    of_first = " ".join(lines[first + 1 : second])
    assert "place  南京市鼓楼区 → 江苏省南京市鼓楼区 (320106)  place." in of_first
    assert "“红管家”" in of_first
    assert "practice.sentence 0." in of_first
    assert any("120余个 → over 120 个; observed" in line and "metric." in line for line in lines[second:])


@pytest.mark.usefixtures("english")
def test_the_head_tells_of_the_document(document):
    head = inspect(document).split("[1]")[0]
    assert head.startswith("report.txt\n")
    assert f"title: {TITLE}" in head
    assert "format: txt, utf-8; " in head
    assert "figures: 1" in head
    assert "gazetteer " in head


@pytest.mark.usefixtures("english")
def test_a_figure_tells_when_it_holds(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(f"{TITLE}\n　　2021年上半年，南京市建成小区党支部120个。\n", encoding="utf-8")
    assert "2021-01-01 – 2021-06-30" in inspect(path)


@pytest.mark.usefixtures("english")
def test_a_practice_of_a_case_tells_its_other_parts(tmp_path):
    path = tmp_path / "case.txt"
    lines = (
        "南京市鼓楼区“红管家”案例",
        "一、背景与起因",
        "　　鼓楼区老旧小区多，居民反映强烈。",
        "二、做法与经过",
        "　　鼓楼区建立“红管家”机制，组建红色物业联盟，把党支部建在小区，定期召开联席会议。",
        "三、成效与反响",
        "　　居民满意度明显提高。",
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    shown = inspect(path)
    assert re.search(r"practice  P1 .*“红管家”.*; background: 2; results: 6  practice\.", shown)


def test_json_is_the_extracted_document(document):
    shown = json.loads(inspect(document, "--json"))
    [metric] = shown["metrics"]
    assert (metric["value"], metric["unit"], metric["qualifier"]) == ("120", "个", "over")
    assert shown["text"][metric["start"] : metric["end"]] == metric["quote"] == "120余个"
    assert {mention["code"] for mention in shown["mentions"]} == {"320106"}
    assert [passage["kind"] for passage in shown["passages"]] == ["heading", "sentence", "sentence"]


@pytest.mark.usefixtures("english")
def test_colour_only_where_it_is_wanted(document):
    plain, coloured = inspect(document), inspect(document, "--force-color")
    assert "\x1b" not in plain
    assert "\x1b[32;4m南京市鼓楼区\x1b[0m" in coloured
    assert "\x1b" not in inspect(document, "--no-color")


def test_control_characters_do_not_reach_the_terminal(document):
    document.write_text(f"{TITLE}\n　　{SENTENCES[0]}\x1b[2J\x9b31m\u202e\n", encoding="utf-8")
    shown = inspect(document)
    assert SENTENCES[0] in shown
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)


def test_a_word_file_shows_the_same_finds(document, tmp_path):
    word = Document()
    for line in (TITLE, *SENTENCES):
        word.add_paragraph(line)
    word.save(tmp_path / "report.docx")
    of_text, of_word = (json.loads(inspect(path, "--json")) for path in (document, tmp_path / "report.docx"))
    for kind in ("mentions", "metrics"):
        assert [find["quote"] for find in of_text[kind]] == [find["quote"] for find in of_word[kind]]
    assert [p["title"] for p in of_text["practices"]] == [p["title"] for p in of_word["practices"]]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "The file is empty."),
        ("noise.txt", b"\x00\x01\x02\xff\xfe\x07" * 40, "The file is not text"),
        ("missing.txt", None, "There is no such file"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "not supported"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with translation.override("en"), pytest.raises(CommandError) as error:
        inspect(path)
    assert str(path) in str(error.value)
    assert message in str(error.value)
    assert error.value.returncode == 1


def test_the_reason_is_in_the_language_of_the_user(tmp_path):
    (tmp_path / "empty.txt").touch()
    with translation.override("zh-hans"):
        reason = translation.gettext(MESSAGES["empty"])
        with pytest.raises(CommandError) as error:
            inspect(tmp_path / "empty.txt")
    assert str(error.value) == f"{tmp_path / 'empty.txt'}: {reason}"


def run(*arguments, **options):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    command = [sys.executable, "manage.py", "inspect_document", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, **options)


def test_exit_codes(document, tmp_path):
    assert run(document).returncode == 0
    failed = run(tmp_path / "missing.txt")
    assert failed.returncode == 1
    assert b"Traceback" not in failed.stderr


def test_a_reader_that_stops_early_causes_no_error():
    seed = next((ROOT / "seeds").glob("003*"))
    pipe = f"{sys.executable} manage.py inspect_document {seed} | head -n 1"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", pipe], cwd=ROOT, env=environment, capture_output=True
    )
    assert done.returncode == 0
    assert done.stdout.decode().strip() == seed.name
    assert done.stderr == b""


@pytest.mark.parametrize("seed", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_seed_is_shown_whole(seed):
    shown = json.loads(inspect(seed, "--json"))
    told = inspect(seed)
    for passage in shown["passages"]:
        assert passage["text"].strip()[:12] in told.replace("# ", "")
    for rule in {find["rule"] for kind in ("mentions", "metrics", "practices") for find in shown[kind]}:
        assert rule in told
