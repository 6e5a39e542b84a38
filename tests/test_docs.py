"""What the documentation names exists, and what exists is documented."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/**/*.md", "seeds/*.md", "fixtures/*.md")
    for path in ROOT.glob(pattern)
)
PACKAGES = ("cases", "measures", "regions", "pages", "config", "evaluation")
ENVIRONMENT = r"""(?:read_\w+\(|os\.environ(?:\.get\(|\.setdefault\(|\[)|os\.getenv\()\s*["']([A-Z_]+)["']"""
# Django's own, of which the documentation need not tell.
UNDOCUMENTED_VARIABLES = {"DJANGO_SETTINGS_MODULE"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(name: str) -> set[str]:
    """The first word in backticks of each table row: what a README's tables list."""
    return set(re.findall(r"^\| `((?:make )?[\w-]+)", read(name), re.MULTILINE))


def commands() -> set[str]:
    return {name for name, app in get_commands().items() if app in PACKAGES}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))


def variables() -> set[str]:
    """Every environment variable that the site's code or the Makefile reads."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")] + [ROOT / "manage.py"]
    read_by_code = {
        name for path in files for name in re.findall(ENVIRONMENT, path.read_text(encoding="utf-8"))
    }
    read_by_make = set(re.findall(r"^([A-Z]+_[A-Z_]+) \?=", read("Makefile"), re.MULTILINE))
    return (read_by_code | read_by_make) - UNDOCUMENTED_VARIABLES


@pytest.mark.parametrize("readme", READMES)
def test_the_tables_list_all_commands_targets_and_variables(readme):
    mentioned_elsewhere = {"make test-sqlite", "make test-postgresql"}
    expected = commands() | {f"make {target}" for target in targets()} | variables()
    assert rows(readme) == expected - mentioned_elsewhere
    assert all(target in read(readme) for target in mentioned_elsewhere)


def test_there_is_something_to_list():
    assert "load_seeds" in commands()
    assert {"run", "test", "setup"} <= targets()
    assert {"DATABASE_URL", "DJANGO_SECRET_KEY", "TEST_DATABASE_URL"} <= variables()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_and_targets_that_are_named_exist(document):
    text = read(document)
    named_commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert named_commands <= set(get_commands())
    named_targets = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))
    assert named_targets <= targets()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_paths_lead_somewhere(document):
    text = read(document)
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    missing = [link for link in links if not (ROOT / document).parent.joinpath(link).exists()]
    top = "|".join([*PACKAGES, "tests", "fixtures", "seeds", "docs", "benchmarks"])
    paths = re.findall(rf"`((?:{top})/[\w./-]*)`", text)
    missing += [path for path in paths if not (ROOT / path).exists()]
    assert missing == []


def test_both_readmes_give_the_same_instructions():
    english, chinese = ([re.sub(r"\s*#.*", "", block) for block in code_blocks(name)] for name in READMES)
    assert english
    assert english == chinese


def code_blocks(name: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", read(name), re.DOTALL)
