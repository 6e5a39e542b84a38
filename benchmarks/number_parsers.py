"""`python -m benchmarks.number_parsers`: the public list of number forms, beside published parsers.

Compares whichever of these are installed, each in its current release; none is
a requirement of the project (Recognizers-Text needs emoji<2)::

    recognizers-text-number recognizers-text-number-with-unit jionlp chinese2digits cn2an wetext

Of the forms to read it counts those whose numbers are right, whose units are
right too, and whose qualifier (over, at least, a range …) is right as well; of
what is not a figure, the texts on which a parser stays silent.  A percentage
may be given as 80 with % or as 0.8.  cn2an and wetext rewrite a text rather than
extract from it: the digits of what they write count as theirs, so they are
never silent on digits.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from measures.numbers import find_quantities
from tests.extraction.number_cases import ACCEPTED, NOT_FIGURES

from .table import Table

ANY_BUT_EXACT = "not exact"  # a parser that says only that a number is vague


@dataclass(frozen=True)
class Reading:
    value: float | None
    upper: float | None = None
    unit: str = ""
    qualifier: str = "exact"


Parser = Callable[[str], Sequence[Reading]]


def _ours() -> Parser:
    def read(text: str) -> list[Reading]:
        return [
            Reading(_float(q.value), _float(q.value_max), q.unit, q.qualifier) for q in find_quantities(text)
        ]

    return read


def _recognizers() -> Parser:
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    units = {
        "Chinese yuan": "元",
        "Square meter": "平方米",
        "Kilometer": "公里",
        "Square kilometer": "平方公里",
    }
    units |= {"United States dollar": "美元", "Hectare": "公顷"}

    def read(text: str) -> list[Reading]:
        spans: list[tuple[int, int, Reading]] = []
        for found in recognize_percentage(text, Culture.Chinese):
            value = found.resolution["value"].rstrip("%")
            spans.append((found.start, found.end, Reading(float(value), unit="%")))
        for recognise in (recognize_currency, recognize_dimension, recognize_age):
            for found in recognise(text, Culture.Chinese):
                if found.resolution.get("value"):
                    unit = "岁" if recognise is recognize_age else units.get(found.resolution["unit"], "?")
                    spans.append(
                        (found.start, found.end, Reading(float(found.resolution["value"]), unit=unit))
                    )
        for found in recognize_number(text, Culture.Chinese):
            if not any(start <= found.start <= end for start, end, _ in spans):
                spans.append((found.start, found.end, Reading(float(found.resolution["value"]))))
        return [reading for _, _, reading in sorted(spans, key=lambda span: span[0])]

    return read


def _jionlp() -> Parser:
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    def read(text: str) -> list[Reading]:
        out = []
        for found in jionlp.ner.extract_money(text, with_parsing=True):
            numbers = found["detail"]["num"]
            numbers = numbers if isinstance(numbers, list) else [numbers]
            qualifier = "exact" if found["detail"]["definition"] == "accurate" else ANY_BUT_EXACT
            out.append(Reading(float(numbers[0]), None, found["detail"]["case"], qualifier))
        for found in jionlp.ner.extract_time(text, with_parsing=True):
            delta = found["detail"].get("time") if found["type"] == "time_delta" else None
            if isinstance(delta, dict) and len(delta) == 1:
                ((unit, number),) = delta.items()
                names = {"year": "年", "month": "个月", "day": "天", "hour": "小时", "minute": "分钟"}
                vague = found["detail"]["definition"] != "accurate" or isinstance(number, list)
                first = number[0] if isinstance(number, list) else number
                out.append(Reading(float(first), None, names[unit], ANY_BUT_EXACT if vague else "exact"))
            else:
                out.append(Reading(-1, unit="?"))  # read as a point or span of time
        return out

    return read


def _chinese2digits() -> Parser:
    import chinese2digits

    def read(text: str) -> list[Reading]:
        return [Reading(float(n)) for n in chinese2digits.takeNumberFromString(text)["digitsStringList"]]

    return read


def _cn2an() -> Parser:
    import cn2an

    return lambda text: _rewritten(cn2an.transform(text, "cn2an"))


def _wetext() -> Parser:
    from wetext import Normalizer

    normalizer = Normalizer(lang="zh", operator="itn")
    return lambda text: _rewritten(normalizer.normalize(text))


def _rewritten(text: str) -> list[Reading]:
    found = re.finditer(
        r"(?P<a>[0-9]+(?:\.[0-9]+)?)(?:/(?P<b>[0-9]+))?(?P<unit>%)?(?P<scale>[万亿千百])?", text
    )
    scales = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, None: 1}
    return [
        Reading(float(m["a"]) / float(m["b"] or 1) * scales[m["scale"]], unit=m["unit"] or "")
        if float(m["b"] or 1)
        else Reading(None)
        for m in found
    ]


PARSERS: dict[str, tuple[str, Callable[[], Parser]]] = {
    "this project": ("measures", _ours),
    "Recognizers-Text": ("recognizers_number_with_unit", _recognizers),
    "jionlp": ("jionlp", _jionlp),
    "chinese2digits": ("chinese2digits", _chinese2digits),
    "cn2an": ("cn2an", _cn2an),
    "wetext": ("wetext", _wetext),
}


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def _same(a: float | None, b: float | None) -> bool:
    return a is b or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(1.0, abs(b)))


def _numbers_right(read: Sequence[Reading], expected: Sequence[Reading]) -> bool:
    """Whether the numbers agree; a range may be read as two."""
    wanted = [(n, e.unit == "%") for e in expected for n in (e.value, e.upper) if n is not None]
    given = [n for r in read for n in (r.value, r.upper) if n is not None]
    return len(given) == len(wanted) and all(
        _same(n, value) or (share and _same(n * 100, value))
        for n, (value, share) in zip(given, wanted, strict=True)
    )


def _units_right(read: Sequence[Reading], expected: Sequence[Reading]) -> bool:
    return len(read) == len(expected) and all(r.unit == e.unit for r, e in zip(read, expected, strict=True))


def _qualifiers_right(read: Sequence[Reading], expected: Sequence[Reading]) -> bool:
    return all(
        r.qualifier == e.qualifier or (r.qualifier == ANY_BUT_EXACT and e.qualifier != "exact")
        for r, e in zip(read, expected, strict=True)
    )


def compare() -> Table:
    cases = [
        (
            text,
            [
                Reading(_float(value), _float(upper), unit, qualifier)
                for _, value, upper, unit, qualifier in found
            ],
        )
        for text, found in ACCEPTED
    ]
    head = (
        "parser",
        f"numbers right of {len(cases)}",
        "and units",
        "and qualifiers",
        f"silent on {len(NOT_FIGURES)}",
    )
    table = Table("Number forms, beside published parsers", head)
    for name, (module, make) in PARSERS.items():
        if importlib.util.find_spec(module) is None:
            continue
        parser = make()
        numbers = units = right = 0
        for text, expected in cases:
            read = _safely(parser, text)
            ok = read is not None and _numbers_right(read, expected)
            numbers += ok
            ok = ok and _units_right(read or (), expected)
            units += ok
            right += ok and _qualifiers_right(read or (), expected)
        silent = sum(_safely(parser, text) == [] for text in NOT_FIGURES)
        table.add(name, numbers, units, right, silent)
    return table


def _safely(parser: Parser, text: str) -> list[Reading] | None:
    """What ``parser`` reads; None when it raises, which some do on these texts."""
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            return list(parser(text))
    except Exception:  # any failure of a foreign parser is a form it did not read
        return None


if __name__ == "__main__":
    print(compare())
