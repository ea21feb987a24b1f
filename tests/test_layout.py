"""The rules of docs and design: which module may import which, and what an import may pull in."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit

PACKAGE = Path(__file__).parent.parent / "searchkit"
MODULES = sorted(PACKAGE.rglob("*.py"))

TOP_LAYER = {"collection", "highlight", "display", "cli"}
FORBIDDEN = {
    "model": {"*"},
    "errors": {"*"},
    "text": TOP_LAYER | {"analysis", "languages", "people", "documents", "engines", "query", "lexicon"},
    "languages": TOP_LAYER | {"analysis", "people", "documents", "engines", "query", "lexicon"},
    "lexicon": TOP_LAYER | {"analysis", "people", "documents", "engines"},
    "people": TOP_LAYER | {"documents", "engines"},
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


@pytest.mark.parametrize(
    "file", sorted((PACKAGE / "languages").glob("??/*.py")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_no_language_imports_another(file):
    others = {other.name for other in (PACKAGE / "languages").glob("??")} - {file.parent.name}
    for name in imported(file):
        parts = name.split(".")
        assert not (parts[0] == "languages" and len(parts) > 1 and parts[1] in others), (
            f"{file.name} imports searchkit.{name}: put what both need into a module of its own"
        )


def test_only_the_command_line_imports_click():
    for file in MODULES:
        if file.parent.name != "cli":
            assert "import click" not in file.read_text(encoding="utf-8"), (
                f"{file} imports click: the library works without"
            )


def loaded_by(code):
    """The names of the modules that Python has imported after some code."""
    listing = "print('', *(name for name, module in sys.modules.items() if getattr(module, '__spec__', None)))"
    script = f"import sys\n{code}\n{listing}"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_searchkit_loads_nothing_heavy():
    loaded = loaded_by("import searchkit")
    assert not loaded & {
        "whoosh",
        "numpy",
        "py3langid",
        "Stemmer",
        "click",
        "sqlite3",
        "trafilatura",
        "pypdfium2",
        "docx",
    }


# What a command from cold may wait for: beside these, only the standard library and searchkit itself.
LIBRARIES = {"click", "Stemmer", "pymorphy3_dicts_ru"}
# Of the standard library, what takes longest to load and a search does not need.
SLOW = {"asyncio", "concurrent", "decimal", "email", "http", "logging", "multiprocessing", "pickle", "sqlite3", "xml"}


def libraries_loaded_by(code):
    """The names of the top-level packages outside the standard library, and of the slow ones inside it, that some code
    loads and Python's own start does not."""
    packages = {name.partition(".")[0] for name in loaded_by(code) - loaded_by("")}
    return packages - sys.stdlib_module_names | packages & SLOW


def test_importing_the_command_line_loads_click_alone():
    assert libraries_loaded_by("import searchkit.cli") == {"searchkit", "click"}


TEXTS = {
    "kk": "Меморандумға Ғазиза Нұрғалиева қол қойды.",
    "uz": "Memorandumni G‘aziza Nurg‘aliyeva imzoladi.",
    "ru": "Меморандум подписала Г. Нургалиева.",
    "en": "The memorandum was signed by Gaziza Nurgaliyeva.",
    # in Latin letters that only Kazakh has, which are read without the library of transliteration
    "": "Memorandumğa Ğaziza Nūrğalieva qol qoidy, ärıptester şeşımın qabyldady.",
}


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("cold") / "index")
    with searchkit.open(folder) as index:
        index.add([searchkit.Document(f"in {code}", text, language=code or "kk") for code, text in TEXTS.items()])
    return folder


@pytest.mark.parametrize("query", ["memorandum", "меморандум", "ärıptester", "imzoladi", "Gaziza Nurgaliyeva"])
def test_a_search_loads_no_engine_of_whoosh_and_no_model(index_folder, query):
    command = (
        "from searchkit.cli import main\n"
        f"assert main(['search', '--index', {index_folder!r}, {query!r}], standalone_mode=False) is None\n"
    )
    assert libraries_loaded_by(command) <= {"searchkit", *LIBRARIES}


def test_searching_without_the_command_line_loads_no_click(index_folder):
    search = (
        "import searchkit\n"
        f"with searchkit.open({index_folder!r}) as index:\n"
        "    assert 'in kk' in [hit.id for hit in index.search('memorandum')]\n"
    )
    assert libraries_loaded_by(search) <= {"searchkit", "Stemmer", "pymorphy3_dicts_ru"}
