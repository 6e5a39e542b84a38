"""A sample of a text's shingles that any text sharing sentences with it samples too.

Of all runs of eight letters those whose hash divides by 16 are kept (FracMinHash):
the same runs are kept of every text, so two samples share the same part that the
texts share, whatever their lengths.  Eight letters, since texts of one field share
most runs of four; punctuation and digits do not count, since copies lose them.
"""

from __future__ import annotations

from zlib import crc32

SHINGLE = 8  # letters
RATE = 16
_WIDTH = 4  # bytes of a code point in UTF-32


def fingerprint(letters: str) -> frozenset[int]:
    """Sampled 32-bit hashes of ``letters``; the same in every process and on every machine."""
    code = memoryview(letters.encode("utf-32-le", "replace"))
    size = SHINGLE * _WIDTH
    hashes = (crc32(code[at : at + size]) for at in range(0, len(code) - size + 1, _WIDTH))
    return frozenset(value for value in hashes if value % RATE == 0)
