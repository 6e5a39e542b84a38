"""Names in “ ”: what the text calls a practice, apart from figures of speech."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from .document import SegmentedDocument
from .lexicon import general_quotes

_QUOTED = re.compile(r"“([^“”\n]{1,30})”")
# A word after the closing mark that says what the quoted thing is.
_KIND_AFTER = re.compile(
    r"(?:[、和]?“[^“”]{1,20}”){0,4}(?:[^，。；、“”…]{0,8}?)(?:制度|机制|体系|体制|模式|工作法|做法|方法|改革|工程|行动|计划|活动|品牌|项目|平台|系统|中心|驿站|"
    r"联席会|联盟|协会|党委|支部|党建|服务队|工作队|书记|职能|权力|清单|办法|管理|治理|建设|服务|网格|制|"
    r"序列|级|专刊|客户端|街区|社区|党组织|岗位|基地|学院|队伍|组|团|试点|文件|标准|庭院|课题|工作|报到|同步|转变)"
)
# A verb before the opening mark that sets something up.
_VERB_BEFORE = re.compile(
    r"(?:建立|健全|设立|成立|组建|实行|推行|实施|推广|开展|启动|制定|出台|探索|创新|打造|构建|搭建|建成|创设|创建|"
    r"推出|完善|落实|形成|采取|叫响|唱响|培育|强化|深化|推进|推动|争当|评选|组织|举办|共建|全面推行|通过|依托|任职|担任|"
    r"叫做|称为|激活|掀起|繁荣|夯实|提升|织密|坚持|赋予|下放|履行|列为|作为|实现|开发|研发|开通|做到)[^，。；]{0,40}$|(?:整合为|称为|即|为)$"
)
# What quotation marks do besides naming: a change told by its ends, a role played,
# a picture; a problem, a kind of place, something said.
_REFUSED_BEFORE = re.compile(
    r"(?:(?:从|由|上升为|变为|变成|转变为|成为|当好|当作|点亮|筑起|筑牢|称作|以前|还有)[^，。；“”]{0,4}|(?:说|(?<!街)道|问|讲)[：，]|"
    r"(?:[起成]|当好|争当|当作)[^，。；“”]{0,14}的)$"
)
_REFUSED_AFTER = re.compile(
    r"(?:问题|难题|现象|状况|困境|小区|的?局面|的?实际|之|的(?!工作|做法|方式|办法|模式))"
)
_PROJECT_AFTER = re.compile(r"(?:工程|行动|制度|机制|计划)")
_CALLS_ITSELF = re.compile(r"(?:工程|行动|计划|工作法|机制|制度|模式|联盟)$")
_LABEL_LENGTH = 10
_REACH = 44


@dataclass(slots=True)
class Name:
    """A quoted string; ``start``/``end`` are clean offsets inside the marks."""

    start: int
    end: int
    text: str
    names_practice: bool
    is_label: bool  # nothing beside it says that it names something done


def find_names(doc: SegmentedDocument) -> dict[int, list[Name]]:
    """Quoted strings by sentence index."""
    text = doc.clean.text
    starts = [sentence.start for sentence in doc.sentences]
    out: dict[int, list[Name]] = {}
    for match in _QUOTED.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or match.end() > doc.sentences[at].end:
            continue
        out.setdefault(at, []).append(_read(text, doc.sentences[at].start, match))
    return out


def _read(text: str, sentence_start: int, match: re.Match[str]) -> Name:
    before = text[max(sentence_start, match.start() - _REACH) : match.start()]
    is_done = bool(_KIND_AFTER.match(text, match.end()) or _VERB_BEFORE.search(before))
    return Name(*match.span(1), match[1], _is_name(text, before, match, is_done), not is_done)


def _is_name(text: str, before: str, match: re.Match[str], is_done: bool) -> bool:
    """Whether the quoted string is a label of something done: not a stock phrase,
    a speech, a problem or a figure of speech."""
    quoted = match[1]
    if quoted in general_quotes():
        return bool(_PROJECT_AFTER.match(text, match.end()))  # “一把手”工程
    if quoted[-1] in "。！？，" or len(quoted) < 2:
        return False
    if _REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(text, match.end()):
        return False
    if is_done or _CALLS_ITSELF.search(quoted):
        return True
    return len(quoted) <= _LABEL_LENGTH and "，" not in quoted and "、" not in quoted
