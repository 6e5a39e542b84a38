"""Typed readers of environment variables.

A reader returns a value of its type, or raises ``ImproperlyConfigured`` with
the name of the variable, the wrong value and what would be accepted.  A
variable that is set to the empty string counts as not set.
"""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


def read_str(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def read_bool(name: str, default: bool) -> bool:
    word = read_str(name).lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise _wrong_value(name, f"one of {', '.join(TRUE_WORDS + FALSE_WORDS)}")


def read_int(name: str, default: int, minimum: int = 0) -> int:
    digits = read_str(name)
    if not digits:
        return default
    try:
        number = int(digits)
    except ValueError:
        number = minimum - 1
    if number < minimum:
        raise _wrong_value(name, f"a whole number, {minimum} or more")
    return number


def read_list(name: str) -> list[str]:
    """The parts of a comma-separated value; none when it is not set."""
    return [part.strip() for part in read_str(name).split(",") if part.strip()]


def read_database(name: str, default: str) -> dict[str, Any]:
    """A database from a URL such as ``sqlite:///cases.sqlite3`` or ``postgres://user@host:5432/name``.

    The result goes into ``DATABASES``; parameters of the URL stand in its ``OPTIONS``.
    """
    url = read_str(name, default)
    accepted = "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME"
    if url.partition("://")[0] not in DATABASE_SCHEMES:
        raise _wrong_value(name, accepted, secret=True)
    try:
        database = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise _wrong_value(name, accepted, secret=True) from error
    if not database.get("NAME"):
        raise _wrong_value(name, accepted, secret=True)
    return database


def _wrong_value(name: str, accepted: str, secret: bool = False) -> ImproperlyConfigured:
    """The error for a wrong value; of a secret one only the part before ``://`` is shown."""
    value = read_str(name)
    if secret:
        scheme, separator, _rest = value.partition("://")
        value = f"{scheme}://…" if separator else "…"
    return ImproperlyConfigured(f"{name} is {value!r}; it must be {accepted}.")
