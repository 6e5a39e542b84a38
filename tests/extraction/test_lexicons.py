"""The lexicons hold general words: what only one sentence of the seeds has must have a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases.extraction.decode import decode
from cases.extraction.lexicon import general_quotes, lexicon_version, practice_lexicon, theme_lexicon
from cases.extraction.segment import segment

ROOT = Path(__file__).parents[2]
REASONS = json.loads((Path(__file__).parent / "rare_terms.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        doc = segment(decode(path.name, path.read_bytes()).text)
        found |= {doc.clean.text[s.start : s.end] for s in doc.sentences}
    return found


LEXICONS = {
    "themes.json": theme_lexicon().terms,
    "practice.json": sorted({*practice_lexicon().terms, *general_quotes()}),
}


@pytest.mark.parametrize("name", LEXICONS)
def test_a_term_of_one_sentence_has_a_reason(name: str, sentences: set[str]) -> None:
    once = {term for term in LEXICONS[name] if sum(term in sentence for sentence in sentences) == 1}
    reasoned = {term for terms in REASONS[name].values() for term in terms}
    assert once - reasoned == set(), "give a reason in rare_terms.json, or take the term out"
    assert reasoned <= set(LEXICONS[name]), "a reason for a term that is gone"


@pytest.mark.parametrize("name", LEXICONS)
def test_no_term_is_as_long_as_a_phrase_of_one_text(name: str) -> None:
    assert [term for term in LEXICONS[name] if len(term) > 12] == []


def test_the_version_tells_the_lexicons() -> None:
    assert len(lexicon_version()) == 12
