"""How far a piece of text is from grassroots governance, and whether it advertises.

Both are densities of general words.  A piece is unrelated to its document only
by comparison: when the document's main article speaks of governance and the
piece, long enough to judge, hardly does.
"""

from __future__ import annotations

import re

# 党 stands for 党建, 党员, 党组织, 党委, 党群 …
_GOVERNANCE = re.compile(
    "党|基层|社区|街道|小区|网格|居民|村民|群众|物业|乡镇|治理|干部|民生|志愿|调解|共建"
)  # fmt: skip
_ADVERTISING = re.compile(
    "楼盘|楼市|开盘|户型|交付|组团|接房|精装|入户|地产|置业|洋房|别墅|泳池|大堂|园林|售楼|均价|首付|成交|客户"
    "|热销|热卖|优惠|促销|抢购|限时|专享|尊享|高端|匠心|匠造|奢|品质|扛鼎|盛大|代言|新品|产品力|订购|热线|加盟"
)

LONG_ENOUGH = 200  # characters below which a density says nothing
_SPEAKS_OF_GOVERNANCE = 0.03
_SHARE_OF_MAIN = 0.3
_ADVERTISING_CUES = 4
_ADVERTISING_DENSITY = 0.012


def governance_density(text: str) -> float:
    """Share of the characters of ``text`` that belong to governance words."""
    return _density(text, _GOVERNANCE)


def speaks_of_governance(text: str) -> bool:
    return governance_density(text) >= _SPEAKS_OF_GOVERNANCE


def is_off_topic(density: float, main_density: float) -> bool:
    """Whether a piece of that density is far from a main article of that density."""
    return main_density >= _SPEAKS_OF_GOVERNANCE and density <= _SHARE_OF_MAIN * main_density


def names_wares(text: str) -> bool:
    """Whether selling words of several kinds occur, in whatever density."""
    return len(set(_ADVERTISING.findall(text))) >= _ADVERTISING_CUES


def is_advertisement(text: str) -> bool:
    """Whether selling words are many and of several kinds, and governance is not the subject."""
    if not names_wares(text) or speaks_of_governance(text):
        return False
    return _density(text, _ADVERTISING) >= _ADVERTISING_DENSITY


def _density(text: str, words: re.Pattern[str]) -> float:
    return sum(map(len, words.findall(text))) / len(text) if text else 0.0
