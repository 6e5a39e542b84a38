"""The merge of three values: what the machine said, says now, and what stands.

Values are JSON, as :mod:`cases.tracked` writes them.  For each field whose
machine value changed:

=============================  ==========================================
the row already says the same  nothing to write; an open question is moot
nobody set the field           the row follows the machine
a person set it                the row stays; the difference is a question
=============================  ==========================================

A person set a field when it is marked as edited, when the row as a whole was
accepted, or when what stands there is not what the machine had said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Values = dict[str, Any]

EMPTY: tuple[Any, ...] = (None, "", False, [], {})


@dataclass(slots=True)
class Merge:
    """``follow``: new values to write; ``differ``: fields in question;
    ``agree``: fields in which the machine came to say what stands."""

    follow: Values = field(default_factory=dict)
    differ: list[str] = field(default_factory=list)
    agree: list[str] = field(default_factory=list)


def merge(
    before: Values,
    now: Values,
    stands: Values,
    held: Collection[str],
    coupled: Collection[str] = (),
    coherent: Callable[[Values], bool] = lambda values: True,
) -> Merge:
    """Merge field by field; ``held`` are the fields that a person set.

    Where following the machine in some of the ``coupled`` fields and keeping a
    person's value in others would not be ``coherent``, all of them stay.
    """
    result = Merge()
    for name, value in now.items():
        if name in before and before[name] == value:
            continue
        if stands[name] == value:
            result.agree.append(name)
        elif name in held or _set_by_person(name, before, stands):
            result.differ.append(name)
        else:
            result.follow[name] = value
    if result.follow and not coherent({**stands, **result.follow}):
        for name in coupled:
            if name in result.follow:
                del result.follow[name]
                result.differ.append(name)
    return result


def _set_by_person(name: str, before: Values, stands: Values) -> bool:
    return stands[name] != before[name] if name in before else stands[name] not in EMPTY


def coherent_figure(values: Values) -> bool:
    """Whether value, upper value, qualifier and mask may stand together in a Metric."""
    value, upper = values["value"], values["value_max"]
    if values["masked"] is not (value is None):
        return False
    if upper is None:
        return values["masked"] or values["qualifier"] != "range"
    return values["qualifier"] == "range" and value is not None and Decimal(upper) >= Decimal(value)


def coherent_mention(values: Values) -> bool:
    """Whether outcome and region may stand together in a RegionMention."""
    return (values["outcome"] == "linked") is (values["region"] is not None)
