"""The layers of the package, and what an import may pull in.

What breaks a rule here is mended by moving what two packages need to a lower layer, not by an exception.
"""

# Tests as well, in searchkit/: lazy

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

import searchkit
from searchkit import languages

PACKAGE = Path(__file__).parent.parent / "searchkit"

# From top to bottom; a module imports its own package and what stands below. A name with a point is a package of its own.
LAYERS = [
    "__main__",
    "cli",
    "web",
    "display",
    "locale",
    "",  # searchkit itself: the public names
    "collection",
    "highlight",
    "query",
    "people",
    "analysis",
    "lexicon",
    "documents",
    "languages",
    "engines",
    "people.spelling",
    "terms",
    "text",
    "model",
    "errors",
    "lazy",
]

# Classes of one name that do the same for different languages or engines.
NAMED_TWICE: dict[str, str] = {
    "Commit": "what a commit of an engine consists of",
    "Snapshot": "what a reader of an engine sees",
    "Search": "one search in an engine",
    "Batch": "changes that an engine, or a collection, takes as one",
}
# Modules of one name that do the same job for different languages, engines, commands or formats.
NAMED_ALIKE = {
    "lemma": "languages",
    "alphabets": "languages",
    "readings": "languages",
    "stemmer": "languages",
    "transliteration": "languages",
    "batch": "engines and the collection above them",
    "commits": "engines",
    "engine": "engines",
    "facets": "engines",
    "snapshot": "engines",
    "base": "what a language is, what an engine is",
    "convert": "the command and what it runs",
    "index": "the command and what it runs",
    "search": "the command and what it runs",
    "duplicates": "the command and how it shows them",
    "mentions": "the command and how it shows them",
    "people": "the command and how it shows them",
}


def module_name(file):
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def named_as_tested():
    """The modules that a test file names, in a line below its docstring, as tested through it."""
    for file in Path(__file__).parent.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        if named := re.search(r"^# Tests as well, in searchkit/: (.*(?:\n#   .*)*)", text, re.MULTILINE):
            for part in named[1].replace("\n#  ", "").split(";"):
                folder, _, names = part.strip().rpartition(":")
                yield from (Path(folder, f"{name}.py") for name in names.split())


def test_each_module_has_its_tests():
    modules = {file.relative_to(PACKAGE) for file in MODULES.values() if not file.name.startswith("__")}
    mirrored = {path for path in modules if (Path(__file__).parent / path.parent / f"test_{path.name}").exists()}
    named = list(named_as_tested())
    assert sorted(map(str, modules - mirrored - set(named))) == [], (
        "give the module tests/<its path>/test_<its name>.py, or name it in the line “Tests as well” of the file that tests it"
    )
    assert [str(path) for path in named if path not in modules] == [], (
        "named as tested, but gone: take it out of the line"
    )


def imported(module):
    """The modules of ours that a module imports, anywhere in it."""
    file = MODULES[module]
    package = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module or "") if part)
            for alias in node.names:
                name = f"{source}.{alias.name}"
                if name in MODULES or source in MODULES:
                    yield name if name in MODULES else source


IMPORTS = {module: set(imported(module)) - {module} for module in MODULES}


def layer_of(module):
    """The name of a module's layer: the longest that it stands in."""
    below = module.removeprefix("searchkit").lstrip(".")
    names = [name for name in LAYERS if below == name or (name and below.startswith(f"{name}."))]
    assert names, f"{module} is in no layer: put its package into LAYERS, where it belongs"
    return max(names, key=len)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module):
    own = layer_of(module)
    for name in IMPORTS[module]:
        other = layer_of(name)
        if own == other:
            continue
        assert LAYERS.index(own) < LAYERS.index(other), (
            f"{module} imports {name}, which stands above it: move what both need to a lower layer"
        )


