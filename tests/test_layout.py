"""The rules of docs and design: which module may import which, and what an import may pull in."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "searchkit"
MODULES = sorted(PACKAGE.rglob("*.py"))

TOP_LAYER = {"index", "sync", "manifest", "records", "convert", "snippets", "display", "cli"}
FORBIDDEN = {
    "model": {"*"},
    "errors": {"*"},
    "text": TOP_LAYER | {"analysis", "languages", "people", "documents", "engines", "query", "lexicon"},
    "languages": TOP_LAYER | {"analysis", "people", "documents", "engines", "query", "lexicon"},
    "lexicon": TOP_LAYER | {"analysis", "people", "documents", "engines"},
    "people": TOP_LAYER | {"analysis", "documents", "engines"},
    "documents": TOP_LAYER | {"analysis", "languages", "people", "engines", "query", "lexicon"},
    "engines": TOP_LAYER | {"analysis", "languages", "people", "documents", "lexicon"},
    "query": TOP_LAYER | {"documents"},
    "analysis": TOP_LAYER | {"documents", "query", "lexicon"},
}


def imported(file):
    """The searchkit modules that a file imports, anywhere in it, as dotted names below searchkit."""
    package = ("searchkit", *file.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name.removeprefix("searchkit.") for name in names if name.startswith("searchkit."))


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_one_way(file):
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    forbidden = FORBIDDEN.get(parts[0], set())
    for name in imported(file):
        top = name.split(".")[0]
        assert "*" not in forbidden, f"{file} imports searchkit.{name}: it may import nothing of ours"
        assert top not in forbidden, f"{file} imports searchkit.{name}: move what both need to a lower layer"


@pytest.mark.parametrize("file", sorted((PACKAGE / "languages").glob("??.py")), ids=lambda file: file.name)
def test_no_language_imports_another(file):
    others = {other.stem for other in (PACKAGE / "languages").glob("??.py")} - {file.stem}
    for name in imported(file):
        parts = name.split(".")
        assert not (parts[0] == "languages" and len(parts) > 1 and parts[1].split("_")[0] in others), (
            f"{file.name} imports searchkit.{name}: put what both need into a module of its own"
        )


def test_only_cli_and_display_import_click():
    for file in MODULES:
        if file.name not in ("cli.py", "display.py"):
            assert "import click" not in file.read_text(encoding="utf-8"), (
                f"{file} imports click: the library works without"
            )


def loaded_by(code):
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_searchkit_loads_nothing_heavy():
    loaded = loaded_by("import searchkit")
    assert not loaded & {"whoosh", "numpy", "py3langid", "Stemmer", "click", "sqlite3", "trafilatura", "pypdf", "docx"}


def test_searching_loads_no_language_model_and_no_parser(tmp_path):
    build = (
        "import searchkit\n"
        f"with searchkit.open({str(tmp_path / 'index')!r}) as index:\n"
        "    index.add([searchkit.Document('1', 'меморандумға қол қойды', language='kk')])\n"
    )
    loaded_by(build)
    search = (
        "import searchkit\n"
        f"with searchkit.open({str(tmp_path / 'index')!r}) as index:\n"
        "    assert [hit.id for hit in index.search('memorandum')] == ['1']\n"
    )
    loaded = loaded_by(search)
    assert not loaded & {
        "numpy",
        "py3langid",
        "trafilatura",
        "pypdf",
        "docx",
        "charset_normalizer",
        "multiprocessing",
        "click",
    }
