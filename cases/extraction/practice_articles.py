"""The layout of an article: which of its paragraphs tell of measures.

Paragraphs lie in sections, each below a heading.  What leads in to the headed
paragraphs of a report about one place, or sums them up, tells of no measure;
in a case write-up only the 做法 part does, and the other parts stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from .case_sections import section_of
from .document import Article, CaseSection, Sentence
from .practice_units import Unit, UnitReader
from .roles import Role, SentenceRole, is_proposal

Section = list[list[Sentence]]


class ArticleReader:
    """Reads whole articles with a :class:`UnitReader`."""

    def __init__(self, units: UnitReader) -> None:
        self.doc, self.governing, self.roles, self.units = units.doc, units.governing, units.roles, units
        self._sentences: dict[int, list[Sentence]] = {}
        for sentence in self.doc.sentences:
            self._sentences.setdefault(sentence.article, []).append(sentence)

    def read(self, article: Article) -> list[Unit]:
        """The units of an article; in a case write-up those of its 做法 part, each
        with the other parts (背景, 成效, 启示) beside it."""
        if is_proposal(article.title):
            return []
        sentences = self._sentences.get(article.index, ())
        paragraphs = [list(group) for _number, group in groupby(sentences, lambda s: s.paragraph)]
        sections = list(_sections(paragraphs, self.roles))
        parts = self._case_parts(sections)
        is_case = CaseSection.MEASURES in parts
        units: list[Unit] = []
        beside: dict[CaseSection, list[Sentence]] = {}
        opening = next((n for n, section in enumerate(sections) if any(map(self._body, section))), 0)
        for number, (section, part) in enumerate(zip(sections, parts, strict=True)):
            if not is_case or part is CaseSection.MEASURES:
                leads = number == opening and len(sections) - opening >= 3
                units += self._section(article, section, leads and not is_case)
            elif part is not None:
                beside.setdefault(part, []).extend(s for paragraph in section for s in self._body(paragraph))
        for unit in units:
            unit.sections = beside
        return units

    def _case_parts(self, sections: Sequence[Sequence[Sequence[Sentence]]]) -> list[CaseSection | None]:
        """Which part of a case write-up each section is in, by its heading or the one
        that governs it."""
        parts: list[CaseSection | None] = []
        text = self.doc.clean.text
        for section in sections:
            first = section[0][0]
            named = section_of(text[first.start : first.end])
            parts.append(named or (parts[-1] if parts else None))
        return parts

    def _section(
        self, article: Article, section: Sequence[Sequence[Sentence]], leads: bool
    ) -> Iterator[Unit]:
        masked = self.governing.is_masked(article.index)
        about_one_place = masked or bool(self.governing.article_regions[article.index])
        heads = [s for s in section[0][:1] if self._role(s).role is Role.HEADING]
        bodies = [body for paragraph in section if (body := self._body(paragraph))]
        leads = leads or sum(map(self._is_headed, bodies)) >= 2
        for body in bodies:
            # What leads in to, or sums up, the headed paragraphs of a report is no measure.
            if not (about_one_place and leads and not self._is_headed(body)):
                yield from (unit for unit in self.units.paragraph(body, heads) if unit.regions or masked)

    def _body(self, paragraph: Sequence[Sentence]) -> list[Sentence]:
        return [s for s in paragraph if self._role(s).role is not Role.HEADING]

    def _is_headed(self, paragraph: Sequence[Sentence]) -> bool:
        """Whether a paragraph has run-in headings or enumerated items."""
        return any(self._role(s).role is Role.RUN_IN or self._role(s).item for s in paragraph)

    def _role(self, sentence: Sentence) -> SentenceRole:
        return self.roles[sentence.index]


def _sections(
    paragraphs: list[list[Sentence]], roles: Sequence[SentenceRole]
) -> Iterator[list[list[Sentence]]]:
    """Paragraphs from one heading to the next; the heading stands first, alone or
    as a numbered run-in (三、坚持资源共享。建立…)."""
    section: list[list[Sentence]] = []
    for paragraph in paragraphs:
        role = roles[paragraph[0].index]
        if section and (role.role is Role.HEADING or (role.role is Role.RUN_IN and role.numbered)):
            yield section
            section = []
        section.append(paragraph)
    if section:
        yield section
