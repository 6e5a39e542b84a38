"""Slugs that no other row has."""

from __future__ import annotations

from itertools import count

from django.db.models import Model
from django.utils.text import slugify

_LONGEST = 70


def free_slug(model: type[Model], name: str) -> str:
    """A slug of ``name``, numbered when another row of ``model`` has it."""
    base = slugify(name, allow_unicode=True)[:_LONGEST] or model.__name__.lower()
    for number in count(1):
        slug = base if number == 1 else f"{base}-{number}"
        if not model._default_manager.filter(slug=slug).exists():
            return slug
    raise AssertionError("numbers do not end")
