"""Places in invented sentences, tricky by class; see region_cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.extraction.clean import CleanText
from cases.extraction.document import (
    Article,
    ArticleKind,
    LinkOutcome,
    PassageKind,
    SegmentedDocument,
    Sentence,
)
from cases.extraction.find_regions import RegionFinds, find_regions
from cases.extraction.segment import segment
from regions.gazetteer import Gazetteer, Place, Trust, load_gazetteer

from .region_cases import CASES, CONTEXTS, REPORTS


def found_in(text: str) -> RegionFinds:
    return find_regions(segment(text), load_gazetteer())


def found_in_lines(lines: list[str], kinds: dict[int, PassageKind] | None = None) -> RegionFinds:
    """One article whose sentences are ``lines``, all of them sentences unless ``kinds`` says otherwise."""
    sentences, at = [], 0
    for i, line in enumerate(lines):
        kind = (kinds or {}).get(i, PassageKind.SENTENCE)
        sentences.append(Sentence(i, 0, i, kind, at, at + len(line)))
        at += len(line) + 1
    article = Article(0, ArticleKind.ARTICLE, "", "", "", None, 0, at)
    clean = CleanText("\n".join(lines), (0,), (0,))
    return find_regions(SegmentedDocument(clean, (article,), tuple(sentences), ()), load_gazetteer())


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_mentions(text, expected):
    assert [(m.quote, m.code, m.sub) for m in found_in(text).mentions] == expected


@pytest.mark.parametrize(("text", "expected"), CONTEXTS, ids=[text[:30] for text, _ in CONTEXTS])
def test_mentions_in_context(text, expected):
    assert [(m.quote, m.code, m.sub) for m in found_in(text).mentions] == expected


@pytest.mark.parametrize(("text", "expected"), REPORTS, ids=[text[:30] for text, _ in REPORTS])
def test_the_place_an_article_is_about(text, expected):
    assert found_in(text).article_regions[-1] == expected


def test_there_are_enough_tricky_cases():
    assert len({text for text, _ in CASES}) >= 150


@pytest.mark.parametrize("text", [text for text, _ in CASES + CONTEXTS])
def test_a_mention_is_its_quote_and_lies_in_its_sentence(text):
    doc = segment(text)
    for mention in find_regions(doc, load_gazetteer()).mentions:
        sentence = doc.sentences[mention.passage]
        assert doc.clean.text[mention.start : mention.end] == mention.quote != ""
        assert sentence.start <= mention.start < mention.end <= sentence.end
        assert 0 < mention.confidence <= 1
        assert mention.rule.startswith("place.")


def test_an_ambiguous_place_keeps_its_candidates():
    (mention,) = found_in_lines(["鼓楼区召开会议。"]).mentions
    assert mention.outcome is LinkOutcome.AMBIGUOUS
    assert mention.code is None
    assert set(mention.candidates) == {"320106", "320302", "350102", "410204"}


def test_a_masked_authority_has_no_code_but_stays():
    (mention,) = found_in_lines(["*省委出台意见。"]).mentions
    assert (mention.quote, mention.outcome, mention.code) == ("*省", LinkOutcome.UNLINKED, None)


def test_a_masked_authority_is_the_articles_place():
    lines = ["近年来，青岛市委压实责任。", "*市运行专班每日调度。"]
    assert [(m.quote, m.code) for m in found_in_lines(lines).mentions] == [
        ("青岛市", "370200"),
        ("*市", "370200"),
    ]


@pytest.mark.parametrize("kind", [PassageKind.CONTENTS, PassageKind.FURNITURE, PassageKind.BYLINE])
def test_lines_outside_the_text_yield_nothing(kind):
    assert found_in_lines(["上海市委的做法", "基础不牢，地动山摇。"], {0: kind}).mentions == ()


def test_headings_yield_mentions():
    assert [m.code for m in found_in_lines(["上海市委的做法"], {0: PassageKind.HEADING}).mentions] == [
        "310000"
    ]


def _counties(gazetteer: Gazetteer) -> list[Place]:
    return [p for p in gazetteer.places.values() if p.level == "county" and p.current]


def test_every_county_is_found_behind_its_ancestors():
    gazetteer = load_gazetteer()
    counties = _counties(gazetteer)
    chains = ["".join(gazetteer.places[code].name for code in place.path) for place in counties]
    mentions = found_in_lines([f"{chain}建立了社区清单。" for chain in chains]).mentions
    assert [(m.quote, m.code) for m in mentions] == [
        (c, p.code) for c, p in zip(chains, counties, strict=True)
    ]


def test_every_prefecture_is_found_behind_its_province():
    gazetteer = load_gazetteer()
    places = [p for p in gazetteer.places.values() if p.level == "prefecture" and p.current]
    chains = [gazetteer.places[p.parent].short_name + p.short_name for p in places]
    mentions = found_in_lines([f"{chain}把社区建强。" for chain in chains]).mentions
    assert [(m.quote, m.code) for m in mentions] == [(c, p.code) for c, p in zip(chains, places, strict=True)]


def test_no_place_is_found_in_plain_words():
    gazetteer = load_gazetteer()
    names = {form.text for form in gazetteer.forms if form.trust in (Trust.PLAIN, Trust.NAME)}
    words = [
        w for w, kind in gazetteer.words.kind.items() if len(w) > 1 and kind[:1] in "vad" and w not in names
    ]
    mentions = found_in_lines([f"要{word}，也要{word}的办法。" for word in words]).mentions
    assert len(words) > 10_000
    assert [m.quote for m in mentions] == []


_PIECES = st.one_of(
    st.sampled_from([form.text for form in load_gazetteer().forms[:8000]]),
    st.sampled_from("“”《》、，。*（） \n\u3000\x00省市区县委"),
    st.sampled_from(["街道", "社区", "等地", "援沪", "*省委"]),
    st.text(max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_gives_ordered_mentions_in_their_sentences(text):
    doc = segment(text)
    found = find_regions(doc, load_gazetteer())
    assert len(found.article_regions) == len(doc.articles)
    end = 0
    for mention in found.mentions:
        sentence = doc.sentences[mention.passage]
        assert end <= mention.start < mention.end
        assert sentence.start <= mention.start and mention.end <= sentence.end
        assert (mention.outcome is LinkOutcome.LINKED) == (mention.code is not None)
        assert (mention.outcome is LinkOutcome.AMBIGUOUS) == bool(mention.candidates)
        end = mention.end
