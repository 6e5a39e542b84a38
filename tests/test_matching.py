"""Identity across runs: spans and practices aligned one to one, without a database."""

from __future__ import annotations

import random

import pytest

from cases.ingest.matching import Anchor, Portrait, align_practices, align_spans, likeness, span_jaccard


def anchor(machine, actual=None, rejected=False) -> Anchor:
    return Anchor(machine, actual or machine, rejected)


SPANS = {
    "the same span": ([(0, 4)], [anchor((0, 4))], {0: 0}, set()),
    "nothing near": ([(0, 4)], [anchor((4, 8))], {}, set()),
    "the exact one before the longer overlap": ([(2, 4), (0, 4)], [anchor((0, 4))], {1: 0}, set()),
    "the greatest overlap": ([(0, 10)], [anchor((8, 12)), anchor((1, 9))], {0: 1}, set()),
    "each row once": ([(0, 4), (1, 5)], [anchor((0, 5))], {0: 0}, set()),
    "the machine's place before the person's": (
        [(0, 4)], [anchor((9, 12), (0, 4)), anchor((0, 4), (9, 12))], {0: 1}, set()
    ),
    "where a person anchored the row": ([(6, 9)], [anchor((0, 4), (6, 9))], {0: 0}, set()),
    "both places of one row": ([(0, 4), (6, 9)], [anchor((0, 4), (6, 9))], {0: 0}, {1}),
    "a person's own row": ([(6, 9)], [Anchor(None, (6, 9))], {0: 0}, set()),
    "a rejected row takes half": ([(0, 4)], [anchor((0, 2), rejected=True)], {0: 0}, set()),
    "a rejected row takes no less": ([(0, 5)], [anchor((0, 2), rejected=True)], {}, set()),
}  # fmt: skip


@pytest.mark.parametrize("case", SPANS)
def test_spans(case):
    finds, anchors, rows, absorbed = SPANS[case]
    alignment = align_spans(finds, anchors)
    assert (alignment.rows, set(alignment.absorbed)) == (rows, absorbed)


def test_alignment_is_one_to_one_and_repeatable():
    chance = random.Random(7)

    def spans(count):
        starts = [chance.randrange(500) for _ in range(count)]
        return sorted({(start, start + chance.randrange(1, 12)) for start in starts})

    for _ in range(50):
        finds = spans(60)
        anchors = [anchor(span, rejected=chance.random() < 0.2) for span in spans(60)]
        first, second = align_spans(finds, anchors), align_spans(finds, anchors)
        assert first == second
        assert len(set(first.rows.values())) == len(first.rows)
        exact = {a.machine for a in anchors} & set(finds)
        assert all(anchors[first.rows[finds.index(span)]].machine == span for span in exact)


def practice(spans, title="街道吹哨", names=(), regions=("530100",), decided=False) -> Portrait:
    return Portrait(tuple(spans), title, frozenset(names), frozenset(regions), decided)


SAME = {
    "more sentences": (practice([(0, 20)]), practice([(0, 20), (20, 35)])),
    "another title": (practice([(0, 20)]), practice([(0, 20)], title="部门报到机制")),
    "a place inside the other": (practice([(0, 20)]), practice([(0, 20)], regions=["530102"])),
    "a corrected place": (practice([(0, 20)]), practice([(0, 20)], regions=["110000"])),
    "a shared name": (
        practice([(0, 20)], title="甲", names=["吹哨"]),
        practice([(19, 40)], title="乙", names=["吹哨"]),
    ),
    "the same title and place elsewhere": (practice([(0, 20)]), practice([(90, 99)])),
}
DIFFERENT = {
    "another sentence, title and place": (
        practice([(0, 20)]),
        practice([(30, 50)], title="红色物业", regions=["110000"]),
    ),
    "another place's practice in a sentence that a person decided on": (
        practice([(0, 20)], title="甲"),
        practice([(0, 20)], title="乙", regions=["110000"], decided=True),
    ),
    "a neighbour that shares a word": (
        practice([(0, 20)], title="甲"),
        practice([(18, 90)], title="乙", regions=["110000"]),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_the_same_practice(case):
    find, row = SAME[case]
    assert likeness(find, row) > 0
    assert align_practices([find], [row]).rows == {0: 0}


@pytest.mark.parametrize("case", DIFFERENT)
def test_different_practices(case):
    find, row = DIFFERENT[case]
    assert likeness(find, row) == 0
    assert align_practices([find], [row]).rows == {}


def test_practices_of_one_sentence_keep_apart_by_place():
    places = ["110000", "310000", "500000"]
    rows = [practice([(0, 40)], title=f"{code}的做法", regions=[code]) for code in places]
    finds = [practice([(0, 44)], title=f"{code}的新做法", regions=[code]) for code in reversed(places)]
    assert align_practices(finds, rows).rows == {0: 2, 1: 1, 2: 0}


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [([(0, 4)], [(0, 4)], 1), ([(0, 4)], [(4, 8)], 0), ([(0, 4), (6, 8)], [(2, 7)], 3 / 8), ([], [], 0)],
)
def test_shared_characters(first, second, share):
    assert span_jaccard(first, second) == span_jaccard(second, first) == pytest.approx(share)
