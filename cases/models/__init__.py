"""The tables of the casebook.

``source``   what was received: Source, Article, Passage
``mention``  places found in it: RegionMention
``practice`` what places do: Theme, Practice, Evidence
``crossref`` how records relate: Family, PracticeLink, Variant
``kinship``  how sources relate: SourceLink, AlignedSpan, PracticeWitness, Recovery
``run``      what each load did: ExtractionRun, Disagreement

Imports run one way: ``cases`` → ``measures`` → ``regions``.
"""

from .crossref import Family, FamilyMember, PracticeLink, PracticeTerm, Variant
from .kinship import AlignedSpan, PracticeWitness, Reconciled, Recovery, Shingle, SourceLink
from .mention import RegionMention
from .practice import Evidence, Practice, Theme
from .run import Disagreement, ExtractionRun
from .source import Article, Passage, Source

__all__ = [
    "AlignedSpan",
    "Article",
    "Disagreement",
    "Evidence",
    "ExtractionRun",
    "Family",
    "FamilyMember",
    "Passage",
    "Practice",
    "PracticeLink",
    "PracticeTerm",
    "PracticeWitness",
    "Reconciled",
    "Recovery",
    "RegionMention",
    "Shingle",
    "Source",
    "SourceLink",
    "Theme",
    "Variant",
]
