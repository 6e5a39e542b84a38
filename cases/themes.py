"""The themes that practices are sorted by, from ``fixtures/themes.json``."""

from __future__ import annotations

import json
from pathlib import Path

from cases.models import Theme

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "themes.json"


def ensure_themes() -> int:
    """Create the themes that are missing; how many.  Those that editors changed stay."""
    known = set(Theme.objects.values_list("slug", flat=True))
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))
    missing = [Theme(**row) for row in rows if row["slug"] not in known]
    Theme.objects.bulk_create(missing)
    return len(missing)
