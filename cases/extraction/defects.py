"""Flaws of a document as received, each measured by what it leaves in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .document import Article, ArticleKind, Defect, PassageKind, Sentence

_HANZI = "\u4e00-\u9fff"

# A lower-case Latin word inside Chinese prose: 街道社区网格同发力 strengthens 基层党建堡垒
_LATIN = re.compile(rf"[a-z](?<![a-z].)[a-z]{{3,}}+(?=\s*[{_HANZI}，、])")
_AFTER_HANZI = re.compile(rf"[{_HANZI}，、]\s*$")
# 完善完善; not 一个一个, nor verbs that are doubled on purpose, 讨论讨论
_ONCE_MORE = re.compile(
    rf"(?![一二三四五六七八九十百千万])(?P<word>[{_HANZI}](?P<second>[{_HANZI}]))(?P=word)"
)
_DOUBLED_ON_PURPOSE = frozenset(
    ["讨论", "研究", "商量", "了解", "学习", "考虑", "交流", "休息", "锻炼", "琢磨", "体验", "感受"]
)
_BROKEN_GLYPH = re.compile(r"[\ufffd\ue000-\uf8ff□]")
# 调度通l报, 1O0: letters and digits that look alike, side by side
_CONFUSED = re.compile(rf"[lIO](?:(?<=\d.)(?=\d)|(?<=[{_HANZI}][lI])(?=[{_HANZI}]))")

_MEASURES = "个名户家人项件条次年月日天支所座栋万亿余多批轮类岁元平%％"
# ***万名, *.*万个, ××户; not **bold** text, not 3×4
_MASK = re.compile(rf"[*×](?<![\d*×].)[*×]{{0,5}}(?:[.．][*×]{{1,4}})?(?=[{_MEASURES}])")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")

# What stays when digits are deleted: 年，… | 全国共抽调万名… | 近个… | ，的街道… | 比例达。 | 北京月日电
# (looking back from behind the first character lets the engine leap to it)
_LOST = (
    re.compile(r"年(?<=[。；，\n].)[，,]"),
    re.compile(r"[万亿](?<=[共约近超达调有建派配，、。].)(?:余|多)?(?=[名户人个家元](?!之))"),
    re.compile(
        r"[个名项](?<=[近约共达等定立增].)(?:(?<=个)(?![人体别性案中])|(?<=名)(?![义单称额誉列录])|(?<=项)(?!目))"
    ),
    re.compile(rf"的(?<=[，；].)(?=[{_HANZI}]{{2}})(?!话|确|士)"),
    re.compile(r"(?:达(?<![发到表传通抵直下送豁雷马练].)|占(?<![抢独侵强霸攻挤].))(?=[，。；])"),
    re.compile(r"月(?<![\d\s*].)日(?=[电至，。]|[上下]午)"),
)

_QUOTES = re.compile("[“”「」‘’]")
_CLOSED = re.compile(r"[。！？；…：!?;:）)》】\]”’\"]$")

_LONG_PROSE = 800
_RARE_PER_1000 = 0.5
_NOISE_POINTS = 2
_NOISE_PER_10_000 = 1.5
_MASKS = 2
_MASKS_PER_FIGURE = 0.1
_LOST_TRACES = 3


def find_defects(text: str, articles: Sequence[Article], sentences: Sequence[Sentence]) -> tuple[Defect, ...]:
    """Defects of a segmented document, judged by what is not unrelated to it.

    ``text`` is the clean text that the articles and sentences have offsets in.
    """
    unrelated = {article.index for article in articles if article.kind is ArticleKind.UNRELATED}
    prose = "\n".join(
        text[sentence.start : sentence.end]
        for sentence in sentences
        if sentence.kind in (PassageKind.SENTENCE, PassageKind.HEADING) and sentence.article not in unrelated
    )
    found = {
        Defect.OCR_NOISE: has_ocr_noise(prose),
        Defect.DIGITS_MASKED: has_masked_digits(prose),
        Defect.DIGITS_LOST: has_lost_digits(prose),
        Defect.PUNCTUATION_LOST: has_lost_punctuation(prose),
        Defect.CUT_OFF: any(_cut_off(text, articles, sentences)),
        Defect.UNRELATED_CONTENT: bool(unrelated),
    }
    return tuple(defect for defect, present in found.items() if present)


def has_ocr_noise(prose: str) -> bool:
    """Latin words inside Chinese prose, doubled words, broken glyphs: two or more,
    and not just two in a book."""
    points = sum(1 for _ in _stray_latin(prose)) + sum(1 for _ in _doubled(prose))
    points += len(_BROKEN_GLYPH.findall(prose)) + len(_CONFUSED.findall(prose))
    return points >= _NOISE_POINTS and points * 10_000 >= _NOISE_PER_10_000 * len(prose)


def _stray_latin(prose: str) -> Iterator[str]:
    for found in _LATIN.finditer(prose):
        if _AFTER_HANZI.search(prose, max(0, found.start() - 4), found.start()):
            yield found[0]


def _doubled(prose: str) -> Iterator[str]:
    """Words of two different ideographs that stand twice in a row."""
    for at in _echoes(prose):
        found = _ONCE_MORE.match(prose, at)
        if found and found["word"][0] != found["second"] and found["word"] not in _DOUBLED_ON_PURPOSE:
            yield found["word"]


def _echoes(text: str) -> Iterator[int]:
    """Offsets at which two characters stand again right behind themselves.

    Text and text moved by two characters are compared as two long integers: ten
    times the speed of a back reference tried at every character.
    """
    code = text.encode("utf-32-le", "surrogatepass")
    size = max(0, len(code) - 8)
    differs = int.from_bytes(code[8:], "little") ^ int.from_bytes(code[:size], "little")
    same = differs.to_bytes(size, "little")
    at = same.find(bytes(8))
    while at >= 0:
        if at % 4 == 0:
            yield at // 4
        at = same.find(bytes(8), at + 1)


def has_masked_digits(prose: str) -> bool:
    """Asterisks or crosses in the place of digits, before a measure word."""
    masks = len(_MASK.findall(prose)) if "*" in prose or "×" in prose else 0
    return masks >= _MASKS and masks >= _MASKS_PER_FIGURE * len(_FIGURE.findall(prose))


def has_lost_digits(prose: str) -> bool:
    """Measure words, years and shares left without their numbers, in two forms or more."""
    traces = [len(form.findall(f"\n{prose}")) for form in _LOST]
    return sum(traces) >= _LOST_TRACES and sum(map(bool, traces)) >= 2


def has_lost_punctuation(prose: str) -> bool:
    """Long prose with neither enumeration commas nor quotation marks."""
    if len(prose) < _LONG_PROSE:
        return False
    most = _RARE_PER_1000 * len(prose) / 1000
    return prose.count("、") <= most and len(_QUOTES.findall(prose)) <= most


def _cut_off(text: str, articles: Sequence[Article], sentences: Sequence[Sentence]) -> Iterator[bool]:
    """For each article of the document's own: whether its last sentence lacks an end."""
    last: dict[int, Sentence] = {}
    for sentence in sentences:
        if sentence.kind in (PassageKind.SENTENCE, PassageKind.HEADING):
            last[sentence.article] = sentence
    for article in articles:
        ending = last.get(article.index)
        if article.kind is ArticleKind.ARTICLE and ending and ending.kind is PassageKind.SENTENCE:
            yield not _CLOSED.search(text[ending.end - 1 : ending.end])
