"""Titles as a librarian would write them: at most 25 characters, the name of the
practice in them if it has one, never a cut-off sentence.

Candidates are whole pieces of the text, each worth so much: a name in “ ” with
the noun that says what it is (“接诉即办”末位约谈制度), what a verb of founding
sets up (建立社区干部学院 → 社区干部学院), the heading of an enumerated item, a
clause that says what is done, the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .names import Name

Extent = tuple[int, int]

LONGEST = 25
_SHORTEST = 4
_FULL_LENGTH, _PER_CHARACTER = 10, 14  # a title of ten characters gains 10/14
_FOUNDED_WORTH, _NAMED_WORTH = 3.0, 1.4
_TERSE = 7  # 科学立项, 示范引领: headings too short to say what is done

_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:是要?|要|、)|第[一二三四五六七八九十]{1,2}[，、]|"
    r"[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|首先，|其次，|再次，|一方面，|另一方面，|\*|\s)+"
)
_KIND = re.compile(
    r"[^，。；：、“”（）…\s和与及]{0,10}?(?:制度|机制|体系|体制|模式|工作法|做法|改革|工程|行动|计划|活动|品牌|项目|平台|系统|中心|"
    r"驿站|联席会议|联席会|联盟|联合体|服务队|工作队|清单|办法|管理|治理|客户端|街区|序列|专刊|试点|党建|书记|支部|党委|职能|"
    r"权力|服务|工作室|岗位|基地|公约|标准|同步|报到|党组织架构|架构|制)(?![\u4e00-\u9fff])"
)
_FOUNDING = (
    r"(?:研究制定|建立健全|建立完善|健全完善|探索建立|推动建立|普遍建立|全面建立|分别建立|全面推行|探索推行|探索开展|探索设立|"
    r"深入开展|广泛开展|集中开展|持续开展|统一设立|普遍设立|专门设立|建立起?|健全|构建起?|完善|设立|成立|组建|打造|搭建|实行|"
    r"推行|实施|推广|开展|启动|制定|出台|创新|推进|建成|建设|创设|创立|开发|研发|开通|签订|订立|配备|落实|形成)"
)
_INSTITUTION = (
    r"(?:制度|机制|体系|体制|模式|工作法|改革|工程|行动|计划|活动|平台|系统|中心|驿站|联席会议|联席会|联盟|联合体|共同体|队伍|"
    r"服务队|志愿队|巡查组|清单|办法|意见|方案|规划|网络|网格|学院|党校|基地|阵地|委员会|理事会|协会|促进会|党委|党组织|党支部|"
    r"党总支|服务站|工作站|站点|协议书|协议|公约|标准|序列|试点|项目库|数据库|专项资金|津贴|经费|客户端|小程序|工作室|例会|"
    r"综合平台|考核|管理|工作|服务|建设|架构)"
)
# 60个街道全部建立街道联合党工委: who did it all may stand before the verb.
_FOUNDED = re.compile(
    rf"(?:.{{0,16}}?(?:全部|均|普遍|分别|专门|统一|相应))?{_FOUNDING}(?P<what>.{{3,24}}?(?:{_INSTITUTION}|制|党工委|”))(?:等|并.*)?"
)
_FIGURE = re.compile(
    r"[近约超]?(?<![由到至第0-9.])\s*[0-9*][0-9*.,—-]*\s*[万亿]?[多余]?\s*[个名家处支项户场件种类座所批人]\s*"
)
_ACTION = re.compile(
    rf"(?:{_FOUNDING}|选派|选聘|选配|选拔|公开选拔|定向招|招录|组织|动员|引导|推动|整合|统筹|下放|下沉|赋予|明确|规范|取消|剥离|"
    r"划分|细化|将|把|纳入|吸纳|聘请|抽调|投入|发放|提高|增加|鼓励|培育|孵化|举办|召开|评选|编制|充实|强化|深化|优化|加强|"
    r"指导|由|为|在|对|向|面向|依托|每|配强|建好|拓宽|加大|引进|联合|采取|统一|互派|结成)"
)
_LEAD = re.compile(
    r"^(?:同时|此外|另外|目前|近年来|今年|比如|例如|还|并|先后|进一步|不断|着力|积极|大力|全面|深入|普遍|注重|努力|持续|切实|充分|"
    r"坚持|其中|逐步|定期|率先|常态化|分领域|先行|从而|，|、|\s)+"
)
_TAIL = re.compile(r"(?:等地?|等[^，。；]{0,4}工作|的|方面)$")
_VAGUE = re.compile(
    r"^(?:党的|各项|相关|有关|各类)?(?:工作|服务|管理|建设|党建|活动|项目|考核|党组织|阵地|格局|机制|制度|体系)+$|^[^\u4e00-\u9fff“《]|"
    r"^[在对以为从由经].*(?:下|中|上|后|时|内|外|来|里|组织|社区|书记|对象)$|^在.*上.{2,6}$|[和与及]$|^(?:按照|根据|针对|围绕|结合)|^(?:依托|以|通过)[^，]*(?:体系|平台|抓手|载体|重点|导向|为主|方式|形式|单位|主体)$|新格局|新局面|明确要求|明确规定|发挥.*作用$|上(?:持续|下)|理念|要求$|实际$|特点$|优势$"
)
# What may follow a place name and belongs to it: 等地, 市委, 省委组织部
_AUTHORITY = re.compile(r"(?:等[地省市区县]?|[省市区县]?委(?:组织部)?(?!员)|[省市区县](?=[^场民域]))?")
_LISTED = re.compile(r".*、[^、等]+等(?P<whole>[^、]{4,})")
_DIGIT = re.compile("[0-9*]")
_PAIRED = re.compile("[“”（）《》‘’]")
_CLAUSES = re.compile(r"[，。；：…]+")


def title_of(
    text: str,
    spans: Sequence[Extent],
    names: Sequence[Name],
    headings: Sequence[Extent],
    places: Sequence[Extent],
) -> str:
    """A title for the measure told in ``spans`` of ``text``, below ``headings``;
    ``places`` are the place names in it, which the title leaves out."""
    bodies = [_without(text, start, end, places) for start, end in spans]
    heads = [_without(text, start, end, places) for start, end in headings]
    choice = _Choice()
    _offer_names(choice, text, names)
    _offer_item(choice, bodies[0])
    _offer_clauses(choice, bodies[:4])
    _offer_headings(choice, heads)
    return choice.title or _shortened(bodies, heads)


class _Choice:
    """The best of the titles offered so far; a vague or a short one is worth less."""

    def __init__(self) -> None:
        self.title, self._worth = "", 0.0

    def is_open_to(self, worth: float) -> bool:
        """Whether a title of that worth, were it long and plain, would be taken."""
        return worth + _FULL_LENGTH / _PER_CHARACTER > self._worth

    def offer(self, title: str, worth: float) -> None:
        worth += min(len(title), _FULL_LENGTH) / _PER_CHARACTER
        if worth <= self._worth or not _SHORTEST <= len(title) <= LONGEST:
            return
        worth -= 2.0 * bool(_VAGUE.search(title))
        if worth > self._worth and _balanced(title):
            self.title, self._worth = title, worth


def _offer_names(choice: _Choice, text: str, names: Sequence[Name]) -> None:
    for rank, name in enumerate(names[:4]):
        kind = _KIND.match(text, name.end + 1)
        worth = 4.0 - 0.3 * rank - (1.2 if name.is_label else 0.0)
        choice.offer(f"“{name.text}”{kind[0] if kind else ''}", worth + (0.5 if kind else -0.8))


def _offer_item(choice: _Choice, body: str) -> None:
    marked = _MARK.match(body)
    if marked and choice.is_open_to(2.6):
        heading = _clause(_first_clause(body[marked.end() :]))
        choice.offer(heading, 2.6 if len(heading) > _TERSE else 2.0)


def _offer_clauses(choice: _Choice, bodies: Sequence[str]) -> None:
    """What stands earlier is worth a little more."""
    for rank, body in enumerate(bodies):
        early = -0.25 * rank
        for clause in _CLAUSES.split(body)[:6]:
            if choice.is_open_to(_FOUNDED_WORTH + ("“" in clause) * _NAMED_WORTH + early):
                _offer_clause(choice, _clause(clause), early)
            early -= 0.05


def _offer_clause(choice: _Choice, plain: str, early: float) -> None:
    named = "“" in plain
    if len(plain) > LONGEST:
        listed = _LISTED.fullmatch(plain)
        if listed:  # 推动甲、乙、丙等四个综合平台建设
            choice.offer(listed["whole"], 1.6 + early)
        return
    found = _FOUNDED.fullmatch(plain)
    if found and not _VAGUE.search(found["what"]):
        founded = found["what"] if len(found["what"]) >= 5 else plain
        choice.offer(founded, _FOUNDED_WORTH + named * _NAMED_WORTH + early)
    elif _ACTION.match(plain):
        choice.offer(plain, (2.8 if named else 2.0) + early)
    else:
        choice.offer(plain, 0.6 + early)


def _offer_headings(choice: _Choice, heads: Sequence[str]) -> None:
    if choice.is_open_to(1.2):
        for head in reversed(heads):
            choice.offer(_clause(head), 1.2)
            choice.offer(_clause(_first_clause(head)), 1.1)


def _first_clause(body: str) -> str:
    """The heading of an item: its first sentence, or the first clause of it."""
    sentence = re.split(r"[。；]", body, maxsplit=1)[0]
    return sentence if len(sentence) <= LONGEST else sentence.split("，", 1)[0]


def _clause(clause: str) -> str:
    plain = clause.strip(" 。，；：*")
    if marked := _MARK.match(plain):
        plain = plain[marked.end() :]
    if _DIGIT.search(plain):
        plain = _FIGURE.sub("", plain)
    if lead := _LEAD.match(plain):
        plain = plain[lead.end() :]
    return _TAIL.sub("", plain).strip(" 。，；：*")


def _without(text: str, start: int, end: int, places: Sequence[Extent]) -> str:
    """The text of a span without the place names that open a clause in it."""
    parts, at = [], start
    for place_start, place_end in places:
        if (
            at <= place_start
            and place_end <= end
            and (place_start == start or text[place_start - 1] in "，。；：、年月日")
        ):
            parts.append(text[at:place_start])
            authority = _AUTHORITY.match(text, place_end)
            at = authority.end() if authority else place_end
    parts.append(text[at:end])
    return "".join(parts).strip(" 、，")


def _balanced(title: str) -> bool:
    """Whether marks and brackets come in pairs."""
    return not _PAIRED.search(title) or all(
        title.count(a) == title.count(b) for a, b in ("“”", "（）", "《》", "‘’")
    )


def _shortened(bodies: Sequence[str], heads: Sequence[str]) -> str:
    """The last resort: whole members of an enumeration, as many as fit."""
    for part in [*bodies, *reversed(heads)]:
        for clause in _CLAUSES.split(part):
            members = _clause(clause).split("、")
            while len(members) > 1 and len("、".join(members)) > LONGEST:
                members.pop()
            title = "、".join(members)
            if _SHORTEST <= len(title) <= LONGEST and _balanced(title) and not _VAGUE.search(title):
                return title
    return _clause(bodies[0])[:LONGEST]
