"""The command line: arguments in, text or JSON out, no logic.

Exit codes: 0 found or done, 1 nothing found, 2 error.
"""

from __future__ import annotations

import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import searchkit
from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    from searchkit.collection.index import Index

FOUND, NOTHING, ERROR = 0, 1, 2

_BRIEF = frozenset({"search", "show", "stats", "analyze", "completion"})
"""Commands that are over before garbage could pile up."""

F = TypeVar("F", bound=Callable[..., Any])


class _Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section("Example"):
                for line in self.example.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def _index_option(command: F) -> F:
    return click.option(
        "--index",
        "folder",
        type=click.Path(path_type=Path),
        default="index",
        envvar="SEARCHKIT_INDEX",
        show_default=True,
        show_envvar=True,
        help="Folder of the index.",
    )(command)


def _filter_options(command: F) -> F:
    """Those that narrow a command to some documents, in the order of its help."""
    for name, parameter, metavar, text in (
        ("--path", "path", "TEXT", "Only documents whose path holds this, or fits it as a glob."),
        ("--date", "date", "FROM..TO", "Only documents of these dates: 2025, 2025-06..2026, ..2024."),
        ("--lang", "language", "CODE", "Only documents that hold this language: en, kk, uz, ru."),
    ):
        command = click.option(name, parameter, metavar=metavar, help=text)(command)
    return command


def _json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")(command)


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    """Turn everything that can go wrong into one sentence and exit code 2; a full or closed pipe is no error."""
    try:
        yield
    except SearchkitError as error:
        _fail(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FOUND)
    except KeyboardInterrupt:
        _fail("Interrupted: what was done so far is kept.")
    except OSError as error:
        _fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        if os.environ.get("SEARCHKIT_DEBUG"):
            raise
        _fail(f"Unexpected {type(error).__name__}: {error}. Set SEARCHKIT_DEBUG=1 to see where, and report it.")


def _fail(sentence: str) -> None:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(ERROR)


def _guarded(command: F) -> F:
    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        with _errors_in_one_line():
            return command(*args, **options)

    return run  # type: ignore[return-value]


def _open(folder: Path) -> Index:
    return searchkit.open(folder, create=False)


def _styled() -> bool:
    """Colours only on a terminal, and not under NO_COLOR."""
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty()


def _resume_collection() -> None:
    """Look for garbage in what is made from now on."""
    gc.freeze()
    gc.enable()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(searchkit.__version__, prog_name="searchkit")
def main() -> None:
    """Search documents in English, Kazakh, Uzbek and Russian, in Cyrillic and Latin.

    Index a folder, then search it, or list every mention of a person:

    \b
        searchkit index seeds
        searchkit search memorandum
        searchkit mentions "Gaziza Nurgaliyeva"
    """
    context = click.get_current_context()
    if context.invoked_subcommand in _BRIEF and gc.isenabled():
        # What such a command makes lasts as long as it does. To look for garbage in it, at the end too, takes a tenth of
        # its time.
        gc.disable()
        context.call_on_close(_resume_collection)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


