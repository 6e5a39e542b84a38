"""`python -m evaluation`: extract, score against gold, show what changed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from cases.extraction.errors import DocumentError

from . import documentation, report
from .annotations import KINDS
from .gold import GoldError
from .outcomes import COMMITTED, Outcomes, changes, drops
from .run import GOLD, ROOT, SEEDS, Evaluation, evaluate


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        done = [evaluate(folder, options.documents) for folder in options.gold]
    except (GoldError, DocumentError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    status = 0
    for folder, evaluation in zip(options.gold, done, strict=True):
        is_own = folder.resolve() == GOLD and options.documents.resolve() == SEEDS
        before = Outcomes.read(COMMITTED) if is_own and COMMITTED.exists() else None
        _show(folder, evaluation, before, options.detail)
        if not is_own:
            continue
        if options.check and before is not None and _dropped(before, evaluation.outcomes):
            status = 1
        if options.update:
            evaluation.outcomes.write(COMMITTED, evaluation.versions)
            print(f"Wrote {COMMITTED.relative_to(ROOT)}.")
        if options.docs:
            documentation.write(evaluation.finds, evaluation.pairs)
            print(f"Wrote {documentation.PAGE.relative_to(ROOT)}.")
    return status


def _show(folder: Path, evaluation: Evaluation, before: Outcomes | None, detail: str | None) -> None:
    print(f"== {folder}\n")
    if detail:
        lines = report.detail_lines(
            detail, evaluation.gold, evaluation.finds[detail], evaluation.pairs[detail], evaluation.outcomes
        )
        print(*lines, sep="\n", end="\n\n")
    print(*report.score_lines(evaluation.outcomes.scores, before.scores if before else None), sep="\n")
    if before is not None:
        print(*report.change_lines(list(changes(before, evaluation.outcomes))), sep="\n")


def _dropped(before: Outcomes, now: Outcomes) -> bool:
    lower = drops(before, now)
    for line in lower:
        print(line, file=sys.stderr)
    return bool(lower)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description="Score the extraction against annotated documents."
    )
    parser.add_argument(
        "gold", nargs="*", type=Path, default=[GOLD], help="gold folders (default: tests/gold)"
    )
    parser.add_argument(
        "--documents", type=Path, default=SEEDS, help="folder of the documents (default: seeds)"
    )
    parser.add_argument(
        "--detail", choices=KINDS, help="print misses, wrong fields and false finds of a kind"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 when a headline score dropped")
    parser.add_argument("--update", action="store_true", help="make these the committed scores")
    parser.add_argument("--docs", action="store_true", help="rewrite the tables of docs/extraction.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
