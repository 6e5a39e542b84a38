"""Each defect is flagged where it is, and not in sound text."""

import pytest

from cases.extraction.defects import (
    has_lost_digits,
    has_lost_punctuation,
    has_masked_digits,
    has_ocr_noise,
)
from cases.extraction.document import Defect
from cases.extraction.segment import segment

SOUND = (
    "全国有80.8%的街道取消了招商引资。北京明确6大板块110余项职责，建立“吹哨报到”机制。"
    "2年来，各地新增个体工商户党组织120个，居民一个一个地谈，讨论讨论再决定。"
    "街道党工委传达精神，企业到达后确定名单，使用APP和WiFi上网，“party”活动室已开放。"
)


@pytest.mark.parametrize(
    "text",
    [
        "街道社区网格同发力 strengthens 基层党建堡垒，不断完善完善工作机制。",
        "选派干部到社区社区任职，办税办税等工作任务。",
        "治理\ufffd能\ufffd提升。",
        "党组l织覆盖率达1O0%，建立机制。",
    ],
)
def test_ocr_noise(text):
    assert has_ocr_noise(text)


def test_two_slips_in_a_book_are_no_ocr_noise():
    assert not has_ocr_noise(f"完善完善机制。{'各地推行改革，取得明显成效。' * 2000}社区社区治理。")


@pytest.mark.parametrize(
    "text", ["建立网格***个，配备网格员*.*万名。", "**年来，投入****万元。", "走访××户，慰问×名党员。"]
)
def test_masked_digits(text):
    assert has_masked_digits(text)


@pytest.mark.parametrize(
    "text",
    [
        "1. **重心下移。**上海推动改革。2. **互联互通。**各区积极落实。",
        "按3×4个单元划分，设2×5个点。",
        "*省委认真贯彻。",
    ],
)
def test_asterisks_that_mask_no_digits(text):
    assert not has_masked_digits(text)


@pytest.mark.parametrize(
    "text",
    [
        "年，中央召开会议。年，出台意见。全国共抽调万名党员下沉。",
        "全国已有的街道取消任务，的街道被赋予职权，专项经费的社区达，岗位序列的社区占。",
        "沿江构筑近个服务站点，确定个示范市，比例达。",
    ],
)
def test_lost_digits(text):
    assert has_lost_digits(text)


def test_lost_punctuation_shows_in_long_prose_only():
    bare = "各地着力做强街道做优社区做实系统做活治理，构建起区域统筹条块协同的体系。"
    assert has_lost_punctuation(bare * 30)
    assert not has_lost_punctuation(bare)
    assert not has_lost_punctuation((bare + "建立“大工委”、“大党委”。") * 30)


def test_sound_text_has_no_defect():
    assert not has_ocr_noise(SOUND)
    assert not has_masked_digits(SOUND)
    assert not has_lost_digits(SOUND)
    assert not has_lost_punctuation(SOUND * 10)


@pytest.mark.parametrize(
    ("ending", "cut"),
    [
        ("逐级建立健全制度，完善调度通", True),
        ("逐级建立健全制度。", False),
        ("故事未完待续……", False),
        ("逐级建立健全制度（试行）", False),
        ("逐级建立健全制度。\n（作者单位：某市委党校）", False),
        ("逐级建立健全制度。\n12", False),
    ],
)
def test_an_article_without_its_end_is_cut_off(ending, cut):
    text = f"城南街道的实践\n城南街道推行改革。同时，各社区加强联动，坚持以上带下、以下促上，{ending}"
    assert (Defect.CUT_OFF in segment(text).defects) is cut
