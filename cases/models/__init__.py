"""The tables of the casebook.

``source``   what was received: Source, Article, Passage
``mention``  places found in it: RegionMention
``practice`` what places do: Theme, Practice, Evidence
``crossref`` how records relate: Family, PracticeLink, Variant
``run``      what each load did: ExtractionRun, Disagreement

Imports run one way: ``cases`` → ``measures`` → ``regions``.
"""

from .crossref import Family, PracticeLink, Variant
from .mention import RegionMention
from .practice import Evidence, Practice, Theme
from .run import Disagreement, ExtractionRun
from .source import Article, Passage, Source

__all__ = [
    "Article",
    "Disagreement",
    "Evidence",
    "ExtractionRun",
    "Family",
    "Passage",
    "Practice",
    "PracticeLink",
    "RegionMention",
    "Source",
    "Theme",
    "Variant",
]
