"""Gold: documents that people annotated, by tests/gold/GUIDELINES.md.

A gold folder holds ``*.jsonl`` annotations and, in ``sentences/``, a table of
each document's sentences (sid, start, end, text).  Only covered sentences are
scored: those of a file's own ``covered`` object, or else every sentence of the
documents it annotates.
"""

from __future__ import annotations

import csv
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .annotations import KINDS, Annotation

_LINE_BREAK = re.compile(r"\s*\n\s*")
# Beside the annotations: articles and, for reconciliation, variants and lost figures.
_OTHER = re.compile(r"^articles-|-variants|-lost")


class GoldError(Exception):
    """A gold folder that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence in raw offsets.  ``text`` is its readable text; ``offsets`` has the
    raw offset of each of its characters."""

    doc: str
    start: int
    end: int
    text: str
    offsets: tuple[int, ...]


@dataclass(slots=True)
class Gold:
    """``documents`` maps a document's prefix to its file; ``covered`` its scored
    sentences as sorted (start, end, sid); ``objects`` the annotations by kind."""

    documents: dict[str, Path]
    sentences: dict[str, GoldSentence]
    covered: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    objects: dict[str, list[Annotation]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def sids_of(self, doc: str, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
        """Covered sentences that the raw spans touch."""
        covered, found = self.covered.get(doc, []), set()
        for start, end in spans:
            at = bisect_left(covered, start, key=lambda sentence: sentence[1] - 1)
            while at < len(covered) and covered[at][0] < end:
                found.add(covered[at][2])
                at += 1
        return frozenset(found)

    def finds(self, lines: Iterable[dict[str, Any]]) -> dict[str, list[Annotation]]:
        """Objects of an annotation export that lie in covered sentences, by kind."""
        docs = {path.name: doc for doc, path in self.documents.items()}
        found: dict[str, list[Annotation]] = {kind: [] for kind in KINDS}
        for line in lines:
            doc, kind = docs.get(Path(line.get("source", "")).name), line["kind"]
            if doc not in self.covered or kind not in found:
                continue
            spans = line["spans"] if kind == "practice" else [(line["start"], line["end"])]
            sids = self.sids_of(doc, spans)
            if sids:
                key = (
                    f"{min(sids)} {line.get('title') if kind == 'practice' else line['text']} @{spans[0][0]}"
                )
                found[kind].append(Annotation(kind, doc, key, line, tuple(spans[0]), sids))
        return found


def read_gold(folder: Path, documents: Path, sentences: Path | None = None) -> Gold:
    """The gold of ``folder`` about the files of the folder ``documents``.

    ``sentences`` is the folder of sentence tables, by default the one in
    ``folder``.  A document's file is the one whose name begins with the prefix
    of its sentences (``003-0512``).  Raises GoldError.
    """
    files = {path.name[:3]: path for path in sorted(documents.glob("*.txt"))}
    gold = Gold(files, dict(_sentences(sentences or folder / "sentences", files)))
    annotations = [path for path in sorted(folder.glob("*.jsonl")) if not _OTHER.search(path.name)]
    if not annotations:
        raise GoldError(f"{folder}: no annotations (*.jsonl) in this folder")
    covered: set[str] = set()
    for path in annotations:
        lines = list(_lines(path))
        covered |= _covered(lines, gold)
        for number, line in lines:
            if line["kind"] in KINDS:
                try:
                    gold.objects[line["kind"]].append(_annotation(line, gold))
                except (KeyError, ValueError, IndexError) as error:
                    raise GoldError(f"{path}, line {number}: {error!r} in {line}") from error
    for sid in covered:
        if sid not in gold.sentences:
            raise GoldError(f"{folder}: covered sentence {sid} is in no table of sentences")
        sentence = gold.sentences[sid]
        gold.covered.setdefault(sentence.doc, []).append((sentence.start, sentence.end, sid))
    for spans in gold.covered.values():
        spans.sort()
    return gold


def _sentences(folder: Path, files: dict[str, Path]) -> Iterator[tuple[str, GoldSentence]]:
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        texts: dict[str, str] = {}
        for row in rows:
            doc = row["sid"][:3]
            if doc not in files:
                raise GoldError(f"{path}: no document begins with {doc}")
            if doc not in texts:
                texts[doc] = files[doc].read_bytes().decode("utf-8")
            start, end = int(row["start"]), int(row["end"])
            text, offsets = _readable(texts[doc][start:end])
            yield row["sid"], GoldSentence(doc, start, end, text, tuple(start + n for n in offsets))


def _readable(raw: str) -> tuple[str, list[int]]:
    """A sentence without its line breaks, and the place of each character in ``raw``."""
    broken = {n for found in _LINE_BREAK.finditer(raw) for n in range(*found.span())}
    kept = [n for n in range(len(raw)) if n not in broken]
    while kept and raw[kept[0]].isspace():
        kept.pop(0)
    while kept and raw[kept[-1]].isspace():
        kept.pop()
    return "".join({"\r": "", "\t": " "}.get(raw[n], raw[n]) for n in kept), kept


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise GoldError(f"{path}, line {number}: {error}") from error


def _covered(lines: list[tuple[int, dict[str, Any]]], gold: Gold) -> set[str]:
    stated = [sid for _n, line in lines if line["kind"] == "covered" for sid in line["sids"]]
    if stated:
        return set(stated)
    docs = {sid[:3] for _n, line in lines for sid in line.get("sids", [line.get("sid", "")])}
    return {sid for sid in gold.sentences if sid[:3] in docs}


def _annotation(line: dict[str, Any], gold: Gold) -> Annotation:
    if line["kind"] == "practice":
        sids = line["sids"]
        return Annotation("practice", sids[0][:3], f"{sids[0]} {line['title']}", line, sids=frozenset(sids))
    sentence = gold.sentences[line["sid"]]
    at = -1
    for _n in range(line.get("n", 0) + 1):
        at = sentence.text.index(line["text"], at + 1)
    span = sentence.offsets[at], sentence.offsets[at + len(line["text"]) - 1] + 1
    key = f"{line['sid']} {line['text']}" + (f" #{line['n']}" if line.get("n") else "")
    return Annotation(line["kind"], sentence.doc, key, line, span, frozenset((line["sid"],)))
