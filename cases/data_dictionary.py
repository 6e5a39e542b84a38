"""The tables as a document: fields, constraints and indexes, read from the models."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import override

APPS = ("regions", "measures", "cases")
HEADER = """# Data dictionary

Written by `manage.py data_dictionary` from the models; do not edit. A column that may be null has `?`
after its type. Dates and times are stored in UTC.
"""
COMPARISONS = {"exact": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


def data_dictionary() -> str:
    """The document in Markdown and English, the same for the same models."""
    with override("en"):
        lines = [HEADER]
        for label in APPS:
            lines.append(f"## {label}\n")
            for model in sorted(apps.get_app_config(label).get_models(), key=lambda model: model.__name__):
                lines.extend(_model_lines(model))
    return "\n".join(lines).rstrip() + "\n"


def _model_lines(model: type[models.Model]) -> Iterator[str]:
    meta = model._meta
    yield f"### {model.__name__}\n"
    # Django writes a docstring of its own, Model(field, ...), where there is none.
    if model.__doc__ and not model.__doc__.startswith(f"{model.__name__}("):
        yield " ".join(model.__doc__.split("\n\n")[0].split()) + "\n"
    yield f"Table `{meta.db_table}`, ordered by {_names(meta.ordering or ())}.\n"
    yield "| Field | Type | Label | Notes |"
    yield "|---|---|---|---|"
    for field in [*meta.fields, *meta.many_to_many]:
        yield f"| `{field.name}` | {_type(field)} | {field.verbose_name} | {'; '.join(_notes(field))} |"
    yield ""
    if meta.constraints:
        yield "Constraints:\n"
        yield from sorted(
            f"- `{constraint.name}`: {_constraint(constraint)}" for constraint in meta.constraints
        )
        yield ""
    if meta.indexes:
        yield "Indexes:\n"
        yield from sorted(f"- `{index.name}`: {_index(index)}" for index in meta.indexes)
        yield ""


def _type(field: models.Field) -> str:
    name = field.get_internal_type().removesuffix("Field")
    if field.related_model is not None:
        name += f" → {field.related_model.__name__}"
    elif isinstance(field, models.DecimalField):
        name += f"({field.max_digits}, {field.decimal_places})"
    elif field.max_length is not None:
        name += f"({field.max_length})"
    return f"{name}?" if field.null else name


def _notes(field: models.Field) -> Iterator[str]:
    if field.help_text:
        yield str(field.help_text).rstrip(".")
    if field.choices:
        yield "one of " + ", ".join(f"`{value}` {label}" for value, label in field.flatchoices)
    if field.primary_key:
        yield "primary key"
    elif field.unique:
        yield "unique"
    elif field.related_model is None and getattr(field, "db_index", False):
        yield "indexed"
    on_delete = getattr(field.remote_field, "on_delete", None)
    if on_delete is not None:
        yield f"on delete: {on_delete.__name__.lower().replace('_', ' ')}"


def _constraint(constraint: models.BaseConstraint) -> str:
    match constraint:
        case models.CheckConstraint():
            return f"`{_condition(constraint.condition)}`"
        case models.UniqueConstraint():
            return f"unique {_index(constraint)}"
        case _:
            return type(constraint).__name__


def _index(index: models.Index | models.UniqueConstraint) -> str:
    columns = _names(index.fields or index.expressions)
    return f"{columns} where `{_condition(index.condition)}`" if index.condition else columns


def _names(columns: Iterable[object]) -> str:
    return ", ".join(f"`{column}`" for column in columns) or "nothing"


def _condition(node: object) -> str:
    """A condition as one reads it: ``NOT (quote = '') AND start < end``."""
    match node:
        case models.Q():
            joined = f" {node.connector} ".join(map(_operand, node.children))
            return f"NOT ({joined})" if node.negated else joined
        case (str(path), value):
            return _comparison(path, value)
        case _:
            return str(node)


def _operand(node: object) -> str:
    compound = isinstance(node, models.Q) and len(node.children) > 1 and not node.negated
    return f"({_condition(node)})" if compound else _condition(node)


def _comparison(path: str, value: object) -> str:
    name, _separator, lookup = path.rpartition(LOOKUP_SEP)
    if not name or lookup not in models.Field.class_lookups:
        name, lookup = path, "exact"
    if lookup == "isnull":
        return f"{name} IS NULL" if value else f"{name} IS NOT NULL"
    shown = value.name if isinstance(value, models.F) else repr(value)  # type: ignore[attr-defined]
    return f"{name} {COMPARISONS.get(lookup, lookup)} {shown}"
