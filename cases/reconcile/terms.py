"""Words by which practices of different places are recognised as one idea."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import jieba

from cases.extraction.lexicon import general_quotes, practice_lexicon

from .masked_places import LEAST, MOST

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_LEVELS = re.compile(r"[两二三四五](?=级)")
_LEAST, _MOST = 3, 10  # letters of a term
_OF_A_NAME = 0.5  # of the name that a term stands in

# Who acts, and where: a term that ends so names nobody's measure.
_ACTORS = re.compile(
    r"(?:单位|组织|党员|群众|干部|工作者|企业|公司|社区|街道|居民|业主|人员|志愿者|书记|楼宇|园区|商圈|小区|部门|基层|城市"
    r"|党支部|党总支|党小组|(?<!大)党委|党工委|委员会|业委会|居委会|队伍|服务队|基础|工作|群体|领域|任务|作用)$"
)
_RULES = re.compile(r"(?:制度|机制)$")
_GENERAL = re.compile(
    r".?|(?:长效|常态|联合|统一)?(?:运行|管理|协调|领导|保障|责任|组织|考核|服务|评价|激励|监督)"
)
_FORMS = re.compile(r"(?:模式|体制|体系|办法|活动|行动|工程|改革|系统|平台|品牌|计划|方案|建设)$")
_FUNCTION = re.compile(r"^[的在把将和与及对为以由从向让被到中上下]|[的在把将和与及对为以由从向让被化]$")
_QUOTED = re.compile(r"“([^“”]+)”")


def folded(text: str) -> str:
    """``text`` with 三级, 四级, 五级 alike: the wording of one idea changes so over the years."""
    return _LEVELS.sub("几", text)


def terms_of(title: str, names: Iterable[str]) -> frozenset[str]:
    """Terms of a practice: parts of its names, and what its title calls an institution.

    A term is a run of whole words of three to ten letters that says more than
    its form (工作机制) and is not an actor (驻区单位).
    """
    return _terms(title, tuple(names))


@lru_cache(maxsize=20_000)
def _terms(title: str, names: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    quoted = {*names, *_QUOTED.findall(title)} - general_quotes()
    for name in quoted:
        for part in _letters(name):
            found.update(term for term in _runs(part) if len(term) >= _OF_A_NAME * len(part))
            whole = {part} if _LEAST <= len(part) <= _MOST and not _ACTORS.search(part) else set()
            found |= whole
    for part in _letters(title):
        found.update(term for term in _runs(part) if _is_institution(term))
    names_whole = {part for name in quoted for part in _letters(name)}
    return frozenset(
        term
        for term in found
        if _says_something(term) or (term in names_whole and not _FUNCTION.search(term))
    )


def whole_wordings(title: str, names: Iterable[str]) -> set[str]:
    """Title and names as their letters, when these are enough to be known by: eight to twenty."""
    whole = {_NOT_LETTERS.sub("", text) for text in (title, *names)}
    return {letters for letters in whole if LEAST <= len(letters) <= MOST}


def _letters(text: str) -> list[str]:
    return [part for part in _NOT_LETTERS.split(folded(text)) if part]


def _runs(part: str) -> Iterator[str]:
    """Runs of whole words; a word may be a part of a longer one (联动 of 联动机制)."""
    borders = sorted({at for _word, start, end in jieba.tokenize(part, mode="search") for at in (start, end)})
    for first, start in enumerate(borders):
        for end in borders[first + 1 :]:
            if _LEAST <= end - start <= _MOST:
                yield part[start:end]


def _is_institution(term: str) -> bool:
    """Whether the term ends in a word for institutions, or in what is done: 准入制度, 四级联动."""
    return any(
        end == len(term) and ("institution" in classes or "establish" in classes)
        for _start, end, _word, classes in practice_lexicon().scan(term)
    ) or term.endswith(("联动", "任职", "招录", "序列", "党日"))


def _says_something(term: str) -> bool:
    if _ACTORS.search(term) or _FUNCTION.search(term):
        return False
    core = _RULES.sub("", term)
    return len(_FORMS.sub("", term)) >= _LEAST and not _GENERAL.fullmatch(core) and not _ACTORS.search(core)
