"""Who published a text, where and when: bylines, datelines, dates and notes on authors."""

from __future__ import annotations

import datetime as dt
import re

# Agencies, newspapers and journals that governance texts are taken from.
PUBLISHERS = (
    "新华社", "新华网", "人民日报", "人民网", "光明日报", "经济日报", "求是", "半月谈", "中国组织人事报",
    "中国组织人事报新闻网", "中国社区报", "中国社会报", "中国新闻网", "中新社", "中央广电总台", "央视网",
    "学习时报", "法治日报", "农民日报", "中国青年报", "工人日报", "解放日报", "文汇报", "南方日报",
    "北京日报", "新京报", "浙江日报", "新华日报", "湖北日报", "四川日报", "大众日报", "党建研究",
    "党建网", "共产党员网", "中国共产党新闻网", "澎湃新闻", "瞭望", "旗帜", "学习强国", "民政部网站",
)  # fmt: skip
PUBLISHER = re.compile(
    "|".join(sorted(PUBLISHERS, key=len, reverse=True))
    + r"|[\u4e00-\u9fff]{2,6}(?:日报|晚报|时报|新闻网|政府网)"
)

_DATE = (
    r"(?P<year>(?:19|20)\d\d)\s?(?:年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?"
    r"|[-/.](?P<month2>\d{1,2})[-/.](?P<day2>\d{1,2})日?)"
)
DATE = re.compile(_DATE)
_DATE_PLAIN = re.sub(r"\?P<\w+>", "?:", _DATE)
_CLOCK = r"(?:\s*[T ]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)"
_DATE_LINE = re.compile(
    rf"^[（(]?(?:发布时间|发表时间|发布日期|时间|日期)?\s*[:：]?\s*{_DATE_PLAIN}{_CLOCK}?[)）]?$"
)

_AGENCY = (
    r"(?:新华社|中新社|本报|本刊|本网|人民网|央视网|新华网|中新网|中国新闻网|光明网|经济日报|中国经济网)"
)
# 新华社北京6月18日电（记者张三、李四）; the digits may be lost: 新华社北京月日电
DATELINE = re.compile(
    rf"^[（(]?{_AGENCY}[\u4e00-\u9fff]{{0,8}}?\s?\d{{0,2}}\s?月\s?\d{{0,2}}\s?日[电讯]"
    r"(?:[（(](?:记者|通讯员)[^）)]{0,60}[）)])?[）)]?\s*"
)
# （记者 张三） （作者单位：某市委党校） （作者系…） （来源：人民日报）
_NOTE = re.compile(
    r"^[（(](?:本报|本刊|新华社|人民网)?(?:记者|特约记者|通讯员|作者|执笔|课题组|调研组|供稿|来源|转自|摘自|原载|编辑|责任编辑|责编|整理|摄影|文/)"
    r"[^。！？]{0,80}[）)]$"
)
_LABEL = re.compile(
    r"^[■◎●□▲◆]?\s*(?:文[/／|]|图[/／|]|作者|来源|信息来源|稿件来源|记者|通讯员|特约记者|供稿|供稿单位|报送单位|推荐单位|编辑|责任编辑|责编|执笔|整理|摄影|浏览次数"
    r"|阅读次数|点击数|字号|发布机构|发布单位|关键词|【关键词】)(?:单位|人)?\s*[:：/|\s]\s*\S"
)
_REPORTER = re.compile(
    rf"^[■◎●□▲◆]?\s*(?:{_AGENCY}|[\u4e00-\u9fff]{{2,8}}(?:日报|晚报|时报|报|网|社|台)?)?"
    r"(?:首席|特约|实习|评论员)?(?:记者|通讯员|评论员)[\s:：]*[\u4e00-\u9fff·\s、]{2,30}$"
)
_LONGEST = 100


def is_byline(text: str) -> bool:
    """Whether ``text`` only says who wrote or published something, where or when.

    2021/6/18 14:14 · 来源：人民日报 · 本报记者 张三 李四 · 新华社北京6月18日电 ·
    （作者单位：某市委党校）
    """
    if len(text) > _LONGEST or text.endswith("。"):
        return False
    if _DATE_LINE.match(text) or _NOTE.match(text):
        return True
    dateline = DATELINE.match(text)
    if dateline and dateline.end() == len(text):
        return True
    return len(text) <= 60 and "，" not in text and bool(_LABEL.match(text) or _REPORTER.match(text))


def read_date(text: str) -> dt.date | None:
    """The first full date in ``text``; a month without a day counts as its first day."""
    for found in DATE.finditer(text):
        year = int(found["year"])
        month = int(found["month"] or found["month2"])
        day = int(found["day"] or found["day2"] or 1)
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return None


def read_publisher(text: str) -> str:
    """The publisher named in a byline, '' if none is."""
    found = PUBLISHER.search(text)
    return found[0] if found else ""
