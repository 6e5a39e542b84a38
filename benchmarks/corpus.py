"""Made documents for measuring: recombined articles with other places and figures.

The parts come from the annotated documents of tests/gold, so a change of the
extraction does not change the corpus.  Each document is one report: paragraphs
of one annotated article, some left out and some of other articles put between,
each place replaced by another of its level and each figure by one of its
length.  Document ``n`` is always the same, however many are made.

    python -m benchmarks.corpus COUNT FOLDER
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from evaluation.gold import Gold, GoldSentence, read_gold
from evaluation.run import GOLD, SEEDS
from regions.gazetteer import Place, load_gazetteer

SEED = 20210701
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_INDENT = "\u3000\u3000"
_KEPT = 0.8  # share of the article's own paragraphs
_LENGTHS = (2_500, 7_500)  # characters to which paragraphs of other articles fill a document up


@dataclass(frozen=True, slots=True)
class Slot:
    """A place or a figure in a sentence: half-open offsets into its text."""

    start: int
    end: int
    code: str | None  # of a place; None for a figure


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    slots: tuple[Slot, ...]


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    paragraphs: tuple[Paragraph, ...]


def write_corpus(folder: Path, count: int) -> list[Path]:
    """Write documents 0 to ``count`` - 1 into ``folder``; their files, in order."""
    paths = []
    for number in range(count):
        path = folder / f"made-{number:06}.txt"
        path.write_text(make_document(number), encoding="utf-8")
        paths.append(path)
    return paths


def make_document(number: int) -> str:
    """The text of document ``number``: mostly 2,500 to 7,500 characters, never much less."""
    random = Random(f"{SEED}-{number}")
    article = random.choice(articles())
    paragraphs = [paragraph for paragraph in article.paragraphs if random.random() < _KEPT]
    others = [paragraph for other in articles() if other is not article for paragraph in other.paragraphs]
    random.shuffle(others)
    missing = random.randint(*_LENGTHS) - sum(map(_length, paragraphs))
    while missing > 0 and others:
        guest = others.pop()
        paragraphs.insert(random.randint(0, len(paragraphs)), guest)
        missing -= _length(guest)
    writer = _Writer(random)
    title = f"{article.title}（{number + 1}）"
    return "\n".join([title, *(_INDENT + writer.paragraph(paragraph) for paragraph in paragraphs)]) + "\n"


def _length(paragraph: Paragraph) -> int:
    return sum(len(sentence.text) for sentence in paragraph)


class _Writer:
    """Replaces places and figures; within a document a place always becomes the same other one."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._places: dict[str, Place] = {}

    def paragraph(self, sentences: Paragraph) -> str:
        return "".join(map(self._sentence, sentences))

    def _sentence(self, sentence: Sentence) -> str:
        parts, at = [], 0
        for slot in sentence.slots:
            old = sentence.text[slot.start : slot.end]
            new = self._figure(old) if slot.code is None else self._place(old, slot.code)
            parts += [sentence.text[at : slot.start], new]
            at = slot.end
        return "".join([*parts, sentence.text[at:]])

    def _figure(self, old: str) -> str:
        """As many digits, the first of a number never 0; masks and words stay."""
        return "".join(
            self._random.choice("0123456789" if n and old[n - 1].isdigit() else "123456789")
            if "0" <= char <= "9"
            else char
            for n, char in enumerate(old)
        )

    def _place(self, old: str, code: str) -> str:
        places = load_gazetteer().places
        was = places.get(code)
        if was is None or was.short_name not in old:
            return old  # a street, a nickname, a masked name
        if code not in self._places:
            self._places[code] = self._random.choice(_by_level()[was.level])
        new = self._places[code]
        name = new.name if was.name in old else new.short_name
        if old.startswith((was.name, was.short_name)) or new.parent not in places:
            return name
        return places[new.parent].short_name + name


@cache
def _by_level() -> dict[str, list[Place]]:
    levels: dict[str, list[Place]] = {}
    for place in load_gazetteer().places.values():
        if place.current:
            levels.setdefault(place.level, []).append(place)
    return levels


@cache
def articles() -> tuple[Article, ...]:
    """The annotated articles; a document without a list of articles is one."""
    gold = read_gold(GOLD, SEEDS)
    slots = _slots(gold)
    found = []
    for doc, first, last, title in _extents(gold):
        sids = [sid for sid in gold.sentences if sid.startswith(doc) and first <= sid <= last]
        heading, *paragraphs = _paragraphs(gold, sids, slots)
        if title and title.replace(" ", "") not in heading[0].text.replace(" ", ""):
            paragraphs.insert(0, heading)
        found.append(Article(title or heading[0].text, tuple(paragraphs)))
    return tuple(found)


def _extents(gold: Gold) -> Iterator[tuple[str, str, str, str]]:
    """Document, first and last sentence and title of each article."""
    listed = {path.name.split("-")[1]: path for path in sorted(GOLD.glob("articles-*.jsonl"))}
    for doc, covered in sorted(gold.covered.items()):
        if doc in listed:
            for line in listed[doc].read_text(encoding="utf-8").splitlines():
                article = json.loads(line)
                yield doc, article["first_sid"], article["last_sid"], article["title"]
        else:
            yield doc, covered[0][2], covered[-1][2], ""


def _slots(gold: Gold) -> dict[str, list[Slot]]:
    slots: dict[str, list[Slot]] = {}
    for annotation in (*gold.objects["region"], *gold.objects["metric"]):
        [sid] = annotation.sids
        offsets = gold.sentences[sid].offsets
        start, end = offsets.index(annotation.span[0]), offsets.index(annotation.span[1] - 1) + 1
        slots.setdefault(sid, []).append(Slot(start, end, annotation.fields.get("code")))
    return {sid: _disjoint(sorted(members, key=lambda slot: slot.start)) for sid, members in slots.items()}


def _disjoint(slots: Sequence[Slot]) -> list[Slot]:
    kept: list[Slot] = []
    for slot in slots:
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return kept


def _paragraphs(gold: Gold, sids: Sequence[str], slots: dict[str, list[Slot]]) -> Iterator[Paragraph]:
    paragraph: list[Sentence] = []
    before: GoldSentence | None = None
    for sid in sids:
        sentence = gold.sentences[sid]
        if paragraph and before is not None and _is_apart(gold, before, sentence):
            yield tuple(paragraph)
            paragraph = []
        if sentence.text:
            paragraph.append(Sentence(sentence.text, tuple(slots.get(sid, ()))))
        before = sentence
    if paragraph:
        yield tuple(paragraph)


def _is_apart(gold: Gold, before: GoldSentence, after: GoldSentence) -> bool:
    """Whether a paragraph ends between two sentences: an indent, or a line that ends or
    begins as headings do; other line breaks are those of pages."""
    gap = _text(gold.documents[before.doc])[before.end : after.start]
    heads = before.text[-1:] not in "。！？；：，" or _NUMBERED.match(after.text)
    return "\u3000" in gap or ("\n" in gap and bool(heads))


@cache
def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    write_corpus(Path(sys.argv[2]), int(sys.argv[1]))
