"""Where the words of a stretch of text end, and which words are ordinary ones."""

from __future__ import annotations

from functools import cache

import jieba

jieba.setLogLevel("ERROR")

_ORDINARY = 100  # occurrences in the corpus behind jieba's dictionary


@cache
def _loaded() -> None:
    jieba.initialize()


def word_ends(text: str) -> set[int]:
    """Offsets at which a word of ``text`` ends, 0 included."""
    _loaded()
    return {0} | {end for _word, _start, end in jieba.tokenize(text)}


def is_ordinary(word: str) -> bool:
    """Whether ``word`` is a common word of the dictionary, and so hardly a name."""
    _loaded()
    return len(word) > 1 and (jieba.dt.FREQ.get(word) or 0) >= _ORDINARY
