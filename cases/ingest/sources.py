"""The row of a document as a whole: identity, versions, metadata."""

from __future__ import annotations

import hashlib
from typing import Any

from cases.extraction.document import ExtractedDocument
from cases.ingest.tally import Tally
from cases.ingest.values import fit
from cases.models import Source

METADATA = ("title", "publisher", "published", "defects")
RETIRED = (Source.State.SUPERSEDED, Source.State.WITHDRAWN)


def text_digest(text: str) -> str:
    """SHA-256, in hex, of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def latest_version(name: str) -> Source | None:
    """The newest source of that file name that is current or waits to be."""
    versions = Source.objects.filter(name=name).exclude(state=Source.State.SUPERSEDED)
    return versions.defer("text").order_by("-pk").first()


def create_source(document: ExtractedDocument) -> Source:
    """A new source; where its file name is known already, a version that waits for an editor."""
    earlier = latest_version(document.name)
    return Source.objects.create(
        name=document.name,
        sha256=document.sha256,
        state=Source.State.PENDING if earlier else Source.State.CURRENT,
        replaces=earlier,
        format=document.format,
        encoding=document.encoding,
        text=document.text,
        text_sha256=text_digest(document.text),
        **_metadata(document),
    )


def update_metadata(source: Source, document: ExtractedDocument, tally: Tally) -> None:
    """Let the fields that no editor set follow the document."""
    found = {name: value for name, value in _metadata(document).items() if name not in source.edited}
    changed = [name for name, value in found.items() if getattr(source, name) != value]
    if changed:
        for name in changed:
            setattr(source, name, found[name])
        source.save(update_fields=changed)
        tally.updated += 1


def _metadata(document: ExtractedDocument) -> dict[str, Any]:
    return {
        "title": fit(Source, "title", document.title),
        "publisher": fit(Source, "publisher", document.publisher),
        "published": document.published,
        "defects": [defect.value for defect in document.defects],
    }
