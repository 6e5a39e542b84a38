"""Titles as a librarian would write them: at most 25 characters, the name of the
practice in them if it has one, never a cut-off sentence.

In this order: a name in “ ” with the noun that says what it is (“接诉即办”
末位约谈制度); the heading of an enumerated item; what a verb of founding sets
up (建立社区干部学院 → 社区干部学院); the first clause that says what is done;
the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .document import SegmentedDocument, Sentence
from .names import Name

LONGEST = 25
_SHORTEST = 4

_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:是要?|要|、)|第[一二三四五六七八九十]{1,2}[，、]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|首先，|其次，|再次，|一方面，|另一方面，|\*|\s)+"
)
_KIND = re.compile(
    r"[^，。；：、“”（）\s和与及]{0,12}?(?:末位约谈制度|制度|机制|体系|体制|模式|工作法|做法|改革|工程|行动|计划|活动|品牌|项目|平台|系统|中心|驿站|"
    r"联席会议|联席会|联盟|联合体|服务队|工作队|清单|办法|管理|治理|客户端|街区|序列|专刊|试点|党建|书记|支部|党委|职能|权力|"
    r"服务|工作室|岗位|基地|公约|标准|同步|报到|制)(?![\u4e00-\u9fff])"
)
_FOUNDING = (
    r"(?:研究制定|建立健全|建立完善|探索建立|普遍建立|全面建立|全面推行|探索推行|探索开展|探索设立|深入开展|广泛开展|集中开展|"
    r"建立|健全|构建|完善|设立|成立|组建|打造|搭建|实行|推行|实施|推广|开展|启动|制定|出台|创新|推进|建成|建设|创设|开发|研发|开通|签订|配备|落实)"
)
_INSTITUTION = (
    r"(?:制度|机制|体系|体制|模式|工作法|改革|工程|行动|计划|活动|平台|系统|中心|驿站|联席会议|联席会|联盟|联合体|共同体|队伍|服务队|"
    r"志愿队|清单|办法|意见|方案|规划|网络|网格|学院|党校|基地|阵地|委员会|理事会|协会|促进会|党委|党组织|党支部|党总支|服务站|工作站|"
    r"站点|协议书|协议|公约|标准|序列|试点|项目库|数据库|专项资金|岗位津贴|经费|客户端|小程序|工作室|例会|格局|综合平台|数据库|考核|管理|工作|服务|建设)"
)
_FOUNDED = re.compile(
    rf"{_FOUNDING}(?P<what>[^，。；：“”]{{2,24}}?{_INSTITUTION})(?=[，。；：]|等?$|[，。；]|，|并|以及)"
)
_ACTION = re.compile(
    rf"(?:{_FOUNDING}|选派|选聘|选配|选拔|招录|组织|动员|引导|推动|整合|统筹|下放|下沉|赋予|明确|规范|取消|剥离|划分|细化|将|把|纳入|吸纳|"
    r"依托|聘请|抽调|投入|发放|提高|增加|鼓励|培育|孵化|联合|举办|召开|评选|编制|充实|面向|强化|深化|优化|加强|采取|坚持|指导|由|"
    r"对[^，。；]{2,12}实行|通过|积极)"
)
_LEAD = re.compile(
    r"^(?:同时|此外|另外|目前|近年来|今年|比如|例如|还|并|先后|进一步|不断|着力|积极|大力|全面|深入|普遍|注重|努力|持续|切实|充分|其中|，|、|\s)+"
)
_TAIL = re.compile(r"(?:等地?|等[^，。；]{0,4}工作|的)$")
_WEAK = re.compile(r"^(?:工作|服务|管理|建设|党建|活动|项目|考核|党组织|阵地|格局)$|^[^\u4e00-\u9fff“]")


def title_of(
    doc: SegmentedDocument,
    sentences: Sequence[Sentence],
    names: Sequence[Name],
    headings: Sequence[Sentence],
    places: Sequence[tuple[int, int]],
) -> str:
    """A title for the unit made of ``sentences``; ``places`` are clean spans of the
    place names in it, which the title leaves out."""
    text = doc.clean.text
    bodies = [_without(text, s.start, s.end, places) for s in sentences]
    heads = [_without(text, h.start, h.end, places) for h in headings]
    for candidate in _candidates(text, bodies, heads, names):
        if _SHORTEST <= len(candidate) <= LONGEST and _balanced(candidate):
            return candidate
    return _shortened(bodies, heads)


def _candidates(text: str, bodies: Sequence[str], heads: Sequence[str], names: Sequence[Name]) -> Iterator[str]:
    for name in names:
        kind = _KIND.match(text, name.end + 1)
        yield f"“{name.text}”{kind[0] if kind else ''}"
        yield f"“{name.text}”"
    marked = _MARK.match(bodies[0])
    if marked:
        yield _founded(bodies[0][marked.end() :].split("。")[0]) or _clause(_first_clause(bodies[0][marked.end() :]))
    for body in bodies:
        for found in _FOUNDED.finditer(body):
            what = _LEAD.sub("", found["what"])
            if not _WEAK.search(what):
                yield what if len(what) >= 6 else found[0]
    for body in bodies:
        for clause in re.split(r"[，。；：]", body):
            if _ACTION.match(_LEAD.sub("", clause)):
                yield _clause(clause)
    for head in reversed(heads):
        yield _clause(head)
    for body in bodies:
        for clause in re.split(r"[，。；：]", body):
            yield _clause(clause)


def _founded(clause: str) -> str:
    """What a heading such as 健全三级联动责任体系 sets up, if it is all it says."""
    found = _FOUNDED.fullmatch(clause)
    return found["what"] if found and not _WEAK.search(found["what"]) else ""


def _first_clause(body: str) -> str:
    """The heading of an item: its first sentence, or the first clause of it."""
    sentence = re.split(r"[。；]", body, maxsplit=1)[0]
    return sentence if len(sentence) <= LONGEST else sentence.split("，", 1)[0]


def _clause(clause: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", _MARK.sub("", clause.strip(" 。，；：*")))).strip(" 。，；：*")


def _without(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> str:
    """The text of a span without the place names that open a clause in it."""
    parts, at = [], start
    for place_start, place_end in places:
        if at <= place_start and place_end <= end and (place_start == start or text[place_start - 1] in "，。；：、年月日"):
            parts.append(text[at:place_start])
            at = place_end
    parts.append(text[at:end])
    return re.sub(r"^[、和及与]*(?:等地|等省|等市|市委|省委|区委|县委|市|省)?(?![场])", "", "".join(parts).strip())


def _balanced(title: str) -> bool:
    """Whether marks and brackets come in pairs."""
    return all(title.count(a) == title.count(b) for a, b in ("“”", "（）", "《》", "‘’"))


def _shortened(bodies: Sequence[str], heads: Sequence[str]) -> str:
    """The last resort: whole members of an enumeration, as many as fit."""
    for part in [*reversed(heads), *bodies]:
        for clause in re.split(r"[，。；：]", part):
            members = _clause(clause).split("、")
            while len(members) > 1 and len("、".join(members)) > LONGEST:
                members.pop()
            title = "、".join(members)
            if _SHORTEST <= len(title) <= LONGEST and _balanced(title):
                return title
    return _clause(bodies[0])[:LONGEST]
