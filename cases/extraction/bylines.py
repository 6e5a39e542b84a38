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
_CLOCK = re.compile(r"[T\s]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")

_AGENCY = (
    r"(?:新华社|中新社|本报|本刊|本网|人民网|央视网|新华网|中新网|中国新闻网|光明网|经济日报|中国经济网)"
)
_REPORTERS = r"(?:\s*[（(](?:本报|全媒体|首席|见习|特约)?(?:记者|通讯员)[^）)]{0,60}[）)])?"
# 新华社北京6月18日电（记者张三、李四） 本报讯（记者 张三）; digits may be lost: 新华社北京月日电
DATELINE = re.compile(
    rf"^[（(]?(?:{_AGENCY}[\u4e00-\u9fff]{{0,8}}?\s?\d{{0,2}}\s?月\s?\d{{0,2}}\s?日[电讯]"
    rf"|(?:本报|本网|[\u4e00-\u9fff]{{2,6}}(?:日报|晚报))讯){_REPORTERS}[）)]?\s*"
)
# （记者 张三） （作者单位：某市委党校） （作者系…） （来源：人民日报）
_NOTE = re.compile(
    r"^[（(](?:本报|本刊|新华社|人民网)?(?:记者|特约记者|通讯员|作者|执笔|课题组|调研组|供稿|来源|转自|摘自|原载|编辑"
    r"|责任编辑|责编|整理|摄影|文/)[^。！？]{0,80}[）)]$"
)
_LABELS = (
    "作者|来源|信息来源|稿件来源|文章来源|记者|通讯员|特约记者|供稿|供稿单位|报送单位|推荐单位|编辑|责任编辑|责编|执笔|整理|摄影"
    "|浏览次数|阅读次数|点击数|点击|字号|字体|发布机构|发布单位|发布时间|发表时间|发布日期|时间|日期|索引号|文号"
)
_LABELLED = re.compile(rf"(?:{_LABELS}|文|图)(?:单位|人)?\s*[:：/／|]\s*[^\s:：]{{0,30}}")
# What journals print before the text: 关键词:… 中图分类号:D630 作者简介:…
_FRONT_MATTER = re.compile(
    r"^[【\[［〔]?\s?(?:关\s*键\s*词|中图分类号|文献标识码|文章编号|收稿日期|修回日期|基金项目|作者简介|作者单位|通讯作者|DOI|doi)"
    r"\s?[】\]］〕:：]"
)
# 某政发〔2022〕15号
_DOCUMENT_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,12}\s?[〔［\[（(]\s?(?:19|20)\d\d\s?[〕］\]）)]\s?第?\d{1,4}号$"
)
# (1.某大学 某学院,某省 某市 150040)
_AFFILIATION = re.compile(
    r"^[（(][^。]*(?:大学|学院|党校|研究院|研究所|研究中心)[^。]*\d{6}[^。]{0,60}[）)]?$"
)
_REPORTER = re.compile(
    rf"^(?:{_AGENCY}|[\u4e00-\u9fff]{{2,8}}(?:日报|晚报|时报|报|网|社|台)?)?"
    r"(?:首席|特约|实习|见习|全媒体)?(?:记者|通讯员|评论员)[\s:：]*[\u4e00-\u9fff·\s、]{2,30}$"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤奚常温康施文牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧"
    "耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉"
)
_NAME = rf"[{_SURNAMES}]\s?[\u4e00-\u9fff]{{1,2}}"
_NAMES = re.compile(rf"^{_NAME}(?:[\s、,，/]+{_NAME})+$")
_ONE_NAME = re.compile(rf"^{_NAME}$")
_SOURCE = re.compile(r"(?:来源|转自|摘自|原载)\s*[:：]?\s*([^\s:：，；）)]{2,20})")
_BULLET = re.compile(r"^[■◎●□▲◆▍]+\s*")
_TRIMMINGS = " \t　《》〈〉（）()|/丨·-—【】[]"
_PAGE = re.compile(r"(?:第\s*)?[A-Z]?\d{1,3}\s*版")
_LONGEST = 100
_LONGEST_FRONT_MATTER = 300


def is_byline(text: str) -> bool:
    """Whether ``text`` only says who wrote or published something, where or when.

    2021/6/18 14:14 来源：人民日报 · 本报记者 张三 李四 · 新华社北京6月18日电 ·
    （作者单位：某市委党校） · 《人民日报》（2021年7月25日01版） · 关键词：网格；物业
    """
    if _FRONT_MATTER.match(text):
        return len(text) <= _LONGEST_FRONT_MATTER
    if len(text) > _LONGEST or text.endswith("。"):
        return False
    if _NOTE.match(text) or _AFFILIATION.match(text) or _DOCUMENT_NUMBER.match(text):
        return True
    dateline = DATELINE.match(text)
    if dateline and dateline.end() == len(text):
        return True
    if len(text) > 60 or "，" in text:
        return False
    plain = _BULLET.sub("", text)
    if _REPORTER.match(plain) or _NAMES.match(plain):
        return True
    return _is_signed_and_dated(plain, plain != text)


def _is_signed_and_dated(text: str, bulleted: bool) -> bool:
    """Whether nothing but one name is left without dates, labels and a publisher."""
    rest = text
    for form in (DATE, _CLOCK, _LABELLED, PUBLISHER, _PAGE):
        rest = form.sub(" ", rest, count=4)
    rest = rest.strip(_TRIMMINGS)
    return (not rest and rest != text) or ((bulleted or rest != text) and bool(_ONE_NAME.match(rest)))


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
    """The publisher named in a byline, '' if none is: after 来源：, else a known name."""
    source = _SOURCE.search(text)
    if source:
        return source[1].strip(_TRIMMINGS)
    found = PUBLISHER.search(text)
    return found[0] if found else ""
