"""The benchmarks: the made corpus, the measuring and the tables."""

import re
import sys

import pytest

from benchmarks import databases, extraction, loading
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.corpus import articles, make_document, write_corpus
from benchmarks.measuring import ProgramFailed, in_turns, ratio, run_python
from benchmarks.table import Table
from cases.extraction.document import ArticleKind
from cases.extraction.pipeline import extract

# Corpus


def test_a_document_is_the_same_however_many_are_made(tmp_path):
    paths = write_corpus(tmp_path, 3)
    assert [path.read_text(encoding="utf-8") for path in paths] == [make_document(n) for n in range(3)]
    assert len({make_document(n) for n in range(30)}) == 30


def test_made_documents_are_as_long_as_reports():
    lengths = sorted(len(make_document(n)) for n in range(100))
    assert 3_000 < lengths[50] < 7_000
    assert 2_000 < lengths[0] < lengths[-1] < 12_000


def test_made_documents_hold_other_places_and_figures():
    def found(text):
        document = extract("made.txt", text.encode())
        return [(m.code, m.quote) for m in document.mentions], [m.quote for m in document.metrics]

    original = "\n".join(
        "　　" + "".join(sentence.text for sentence in paragraph)
        for article in articles()
        for paragraph in article.paragraphs
    )
    known_places, known_figures = map(set, found(original))
    places, figures = [], []
    for number in range(20):
        more_places, more_figures = found(make_document(number))
        places += more_places
        figures += more_figures
    assert len(places) > 200
    assert len(figures) > 200
    assert sum(place in known_places for place in places) < 0.5 * len(places)
    assert sum(figure in known_figures for figure in figures) < 0.6 * len(figures)


def test_made_documents_read_as_one_article():
    for number in range(5):
        document = extract("made.txt", make_document(number).encode())
        assert [article.kind for article in document.articles] == [ArticleKind.ARTICLE]
        assert document.practices


def test_digits_are_replaced_one_for_one():
    digits = [re.sub("[0-9]", "0", text) for text in (make_document(0), make_document(0))]
    assert digits[0] == digits[1]
    assert not re.search("(?<![0-9.])0[0-9]", make_document(3))


# Measuring


def test_functions_take_turns_after_a_warm_up():
    calls = []
    times = in_turns({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 2)
    assert calls == list("ababab")
    assert [len(seconds) for seconds in times.values()] == [2, 2]


def test_ratio_is_the_median_of_the_ratios():
    assert ratio([1, 2, 90], [1, 1, 1]) == 2


def test_a_program_is_measured_by_itself():
    big = bytearray(b"x" * 300_000_000)  # this process is large: that must not be counted
    done = run_python("-c", "print(sum(range(3_000_000)))")
    assert len(big) == 300_000_000
    assert done.output.strip() == "4499998500000"
    assert 5 < done.peak_mb < 100
    assert 0 < done.cpu_seconds < done.seconds + 1


def test_a_program_that_fails_tells_why():
    with pytest.raises(ProgramFailed, match="no such thing"):
        run_python("-c", "raise SystemExit('no such thing')")


# Tables


def test_columns_are_aligned_with_han_characters_two_wide():
    table = Table("Title", ("name", "s"), notes=["note"])
    table.add("南京", 1)
    table.add("a", "10.5")
    assert str(table).splitlines() == [
        "Title",
        "----------",
        "name     s",
        "----------",
        "南京     1",
        "a     10.5",
        "  note",
    ]


def test_a_table_without_columns_is_its_title():
    assert str(Table("Nothing to show", ())).splitlines()[0] == "Nothing to show"


# The benchmarks themselves


def test_stages_add_up_and_are_put_back():
    documents = extraction.seeds()[:1]
    before = [getattr(extraction.pipeline, stage) for stage in extraction.STAGES]
    spent, total = extraction.time_stages(documents)
    assert set(spent) == set(extraction.STAGES)
    assert 0 < sum(spent.values()) <= total
    assert [getattr(extraction.pipeline, stage) for stage in extraction.STAGES] == before


def test_a_load_is_measured(tmp_path):
    files = write_corpus(tmp_path, 3)
    done = loading.load(databases.sqlite, files)
    assert done.documents == 2
    assert done.rows > 100
    assert 0 < done.document_seconds < done.seconds
    assert done.peak_mb > 30


def test_names_choose_benchmarks(monkeypatch, capsys):
    def fail():
        raise ProgramFailed("load_seeds ended with 1")
        yield

    monkeypatch.setitem(BENCHMARKS, "extraction", lambda: iter([Table("Extraction", ("a",))]))
    monkeypatch.setitem(BENCHMARKS, "loading", fail)
    assert main(["extraction"]) == 0
    assert "Extraction\n" in capsys.readouterr().out
    assert main([]) == 1
    assert "load_seeds ended with 1" in capsys.readouterr().err


def test_an_unknown_name_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as error:
        main(["speed"])
    assert error.value.code == 2
    assert "there are: extraction, loading" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="measures with Linux's wait4")
def test_the_watcher_is_small():
    assert run_python("-c", "pass").peak_mb < 60
