"""The evaluation: reading gold, matching, scores, gains and losses."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from cases.extraction.pipeline import extract
from evaluation import documentation
from evaluation.__main__ import main
from evaluation.annotations import Annotation, export_lines
from evaluation.calibration import Reliability, by_confidence, by_rule
from evaluation.gold import GoldError, read_gold
from evaluation.outcomes import MISSED, Outcomes, changes, drops, outcomes_of
from evaluation.run import GOLD, ROOT, SEEDS, evaluate
from evaluation.scoring import match, overlap, pairs_of, related, same_value, score

SHARED = ROOT.parent / "shared"

TEXT = "南京市推行“红管家”。\n　　全市建成网格\n  1.2万个，覆盖80%的小区。别的文章。"
SENTENCES = [(0, 12), (12, 37), (37, 42)]


@pytest.fixture
def folder(tmp_path):
    """A document of three sentences, of which the first two are annotated."""
    (tmp_path / "900_made.txt").write_bytes(TEXT.encode())
    (tmp_path / "sentences").mkdir()
    rows = [f"900-000{n}\t{s}\t{e}\t-" for n, (s, e) in enumerate(SENTENCES)]
    (tmp_path / "sentences" / "900.tsv").write_text("sid\tstart\tend\ttext\n" + "\n".join(rows) + "\n")
    annotate(
        tmp_path,
        {"kind": "covered", "sids": ["900-0000", "900-0001"]},
        {"kind": "region", "sid": "900-0000", "text": "南京市", "n": 0, "code": "320100", "sub": ""},
        figure("1.2万个", 12000, "个"),
        figure("80%", 80, "%"),
        {
            "kind": "practice",
            "title": "“红管家”",
            "sids": ["900-0000"],
            "regions": ["320100"],
            "names": ["红管家"],
            "themes": ["red-property"],
        },
    )
    return tmp_path


def figure(text, value, unit):
    return {
        "kind": "metric",
        "sid": "900-0001",
        "text": text,
        "n": 0,
        "value": value,
        "value_max": None,
        "unit": unit,
        "approx": "exact",
        "masked": False,
        "region": "320100",
        "year": None,
        "type": "observed",
    }


def annotate(folder, *objects):
    lines = (json.dumps(item, ensure_ascii=False) for item in objects)
    (folder / "900.jsonl").write_text("\n".join(lines) + "\n")


def found(kind, text, **fields):
    """A line of an export about the first occurrence of ``text``."""
    start = TEXT.index(text)
    line = {"kind": kind, "source": "900_made.txt", "rule": "r", "confidence": 0.9, **fields}
    if kind == "practice":
        return {**line, "spans": [[start, start + len(text)]]}
    return {**line, "start": start, "end": start + len(text), "text": text}


PLACE = {"code": "320100", "sub": ""}
COUNT = {**figure("", 12000.0, "个"), "kind": "metric"}
SHARE = {**figure("", 80.0, "%"), "kind": "metric"}
PRACTICE = {"title": "“红管家”", "regions": ["320100"], "names": ["红管家"], "themes": ["red-property"]}


def lines(*, place=PLACE, practice=PRACTICE, count=COUNT, share=SHARE):
    def fields(values):
        return {k: v for k, v in values.items() if k not in ("kind", "text", "sid", "n")}

    if place:
        yield found("region", "南京市", **place)
    if count:
        yield found("metric", "1.2万个", **fields(count))
    if share:
        yield found("metric", "80%", **fields(share))
    if practice:
        yield found("practice", "南京市推行“红管家”。", **practice)


def assess(folder, **changed):
    gold = read_gold(folder, folder)
    finds = gold.finds(lines(**changed))
    pairs = pairs_of(gold, finds)
    return outcomes_of(gold, finds, pairs, score(gold, finds, pairs))


# Gold


def test_spans_count_raw_characters(folder):
    gold = read_gold(folder, folder)
    assert [TEXT[slice(*o.span)] for o in gold.objects["metric"]] == ["1.2万个", "80%"]
    assert gold.sentences["900-0001"].text.startswith("全市建成网格1.2万个")


def test_only_covered_sentences_are_scored(folder):
    gold = read_gold(folder, folder)
    outside = found("region", "别的文章", code="320100")
    assert gold.finds([outside])["region"] == []
    assert gold.finds([{**outside, "source": "unknown.txt"}])["region"] == []
    (folder / "900.jsonl").write_text('{"kind": "unrelated", "sids": ["900-0002"]}\n')
    assert len(read_gold(folder, folder).finds([outside])["region"]) == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"900\.jsonl, line 1"),
        ('{"kind":"region","sid":"900-0000","text":"北京","code":"110000"}', r"900\.jsonl, line 1.*北京"),
        ('{"kind":"region","sid":"900-0009","text":"北京","code":"110000"}', r"900\.jsonl, line 1.*900-0009"),
        ('{"kind":"covered","sids":["900-0009"]}', "900-0009"),
    ],
)
def test_bad_gold_is_named(folder, line, message):
    (folder / "900.jsonl").write_text(line + "\n")
    with pytest.raises(GoldError, match=message):
        read_gold(folder, folder)


def test_a_folder_without_annotations_is_an_error(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


# Matching


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [((0, 4), (0, 4), 1.0), ((0, 4), (2, 10), 0.5), ((0, 4), (3, 10), 0.25), ((0, 4), (4, 8), 0.0)],
)
def test_overlap(a, b, expected):
    assert overlap(a, b) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("320000", "320100", True),
        ("320106", "320100", True),
        ("320100", "320200", False),
        ("320106", "320105", False),
        (None, "320100", False),
    ],
)
def test_related(a, b, expected):
    assert related(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(None, None, True), (1, None, False), (0.25, 0.2500000000001, True), (104, 105, False)],
)
def test_same_value(a, b, expected):
    assert same_value(a, b) is expected


def test_the_heaviest_pairs_match_first():
    gold = [Annotation("region", "900", name, {}) for name in "ab"]
    finds = [Annotation("region", "900", name, {}) for name in "cd"]
    weights = {("a", "c"): 0.6, ("a", "d"): 0.9, ("b", "d"): 1.0}
    pairs = match(gold, finds, lambda g, f: weights.get((g.key, f.key), 0))
    assert [(g.key, f.key) for g, f in pairs] == [("b", "d"), ("a", "c")]


@pytest.mark.parametrize(
    ("changed", "kind", "faults", "false"),
    [
        ({}, "metric", ["", ""], 0),
        ({"place": None}, "region", [MISSED], 0),
        ({"place": {"code": "320000"}}, "region", [MISSED], 1),
        ({"place": {"code": "320100001"}}, "region", [""], 0),
        ({"count": {**COUNT, "value": 1.2}}, "metric", [MISSED, ""], 1),
        ({"count": {**COUNT, "unit": "名", "region": None}}, "metric", ["unit region", ""], 0),
        ({"share": {**SHARE, "masked": True, "value": None}}, "metric", ["", MISSED], 1),
        ({"practice": {**PRACTICE, "regions": ["110000"]}}, "practice", [MISSED], 1),
        ({"practice": {**PRACTICE, "regions": ["320106"]}}, "practice", ["regions"], 0),
        ({"practice": {**PRACTICE, "themes": [], "names": []}}, "practice", ["themes names"], 0),
    ],
)
def test_faults(folder, changed, kind, faults, false):
    outcomes = assess(folder, **changed)
    assert list(outcomes.faults[kind].values()) == faults
    assert len(outcomes.false[kind]) == false


# Gains and losses


def test_gains_and_losses_are_told_by_object(folder):
    before = assess(folder, place=None, count={**COUNT, "unit": "名"}, practice={**PRACTICE, "names": []})
    now = assess(folder, share={**SHARE, "value": 8.0}, practice={**PRACTICE, "themes": []})
    told = {("+" if c.gain else "-", c.kind, " ".join(c.what.split())) for c in changes(before, now)}
    assert told == {
        ("+", "region", "now found 900-0000 南京市"),
        ("+", "metric", "now right 900-0001 1.2万个: unit"),
        ("-", "metric", "now missed 900-0001 80%"),
        ("-", "metric", f"new false find 900-0001 80% @{TEXT.index('80%')}"),
        ("+", "practice", "now right 900-0000 “红管家”: names"),
        ("-", "practice", "now wrong 900-0000 “红管家”: themes"),
    }
    assert list(changes(now, now)) == []


def test_a_new_gold_object_is_no_loss(folder):
    now = assess(folder, place=None)
    before = replace(now, faults={kind: {} for kind in now.faults})
    assert list(changes(before, now)) == []


def test_drops_name_the_score(folder):
    before, now = assess(folder), assess(folder, count={**COUNT, "region": "110000"})
    assert drops(now, before) == []
    assert drops(before, now) == ["metric complete_f1 dropped from 1.0000 to 0.5000"]


def test_outcomes_are_written_and_read(folder, tmp_path):
    outcomes = assess(folder, place=None)
    outcomes.write(tmp_path / "scores.json", {"extractor": "1"})
    assert Outcomes.read(tmp_path / "scores.json") == outcomes


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(GOLD)


def test_check_fails_on_a_drop_and_update_mends_it(evaluation, tmp_path, monkeypatch, capsys):
    committed = tmp_path / "scores.json"
    better = json.loads(json.dumps(evaluation.outcomes.scores))
    better["practice"]["f1"] = 1.1
    replace(evaluation.outcomes, scores=better).write(committed, {})
    monkeypatch.setattr("evaluation.__main__.COMMITTED", committed)
    monkeypatch.setattr("evaluation.__main__.ROOT", tmp_path)
    assert main(["--check"]) == 1
    assert "practice f1 dropped from 1.1000" in capsys.readouterr().err
    assert main(["--update"]) == 0
    assert main(["--check"]) == 0
    assert "No object is better or worse" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["region", "metric", "practice"])
def test_detail_lists_what_is_wrong(evaluation, kind, capsys):
    assert main(["--detail", kind]) == 0
    output = capsys.readouterr().out
    missed = sum(fault == MISSED for fault in evaluation.outcomes.faults[kind].values())
    assert output.count("MISSED  {") == missed
    assert output.count("FALSE   {") == len(evaluation.outcomes.false[kind])


@pytest.mark.skipif(not (SHARED / "tools").is_dir(), reason="the reference scorer is not beside the project")
def test_scores_equal_those_of_the_reference_scorer(evaluation, tmp_path):
    gold = {path.name: path.read_bytes() for path in GOLD.glob("*.jsonl")}
    assert gold == {path.name: path.read_bytes() for path in (SHARED / "gold").glob("*.jsonl")}
    export = tmp_path / "export.jsonl"
    finds = [find.fields for kind in evaluation.finds.values() for find in kind]
    export.write_text("".join(json.dumps(fields, ensure_ascii=False) + "\n" for fields in finds))
    command = [
        sys.executable,
        SHARED / "tools" / "score_annotations.py",
        *("--gold", SHARED / "gold", "--seeds", SEEDS, "--json", export),
    ]
    reference = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert evaluation.outcomes.scores == reference


# Calibration


@pytest.mark.parametrize(
    ("right", "confidence", "is_off"),
    [(100, 0.98, False), (100, 0.7, True), (80, 0.95, True), (80, 0.8, False)],
)
def test_a_confidence_is_off_when_outside_the_interval(right, confidence, is_off):
    assert Reliability("region", "r", 100, right, confidence).is_off is is_off


def test_reliability_counts_each_find_once(evaluation):
    for rows in (
        by_rule(evaluation.finds, evaluation.pairs),
        by_confidence(evaluation.finds, evaluation.pairs),
    ):
        for kind, finds in evaluation.finds.items():
            assert sum(row.finds for row in rows if row.kind == kind) == len(finds)
            assert sum(row.right for row in rows if row.kind == kind) == len(evaluation.pairs[kind])


def test_the_tables_of_the_documentation_are_current(evaluation):
    page = documentation.PAGE.read_text(encoding="utf-8")
    assert documentation.with_tables(page, evaluation.finds, evaluation.pairs) == page, (
        "run: python -m evaluation --docs"
    )


def documented_rules():
    """Rule ids in the tables written by hand, above the generated ones."""
    page = documentation.PAGE.read_text(encoding="utf-8").split("<!-- generated", 1)[0]
    return set(re.findall(r"^\| `([a-z.-]+)` \|", page, re.MULTILINE))


def is_documented(rule, documented):
    """Whether a rule is in the tables, or a figure's form and type are (metric.FORM.TYPE)."""
    parts = rule.removeprefix("metric.").split(".")
    halves = ((".".join(parts[:n]), ".".join(parts[n:])) for n in range(1, len(parts)))
    return rule in documented or any(documented.issuperset(pair) for pair in halves)


def test_every_rule_is_explained():
    documented = documented_rules()
    documents = [extract(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]
    rules = {line["rule"] for document in documents for line in export_lines(document)}
    assert rules
    assert {rule for rule in rules if not is_documented(rule, documented)} == set()
    assert not is_documented("metric.count.guessed", documented)


def test_it_runs_as_a_module():
    command = [sys.executable, "-m", "evaluation"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "complete F1" in done.stdout
