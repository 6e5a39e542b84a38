"""Ten thousand damaged documents: never an exception, never a span that lies."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases.extraction.decode import DocumentError
from cases.extraction.document import ExtractedDocument
from cases.extraction.pipeline import extract

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ODD = (
    "“”‘’（）《》【】*＊%％0123456789一二三、，。；：！？…—\u3000 \t\r\n\x00\x07\u200b\ufeff"
    "万亿成倍省市区县街道社区𠮷é😀"
)
BATCHES = 20
PER_BATCH = 500


def fragment(chance: random.Random, texts: list[str]) -> str:
    text = chance.choice(texts)
    length = chance.randint(40, 420)
    start = chance.randrange(max(1, len(text) - length))
    return text[start : start + length]


def damage(chance: random.Random, text: str) -> str:
    chars = list(text)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(chars) + 1)
        far = min(len(chars), at + chance.randint(1, 30))
        match chance.randrange(6):
            case 0:
                del chars[at:far]
            case 1:
                chars[at:at] = chars[at:far]
            case 2:
                other = chance.randrange(len(chars) + 1)
                chars[at:far], chars[other:other] = [], chars[at:far]
            case 3:
                chars[at:at] = chance.choices(ODD, k=chance.randint(1, 8))
            case 4:
                chars[at:at] = "“" * chance.randint(1, 6)
                chars[far:far] = "”" * chance.randint(1, 6)
            case _:
                chars[at:at] = chance.choice(ODD) * chance.randint(20, 200)
    return "".join(chars)


def check(doc: ExtractedDocument) -> None:
    text = doc.text
    for find in (*doc.mentions, *doc.metrics):
        assert 0 <= find.start < find.end <= len(text)
        assert text[find.start : find.end] == find.quote
        assert 0 <= find.passage < len(doc.passages)
        assert 0 < find.confidence <= 1
    for metric in doc.metrics:
        assert metric.masked == (metric.value is None)
        assert metric.value_max is None or metric.value_max >= metric.value
        assert metric.practice is None or 0 <= metric.practice < len(doc.practices)
    for practice in doc.practices:
        assert practice.title.strip()
        assert practice.spans
        assert all(0 <= span.start < span.end <= len(text) for span in practice.spans)
    ends = [0, *(passage.end for passage in doc.passages)]
    assert all(end <= passage.start < passage.end for end, passage in zip(ends, doc.passages, strict=False))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_damaged_documents(batch: int) -> None:
    chance = random.Random(batch)
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    read = 0
    for _ in range(PER_BATCH):
        raw = damage(chance, fragment(chance, texts)).encode()
        try:
            doc = extract("damaged.txt", raw)
        except DocumentError:
            continue  # emptied, or binary by now: refused with a reason
        check(doc)
        read += 1
    assert read > PER_BATCH // 4