# ------------------------------------------------------------------ index
@main.command("index", cls=_Command, example="searchkit index seeds\nsearchkit index ~/archive --exclude '*.jpg'")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Pass over files whose name or path fits. May be repeated."
)
@click.option("--force", is_flag=True, help="Read every file again, changed or not.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Number of worker processes.  [default: one less than there are cores]"
)
@click.option("--engine", help="Engine of a new index.  [default: whoosh]")
@_index_option
@_json_option
@_guarded
def index_command(
    paths: tuple[str, ...],
    exclude: tuple[str, ...],
    force: bool,
    jobs: int | None,
    engine: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Bring the index up to date with the files in PATH.

    New files are added, changed ones replaced, gone ones removed, moved ones recognised; the rest is not read.
    Files that cannot be read are listed with the reason, and tried again the next time (exit code 2).
    """
    with searchkit.open(folder, engine) as index:
        bar = _ProgressBar() if sys.stderr.isatty() and not as_json else None
        report = index.sync(paths, bar, exclude=exclude, force=force, jobs=jobs)
        if bar:
            bar.close()
        documents, outgrown = len(index), index.suggests_conversion()
    if as_json:
        _print_json(report)
    else:
        from searchkit import display

        for line in display.report(report, documents):
            click.echo(line)
        for line in display.failures(report.failed):
            click.echo(line, err=True)
        if outgrown:
            click.echo(
                "So many documents are searched faster by another engine: searchkit convert --engine tantivy", err=True
            )
    sys.exit(ERROR if report.failed else FOUND)


class _ProgressBar:
    """Click's progress bar, made with the first call, when the total is known; on a terminal alone."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __call__(self, done: int, total: int | None, path: str) -> None:
        from searchkit import display

        if self._bar is None:
            self._bar = click.progressbar(
                length=total, show_pos=True, item_show_func=display.progress, file=sys.stderr, update_min_steps=10
            )
            self._bar.__enter__()
        self._bar.update(1, path)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


# ------------------------------------------------------------------ search
@main.command(
    "search",
    cls=_Command,
    example="searchkit search 'memorandum lang:kk date:2025..2026'\nsearchkit search --lang uz kutubxona",
)
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Documents a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of the answer.")
@_filter_options
@click.option("--sort", "order", type=click.Choice(["score", "newest", "oldest"]), default="score", show_default=True)
@click.option(
    "--snippets", type=click.IntRange(0, 100), default=2, show_default=True, help="Passages shown a document."
)
@click.option("--plain", is_flag=True, help="Take the query as words, with no operators.")
@click.option("--no-translate", is_flag=True, help="Do not match words of other languages.")
@click.option("--no-translit", is_flag=True, help="Do not match other alphabets and spellings.")
@click.option("--explain", is_flag=True, help="Show what the query looks for, and search no further.")
@_index_option
@_json_option
@_guarded
def search_command(
    query: tuple[str, ...],
    limit: int,
    page: int,
    language: str | None,
    date: str | None,
    path: str | None,
    order: Any,
    snippets: int,
    plain: bool,
    no_translate: bool,
    no_translit: bool,
    explain: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Find documents that hold the words of QUERY, in any language, alphabet and case ending.

    QUERY may hold "phrases", AND, OR, NOT, -word, lang:kk, title:word, date:2025..2026, path:text, pre*, wor~1 and
    =exact. Exit code 1 when nothing is found.
    """
    with _open(folder) as index:
        if explain:
            click.echo(index.explain(" ".join(query), plain, not no_translate, not no_translit))
            return
        results = index.search(
            " ".join(query),
            limit=limit,
            offset=(page - 1) * limit,
            plain=plain,
            language=language,
            date=date,
            path=path,
            order=order,
            translate=not no_translate,
            transliterate=not no_translit,
            snippets=snippets,
        )
        if as_json:
            for hit in results:
                _print_json(hit)
        else:
            from searchkit import display

            for line in display.results(results, first=(page - 1) * limit + 1, styled=_styled()):
                click.echo(line)
        found = len(results)
    if not found:
        if as_json and results.suggestion:
            click.echo(f"Did you mean: {results.suggestion}", err=True)
        sys.exit(NOTHING)


# ------------------------------------------------------------------ mentions
@main.command(
    "mentions",
    cls=_Command,
    example="searchkit mentions 'Gaziza Nurgaliyeva'\nsearchkit mentions 'Тоқаев Қ.' --by form\n"
    "searchkit mentions 'Gaziza Nurgaliyeva' --csv > nurgaliyeva.csv",
)
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--by",
    "grouping",
    type=click.Choice(["document", "form", "date", "company"]),
    default="document",
    show_default=True,
    help="How places are grouped. By document they show as they are found, otherwise when all are. By company, people of "
    "one name are told apart by their patronymics and by who and what stands beside the name.",
)
@_filter_options
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@_index_option
@_json_option
@_guarded
def mentions_command(
    name: tuple[str, ...],
    grouping: str,
    language: str | None,
    date: str | None,
    path: str | None,
    as_csv: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """List every place that names the person NAME, however it is spelled, declined or shortened.

    Complete, in reading order, one line a place, with why it counts. A surname or given name alone counts only where
    the document names the person in full. Exit code 1 when there is none.
    """
    filters = {"language": language, "date": date, "path": path}
    with _open(folder) as index:
        if grouping == "company":
            places = _show_namesakes(index, " ".join(name), filters, as_csv, as_json)
        else:
            places = _show_mentions(index, " ".join(name), filters, grouping, as_csv, as_json)
    if not places:
        sys.exit(NOTHING)


def _show_mentions(
    index: Index, name: str, filters: dict[str, str | None], grouping: str, as_csv: bool, as_json: bool
) -> int:
    """Print the mentions; returns how many there are."""
    from searchkit import display

    count = display.Count()
    found = count.over(index.mentions(name, **filters))
    if as_json:
        for mention in found:
            _print_json(mention)
    elif as_csv:
        for line in display.table(found):
            click.echo(line, nl=False)
    else:
        from searchkit import people

        for line in display.mentions(found, grouping, _styled()):
            click.echo(line)
        for line in display.closing(count, len(index), index.failures(), people.fathers(count.forms)):
            click.echo(line)
    return count.places


def _show_namesakes(index: Index, name: str, filters: dict[str, str | None], as_csv: bool, as_json: bool) -> int:
    """Print the people of the name with their mentions; returns how many mentions there are."""
    from searchkit import display

    found = index.namesakes(name, **filters)
    count = display.Count()
    mentions = (mention for namesake in found for mention in namesake.mentions)
    for _ in count.over(sorted(mentions, key=lambda mention: mention.document_id)):
        pass
    if as_json:
        for namesake in found:
            _print_json(namesake)
    elif as_csv:
        for line in display.table_of_namesakes(found):
            click.echo(line, nl=False)
    else:
        for line in display.namesakes(found, _styled()):
            click.echo(line)
        for line in display.closing(count, len(index), index.failures()):
            click.echo(line)
    return count.places


# ------------------------------------------------------------------ people
@main.command("people", cls=_Command, example="searchkit people --limit 50\nsearchkit people --path seeds --json")
@click.option("-n", "--limit", type=click.IntRange(1), help="Persons shown.  [default: all]")
@_filter_options
@_index_option
@_json_option
@_guarded
def people_command(
    limit: int | None,
    language: str | None,
    date: str | None,
    path: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """List the persons whom the documents name, most mentioned first, the spellings of a name merged.

    Names are known by their form and by the words beside them, so that a few may be missing or be something else. Full
    names count, and surnames with initials; searchkit mentions lists the places. Exit code 1 when there is nobody.
    """
    with _open(folder) as index:
        found = index.people(limit, language=language, date=date, path=path)
    if as_json:
        for person in found:
            _print_json(person)
    else:
        from searchkit import display

        for line in display.people(found, _styled()):
            click.echo(line)
    if not found:
        sys.exit(NOTHING)


# ------------------------------------------------------------------ show, stats, analyze
@main.command("show", cls=_Command, example="searchkit show seeds/library-accord-uz-latin.txt --query memorandum")
@click.argument("id")
@click.option("--query", help="Mark the words that answer this query.")
@_index_option
@_json_option
@_guarded
def show_command(id: str, query: str | None, folder: Path, as_json: bool) -> None:
    """Print the document ID as it is kept in the index. Exit code 1 when it is not there."""
    with _open(folder) as index:
        hit = index.show(id, query)
        if hit is None:
            click.echo(f"There is no document {id} in the index.", err=True)
            sys.exit(NOTHING)
        if as_json:
            _print_json(hit if query else hit.document)
        else:
            from searchkit import display

            for line in display.document(hit, styled=_styled()):
                click.echo(line)


@main.command("stats", cls=_Command, example="searchkit stats --index index")
@_index_option
@_json_option
@_guarded
def stats_command(folder: Path, as_json: bool) -> None:
    """Say what the index holds: documents, languages, dates, size, and files that could not be read."""
    with _open(folder) as index:
        statistics = index.statistics()
    if as_json:
        _print_json(statistics)
    else:
        from searchkit import display

        for line in display.statistics(statistics):
            click.echo(line)


@main.command(
    "analyze", cls=_Command, example="searchkit analyze Кітапханасында\nsearchkit analyze --lang uz kutubxonalarimizda"
)
@click.argument("text", nargs=-1, required=True)
@click.option("--lang", "language", metavar="CODE", help="Take the text as this language.  [default: found]")
@_json_option
@_guarded
def analyze_command(text: tuple[str, ...], language: str | None, as_json: bool) -> None:
    """Show what each word of TEXT becomes in the index, and why."""
    from searchkit import display
    from searchkit.analysis import analyse

    explained = analyse.explain(" ".join(text), language)
    for word in explained:
        if as_json:
            _print_json(word)
        else:
            for line in display.explanation(word):
                click.echo(line)
    if not explained:
        sys.exit(NOTHING)


@main.command("convert", cls=_Command, example="searchkit convert --engine tantivy")
@click.option("--engine", required=True, help="Engine to move to: whoosh, or tantivy for large collections.")
@_index_option
@_guarded
def convert_command(engine: str, folder: Path) -> None:
    """Move the index to another engine, without reading the files again."""
    with _open(folder) as index:
        bar = _ProgressBar() if sys.stderr.isatty() else None
        documents = index.convert(engine, bar)
        if bar:
            bar.close()
    click.echo(f"The index is kept by {engine} now and holds {documents:,} documents.")


# ------------------------------------------------------------------ lexicon
@main.group("lexicon")
def lexicon_group() -> None:
    """Look at the lexicon that carries a query across languages, and add words of your own."""


@lexicon_group.command(
    "lookup", cls=_Command, example="searchkit lexicon lookup library\nsearchkit lexicon lookup қолжазба"
)
@click.argument("word", nargs=-1, required=True)
@_index_option
@_json_option
@_guarded
def lookup_command(word: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Print the concepts that WORD may mean, with their words in each language. Exit code 1 when there is none."""
    from searchkit.lexicon import user

    found = user.lookup(folder, " ".join(word))
    for concept in found:
        if as_json:
            _print_json(concept)
        else:
            from searchkit import display

            for line in display.concept(concept):
                click.echo(line)
    if not found:
        if not as_json:
            click.echo("Nothing found.")
        sys.exit(NOTHING)


@lexicon_group.command("check", cls=_Command, example="searchkit lexicon check words.tsv")
@click.argument("file", type=click.Path(path_type=Path))
@_guarded
def check_command(file: Path) -> None:
    """Say what is wrong with a word list before it is imported. Exit code 2 when something is."""
    from searchkit.lexicon import checks, formats

    concepts = list(formats.read(file))
    problems = list(checks.problems(concepts))
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(concepts):,} concepts, {len(problems):,} problems.")
    if problems or not concepts:
        sys.exit(ERROR)


@lexicon_group.command("import", cls=_Command, example="searchkit lexicon import words.tsv")
@click.argument("file", type=click.Path(path_type=Path))
@_index_option
@_guarded
def import_command(file: Path, folder: Path) -> None:
    """Add the words of FILE (TSV, SKOS as Turtle or RDF/XML, TBX) to the index; searches use them at once.

    A TSV file has a first line that names its columns, out of pos, en, kk, uz, ru; a cell holds several words with
    semicolons between. A file of the same name replaces what it gave before.
    """
    _open(folder).close()
    from searchkit.lexicon import user

    click.echo(f"{user.add(folder, file):,} concepts imported.")


@main.command("completion", cls=_Command, example='eval "$(searchkit completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@_guarded
def completion_command(shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    assert completer is not None
    click.echo(completer(main, {}, "searchkit", "_SEARCHKIT_COMPLETE").source())


def _print_json(value: Any) -> None:
    import json

    click.echo(json.dumps(_plain(value), ensure_ascii=False, default=str))


def _plain(value: Any) -> Any:
    """Dataclasses and named tuples as objects, whatever holds them."""
    import dataclasses

    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(entry) for name, entry in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return value
