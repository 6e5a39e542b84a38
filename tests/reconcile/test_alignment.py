"""Stretches that say the same, and what they make of two sources."""

import datetime as dt
import random

import pytest

from cases.reconcile.alignment import align, opcodes
from cases.reconcile.dates import latest_date
from cases.reconcile.fingerprints import fingerprint
from cases.reconcile.kinship import Kinship, kinship
from cases.reconcile.normal import NormalText
from cases.reconcile.relation import compare

from .records import seed, source

STATEMENTS = [
    "全市推行街道社区党组织与驻区单位共建共享，每季度商定一批服务项目",
    "区委建立街道吹哨部门报到工作机制，把执法力量下沉到基层一线",
    "社区党委把楼栋长和热心居民组织起来，成立老旧小区自管小组",
    "物业企业党支部与居委会签订协议，共同解决停车难和环境脏的问题",
    "新就业群体党群服务驿站为骑手提供饮水充电和短暂休息的地方",
    "网格员每天走访独居老人，把诉求录入信息平台并跟踪办理结果",
    "机关干部利用周末到社区值守，帮助登记来访人员和分发物资",
    "街道成立商圈党建联盟，引导商户认领门前卫生和文明劝导岗位",
]


def prose(seed_number: int, size: int) -> str:
    """Letters at random: two such texts share nothing."""
    chosen = random.Random(seed_number)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    return "".join(chosen.choices(letters, k=size))


def never(letters: str) -> bool:
    return False


def always(letters: str) -> bool:
    return True


def text_of(*parts: str) -> str:
    return "".join(part + "。" for part in parts)


def long_text(number: int, sentences: int = 20) -> str:
    return text_of(*(prose(number * 1000 + n, 40) for n in range(sentences)))


def test_normal_text_keeps_the_way_back():
    raw = "第 1 章　“红色 物业”，80.8％的小区！"
    letters = NormalText.letters(raw, [(0, len(raw))])
    assert letters.text == "第章红色物业的小区"
    assert [raw[offset] for offset in letters.offsets] == list(letters.text)
    assert NormalText.content(raw, [(0, len(raw))]).text == "第1章红色物业80.8%的小区"
    start, end = letters.raw_span(2, 6)
    assert raw[start:end] == "红色 物业"


def test_texts_without_letters_align_with_nothing():
    assert align("", "") == []
    assert fingerprint("党建") == frozenset()


@pytest.mark.parametrize(
    "copy",
    [
        lambda text: text,
        lambda text: text.replace("，", "").replace("。", ""),
        lambda text: text[:100] + "错" + text[101:200] + "多了几个字" + text[200:],
        lambda text: text[:300] + text[312:],
    ],
    ids=["exact", "punctuation lost", "letters changed", "words left out"],
)
def test_a_damaged_copy_aligns_as_one_block(copy):
    text = prose(1, 800)
    [block] = align(text, copy(text))
    assert block.matched >= 780
    assert block.a_start == block.b_start == 0


def test_long_texts_are_compared_in_slices_with_the_same_outcome():
    text = prose(2, 20_000)
    other = text[:7000] + "甲乙丙" + text[7000:15_000] + text[15_010:]
    changed = [op for op in opcodes(text, other) if op[0] != "equal"]
    assert changed == [("insert", 7000, 7000, 7000, 7003), ("delete", 15_000, 15_010, 15_003, 15_003)]


def test_moved_paragraphs_are_found_where_they_stand():
    first, second = prose(3, 300), prose(4, 300)
    blocks = align(first + second, second + first)
    assert {(b.a_start, b.b_start) for b in blocks} == {(0, 300), (300, 0)}


QUOTED = text_of(*STATEMENTS[:2])
KINDS = [
    ("copy", long_text(1), long_text(1), Kinship.REPRINT),
    ("cut off after most of it", long_text(1), long_text(1)[:600], Kinship.REPRINT),
    ("a part of it", long_text(1), long_text(1)[:200], Kinship.EXCERPT),
    ("nothing in common", long_text(1), long_text(2), None),
    ("two sentences in common", long_text(1) + QUOTED, long_text(2) + QUOTED, None),
    ("a long quotation", long_text(1, 40), long_text(2, 40) + long_text(1, 40)[:300], Kinship.SHARES),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_kinship(a, b, kind):
    relation = compare(source(a), source(b), never)
    assert (relation.kin.type if relation else None) == kind


def test_boilerplate_relates_nothing():
    assert compare(source(long_text(1)), source(long_text(1)), always) is None


def test_a_relation_does_not_depend_on_which_is_given_first():
    a, b = source(long_text(1), key=1), source(long_text(1)[:700], key=2)
    assert compare(a, b, never) == compare(b, a, never)


def test_the_text_with_defects_is_the_copy():
    text = long_text(5)
    noisy, clean = source(text, key=1, defects=frozenset({"ocr-noise"})), source(text, key=2)
    assert compare(noisy, clean, never).first is noisy


def test_shared_statements_make_the_older_text_an_earlier_version():
    shared = text_of(*STATEMENTS)
    old = source(shared + long_text(6, 3), published=dt.date(2020, 5, 1))
    new = source(long_text(7, 3) + shared, published=dt.date(2021, 5, 1))
    blocks = align(new.letters.text, old.letters.text)
    kin = kinship(new, old, blocks, never)
    assert kin is not None and kin.type in (Kinship.EARLIER, Kinship.REPRINT)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021年6月18日，全市召开会议。2020年起推行。", dt.date(2021, 6, 1)),
        ("到2035年基本实现现代化，2019年以来推行。", dt.date(2019, 1, 1)),
        ("落实联合国2030年可持续发展议程。", None),
        ("去年以来推行。", None),
    ],
)
def test_the_latest_date_is_one_that_the_text_looks_back_on(text, date):
    assert latest_date(text) == date


def test_the_reprint_and_the_earlier_text_among_the_seeds():
    clean, earlier, scanned = seed("000", 1), seed("001", 2), seed("002", 3)
    reprint = compare(clean, scanned, never)
    assert (reprint.first, reprint.kin.type) == (scanned, Kinship.REPRINT)
    older = compare(clean, earlier, never)
    assert (older.first, older.kin.type) == (earlier, Kinship.EARLIER)


@pytest.mark.parametrize(
    "pair", [("000", "003"), ("000", "004"), ("001", "003"), ("001", "004"), ("003", "004")]
)
def test_reports_of_one_campaign_are_not_versions_of_each_other(pair):
    assert compare(seed(pair[0], 1), seed(pair[1], 2), never) is None