def cycles(graph):
    """The sets of nodes that lead to each other, by Tarjan's algorithm."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(frozenset(stack[at:]))
            del stack[at:]

    for node in graph:
        if node not in index:
            visit(node)
    return found


def test_cycles_are_found():
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [frozenset("abc")]
    assert cycles({"a": {"b"}, "b": set()}) == []


def test_no_file_imports_itself_by_way_of_others():
    # The public names of a package are loaded when they are asked for: what its modules import is no import of its own.
    graph = {
        module: {name for name in names if MODULES[name].name != "__init__.py" or not module.startswith(f"{name}.")}
        for module, names in IMPORTS.items()
    }
    assert cycles(graph) == []


def defined_classes():
    found = defaultdict(set)
    for module, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].add(module)
    return found


def test_a_class_name_means_one_thing():
    twice = {name for name, modules in defined_classes().items() if len(modules) > 1}
    assert len(NAMED_TWICE) <= 5
    assert twice <= NAMED_TWICE.keys(), "two classes of one name: name each for what it is"


def test_a_module_name_means_one_job():
    jobs = defaultdict(set)
    for module, file in MODULES.items():
        if file.name != "__init__.py":
            jobs[file.stem].add(module)
    alike = {name for name, modules in jobs.items() if len(modules) > 1}
    assert alike <= NAMED_ALIKE.keys(), "two modules of one name: name each for its job"


@pytest.mark.parametrize("module", [name for name in MODULES if name.count(".") >= 2 and ".languages." in name])
def test_no_language_imports_another(module):
    own = module.split(".")[2]
    if len(own) == 2:
        for name in IMPORTS[module]:
            parts = name.split(".")
            assert not (parts[1] == "languages" and len(parts) > 2 and len(parts[2]) == 2 and parts[2] != own), (
                f"{module} imports {name}: put what both need into a package of its own"
            )


# Where a code of a language stands outside `languages/`, and why.
NAMES_A_LANGUAGE = {
    "cli.analyze": "an example in the help",
    "cli.options": "the help",
    "cli.search": "an example in the help",
    "documents.readers.docx": "tr, a row of a table in WordprocessingML",
    "documents.readers.html_blocks": "tr, a row of a table in HTML",
    "documents.readers.pptx": "tr, a row of a table in DrawingML",
    "lexicon.checks": "a column of the lexicon: abbreviations stand as in English",
    "lexicon.cldr": "columns of the lexicon, made of CLDR's names of countries",
    "lexicon.table": "the columns of the lexicon",
    "people.names.russian_cases": "rules of Russian alone, by the Russian dictionary",
}


def languages_named(tree):
    """The codes of our languages among the words of the strings in some code, its docstrings left out."""
    strings = {node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = " ".join(node.value for node in strings - docstrings).replace(",", " ").split()
    return set(words) & set(languages.codes())


def test_codes_of_languages_are_found():
    assert languages_named(ast.parse('"""In ru."""\nif code in ("uz", "xx") or code == "kk": pass')) == {"kk", "uz"}
    assert languages_named(ast.parse("ENDINGS = 'en uz'")) == {"en", "uz"}
    assert languages_named(ast.parse("HELP = 'in many tongues'")) == set()


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("searchkit.languages")])
def test_no_language_is_named_outside_languages(module):
    found = languages_named(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    if module.removeprefix("searchkit.") in NAMES_A_LANGUAGE:
        assert found, f"{module} names no language any more: take it out of the list"
    else:
        assert not found, (
            f"{module} names {found}: let the language declare what is asked (profile.tsv, names.tsv, base.py)"
        )


def test_only_the_command_line_imports_click():
    for file in MODULES.values():
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
    with searchkit.open(folder, create=True) as index:
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
        f"with searchkit.open({index_folder!r}, create=True) as index:\n"
        "    assert 'in kk' in [hit.id for hit in index.search('memorandum')]\n"
    )
    assert libraries_loaded_by(search) <= {"searchkit", "Stemmer", "pymorphy3_dicts_ru"}
