"""What a load did to one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """Rows made, changed, removed and left alone; questions opened and closed.

    ``noted`` of the unchanged rows only had noted on them what the machine says now.
    """

    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0
    noted: int = 0
    opened: int = 0
    closed: int = 0

    @property
    def wrote(self) -> bool:
        return any((self.created, self.updated, self.deleted, self.noted, self.opened, self.closed))


@dataclass(slots=True)
class Outcome:
    """One document of a load.

    ``status`` is ``created``, ``updated``, ``unchanged``, ``pending`` (a new
    version that waits for an editor), ``duplicate`` (the content of another
    file), ``retired`` (a version that editors set aside, left as it is) or
    ``failed``.  ``warnings`` and ``error`` are in the user's language.
    """

    source: str
    status: str
    sha256: str = ""
    tally: Tally = field(default_factory=Tally)
    counts: dict[str, int] = field(default_factory=dict)
    defects: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The object that the report of ``load_seeds`` holds for a document."""
        return {
            "source": self.source,
            "sha256": self.sha256,
            "status": self.status,
            "created": self.tally.created,
            "updated": self.tally.updated,
            "deleted": self.tally.deleted,
            "unchanged": self.tally.unchanged,
            "seconds": round(self.seconds, 3),
            "counts": self.counts,
            "defects": self.defects,
            "warnings": self.warnings,
            **({"error": self.error} if self.error else {}),
        }
