"""python -m searchkit.locale.compile: the catalogues anew, from the source and from what is translated. Needs Babel.

1. data/templates.txt: the sentences of errors and reasons in the source, by Python's own parser.
2. data/<code>.po: each message of the source once, in order; translations stay, messages that are gone go.
3. data/<code>.mo: what is read.

Beside the messages that functions mark, those are: the help of commands and options, and what click says (data/click.txt).

Prints what is not translated, and ends with 1 if anything is.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from searchkit import languages
from searchkit.locale.catalogue import DATA, LANGUAGES, SOURCE
from searchkit.locale.spoken import paragraphs
from searchkit.locale.templates import FILE

PACKAGE = Path(__file__).parent.parent
RAISED = {
    *("SearchkitError", "QueryError", "BrokenIndexError", "StorageError", "EngineError", "LockedIndexError"),
    *("DocumentError", "MissingReaderError", "WorkerError", "OutdatedIndexError", "UsageError", "BadParameter"),
    *("NotReachableError", "Failure", "Notice"),
}
"""The classes whose sentences users meet."""
MADE = {"reason", "brief", "unsupported", "missing", "_reason", "_special"}
"""Functions that return such sentences."""
COMPLETED = {"open_package", "refusal"}
"""Functions that put their last argument into such a sentence."""
ADVICE = "_ADVICE"
"""The name of tables whose values are parts of such sentences."""
HELP = {"help", "short_help"}
"""The settings of commands and options whose texts users read."""
CLICK = DATA / "click.txt"
"""The messages of click, of its versions from 8.1 on: one a line, the plural after two tabs, line ends as \\n."""
HEADER = "# The sentences of errors and reasons in the source; made by python -m searchkit.locale.compile.\n"


def templates() -> list[str]:
    """The sentences in the source, with {0}, {1} for what is put in."""
    found: dict[str, None] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.parent.name != "locale":
            tree = ast.parse(file.read_text(encoding="utf-8"))
            constants = _constants(tree)
            for node in _sentences(tree):
                if (template := _template(node, constants)) and any(letter.isalpha() for letter in template):
                    found[template] = None
    return list(found)


def _constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module gives names to."""
    named: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            named |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return named


def _sentences(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in RAISED:
                yield from _choices(node.args[-1] if name in {"Failure", "Notice"} else node.args[0])
            elif name in COMPLETED:
                yield from _choices(node.args[-1])
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and _named(node) == ADVICE:
            yield from node.value.values
        elif isinstance(node, ast.FunctionDef) and node.name in MADE:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from _choices(inner.value)
        elif isinstance(node, ast.FunctionDef) and node.name in COMPLETED:
            yield from node.args.defaults


def _named(node: ast.Assign) -> str:
    """The name that an assignment gives."""
    return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    else:
        yield node


def _template(node: ast.expr, constants: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name) and node.id in constants:
        return constants[node.id]
    if not isinstance(node, ast.JoinedStr):
        return None
    parts, places = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name) and part.value.id in constants:
            parts.append(constants[part.value.id])
        else:
            parts.append(f"{{{places}}}")
            places += 1
    return "".join(parts)


def helps() -> list[str]:
    """What commands and options say of themselves, a paragraph each."""
    found: dict[str, None] = {}
    for file in sorted((PACKAGE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            texts: list[object] = []
            if isinstance(node, ast.Call):
                given = [one.value for one in node.keywords if one.arg in HELP]
                texts = [one.value for one in given if isinstance(one, ast.Constant)]
            elif isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
                texts = [ast.get_docstring(node)]
            for text in texts:
                if isinstance(text, str) and text:
                    found |= dict.fromkeys(one for one in paragraphs(text) if not one.startswith("\b"))
    return list(found)


def steps() -> list[str]:
    """What the steps of an analysis are called: in the source, and in the tables of endings, where -лар: and the like stay."""
    found: dict[str, None] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Step":
                for part in node.args[:2]:
                    found |= {str(one.value): None for one in _choices(part) if isinstance(one, ast.Constant)}
    for file in sorted(PACKAGE.glob("languages/*/data/endings.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("ending\t"):
                name = line.split("\t")[2]
                found[name.partition(": ")[2] if name.startswith("-") and ": " in name else name] = None
    return list(found)


def _makes_command(decorator: ast.expr) -> bool:
    made = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(made, ast.Attribute) and made.attr in {"command", "group"}


def of_click() -> list[str | tuple[str, ...]]:
    """The messages of click that users meet; those with a plural as a pair."""
    lines = CLICK.read_text(encoding="utf-8").splitlines()
    found = [
        tuple(line.replace("\\n", "\n").replace("\\t", "\t").split("\t\t")) for line in lines if line and line[0] != "#"
    ]
    return [one if len(one) > 1 else one[0] for one in found]


def main() -> int:
    """Make all files anew; returns the exit code."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    FILE.write_text(HEADER + "".join(f"{line}\n" for line in templates()), encoding="utf-8")
    methods = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
    keywords = {"say": None, "count": (1, 2), "_": None, "ngettext": (1, 2), "N_": None}
    messages = {}
    for _, _, message, _, _ in extract_from_dir(PACKAGE, methods, keywords=keywords):
        messages[message if isinstance(message, str) else message[0]] = message
    names = [languages.get(code).name for code in languages.codes()]
    messages |= {message: message for message in (*templates(), *names, *helps(), *steps())}
    messages |= {message if isinstance(message, str) else message[0]: message for message in of_click()}
    lacking = 0
    for code in LANGUAGES:
        if code == SOURCE:
            continue
        file = DATA / f"{code}.po"
        old = read_po(file.open("rb"), locale=code) if file.exists() else Catalog(locale=code)
        new = Catalog(locale=code, project="searchkit", version="0.1", fuzzy=False, copyright_holder="searchkit")
        new.revision_date = new.creation_date = old.creation_date
        for key, message in messages.items():
            known = old.get(key)
            new.add(message, known.string if known else "", flags=[])
            if not known or not known.string or (isinstance(known.string, tuple) and not all(known.string)):
                lacking += 1
                print(f"{code}: {key}")
        with file.open("wb") as content:
            write_po(content, new, width=0, no_location=True, omit_header=False)
        with (DATA / f"{code}.mo").open("wb") as content:
            write_mo(content, new)
    return min(lacking, 1)


if __name__ == "__main__":
    sys.exit(main())
