"""What was found in a document as lines for a terminal, in colour if wanted."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.termcolors import make_style
from django.utils.translation import gettext as _

from cases.extraction.document import (
    Article,
    ExtractedDocument,
    LinkOutcome,
    MetricFind,
    Passage,
    PassageKind,
    Period,
    PracticeFind,
    RegionMention,
)
from cases.models.source import ARTICLE_KINDS, DEFECTS, PASSAGE_KINDS
from cases.themes import FIXTURE as THEMES
from measures.figures import in_words
from measures.models import Metric
from regions.gazetteer import load_gazetteer

_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BODY = (PassageKind.SENTENCE, PassageKind.HEADING)

Paint = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Palette:
    """How each kind of find is shown; underlining and weight tell them apart without colour."""

    place: Paint
    figure: Paint
    practice: Paint
    title: Paint
    quiet: Paint


PLAIN = Palette(str, str, str, str, str)
COLOURED = Palette(
    place=make_style(fg="green", opts=("underscore",)),
    figure=make_style(fg="yellow", opts=("bold",)),
    practice=make_style(fg="cyan"),
    title=make_style(opts=("bold",)),
    quiet=lambda text: f"\x1b[2m{text}\x1b[0m",
)


def inspection(document: ExtractedDocument, palette: Palette = PLAIN) -> Iterator[str]:
    """Lines about the document, then about each article, sentence by sentence."""
    return _Inspection(document, palette).lines()


class _Inspection:
    def __init__(self, document: ExtractedDocument, palette: Palette) -> None:
        self.document, self.palette = document, palette
        self.places = load_gazetteer().places
        self.themes = {row["slug"]: row["name"] for row in json.loads(THEMES.read_text(encoding="utf-8"))}
        self.mentions: dict[int, list[RegionMention]] = defaultdict(list)
        self.metrics: dict[int, list[MetricFind]] = defaultdict(list)
        self.practices: dict[int, list[int]] = defaultdict(list)
        for mention in document.mentions:
            self.mentions[mention.passage].append(mention)
        for metric in document.metrics:
            self.metrics[metric.passage].append(metric)
        for number, practice in enumerate(document.practices):
            for passage in practice.passages:
                self.practices[passage].append(number)

    def lines(self) -> Iterator[str]:
        yield from self._head()
        passages: dict[int, list[Passage]] = defaultdict(list)
        for passage in self.document.passages:
            passages[passage.article].append(passage)
        for article in self.document.articles:
            yield ""
            yield from self._article(article)
            for passage in passages[article.index]:
                yield from self._passage(passage)

    def _head(self) -> Iterator[str]:
        document = self.document
        yield self.palette.title(_printable(document.name))
        form = ", ".join(filter(None, (document.format, document.encoding)))
        linked = sum(mention.outcome is LinkOutcome.LINKED for mention in document.mentions)
        facts = {
            _("title"): document.title,
            _("publisher"): document.publisher,
            _("published"): document.published,
            _("format"): form + "; " + _("%(count)d characters") % {"count": len(document.text)},
            _("defects"): "、".join(str(DEFECTS.get(defect.value, defect)) for defect in document.defects),
            _("warnings"): " ".join(str(_(warning)) for warning in document.warnings),
            _("places"): _("%(linked)d linked, %(open)d ambiguous")
            % {"linked": linked, "open": len(document.mentions) - linked},
            _("figures"): len(document.metrics),
            _("practices"): len(document.practices),
            _("version"): ", ".join(f"{part} {version}" for part, version in document.versions.items()),
        }
        for name, value in facts.items():
            yield f"  {name}: {'—' if value in (None, '') else _printable(str(value))}"

    def _article(self, article: Article) -> Iterator[str]:
        kind = dict(ARTICLE_KINDS).get(article.kind.value, article.kind.value)
        title = " — ".join(filter(None, (article.title, article.subtitle)))
        yield self.palette.title(f"[{article.index + 1}] {_printable(title) or '—'}")
        place = self._place_name(article.region) if article.region else "—"
        facts = [str(kind), _("place") + ": " + place]
        facts += [_printable(article.byline)] if article.byline else []
        facts += [str(article.published)] if article.published else []
        yield "    " + "; ".join(facts)

    def _passage(self, passage: Passage) -> Iterator[str]:
        if passage.kind not in _BODY:
            kind = dict(PASSAGE_KINDS).get(passage.kind.value, passage.kind.value)
            yield self.palette.quiet(f"{passage.index:>5}  ({kind}) {_printable(passage.text)}")
            return
        heading = passage.kind is PassageKind.HEADING
        text = self._marked(passage)
        yield f"{passage.index:>5}  " + (self.palette.title(f"# {text}") if heading else text)
        for mention in self.mentions.get(passage.index, ()):
            yield self._find(self.palette.place, _("place"), self._about_place(mention), mention)
        for metric in self.metrics.get(passage.index, ()):
            yield self._find(self.palette.figure, _("figure"), self._about_figure(metric), metric)
        for number in self.practices.get(passage.index, ()):
            practice = self.document.practices[number]
            if practice.passages[0] == passage.index:
                about = self._about_practice(number, practice)
                yield self._find(self.palette.practice, _("practice"), about, practice)
            else:
                continued = _("continues P%(number)d") % {"number": number + 1}
                yield f"         {self.palette.practice(continued)}"

    def _find(
        self, paint: Paint, kind: str, about: str, find: RegionMention | MetricFind | PracticeFind
    ) -> str:
        rule = self.palette.quiet(f"{find.rule} {find.confidence:.2f}")
        return f"         {paint(kind)}  {_printable(about)}  {rule}"

    def _about_place(self, mention: RegionMention) -> str:
        if mention.code is None:
            names = "、".join(map(self._place_name, mention.candidates))
            return f"{mention.quote} → " + _("ambiguous") + ": " + names
        below = f" {mention.sub}" if mention.sub else ""
        return f"{mention.quote} → {self._place_name(mention.code)}{below}"

    def _about_figure(self, metric: MetricFind) -> str:
        facts = [
            f"{metric.quote} → {in_words(metric)}",
            str(Metric.Type(metric.type.value).label),
            self._place_name(metric.region) if metric.region else "—",
            _period(metric.period) if metric.period else str(metric.year or ""),
            metric.subject,
            f"P{metric.practice + 1}" if metric.practice is not None else "",
        ]
        return "; ".join(filter(None, facts))

    def _about_practice(self, number: int, practice: PracticeFind) -> str:
        names = "".join(f"“{name}”" for name in practice.names)
        facts = [
            f"P{number + 1} {practice.title}",
            "、".join(map(self._place_name, practice.regions)) + practice.sub or "—",
            "、".join(self.themes.get(slug, slug) for slug in practice.themes),
            _("names") + ": " + names if names else "",
            str(practice.year or ""),
            # The parts of a case write-up bear the names that they have on the site.
            *(f"{_(part.section.value)}: {', '.join(map(str, part.passages))}" for part in practice.sections),
        ]
        return "; ".join(filter(None, facts))

    def _place_name(self, code: str) -> str:
        place = self.places.get(code)
        if place is None:
            return code
        path = [self.places[part].name for part in place.path] or [place.name]
        return f"{''.join(path)} ({code})"

    def _marked(self, passage: Passage) -> str:
        """The sentence as it stands in the source, its finds painted; line breaks left out."""
        paints: Sequence[tuple[Paint, Sequence[RegionMention | MetricFind]]] = (
            (self.palette.place, self.mentions.get(passage.index, ())),
            (self.palette.figure, self.metrics.get(passage.index, ())),
        )
        plain = self.palette.practice if passage.index in self.practices else str
        edges = {passage.start, passage.end}
        edges.update(edge for _paint, finds in paints for find in finds for edge in (find.start, find.end))
        parts = []
        for start, end in pairwise(sorted(edges)):
            paint = next(
                (paint for paint, finds in paints if any(f.start <= start < f.end for f in finds)), plain
            )
            if piece := _printable(self.document.text[start:end]):
                parts.append(paint(piece))
        return "".join(parts)


def _period(period: Period) -> str:
    days = f"{period.start}" if period.start == period.end else f"{period.start} – {period.end}"
    return _("%(period)s (inferred)") % {"period": days} if period.inferred else days


def _printable(text: str) -> str:
    """``text`` on one line, with control characters, which could steer a terminal, made visible."""
    return _CONTROL.sub("\ufffd", _LINE_BREAK.sub("", text))
