"""Filters that never ignore what a reader asked for.

A list's query parameters are those of its filter set and ``page`` and
``format``.  Anything else, and any value that is not understood, becomes a
line of :attr:`ReaderFilterSet.problems`, which the page shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import django_filters
import django_filters.fields
from django import forms
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LIST_PARAMETERS = ("page", "format")
MOST_BOXES = 60  # of one field
LONGEST_QUERY = 200  # characters
LONGEST_ECHO = 60  # characters of a wrong value that a message repeats


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter: what it says and the query string without it."""

    label: str
    value: str
    without: str


def shorten(value: str) -> str:
    """A value as a message repeats it: printable, and cut when long."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value)
    return printable if len(printable) <= LONGEST_ECHO else printable[:LONGEST_ECHO] + "…"


class ReaderFilterSet(django_filters.FilterSet):
    """A filter set whose rows are empty, not unfiltered, when a value is not understood."""

    @property
    def problems(self) -> list[str]:
        """Messages on unknown, doubled and wrong parameters, in the reader's language."""
        return [*self.unknown_parameters(), *self.wrong_values()]

    def unknown_parameters(self) -> list[str]:
        known = {*self.filters, *LIST_PARAMETERS}
        return [
            _("Unknown filter “%(name)s”. This list knows: %(known)s.")
            % {"name": shorten(name), "known": "、".join(self.filters)}
            for name in self.data
            if name not in known
        ]

    def wrong_values(self) -> list[str]:
        messages = []
        for name, errors in self.form.errors.items():
            given = "、".join(shorten(value) for value in self.data.getlist(name))
            label = self.form.fields[name].label
            messages += [
                _("%(label)s “%(value)s”: %(error)s") % {"label": label, "value": given, "error": error}
                for error in errors
            ]
        for name, values in self.data.lists():
            if name in self.filters and len(values) > 1 and not self.takes_several(name):
                messages.append(
                    _("%(label)s is given %(count)d times; only one value is possible.")
                    % {"label": self.form.fields[name].label, "count": len(values)}
                )
        return messages

    def takes_several(self, name: str) -> bool:
        return isinstance(self.form.fields[name].widget, forms.SelectMultiple | forms.CheckboxSelectMultiple)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        filtered = super().filter_queryset(queryset)
        return filtered.none() if self.wrong_values() else filtered

    @property
    def plain_fields(self) -> list:
        """The fields of the form that take one value."""
        return [bound for bound in self.form if not self.takes_several(bound.name)]

    @property
    def box_fields(self) -> list:
        """The fields of the form that are boxes to tick, where there is a choice.

        Of many rows to choose from the first and the chosen ones get a box, and
        the field's ``is_cut`` says so; the address takes any of them.
        """
        fields = []
        for bound in self.form:
            if not self.takes_several(bound.name):
                continue
            if isinstance(bound.field, RowsField):
                self.offer_rows(bound)
            if bound.field.widget.choices:
                fields.append(bound)
        return fields

    def offer_rows(self, bound) -> None:
        field = bound.field
        rows = list(field.queryset[: MOST_BOXES + 1])
        bound.is_cut = len(rows) > MOST_BOXES
        chosen = self.form.cleaned_data.get(bound.name) or ()
        offered = dict.fromkeys([*rows[:MOST_BOXES], *chosen])
        field.widget.choices = [(getattr(row, field.to_field_name or "pk"), str(row)) for row in offered]

    @property
    def query(self) -> dict[str, Any]:
        """The parameters in force, as an export states them."""
        return {
            name: values if self.takes_several(name) else values[0]
            for name, values in self.data.lists()
            if name in self.filters and any(values)
        }

    @property
    def chips(self) -> list[Chip]:
        """One chip for each value in force, the sort order left out."""
        chips = []
        for name in self.filters:
            if name == "sort":
                continue
            for value in filter(None, self.data.getlist(name)):
                chips.append(
                    Chip(
                        str(self.form.fields[name].label),
                        self.value_label(name, value),
                        self.without(name, value),
                    )
                )
        return chips

    def value_label(self, name: str, value: str) -> str:
        """How a value reads on the page: the name of what it stands for."""
        field = self.form.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            chosen = self.form.cleaned_data.get(name) or ()
            key = field.to_field_name or "pk"
            return next((str(row) for row in chosen if str(getattr(row, key)) == value), shorten(value))
        if isinstance(field, RegionField) and self.form.cleaned_data.get(name):
            return str(self.form.cleaned_data[name])
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        return labels.get(value, shorten(value))

    def without(self, name: str, value: str) -> str:
        """The query string without one value, and without the page number."""
        query: QueryDict = self.data.copy()
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        query.pop("page", None)
        return f"?{query.urlencode()}"


