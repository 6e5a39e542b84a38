"""The differences in content between two printed copies of one article, read and listed by hand.

Each line: the words around it with the reading of the clean copy in brackets, the
same of the other copy, and the class.  Where the other copy ends is not a reading.
"""

from __future__ import annotations

READINGS = [
    ("效能（[奋斗百年路 启航新征程·党旗在基层一线高高飘扬]）", "[]——党的十九大", "omission"),
    ("各部门认真[]落实", "各部门认真[贯彻]落实", "insertion"),
    ("《关于[]加强和改进", "《关于[全面]加强和改进", "insertion"),
    ("各项任务落[实落]地", "各项任务落[]地", "omission"),
    ("同发力，[建强]基层", "同发力 [strengthens] 基层", "word"),
    ("支起[宵]夜", "支起[]夜", "omission"),
    ("经营无证[照]", "经营无证[]", "omission"),
    ("各地认真[下]好", "各地认真[做]好", "word"),
    ("联结辖区[内各]领域", "联结辖区[各内]领域", "word"),
    ("招商引资、[协税护税]等", "招商引资、[办税办税]等", "word"),
    ("主战区，[党工委]书记", "主战区，[党组]书记", "word"),
    ("安全生产、生态环[境]、", "安全生产、生态环[保]、", "word"),
    ("的“底[盘]”", "的“底[座]”", "word"),
    ("切实增强[社区]党组织", "切实增强[街道]党组织", "word"),
    ("中心体系[功能]建设", "中心体系[]建设", "omission"),
    ("统筹[建设]布局", "统筹[推进]布局", "word"),
    ("党员和群众的[共同园地]", "党员和群众共有的[家园]", "word"),
    ("江[鹭]花园", "江[湾]花园", "place"),
    ("加强小区网[格]党建", "加强小区网[络]党建", "word"),
    ("社区党委书记[萧]娜芬", "社区党委书记[陈]娜芬", "person"),
    ("开展小区网[格]党组织", "开展小区网[络]党组织", "word"),
    ("信息[收]集", "信息[采]集", "word"),
    ("新领域新[区域]新群体", "新领域新[业态]新群体", "word"),
    ("我们常[年]在", "我们常[常]在", "word"),
    ("暖心[的]祝福", "暖心[]祝福", "omission"),
    ("思路和方[式]", "思路和方[法]", "word"),
    ("提供公租[]宿舍", "提供公租[房]宿舍", "insertion"),
    ("快递员[]到社区报到，以", "快递员[小哥]到社区报到，以", "insertion"),
    ("新街口[商圈]分属", "新街口[]分属", "omission"),
    ("基层党[组织管理困难]", "基层党[建工作难度大]", "word"),
    ("组织的[过]‘", "组织的[]‘", "omission"),
    ("‘政[治]生日", "‘政[]生日", "omission"),
    ("金陵[汇]红色街区", "金陵[江]红色街区", "place"),
    ("副书记王[晓]宇", "副书记王[昕]宇", "person"),
    ("基层党建整体效[应]", "基层党建整体效[能]", "word"),
    ("城市在开放中[发展]", "城市在开放中[加强]", "word"),
    ("互联互[动]纽带", "互联互[通]纽带", "word"),
    ("共筑疫情防[控]", "共筑疫情防[线]", "word"),
    ("维护[和谐稳定]、", "维护[和维稳]等", "word"),
    ("到[城市]社区任职", "到[社区]社区任职", "word"),
    ("不断[健全]完善", "不断[完善]完善", "word"),
    ("普遍开展[驻]区", "普遍开展[社]区", "word"),
    ("党组织和在[职党员]到", "党组织和在[社区报]到", "word"),
    ("工作在[单位]、", "工作在[哪里]、", "word"),
    ("服务在[社区]、奉", "服务在[哪里]、奉", "word"),
    ("奉献[双岗位]", "奉献[在哪里]", "word"),
    ("生动[局面]", "生动[画卷]", "word"),
]


def bracketed(marked: str, text: str) -> tuple[int, int]:
    """Where what stands in brackets stands in ``text``; the words around it must stand there once."""
    before, rest = marked.split("[")
    inside, behind = rest.split("]")
    words = before + inside + behind
    assert text.count(words) == 1, words
    start = text.index(words) + len(before)
    return start, start + len(inside)
