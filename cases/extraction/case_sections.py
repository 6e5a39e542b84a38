"""The parts of a case write-up, told by their headings.

Calls for cases ask for 背景与起因 / 做法与经过 / 成效与反响 / 探讨与评论 / 附录 or
their kin (背景情况, 主要做法, 工作成效, 经验启示); an article that has a part for
what was done is read as such a write-up.
"""

from __future__ import annotations

import re

from .document import CaseSection

_NUMBERING = (
    r"(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十0-9]{1,2}[)）]|"
    r"[0-9]{1,2}[.、．]|第[一二三四五六]部分)?"
)
_OWN = r"(?:案例|项目|工作|活动|本案例|实施|改革|项目的|案例的)?"
_FORMS = {
    CaseSection.BACKGROUND: (
        r"(?:背景与起因|背景和起因|背景情况|背景介绍|背景|起因|缘起|基本情况|基本概况|概况|问题的提出|"
        r"实施背景|产生背景)"
    ),
    CaseSection.MEASURES: (
        r"(?:(?:主要|具体|基本|创新|特色|经验)?(?:做法|举措|措施)(?:与经过|和经过|与过程|及经过|与成效)?|"
        r"实践探索|探索实践|方法与过程|实施过程)"
    ),
    CaseSection.RESULTS: (
        r"(?:(?:主要|取得的?|初步|实际|工作)?(?:成效|成果|效果)(?:与反响|和反响|及反响|与评价|和影响)?|社会反响)"
    ),
    CaseSection.LESSONS: (
        r"(?:探讨与评论|评论与探讨|(?:经验|几点|主要|工作)?(?:启示|体会|思考|经验)"
        r"(?:与思考|与启示|和启示|与体会)?|经验与启示|推广价值)"
    ),
    CaseSection.APPENDIX: r"(?:重要资料附录|附录|附件|参考资料|参与撰写人员)",
}
_HEADING = re.compile(
    rf"[【\[]?\s*{_NUMBERING}\s*{_OWN}(?:"
    + "|".join(f"(?P<{section.value}>{form})" for section, form in _FORMS.items())
    + r")\s*[】\]]?[：:。]?"
)


def section_of(heading: str) -> CaseSection | None:
    """The part that a heading opens, or None for any other heading."""
    match = _HEADING.fullmatch(heading.strip())
    return CaseSection(match.lastgroup) if match and match.lastgroup else None
