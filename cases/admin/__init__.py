"""The editors' desk.

``curated``      what all found rows share: decisions, edits, provenance
``found``        mentions of places, and figures (here, as their edits go through ``cases.curation``)
``practices``    practices with their evidence and links, themes, families
``sources``      documents and their parts, extraction runs
``questions``    the queue of disagreements
``suggestions``  how rows relate: reprints, variants, recoveries, links of figures
"""

from . import found, practices, questions, sources, suggestions

__all__ = ["found", "practices", "questions", "sources", "suggestions"]
