"""Imports run one way, and the extraction stays plain Python."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each package may import itself and those before it.
LAYERS = ("pages", "regions", "measures", "cases")
PLAIN = ("cases/extraction/**/*.py", "measures/numbers.py", "measures/units.py", "regions/gazetteer.py")
NOT_PLAIN = ("django", "import_export", "django_filters")


def module_files() -> Iterator[Path]:
    for package in LAYERS:
        yield from sorted((ROOT / package).rglob("*.py"))


def imported_names(path: Path) -> Iterator[tuple[int, str]]:
    """The line and absolute dotted name of each import in a file, those inside functions included."""
    package = list(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def file_of(name: str) -> Path | None:
    """The file behind a dotted name of this project; the name may end in an object of a module."""
    parts = name.split(".")
    for length in (len(parts), len(parts) - 1):
        stem = ROOT.joinpath(*parts[:length])
        for path in (stem.with_suffix(".py"), stem / "__init__.py"):
            if length and path.is_file():
                return path
    return None


@pytest.mark.parametrize("package", LAYERS)
def test_a_package_imports_only_packages_below_it(package):
    above = (*LAYERS[LAYERS.index(package) + 1 :], "config", "tests", "benchmarks", "evaluation")
    breaches = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, name in imported_names(path)
        if name.split(".")[0] in above
    ]
    assert breaches == []


def test_plain_modules_reach_no_django():
    waiting = [path for pattern in PLAIN for path in sorted(ROOT.glob(pattern))]
    assert waiting
    seen, breaches = set(waiting), []
    while waiting:
        path = waiting.pop()
        for line, name in imported_names(path):
            if name.split(".")[0] in NOT_PLAIN:
                breaches.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
            target = file_of(name)
            if target is not None and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert breaches == []


def test_every_package_is_in_the_order():
    """A new package has to be given its place in LAYERS."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"config", "tests", "benchmarks", "evaluation"} == set(LAYERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import cases.models", ["cases.models"]),
        ("from measures.models import Metric", ["measures.models.Metric"]),
        ("from . import models", ["regions.models"]),
        ("from .querysets import RegionQuerySet", ["regions.querysets.RegionQuerySet"]),
        ("from .. import cases", ["cases"]),
        ("def late():\n    import django", ["django"]),
    ],
)
def test_imported_names(tmp_path, monkeypatch, text, expected):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = tmp_path / "regions" / "views.py"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert [name.lstrip(".") for _line, name in imported_names(path)] == expected
