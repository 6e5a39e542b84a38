"""What each sentence does: heading, run-in heading, measure, result or neither.

The score of a sentence adds up general cues: what was set up (institution
nouns, or plain objects with a verb of establishing), names in quotation marks
and figures speak for a measure; exhortation (必须, 要…), quoting of authority,
background, problems and praise speak against it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from .document import PassageKind, SegmentedDocument, Sentence
from .lexicon import CUES, practice_lexicon

Cues = dict[str, int]


class Role(Enum):
    HEADING = "heading"  # stands alone
    RUN_IN = "run-in"  # a heading that opens a paragraph: 推进整体联动。
    MEASURE = "measure"
    RESULT = "result"  # figures, effects and praise of what stands before
    VOID = "void"


@dataclass(slots=True)
class SentenceRole:
    """``item``: opens an enumerated item; ``continues``: by its opening or by the
    semicolon before it, goes on with the sentence before; ``founds``: a run-in heading
    that names an institution to set up (健全三级联动责任体系。); ``numbered``: opens
    with 一、 as the sections of an article do."""

    role: Role
    score: float
    item: bool
    continues: bool
    founds: bool = False
    numbered: bool = False


_NUMERAL = "[一二三四五六七八九十]{1,2}"
# 一是 / 第二， / 首先， / 一方面， at the start of a sentence
_ITEM = re.compile(
    rf"(?:{_NUMERAL}是(?!否|个)|{_NUMERAL}要|第{_NUMERAL}[，、]|首先，|其次，|再次，|一方面，|另一方面，|[（(]{_NUMERAL}[)）])"
)
_NUMBER = re.compile(rf"(?:[0-9]{{1,2}}[.．、]|{_NUMERAL}、|[（(][0-9]{{1,2}}[)）])\s*\**")
_PROPOSAL = re.compile(r"(?:对策|建议|思考|浅谈|浅析|探析|刍议|问题研究)")
_SECTION = re.compile(rf"{_NUMERAL}、")
_PRESCRIBES = re.compile(r"(?:要|必须|应|应当|需|需要|须)(?![求素])")
_CONTINUES = re.compile(
    r"(?:全[省市区县](?:共|已|有|[0-9*])|目前|截至|其中|现在|如今|至今|据统计|今年以来|去年以来|两年来|多年来|这|该|所有|"
    r"[^，。；]{0,12}(?:过程中|调研中|活动中)，|通过采取)"
)
_FOUNDS = re.compile(
    r"(?:建立|健全|构建|完善|设立|打造|创新|建强)[^，。]{0,14}(?:体系|机制|制度|体制|序列|平台|网络)"
)
_DIGIT = re.compile(r"[0-9*０-９]")
_SETS_UP = re.compile(
    r"(?:建立|设立|成立|组建|创办|开设|增设|新建|建成|搭建|开辟|配备|选聘|选派|聘请|签订|制定|出台)了?[^，。；的]{2,}|"
    r"(?:开展|推行|实行|实施)[^，。；]{4,}(?:工作|活动|行动|管理|改革|服务|试点)"
)
_REQUIRES = re.compile(r"[省市区县]委(?:[^，。；]{0,4})(?:明确|规定|要求|提出)[^，。；]{0,4}，")
_TURN = re.compile(r"从[^，。；]{2,16}向[^，。；]{2,16}转变")
# A sentence about what was done, not a heading: 全省各类园区普遍建立党委。
_STATES = re.compile(
    r"(?:^全[省市区县]|普遍|均|全部|已[经建在]|分别|[省市区县]委|等地|(?<![一二三四五六七八九十但于总还])是)"
)
_RUN_IN_LENGTH = 30
_PARALLEL_RUN_IN_LENGTH = 45
_MINOR_LENGTH = 18
_BARE_LENGTH = 14
_MINOR_RUN_IN = re.compile(r"(?:加大|加强|健全|完善|优化|深化|着力|全力|切实|大力|突出|强化|推进|抓)")
_PARALLEL_TAIL = 3
_MEASURE_SCORE = 1.2
_ACTS = 0.6
_SINCE = re.compile(r"(?:今年|去年|两年|多年)(?:以)?来")
_SINCE_SCORE = 2.4
_NO_HIT = (-1, sys.maxsize, sys.maxsize)


def read_roles(doc: SegmentedDocument, placed: Sequence[bool], acting: Sequence[bool]) -> list[SentenceRole]:
    """One role for each sentence of the document, in order.  ``placed[i]`` tells
    whether sentence ``i`` names a place itself, ``acting[i]`` whether in a survey
    it opens with the place that acts."""
    text, sentences = doc.clean.text, doc.sentences
    cues = _cues(doc)
    longest = _run_in_limits(text, sentences, placed)
    standing = _standing_headings(text, sentences)
    roles: list[SentenceRole] = []
    for sentence in sentences:
        following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
        limit = 0 if placed[sentence.index] else longest.get(sentence.index, _RUN_IN_LENGTH)
        opens = _opens_paragraph(sentences, sentence)
        if not opens:
            limit = min(limit, _MINOR_LENGTH)
            opens = roles[-1].role is Role.RUN_IN
        bonus = _ACTS if acting[sentence.index] else 0.0
        role = _role(text, sentence, following, cues[sentence.index], limit, opens, bonus)
        if sentence.index and _after_semicolon(text, sentences, sentence.index):
            role = SentenceRole(role.role, role.score, role.item, not role.item, role.founds)
        if sentence.index in standing:
            role = SentenceRole(Role.HEADING, 0.0, False, False)
        roles.append(role)
    return roles


def _standing_headings(text: str, sentences: Sequence[Sentence]) -> set[int]:
    """Short sentences that are a paragraph each and open alike, two or more in an
    article: headings that end in a full stop (围绕夯实基层基础，深化…建设。)."""
    alone = [
        s
        for s in sentences
        if s.kind is PassageKind.SENTENCE
        and s.end - s.start <= _RUN_IN_LENGTH
        and _opens_paragraph(sentences, s)
        and (s.index + 1 == len(sentences) or _opens_paragraph(sentences, sentences[s.index + 1]))
    ]
    alike = Counter((s.article, text[s.start : s.start + 2]) for s in alone)
    return {s.index for s in alone if alike[s.article, text[s.start : s.start + 2]] >= 2}


def _after_semicolon(text: str, sentences: Sequence[Sentence], index: int) -> bool:
    before = sentences[index - 1]
    return before.paragraph == sentences[index].paragraph and text[before.end - 1] in "；;"


def _cues(doc: SegmentedDocument) -> list[Cues]:
    """By sentence, how many distinct terms of each class of cues it holds."""
    none = dict.fromkeys(CUES, 0)
    counts = [none.copy() for _sentence in doc.sentences]
    classes = practice_lexicon().classes
    hits = iter(practice_lexicon().matches(doc.clean.text))
    term, start, end = next(hits, _NO_HIT)
    for sentence, own in zip(doc.sentences, counts, strict=True):
        seen: set[int] = set()
        while start < sentence.end:
            if term not in seen and sentence.start <= start and end <= sentence.end:
                seen.add(term)
                for name in classes[term]:
                    own[name] += 1
            term, start, end = next(hits, _NO_HIT)
    return counts


def _run_in_limits(text: str, sentences: Sequence[Sentence], placed: Sequence[bool]) -> dict[int, int]:
    """How long the opening sentence of a paragraph may be and still be a run-in
    heading: longer where three or more paragraphs of the article open with a
    short one, or open alike (推动街居一体化，… 推动队伍职业化，…)."""
    openings = [
        sentence
        for sentence, following in pairwise(sentences)
        if _opens_paragraph(sentences, sentence)
        and not placed[sentence.index]
        and _is_run_in(text, sentence, following, _PARALLEL_RUN_IN_LENGTH)
    ]
    short = Counter(s.article for s in openings if s.end - s.start <= _RUN_IN_LENGTH)
    alike = Counter((s.article, text[s.start : s.start + 2]) for s in openings)
    return {
        s.index: _PARALLEL_RUN_IN_LENGTH
        for s in openings
        if short[s.article] >= 3 or alike[s.article, text[s.start : s.start + 2]] >= 3
    }


def _opens_paragraph(sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    return sentence.index == 0 or sentences[sentence.index - 1].paragraph != sentence.paragraph


def _role(
    text: str,
    sentence: Sentence,
    following: Sentence | None,
    cues: Cues,
    run_in_limit: int,
    opens: bool,
    bonus: float,
) -> SentenceRole:
    if sentence.kind is PassageKind.HEADING:
        return SentenceRole(Role.HEADING, 0.0, False, False)
    if sentence.kind is not PassageKind.SENTENCE:
        return SentenceRole(Role.VOID, 0.0, False, False)
    item = _ITEM.match(text, sentence.start)
    number = _NUMBER.match(text, sentence.start)
    opening = item.end() if item else number.end() if number else sentence.start
    has_digit = _DIGIT.search(text, sentence.start, sentence.end) is not None
    score = _score(text, sentence, opening, cues, has_digit) + bonus
    continues = bool(_CONTINUES.match(text, opening))
    argues = cues["exhort"] + cues["problem"] + cues["authority"]
    if not (item or argues) and _is_run_in(text, sentence, following, run_in_limit if opens else 0):
        founds = _FOUNDS.search(text, sentence.start, sentence.end) is not None
        numbered = _SECTION.match(text, sentence.start) is not None
        return SentenceRole(Role.RUN_IN, score, False, False, founds, numbered)
    if score >= _SINCE_SCORE and _SINCE.match(text, opening):
        continues = False  # 去年以来，…建立起…: a new measure with its date
    if continues and (cues["result"] or has_digit):
        role = Role.RESULT
    elif score >= _MEASURE_SCORE:
        role = Role.MEASURE
    elif has_digit or cues["result"]:
        role = Role.RESULT
    else:
        role = Role.VOID
    return SentenceRole(role, score, bool(item), continues)


def _score(text: str, sentence: Sentence, opening: int, cues: Cues, has_digit: bool) -> float:
    own = text[sentence.start : sentence.end]
    quoted = "“" in own
    concrete = cues["institution"] + 0.7 * (cues["object"] if cues["establish"] else 0) + 0.8 * quoted
    concrete += 0.3 * cues["object"] * (not cues["establish"])
    if concrete < 1 and _SETS_UP.search(text, sentence.start, sentence.end):
        concrete += 1.0  # whatever it is called: 设立调解室, 选派联络员
    score = 0.7 * min(concrete, 4) + 0.4 * min(cues["action"] + cues["establish"], 4) - 0.3
    if not concrete or not (cues["action"] or cues["establish"]):
        score = min(score, 0.0)
    score += 0.3 * has_digit
    if "委" in own and _REQUIRES.search(text, sentence.start, sentence.end):
        score += 1.5 * min(cues["exhort"], 1)  # an authority's requirement is a rule, no exhortation
    score -= 1.5 * min(cues["exhort"], 2) + 1.2 * min(cues["authority"], 2) + 1.2 * min(cues["background"], 2)
    score -= 0.7 * min(cues["problem"], 3) + 0.35 * min(cues["result"], 3)
    if _PRESCRIBES.match(text, opening) or ("转变" in own and _TURN.search(own)):
        score -= 2.0
    return score


def _is_run_in(text: str, sentence: Sentence, following: Sentence | None, limit: int) -> bool:
    """A short sentence with more text after it in its paragraph, no figure but a
    list number; further down in a paragraph only such as 着力贯通上下责任。 or
    建立共驻共建机制。"""
    if following is None or following.paragraph != sentence.paragraph:
        return False
    length = sentence.end - sentence.start
    if text[sentence.end - 1] != "。" or not (
        length <= limit
        or (length <= _MINOR_LENGTH and _MINOR_RUN_IN.match(text, sentence.start))
        or (length <= _BARE_LENGTH and "，" not in text[sentence.start : sentence.end])
    ):
        return False
    if _STATES.search(text, sentence.start, sentence.end) or _CONTINUES.match(text, following.start):
        return False  # 建立行业党委。目前，… is a measure and its result
    number = _NUMBER.match(text, sentence.start)
    return not _DIGIT.search(text, number.end() if number else sentence.start, sentence.end)


def is_proposal(title: str) -> bool:
    """Whether an article by its title argues or proposes rather than reports."""
    return bool(_PROPOSAL.search(title))


def item_marks(text: str, body: Sequence[Sentence], roles: Sequence[SentenceRole]) -> list[int]:
    """Positions in ``body`` at which enumerated items begin: 一是 …；二是 …, of two
    kinds of marks the inner one; or, without marks, three or more sentences
    built alike (对…，重点在…上下功夫。)."""
    marked = [i for i, sentence in enumerate(body) if roles[sentence.index].item]
    inner = [i for i in marked if text[body[i].start] not in "第首其再（("]
    return inner or marked or _parallel(text, body)


def _parallel(text: str, body: Sequence[Sentence]) -> list[int]:
    """Sentences that share their first character and their last three or more."""
    alike: dict[str, list[int]] = {}
    for i, sentence in enumerate(body):
        if sentence.end - sentence.start > 2 * _PARALLEL_TAIL:
            key = text[sentence.start] + text[sentence.end - 1 - _PARALLEL_TAIL : sentence.end]
            alike.setdefault(key, []).append(i)
    return max((found for found in alike.values() if len(found) >= 3), key=len, default=[])
