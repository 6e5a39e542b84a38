"""Why a document was not loaded, in the user's language."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.utils.translation import gettext as _

from cases.extraction.batch import WorkerDied
from cases.extraction.errors import DocumentError


def reason(error: Exception | None) -> str:
    """A sentence for whoever loads documents."""
    match error:
        case DocumentError():
            return str(_(error.msgid)) % error.params
        case FileNotFoundError():
            return _("There is no such file or folder.")
        case PermissionError():
            return _("It may not be read: permission denied.")
        case OSError():
            return _("It cannot be read: %(detail)s") % {"detail": error.strerror or error}
        case DatabaseError():
            return _database_reason(error)
        case WorkerDied():
            return _("The process that read it ended unexpectedly, perhaps for want of memory.")
        case _other:
            return _("The program failed on it: %(detail)s") % {"detail": f"{type(error).__name__}: {error}"}


def is_locked(error: Exception) -> bool:
    """Whether a database error means that another program holds the database."""
    return "database is locked" in str(error) or _sqlstate(error) == "55P03"


def _database_reason(error: Exception) -> str:
    if is_locked(error):
        return _("The database is locked by another program; nothing of the document was stored.")
    if "disk is full" in str(error) or _sqlstate(error) == "53100":
        return _("The disk is full; nothing of the document was stored.")
    if "no such table" in str(error) or _sqlstate(error) == "42P01":
        return _("The database has no tables yet: run “manage.py migrate” first.")
    detail = str(error).strip()
    return _("The database refused it; nothing of the document was stored: %(detail)s") % {"detail": detail}


def _sqlstate(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