class TextFilter(django_filters.CharFilter):
    """``q``: words that must all occur, each in one of the texts of ``condition``.

    ``condition`` takes a word and returns a Q.
    """

    def __init__(self, *, condition, **kwargs):
        self.condition = condition
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        super().__init__(label=_("Search"), max_length=LONGEST_QUERY, widget=widget, **kwargs)

    def filter(self, queryset, value):
        for word in (value or "").split():
            queryset = queryset.filter(self.condition(word))
        return queryset


class RegionField(forms.CharField):
    """A region by its code or by a name that only one region has."""

    default_error_messages = {
        "unknown": _("no such place; give its code or its full name."),
        "ambiguous": _("several places have this name: %(candidates)s. Give the code."),
    }

    def __init__(self, *, queryset: QuerySet, **kwargs):
        self.queryset = queryset
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        region = self.queryset.filter(code=value).first()
        return region or self.by_name(value)

    def by_name(self, name: str):
        found = list(self.queryset.filter(names__form=name).select_related("parent").distinct()[:9])
        # A bare name shared by places of several levels means the highest: 吉林 is the province.
        highest = [
            region for region in found if region.path.count("/") == min(r.path.count("/") for r in found)
        ]
        if len(highest) == 1:
            return highest[0]
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        candidates = "、".join(f"{region.parent or ''}{region}（{region.code}）" for region in found)
        raise forms.ValidationError(
            self.error_messages["ambiguous"], code="ambiguous", params={"candidates": candidates}
        )


class RegionFilter(django_filters.Filter):
    """``region``: a code or name, meaning the whole subtree; ``queryset`` lists the regions,
    ``narrow`` takes a queryset and a region and returns the rows within it."""

    field_class = RegionField

    def __init__(self, *, narrow=None, **kwargs):
        self.narrow = narrow or (lambda rows, region: rows.within(region))
        widget = forms.TextInput(attrs={"list": "region-names", "autocomplete": "off"})
        super().__init__(label=_("Region"), max_length=60, widget=widget, **kwargs)

    @property
    def field(self):
        queryset = self.extra["queryset"]
        self.extra["queryset"] = queryset() if callable(queryset) else queryset
        return super().field

    def filter(self, queryset, value):
        return self.narrow(queryset, value) if value else queryset


class OneOf(django_filters.MultipleChoiceFilter):
    """Rows whose field has one of the chosen values; a list of boxes to tick."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class RowsField(django_filters.fields.ModelMultipleChoiceField):
    """Refuses, as unknown choices, what a database would refuse with an error."""

    def _check_values(self, value):
        for text in map(str, value):
            if "\0" in text or (self.to_field_name is None and not re.fullmatch(r"[0-9]{1,18}", text)):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": shorten(text)},
                )
        return super()._check_values(value)


class OneOfRows(django_filters.ModelMultipleChoiceFilter):
    """Rows tied to one of the chosen rows of another table, named by ``to_field_name``."""

    field_class = RowsField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        # A subquery, as joining a many-to-many relation would double rows.
        tied = queryset.model._default_manager.filter(**{f"{self.field_name}__in": value})
        return queryset.filter(pk__in=tied.values("pk"))


class YearFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, **kwargs):
        super().__init__(label=_("Year"), min_value=1900, max_value=2200, **kwargs)


class SortFilter(django_filters.ChoiceFilter):
    """``sort``: ``orders`` maps a value to (label, field, ...); a leading ``-`` turns a field round.

    Rows without a value come last, and the key settles ties, so pages are stable.
    """

    def __init__(self, *, orders: dict[str, tuple], **kwargs):
        self.orders = orders
        choices = [(value, label) for value, (label, *_fields) in orders.items()]
        kwargs.setdefault("empty_label", _("order of the sources"))
        super().__init__(label=_("Sort by"), choices=choices, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        _label, *names = self.orders[value]
        ordering = [
            F(name.lstrip("-")).desc(nulls_last=True) if name[0] == "-" else F(name).asc(nulls_last=True)
            for name in names
        ]
        return queryset.order_by(*ordering, "pk")


YES_NO = (("1", _("yes")), ("0", _("no")))
YES_NO_FORMS = {"true": "1", "yes": "1", "on": "1", "false": "0", "no": "0", "off": "0"}


class YesNoField(django_filters.fields.ChoiceField):
    def to_python(self, value):
        value = super().to_python(value)
        return YES_NO_FORMS.get(value.lower(), value)


class YesNoFilter(django_filters.ChoiceFilter):
    """A question answered ``1`` or ``0``; ``narrow`` takes a queryset and the answer as a bool."""

    field_class = YesNoField

    def __init__(self, *, narrow, **kwargs):
        self.narrow = narrow
        super().__init__(choices=YES_NO, empty_label=_("any"), **kwargs)

    def filter(self, queryset, value):
        return self.narrow(queryset, value == "1") if value else queryset
