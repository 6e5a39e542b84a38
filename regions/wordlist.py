"""General words with their frequencies, to tell a place name from words that
merely look like one: 示范县 is 示范 + 县, not 示 + 范县.

``fixtures/words.tsv`` (word, frequency, part of speech) is an excerpt of the
jieba dictionary (MIT licence), made by ``manage.py build_wordlist``: every word
that could contain a place name or straddle its border, and the common words.
Plain Python, no Django import.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "words.tsv"
LONGEST = 4
# Jieba's counts add up to this; a word's probability is its count over it.
_CORPUS = 60_000_000
_UNSEEN = 0.5

# Words of the field that a general dictionary lacks or counts too low.
FIELD_WORDS = (
    "党建 党群 党委 党组 党支部 党工委 党总支 党课 党校 业委会 居委会 村委会 居民 社工 社区 街道 街乡 街镇 街区 "
    "城管 城区 城乡 城中村 网格 网格员 网格长 下沉 赋能 赋权 扩能 减负 综治 综合 共建 共治 共享 共驻 联建 联动 联席 "
    "两新 两委 四级 五级 区级 市级 县级 区域 区委 市委 县委 省委 区直 市直 县直 省直 县域 市域 市区 市中心 城市 "
    "城镇 大城市 特大城市 超大城市 新乡贤 治理 治安 治本 平台 平急 平安 应急 通过 新建 新兴 新区 新型 新业态 "
    "示范 示范区 示范县 示范市 清单 文山会海 民生 民政 民警 河长 河长制 路长 楼长 街长 区块 县区 市县 区县 省市 "
    "州市 中心城区 老城区 新城区 主城区 建成区 开发区 高新区 工业区 景区 片区 园区 商圈 楼宇 小区 院落 单元 乡镇 乡村 孙中山 全域 全区域 全覆盖 全周期 全领域 全要素 全闭环 全链条 全市 全省 全区 全县 全方位 接诉即办 街社 外卖 防疫 排头兵 连心桥 出海口 阳光"
).split()
# What authorities do; a general dictionary tags several of these as nouns or adjectives.
FIELD_VERBS = (
    "规范 深化 强化 明确 选派 下派 派驻 选聘 包联 联系 结对 统筹 整合 优化 细化 量化 夯实 压实 落实 聚焦 聚力 突出 注重 坚持 着力 着眼 "
    "推行 推动 推进 推广 探索 建立 建强 建好 做强 做优 做实 做细 织密 织牢 抓实 抓好 配强 配齐 选优 培育 培养 打造 创建 创新 构建 搭建 "
    "组建 健全 完善 制定 出台 印发 实施 开展 成立 设立 设置 划分 划定 下放 赋予 保障 提升 提高 加强 加快 加大 加速 改造 改革 激活 激发 "
    "破解 解决 聚合 凝聚 动员 组织 引导 指导 督促 督导 推选 选举 选拔 招聘 招录 吸纳 吸收 依托 围绕 针对 立足 按照 结合 利用 运用 发挥 "
    "发动 鼓励 支持 帮助 服务 走访 慰问 排查 清理 取消 撤销 合并 调整 调研 试点 试行 先行 启动 启用 举办 召开 召集 投入 投用 覆盖 链接 对接 筑牢 拓宽 选配 面向 确需 助力 牵头 充分发挥 打通 做大 补齐 延伸 贯通 融入 嵌入 引进 引入 推选 评选 评定 纳入 统揽 统领"
).split()


@dataclass(frozen=True, slots=True)
class WordList:
    """``cost`` is the negative log probability of each word, ``kind`` jieba's part of speech."""

    cost: dict[str, float]
    kind: dict[str, str]

    def cuts_start(self, text: str, start: int, end: int) -> bool:
        """Whether some word runs across ``start``, the beginning of a name."""
        cost = self.cost
        last = min(len(text), end + LONGEST - 1)
        for left in range(max(0, start - LONGEST + 1), start):
            for right in range(start + 1, min(left + LONGEST, last) + 1):
                if text[left:right] in cost:
                    return True
        return False

    def cuts_through(self, text: str, start: int, end: int) -> bool:
        """Whether some word runs across a border of ``text[start:end]`` or contains
        it: the cheap test before :meth:`reads_as`."""
        if self.cuts_start(text, start, end):
            return True
        cost = self.cost
        last = min(len(text), end + LONGEST - 1)
        for left in range(start, end):
            for right in range(end + 1, min(left + LONGEST, last) + 1):
                if text[left:right] in cost:
                    return True
        return False

    def reads_as(self, text: str, start: int, end: int, count: float) -> bool:
        """Whether the likeliest reading of the surroundings has ``text[start:end]``
        as one word, given how often (``count``) it is met as a name."""
        low, high = max(0, start - 5), min(len(text), end + 5)
        low = max([low, *(i + 1 for i in range(low, start) if not is_han(text[i]))])
        high = min([high, *(i for i in range(end, high) if not is_han(text[i]))])
        name = min(self.cost.get(text[start:end], 99.0), -math.log(count / _CORPUS))
        firm = (start == 0 or not is_han(text[start - 1])) and not any(
            text[start:right] in self.cost for right in range(end + 1, min(start + LONGEST, high) + 1)
        )
        free = self._best(text, low, high, start, end, name)
        bound = self._best(text, low, start, start, end, name) + name + self._best(text, end, high, start, end, name)
        return bound <= free + (_FIRM_MARGIN if firm else 1e-9)

    def words(self, text: str) -> list[str]:
        """``text`` cut into its likeliest words."""
        best = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            best.append(
                min((best[left][0] + self._cost(text[left:end]), left) for left in range(max(0, end - LONGEST), end))
            )
        out: list[str] = []
        at = len(text)
        while at:
            out.append(text[best[at][1] : at])
            at = best[at][1]
        return out[::-1]

    def _best(self, text: str, low: int, high: int, start: int, end: int, name: float) -> float:
        """Cost of the likeliest reading of ``text[low:high]``, where the span may be one word."""
        cost = [0.0] * (high - low + 1)
        for right in range(low + 1, high + 1):
            here = 1e9
            for left in range(max(low, right - LONGEST), right):
                here = min(here, cost[left - low] + self._cost(text[left:right]))
            if right == end and low <= start:
                here = min(here, cost[start - low] + name)
            cost[right - low] = here
        return cost[-1]

    def _cost(self, word: str) -> float:
        known = self.cost.get(word)
        if known is not None:
            return known
        return _UNSEEN_COST if len(word) == 1 else 99.0


