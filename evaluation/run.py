"""One evaluation: extract the annotated documents, match, score."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cases.extraction.pipeline import extract

from .annotations import Annotation, export_lines
from .gold import Gold, read_gold
from .outcomes import Outcomes, outcomes_of
from .scoring import Pair, pairs_of, score

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SEEDS = ROOT / "seeds"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Finds of a gold folder's documents, matched and scored."""

    gold: Gold
    finds: dict[str, list[Annotation]]
    pairs: dict[str, list[Pair]]
    outcomes: Outcomes
    versions: dict[str, str]


def evaluate(folder: Path, documents: Path = SEEDS) -> Evaluation:
    """Extract the annotated documents and score what is found.

    A gold folder without sentence tables uses those of tests/gold.
    """
    own = folder / "sentences"
    gold = read_gold(folder, documents, own if own.is_dir() else GOLD / "sentences")
    extracted = [
        extract(path.name, path.read_bytes()) for doc, path in gold.documents.items() if doc in gold.covered
    ]
    finds = gold.finds(line for document in extracted for line in export_lines(document))
    pairs = pairs_of(gold, finds)
    outcomes = outcomes_of(gold, finds, pairs, score(gold, finds, pairs))
    return Evaluation(gold, finds, pairs, outcomes, extracted[0].versions)