# A name at the head of a clause is far likelier than the accident of its characters.
_FIRM_MARGIN = 5.0
_UNSEEN_COST = -math.log(_UNSEEN / _CORPUS)


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@cache
def load_wordlist(path: Path = WORDS_FILE) -> WordList:
    cost: dict[str, float] = {}
    kind: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split("\t")
        cost[word] = -math.log(int(count) / _CORPUS)
        kind[word] = tag
    return WordList(cost, kind)


def select_words(dictionary: Iterable[tuple[str, int, str]], names: Collection[str]) -> list[tuple[str, int, str]]:
    """The part of a general dictionary (word, count, part of speech) that bears on
    ``names``: words containing one or sharing a border with one, the common words,
    and the field's own.  Names of persons are left out."""
    heads = {name[:i] for name in names for i in range(1, len(name))}
    tails = {name[i:] for name in names for i in range(1, len(name))}
    kept: dict[str, tuple[int, str]] = {}
    for word, count, tag in dictionary:
        if len(word) > LONGEST or not all(map(is_han, word)):
            continue
        if word in names:
            keep = count >= 3 and not word.endswith("城市")  # 对应|城市, not 对|应城市
        elif tag.startswith("nr") or _is_name_with_suffix(word, names):
            keep = False
        elif len(word) == 1:
            keep = count >= 50
        else:
            keep = count >= 100 or _contains(word, names) or (count >= 40 and _touches(word, heads, tails))
        if keep:
            kept[word] = (max(1, count), tag)
    for word in FIELD_WORDS:
        count, tag = kept.get(word, (0, "n"))
        kept[word] = (max(count, 500), tag)
    for word in FIELD_VERBS:
        kept[word] = (max(kept.get(word, (0, ""))[0], 500), "v")
    return [(word, *kept[word]) for word in sorted(kept)]


def _contains(word: str, names: Collection[str]) -> bool:
    return any(word[i:j] in names for i in range(len(word)) for j in range(i + 2, len(word) + 1))


def _is_name_with_suffix(word: str, names: Collection[str]) -> bool:
    """上海人, 临川市: a name with what makes it a division or its people is still the name."""
    return any(word.endswith(suffix) and word[: -len(suffix)] in names for suffix in ("人", "市", "县", "区", "市委", "地区"))


def _touches(word: str, heads: Collection[str], tails: Collection[str]) -> bool:
    return any(word[:i] in tails or word[i:] in heads for i in range(1, len(word)))
